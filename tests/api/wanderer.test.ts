// A walker goes over the description of the API and sends wrong, huge, missing, wrongly typed and other tenants' values to
// every route. Whatever it sends: never a fault of the server, never a word of another tenant.
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Client, Json, Reply } from './support/client'
import type { Operation } from './support/contract'
import { isUpload, sample } from './support/rights'
import { Server } from './support/server'
import { newVorgang } from './support/town'

/** The same seed sends the same things; other seeds and a longer walk are for the night. */
const seed = Number(process.env['WANDERER_SEED'] ?? 4711)
const seconds = Number(process.env['WANDERER'] ?? 45)

/** Random numbers that can be had again (mulberry32). */
class Dice {
  constructor(private state: number) {}
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  below(n: number): number {
    return Math.floor(this.next() * n)
  }
  chance(share: number): boolean {
    return this.next() < share
  }
  of<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T
  }
}

/** Words that only the other town knows: in what it keeps, never sent by the walker. */
const secrets = ['Zwergquitte', 'Schneitelbirke', 'Mispelheimer', 'Speierlingweg', 'Kornelkirsche']

const texts: readonly (() => string)[] = [
  () => '', () => ' ', () => 'x', () => 'Ä'.repeat(300), () => 'x'.repeat(70_000), () => '\u0000', () => '\ud800', () => '\u202e\u200b', () => "' OR 1=1 --", () => '"><script>alert(1)</script>',
  () => '../../../etc/passwd', () => '%00%2e%2e', () => '${jndi:ldap://x}', () => '{{7*7}}', () => '*', () => '"', () => '(((((', () => 'NOT', () => 'a AND OR b', () => '\\', () => '😀'.repeat(50), () => '-1', () => '2026-02-30', () => '9999-12-31', () => '0000-00-00',
  () => '1e309', () => 'NULL', () => 'true', () => '\r\nSet-Cookie: x=1', () => randomUUID(),
]
const numbers: readonly unknown[] = [0, -1, 1, 2, 1.5, 1e308, -1e308, 2 ** 31, 2 ** 53, 9223372036854775807n, -9223372036854775808n, 18446744073709551616n, 'eins', null]
const wrong: readonly unknown[] = [null, true, false, 0, -1, 1e308, '', 'x', [], {}, [[]], [null], { a: 1 }, ['x'], [{}]]
/** JSON with numbers that JavaScript has no exact word for. */
const json = (value: unknown): string => JSON.stringify(value, (_, v: unknown) => (typeof v === 'bigint' ? `\u0001${v}\u0001` : v))?.replace(/"\\u0001(-?\d+)\\u0001"/g, '$1') ?? ''

/** An address has no word for half a surrogate. */
const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, '\ufffd')

class Walker {
  private readonly components: Json
  constructor(
    private readonly dice: Dice,
    server: Server,
    private readonly own: readonly string[],
    private readonly others: readonly string[],
  ) {
    this.components = (server.contract.description as Json).components.schemas
  }

  private id(): string {
    const roll = this.dice.next()
    if (roll < 0.5) return this.dice.of(this.own)
    if (roll < 0.75) return this.dice.of(this.others)
    if (roll < 0.85) return randomUUID()
    return this.dice.of(texts)()
  }
  /** A value as the schema wants it. */
  private right(schema: Json, depth = 0): unknown {
    if (schema.$ref) return this.right(this.components[schema.$ref.split('/').pop()], depth)
    if (schema.anyOf) return this.right(this.dice.of(schema.anyOf), depth)
    if (schema.enum) return this.dice.of(schema.enum)
    if (schema.type === 'object') return Object.fromEntries(Object.keys(schema.properties ?? {}).filter((name) => schema.required?.includes(name) || (depth < 4 && this.dice.chance(0.5))).map((name) => [name, this.right(schema.properties[name], depth + 1)]))
    if (schema.type === 'array') return depth > 3 ? [] : Array.from({ length: this.dice.below(3) }, () => this.right(schema.items, depth + 1))
    if (schema.type === 'boolean') return this.dice.chance(0.5)
    if (schema.type === 'integer') return this.dice.below(4)
    if (schema.format === 'uuid') return this.dice.chance(0.7) ? this.dice.of(this.own) : this.dice.of(this.others)
    if (schema.format === 'date') return `20${10 + this.dice.below(40)}-0${1 + this.dice.below(9)}-1${this.dice.below(10)}`
    return sample(schema, this.components, this.dice.of(this.own))
  }
  /** One place of a value is spoilt. */
  private spoil(value: unknown): unknown {
    if (Array.isArray(value) && value.length > 0 && this.dice.chance(0.7)) {
      const at = this.dice.below(value.length)
      return value.map((entry, i) => (i === at ? this.spoil(entry) : entry))
    }
    if (typeof value === 'object' && value !== null && Object.keys(value).length > 0 && this.dice.chance(0.85)) {
      const name = this.dice.of(Object.keys(value))
      const roll = this.dice.next()
      if (roll < 0.15) return Object.fromEntries(Object.entries(value).filter(([key]) => key !== name))
      if (roll < 0.2) return { ...value, gibtEsNicht: this.dice.of(wrong) }
      return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, key === name ? this.spoil(entry) : entry]))
    }
    const roll = this.dice.next()
    if (roll < 0.4) return this.dice.of(texts)()
    if (roll < 0.6) return this.dice.of(numbers)
    if (roll < 0.65) return Array.from({ length: 20_000 }, () => this.dice.of(wrong))
    if (roll < 0.75) return this.dice.of(this.others)
    return this.dice.of(wrong)
  }
  private path(operation: Operation): string {
    let path = operation.path.replaceAll('{id}', () => encodeURIComponent(wellFormed(this.id())))
    path = path.replaceAll('{nr}', () => encodeURIComponent(wellFormed(String(this.dice.chance(0.5) ? 1 : this.dice.of(numbers)))))
    const query = new URLSearchParams()
    for (const parameter of operation.parameters.filter(({ in: where }) => where === 'query')) {
      if (!parameter.required && this.dice.chance(0.5)) continue
      if (parameter.required && this.dice.chance(0.1)) continue
      const value = this.dice.chance(0.6) ? this.right(parameter.schema) : this.spoil(this.right(parameter.schema ?? {}))
      query.append(parameter.name, wellFormed(typeof value === 'object' ? json(value) : String(value)).slice(0, 6000))
    }
    if (this.dice.chance(0.05)) query.append(this.dice.of(['gibtEsNicht', 'limit', 'nach', '']), wellFormed(this.dice.of(texts)()).slice(0, 6000))
    const text = query.toString()
    return text ? `${path}?${text}` : path
  }
  private body(operation: Operation): { raw?: string | Buffer; type?: string } {
    if (isUpload(operation)) {
      const roll = this.dice.next()
      if (roll < 0.2) return { raw: '' }
      if (roll < 0.6) return { raw: this.dice.of(texts)() }
      return { raw: Buffer.from(Array.from({ length: this.dice.below(3000) }, () => this.dice.below(256))) }
    }
    const schema = operation.requestBody?.content?.['application/json']?.schema
    if (!schema) return this.dice.chance(0.05) ? { raw: '{}', type: 'application/json' } : {}
    const value = this.right(schema)
    const sent = json(this.dice.chance(0.45) ? value : this.spoil(value))
    return { raw: this.dice.chance(0.03) ? sent.slice(0, this.dice.below(sent.length + 1)) : sent, type: this.dice.chance(0.97) ? 'application/json' : 'text/plain' }
  }

  /** One call; gives what was sent, for the report. */
  async send(client: Client, operation: Operation): Promise<{ reply: Reply; what: string }> {
    const path = this.path(operation)
    const { raw, type } = operation.method === 'GET' ? {} : this.body(operation)
    const headers: Record<string, string> = type === undefined ? {} : { 'content-type': type }
    if (operation.parameters.some(({ name }) => name === 'If-Match') && this.dice.chance(0.9)) headers['if-match'] = this.dice.chance(0.8) ? `"${1 + this.dice.below(3)}"` : this.dice.of(['"x"', '*', '1', '""', '"99999999999999999999"', 'W/"1"'])
    if (operation.parameters.some(({ name }) => name === 'Idempotency-Key') && this.dice.chance(0.9)) headers['idempotency-key'] = this.dice.chance(0.9) ? randomUUID() : 'x'
    for (const parameter of operation.parameters) if (parameter.in === 'header' && !(parameter.name.toLowerCase() in headers) && !['If-Match', 'Idempotency-Key', 'X-CSRF-Token'].includes(parameter.name)) headers[parameter.name.toLowerCase()] = this.dice.of(['1.0.0', '0', '5', '-1', 'x'])
    if (this.dice.chance(0.05)) headers['accept-language'] = 'en'
    const what = `${operation.method} ${path.slice(0, 300)} ${JSON.stringify(headers)} ${raw === undefined ? '' : raw.toString().slice(0, 400)}`
    const reply = await client.send(operation.method, path, { ...(raw === undefined ? {} : { raw }), headers })
    return { reply, what }
  }
}

/** Every id that a town's people meet in its lists. */
async function idsOf(client: Client): Promise<string[]> {
  const found = new Set<string>()
  const lists = ['akten', 'vorgaenge', 'posteingang', 'personen', 'stellen', 'organisationseinheiten', 'zugriffe', 'aktenplan', 'kontakte']
  for (const list of lists) {
    const reply = await client.call(list, { query: ['akten', 'vorgaenge', 'posteingang', 'kontakte'].includes(list) ? { limit: 50 } : {} })
    for (const [, id] of reply.text.matchAll(/"id":"([0-9a-f-]{36})"/g)) found.add(id as string)
  }
  for (const akte of (await client.call('suche', { query: { q: 'der OR und' } })).text.matchAll(/"id":"([0-9a-f-]{36})"/g)) found.add(akte[1] as string)
  return [...found]
}

/** The other town keeps secrets in every kind of thing that has words. */
async function fillOther(other: Client): Promise<void> {
  const blatt = (await other.ok('aktenplan')).eintraege.find((entry: Json) => entry.akten !== undefined || entry.blatt !== false)
  const { vorgang } = await newVorgang(other, `${secrets[0]} fällen`, blatt.kennzeichen).catch(async () => ({ vorgang: (await other.all('vorgaenge'))[0] }))
  await other.upload('dokumentAnlegen', `${secrets[1]}.txt`, `Antrag wegen ${secrets[2]} und ${secrets[3]}`, { id: vorgang.id })
  await other.upload('eingangErfassen', `${secrets[4]}.txt`, `Brief über die ${secrets[4]}`)
}

test(`a walk of ${seconds} s with the seed ${seed}`, async () => {
  const server = await Server.demo()
  const other = await server.login('maeder', 'haselrode')
  await fillOther(other)
  const dice = new Dice(seed)
  const people = ['grossmann', 'hoenicke', 'nguyen', 'kuehnel', 'strassberger']
  const clients = new Map<string, Client>()
  for (const name of people) clients.set(name, await server.login(name))
  const own = new Set<string>()
  for (const client of clients.values()) for (const id of await idsOf(client)) own.add(id)
  const others = await idsOf(other)
  expect(Math.min(own.size, others.length)).toBeGreaterThan(10)
  expect((await other.ok('suche', { query: { q: secrets[2] as string } })).anzahl, 'the other town has its secrets').toBe(1)
  const walker = new Walker(dice, server, [...own], others)

  // Whoever signs out only makes the walk shorter.
  const operations = [...server.contract.operations.values()].filter(({ operationId }) => !['abmelden', 'ueberallAbmelden'].includes(operationId))
  const faults: string[] = []
  const counted = new Map<number, number>()
  const answered = new Map<string, Set<number>>()
  const until = Date.now() + seconds * 1000
  let calls = 0
  for (let round = 0; round < 3 || Date.now() < until; ++round)
    for (const operation of operations) {
      if (round >= 3 && Date.now() >= until) break
      const name = dice.of(people)
      let client = clients.get(name) as Client
      const { reply, what } = await walker.send(dice.chance(0.03) ? server.client() : client, operation)
      ++calls
      counted.set(reply.status, (counted.get(reply.status) ?? 0) + 1)
      answered.set(operation.operationId, (answered.get(operation.operationId) ?? new Set()).add(reply.status))
      const objection = server.contract.objections(operation, reply.status, reply.headers.get('content-type'), reply.bytes)
      if (reply.status >= 500) faults.push(`${reply.status} ${what} -> ${reply.text.slice(0, 200)}`)
      else if (objection) faults.push(`not as described (${objection}) ${what} -> ${reply.status} ${reply.text.slice(0, 200)}`)
      for (const secret of secrets) if (reply.text.includes(secret)) faults.push(`LEAK of ${secret}: ${what} -> ${reply.text.slice(0, 300)}`)
      if (reply.status === 401 && client.session) {
        client = await server.login(name).catch(() => client)
        clients.set(name, client)
      }
      expect(faults.length, faults.join('\n')).toBeLessThan(40)
    }
  console.info(`seed ${seed}: ${calls} calls, ${[...counted].sort(([a], [b]) => a - b).map(([status, n]) => `${status}: ${n}`).join(', ')}`)
  expect(faults, faults.join('\n')).toEqual([])
  // A walk that is only ever refused at the door shows little.
  const inside = [...answered].filter(([, statuses]) => [...statuses].some((status) => status < 300 || [404, 409, 412, 422].includes(status)))
  expect(inside.length / operations.length).toBeGreaterThan(0.85)
  expect((await server.client().call('health')).status).toBe(200)
  await server.stop()
}, seconds * 1000 + 240_000)
