// Files lie encrypted, with a key that lies elsewhere: who has the disk has nothing to read.
import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { program } from './support/engine'
import { Place } from './support/place'
import { run } from './support/process'
import { command, Server } from './support/server'
import { newVorgang } from './support/town'

const filesOf = (folder: string): string[] => readdirSync(folder, { recursive: true }).map((name) => join(folder, String(name))).filter((file) => /[0-9a-f]{64}(\.enc)?$/.test(file))
const holds = (folder: string, words: string): boolean => filesOf(folder).some((file) => readFileSync(file).includes(words))
const key = (): string => randomBytes(32).toString('hex')

test('new files are encrypted, old ones stay readable until they are encrypted as well, and a key can be replaced', async () => {
  const place = await Place.make(true)
  const file = join(place.folder, 'schluessel')
  const [first, second] = [key(), key()]
  writeFileSync(file, `${first}\n`)
  let server = await Server.start(place)
  let client = await server.login('grossmann')
  const { vorgang } = await newVorgang(client, 'Geheimes')
  const before = await client.upload('dokumentAnlegen', 'alt.txt', 'Altbekannte Sache', { id: vorgang.id })
  await server.stop()
  expect(holds(place.blobs, 'Altbekannte Sache')).toBe(true)

  process.env['AKTENLOTSE_BLOB_SCHLUESSEL'] = file
  try {
    server = await Server.start(place)
    client = await server.login('grossmann')
    const long = `Neue Sache ${'Kies '.repeat(300_000)}`
    const made = await client.upload('dokumentAnlegen', 'neu.txt', long, { id: vorgang.id })
    expect(holds(place.blobs, 'Neue Sache')).toBe(false)
    expect((await client.call('versionInhalt', { id: made.id, nr: 1 })).text).toBe(long)
    const part = await client.call('versionInhalt', { id: made.id, nr: 1, headers: { range: 'bytes=1000000-1000099' } })
    expect([part.status, part.text]).toEqual([206, long.slice(1_000_000, 1_000_100)])
    expect((await client.call('versionInhalt', { id: before.id, nr: 1 })).text).toBe('Altbekannte Sache')
    expect((await client.ok('suche', { query: { q: 'Altbekannte' } })).anzahl).toBe(1)
    await server.stop()

    const all = await command(place, 'rekey')
    expect([all.code, all.stdout]).toEqual([0, expect.stringMatching(/^\d+ von \d+ Dateien neu verschlüsselt\.\n$/)])
    expect(holds(place.blobs, 'Altbekannte Sache')).toBe(false)
    expect(filesOf(place.blobs).filter((name) => !name.endsWith('.enc'))).toEqual([])
    expect((await command(place, 'rekey')).stdout).toMatch(/^0 von /)

    // A new key goes before the old one; then the old one may go.
    writeFileSync(file, `${second}\n${first}\n`)
    expect((await command(place, 'rekey')).stdout).toMatch(/^(\d+) von \1 Dateien/)
    writeFileSync(file, `${second}\n`)
    expect((await command(place, 'check')).stdout).toMatch(/, 0 Befunde\.\n$/)

    // A backup is encrypted as well, and comes back.
    const flags = place.flags.map((flag) => flag.replace('user=aktenlotse', 'user=postgres'))
    const to = join(place.folder, 'sicherung')
    expect((await run(program, ['backup', ...flags, '--to', to])).code).toBe(0)
    expect(holds(to, 'Altbekannte Sache')).toBe(false)
    const elsewhere = await Place.make(false)
    const restored = await run(program, ['restore', ...elsewhere.flags.map((flag) => flag.replace('user=aktenlotse', 'user=postgres')), '--from', to])
    expect([restored.code, restored.stdout], restored.stderr).toEqual([0, expect.stringMatching(/, 0 Befunde\.\n$/)])

    // Another key, or none: told in words, everything else goes on.
    for (const wrong of ['anderer', 'keiner']) {
      if (wrong === 'anderer') writeFileSync(file, `${first}\n`)
      else delete process.env['AKTENLOTSE_BLOB_SCHLUESSEL']
      server = await Server.start(place)
      client = await server.login('grossmann')
      const refused = await client.refused('schluessel_fehlt', 'versionInhalt', { id: before.id, nr: 1 })
      expect([refused.status, refused.title]).toEqual([503, 'Der Inhalt dieser Datei ist verschlüsselt, und sein Schlüssel fehlt.'])
      expect((await client.ok('dokument', { id: before.id })).betreff).toBe('alt')
      await client.upload('eingangErfassen', `${wrong}.txt`, `Ein Brief, ${wrong}`)
      expect(server.log).not.toContain(first)
      const found = await command(place, 'check')
      expect([found.code, found.stdout]).toEqual([1, expect.stringMatching(/verschlüsselt, der hier nicht angegeben ist\. Nennen Sie ihn mit --blob-schluessel/)])
      writeFileSync(file, `${second}\n${first}\n`)
      process.env['AKTENLOTSE_BLOB_SCHLUESSEL'] = file
      await server.stop(/verschlüsselt/)
    }
  } finally {
    delete process.env['AKTENLOTSE_BLOB_SCHLUESSEL']
  }
})

test('a key beside the data, or none that is one, is refused in words', async () => {
  const place = await Place.make(true)
  const inside = join(place.blobs, 'schluessel')
  writeFileSync(inside, `${key()}\n`)
  const outside = join(place.folder, 'schluessel')
  writeFileSync(outside, 'geheim\n')
  for (const [file, why] of [[inside, /liegt bei den Daten, die er schützen soll/], [outside, /64 Hexadezimalziffern/], [join(place.folder, 'fehlt'), /ist nicht lesbar/]] as const) {
    const result = await command(place, 'check', '--blob-schluessel', file)
    expect([result.code, result.stderr]).toEqual([2, expect.stringMatching(why)])
    expect(result.stderr).not.toContain('geheim')
  }
})
