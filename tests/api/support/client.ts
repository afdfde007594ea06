// A small client of the API. Whatever comes back is held against the description; what does not fit fails the test.
import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { Contract, Operation } from './contract'

// Replies are checked by schema at run time, so tests may read their members freely.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Json = any

export interface Call {
  id?: string
  nr?: number
  query?: Record<string, string | number | boolean>
  body?: unknown
  raw?: Buffer | string
  /** The state that is changed: sent as If-Match. */
  stand?: number
  key?: string
  headers?: Record<string, string>
  method?: string
}

export class Reply {
  constructor(
    readonly status: number,
    readonly headers: Headers,
    readonly bytes: Buffer,
  ) {}
  get json(): Json {
    return this.bytes.length > 0 ? JSON.parse(this.bytes.toString('utf8')) : undefined
  }
  get text(): string {
    return this.bytes.toString('utf8')
  }
}

export class Client {
  cookie = ''
  csrf = ''
  token = ''
  session: Json

  constructor(
    readonly url: string,
    readonly contract: Contract,
  ) {}

  async login(mandant: string, name: string, passwort = 'lotse-demo'): Promise<Json> {
    const reply = await this.call('anmelden', { body: { mandant, name, passwort } })
    expect(reply.status, reply.text).toBe(200)
    this.cookie = reply.headers.get('set-cookie')?.split(';')[0] ?? ''
    this.session = reply.json
    this.csrf = this.session.csrf
    return this.session
  }

  /** Somebody else has chosen the password of this half session: takes an own one, and goes on. */
  async choosePassword(alt: string, neu: string): Promise<void> {
    const reply = await this.call('passwortAendern', { body: { alt, neu } })
    expect(reply.status, reply.text).toBeLessThan(300)
    this.cookie = reply.headers.get('set-cookie')?.split(';')[0] ?? ''
    this.session = await this.ok('sitzung')
    this.csrf = this.session.csrf
  }

  /** A second client of the same session. */
  withToken(token: string): Client {
    const other = new Client(this.url, this.contract)
    other.token = token
    return other
  }

  async call(id: string, call: Call = {}): Promise<Reply> {
    const operation = this.contract.operation(id)
    const reply = await this.send(operation.method, target(operation, call), { ...call, method: call.method ?? operation.method })
    const where = `${operation.method} ${operation.path} -> ${reply.status} ${reply.text.slice(0, 300)}`
    if (call.method !== 'HEAD') expect(this.contract.objections(operation, reply.status, reply.headers.get('content-type'), reply.bytes), where).toBe('')
    if (reply.status >= 400 && call.method !== 'HEAD') expect(reply.json.status, where).toBe(reply.status)
    expect(reply.headers.get('x-content-type-options'), where).toBe('nosniff')
    expect(reply.headers.get('content-security-policy'), where).toContain("default-src 'none'")
    if (reply.status < 300) this.contract.called.add(id)
    return reply
  }

  /** Any request, judged by nobody. */
  async send(method: string, path: string, call: Call = {}): Promise<Reply> {
    const headers: Record<string, string> = {}
    if (this.cookie) headers['cookie'] = this.cookie
    if (this.csrf) headers['x-csrf-token'] = this.csrf
    if (this.token) headers['authorization'] = `Bearer ${this.token}`
    if (call.stand !== undefined) headers['if-match'] = `"${call.stand}"`
    if (call.key) headers['idempotency-key'] = call.key
    if (call.body !== undefined) headers['content-type'] = 'application/json'
    const body = call.raw ?? (call.body === undefined ? undefined : JSON.stringify(call.body))
    const reply = await fetch(this.url + path, {
      method: call.method ?? method,
      headers: { ...headers, ...call.headers },
      redirect: 'manual',
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : new Uint8Array(body) }),
    })
    // A stream of events has no end: that it is there is enough here (see support/ereignisse.ts).
    if (reply.headers.get('content-type') === 'text/event-stream') {
      await reply.body?.cancel()
      return new Reply(reply.status, reply.headers, Buffer.alloc(0))
    }
    return new Reply(reply.status, reply.headers, Buffer.from(await reply.arrayBuffer()))
  }

  /** A call that must go well; gives its JSON. */
  async ok(id: string, call: Call = {}): Promise<Json> {
    const reply = await this.call(id, call)
    expect(reply.status, `${id}: ${reply.text.slice(0, 500)}`).toBeLessThan(300)
    return reply.json
  }

  /** A call that must be refused with this code; gives the problem. */
  async refused(code: string, id: string, call: Call = {}): Promise<Json> {
    const reply = await this.call(id, call)
    expect(reply.json?.code, `${id}: ${reply.status} ${reply.text.slice(0, 500)}`).toBe(code)
    return reply.json
  }

  /** Every entry of a list, page by page. */
  async all(id: string, call: Call = {}, limit = 200): Promise<Json[]> {
    const out: Json[] = []
    for (let nach: string | undefined; ; ) {
      const page: Json = await this.ok(id, { ...call, query: { ...call.query, limit, ...(nach === undefined ? {} : { nach }) } })
      out.push(...page.eintraege)
      if (page.nach === undefined) return out
      expect(page.nach, 'a cursor must move on').not.toBe(nach)
      nach = page.nach
    }
  }

  /** Uploads a file: into the Posteingang, a Vorgang, or beside a Dokument. */
  upload(id: string, dateiname: string, raw: Buffer | string, call: Call = {}): Promise<Json> {
    return this.ok(id, { key: randomUUID(), ...call, raw, query: { dateiname, ...call.query } })
  }
}

function target(operation: Operation, call: Call): string {
  const path = operation.path.replace('{id}', encodeURIComponent(call.id ?? '')).replace('{nr}', String(call.nr ?? ''))
  const query = new URLSearchParams(Object.entries(call.query ?? {}).map(([key, value]) => [key, String(value)])).toString()
  return query ? `${path}?${query}` : path
}
