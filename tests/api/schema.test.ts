// A town of each schema that ever was in use, as the program of that time left it (tests/schema): opened, migrated, checked
// and used. A migration that is killed goes on.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { program, repository, sqlAs } from './support/engine'
import { Place } from './support/place'
import { must } from './support/process'
import { command, Server } from './support/server'

const folder = join(repository, 'tests/schema')
const schemas = readdirSync(folder).filter((name) => /^\d{4}$/.test(name)).sort()

/** The town as it was left. */
async function townOf(schema: string): Promise<Place> {
  const place = await Place.make(false)
  const from = join(folder, schema)
  mkdirSync(place.blobs, { recursive: true })
  await must('tar', ['-C', place.blobs, '-xJf', join(from, 'blobs.tar.xz')])
  if (place.engine.name === 'sqlite') {
    await must('sh', ['-c', 'xz -dc "$1" > "$2"', 'sh', join(from, 'sqlite.db.xz'), place.database])
    return place
  }
  const file = join(place.folder, 'stand.sql')
  await must('sh', ['-c', 'xz -dc "$1" > "$2"', 'sh', join(from, 'postgres.sql.xz'), file])
  await must('psql', ['-h', place.engine.folder, '-U', 'aktenlotse', '-v', 'ON_ERROR_STOP=1', '-q', '-f', file, place.database])
  await sqlAs('postgres', place.engine.folder, place.database, 'ANALYZE')
  return place
}
const steps = async (place: Place): Promise<number> => Number((await place.sql('SELECT COUNT(*) FROM migration')).trim())

describe.each(schemas)('a town of schema %s', (schema) => {
  test('is refused until it is migrated, then whole and in use', async () => {
    const place = await townOf(schema)
    const refused = await command(place, 'serve', '--port', '0')
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringMatching(/^aktenlotse: Der Datenbank fehlt der Schritt \d+ „\w+“\. Rufen Sie zuerst „aktenlotse migrate“ auf\.\n$/)])
    const migrated = await command(place, 'migrate')
    expect([migrated.code, migrated.stdout], migrated.stderr).toEqual([0, expect.stringMatching(/Die Datenbank ist auf dem Stand dieses Programms\.\n$/)])
    expect((await command(place, 'check')).stdout).toMatch(/^\d+ Journaleinträge und 4 Dateien geprüft, 0 Befunde\.\n$/)

    const server = await Server.start(place)
    const client = await server.login('bea', 'probe', 'noch-ein-Kennwort')
    const found = await client.ok('suche', { query: { q: 'feldscheune' } })
    expect(found.anzahl).toBe(2)
    const { id } = found.eintraege[0].dokument
    expect((await client.call('versionInhalt', { id, nr: 1 })).text).toMatch(/Feldscheune/)
    expect((await client.ok('dokumentHistorie', { id })).eintraege.length).toBeGreaterThan(0)
    const vorgaenge = await client.all('vorgaenge')
    expect(vorgaenge.map((one) => one.betreff).sort()).toEqual(['Scheune am Anger', 'Scheune im Tal'])
    const open = vorgaenge.find((one) => one.betreff === 'Scheune am Anger')
    const made = await client.upload('dokumentAnlegen', 'nachtrag.txt', 'Nachtrag zum Heuboden', { id: open.id })
    await client.ok('dokumentAendern', { id: made.id, stand: made.stand, body: { betreff: 'Nachtrag' } })
    const [eingang] = await client.all('posteingang')
    expect(eingang.betreff).toBe('brief')
    await client.ok('dokumentAblegen', { id: eingang.id, stand: eingang.stand, body: { vorgang: open.id } })
    await client.refused('abgeschlossen', 'dokumentAnlegen', { id: vorgaenge.find((one) => one.betreff === 'Scheune im Tal').id, query: { dateiname: 'x.txt' }, raw: 'x', key: crypto.randomUUID() })
    await server.stop()
  })

  test('killed again and again while it is migrated, it comes through whole', async () => {
    const place = await townOf(schema)
    let killed = 0
    for (let nr = 0; nr < 12; ++nr) {
      const child = spawn(program, ['migrate', ...place.flags], { stdio: 'ignore' })
      const timer = setTimeout(() => child.kill('SIGKILL'), 5 + nr * 9 + Math.random() * 8)
      const [code] = (await once(child, 'exit')) as [number | null]
      clearTimeout(timer)
      if (code === null) ++killed
      expect(await steps(place)).toBeGreaterThanOrEqual(Number(schema) > 4 ? Number(schema) - 1 : 1)
    }
    expect(killed).toBeGreaterThan(0)
    const last = await command(place, 'migrate')
    expect(last.code, last.stderr).toBe(0)
    expect((await command(place, 'check')).stdout).toMatch(/^\d+ Journaleinträge und 4 Dateien geprüft, 0 Befunde\.\n$/)
    expect(JSON.parse((await command(place, 'search', '--mandant', 'probe', '--json', 'feldscheune')).stdout).anzahl).toBe(2)
  })
})

test('a schema made anew is the one that old towns come to', async () => {
  const schemaOf = async (place: Place): Promise<string> =>
    place.engine.name === 'sqlite'
      ? place.sql("SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' AND name NOT LIKE 'suche%' ORDER BY name")
      : place.sql("SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2")
  const fresh = await Place.make(true)
  for (const schema of schemas) {
    const old = await townOf(schema)
    expect((await command(old, 'migrate')).code).toBe(0)
    expect(await schemaOf(old), schema).toBe(await schemaOf(fresh))
  }
})
