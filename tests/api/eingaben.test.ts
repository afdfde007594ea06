// Bad input: whatever comes, a clear refusal in German, nothing lost, and the server lives on.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Call, Client, Json, Reply } from './support/client'
import type { Operation } from './support/contract'
import { testdata } from './support/engine'
import { each, isUpload, needsState, sample } from './support/rights'
import { Server } from './support/server'
import { exchange, hangUp } from './support/socket'
import { randomId } from './support/town'

let server: Server
let registratur: Client
let admin: Client
beforeAll(async () => {
  server = await Server.demo('--max-upload-mib', '4', '--extract-seconds', '3')
  registratur = await server.login('hoenicke')
  admin = await server.login('nguyen')
})
afterEach(async () => expect((await server.client().ok('health')).zustand).toBe('ok'))
afterAll(() => server.stop())

const umlaut = /[a-zäöüß] /i
/** A refusal as it must be: 4xx, a code, German words, a hint. */
function expectRefusal(reply: Reply, what: string): Json {
  expect(reply.status, `${what}: ${reply.text.slice(0, 200)}`).toBeGreaterThanOrEqual(400)
  expect(reply.status, `${what}: ${reply.text.slice(0, 200)}`).toBeLessThan(500)
  expect(reply.headers.get('content-type'), what).toBe('application/problem+json')
  const problem = reply.json
  expect(problem.type, what).toBe(`urn:aktenlotse:fehler:${problem.code}`)
  for (const text of [problem.title, problem.hinweis, problem.detail ?? problem.title]) expect(text, what).toMatch(umlaut)
  return problem
}

const asker = (operation: Operation): Client => (admin.session.rechte.includes(operation['x-recht']) ? admin : registratur)
const withBody = (): [Operation, Json][] =>
  [...server.contract.operations.values()].flatMap((operation) => {
    const schema = operation.requestBody?.content?.['application/json']?.schema
    return schema ? [[operation, schema] as [Operation, Json]] : []
  })
const components = (): Json => (server.contract.description as Json).components.schemas
const namesObject = (operation: Operation): boolean => operation.path.includes('{id}')
/** With what the route must be told beside the body, so that it gets as far as that. */
function callOf(operation: Operation, more: Call): Call {
  const asked = operation.parameters.filter((parameter) => parameter.in === 'query' && parameter.required)
  const query = Object.fromEntries(asked.map((parameter) => [parameter.name, sample(parameter.schema, components(), randomId)]))
  return { ...(namesObject(operation) ? { id: randomId, nr: 1 } : {}), ...(needsState(operation) ? { stand: 1 } : {}), ...more, query: { ...query, ...more.query } }
}

describe('JSON bodies, on every route that takes one', () => {
  const json = { 'content-type': 'application/json' }
  const texts: [string, string | Buffer][] = [
    ['nothing', ''], ['half', '{"betreff":'], ['an array', '[]'], ['null', 'null'], ['a text', '"x"'], ['a number', '1'],
    ['two values', '{} {}'], ['a comment', '{/* */}'], ['single quotes', "{'a':1}"], ['a trailing comma', '{"a":1,}'],
    ['deep arrays', '['.repeat(100_000)], ['deep objects', '{"a":'.repeat(50_000)], ['balanced depth', '['.repeat(40) + ']'.repeat(40)],
    ['a byte order mark', '\ufeff{}x'], ['NUL', '{"a":"\0"}'], ['broken UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
    ['half a surrogate', '{"betreff":"\\ud800"}'], ['infinity', '{"a":1e999}'], ['NaN', '{"a":NaN}'], ['an unknown field', '{"gibtEsNicht":1}'],
  ]
  test.each(texts)('%s', async (what, raw) => {
    await each(withBody(), async ([operation]) => {
      const reply = await asker(operation).call(operation.operationId, callOf(operation, { raw: raw, headers: json }))
      // An empty object would be fine for a change of nothing; all of these are not.
      expectRefusal(reply, `${operation.operationId} ${what}`)
    })
  })
  test('another content type is refused', async () => {
    await each(withBody(), async ([operation]) => {
      const problem = expectRefusal(await asker(operation).call(operation.operationId, callOf(operation, { raw: '{}', headers: { 'content-type': 'text/plain' } })), operation.operationId)
      expect(problem.code).toBe('anfrage_ungueltig')
    })
  })
  test('every field of the wrong type, too long, with control characters or unknown is named', async () => {
    await each(withBody(), async ([operation, schema]) => {
      const shape = components()[schema.$ref.split('/').pop()]
      const good = sample(schema, components(), randomId, true)
      for (const [name, property] of Object.entries<Json>(shape.properties)) {
        const kind = property.anyOf ? property.anyOf[0] : property.$ref ? components()[property.$ref.split('/').pop()] : property
        const wrong: unknown[] = [{ a: 1 }, kind.type === 'boolean' ? 'ja' : true, kind.type === 'integer' ? 1.5 : 7, kind.type === 'array' ? [null] : ['x']]
        if (shape.required?.includes(name)) wrong.push(null) // elsewhere it means: not given
        if (kind.type === 'integer') wrong.push('1', 1e30, -1e30)
        if (kind.enum) wrong.push('gibtEsNicht', '')
        if (kind.format) wrong.push('kein Wert', '', '2026-13-45', '0'.repeat(5000))
        if (kind.maxLength) wrong.push('x'.repeat(kind.maxLength + 1), 'ä'.repeat(kind.maxLength + 1), 'x'.repeat(Math.max(100_000, kind.maxLength + 1)), 'a\u0000b', 'a\u0007b', 'a\u009fb')
        if (kind.minLength) wrong.push('', '   ')
        for (const value of wrong) {
          const what = `${operation.operationId}.${name} = ${JSON.stringify(value).slice(0, 60)}`
          const problem = expectRefusal(await asker(operation).call(operation.operationId, callOf(operation, { body: { ...good, [name]: value } })), what)
          expect(problem.code, what).toBe('eingabe_ungueltig')
          expect(problem.feld, what).toMatch(new RegExp(`^${name}`))
        }
      }
      const unknown = expectRefusal(await asker(operation).call(operation.operationId, callOf(operation, { body: { ...good, gibtEsNicht: 1 } })), operation.operationId)
      expect([unknown.code, unknown.feld]).toEqual(['eingabe_ungueltig', 'gibtEsNicht'])
    })
  })
  test('a body without end is cut off', async () => {
    expect(expectRefusal(await registratur.call('akteAnlegen', { raw: '"'.padEnd(8 << 20, 'x'), headers: json }), 'large').code).toBe('zu_gross')
  })
  test('in English when asked', async () => {
    const problem = (await registratur.call('akteAnlegen', { raw: '{', headers: { ...json, 'accept-language': 'en-GB, de;q=0.5' } })).json
    expect(problem.title).toBe('The body is not valid JSON.')
  })
})

describe('names of all scripts', () => {
  /** DIN 91379 and beyond: letters with several marks, scripts from right to left, without case, outside of the first plane. */
  const names = ['Łukasz Żółć', 'Hańža Wićazowa', 'Đặng Thị Ngọc', 'Ⱥ̈gnes Ọ̈bị', 'İbrahim Iğdır', 'ẞtraße ß', 'Ŋuŋa Əliyeva', 'J̌ani C̀esar K̇', 'Nǃxau ǂToma', "O’Neill-D'Arcy", 'Ελένη Παπαδοπούλου', 'Дмитро Їжакевич', 'Нұрсұлтан Әбіш', 'Հայկ Գրիգորյան', 'ნინო ბერიძე', 'محمد العربي', 'יעקב בן־דוד', 'प्रिया शर्मा', 'ប្រាក់ សុខ', '王小明', '김철수', 'さくら 鈴木', 'ᚠᛖᚩᚻ', '𝔊𝔬𝔢𝔱𝔥𝔢', '👩‍⚖️ Recht']
  test('stay as they were written, composed, and are found', async () => {
    const blatt = (await registratur.ok('aktenplan')).eintraege.find((entry: Json) => entry.kennzeichen === '011')
    const akte = await registratur.ok('akteAnlegen', { body: { aktenplaneinheit: blatt.id, betreff: 'Namen aller Schriften' } })
    for (const name of names) {
      // The same name in parts: an accent as a sign of its own.
      const vorgang = await registratur.ok('vorgangAnlegen', { body: { akte: akte.id, betreff: `Antrag von ${name.normalize('NFD')}` } })
      expect(vorgang.betreff, name).toBe(`Antrag von ${name.normalize('NFC')}`)
      const [vorname = '', nachname = vorname] = name.split(' ')
      const kontakt = await registratur.ok('kontaktAnlegen', { body: { art: 'person', vorname: vorname.normalize('NFD'), nachname } })
      expect([kontakt.vorname, kontakt.nachname], name).toEqual([vorname.normalize('NFC'), nachname.normalize('NFC')])
      expect((await registratur.ok('kontakte', { query: { q: nachname } })).eintraege.map((one: Json) => one.id), name).toContain(kontakt.id)
      const dokument = await registratur.upload('dokumentAnlegen', `${name}.txt`, `Schreiben an ${name}`, { id: vorgang.id })
      expect(dokument.dateiname, name).toBe(`${name.normalize('NFC')}.txt`)
      const changed = await registratur.ok('dokumentAendern', { id: dokument.id, stand: dokument.stand, body: { absender: name } })
      expect(changed.absender, name).toBe(name.normalize('NFC'))
      if (/\p{L}{2}/u.test(nachname)) expect((await registratur.ok('suche', { query: { q: `"${nachname}"` } })).eintraege.map((one: Json) => one.dokument.id), name).toContain(dokument.id)
    }
    const person = await admin.ok('personAnlegen', { body: { vorname: 'Đặng', nachname: 'Ọ̈bị', anmeldename: 'dang.obi', passwort: 'lang-genug-und-gut' } })
    expect(person.name).toBe('Đặng Ọ̈bị'.normalize('NFC'))
  })
})

describe('addresses', () => {
  test.each(['x', '..', '%00', '%ff', '%zz', '%2e%2e%2f%2e%2e%2fetc%2fpasswd', '0', '-1', "' OR 1=1 --", '01900000-0000-7000-8000-00000000dea', 'x'.repeat(4000), '{id}', '😀', '01900000000070008000 00000000dead'])(
    'a wrong id: %s',
    async (id) => {
      await each([...server.contract.operations.values()].filter(namesObject), async (operation) => {
        const path = operation.path.replace('{id}', id.includes('%') ? id : encodeURIComponent(id)).replace('{nr}', '1')
        const more = needsState(operation) ? { stand: 1 } : {}
        const body = operation.requestBody?.content?.['application/json'] ? { body: {} } : isUpload(operation) ? { raw: 'x' } : {}
        const reply = await asker(operation).send(operation.method, path, { ...more, ...body })
        if (id === '..') return void expect(reply.status).toBeLessThan(500) // the client itself folds such a path
        expectRefusal(reply, `${operation.method} ${path.slice(0, 100)}`)
      })
    },
  )
  test.each(['limit=1&limit=1', 'gibtEsNicht=1', 'limit=', 'limit=abc', 'limit=99999999999999999999', 'limit=1.5', 'nach=', `nach=${'9'.repeat(300)}`, 'limit=%ff', '%00=1', 'limit=%zz', 'limit=1;DROP', Array.from({ length: 200 }, (_, i) => `a${i}=1`).join('&')])(
    'a wrong query: %s',
    async (query) => {
      for (const path of ['/api/akten', '/api/vorgaenge', '/api/posteingang']) expectRefusal(await registratur.send('GET', `${path}?${query}`), query)
      expectRefusal(await registratur.send('GET', `/api/heute?${query}`), query)
    },
  )
  test('unknown ones, and known ones with another method', async () => {
    for (const path of ['/api', '/api/', '/api/gibtesnicht', '/api/akten/', '/api//akten', '/api/akten/x/y/z']) expect((await registratur.send('GET', path)).status, path).toBe(404)
    for (const method of ['PUT', 'DELETE', 'PATCH']) {
      const reply = await registratur.send(method, '/api/akten')
      expect(expectRefusal(reply, method).code).toBe('verb_nicht_erlaubt')
      expect(reply.headers.get('allow')).toBe('GET, HEAD, POST')
    }
  })
})

describe('broken HTTP', () => {
  const host = 'Host: x\r\n'
  test.each([
    ['no version', 'GET /\r\n\r\n', 400], ['no host', 'GET / HTTP/1.1\r\n\r\n', 400], ['two hosts', `GET / HTTP/1.1\r\n${host}${host}\r\n`, 400],
    ['an old version', `GET / HTTP/3.7\r\n${host}\r\n`, 505], ['two lengths', `POST /api/anmeldung HTTP/1.1\r\n${host}Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx`, 400],
    ['a length that is none', `POST /api/anmeldung HTTP/1.1\r\n${host}Content-Length: -5\r\n\r\n`, 400], ['a coding that is none', `POST /api/anmeldung HTTP/1.1\r\n${host}Transfer-Encoding: gzip, chunked\r\n\r\n`, 501],
    ['a wrong chunk', `POST /api/anmeldung HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\nzz\r\n`, 400], ['an endless header', `GET / HTTP/1.1\r\n${host}X: ${'a'.repeat(200_000)}`, 431],
    ['noise', Buffer.from(Array.from({ length: 512 }, (_, i) => (i * 37) % 256)), 400], ['TLS', Buffer.from('16030100a5010000a10303', 'hex'), 400],
  ])('%s', async (_, request, status) => {
    expect(await exchange(server.url, request)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
  })
  test('half a request, and nobody there any more', async () => {
    const whole = `POST /api/anmeldung HTTP/1.1\r\n${host}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"mandant":`
    for (let length = 1; length < whole.length; length += 7) await hangUp(server.url, whole.slice(0, length))
  })
})

describe('uploads', () => {
  const waiting = async (): Promise<number> => (await registratur.ok('posteingang')).anzahl
  const unfinished = (): string[] => readdirSync(join(server.place.blobs, 'neu'))

  test('one that is cut leaves nothing: no entry, no temporary file', async () => {
    const before = await waiting()
    const head = (more: string): string => `POST /api/posteingang?dateiname=halb.pdf HTTP/1.1\r\nHost: x\r\nCookie: ${registratur.cookie}\r\nX-CSRF-Token: ${registratur.csrf}\r\n${more}\r\n\r\n`
    for (const bytes of [0, 1, 1000, 1_000_000]) await hangUp(server.url, head('Content-Length: 3000000'), Buffer.alloc(bytes, 'x'))
    await hangUp(server.url, head('Transfer-Encoding: chunked'), '186a0\r\n', Buffer.alloc(100_000, 'x'), '\r\n')
    await vi.waitFor(() => expect(unfinished()).toEqual([]), { timeout: 30_000 })
    expect(await waiting()).toBe(before)
  })
  test('one that is too large is refused, and leaves nothing', async () => {
    const before = await waiting()
    expect(expectRefusal(await registratur.call('eingangErfassen', { raw: Buffer.alloc((4 << 20) + 1), query: { dateiname: 'gross.bin' } }), 'large').code).toBe('zu_gross')
    await vi.waitFor(() => expect(unfinished()).toEqual([]), { timeout: 30_000 })
    expect(await waiting()).toBe(before)
    await registratur.upload('eingangErfassen', 'gerade-noch.bin', Buffer.alloc(4 << 20))
  })
  test.each([
    ['../../../../etc/passwd', 'passwd'], ['..\\..\\windows\\system32\\x.dll', 'x.dll'], ['/etc/shadow', 'shadow'], ['C:\\a\\b.txt', 'b.txt'], ['..', 'Datei'], ['.', 'Datei'], ['a/..', 'Datei'], ['///', 'Datei'],
    ['😀 Übersicht.txt', '😀 Übersicht.txt'], [`${'lang'.repeat(70)}.txt`, /^(lang){45}\.txt$/], ["'; rm -rf / #.txt", ' #.txt'.trim()], ['<script>.html', '<script>.html'], ['%2e%2e%2fx', '%2e%2e%2fx'], ['a\tb', undefined], ['a\u0000b.txt', undefined], ['a\nb: c', undefined], ['', undefined], ['x'.repeat(301), undefined],
  ])('file name %j', async (dateiname, expected) => {
    const reply = await registratur.call('eingangErfassen', { raw: 'Guten Tag', query: { dateiname } })
    if (expected === undefined) return void expectRefusal(reply, dateiname)
    expect(reply.status, reply.text).toBe(201)
    if (expected instanceof RegExp) expect(reply.json.dateiname).toMatch(expected)
    else expect(reply.json.dateiname).toBe(expected)
    const back = await registratur.call('versionInhalt', { id: reply.json.id, nr: 1 })
    expect(back.headers.get('content-disposition')).toMatch(/^(inline|attachment); filename\*=UTF-8''[\w.~%-]+$/)
  })
  test('a file of 0 bytes is kept', async () => {
    const dokument = await registratur.upload('eingangErfassen', 'leer.pdf', '')
    expect(dokument).toMatchObject({ groesse: 0, textStatus: expect.stringMatching(/leer|fehler/), textHinweis: expect.stringMatching(umlaut) })
    expect((await registratur.call('versionInhalt', { id: dokument.id, nr: 1 })).bytes.length).toBe(0)
    expect((await registratur.call('versionInhalt', { id: dokument.id, nr: 1, headers: { range: 'bytes=0-' } })).status).toBe(416)
  })
  test('hostile files are kept as they came, with the reason why nothing was read', async () => {
    const root = join(testdata, 'malicious')
    if (!existsSync(root)) return console.log(`skipped: ${root} is not there`)
    // Some of every folder; the extractor's own tests read them all.
    const files = readdirSync(root).flatMap((folder) => readdirSync(join(root, folder), { recursive: true }).map((name) => join(root, folder, String(name))).filter((file) => statSync(file).isFile() && statSync(file).size < 1 << 20).sort().filter((_, i) => i % 9 === 0))
    expect(files.length).toBeGreaterThan(15)
    const states: string[] = []
    await each(files, async (file) => {
      const bytes = readFileSync(file)
      const dokument = await registratur.upload('eingangErfassen', file, bytes)
      states.push(dokument.textStatus)
      if (dokument.textStatus !== 'ok') expect(dokument.textHinweis, file).toMatch(umlaut)
      expect((await registratur.call('versionInhalt', { id: dokument.id, nr: 1, query: { herunterladen: 1 } })).bytes.equals(bytes), file).toBe(true)
    }, 2)
    expect(new Set(states).size).toBeGreaterThan(1)
  })
})
