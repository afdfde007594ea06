// The program is killed while people work: what was acknowledged is there, and nothing is half-done.
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Client } from './support/client'
import { program } from './support/engine'
import { Place } from './support/place'
import { run } from './support/process'
import { command, Server } from './support/server'
import { newVorgang } from './support/town'

/** A short run belongs to every test run; KILLS=500 is for the night. */
const kills = Number(process.env['KILLS'] ?? 6)

interface Done {
  read: string
  id: string
  betreff: string
  word: string
}

/** Writes until the line breaks; notes what the server acknowledged. */
async function work(client: Client, vorgang: string, done: Done[]): Promise<void> {
  for (let nr = 0; ; ++nr) {
    const word = `w${randomUUID().replaceAll('-', '').replace(/[0-9]/g, (digit) => 'ghijklmnop'.charAt(Number(digit)))}`
    try {
      if (nr % 3 === 0) {
        const made = await client.upload('eingangErfassen', `${word}.txt`, `Brief mit ${word}`)
        done.push({ read: 'dokument', id: made.id, betreff: word, word })
      } else if (nr % 3 === 1) {
        const made = await client.upload('dokumentAnlegen', `${word}.txt`, `Vermerk mit ${word}`, { id: vorgang })
        const one = { read: 'dokument', id: made.id, betreff: word, word }
        done.push(one)
        const again = `${word} geändert`
        await client.ok('dokumentAendern', { id: made.id, stand: made.stand, body: { betreff: again } })
        one.betreff = again
      } else {
        const made = await newVorgang(client, word)
        done.push({ read: 'vorgang', id: made.vorgang.id, betreff: word, word })
      }
    } catch (error) {
      // The line broke. Anything else is a fault of its own.
      expect(String(error)).toMatch(/fetch failed|ECONN|socket|terminated|other side closed/i)
      return
    }
  }
}

test(`killed ${kills} times at random moments, it keeps what it acknowledged, and check finds nothing`, async () => {
  const place = await Place.make(true)
  for (let round = 0; round < kills; ++round) {
    const server = await Server.start(place)
    const clients = await Promise.all(['grossmann', 'grossmann', 'zschaebitz'].map((name) => server.login(name)))
    const { vorgang } = await newVorgang(clients[0] as Client, `Runde ${round}`)
    const done: Done[] = []
    const workers = clients.slice(0, 2).map((client) => work(client, vorgang.id, done))
    const moment = 50 + Math.random() * 1500
    await new Promise((resolve) => setTimeout(resolve, moment))
    await server.kill()
    await Promise.all(workers)

    const found = await command(place, 'check')
    expect([found.code, found.stdout], `round ${round}, killed after ${moment} ms`).toEqual([0, expect.stringMatching(/, 0 Befunde\.\n$/)])
    const again = await Server.start(place)
    const reader = await again.login('grossmann')
    for (const one of done) {
      // A change on its way may have been made without its answer having come through.
      expect((await reader.ok(one.read, { id: one.id })).betreff, `round ${round}`).toMatch(new RegExp(`^${one.betreff}( geändert)?$`))
      if (one.read === 'dokument') expect((await reader.ok('suche', { query: { q: one.word } })).anzahl, one.word).toBe(1)
    }
    await again.stop()
  }
}, 60_000 + kills * 30_000)

const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))
async function expectWhole(place: Place, when: string): Promise<void> {
  const found = await command(place, 'check')
  expect([found.code, found.stdout], when).toEqual([0, expect.stringMatching(/, 0 Befunde\.\n$/)])
}

test(`an import that is killed ${kills} times goes on where it was, and files everything once`, async () => {
  const place = await Place.make(true)
  const folder = join(place.folder, 'altbestand')
  const files = 900
  for (let i = 0; i < files; ++i) {
    mkdirSync(join(folder, `Ordner ${i % 7}`), { recursive: true })
    writeFileSync(join(folder, `Ordner ${i % 7}`, `brief-${i}.txt`), `Brief ${i} über Hohlwege ${'und Feldraine '.repeat(i % 50)}`)
  }
  const args = ['import', ...place.flags, '--mandant', 'auenbrueck', '--akte', '632-1', folder]
  for (let round = 0; round < kills; ++round) {
    const child = spawn(program, args, { stdio: 'ignore' })
    const timer = setTimeout(() => child.kill('SIGKILL'), 100 + Math.random() * 900)
    await once(child, 'exit')
    clearTimeout(timer)
    await expectWhole(place, `round ${round}`)
  }
  const last = await run(program, args)
  expect(last.code, last.stderr).toBe(0)
  await expectWhole(place, 'at the end')
  expect(Number((await place.sql("SELECT COUNT(*) FROM dokument WHERE mandant = 1 AND kanal = 'import'")).trim())).toBe(files)
  expect(Number((await place.sql("SELECT COUNT(DISTINCT dateiname) FROM version WHERE mandant = 1 AND dateiname LIKE 'brief-%'")).trim())).toBe(files)
  expect(JSON.parse((await command(place, 'search', '--mandant', 'auenbrueck', '--json', 'hohlwege')).stdout).anzahl).toBe(files)
}, 60_000 + kills * 30_000)

test(`a job that is killed ${kills} times in the middle goes on, and does everything once`, async () => {
  const place = await Place.make(true)
  let server = await Server.start(place, '--job-workers', '0')
  let client = await server.login('grossmann')
  const { akte } = await newVorgang(client, 'Stapel')
  const made = await Promise.all(Array.from({ length: 240 }, (_, i) => client.ok('vorgangAnlegen', { body: { akte: akte.id, betreff: `Stück ${i}` } })))
  const body = { handlung: 'verschlagworten', angaben: { wort: 'Hochwasser' }, objekte: made.map((one) => ({ art: 'vorgang', id: one.id })) }
  const { nr } = await client.ok('stapelAnlegen', { body })
  await server.kill()
  let done = 0
  for (let round = 0; round < kills && done < made.length; ++round) {
    server = await Server.start(place, '--job-workers', '2')
    await wait(20 + Math.random() * 250)
    await server.kill()
    await expectWhole(place, `round ${round}`)
    // What ran is free when its lease ends; the test has no time for that.
    await place.sql("UPDATE auftrag SET pacht_bis = 1 WHERE status = 'laeuft'")
    await place.sql('UPDATE auftrag_wecker SET ab = 1')
    done = Number((await place.sql("SELECT COUNT(*) FROM schlagwort WHERE wort = 'Hochwasser'")).trim())
  }
  // Attempts that were killed count; an administrator lets it go on.
  await place.sql("UPDATE auftrag SET versuch = 0 WHERE status IN ('wartet', 'laeuft')")
  server = await Server.start(place)
  client = await server.login('grossmann')
  for (let tries = 0; (await client.ok('stapel', { nr })).status !== 'fertig'; ++tries) {
    expect(tries).toBeLessThan(600)
    await wait(50)
  }
  expect(await client.ok('stapel', { nr })).toMatchObject({ erledigt: made.length, abgelehnt: 0, wartet: 0 })
  expect(Number((await place.sql("SELECT COUNT(*) FROM schlagwort WHERE wort = 'Hochwasser'")).trim())).toBe(made.length)
  await server.stop()
}, 60_000 + kills * 30_000)
