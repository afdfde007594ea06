// Two people at the same object: every pair of operations at once on the same state, on an Akte, a Vorgang and a Dokument.
// What changes the state of the object is done by one of them, and the other is told; nothing is half done, nothing breaks.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Call, Client, Json, Reply } from './support/client'
import { Server } from './support/server'
import { newVorgang, one } from './support/town'

let server: Server
let anna: Client
let bert: Client
let leaf: string
let otherLeaf: string
let target: { akte: Json; vorgang: Json }
let kontakt: Json
beforeAll(async () => {
  server = await Server.demo()
  anna = await server.login('hoenicke')
  bert = await server.login('hoenicke')
  leaf = (await one(anna, 'aktenplan', 'kennzeichen', '632')).id
  otherLeaf = (await one(anna, 'aktenplan', 'kennzeichen', '011')).id
  target = await newVorgang(anna, 'Ziel', '011')
  kontakt = await anna.ok('kontaktAnlegen', { body: { art: 'organisation', organisation: 'Zugleich GmbH' } })
})
afterAll(() => server.stop())

type Operation = [id: string, body: (object: Json) => unknown]
const nothing = (): undefined => undefined
const common = (kind: string): Operation[] => [
  [`${kind}Aendern`, () => ({ bemerkung: `von ${Math.random()}` })],
  [`${kind}Zugriff`, (object) => ({ zugriff: object.zugriff.id })],
  [`${kind}Schlagworte`, () => ({ worte: ['zugleich'] })],
  [`${kind}Verweis`, () => ({ nachArt: 'vorgang', nach: target.vorgang.id, art: 'siehe' })],
  [`${kind}Beteiligung`, () => ({ kontakt: kontakt.id, rolle: 'Empfänger' })],
  [`${kind}FelderSetzen`, () => ({ typ: 'Probe', werte: [] })],
  [`${kind}Stornieren`, nothing],
]
const operations: Record<string, Operation[]> = {
  akte: [...common('akte'), ['akteUmschreiben', () => ({ aktenplaneinheit: otherLeaf })], ['akteZda', nothing], ['akteAussonderung', () => ({ aufbewahrungsdauer: 7 })], ['akteStandortSetzen', () => ({ medium: 'hybrid', standort: 'Keller' })], ['akteRegisterAnlegen', () => ({ bezeichnung: 'Blatt' })], ['akteKopieren', () => ({ betreff: 'Kopie' })]],
  vorgang: [...common('vorgang'), ['vorgangUmschreiben', () => ({ akte: target.akte.id })], ['vorgangZda', nothing], ['vorgangWeglegen', nothing], ['vorgangAussonderung', () => ({ aufbewahrungsdauer: 7 })], ['laufwegStarten', () => ({ zeile: 'Wv in 3 Tagen' })], ['vorgangKopieren', () => ({})], ['umlaufmappeAnlegen', () => ({ titel: 'Mappe', dokumente: [] })]],
  dokument: [...common('dokument'), ['dokumentAblegen', () => ({ vorgang: target.vorgang.id })], ['dokumentZurueck', nothing], ['dokumentWeglegen', nothing], ['versionWiederherstellen', nothing], ['anmerken', () => ({ seite: 1, x: 0, y: 0, breite: 10, hoehe: 10, text: 'Anmerkung' })]],
}
async function fresh(kind: string): Promise<Json> {
  const akte = await anna.ok('akteAnlegen', { body: { aktenplaneinheit: leaf, betreff: 'Zugleich' } })
  if (kind === 'akte') return akte
  const vorgang = await anna.ok('vorgangAnlegen', { body: { akte: akte.id, betreff: 'Zugleich' } })
  if (kind === 'vorgang') return vorgang
  const made = await anna.upload('dokumentAnlegen', 'a.txt', 'erste', { id: vorgang.id })
  await anna.upload('versionAnlegen', 'a.txt', 'zweite', { id: made.id })
  return anna.ok('dokument', { id: made.id })
}
const callOf = ([id, body]: Operation, object: Json): [string, Call] => {
  const given = body(object)
  return [id, { id: object.id, stand: object.stand, nr: 1, ...(given === undefined ? {} : { body: given }) }]
}
const refusals = ['veraltet', 'abgeschlossen', 'konflikt', 'noch_offen', 'vergeben', 'nicht_gefunden', 'eingabe_ungueltig']

describe.each(['akte', 'vorgang', 'dokument'])('two at one %s', (kind) => {
  test('of two that change its state one is done, and the other is told', async () => {
    const moves = new Map<string, boolean>()
    for (const operation of operations[kind] ?? []) {
      const object = await fresh(kind)
      const reply = await anna.call(...callOf(operation, object))
      expect(reply.status, `${operation[0]} alone: ${reply.text.slice(0, 300)}`).toBeLessThan(300)
      const after = await anna.call(kind, { id: object.id })
      moves.set(operation[0], after.status !== 200 || after.json.stand !== object.stand)
    }
    expect([...moves.values()].filter(Boolean).length, 'most of them move the state').toBeGreaterThan(5)
    let together = 0
    for (const [i, first] of (operations[kind] ?? []).entries())
      for (const second of (operations[kind] ?? []).slice(i)) {
        const object = await fresh(kind)
        const what = `${first[0]} beside ${second[0]}`
        const replies: Reply[] = await Promise.all([anna.call(...callOf(first, object)), bert.call(...callOf(second, object))])
        const done = replies.filter((reply) => reply.status < 300)
        for (const reply of replies.filter((one) => one.status >= 300)) {
          expect(reply.status, `${what}: ${reply.text}`).toBeLessThan(500)
          expect(refusals, `${what}: ${reply.text}`).toContain(reply.json.code)
        }
        expect(done.length, what).toBeGreaterThanOrEqual(1)
        if (moves.get(first[0]) === true && moves.get(second[0]) === true) expect(done.length, what).toBe(1)
        else together += 1
        expect((await anna.call(kind, { id: object.id })).status, what).toBe(200)
      }
    expect(together).toBeGreaterThan(0)
  }, 240_000)
})
