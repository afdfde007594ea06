// The Geschäftsgang through the API: a line becomes a slip, people act on it, marks bind to versions, Postkorb and Fristen.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Client, Json } from './support/client'
import { Server } from './support/server'
import { dayFromNow, newVorgang, randomId, sentences } from './support/town'

let server: Server
let sachbearbeitung: Client
let leitung: Client
let meisterin: Client
let kaemmerei: Client
beforeAll(async () => {
  server = await Server.demo()
  sachbearbeitung = await server.login('grossmann')
  leitung = await server.login('wicazowa')
  meisterin = await server.login('strassberger')
  kaemmerei = await server.login('jaehrig')
})
afterAll(() => server.stop())

const now = async (client: Client, vorgang: Json): Promise<Json> => client.ok('vorgang', { id: vorgang.id })
const start = async (client: Client, vorgang: Json, zeile: string, dokument?: Json): Promise<Json> =>
  (await client.ok('laufwegStarten', { id: vorgang.id, stand: (await now(client, vorgang)).stand, body: { zeile, ...(dokument ? { dokument: dokument.id } : {}) } })).eintraege[0]
const slip = async (client: Client, vorgang: Json): Promise<Json> => (await client.ok('laufwege', { id: vorgang.id })).eintraege[0]
const states = (laufweg: Json): string => laufweg.schritte.map((one: Json) => one.status[0]).join('')
async function act(client: Client, vorgang: Json, i: number, body: Json = { handlung: 'erledigen' }): Promise<Json> {
  const schritt = (await slip(client, vorgang)).schritte[i].id
  return (await client.ok('schrittHandeln', { id: vorgang.id, stand: (await now(client, vorgang)).stand, body: { schritt, ...body } })).eintraege[0]
}
async function refused(code: string, client: Client, vorgang: Json, i: number, body: Json = { handlung: 'erledigen' }): Promise<Json> {
  const schritt = (await slip(client, vorgang)).schritte[i].id
  return client.refused(code, 'schrittHandeln', { id: vorgang.id, stand: (await now(client, vorgang)).stand, body: { schritt, ...body } })
}
const basket = async (client: Client, korb = 'meine'): Promise<Json[]> => client.all('postkorb', { query: { korb } })
const inBasket = async (client: Client, vorgang: Json, korb = 'meine'): Promise<Json> => (await basket(client, korb)).find((one) => one.vorgang.id === vorgang.id)

describe('a typed line', () => {
  test('is understood while it is typed, and names what it does not understand', async () => {
    const { vorgang } = await newVorgang(sachbearbeitung, 'Zeile')
    const draft = await sachbearbeitung.ok('laufwegEntwurf', { id: vorgang.id, query: { q: '@bauamt mz bis 15.12., dann @bürgermeister sz, Versand, zdA', stelle: 3 } })
    expect(draft.hinweise).toEqual([])
    expect(draft.schritte.map((one: Json) => [one.stufe, one.art, one.adressat.name])).toEqual([
      [1, 'mitzeichnung', 'Bauamt'], [2, 'schlusszeichnung', 'Bürgermeisterin'], [3, 'versand', 'Sabine Großmann'], [4, 'zda', 'Sabine Großmann'],
    ])
    expect(draft.schritte.map((one: Json) => one.zeile)).toEqual(['@BA Mz bis 15.12.2026', '@Bürgermeisterin Sz', 'Versand', 'zdA'])
    expect(draft.ergaenzungen[0]).toEqual({ von: 0, bis: 7, text: '@BA', anzeige: 'Bauamt' })
    const wrong = await sachbearbeitung.ok('laufwegEntwurf', { id: vorgang.id, query: { q: 'für @büürgermeisterin mitzeihnung', stelle: 0 } })
    expect(wrong.hinweise.map((one: Json) => [one.von, one.bis])).toEqual([[0, 3], [4, 21], [22, 33]])
    expect(wrong.hinweise[2].vorschlaege).toContain('Mitzeichnung')
    await sachbearbeitung.refused('eingabe_ungueltig', 'laufwegStarten', { id: vorgang.id, stand: vorgang.stand, body: { zeile: 'mitzeihnung' } })
  })
  test('names nobody who does not reach the Vorgang or lacks the right', async () => {
    const { vorgang } = await newVorgang(sachbearbeitung, 'Rechte')
    const draft = async (q: string): Promise<string[]> => (await sachbearbeitung.ok('laufwegEntwurf', { id: vorgang.id, query: { q } })).hinweise.map((one: Json) => one.text)
    expect(await draft('@kämmerei mz')).toEqual(['Kämmerei erreicht diesen Vorgang nicht. Weiten Sie zuerst den Zugriff.'])
    expect(await draft('@grossmann sz')).toEqual(['Sabine Großmann hat kein Zeichnungsrecht.'])
    expect(await draft('@wicazowa sz')).toEqual([])
  })
})

describe('a case', () => {
  test('runs through three people by one line, from draft to zdA', async () => {
    const { vorgang } = await newVorgang(sachbearbeitung, 'Bescheid Carport')
    const dokument = await sachbearbeitung.upload('dokumentAnlegen', 'bescheid.txt', 'Der Antrag wird genehmigt.', { id: vorgang.id })
    const laufweg = await start(sachbearbeitung, vorgang, '@wicazowa mz bis 15.12.2026 "Bitte bald", dann @bürgermeister sz, Versand, zdA', dokument)
    expect(laufweg).toMatchObject({ status: 'laeuft', dokument: { id: dokument.id }, ersteller: { name: 'Sabine Großmann' }, zeile: '@wicazowa Mz bis 15.12.2026 "Bitte bald", @stelle:Bürgermeisterin Sz, Versand, zdA' .replace('@stelle:', '@') })
    expect(states(laufweg)).toBe('azzz')
    expect(await inBasket(leitung, vorgang)).toMatchObject({ art: 'mitzeichnung', termin: '2026-12-15', text: 'Bitte bald', von: { name: 'Sabine Großmann' }, darf: ['erledigen', 'zurueckgeben', 'delegieren', 'ueberspringen'] })
    expect(await inBasket(meisterin, vorgang)).toBeUndefined()
    await refused('nicht_erlaubt', sachbearbeitung, vorgang, 0)
    await act(leitung, vorgang, 0, { handlung: 'erledigen', vermerk: 'Einverstanden.' })
    expect(await inBasket(leitung, vorgang)).toBeUndefined()
    // She only reads the Akten of the Bauamt; that is enough to sign.
    await act(meisterin, vorgang, 1)
    await act(sachbearbeitung, vorgang, 2)
    const done = await act(sachbearbeitung, vorgang, 3)
    expect(done).toMatchObject({ status: 'beendet', schritte: [{ vermerk: 'Einverstanden.', bearbeiter: { name: 'Hańža Wićazowa' } }, {}, {}, {}] })
    expect(await now(sachbearbeitung, vorgang)).toMatchObject({ status: 'abgeschlossen' })
    expect((await sachbearbeitung.ok('zeichnungen', { id: dokument.id })).eintraege).toMatchObject([
      { art: 'schlusszeichnung', version: 1, veraltet: false, person: { name: 'Dr. Henriette Straßberger' } }, { art: 'mitzeichnung', version: 1 },
    ])
    expect((await sentences(sachbearbeitung, 'dokumentHistorie', dokument.id)).slice(0, 4)).toEqual([
      'Sabine Großmann hat den Versand von „bescheid“ bestätigt.',
      'Dr. Henriette Straßberger hat „bescheid“ schlussgezeichnet.',
      'Hańža Wićazowa hat „bescheid“ mitgezeichnet.',
      'Sabine Großmann hat „bescheid“ auf den Laufweg gegeben.',
    ])
    await sachbearbeitung.refused('abgeschlossen', 'laufwegStarten', { id: vorgang.id, stand: (await now(sachbearbeitung, vorgang)).stand, body: { zeile: 'Wv morgen' } })
  })
  test('a draft comes back with a reason, and a new version asks for Mitzeichnungen again', async () => {
    const { vorgang } = await newVorgang(sachbearbeitung, 'Entwurf')
    const dokument = await sachbearbeitung.upload('dokumentAnlegen', 'entwurf.txt', 'Erste Fassung', { id: vorgang.id })
    await start(sachbearbeitung, vorgang, '@wicazowa mz, dann @bürgermeister sz', dokument)
    await act(leitung, vorgang, 0)
    await refused('eingabe_ungueltig', meisterin, vorgang, 1, { handlung: 'zurueckgeben' })
    await act(meisterin, vorgang, 1, { handlung: 'zurueckgeben', vermerk: 'Die Rechtsgrundlage fehlt.' })
    expect(await inBasket(sachbearbeitung, vorgang)).toMatchObject({ art: 'bearbeitung', zurueckgegeben: true, text: 'Die Rechtsgrundlage fehlt.' })
    await sachbearbeitung.upload('versionAnlegen', 'entwurf-2.txt', 'Zweite Fassung', { id: dokument.id, query: { basis: 1 } })
    await act(sachbearbeitung, vorgang, 2)
    await refused('noch_offen', meisterin, vorgang, 3)
    expect(await inBasket(leitung, vorgang)).toMatchObject({ art: 'mitzeichnung', erneut: true, darf: ['erledigen'] })
    await act(leitung, vorgang, 0)
    expect(await inBasket(leitung, vorgang)).toBeUndefined()
    expect(await act(meisterin, vorgang, 3)).toMatchObject({ status: 'beendet' })
    expect((await sachbearbeitung.ok('zeichnungen', { id: dokument.id })).eintraege.map((one: Json) => [one.version, one.veraltet])).toEqual([[2, false], [2, false], [1, true]])
  })
  test('Mitzeichnungen are overruled only with a reason; what is signed is not cancelled', async () => {
    const { vorgang } = await newVorgang(sachbearbeitung, 'Eilt')
    const dokument = await sachbearbeitung.upload('dokumentAnlegen', 'eilt.txt', 'Eilt', { id: vorgang.id })
    await start(sachbearbeitung, vorgang, '@wicazowa mz, dann @bürgermeister sz', dokument)
    await act(sachbearbeitung, vorgang, 0, { handlung: 'ueberspringen', vermerk: 'im Urlaub' })
    expect(await refused('noch_offen', meisterin, vorgang, 1)).toMatchObject({ feld: 'uebergehen' })
    await act(meisterin, vorgang, 1, { handlung: 'erledigen', uebergehen: 'Frist läuft heute ab' })
    expect((await sachbearbeitung.ok('zeichnungen', { id: dokument.id })).eintraege[0].uebergangen).toBe('Frist läuft heute ab')
    const fresh = await sachbearbeitung.ok('dokument', { id: dokument.id })
    await sachbearbeitung.refused('konflikt', 'dokumentStornieren', { id: dokument.id, stand: fresh.stand })
  })
  test('steps are taken, delegated, inserted and recalled while it runs', async () => {
    const { vorgang } = await newVorgang(sachbearbeitung, 'Unterwegs')
    await start(sachbearbeitung, vorgang, '@oe:BA stn, zdA')
    expect(await inBasket(leitung, vorgang)).toBeUndefined()
    expect(await inBasket(leitung, vorgang, 'einheit')).toMatchObject({ adressat: { name: 'Bauamt' }, darf: ['erledigen', 'zurueckgeben', 'uebernehmen', 'delegieren', 'ueberspringen'] })
    await act(leitung, vorgang, 0, { handlung: 'uebernehmen' })
    expect(await inBasket(leitung, vorgang)).toBeDefined()
    expect(await inBasket(leitung, vorgang, 'einheit')).toBeUndefined()
    await act(leitung, vorgang, 0, { handlung: 'delegieren', an: '@grossmann' })
    const second = (await slip(sachbearbeitung, vorgang)).schritte[1].id
    const grown = await sachbearbeitung.ok('schritteEinfuegen', { id: vorgang.id, stand: (await now(sachbearbeitung, vorgang)).stand, body: { schritt: second, zeile: '@wicazowa z.K.' } })
    expect(states(grown.eintraege[0])).toBe('uazz')
    const gone = await sachbearbeitung.ok('laufwegZurueckholen', { id: vorgang.id, stand: (await now(sachbearbeitung, vorgang)).stand, body: { laufweg: grown.eintraege[0].id, grund: 'Irrtum' } })
    expect(gone.eintraege[0]).toMatchObject({ status: 'zurueckgeholt' })
    expect(states(gone.eintraege[0])).toBe('uuuu')
    await sachbearbeitung.refused('nicht_gefunden', 'schrittHandeln', { id: vorgang.id, stand: (await now(sachbearbeitung, vorgang)).stand, body: { schritt: randomId, handlung: 'erledigen' } })
  })
  test('a Dokument is approved, commented and taken note of', async () => {
    const { vorgang } = await newVorgang(sachbearbeitung, 'Vorlage')
    const dokument = await sachbearbeitung.upload('dokumentAnlegen', 'vorlage.txt', 'Vorlage', { id: vorgang.id, query: { art: 'Intern' } })
    await start(sachbearbeitung, vorgang, '@wicazowa prüfung, dann @wicazowa stellungnahme und @bürgermeister zur Kenntnis', dokument)
    await act(leitung, vorgang, 0)
    await act(leitung, vorgang, 1, { handlung: 'erledigen', vermerk: 'Aus Sicht der Leitung keine Bedenken.' })
    const done = await act(meisterin, vorgang, 2)
    expect(done).toMatchObject({ status: 'beendet', schritte: [{ art: 'pruefung' }, { art: 'stellungnahme', vermerk: 'Aus Sicht der Leitung keine Bedenken.' }, { art: 'kenntnis' }] })
    expect((await sentences(sachbearbeitung, 'dokumentHistorie', dokument.id)).slice(0, 3)).toEqual([
      'Dr. Henriette Straßberger hat „vorlage“ zur Kenntnis genommen.', 'Hańža Wićazowa hat zu „vorlage“ Stellung genommen.', 'Hańža Wićazowa hat „vorlage“ geprüft.',
    ])
  })
  test('somebody takes note of a Vorgang, and that does not keep it from zdA', async () => {
    const { vorgang } = await newVorgang(sachbearbeitung, 'Kenntnis')
    await start(sachbearbeitung, vorgang, '@wicazowa zur Kenntnis, @bürgermeister zur Kenntnis, Wv morgen "Antwort da?"')
    const stand = (await now(sachbearbeitung, vorgang)).stand
    await sachbearbeitung.refused('noch_offen', 'vorgangZda', { id: vorgang.id, stand })
    await act(leitung, vorgang, 0)
    expect(await inBasket(sachbearbeitung, vorgang)).toBeUndefined() // it comes on its day
    await act(sachbearbeitung, vorgang, 2)
    await sachbearbeitung.ok('vorgangZda', { id: vorgang.id, stand })
    expect(await inBasket(meisterin, vorgang)).toBeUndefined()
  })
})

describe('the Postkorb', () => {
  test('an Umlaufmappe is signed at once, and what cannot be is named with its reason', async () => {
    const made: Json[] = []
    for (let i = 0; i < 5; ++i) {
      const { vorgang } = await newVorgang(sachbearbeitung, `Mappe ${i}`)
      const dokument = await sachbearbeitung.upload('dokumentAnlegen', `stueck-${i}.txt`, `Stück ${i}`, { id: vorgang.id })
      made.push({ vorgang, laufweg: await start(sachbearbeitung, vorgang, `@wicazowa mz bis ${10 + i}.12.2026`, dokument) })
    }
    await act(leitung, made[0].vorgang, 0)
    const ids = made.map((one) => one.laufweg.schritte[0].id)
    const { eintraege } = await leitung.ok('postkorbZeichnen', { body: { schritte: ids } })
    expect(eintraege.map((one: Json) => one.gezeichnet)).toEqual([false, true, true, true, true])
    expect(eintraege[0].grund).toBe('Dieser Schritt ist schon vorbei.')
    await leitung.refused('nicht_gefunden', 'postkorbZeichnen', { body: { schritte: [randomId] } })
    await leitung.refused('eingabe_ungueltig', 'postkorbZeichnen', { body: { schritte: [] } })
  })
  test('comes by what is due, in pages, with counts; what is hidden is not counted', async () => {
    const before = (await kaemmerei.ok('postkorb')).zahlen
    const { vorgang } = await newVorgang(kaemmerei, 'Zahlen', '323')
    for (const tag of ['2026-12-30', '2026-12-10', '2026-12-20']) await start(kaemmerei, vorgang, `@jaehrig pr bis ${tag}`)
    const all = await basket(kaemmerei)
    const days = all.map((one) => one.termin ?? '9999-12-31')
    expect(days).toEqual([...days].sort())
    expect(await kaemmerei.all('postkorb', {}, 1)).toEqual(all)
    expect((await kaemmerei.ok('postkorb')).zahlen.meine).toBe(before.meine + 3)
    const only = async (auswahl: string): Promise<string[]> => (await kaemmerei.all('postkorb', { query: { auswahl } }, 1)).map((one) => one.id)
    expect(await only('zeichnung')).toEqual(all.filter((one) => ['mitzeichnung', 'schlusszeichnung'].includes(one.art)).map((one) => one.id))
    expect(await only('wiedervorlage')).toEqual(all.filter((one) => one.art === 'wiedervorlage').map((one) => one.id))
    expect(await only('ueberfaellig')).toEqual(all.filter((one) => one.termin !== undefined && one.termin < dayFromNow(0)).map((one) => one.id))
    await kaemmerei.refused('eingabe_ungueltig', 'postkorb', { query: { nach: 'Unsinn' } })
    expect((await basket(leitung)).some((one) => one.vorgang.id === vorgang.id)).toBe(false)
  })
})

describe('a Frist', () => {
  const ask = (query: Record<string, string | number>): Promise<Json> => sachbearbeitung.ok('frist', { query: { einheit: 'monate', dauer: 1, ...query } })
  test('explains itself step by step, with the rule and the calendar', async () => {
    const frist = await ask({ von: '2026-10-14', beginn: 'post' })
    expect(frist).toMatchObject({ beginn: '2026-10-18', ende: '2026-11-19', kalender: 'Feiertage in Sachsen', endeText: 'Donnerstag, 19. November 2026' })
    expect(frist.schritte.map((one: Json) => one.regel)).toEqual(['', '§ 41 Abs. 2 VwVfG', '§ 187 Abs. 1 BGB', '§ 188 Abs. 2 BGB', '§ 193 BGB, § 31 Abs. 3 VwVfG'])
    expect(frist.schritte[4].satz).toContain('Buß- und Bettag')
    expect(frist.anders.join(' ')).toContain('1. Januar 2025')
  })
  test('is counted with the holidays of the Land that is asked for', async () => {
    expect((await ask({ von: '2026-10-14', beginn: 'post', land: 'ST' })).ende).toBe('2026-11-18')
    const haselrode = await server.login('maeder', 'haselrode')
    expect((await haselrode.ok('frist', { query: { von: '2026-12-30', einheit: 'wochen', dauer: 1 } })).ende).toBe('2027-01-07') // Heilige Drei Könige
    await sachbearbeitung.refused('eingabe_ungueltig', 'frist', { query: { von: '2026-10-14', einheit: 'tage', dauer: 0 } })
  })
})
