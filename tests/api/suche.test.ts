// Search and suggestions; real files, each found by a word in it; paging through every list.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Client, Json } from './support/client'
import { testdata } from './support/engine'
import { Server } from './support/server'
import { newVorgang, one } from './support/town'

let server: Server
let client: Client
beforeAll(async () => {
  server = await Server.demo()
  client = await server.login('hoenicke')
})
afterAll(() => server.stop())

const hits = async (q: string): Promise<string[]> => (await client.all('suche', { query: { q } })).map((hit: Json) => hit.dokument.betreff).sort()

describe('search', () => {
  beforeAll(async () => {
    const { vorgang } = await newVorgang(client, 'Quastenflosser')
    const texts = {
      eins: 'Der Quastenflosser schwimmt im Gemeindeteich. Die Straße zum Teich ist gesperrt.',
      zwei: 'Im Gemeindeteich schwimmt kein Quastenflosser, wohl aber ein Hecht.',
      drei: 'Von Quastenflossern und Häusern am Teich: ein Bericht über die Straßen.',
    }
    for (const [name, text] of Object.entries(texts)) await client.upload('dokumentAnlegen', `${name}.txt`, text, { id: vorgang.id })
  })

  test.each([
    ['quastenflosser gemeindeteich', ['eins', 'zwei']],
    ['QUASTENFLOSSER', ['drei', 'eins', 'zwei']],
    ['"schwimmt im gemeindeteich"', ['eins']],
    ['"im gemeindeteich schwimmt"', ['zwei']],
    ['"gemeindeteich im schwimmt"', []],
    ['quastenfloss*', ['drei', 'eins', 'zwei']],
    ['quastenflosser -hecht gemeindeteich', ['eins']],
    ['gemeindeteich -quastenflosser', []],
    ['quastenflosser strasse', ['drei', 'eins']],
    ['quastenflosser haus', ['drei']],
    ['quastenflosser haeuser', ['drei']],
    ['gibtesnirgends', []],
  ])('%s', async (q, expected) => {
    const found = await hits(q)
    expect(found).toEqual(expected)
    expect((await client.ok('suche', { query: { q } })).anzahl).toBe(expected.length)
  })
  test('snippets show the hit in its sentence', async () => {
    const page = await client.ok('suche', { query: { q: '"schwimmt im gemeindeteich"' } })
    const pieces = page.eintraege[0].ausschnitt
    expect(pieces.map((piece: Json) => piece.text).join('')).toContain('Der Quastenflosser schwimmt im Gemeindeteich.')
    expect(pieces.filter((piece: Json) => piece.treffer).map((piece: Json) => piece.text).join(' ')).toMatch(/schwimmt.*im.*Gemeindeteich/)
    expect(page.eintraege[0]).toMatchObject({ vorgang: { betreff: 'Quastenflosser' }, akte: { betreff: 'Akte zu Quastenflosser' } })
  })
  test('a new version is found by its words, and the old ones no more; a new Betreff too', async () => {
    const eingang = await client.upload('eingangErfassen', 'entwurf.txt', 'Nasenbärgehege')
    expect(await hits('nasenbärgehege')).toEqual(['entwurf'])
    await client.upload('versionAnlegen', 'entwurf2.txt', 'Erdmännchengehege', { id: eingang.id })
    expect(await hits('nasenbärgehege')).toEqual([])
    expect(await hits('erdmaennchengehege')).toEqual(['entwurf'])
    const now = await client.ok('dokument', { id: eingang.id })
    await client.ok('dokumentAendern', { id: eingang.id, stand: now.stand, body: { betreff: 'Zwergotterhaus' } })
    expect(await hits('zwergotterhaus')).toEqual(['Zwergotterhaus'])
  })
  test.each(['', ' ', '"', '-', '*', '""', '-nurohne', '"offen', 'a OR', 'AND', '(((', "'; DROP TABLE suche; --", '&|!:*', 'wort:gartenhaus', 'NEAR(a b)', '%', '\\', 'ﬁ', '😀', '-*', '"* *"', 'x'.repeat(500), '* '.repeat(200)])(
    'what people and attackers type is never an error: %s',
    async (q) => {
      const page = await client.ok('suche', { query: { q } })
      expect(page.eintraege.length).toBeLessThanOrEqual(20)
    },
  )
  test('hits come in pages without gap or repetition', async () => {
    const whole = await client.all('suche', { query: { q: 'gemeinde* OR stadt' } }, 200)
    const paged = await client.all('suche', { query: { q: 'gemeinde* OR stadt' } }, 1)
    expect(paged.map((hit) => hit.dokument.id)).toEqual(whole.map((hit) => hit.dokument.id))
  })
})

describe('fields and facets', () => {
  let vorgang: Json
  beforeAll(async () => {
    vorgang = (await newVorgang(client, 'Lurchzaun')).vorgang
    const from = async (name: string, absender: string, datum: string): Promise<void> => {
      const { id } = await client.upload('dokumentAnlegen', name, 'Der Bergmolch wandert im März.', { id: vorgang.id })
      const { stand } = await client.ok('dokument', { id })
      await client.ok('dokumentAendern', { id, stand, body: { absender, datum } })
    }
    await from('lurch1.txt', 'Naturschutzbund Aue', '2023-03-05')
    await from('lurch2.txt', 'Müller & Söhne', '2024-03-05')
    await from('lurch3.md', 'Müller & Söhne', '2025-01-31')
    await client.upload('eingangErfassen', 'lurch4.txt', 'Ein Bergmolch ohne Akte')
  })
  test.each([
    ['bergmolch', 4],
    ['bergmolch von:mueller', 2],
    ['bergmolch von:"Naturschutzbund Aue"', 1],
    ['bergmolch -von:müller', 2],
    ['bergmolch datum:2024..2025', 2],
    ['bergmolch datum:3.2023', 1],
    ['bergmolch datum:..31.12.2024', 2],
    ['bergmolch typ:md', 1],
    ['bergmolch type:incoming', 1],
    ['bergmolch in:Lurchzaun', 3],
    ['von:mueller in:Lurchzaun', 2],
    ['bergmolch oe:gibtesnicht', 0],
    ['bergmolch datum:gestern', 4],
  ])('%s', async (q, count) => {
    const page = await client.ok('suche', { query: { q, limit: 200 } })
    expect(page.anzahl).toBe(count)
    expect(page.eintraege.filter((hit: Json) => !hit.aehnlich)).toHaveLength(count)
    if (q.includes('gestern')) expect(page.hinweise).not.toEqual([])
  })
  test('a sign is found however it is spelled, and what lies under it', async () => {
    for (const sign of [vorgang.zeichen, vorgang.zeichen.replaceAll(/[-./]/g, '.'), `"${vorgang.zeichen.replaceAll(/[-./]/g, ' ')}"`])
      expect((await client.ok('suche', { query: { q: `bergmolch az:${sign}` } })).anzahl, sign).toBe(3)
    const page = await client.ok('suche', { query: { q: vorgang.zeichen.replaceAll('/', ' ') } })
    expect(page.objekte.map((entry: Json) => entry.id)).toContain(vorgang.id)
  })
  test('Akten and Vorgänge stand beside the hits', async () => {
    const page = await client.ok('suche', { query: { q: 'Lurchzaun' } })
    expect(page.objekte.map((entry: Json) => `${entry.art} ${entry.betreff}`).sort()).toEqual(['akte Akte zu Lurchzaun', 'vorgang Lurchzaun'])
  })
  test('each facet gives a field that finds as many as it says', async () => {
    const { facetten } = await client.ok('suche', { query: { q: 'bergmolch', facetten: true } })
    expect(facetten.absender).toEqual([{ frage: 'von:"Müller & Söhne"', name: 'Müller & Söhne', anzahl: 2 }, { frage: 'von:"Naturschutzbund Aue"', name: 'Naturschutzbund Aue', anzahl: 1 }])
    expect(facetten.jahr.map((year: Json) => year.name).slice(1)).toEqual(['2025', '2024', '2023'])
    for (const values of Object.values(facetten) as Json[][])
      for (const value of values) expect((await client.ok('suche', { query: { q: `bergmolch ${value.frage}` } })).anzahl, value.frage).toBe(value.anzahl)
    expect((await client.ok('suche', { query: { q: 'bergmolch' } })).facetten).toBeUndefined()
  })
  test('order by date', async () => {
    const page = await client.ok('suche', { query: { q: 'bergmolch in:Lurchzaun', ordnung: 'datum' } })
    expect(page.eintraege.map((hit: Json) => hit.dokument.datum)).toEqual(['2025-01-31', '2024-03-05', '2023-03-05'])
    await client.refused('eingabe_ungueltig', 'suche', { query: { q: 'a', ordnung: 'zufall' } })
    for (const nach of ['x', '1', '1.x', '-1.2']) await client.refused('eingabe_ungueltig', 'suche', { query: { q: 'a', nach } })
  })
  test('near words come after, and are said', async () => {
    const page = await client.ok('suche', { query: { q: 'Bergmlch' } })
    expect(page).toMatchObject({ anzahl: 0, aehnliche: 4, auchGefunden: ['bergmolch'] })
    expect(page.eintraege.every((hit: Json) => hit.aehnlich)).toBe(true)
  })
})

describe('kept searches', () => {
  test('tell what is new, belong to one person, and go again', async () => {
    const kept = await client.ok('sucheMerken', { body: { name: 'Molche', frage: 'kammmolch' } })
    const again = await client.ok('sucheMerken', { body: { name: 'Molche', frage: 'kammmolch typ:txt', ordnung: 'datum' } })
    expect(again.id).toBe(kept.id)
    const list = async (): Promise<Json[]> => (await client.ok('suchen')).eintraege
    expect(await list()).toMatchObject([{ name: 'Molche', frage: 'kammmolch typ:txt', ordnung: 'datum', neu: 0 }])
    await client.upload('eingangErfassen', 'kamm.txt', 'Ein Kammmolch')
    await client.upload('eingangErfassen', 'kamm.md', 'Ein Kammmolch')
    expect((await list())[0]?.neu).toBe(1)
    const other = await server.login('grossmann')
    expect((await other.ok('suchen')).eintraege).toEqual([])
    for (const act of ['sucheGesehen', 'sucheVergessen']) await other.refused('nicht_gefunden', act, { id: kept.id })
    await client.ok('sucheGesehen', { id: kept.id })
    expect((await list())[0]?.neu).toBe(0)
    await client.ok('sucheVergessen', { id: kept.id })
    expect(await list()).toEqual([])
    await client.refused('nicht_gefunden', 'sucheGesehen', { id: kept.id })
  })
})

describe('suggestions', () => {
  test('come while typing, by sign and by Betreff', async () => {
    const kinds = async (q: string, arten?: string): Promise<string[]> =>
      (await client.ok('vorschlaege', { query: { q, ...(arten ? { arten } : {}) } })).eintraege.map((entry: Json) => `${entry.art} ${entry.zeichen}`)
    expect(await kinds('gartenh')).toContain('vorgang 632-1/2026-1')
    expect(await kinds('632-1')).toContain('akte 632-1')
    expect(await kinds('erlenb', 'akte')).toEqual(['akte 632-1'])
    expect(await kinds('bebauungspl', 'aktenplaneinheit')).not.toEqual([])
    expect(await kinds('')).toEqual([])
    expect(await kinds('zzzzzz')).toEqual([])
    expect((await kinds('a')).length).toBeLessThanOrEqual(10)
    await client.refused('eingabe_ungueltig', 'vorschlaege', { query: { q: 'a', arten: 'alles' } })
  })
})

describe('paging', () => {
  // Every list with a cursor, with something whose list it is.
  const lists: [string, () => Promise<string | undefined>][] = [
    ['akten', async () => undefined],
    ['vorgaenge', async () => undefined],
    ['posteingang', async () => undefined],
    ['vorgangDokumente', async () => (await one(client, 'vorgaenge', 'zeichen', '632-1/2026-2')).id],
    ['akteHistorie', async () => (await one(client, 'akten', 'zeichen', '632-1')).id],
    ['vorgangHistorie', async () => (await one(client, 'vorgaenge', 'zeichen', '632-1/2026-1')).id],
    ['dokumentHistorie', async () => (await client.all('posteingang'))[0].id],
    ['aktenplaneinheitHistorie', async () => (await one(client, 'aktenplan', 'kennzeichen', '632')).id],
  ]
  test.each(lists)('%s: one by one is exactly the whole', async (list, idOf) => {
    const id = await idOf()
    const call = id === undefined ? {} : { id }
    const whole = await client.all(list, call)
    expect(whole.length).toBeGreaterThan(0)
    expect(await client.all(list, call, 1)).toEqual(whole)
    expect(await client.all(list, call, 2)).toEqual(whole)
    for (const limit of [0, 201, -1]) await client.refused('eingabe_ungueltig', list, { ...call, query: { limit } })
    for (const nach of ['x', '-1', '99999999999999999999']) await client.refused('eingabe_ungueltig', list, { ...call, query: { nach } })
  })
  test('lists are narrowed by what they lie in', async () => {
    const akte = await one(client, 'akten', 'zeichen', '632-1')
    const vorgaenge = await client.all('vorgaenge', { query: { akte: akte.id } })
    expect(vorgaenge.map((vorgang) => vorgang.zeichen)).toEqual(['632-1/2026-2', '632-1/2026-1'])
    const all = await client.all('akten', { query: { aktenplaneinheit: akte.aktenplaneinheit.id } })
    expect(all.map((entry) => entry.zeichen)).toContain('632-1')
    expect(all.every((entry) => entry.aktenplaneinheit.kennzeichen === '632')).toBe(true)
  })
})

describe('real files', () => {
  // Each file under a name that does not give it away, and a word that stands in it.
  const files: [string, string, string][] = [
    ['seed/pressemitteilung-2025-04-25.ocr.txt', 'a.txt', 'Digitalnavigatoren-Programm'],
    ['pdf/ba-fachliche-weisungen/FW_SGB_I_Par_46_Verzicht.pdf', 'b.pdf', 'Leistungsträger'],
    ['pdf/ba-fachliche-weisungen/FW_SGB_III_Par_165_Insolvenzgeld.pdf', 'c.pdf', '"Eröffnung des Insolvenzverfahrens"'],
    ['pdf/cabinet-of-horrors/webCapture.pdf', 'd.pdf', '"non-print legal deposit"'],
    ['office/poi/sample.docx', 'e.docx', 'consectetuer'],
    ['office/paperless/sample.odt', 'f.odt', '"ODT test document"'],
    ['office/tika/testStyles.odt', 'g.odt', '"another test is here"'],
    ['office/opengever/bundle/tests/assets/files_outside_bundle/subdir/wordfile.docx', 'h.docx', 'DieserTextKommtNurHierVor'],
    ['mail/paperless/eml_with_umlaut.eml', 'i.eml', 'Nameöer'],
    ['mail/nodemailer/mixed.eml', 'j.eml', '"scanned for Viruses"'],
  ]
  test.each(files)('%s is found by a word in it', async (path, dateiname, q) => {
    const file = join(testdata, path)
    if (!existsSync(file)) return console.log(`skipped: ${file} is not there`)
    const bytes = readFileSync(file)
    const dokument = await client.upload('eingangErfassen', dateiname, bytes)
    expect(dokument).toMatchObject({ textStatus: 'ok', groesse: bytes.length })
    const found = await client.all('suche', { query: { q } })
    expect(found.map((hit) => hit.dokument.id)).toContain(dokument.id)
    expect(found.find((hit) => hit.dokument.id === dokument.id).ausschnitt.some((piece: Json) => piece.treffer)).toBe(true)
    expect((await client.call('versionInhalt', { id: dokument.id, nr: 1 })).bytes.equals(bytes)).toBe(true)
  })
})
