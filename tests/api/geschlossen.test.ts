// Below a closed node nothing can be written through any door: every route that changes something, generated from the
// description, is tried on objects below each kind of closed node.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Call, Client, Json } from './support/client'
import type { Operation } from './support/contract'
import { isUpload, kindOf, needsState, sample } from './support/rights'
import { Server } from './support/server'
import { newVorgang, one, randomId } from './support/town'

/**
 * Routes that are not about one object of the Schriftgut, or that are there to open what is closed. Whatever is not named
 * here must be refused.
 */
const elsewhere: Record<string, string> = {
  stornoAufheben: 'opens the cancelled node itself, and only that',
  zdaAufheben: 'opens the closed node itself, and only that',
  weglegenAufheben: 'opens the node that was put aside, and only that',
  loeschmarkierungZurueckziehen: 'opens the marked node itself, and only that',
  loeschungAblehnen: 'opens the marked node itself, and only that',
  loeschungBestaetigen: 'ends the marked node itself, and only that',
}
/** Routes that do not change the object that they name. */
const beside: Record<string, string> = {
  kopieren: 'makes another one, which is open',
  merken: 'writes the list of the person',
  ausleihen: 'lends its paper, of closed ones too',
  zurueckgeben: 'its paper is back',
  schwaerzen: 'makes a copy for others; files are inspected when they are closed, too',
  einsichtanlegen: 'makes a copy for others; files are inspected when they are closed, too',
  vorlage: 'offers it under a name; closed ones are offered too',
  loeschsperre: 'keeps it from being deleted; closed ones are held too',
}
const leavesAlone = (id: string): boolean => Object.keys(beside).some((end) => id.toLowerCase().endsWith(end))
const opens = (id: string): string | undefined => Object.keys(elsewhere).find((end) => id.toLowerCase().endsWith(end.toLowerCase()))

let server: Server
let client: Client
let operations: Operation[]
let components: Json

beforeAll(async () => {
  server = await Server.demo()
  client = await server.login('hoenicke')
  operations = [...server.contract.operations.values()].filter((operation) => operation.security === undefined && operation.method !== 'GET')
  components = (server.contract.description as Json).components.schemas
})
afterAll(() => server.stop())

interface Place {
  akten: Json
  vorgaenge: Json
  dokumente: Json
  anlage: Json
  /** The Vorgang in which `vorgaenge` is a Teilvorgang. */
  oben?: Json
}
async function place(name: string, teil = false): Promise<Place> {
  const { akte, vorgang: oben } = await newVorgang(client, name, '011')
  const vorgang = teil ? await client.ok('vorgangAnlegen', { body: { akte: akte.id, ueber: oben.id, betreff: `Teil von ${name}` } }) : oben
  const dokument = await client.upload('dokumentAnlegen', `${name}.txt`, name, { id: vorgang.id })
  const anlage = await client.upload('anlageAnlegen', `${name}-anlage.txt`, `Anlage ${name}`, { id: dokument.id })
  return { akten: akte, vorgaenge: vorgang, dokumente: await client.ok('dokument', { id: dokument.id }), anlage, ...(teil ? { oben } : {}) }
}
const now = async (kind: string, id: string): Promise<Json> => client.ok({ akten: 'akte', vorgaenge: 'vorgang', oben: 'vorgang', dokumente: 'dokument', anlage: 'dokument' }[kind] ?? '', { id })

/** How each node is closed; what is closed then, nearest last. */
const closings: { name: string; close: (p: Place) => Promise<unknown>; closed: (keyof Place)[]; root: keyof Place; reopen: string }[] = [
  { name: 'Akte storniert', root: 'akten', reopen: 'stornoAufheben', closed: ['akten', 'vorgaenge', 'dokumente', 'anlage'], close: async (p) => client.ok('akteStornieren', { id: p.akten.id, stand: (await now('akten', p.akten.id)).stand }) },
  {
    name: 'Akte zdA', root: 'akten', reopen: 'zdaAufheben', closed: ['akten', 'vorgaenge', 'dokumente', 'anlage'],
    close: async (p) => {
      await client.ok('vorgangZda', { id: p.vorgaenge.id, stand: (await now('vorgaenge', p.vorgaenge.id)).stand })
      await client.ok('akteZda', { id: p.akten.id, stand: (await now('akten', p.akten.id)).stand })
    },
  },
  ...(['Zda', 'Stornieren', 'Weglegen'] as const).map((how) => ({
    name: `Vorgang ${how}`, root: 'vorgaenge' as const, reopen: { Zda: 'zdaAufheben', Stornieren: 'stornoAufheben', Weglegen: 'weglegenAufheben' }[how], closed: ['vorgaenge', 'dokumente', 'anlage'] as (keyof Place)[],
    close: async (p: Place) => client.ok(`vorgang${how}`, { id: p.vorgaenge.id, stand: (await now('vorgaenge', p.vorgaenge.id)).stand }),
  })),
  ...(['Stornieren', 'Weglegen'] as const).map((how) => ({
    name: `Vorgang mit Teilvorgang ${how}`, root: 'oben' as const, reopen: { Stornieren: 'stornoAufheben', Weglegen: 'weglegenAufheben' }[how], closed: ['oben', 'vorgaenge', 'dokumente', 'anlage'] as (keyof Place)[],
    close: async (p: Place) => client.ok(`vorgang${how}`, { id: p.oben?.id, stand: (await now('vorgaenge', p.oben?.id)).stand }),
  })),
  ...(['Stornieren', 'Weglegen'] as const).map((how) => ({
    name: `Dokument ${how}`, root: 'dokumente' as const, reopen: { Stornieren: 'stornoAufheben', Weglegen: 'weglegenAufheben' }[how], closed: ['dokumente', 'anlage'] as (keyof Place)[],
    close: async (p: Place) => client.ok(`dokument${how}`, { id: p.dokumente.id, stand: (await now('dokumente', p.dokumente.id)).stand }),
  })),
  {
    name: 'Vorgang zur Löschung vorgemerkt', root: 'vorgaenge', reopen: 'loeschmarkierungZurueckziehen', closed: ['vorgaenge', 'dokumente', 'anlage'],
    close: async (p) => {
      const town = await client.ok('mandant')
      await client.ok('mandantAendern', { stand: town.stand, body: { loeschfrist: 30 } })
      await client.ok('vorgangLoeschmarkierung', { id: p.vorgaenge.id, stand: (await now('vorgaenge', p.vorgaenge.id)).stand, body: { grund: 'Probe' } })
    },
  },
]

/** A request that would change the object, were it open. */
async function attempt(operation: Operation, object: Json, references: Record<string, string>): Promise<Call> {
  const call: Call = { id: object.id, nr: 1 }
  if (needsState(operation)) call.stand = object.stand
  const schema = operation.requestBody?.content?.['application/json']?.schema
  if (schema) {
    // A rule is nothing without a sender and one place.
    const body: Json = operation.operationId === 'ablageregelAnlegen' ? { absender: 'Simone Schröder', vorgang: randomId } : sample(schema, components, randomId, true)
    call.body = body
    for (const [name, id] of Object.entries(references)) if (name in body) body[name] = Array.isArray(body[name]) ? [id] : id
    // A change that would be none is refused nowhere: the first field that is a text gets another one.
    const properties: Record<string, Json> = components[schema['$ref' as never] ? (schema as Json).$ref.split('/').pop() : '']?.properties ?? {}
    const text = Object.entries(properties).find(([, property]) => JSON.stringify(property).includes('"maxLength"'))?.[0]
    if (Object.keys(body).length === 0 && text) call.body = { [text]: 'geändert' }
  }
  if (isUpload(operation)) Object.assign(call, { raw: 'x', query: { dateiname: 'x.txt' } })
  return call
}

describe.each(closings)('$name', ({ close, closed, root, reopen }) => {
  let p: Place
  let open: Place
  beforeAll(async () => {
    p = await place(`zu ${root} ${reopen}`, root === 'oben')
    open = await place(`offen ${root} ${reopen}`)
    await close(p)
  })
  const kindOfPlace = (part: keyof Place): string => (part === 'anlage' ? 'dokumente' : part === 'oben' ? 'vorgaenge' : part)

  test('no route changes what lies in it, or it itself', async () => {
    let asked = 0
    for (const part of closed)
      for (const operation of operations.filter((one) => kindOf(one) === kindOfPlace(part))) {
        const end = opens(operation.operationId)
        if (end && part === root) continue
        if (operation['x-recht'] && !client.session.rechte.includes(operation['x-recht'])) continue // asked in rechte.test.ts
        const before = await now(part, (p[part] as Json).id)
        const zugriff = (await one(client, 'zugriffe', 'bezeichnung', 'Posteingang Poststelle')).id
        const reply = await client.call(operation.operationId, await attempt(operation, before, { vorgang: open.vorgaenge.id, akte: open.akten.id, zugriff }))
        if (leavesAlone(operation.operationId)) {
          expect(await now(part, (p[part] as Json).id), operation.operationId).toEqual(before)
          continue
        }
        expect(['abgeschlossen', 'konflikt'], `${operation.operationId} on ${part}: ${reply.status} ${reply.text.slice(0, 200)}`).toContain(reply.json?.code)
        if (!end) expect(reply.json.code, `${operation.operationId} on ${part}`).toBe('abgeschlossen')
        expect(await now(part, (p[part] as Json).id), operation.operationId).toEqual(before)
        ++asked
      }
    expect(asked).toBeGreaterThan(5)
  })
  test('nothing new comes into it, from wherever', async () => {
    const references: Record<string, string> = { vorgang: p.vorgaenge.id, ...(root === 'akten' ? { akte: p.akten.id } : {}) }
    let asked = 0
    for (const operation of operations) {
      const schema = operation.requestBody?.content?.['application/json']?.schema
      const resolved = schema?.['$ref' as never] ? components[(schema as Json).$ref.split('/').pop()] : schema
      const names = Object.keys(references).filter((name) => (resolved as Json)?.properties?.[name])
      if (names.length === 0 || root === 'dokumente') continue
      if (operation['x-recht'] && !client.session.rechte.includes(operation['x-recht'])) continue
      if (operation.operationId === 'netzRaumEroeffnen') continue // of an agreed cooperation: kooperation.test.ts
      const kind = kindOf(operation) as keyof Place | undefined
      const object = kind ? await now(kind, (open[kind] as Json).id) : {}
      const reply = await client.call(operation.operationId, await attempt(operation, object, references))
      expect(reply.json?.code, `${operation.operationId}: ${reply.status} ${reply.text.slice(0, 200)}`).toBe('abgeschlossen')
      ++asked
    }
    if (root !== 'dokumente') expect(asked).toBeGreaterThan(0)
    if (!['vorgaenge', 'oben'].includes(root)) return
    // As a Teilvorgang of it, or of what lies in it.
    const other = await now('vorgaenge', open.vorgaenge.id)
    for (const ueber of [p.vorgaenge.id, p.oben?.id ?? p.vorgaenge.id]) {
      const ort = { akte: p.akten.id, ueber }
      await client.refused('abgeschlossen', 'vorgangAnlegen', { body: { ...ort, betreff: 'Hinein' } })
      await client.refused('abgeschlossen', 'vorgangUmschreiben', { id: other.id, stand: other.stand, body: ort })
      await client.refused('abgeschlossen', 'vorgangKopieren', { id: other.id, stand: other.stand, body: ort })
    }
  })
  test('its state and that of what lies in it is told, and it is opened again', async () => {
    const seen = await now(root, (p[root] as Json).id)
    for (const part of closed) expect((await now(part, (p[part] as Json).id)).zustand, part).toBe(seen.zustand === 'abgeschlossen' && part !== root ? (await now(part, (p[part] as Json).id)).zustand : seen.zustand)
    expect(seen.zustand).not.toBe('inBearbeitung')
    const art = { akten: 'akte', vorgaenge: 'vorgang', oben: 'vorgang', dokumente: 'dokument', anlage: 'dokument' }[root]
    const opened = await client.ok(`${art}${reopen.charAt(0).toUpperCase()}${reopen.slice(1)}`, { id: seen.id, stand: seen.stand })
    expect(opened.zustand).toBe('inBearbeitung')
    expect(opened).not.toHaveProperty('aufbewahrungBis')
  })
})

test('what was sent stays as it went, through every route, and says so in words of its own', { timeout: 400_000 }, async () => {
  const { vorgang } = await newVorgang(client, 'Versandt', '011')
  const dokument = await client.upload('dokumentAnlegen', 'bescheid.txt', 'Bescheid', { id: vorgang.id, query: { art: 'Ausgang' } })
  const anlage = await client.upload('anlageAnlegen', 'anlage.txt', 'Anlage', { id: dokument.id })
  const other = await newVorgang(client, 'Anderswo', '011')
  const stand = async (): Promise<number> => (await client.ok('dokument', { id: dokument.id })).stand
  await client.ok('reinschriftErzeugen', { id: dokument.id, stand: await stand() })
  while ((await client.ok('schreiben', { id: dokument.id })).ohneReinschrift > 0) await new Promise((resolve) => setTimeout(resolve, 200))
  await client.ok('dokumentVersenden', { id: dokument.id, stand: await stand(), body: { art: 'post', empfaenger: [{ name: 'Ida', anschrift: 'Gartenweg 3\n00914 Auenbrück' }] } })
  while (!(await client.ok('schreiben', { id: dokument.id })).versand[0].stueck) await new Promise((resolve) => setTimeout(resolve, 200))
  // That it was sent says nothing against its being cancelled, put aside or lawfully deleted: the letter stays as it is.
  const states = /^dokument(Stornieren|StornoAufheben|Weglegen|WeglegenAufheben|Loesch)/
  let asked = 0
  for (const id of [dokument.id, anlage.id])
    for (const operation of operations.filter((one) => kindOf(one) === 'dokumente' && !states.test(one.operationId))) {
      if (operation['x-recht'] && !client.session.rechte.includes(operation['x-recht'])) continue
      const before = await client.ok('dokument', { id })
      const reply = await client.call(operation.operationId, await attempt(operation, before, { vorgang: other.vorgang.id, zugriff: before.zugriff.id }))
      if (!leavesAlone(operation.operationId)) {
        expect(['versandt', 'konflikt'], `${operation.operationId}: ${reply.status} ${reply.text.slice(0, 200)}`).toContain(reply.json?.code)
        ++asked
      }
      expect(await client.ok('dokument', { id }), operation.operationId).toEqual(before)
    }
  expect(asked).toBeGreaterThan(15)
})

test('every exception is of a route that there is', () => {
  for (const end of Object.keys(elsewhere)) expect(operations.some((operation) => opens(operation.operationId) === end), end).toBe(true)
  for (const end of Object.keys(beside)) expect(operations.some((operation) => operation.operationId.toLowerCase().endsWith(end)), end).toBe(true)
})
