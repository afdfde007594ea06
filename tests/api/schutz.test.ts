// How secret objects are, who looked at what is sensitive, and the Löschsperre.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Client, Json } from './support/client'
import { Server } from './support/server'
import { dayFromNow, newVorgang, one, sentences } from './support/town'

let server: Server
let registratur: Client
let bauamt: Client
let pruefer: Client
let archiv: Client
beforeAll(async () => {
  server = await Server.demo()
  ;[registratur, bauamt, pruefer, archiv] = (await Promise.all(['hoenicke', 'grossmann', 'kuehnel', 'zschaebitz'].map((name) => server.login(name)))) as [Client, Client, Client, Client]
})
afterAll(() => server.stop())

const grade = async (client: Client, kind: 'akte' | 'vorgang' | 'dokument', id: string, geheimhaltung: string): Promise<Json> =>
  client.ok(`${kind}Geheimhaltung`, { id, stand: (await client.ok(kind, { id })).stand, body: { geheimhaltung } })

describe('Geheimhaltung', () => {
  test('is set by whoever may change the object, and holds for what lies in it', async () => {
    const { akte, vorgang } = await newVorgang(bauamt, 'Eingestuft')
    const dokument = await bauamt.upload('dokumentAnlegen', 'a.txt', 'Text', { id: vorgang.id })
    const anlage = await bauamt.upload('anlageAnlegen', 'b.txt', 'Anlage', { id: dokument.id })
    expect([akte.geheimhaltung, vorgang.geheimhaltung, dokument.geheimhaltung]).toEqual(['offen', 'offen', 'offen'])
    expect(await grade(bauamt, 'akte', akte.id, 'nfd')).toMatchObject({ geheimhaltung: 'nfd' })
    expect(await bauamt.ok('vorgang', { id: vorgang.id })).toMatchObject({ geheimhaltung: 'nfd', geheimhaltungUeber: 'nfd' })
    expect(await bauamt.ok('dokument', { id: anlage.id })).toMatchObject({ geheimhaltung: 'nfd', geheimhaltungUeber: 'nfd' })
    expect(await grade(bauamt, 'dokument', dokument.id, 'vertraulich')).toMatchObject({ geheimhaltung: 'vertraulich', geheimhaltungUeber: 'nfd' })
    expect(await bauamt.ok('dokument', { id: anlage.id })).toMatchObject({ geheimhaltung: 'vertraulich' })
    expect((await bauamt.all('vorgangDokumente', { id: vorgang.id })).map((row) => row.geheimhaltung)).toEqual(['vertraulich'])
    expect((await bauamt.all('vorgaenge', { query: { akte: akte.id } })).map((row) => row.geheimhaltung)).toEqual(['nfd'])
    const stand = (await bauamt.ok('vorgang', { id: vorgang.id })).stand
    expect(await bauamt.refused('konflikt', 'vorgangGeheimhaltung', { id: vorgang.id, stand, body: { geheimhaltung: 'offen' } })).toMatchObject({ feld: 'geheimhaltung' })
    await bauamt.refused('eingabe_ungueltig', 'vorgangGeheimhaltung', { id: vorgang.id, stand, body: { geheimhaltung: 'geheim' } })
    const history = (await bauamt.ok('akteHistorie', { id: akte.id })).eintraege
    const entry = history.find((one: Json) => one.aktion === 'akte.geheimhaltung')
    expect(entry.satz).toBe(`Sabine Großmann hat die Geheimhaltung der Akte ${akte.zeichen} „Akte zu Eingestuft“ geändert.`)
    expect(entry.aenderungen).toEqual([{ feld: 'Geheimhaltung', alt: 'offen', neu: 'VS-NfD' }])
    await bauamt.ok('rueckgaengig', { nr: entry.nr })
    expect(await bauamt.ok('vorgang', { id: vorgang.id })).toMatchObject({ geheimhaltung: 'offen' })
  })
  test('is told wherever the object is: in hits of the search, suggestions, Postkorb and lists; to nobody who does not see it', async () => {
    const { akte, vorgang } = await newVorgang(bauamt, 'Zimtkranich')
    const dokument = await bauamt.upload('dokumentAnlegen', 'a.txt', 'Der Zimtkranich brütet', { id: vorgang.id })
    await grade(bauamt, 'akte', akte.id, 'nfd')
    await grade(bauamt, 'dokument', dokument.id, 'vertraulich')
    await bauamt.ok('laufwegStarten', { id: vorgang.id, stand: (await bauamt.ok('vorgang', { id: vorgang.id })).stand, body: { zeile: '@grossmann pr' } })
    await bauamt.ok('laufwegStarten', { id: vorgang.id, stand: (await bauamt.ok('vorgang', { id: vorgang.id })).stand, body: { zeile: '@grossmann mz', dokument: dokument.id } })
    const found = await bauamt.ok('suche', { query: { q: 'Zimtkranich' } })
    expect(found.eintraege.map((hit: Json) => hit.dokument.geheimhaltung)).toEqual(['vertraulich'])
    expect(found.objekte.map((hit: Json) => [hit.art, hit.geheimhaltung]).sort()).toEqual([['akte', 'nfd'], ['vorgang', 'nfd']])
    expect((await bauamt.ok('vorschlaege', { query: { q: 'Zimtkranich' } })).eintraege.map((hit: Json) => hit.geheimhaltung)).toEqual(['nfd', 'nfd'])
    const mine = (await bauamt.all('postkorb', { query: { korb: 'meine' } })).filter((row) => row.vorgang.id === vorgang.id)
    expect(mine.map((row) => [row.art, row.geheimhaltung]).sort()).toEqual([['mitzeichnung', 'vertraulich'], ['pruefung', 'nfd']])
    expect((await bauamt.all('akten', { query: { aktenplaneinheit: akte.aktenplaneinheit.id } })).find((row) => row.id === akte.id)?.geheimhaltung).toBe('nfd')
    // Of a Dokument that is closed to him a step of its Vorgang does not tell how secret it is.
    const narrow = await one(registratur, 'zugriffe', 'bezeichnung', 'Posteingang Poststelle')
    await registratur.ok('dokumentZugriff', { id: dokument.id, stand: (await registratur.ok('dokument', { id: dokument.id })).stand, body: { zugriff: narrow.id } })
    expect((await bauamt.all('postkorb', { query: { korb: 'meine' } })).filter((row) => row.vorgang.id === vorgang.id).map((row) => row.geheimhaltung)).toEqual(['nfd', 'nfd'])
    expect((await bauamt.ok('suche', { query: { q: 'Zimtkranich' } })).eintraege).toEqual([])
  })
  test('follows a letter into a Vorgang, and is not set by who only reads', async () => {
    const { vorgang } = await newVorgang(registratur, 'Vertrauliche Sache', '011')
    await grade(registratur, 'vorgang', vorgang.id, 'vertraulich')
    const eingang = await registratur.upload('eingangErfassen', 'brief.txt', 'Brief')
    expect(eingang.geheimhaltung).toBe('offen')
    const filed = await registratur.ok('dokumentAblegen', { id: eingang.id, stand: eingang.stand, body: { vorgang: vorgang.id } })
    expect(filed).toMatchObject({ geheimhaltung: 'vertraulich' })
    const { akte } = await newVorgang(bauamt, 'Nur gelesen')
    const leser = await server.login('strassberger')
    await leser.refused('nicht_erlaubt', 'akteGeheimhaltung', { id: akte.id, stand: akte.stand, body: { geheimhaltung: 'nfd' } })
  })
})

describe('who looked', () => {
  const looks = async (client: Client, kind: string, id: string): Promise<Json> => client.ok(`${kind}Einsichtnahmen`, { id })
  const names = (list: Json): string[] => list.eintraege.map((row: Json) => `${row.person.name}: ${row.betreff}`)

  test('is noted of what is marked, once a day, by metadata and by content, and never of the rest', async () => {
    const { akte, vorgang } = await newVorgang(bauamt, 'Angesehen')
    const dokument = await bauamt.upload('dokumentAnlegen', 'a.txt', 'Text', { id: vorgang.id })
    await bauamt.ok('dokument', { id: dokument.id })
    expect(await looks(registratur, 'akte', akte.id)).toEqual({ festgehalten: false, eintraege: [] })
    await grade(bauamt, 'dokument', dokument.id, 'vertraulich')
    await registratur.ok('vorgang', { id: vorgang.id })
    const alKhatib = await server.login('al-khatib')
    expect((await alKhatib.call('versionInhalt', { id: dokument.id, nr: 1 })).status).toBe(200)
    for (let i = 0; i < 3; ++i) await alKhatib.ok('dokument', { id: dokument.id })
    await alKhatib.ok('versionText', { id: dokument.id, nr: 1 })
    expect((await looks(registratur, 'dokument', dokument.id)).festgehalten).toBe(true)
    expect(names(await looks(registratur, 'dokument', dokument.id))).toEqual(['Ahmad Al-Khatib: a'])
    const [look] = (await looks(registratur, 'akte', akte.id)).eintraege
    expect(look).toMatchObject({ art: 'dokument', objekt: dokument.id, tag: dayFromNow(0) })
    expect(names(await looks(registratur, 'vorgang', vorgang.id))).toEqual(['Ahmad Al-Khatib: a'])
    expect(await sentences(registratur, 'dokumentHistorie', dokument.id)).toHaveLength(2)
  })
  test('is noted where the access was narrowed, and shown only to who may narrow it', async () => {
    const { akte, vorgang } = await newVorgang(registratur, 'Enger Kreis', '632')
    const narrow = await one(registratur, 'zugriffe', 'bezeichnung', 'Posteingang Poststelle')
    await registratur.ok('akteZugriff', { id: akte.id, stand: akte.stand, body: { zugriff: narrow.id } })
    const poststelle = await server.login('gruenwald')
    await poststelle.ok('vorgang', { id: vorgang.id })
    expect(names(await looks(registratur, 'akte', akte.id))).toEqual(['Mandy Grünwald: Enger Kreis'])
    await poststelle.refused('nicht_erlaubt', 'akteEinsichtnahmen', { id: akte.id })
    await bauamt.refused('nicht_erlaubt', 'akteEinsichtnahmen', { id: akte.id })
    await (await server.login('wicazowa')).refused('nicht_gefunden', 'akteEinsichtnahmen', { id: akte.id })
  })
  test('names nothing that the reader of the list may not see', async () => {
    const { akte, vorgang } = await newVorgang(registratur, 'Oben offen', '011')
    await grade(registratur, 'akte', akte.id, 'nfd')
    const hidden = await registratur.upload('dokumentAnlegen', 'Silberfuchs.txt', 'Text', { id: vorgang.id })
    const narrow = await one(registratur, 'zugriffe', 'bezeichnung', 'Posteingang Poststelle')
    await registratur.ok('dokumentZugriff', { id: hidden.id, stand: hidden.stand, body: { zugriff: narrow.id } })
    await registratur.ok('dokument', { id: hidden.id })
    const head = await server.login('wicazowa')
    expect(JSON.stringify(await looks(head, 'akte', akte.id))).not.toContain('Silberfuchs')
    expect(JSON.stringify(await looks(registratur, 'akte', akte.id))).toContain('Silberfuchs')
  })
})

describe('Löschsperre (I8)', () => {
  const hold = async (akte: Json, grund = 'Klage beim Verwaltungsgericht'): Promise<Json> =>
    (await registratur.ok('akteLoeschsperre', { id: akte.id, stand: (await registratur.ok('akte', { id: akte.id })).stand, body: { grund } })).eintraege[0]
  const lift = async (sperre: Json): Promise<Json> => registratur.ok('loeschsperreAufheben', { id: sperre.id, stand: sperre.stand })
  const now = async (kind: string, id: string): Promise<Json> => registratur.ok(kind, { id })

  test('stands against deletion and Weglegen, is told with the button that lifts it, and is lifted', async () => {
    await registratur.ok('mandantAendern', { stand: (await registratur.ok('mandant')).stand, body: { loeschfrist: 0 } })
    const { akte, vorgang } = await newVorgang(registratur, 'Gehalten', '011')
    const dokument = await registratur.upload('dokumentAnlegen', 'a.txt', 'Text', { id: vorgang.id })
    const marked = await registratur.ok('vorgangLoeschmarkierung', { id: vorgang.id, stand: vorgang.stand, body: { grund: 'Doppelt' } })
    const sperre = await hold(akte)
    expect(sperre).toMatchObject({ grund: 'Klage beim Verwaltungsgericht', person: { name: 'Beate Hönicke' } })
    expect(await pruefer.refused('noch_offen', 'vorgangLoeschungBestaetigen', { id: vorgang.id, stand: marked.stand })).toMatchObject({ detail: 'Auf der Akte liegt eine Löschsperre.' })
    const { eintraege } = await pruefer.ok('vorgangUebergaenge', { id: vorgang.id })
    const against = eintraege.find((entry: Json) => entry.uebergang === 'loeschungBestaetigen').hindernisse
    expect(against).toEqual([{ grund: 'keineLoeschsperre', satz: 'Auf der Akte liegt eine Löschsperre.', sperre: { id: sperre.id, stand: sperre.stand, grund: sperre.grund }, darf: false, objekt: expect.objectContaining({ id: akte.id }) }])
    await registratur.ok('vorgangLoeschmarkierungZurueckziehen', { id: vorgang.id, stand: marked.stand })
    for (const [route, id] of [['akteLoeschmarkierung', akte.id], ['vorgangLoeschmarkierung', vorgang.id], ['dokumentLoeschmarkierung', dokument.id], ['vorgangWeglegen', vorgang.id], ['dokumentWeglegen', dokument.id]] as const)
      await registratur.refused('noch_offen', route, { id, stand: (await now(route.replace(/Loesch.*|Weg.*/, ''), id)).stand, ...(route.endsWith('markierung') ? { body: { grund: 'Probe' } } : {}) })
    // Two may stand; the second keeps it after the first is lifted.
    const second = await hold(akte, 'Prüfung durch den Rechnungshof')
    expect((await lift(sperre)).eintraege.map((entry: Json) => [entry.grund, entry.aufgehobenVon?.name])).toEqual([['Prüfung durch den Rechnungshof', undefined], ['Klage beim Verwaltungsgericht', 'Beate Hönicke']])
    await registratur.refused('noch_offen', 'dokumentWeglegen', { id: dokument.id, stand: (await now('dokument', dokument.id)).stand })
    await registratur.refused('konflikt', 'loeschsperreAufheben', { id: sperre.id, stand: sperre.stand + 1 })
    await lift(second)
    await registratur.ok('dokumentWeglegen', { id: dokument.id, stand: (await now('dokument', dokument.id)).stand })
    expect((await sentences(registratur, 'akteHistorie', akte.id)).filter((satz) => satz.includes('Löschsperre'))).toHaveLength(4)
  })
  test('nothing leaves the Akte meanwhile, by no way', async () => {
    const { akte, vorgang } = await newVorgang(registratur, 'Bleibt', '011')
    const other = await newVorgang(registratur, 'Anderswo', '011')
    const beside = await registratur.ok('vorgangAnlegen', { body: { akte: akte.id, betreff: 'Daneben' } })
    const eingang = await registratur.upload('eingangErfassen', 'brief.txt', 'Brief')
    const filed = await registratur.ok('dokumentAblegen', { id: eingang.id, stand: eingang.stand, body: { vorgang: vorgang.id } })
    const { nr } = (await registratur.ok('dokumentHistorie', { id: filed.id })).eintraege[0]
    const copy = await registratur.ok('vorgangKopieren', { id: vorgang.id, stand: (await now('vorgang', vorgang.id)).stand, body: { betreff: 'Kopie', akte: akte.id, dokumente: false } })
    const copied = (await registratur.ok('vorgangHistorie', { id: copy.id })).eintraege[0].nr
    const sperre = await hold(akte)
    await registratur.refused('konflikt', 'dokumentAblegen', { id: filed.id, stand: filed.stand, body: { vorgang: other.vorgang.id } })
    await registratur.refused('konflikt', 'dokumentZurueck', { id: filed.id, stand: filed.stand })
    await registratur.refused('konflikt', 'rueckgaengig', { nr })
    await registratur.refused('konflikt', 'rueckgaengig', { nr: copied })
    await registratur.refused('konflikt', 'vorgangUmschreiben', { id: vorgang.id, stand: (await now('vorgang', vorgang.id)).stand, body: { akte: other.akte.id } })
    const stapel = { handlung: 'ablegen', objekte: [{ art: 'dokument', id: filed.id }], angaben: { ziel: other.vorgang.id } }
    expect((await registratur.ok('stapelVorschau', { body: stapel })).eintraege).toMatchObject([{ geht: false }])
    // Inside it work goes on.
    const moved = await registratur.ok('dokumentAblegen', { id: filed.id, stand: filed.stand, body: { vorgang: beside.id } })
    await lift(sperre)
    await registratur.ok('dokumentAblegen', { id: moved.id, stand: moved.stand, body: { vorgang: other.vorgang.id } })
  })
  test('is placed on closed Akten too, by those with the right for disposal data', async () => {
    const { akte, vorgang } = await newVorgang(bauamt, 'Abgeschlossen gehalten')
    await bauamt.refused('nicht_erlaubt', 'akteLoeschsperre', { id: akte.id, stand: akte.stand, body: { grund: 'Klage' } })
    await registratur.ok('vorgangZda', { id: vorgang.id, stand: vorgang.stand })
    const closed = await registratur.ok('akteZda', { id: akte.id, stand: akte.stand })
    await hold(akte)
    expect(await registratur.ok('akte', { id: akte.id })).toEqual(closed)
    expect(await bauamt.ok('akteLoeschsperren', { id: akte.id })).toMatchObject({ darfSetzen: false, eintraege: [{ grund: 'Klage beim Verwaltungsgericht' }] })
    await archiv.refused('nicht_gefunden', 'akteLoeschsperren', { id: akte.id })
    await registratur.refused('eingabe_ungueltig', 'akteLoeschsperre', { id: akte.id, stand: closed.stand, body: { grund: '' } })
  })
})
