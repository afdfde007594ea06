// A Vorgang below a Vorgang: its sign, who reaches it, what closes when, and how it moves.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Client, Json } from './support/client'
import { Server } from './support/server'
import { newVorgang, one, sentences } from './support/town'

let server: Server
let bauamt: Client
let registratur: Client
beforeAll(async () => {
  server = await Server.demo()
  bauamt = await server.login('grossmann')
  registratur = await server.login('hoenicke')
})
afterAll(() => server.stop())

const now = (vorgang: Json, client = bauamt): Promise<Json> => client.ok('vorgang', { id: vorgang.id })
const at = async (vorgang: Json, body?: Json): Promise<{ id: string; stand: number; body?: Json }> => ({ id: vorgang.id, stand: (await now(vorgang)).stand, ...(body ? { body } : {}) })
const teilvorgaenge = async (vorgang: Json, client = bauamt): Promise<string[]> => (await client.all('vorgaenge', { query: { ueber: vorgang.id } })).map((row) => row.betreff)
async function withTeil(betreff: string, client = bauamt, kennzeichen = '632'): Promise<{ akte: Json; vorgang: Json; teil: Json }> {
  const { akte, vorgang } = await newVorgang(client, betreff, kennzeichen)
  return { akte, vorgang, teil: await client.ok('vorgangAnlegen', { body: { akte: akte.id, ueber: vorgang.id, betreff: `Teil von ${betreff}` } }) }
}

describe('a Teilvorgang', () => {
  test('lies in its Vorgang, with a sign made of its, and is found', async () => {
    const { akte, vorgang, teil } = await withTeil('Steinbruch')
    expect(teil).toMatchObject({ zeichen: `${vorgang.zeichen}.1`, ueber: { id: vorgang.id, zeichen: vorgang.zeichen }, akte: { id: akte.id }, zugriff: vorgang.zugriff, teilvorgaenge: 0 })
    expect((await bauamt.ok('vorgangAnlegen', { body: { akte: akte.id, ueber: vorgang.id, betreff: 'Noch einer' } })).zeichen).toBe(`${vorgang.zeichen}.2`)
    const letter = await bauamt.upload('dokumentAnlegen', 'a.txt', 'Sprengplan Quarzporphyr', { id: teil.id })
    expect(letter.zeichen).toContain(`${teil.zeichen.slice(-3)}`)
    // In the Akte lies the Vorgang; in it lie these.
    expect((await bauamt.all('vorgaenge', { query: { akte: akte.id } })).map((row) => row.id)).toEqual([vorgang.id])
    expect(await now(vorgang)).toMatchObject({ teilvorgaenge: 2 })
    expect((await bauamt.ok('akte', { id: akte.id })).vorgaenge).toBe(1)
    expect(await teilvorgaenge(vorgang)).toEqual(['Noch einer', 'Teil von Steinbruch'])
    expect((await bauamt.ok('suche', { query: { q: 'Quarzporphyr' } })).eintraege[0].dokument.id).toBe(letter.id)
    expect((await bauamt.ok('vorschlaege', { query: { q: teil.zeichen } })).eintraege.map((hit: Json) => hit.id)).toContain(teil.id)
    expect((await sentences(bauamt, 'vorgangHistorie', vorgang.id)).some((satz) => satz.includes(teil.zeichen))).toBe(true)
  })
  test('holds no Teilvorgänge itself, and lies in the Akte of its Vorgang', async () => {
    const { akte, vorgang, teil } = await withTeil('Tiefe')
    const other = await newVorgang(bauamt, 'Anderswo')
    await bauamt.refused('konflikt', 'vorgangAnlegen', { body: { akte: akte.id, ueber: teil.id, betreff: 'Zu tief' } })
    await bauamt.refused('konflikt', 'vorgangAnlegen', { body: { akte: other.akte.id, ueber: vorgang.id, betreff: 'Woanders' } })
    await bauamt.refused('nicht_gefunden', 'vorgangAnlegen', { body: { akte: akte.id, ueber: akte.id, betreff: 'Kein Vorgang' } })
    await bauamt.refused('konflikt', 'vorgangUmschreiben', await at(vorgang, { akte: akte.id, ueber: vorgang.id }))
    const free = await bauamt.ok('vorgangAnlegen', { body: { akte: akte.id, betreff: 'Frei' } })
    expect((await bauamt.refused('konflikt', 'vorgangUmschreiben', await at(vorgang, { akte: akte.id, ueber: free.id }))).detail).toContain('Teilvorgänge')
    expect((await now(teil)).darf).not.toContain('vorgangAnlegen')
    expect((await now(vorgang)).darf).toContain('vorgangAnlegen')
  })
  test('has the access of its Vorgang and follows it, with all in it', async () => {
    const { vorgang, teil } = await withTeil('Eng')
    const letter = await bauamt.upload('dokumentAnlegen', 'a.txt', 'geheimer Turmalin', { id: teil.id })
    const eng = await one(registratur, 'zugriffe', 'bezeichnung', 'Posteingang Poststelle')
    const before = await registratur.ok('vorgang', { id: vorgang.id })
    await registratur.ok('vorgangZugriff', { id: vorgang.id, stand: before.stand, body: { zugriff: eng.id } })
    for (const [read, id] of [['vorgang', teil.id], ['dokument', letter.id]] as const) {
      expect((await registratur.ok(read, { id })).zugriff.id).toBe(eng.id)
      await bauamt.refused('nicht_gefunden', read, { id })
    }
    await bauamt.refused('nicht_gefunden', 'vorgaenge', { query: { ueber: vorgang.id } })
    expect((await bauamt.ok('suche', { query: { q: 'Turmalin' } })).eintraege).toHaveLength(0)
    // Who is let into the Teilvorgang alone is not told of what it lies in.
    const mine = await now(teil, registratur)
    await registratur.ok('vorgangZugriff', { id: teil.id, stand: mine.stand, body: { zugriff: before.zugriff.id } })
    const seen = await now(teil)
    expect(seen).not.toHaveProperty('ueber')
    expect(seen.darf).not.toContain('vorgangAnlegen')
  })
  test('is at least as secret as its Vorgang', async () => {
    const { vorgang, teil } = await withTeil('Heimlich')
    const letter = await bauamt.upload('dokumentAnlegen', 'a.txt', 'Text', { id: teil.id })
    await bauamt.ok('vorgangGeheimhaltung', await at(vorgang, { geheimhaltung: 'vertraulich' }))
    expect(await now(teil)).toMatchObject({ geheimhaltung: 'vertraulich', geheimhaltungUeber: 'vertraulich' })
    expect(await bauamt.ok('dokument', { id: letter.id })).toMatchObject({ geheimhaltung: 'vertraulich' })
    expect((await bauamt.all('vorgangDokumente', { id: teil.id }))[0].geheimhaltung).toBe('vertraulich')
    await bauamt.refused('konflikt', 'vorgangGeheimhaltung', await at(teil, { geheimhaltung: 'offen' }))
  })
})

describe('closing', () => {
  test('an open Teilvorgang stands against the zdA of its Vorgang, with what solves it', async () => {
    const { akte, vorgang, teil } = await withTeil('Abschluss')
    await bauamt.refused('noch_offen', 'vorgangZda', await at(vorgang))
    const { hindernisse } = (await bauamt.ok('vorgangUebergaenge', { id: vorgang.id })).eintraege.find((row: Json) => row.uebergang === 'zda')
    expect(hindernisse).toMatchObject([{ grund: 'teilvorgaengeGeschlossen', satz: 'Nicht alle Teilvorgänge sind zdA.', loesung: 'zda', darf: true, objekt: { art: 'vorgang', id: teil.id } }])
    const why = await bauamt.ok('vorgangWarum', { id: vorgang.id })
    expect(why.abschliessen.some((row: Json) => !row.gut && row.satz.includes(teil.zeichen))).toBe(true)
    await bauamt.ok('vorgangZda', await at(teil))
    await bauamt.ok('vorgangZda', await at(vorgang))
    // A closed Teilvorgang is not opened below a closed Vorgang, nor written into.
    await bauamt.refused('abgeschlossen', 'vorgangZdaAufheben', await at(teil))
    await registratur.ok('akteZda', { id: akte.id, stand: (await registratur.ok('akte', { id: akte.id })).stand })
  })
  test('a closed Teilvorgang stands against Storno and Weglegen of its Vorgang; an open one goes with it', async () => {
    const { akte, vorgang, teil } = await withTeil('Storno')
    const closed = await bauamt.ok('vorgangZda', await at(teil))
    await registratur.refused('noch_offen', 'vorgangStornieren', await at(vorgang))
    await registratur.refused('noch_offen', 'vorgangWeglegen', await at(vorgang))
    await bauamt.ok('vorgangZdaAufheben', { id: teil.id, stand: closed.stand })
    await registratur.ok('vorgangStornieren', await at(vorgang))
    expect(await now(teil)).toMatchObject({ status: 'inBearbeitung', zustand: 'storniert', darf: [], uebergaenge: [] })
    // It does not keep the Akte open: it is cancelled with its Vorgang.
    await registratur.ok('akteZda', { id: akte.id, stand: (await registratur.ok('akte', { id: akte.id })).stand })
  })
  test('with a Vorgang its Teilvorgänge are deleted, after two people have said so', async () => {
    await registratur.ok('mandantAendern', { stand: (await registratur.ok('mandant')).stand, body: { loeschfrist: 0 } })
    const { vorgang, teil } = await withTeil('Löschung', registratur, '011')
    const letter = await registratur.upload('dokumentAnlegen', 'a.txt', 'Unsinn', { id: teil.id })
    const marked = await registratur.ok('vorgangLoeschmarkierung', { id: vorgang.id, stand: (await now(vorgang, registratur)).stand, body: { grund: 'Versehen' } })
    const pruefer = await server.login('kuehnel')
    await pruefer.ok('vorgangLoeschungBestaetigen', { id: vorgang.id, stand: marked.stand })
    for (const id of [vorgang.id, teil.id]) await registratur.refused('nicht_gefunden', 'vorgang', { id })
    await registratur.refused('nicht_gefunden', 'dokument', { id: letter.id })
  })
})

describe('moving', () => {
  test('a Vorgang becomes a Teilvorgang and a Vorgang again; old signs find it', async () => {
    const { akte, vorgang } = await newVorgang(bauamt, 'Oben')
    const frei = await bauamt.ok('vorgangAnlegen', { body: { akte: akte.id, betreff: 'Erst frei' } })
    const letter = await bauamt.upload('dokumentAnlegen', 'a.txt', 'Text', { id: frei.id })
    const below = await bauamt.ok('vorgangUmschreiben', await at(frei, { akte: akte.id, ueber: vorgang.id }))
    expect(below).toMatchObject({ zeichen: `${vorgang.zeichen}.1`, ueber: { id: vorgang.id } })
    expect((await bauamt.ok('dokument', { id: letter.id })).zeichen).not.toBe(letter.zeichen)
    await bauamt.refused('konflikt', 'vorgangUmschreiben', await at(frei, { akte: akte.id, ueber: vorgang.id }))
    expect((await bauamt.ok('zeichen', { query: { zeichen: frei.zeichen } })).id).toBe(frei.id)
    expect((await sentences(bauamt, 'vorgangHistorie', frei.id))[0]).toContain('umgeschrieben')
    const free = await bauamt.ok('vorgangUmschreiben', await at(frei, { akte: akte.id }))
    expect(free).not.toHaveProperty('ueber')
    const nr = (await bauamt.ok('vorgangHistorie', { id: frei.id, query: { limit: 1 } })).eintraege[0].nr
    await bauamt.ok('rueckgaengig', { nr })
    expect(await now(frei)).toMatchObject({ ueber: { id: vorgang.id }, zeichen: below.zeichen })
  })
  test('with its Teilvorgänge a Vorgang goes into another Akte; what is closed keeps its sign', async () => {
    const { vorgang, teil } = await withTeil('Umzug')
    const zu = await bauamt.ok('vorgangAnlegen', { body: { akte: vorgang.akte.id, ueber: vorgang.id, betreff: 'Fertig' } })
    await bauamt.ok('vorgangZda', await at(zu))
    const other = await newVorgang(bauamt, 'Ziel')
    const moved = await bauamt.ok('vorgangUmschreiben', await at(vorgang, { akte: other.akte.id }))
    expect(await now(teil)).toMatchObject({ akte: { id: other.akte.id }, zeichen: `${moved.zeichen}.1`, ueber: { id: vorgang.id } })
    expect(await now(zu)).toMatchObject({ akte: { id: other.akte.id }, zeichen: zu.zeichen, status: 'abgeschlossen' })
  })
  test('a copy has its Teilvorgänge, one of a Teilvorgang lies beside it', async () => {
    const { akte, vorgang, teil } = await withTeil('Kopie')
    await bauamt.upload('dokumentAnlegen', 'a.txt', 'Text', { id: teil.id })
    const copy = await bauamt.ok('vorgangKopieren', await at(vorgang, { betreff: 'Zweite', dokumente: true }))
    const [below] = await bauamt.all('vorgaenge', { query: { ueber: copy.id } })
    expect(below).toMatchObject({ betreff: 'Teil von Kopie', zeichen: `${copy.zeichen}.1`, dokumente: 1 })
    const beside = await bauamt.ok('vorgangKopieren', await at(teil, { betreff: 'Daneben' }))
    expect(beside).toMatchObject({ zeichen: `${vorgang.zeichen}.2`, ueber: { id: vorgang.id } })
    const all = await bauamt.ok('akteKopieren', { id: akte.id, stand: (await bauamt.ok('akte', { id: akte.id })).stand, body: { betreff: 'Alles' } })
    expect(all.vorgaenge).toBe(2)
    const copies = await bauamt.all('vorgaenge', { query: { akte: all.id } })
    expect(copies.map((row) => row.teilvorgaenge).sort()).toEqual([1, 2])
  })
  test('merged are those that lie beside each other; Teilvorgänge go along', async () => {
    const { akte, vorgang, teil } = await withTeil('Eins')
    const zwei = await bauamt.ok('vorgangAnlegen', { body: { akte: akte.id, betreff: 'Zwei' } })
    const merge = async (...vorgaenge: Json[]): Promise<Json> => ({ id: akte.id, stand: (await bauamt.ok('akte', { id: akte.id })).stand, body: { betreff: 'Zusammen', vorgaenge: vorgaenge.map((row) => row.id) } })
    await bauamt.refused('konflikt', 'vorgaengeZusammenlegen', await merge(teil, zwei))
    const made = await bauamt.ok('vorgaengeZusammenlegen', await merge(vorgang, zwei))
    expect(await teilvorgaenge(made)).toEqual(['Teil von Eins'])
    expect(await teilvorgaenge(vorgang)).toEqual([])
    const b = await bauamt.ok('vorgangAnlegen', { body: { akte: akte.id, ueber: made.id, betreff: 'B' } })
    const both = await bauamt.ok('vorgaengeZusammenlegen', await merge(teil, b))
    expect(both.ueber.id).toBe(made.id)
    const letter = await bauamt.upload('dokumentAnlegen', 'a.txt', 'Text', { id: both.id })
    expect((await bauamt.ok('vorgangTeilen', await at(both, { betreff: 'Abgetrennt', dokumente: [letter.id] }))).ueber.id).toBe(made.id)
  })
})

test('of a past day a Vorgang shows the Teilvorgänge that it had', async () => {
  const { akte, vorgang, teil } = await withTeil('Gestern')
  const am = new Date().toISOString()
  await new Promise((resolve) => setTimeout(resolve, 1100))
  await bauamt.ok('vorgangUmschreiben', await at(teil, { akte: akte.id }))
  const past = await bauamt.ok('vorgangStandTeilvorgaenge', { id: vorgang.id, query: { am } })
  expect(past.eintraege.map((row: Json) => [row.id, row.zeichen])).toEqual([[teil.id, teil.zeichen]])
  expect(await bauamt.ok('vorgangStand', { id: vorgang.id, query: { am } })).toMatchObject({ teilvorgaenge: 1 })
  expect(await bauamt.ok('vorgangStand', { id: teil.id, query: { am } })).toMatchObject({ ueber: { id: vorgang.id } })
  expect((await bauamt.ok('akteStandVorgaenge', { id: akte.id, query: { am } })).eintraege.map((row: Json) => row.id)).toEqual([vorgang.id])
  expect(await teilvorgaenge(vorgang)).toEqual([])
  const { saetze } = await bauamt.ok('vorgangUnterschied', { id: vorgang.id, query: { von: am } })
  expect(saetze.join()).toContain('liegt nicht mehr darin')
})

test('a step in a Teilvorgang waits in the Postkorb until its Vorgang is cancelled', async () => {
  const { vorgang, teil } = await withTeil('Post')
  await bauamt.ok('laufwegStarten', await at(teil, { zeile: '@grossmann pr' }))
  const waits = async (): Promise<boolean> => (await bauamt.all('postkorb', { query: { korb: 'meine' } })).some((row) => row.vorgang.id === teil.id)
  expect(await waits()).toBe(true)
  await registratur.ok('vorgangStornieren', await at(vorgang))
  expect(await waits()).toBe(false)
})

test('an Akteneinsicht in a Vorgang has what lies in its Teilvorgänge', async () => {
  const { vorgang, teil } = await withTeil('Einsicht')
  const letter = await bauamt.upload('dokumentAnlegen', 'a.txt', 'Text', { id: teil.id })
  expect((await bauamt.ok('vorgangEinsichten', { id: vorgang.id })).inhalt.map((row: Json) => row.dokument)).toEqual([letter.id])
})
