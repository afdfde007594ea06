// Scans: what is made of them in the background, with the words in their places; sheets that part a stack.
import { existsSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Client, Json } from './support/client'
import { command, Server } from './support/server'
import { newVorgang } from './support/town'

let server: Server
let bauamt: Client
let scan: Json
beforeAll(async () => {
  server = await Server.demo()
  bauamt = await server.login('grossmann')
  for (const login of ['gruenwald', 'grossmann']) {
    const client = await server.login(login)
    const found = (await client.all('posteingang')).find((one: Json) => one.dateiname === 'Scan_20261120_0816.pdf')
    if (found !== undefined) {
      scan = found
      bauamt = client
    }
  }
  expect(scan, 'the demo holds a scan').toBeDefined()
})
afterAll(() => server.stop())

const libreOffice = existsSync('/usr/lib/libreoffice/program/soffice.bin')
if (!libreOffice) console.info('LibreOffice is not installed: nothing is printed as PDF here')

/** What is made of a document, once nothing is under way any more. */
async function finished(client = bauamt, id: string = scan.id): Promise<Json> {
  for (;;) {
    const made = await client.ok('renditionen', { id, nr: 1 })
    if (![made.texterkennung, made.vorschau, made.pdf].some((step: Json) => ['wartet', 'laeuft'].includes(step.stand))) return made
    await new Promise((done) => setTimeout(done, 300))
  }
}

test('a scan gets its text, a small picture and a searchable PDF, and is found', async () => {
  const made = await finished()
  expect(made.texterkennung).toEqual({ stand: 'fertig', erledigt: 1, gesamt: 1 })
  expect(made.seiten).toMatchObject([{ seite: 1, erkannt: true }])
  expect(made.renditionen.map((one: Json) => `${one.art} ${one.seite}`)).toEqual(['durchsuchbar 0', 'vorschau 0'])
  const text = await bauamt.ok('versionText', { id: scan.id, nr: 1 })
  expect(text.seiten[0]).toContain('Kinderjacke')
  expect((await bauamt.ok('suche', { query: { q: 'Kinderjacke' } })).eintraege.map((one: Json) => one.dokument.id)).toContain(scan.id)

  const pdf = await bauamt.call('rendition', { id: scan.id, nr: 1, query: { art: 'durchsuchbar' } })
  expect(pdf.headers.get('content-type')).toBe('application/pdf')
  expect(pdf.text.startsWith('%PDF-')).toBe(true)
  const small = await bauamt.call('rendition', { id: scan.id, nr: 1, query: { art: 'vorschau' } })
  expect(small.headers.get('content-type')).toBe('image/jpeg')
  await bauamt.refused('nicht_gefunden', 'rendition', { id: scan.id, nr: 1, query: { art: 'pdf' } })
})

test('words have their places on the page', async () => {
  await finished()
  const page = await bauamt.ok('versionWorte', { id: scan.id, nr: 1, query: { seite: 1 } })
  const word = page.worte.find((one: Json) => one.text.includes('Kinderjacke'))
  for (const side of ['x', 'y', 'breite', 'hoehe']) expect(word[side]).toBeGreaterThan(0)
  expect(word.x + word.breite).toBeLessThanOrEqual(10_000)
  expect(await bauamt.ok('versionWorte', { id: scan.id, nr: 1, query: { seite: 2 } })).toEqual({ seite: 2, drehung: 0, worte: [] })
})

test('who may not see the scan learns nothing of what was made of it', async () => {
  await finished()
  const stranger = await server.login('maeder', 'haselrode')
  for (const [route, query] of [['renditionen', {}], ['versionWorte', { seite: 1 }], ['rendition', { art: 'vorschau' }]] as const)
    await stranger.refused('nicht_gefunden', route, { id: scan.id, nr: 1, query })
})

test('separator sheets, for a Vorgang and without', async () => {
  const clerk = await server.login('grossmann')
  const { akte, vorgang } = await newVorgang(clerk, 'Stapel')
  const sheet = await clerk.ok('vorgangTrennblatt', { id: vorgang.id })
  expect(sheet).toMatchObject({ zeichen: vorgang.zeichen, betreff: vorgang.betreff, akte: akte.zeichen })
  expect(sheet.pfad).toMatch(/^(M\d+ \d+h\d+v1h-\d+z)+$/)
  const plain = await clerk.ok('trennblatt')
  expect(plain).not.toHaveProperty('zeichen')
  expect(plain.pfad).not.toBe(sheet.pfad)
})

/** A letter as Word keeps it in RTF, with a picture that lies on a server and one that lies on this machine. */
const brief = (url: string): string => String.raw`{\rtf1\ansi Der Antrag auf Fahrradboxen ist eingegangen.\par
{\field{\*\fldinst INCLUDEPICTURE "${url}/bild.png" \\d}{\fldrslt }}{\field{\*\fldinst INCLUDEPICTURE "file:///etc/hostname" \\d}{\fldrslt }}
{\field{\*\fldinst INCLUDETEXT "file:///etc/passwd"}{\fldrslt }}}`

test.skipIf(!libreOffice)('an Office file gets its PDF beside it, and what it links is not fetched', async () => {
  const asked: string[] = []
  const outside = createServer((request, response) => void (asked.push(request.url ?? ''), response.end())).listen(0, '127.0.0.1')
  const clerk = await server.login('grossmann')
  const raw = brief(`http://127.0.0.1:${(outside.address() as AddressInfo).port}`)
  const { id } = await clerk.ok('eingangErfassen', { raw, query: { dateiname: 'Brief.rtf' } })
  const made = await finished(clerk, id)
  expect(made.pdf).toEqual({ stand: 'fertig', erledigt: 1, gesamt: 1 })
  expect(made.renditionen.map((one: Json) => `${one.art} ${one.seite}`)).toEqual(['pdf 0', 'vorschau 0'])
  const pdf = await clerk.call('rendition', { id, nr: 1, query: { art: 'pdf' } })
  expect(pdf.headers.get('content-type')).toBe('application/pdf')
  expect(pdf.headers.get('content-disposition')).toContain('Brief-pdf.pdf')
  const original = await clerk.call('versionInhalt', { id, nr: 1 })
  expect(original.text, 'the file stays as it came').toBe(raw)
  // The PDF comes back in as a file, so that the program itself says what is written in it.
  const again = await clerk.ok('eingangErfassen', { raw: pdf.bytes, query: { dateiname: 'gedruckt.pdf' } })
  const { text } = await clerk.ok('versionText', { id: again.id, nr: 1 })
  expect(text).toContain('Fahrradboxen')
  expect(text).not.toContain('root:')
  expect(asked).toEqual([])
  outside.close()
})

test('without LibreOffice the text of an Office file is found, and the person is told why there is no page view', async () => {
  const bare = await Server.demo('--soffice', 'aus')
  try {
    const clerk = await bare.login('grossmann')
    const { id } = await clerk.ok('eingangErfassen', { raw: brief('http://127.0.0.1:9'), query: { dateiname: 'Brief.rtf' } })
    const made = await finished(clerk, id)
    expect(made.pdf).toEqual({ stand: 'nichtMoeglich', erledigt: 0, gesamt: 1 })
    expect(made.renditionen).toEqual([])
    expect((await clerk.ok('versionText', { id, nr: 1 })).text).toContain('Fahrradboxen')
    const [auftrag] = (await clerk.all('auftraege')).filter((one: Json) => one.art === 'rendition.pdf')
    expect(auftrag).toMatchObject({ status: 'erledigt' })
    expect(auftrag.hinweis).toContain('LibreOffice ist auf diesem Server nicht installiert')
  } finally {
    await bare.stop()
  }
  const wrong = await command(bare.place, 'check', '--soffice', '/nirgends/soffice.bin')
  expect(wrong.stderr).toContain('Unter /nirgends/soffice.bin liegt kein soffice.bin')
})
