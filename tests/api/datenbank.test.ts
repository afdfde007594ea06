// PostgreSQL goes away: cut off in the middle, silent, restarted. What was acknowledged is there, people are told, and the
// server finds it again by itself.
import { randomUUID } from 'node:crypto'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, inject, test } from 'vitest'
import type { Client } from './support/client'
import { sqlAs } from './support/engine'
import { Place } from './support/place'
import { command, Server } from './support/server'
import { startPostgres } from './support/setup'
import { Gate } from './support/stoerung'
import { newVorgang } from './support/town'

const postgres = inject('engine').name === 'postgres'
const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))
const caused = /terminat|connection|Verbindung|server closed|could not|shutting down|starting up|SSL|no password|database system/i

/** Writes until told to stop; gives what was acknowledged. What was refused was refused for a known reason. */
async function work(client: Client, vorgang: string, running: () => boolean): Promise<{ done: string[]; codes: Set<string> }> {
  const done: string[] = []
  const codes = new Set<string>()
  while (running()) {
    const betreff = `Beleg ${randomUUID()}`
    const reply = await client.call('dokumentAnlegen', { id: vorgang, query: { dateiname: `${betreff}.txt` }, raw: betreff, key: randomUUID() })
    if (reply.status < 300) done.push(reply.json.id)
    else {
      codes.add(reply.json.code)
      await wait(20)
    }
  }
  return { done, codes }
}
/** Asks until the database answers again. */
async function recovered(client: Client): Promise<void> {
  for (let nr = 0; (await client.call('ready')).status !== 200; ++nr) {
    expect(nr, 'the server must find its database again').toBeLessThan(200)
    await wait(50)
  }
}

test.skipIf(!postgres)('cut off in the middle of work, again and again: nothing acknowledged is lost, and it goes on by itself', async () => {
  const place = await Place.make(true)
  const gate = await Gate.before(place)
  const server = await Server.start(place, ...gate.flags(place))
  const client = await server.login('grossmann')
  const { vorgang } = await newVorgang(client, 'Belege')
  let running = true
  const workers = [1, 2, 3].map(() => work(client, vorgang.id, () => running))
  for (let round = 0; round < 5; ++round) {
    await wait(200 + Math.random() * 400)
    gate.cut()
    await wait(100 + Math.random() * 300)
    expect((await client.call('health')).status).toBe(200)
    expect((await client.call('ready')).status).toBe(503)
    const told = await client.refused('datenbank_fehlt', 'vorgang', { id: vorgang.id })
    expect([told.status, told.title]).toEqual([503, 'Die Datenbank antwortet nicht. Es wurde nichts geändert.'])
    gate.open()
    await recovered(client)
  }
  await wait(300)
  running = false
  const all = await Promise.all(workers)
  const codes = new Set(all.flatMap((one) => [...one.codes]))
  expect([...codes].filter((code) => !['datenbank_fehlt', 'ausgang_ungewiss'].includes(code))).toEqual([])
  const done = all.flatMap((one) => one.done)
  expect(done.length).toBeGreaterThan(10)
  for (const id of done) expect((await client.ok('dokument', { id })).id).toBe(id)
  await server.stop(caused)
  gate.close()
})

test.skipIf(!postgres)('silent and then gone: requests that waited are answered, the server goes on', async () => {
  const place = await Place.make(true)
  const gate = await Gate.before(place)
  const server = await Server.start(place, ...gate.flags(place))
  const client = await server.login('grossmann')
  await client.ok('vorgaenge')
  gate.stall()
  const waiting = client.call('vorgaenge')
  await wait(500)
  expect((await server.client().call('health')).status).toBe(200)
  gate.cut()
  gate.open()
  // Reading may be done again on a new connection, so nobody noticed anything.
  expect((await waiting).status).toBe(200)
  await recovered(client)
  await client.upload('eingangErfassen', 'danach.txt', 'Danach')
  await server.stop(caused)
  gate.close()
})

test.skipIf(!postgres)('restarted as an operator does, and killed: sessions and jobs go on', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'aktenlotse-pg-'))
  await chmod(folder, 0o755)
  const place = await Place.make(true)
  const gate = await Gate.before(place)
  const server = await Server.start(place, ...gate.flags(place))
  const client = await server.login('grossmann')
  const { vorgang } = await newVorgang(client, 'Belege')
  let running = true
  const worker = work(client, vorgang.id, () => running)
  for (let round = 0; round < 3; ++round) {
    await wait(300)
    // What a restart does to every connection.
    await sqlAs('postgres', place.engine.folder, 'postgres', `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${place.database}'`)
    await recovered(client)
  }
  running = false
  const { done, codes } = await worker
  expect([...codes].filter((code) => !['datenbank_fehlt', 'ausgang_ungewiss'].includes(code))).toEqual([])
  for (const id of done) expect((await client.ok('dokument', { id })).id).toBe(id)
  await server.stop(caused)
  gate.close()

  // A server of its own, that is stopped and started.
  let database = await startPostgres(folder)
  const own = await Place.make(false, { name: 'postgres', folder })
  const password = join(own.folder, 'passwort')
  await writeFile(password, 'ein-gutes-Passwort\n')
  const made = await command(own, 'init', '--mandant', 'probe', '--name', 'Stadt Probe', '--land', 'Sachsen', '--anmeldename', 'ada', '--vorname', 'Ada', '--nachname', 'Verwalter', '--passwort-datei', password)
  expect(made.code, made.stderr).toBe(0)
  const again = await Server.start(own)
  const admin = await again.login('ada', 'probe', 'ein-gutes-Passwort')
  const cluster = database.data
  await database.stop()
  await admin.refused('datenbank_fehlt', 'personen')
  database = await startPostgres(folder, cluster)
  await recovered(admin)
  expect((await admin.ok('personen')).eintraege).toHaveLength(1)
  await again.stop(caused)
  await database.stop()
  await rm(folder, { recursive: true, force: true })
})
