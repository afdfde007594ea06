// Scans: what is made of them in the background, with the words in their places; sheets that part a stack.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Client, Json } from './support/client'
import { Server } from './support/server'
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

/** What is made of the scan, once nothing is under way any more. */
async function finished(): Promise<Json> {
  for (;;) {
    const made = await bauamt.ok('renditionen', { id: scan.id, nr: 1 })
    if (![made.texterkennung, made.vorschau].some((step: Json) => ['wartet', 'laeuft'].includes(step.stand))) return made
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
  await bauamt.refused('nicht_gefunden', 'versionWorte', { id: scan.id, nr: 1, query: { seite: 2 } })
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
