// What machines do: disks are full or read-only, descriptors and memory run out, clocks jump. The person is told what is
// wrong, nothing is lost, reading goes on, and work goes on by itself when the cause is gone.
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Client, Json } from './support/client'
import { program } from './support/engine'
import { Place } from './support/place'
import { run } from './support/process'
import { command, Server } from './support/server'
import { readOnly, SmallDisk, tightExtractor, writable } from './support/stoerung'
import { newVorgang } from './support/town'

const many = (bytes: number): string => 'Kies und Sand '.repeat(bytes / 14)
const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Reading as it is on every day. */
async function reads(client: Client, dokument: Json, text: string): Promise<void> {
  expect((await client.ok('dokument', { id: dokument.id })).betreff).toBe(dokument.betreff)
  expect((await client.call('versionInhalt', { id: dokument.id, nr: 1 })).text).toBe(text)
  expect((await client.ok('vorgaenge')).eintraege.length).toBeGreaterThan(0)
  expect((await client.ok('suche', { query: { q: 'Grundwasser' } })).anzahl).toBe(1)
}
const whatIs = 'Messung am Grundwasser'

describe('a full disk', () => {
  test('refuses with 507, loses nothing, goes on reading, and takes again when there is room', async (context) => {
    const place = await Place.make(true)
    const disk = await SmallDisk.inPlaceOf(place.engine.name === 'sqlite' ? dirname(place.blobs) : place.blobs, 24)
    if (!disk) return context.skip()
    const server = await Server.start(place)
    const client = await server.login('grossmann')
    const { akte, vorgang } = await newVorgang(client, 'Brunnen')
    const before = await client.upload('dokumentAnlegen', 'messung.txt', whatIs, { id: vorgang.id })
    const upload = await client.ok('uploadAnlegen', { query: { ziel: 'posteingang', dateiname: 'gross.txt' }, headers: { 'tus-resumable': '1.0.0', 'upload-length': '2800000' } })
    const piece = many(1_400_000)
    const patch = (offset: number) => client.send('PATCH', `/api/uploads/${upload.id}`, { raw: piece, headers: { 'tus-resumable': '1.0.0', 'content-type': 'application/offset+octet-stream', 'upload-offset': `${offset}` } })
    expect((await patch(0)).status).toBe(204)
    await disk.fill()

    const refused = await client.refused('kein_platz', 'dokumentAnlegen', { id: vorgang.id, query: { dateiname: 'kies.txt' }, raw: many(700_000), key: crypto.randomUUID() })
    expect([refused.status, refused.title]).toEqual([507, 'Auf dem Server ist kein Platz mehr. Es wurde nichts gespeichert.'])
    expect(refused.hinweis).toContain('Administration')
    // Small changes fit into what the database has already, until they do not.
    const kept: Json[] = []
    for (let nr = 0; ; ++nr) {
      const reply = await client.call('vorgangAnlegen', { body: { akte: akte.id, betreff: `Brunnen ${nr}` } })
      if (reply.status >= 300) {
        expect(reply.json.code, reply.text).toBe('kein_platz')
        break
      }
      kept.push(reply.json)
      if (nr > 300) break // PostgreSQL lies elsewhere here
    }
    await reads(client, before, whatIs)
    const half = await patch(1_400_000)
    expect([half.status, half.json.code]).toEqual([507, 'kein_platz'])

    disk.free()
    const after = await client.upload('dokumentAnlegen', 'kies.txt', many(700_000), { id: vorgang.id })
    expect((await client.ok('dokument', { id: after.id })).betreff).toBe('kies')
    for (const one of kept) expect((await client.ok('vorgang', { id: one.id })).betreff).toBe(one.betreff)
    const at = Number((await client.send('HEAD', `/api/uploads/${upload.id}`, { headers: { 'tus-resumable': '1.0.0' } })).headers.get('upload-offset'))
    expect(at).toBeGreaterThanOrEqual(1_400_000)
    const rest = await client.send('PATCH', `/api/uploads/${upload.id}`, { raw: (piece + piece).slice(at, 2_800_000), headers: { 'tus-resumable': '1.0.0', 'content-type': 'application/offset+octet-stream', 'upload-offset': `${at}` } })
    expect(rest.status, rest.text).toBe(204)
    await server.stop(/No space left|full|kein|disk/)
    await disk.remove()
  })

  test('of PostgreSQL alone', async (context) => {
    const place = await Place.make(true)
    if (place.engine.name !== 'postgres') return context.skip()
    const folder = join(place.folder, 'tabellen')
    await run('install', ['-d', '-o', 'postgres', '-m', '700', folder])
    // Others than root see nothing in the folder of the tests by default.
    await run('chmod', ['755', place.folder])
    const disk = await SmallDisk.inPlaceOf(folder, 80)
    if (!disk) return context.skip()
    await run('chown', ['postgres', folder])
    const name = `klein_${place.database}`
    const all = (sql: string) => run('psql', ['-h', place.engine.folder, '-U', 'postgres', '-v', 'ON_ERROR_STOP=1', '-c', sql, 'postgres'])
    for (const sql of [`CREATE TABLESPACE ${name} LOCATION '${folder}'`, `ALTER DATABASE ${place.database} SET TABLESPACE ${name}`]) {
      const done = await all(sql)
      expect(done.code, done.stderr).toBe(0)
    }
    const server = await Server.start(place)
    const client = await server.login('grossmann')
    const { vorgang } = await newVorgang(client, 'Brunnen')
    const before = await client.upload('dokumentAnlegen', 'messung.txt', whatIs, { id: vorgang.id })
    await disk.fill()
    let refused: Json
    for (let nr = 0; refused === undefined; ++nr) {
      const words = Array.from({ length: 4000 }, (_, i) => `wort${nr}x${i}`).join(' ')
      const reply = await client.call('dokumentAnlegen', { id: vorgang.id, query: { dateiname: `lang-${nr}.txt` }, raw: words, key: crypto.randomUUID() })
      if (reply.status >= 300) refused = reply.json
    }
    expect([refused.status, refused.code]).toEqual([507, 'kein_platz'])
    await reads(client, before, whatIs)
    disk.free()
    await client.upload('dokumentAnlegen', 'kies.txt', 'Kies', { id: vorgang.id })
    await server.stop(/No space left|could not extend|disk/)
    await all(`DROP DATABASE ${place.database}`)
    await all(`DROP TABLESPACE ${name}`)
    await disk.remove()
  })

  test('a quota is a full disk too', async () => {
    const server = await Server.demo()
    const client = await server.login('grossmann')
    await server.limit('fsize', 400_000)
    const refused = await client.refused('kein_platz', 'eingangErfassen', { query: { dateiname: 'kies.txt' }, raw: many(700_000), key: crypto.randomUUID() })
    expect(refused.status).toBe(507)
    expect((await client.ok('vorgaenge')).eintraege.length).toBeGreaterThan(0)
    await server.limit('fsize', 'unlimited')
    await client.upload('eingangErfassen', 'kies.txt', many(700_000))
    await server.stop(/File too large|full/)
  })
})

describe('a read-only folder', () => {
  test('of the files: what is there is read, other changes are made, uploads go on afterwards', async (context) => {
    const server = await Server.demo()
    const client = await server.login('grossmann')
    const { vorgang } = await newVorgang(client, 'Brunnen')
    const before = await client.upload('dokumentAnlegen', 'messung.txt', whatIs, { id: vorgang.id })
    if (!(await readOnly(server.place.blobs))) {
      await server.stop()
      return context.skip()
    }
    const refused = await client.refused('nur_lesbar', 'dokumentAnlegen', { id: vorgang.id, query: { dateiname: 'kies.txt' }, raw: 'Kies', key: crypto.randomUUID() })
    expect([refused.status, refused.title]).toEqual([503, 'Der Server kann gerade nicht speichern.'])
    await reads(client, before, whatIs)
    await client.ok('dokumentAendern', { id: before.id, stand: before.stand, body: { betreff: 'Messung' } })
    await writable(server.place.blobs)
    await client.upload('dokumentAnlegen', 'kies.txt', 'Kies', { id: vorgang.id })
    await server.stop(/Read-only file system/)
  })
  test('of all data: the program says so and ends', async (context) => {
    const place = await Place.make(true)
    const folder = dirname(place.blobs)
    // With PostgreSQL there is nothing here that must be written to start.
    if (place.engine.name === 'postgres' || !(await readOnly(folder))) return context.skip()
    const server = await command(place, 'serve', '--port', '0').finally(() => writable(folder))
    expect(server.code, server.stderr).toBe(2)
    expect(server.stderr).toBe(`aktenlotse: Der Ordner ${folder} ist schreibgeschützt; Aktenlotse muss darin schreiben.\n`)
    const again = await Server.start(place)
    await again.stop()
  })
})

test('no file descriptors: who is there is told so, who comes waits, and all goes on when there are some', async () => {
  const server = await Server.demo()
  const client = await server.login('grossmann')
  await client.ok('vorgaenge')
  const plenty = 1000
  await server.limit('nofile', await server.openFiles())
  const refused = await client.call('eingangErfassen', { query: { dateiname: 'kies.txt' }, raw: 'Kies', key: crypto.randomUUID() })
  expect([503, refused.json.code], refused.text).toEqual([refused.status, expect.stringMatching(/^(ueberlastet|datenbank_fehlt)$/)])
  await server.limit('nofile', 3)
  const stranger = server.login('zschaebitz')
  await wait(300)
  await server.limit('nofile', plenty)
  expect((await (await stranger).ok('vorgaenge')).eintraege.length).toBeGreaterThan(0)
  await client.upload('eingangErfassen', 'kies.txt', 'Kies')
  await server.stop(/Too many open files|unable to open/)
})

test('no memory in the extractor: the file is kept as it came, with the reason, and the next one is read', async () => {
  const place = await Place.make(true)
  const { program: extractor, tight } = tightExtractor(join(place.folder, 'eng'), join(dirname(program), 'aktenlotse-extract'))
  const server = await Server.start(place, '--extractor', extractor)
  const client = await server.login('grossmann')
  writeFileSync(tight, '')
  const poor = await client.upload('eingangErfassen', 'arm.html', '<p>Haselmaus</p>')
  expect([poor.textStatus, poor.textHinweis], JSON.stringify(poor)).toEqual(['fehler', expect.stringMatching(/.{20}/)])
  expect((await client.call('versionInhalt', { id: poor.id, nr: 1 })).text).toBe('<p>Haselmaus</p>')
  rmSync(tight)
  const rich = await client.upload('eingangErfassen', 'reich.html', '<p>Zwergmaus</p>')
  expect(rich.textStatus).toBe('ok')
  expect((await client.ok('suche', { query: { q: 'Zwergmaus' } })).anzahl).toBe(1)
  await server.stop()
})

const fake = '/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1'
test.skipIf(!existsSync(fake))('the clock jumps: forward, far back, and right again; nothing is lost and all is in order', async () => {
  const place = await Place.make(true)
  const clock = join(place.folder, 'uhr')
  writeFileSync(clock, '+0')
  const server = await Server.startWith({ LD_PRELOAD: fake, FAKETIME_TIMESTAMP_FILE: clock, FAKETIME_NO_CACHE: '1', FAKETIME_DONT_FAKE_MONOTONIC: '1' }, place)
  let client = await server.login('grossmann')
  const { vorgang } = await newVorgang(client, 'Uhr')
  const made: Json[] = [await client.upload('dokumentAnlegen', 'jetzt.txt', 'Zeitmarke null', { id: vorgang.id })]
  for (const [offset, name] of [['+3d', 'voraus'], ['-400d', 'zurueck'], ['+0', 'richtig']] as const) {
    writeFileSync(clock, offset)
    if (offset === '+3d') await client.refused('nicht_angemeldet', 'vorgang', { id: vorgang.id })
    client = await server.login('grossmann')
    made.push(await client.upload('dokumentAnlegen', `${name}.txt`, `Zeitmarke ${name}`, { id: vorgang.id }))
    await client.upload('eingangErfassen', `${name}.txt`, `Eingang ${name}`)
    for (const one of made) expect((await client.ok('dokument', { id: one.id })).id).toBe(one.id)
    expect((await client.ok('suche', { query: { q: 'Zeitmarke' } })).anzahl).toBe(made.length)
    const history = await client.ok('vorgangHistorie', { id: vorgang.id })
    expect(history.eintraege.length).toBeGreaterThanOrEqual(made.length)
  }
  await server.stop()
  expect((await command(place, 'jobs', '--run')).code).toBe(0)
})
