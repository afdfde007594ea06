// Files in a bucket: the same promises as of a folder, also where the store is slow, refuses, or breaks off.
import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Client } from './support/client'
import { program } from './support/engine'
import { Place } from './support/place'
import { run } from './support/process'
import { Server } from './support/server'
import { Bucket } from './support/s3'
import { newVorgang } from './support/town'

let place: Place
let bucket: Bucket
beforeAll(async () => {
  place = await Place.make(true)
  bucket = await Bucket.in(place.folder)
})
afterAll(() => bucket.close())

const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))
/** The flags of the place with its files in the bucket. */
const inBucket = (): string[] => [...place.flags.filter((_, i, all) => all[i] !== '--blobs' && all[i - 1] !== '--blobs'), ...bucket.flags('stadt', join(place.folder, 'halbe'))]
const text = (words: string, bytes = 0): string => `${words} ${'Kies '.repeat(bytes / 5)}`

test('the tests of every store pass on it', async () => {
  const result = await run(join(dirname(program), '../server/test_blob'), ['--gtest_filter=*StoreTest*s3*'], { env: { AKTENLOTSE_TEST_S3: bucket.endpoint, AKTENLOTSE_TEST_S3_ZUGANG: bucket.access } })
  expect(result.code, result.stdout).toBe(0)
  expect(result.stdout).toMatch(/\[ {2}PASSED {2}\] 2\d tests/)
  expect(result.stdout).not.toContain('SKIPPED')
})

test('a town moves into the bucket, works there, and moves back', async () => {
  mkdirSync(join(place.folder, 'halbe'), { recursive: true })
  const target = `s3://proben/stadt?endpoint=${bucket.endpoint}`
  const moved = await run(program, ['move', ...place.flags, '--s3-zugang', bucket.access, '--to', target])
  expect([moved.code, moved.stdout], moved.stderr).toEqual([0, expect.stringMatching(/^(\d+) Dateien liegen dort, davon \1 neu kopiert\.\n$/)])
  const again = await run(program, ['move', ...place.flags, '--s3-zugang', bucket.access, '--to', target])
  expect(again.stdout).toMatch(/davon 0 neu kopiert/)

  const town = Object.assign(Object.create(Object.getPrototypeOf(place) as object) as Place, place)
  Object.defineProperty(town, 'flags', { get: inBucket })
  const server = await Server.start(town)
  const client = await server.login('grossmann')
  const { vorgang } = await newVorgang(client, 'Kiesgrube')
  const made = await client.upload('dokumentAnlegen', 'kies.txt', text('Kiesgrube', 3_000_000), { id: vorgang.id })
  const content = await client.call('versionInhalt', { id: made.id, nr: 1 })
  expect(content.text).toBe(text('Kiesgrube', 3_000_000))
  const part = await client.call('versionInhalt', { id: made.id, nr: 1, headers: { range: 'bytes=1500000-1500009' } })
  expect([part.status, part.text]).toEqual([206, text('Kiesgrube', 3_000_000).slice(1_500_000, 1_500_010)])
  await uploadsUnderFaults(client, vorgang.id)
  await server.stop(/S3/)

  const collected = await run(program, ['collect', ...inBucket()])
  expect([collected.code, collected.stdout], collected.stderr).toEqual([0, expect.stringContaining('Dateien ohne Nennung')])
  const elsewhere = join(place.folder, 'zurueck')
  mkdirSync(elsewhere)
  const back = await run(program, ['move', ...inBucket(), '--to', elsewhere])
  expect([back.code, back.stdout], back.stderr).toEqual([0, expect.stringMatching(/^(\d+) Dateien liegen dort, davon \1 neu kopiert\.\n$/)])
  const checked = await run(program, ['check', ...place.flags.slice(0, 2), '--blobs', elsewhere])
  expect(checked.stdout).toMatch(/, 0 Befunde\.\n$/)
})

/** Slow, failing and half-finished: an upload is there whole, or the person is told that it is not. */
async function uploadsUnderFaults(client: Client, vorgang: string): Promise<void> {
  const upload = (name: string, raw: string) => client.call('dokumentAnlegen', { id: vorgang, query: { dateiname: `${name}.txt` }, raw, key: crypto.randomUUID() })
  bucket.fault = () => 'slow'
  const slow = await upload('langsam', text('Langsamkies', 400_000))
  expect(slow.status, slow.text).toBe(201)

  // One refusal, one broken line, one half upload: tried again, and nobody notices.
  for (const fault of ['fail', 'cut', 'half'] as const) {
    let once = true
    bucket.fault = (incoming) => (incoming.method === 'PUT' && once ? ((once = false), fault) : 'pass')
    const made = await upload(fault, text(`Einmal${fault}`, 600_000))
    expect(made.status, `${fault}: ${made.text}`).toBe(201)
    expect((await client.call('versionInhalt', { id: made.json.id, nr: 1 })).text).toBe(text(`Einmal${fault}`, 600_000))
  }
  // For good: the upload is refused, nothing of it is there, and all else goes on.
  for (const fault of ['fail', 'half'] as const) {
    bucket.fault = (incoming) => (incoming.method === 'PUT' ? fault : 'pass')
    const refused = await client.refused('speicher_fehlt', 'dokumentAnlegen', { id: vorgang, query: { dateiname: 'nie.txt' }, raw: text(`Niemals${fault}`, 600_000), key: crypto.randomUUID() })
    expect([refused.status, refused.title]).toEqual([503, 'Der Speicher der Dateien antwortet nicht.'])
    expect((await client.ok('suche', { query: { q: `Niemals${fault}` } })).anzahl).toBe(0)
    expect((await client.call('versionInhalt', { id: slow.json.id, nr: 1 })).status).toBe(200)
  }
  bucket.fault = () => 'cut'
  await client.refused('speicher_fehlt', 'versionInhalt', { id: slow.json.id, nr: 1 })
  expect((await client.ok('dokument', { id: slow.json.id })).betreff).toBe('langsam')
  bucket.fault = () => 'pass'
  await wait(50)
  expect((await client.call('versionInhalt', { id: slow.json.id, nr: 1 })).text).toBe(text('Langsamkies', 400_000))
}

test('a wrong address or key is told in words', async () => {
  for (const [flags, why] of [
    [['--blobs', 's3://proben'], /s3:\/\/BUCKET\?endpoint=/],
    [['--blobs', `s3://proben?endpoint=${bucket.endpoint}`], /--s3-zugang/],
    [['--blobs', `s3://proben?endpoint=${bucket.endpoint}&farbe=rot`, '--s3-zugang', bucket.access], /farbe=rot/],
    [['--blobs', `s3://proben?endpoint=${bucket.endpoint}`, '--s3-zugang', bucket.access], /--uploads/],
  ] as const) {
    const result = await run(program, ['check', ...place.flags.slice(0, 2), ...flags])
    expect([result.code, result.stderr]).toEqual([2, expect.stringMatching(why)])
  }
})
