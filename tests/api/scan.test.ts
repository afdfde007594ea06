// The folder that scanners write into, with the real program.
import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Client, Json } from './support/client'
import { Place } from './support/place'
import { Server } from './support/server'

let place: Place
let folder: string
let server: Server
let clerk: Client

beforeAll(async () => {
  place = await Place.make(true)
  folder = join(place.folder, 'scans', 'auenbrueck')
  mkdirSync(join(folder, 'BA'), { recursive: true })
  server = await Server.start(place, '--scan-ordner', join(place.folder, 'scans'))
  clerk = await server.login('grossmann')
})
afterAll(async () => {
  await server.stop()
})

/** What a scanner has written a minute ago. */
function scan(path: string, text: string): void {
  const file = join(folder, path)
  mkdirSync(join(file, '..'), { recursive: true })
  writeFileSync(file, text)
  const then = Date.now() / 1000 - 60
  utimesSync(file, then, then)
}
/** Lets the server look through the folder now rather than within the minute. */
async function look(): Promise<void> {
  await place.sql(
    `INSERT INTO auftrag (mandant, id, uuid, art, fassung, nutzlast, status, vorrang, versuch, ab, abbruch, fortschritt, gesamt, hinweis, person, angelegt) SELECT 1, COALESCE(MAX(id), 0) + 1, '${randomUUID()}', 'scan.sichten', 1, '{}', 'wartet', 0, 0, 0, 0, 0, 0, '', 0, 1700000000000000 FROM auftrag WHERE mandant = 1`,
  )
  await place.sql('INSERT INTO auftrag_wecker (mandant, ab) VALUES (1, 0) ON CONFLICT (mandant) DO UPDATE SET ab = 0')
}
const named = async (name: string): Promise<Json[]> => (await clerk.all('posteingang')).filter((one: Json) => one.dateiname === name)
async function until(ready: () => boolean | Promise<boolean>): Promise<void> {
  for (let round = 0; !(await ready()); ++round) {
    if (round % 10 === 0) await look()
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

test('a complete scan is taken into the Posteingang of its unit, once, and put away', async () => {
  scan('BA/brief.txt', 'Ein Schreiben vom Scanner über Trockenmauern')
  await until(() => existsSync(join(folder, 'BA/erledigt/brief.txt')))
  expect(await named('brief.txt')).toMatchObject([{ kanal: 'scan', organisationseinheit: { kurzzeichen: 'BA' } }])
  expect((await clerk.ok('suche', { query: { q: 'Trockenmauern' } })).anzahl).toBe(1)
  // The same name again is another scan; the first stays where it was put.
  scan('BA/brief.txt', 'Ein zweites Schreiben')
  await until(() => existsSync(join(folder, 'BA/erledigt/brief-2.txt')))
  expect(await named('brief.txt')).toHaveLength(2)
  expect(readFileSync(join(folder, 'BA/erledigt/brief.txt'), 'utf8')).toContain('Trockenmauern')
})

test('what cannot be taken in is put aside with its reason; what is still written is left alone', async () => {
  scan('BA/leer.pdf', '')
  scan('GIBTESNICHT/brief.txt', 'verirrt')
  scan('BA/jetzt.txt', 'eben erst')
  const later = Date.now() / 1000 + 600
  utimesSync(join(folder, 'BA/jetzt.txt'), later, later)
  await until(() => existsSync(join(folder, 'BA/abgelehnt/leer.pdf')) && existsSync(join(folder, 'GIBTESNICHT/abgelehnt/brief.txt')))
  expect(readFileSync(join(folder, 'BA/abgelehnt/leer.pdf.grund.txt'), 'utf8')).toContain('leer')
  expect(readFileSync(join(folder, 'GIBTESNICHT/abgelehnt/brief.txt.grund.txt'), 'utf8')).toContain('GIBTESNICHT')
  expect(existsSync(join(folder, 'BA/jetzt.txt'))).toBe(true)
  expect(await named('jetzt.txt')).toEqual([])
})

test('a file put aside when the server died is taken in by the next one, and not twice', async () => {
  const id = '019345d2-0000-7000-8000-000000000001'
  await server.stop()
  scan(`BA/in-arbeit/${id}/rest.txt`, 'liegen geblieben')
  server = await Server.start(place, '--scan-ordner', join(place.folder, 'scans'))
  clerk = await server.login('grossmann')
  await until(() => existsSync(join(folder, 'BA/erledigt/rest.txt')))
  expect(await named('rest.txt')).toHaveLength(1)
})
