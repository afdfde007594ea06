// The program is killed while people work: what was acknowledged is there, and nothing is half-done.
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Client } from './support/client'
import { Place } from './support/place'
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
