// Replacing scanning (TR-RESISCAN, normal protection need): protocol, Transfervermerk, sample, and the paper.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Client, Json } from './support/client'
import { repository } from './support/engine'
import { Place } from './support/place'
import { Server } from './support/server'
import { dayFromNow, newVorgang } from './support/town'

let server: Server
let place: Place
let clerk: Client
let registry: Client
/** Scans of the demo. */
let first: number

beforeAll(async () => {
  place = await Place.make(true)
  server = await Server.start(place)
  clerk = await server.login('grossmann')
  registry = await server.login('hoenicke')
  const town = await registry.ok('mandant')
  first = (await registry.all('scans')).length
  await registry.ok('mandantAendern', { stand: town.stand, body: { stichprobe: 3, originaltage: 30 } })
})
afterAll(() => server.stop())

const scan = async (name: string, content: string | Buffer = `Gescannt: ${name}`): Promise<Json> => {
  const reply = await clerk.call('eingangErfassen', { query: { dateiname: name, geraet: 'Scanplatz 2' }, raw: content })
  expect(reply.status, reply.text).toBe(201)
  return reply.json
}
const protocol = async (dokument: Json): Promise<Json> => (await clerk.ok('dokumentScan', { id: dokument.id })).scan
const stateOf = async (dokument: Json | undefined): Promise<{ id: string; stand: number }> => {
  const { id, stand } = await protocol(dokument as Json)
  return { id, stand }
}
const days = dayFromNow
const listed = async (auswahl: string): Promise<number[]> => (await registry.all('scans', { query: { auswahl } })).map((one) => one.nummer)

test('each scan has a protocol and a Transfervermerk: who, when, with what, how many pages, how well it was read', async () => {
  const letter = await scan('bild.pdf', readFileSync(join(repository, 'demo/dokumente/auenbrueck/eingang-postkarte.pdf')))
  let read: Json
  while ((read = await protocol(letter)).sicherheit === undefined) await new Promise((resolve) => setTimeout(resolve, 200))
  expect(read).toMatchObject({ nummer: first + 1, geraet: 'Scanplatz 2', person: { name: 'Sabine Großmann' }, seiten: 1, unlesbar: 0, originalBis: expect.stringMatching(/^\d{4}-/) })
  expect(read.aufloesung).toBeGreaterThan(70)
  expect(read.sicherheit).toBeGreaterThan(50)
  expect(read.transfervermerk).toMatch(new RegExp(`^Transfervermerk: Von Papier übertragen am \\d\\d\\.\\d\\d\\.\\d{4}, Scan Nr\\. ${first + 1}, Erfassung über „Scanplatz 2“ durch Sabine Großmann\\. Seiten: 1\\. Auflösung: \\d+ dpi\\. Texterkennung: \\d+ % sicher\\.`))
  expect(read.transfervermerk).toContain(`SHA-256 des Scanprodukts: ${letter.versionen[0].sha256}`)
  expect(await clerk.ok('dokumentScan', { id: (await clerk.upload('eingangErfassen', 'mail.txt', 'kein Papier')).id })).toEqual({})
})

// Without those of the tests before.
const sampled = async (): Promise<number[]> => (await listed('stichprobe')).filter((nummer) => nummer > first + 1)

test('every third scan is in the sample; a person says that it is good, or is to be scanned again', async () => {
  const scans = [await scan('zwei.txt'), await scan('drei.txt'), await scan('vier.txt')]
  const protocols = await Promise.all(scans.map(protocol))
  expect(protocols.map((one) => one.stichprobe !== undefined)).toEqual(protocols.map((one) => one.nummer % 3 === 0))
  const at = protocols.findIndex((one) => one.nummer % 3 === 0)
  const [three, open] = [scans[at], protocols[at]]
  expect(await sampled()).toEqual([open.nummer])
  expect(open.transfervermerk).toContain('in der Stichprobe, noch nicht geprüft')
  await clerk.refused('nicht_erlaubt', 'scanPruefen', { id: open.id, stand: open.stand, body: { ergebnis: 'gut' } })
  await registry.refused('eingabe_ungueltig', 'scanPruefen', { id: open.id, stand: open.stand, body: { ergebnis: 'offen' } })
  const again = await registry.ok('scanPruefen', { id: open.id, stand: open.stand, body: { ergebnis: 'neuScannen', bemerkung: 'Rand abgeschnitten' } })
  expect(again).toMatchObject({ stichprobe: 'neuScannen', bemerkung: 'Rand abgeschnitten', pruefer: { name: expect.any(String) } })
  expect(await sampled()).toEqual([open.nummer])
  await registry.refused('veraltet', 'scanPruefen', { id: open.id, stand: open.stand, body: { ergebnis: 'gut' } })
  const good = await registry.ok('scanPruefen', { id: open.id, stand: again.stand, body: { ergebnis: 'gut' } })
  expect(good.transfervermerk).toContain('bildlich und inhaltlich übereinstimmend')
  expect(await sampled()).toEqual([])
  expect((await clerk.ok('dokumentHistorie', { id: three.id })).eintraege.map((one: Json) => one.satz).join('\n')).toContain('Stichprobe')
})

test('paper is kept until its day, and never while its scan is doubted; who destroyed it is noted', async () => {
  const scans = [await scan('fuenf.txt'), await scan('sechs.txt'), await scan('sieben.txt')]
  const protocols = await Promise.all(scans.map(protocol))
  const doubted = protocols.find((one) => one.stichprobe !== undefined)
  const kept = protocols.find((one) => one.stichprobe === undefined)
  expect(kept.originalBis >= days(29) && kept.originalBis <= days(31)).toBe(true)
  expect(kept.darfVernichtetWerden).toBe(false)
  await registry.refused('konflikt', 'scanVernichtet', { id: kept.id, stand: kept.stand, body: { vermerk: 'Aktenvernichter P-4' } })
  const forever = await registry.ok('scanPapier', { id: kept.id, stand: kept.stand, body: { originalBis: null } })
  expect(forever.transfervermerk).toContain('dauernd aufbewahrt')
  await registry.refused('konflikt', 'scanVernichtet', { id: kept.id, stand: forever.stand, body: { vermerk: 'Aktenvernichter P-4' } })
  const over = await registry.ok('scanPapier', { id: kept.id, stand: forever.stand, body: { originalBis: days(-2) } })
  await registry.ok('scanPapier', { id: doubted.id, stand: doubted.stand, body: { originalBis: days(-2) } })
  expect(await listed('vernichtbar')).toEqual([kept.nummer])
  await registry.refused('konflikt', 'scanVernichtet', { id: doubted.id, stand: doubted.stand + 1, body: { vermerk: 'Aktenvernichter P-4' } })
  const gone = await registry.ok('scanVernichtet', { id: over.id, stand: over.stand, body: { vermerk: 'Aktenvernichter P-4, Poststelle' } })
  expect(gone).toMatchObject({ vernichtung: 'Aktenvernichter P-4, Poststelle', vernichtetVon: { name: expect.any(String) }, darfVernichtetWerden: false })
  expect(gone.transfervermerk).toContain('vernichtet: Aktenvernichter P-4, Poststelle.')
  expect(await listed('vernichtbar')).toEqual([])
  expect(await listed('papier')).not.toContain(kept.nummer)
  await registry.refused('konflikt', 'scanPapier', { id: gone.id, stand: gone.stand, body: { originalBis: null } })
})

test('the protocol goes with the Dokument into its Vorgang', async () => {
  const { vorgang } = await newVorgang(clerk, 'Gescanntes', '011')
  const letter = await scan('acht.txt')
  await clerk.ok('dokumentAblegen', { id: letter.id, stand: letter.stand, body: { vorgang: vorgang.id } })
  expect((await protocol(letter)).zeichen).toContain(vorgang.zeichen)
  expect((await clerk.ok('dokument', { id: letter.id })).kanal).toBe('scan')
})

test('paper of what lies under a Löschsperre is not destroyed, nor offered for it, until the Sperre is lifted', async () => {
  const { akte, vorgang } = await newVorgang(registry, 'Gehaltenes Papier', '011')
  const letters = [await scan('neun.txt'), await scan('zehn.txt')]
  const letter = (await Promise.all(letters.map(async (one) => ({ one, scan: await protocol(one) })))).find((row) => row.scan.stichprobe === undefined)?.one
  const over = await registry.ok('scanPapier', { ...(await stateOf(letter)), body: { originalBis: days(-2) } })
  await clerk.ok('dokumentAblegen', { id: letter?.id, stand: letter?.stand, body: { vorgang: vorgang.id } })
  expect(await listed('vernichtbar')).toContain(over.nummer)
  const [sperre] = (await registry.ok('akteLoeschsperre', { id: akte.id, stand: akte.stand, body: { grund: 'Klage' } })).eintraege
  expect(await listed('vernichtbar')).not.toContain(over.nummer)
  expect((await protocol(letter as Json)).darfVernichtetWerden).toBe(false)
  const refused = await registry.refused('konflikt', 'scanVernichtet', { ...(await stateOf(letter)), body: { vermerk: 'Aktenvernichter P-4' } })
  expect(refused.detail).toContain('Löschsperre')
  expect((await protocol(letter as Json)).vernichtetAm).toBeUndefined()
  await registry.ok('loeschsperreAufheben', { id: sperre.id, stand: sperre.stand })
  expect(await listed('vernichtbar')).toContain(over.nummer)
  await registry.ok('scanVernichtet', { ...(await stateOf(letter)), body: { vermerk: 'Aktenvernichter P-4' } })
})
