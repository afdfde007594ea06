// What the operator and the browser ask: health, numbers, logs, headers, the embedded UI, the tenant's settings.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Client, Json } from './support/client'
import { Server } from './support/server'
import { exchange } from './support/socket'
import { newVorgang, one } from './support/town'

let server: Server
let client: Client
beforeAll(async () => {
  server = await Server.demo()
  client = await server.login('hoenicke')
})
afterAll(() => server.stop())

const get = (path: string, headers: Record<string, string> = {}) => server.client().send('GET', path, { headers })

describe('for the operator', () => {
  test('health and readiness, to everybody', async () => {
    expect(await server.client().ok('health')).toEqual({ zustand: 'ok' })
    expect(await server.client().ok('ready')).toEqual({ zustand: 'bereit' })
    expect((await server.client().ok('openapi')).openapi).toBe('3.1.0')
  })
  test('metrics count by route, never by what was asked for', async () => {
    const akte = await one(client, 'akten', 'zeichen', '632-1')
    await client.ok('akte', { id: akte.id })
    await client.ok('suche', { query: { q: 'Geheimwort' } })
    await get('/gibt/es/nicht/Geheimpfad.txt')
    await exchange(server.url, 'GEHEIM /x HTTP/1.1\r\nHost: x\r\n\r\n')
    const reply = await get('/metrics')
    expect(reply.headers.get('content-type')).toBe('text/plain; version=0.0.4')
    expect(reply.text).toMatch(/^aktenlotse_http_requests_total\{method="GET",route="\/api\/akten\/\{id\}",status="200"\} [1-9]\d*$/m)
    expect(reply.text).toMatch(/^aktenlotse_http_connections \d+$/m)
    expect(reply.text).toMatch(/^aktenlotse_http_request_seconds_bucket\{method="GET",route="\/api\/suche",le="\+Inf"\} 1$/m)
    for (const line of reply.text.trimEnd().split('\n')) expect(line).toMatch(/^(# (HELP|TYPE) \w+ .+|\w+(\{(\w+="[^"\n]*",?)+\})? [\d.e+-]+)$/)
    for (const secret of [akte.id, 'Geheimwort', 'Geheimpfad', 'GEHEIM']) expect(reply.text).not.toContain(secret)
  })
  test('logs are lines of JSON without names, ids or words', async () => {
    const akte = await one(client, 'akten', 'zeichen', '632-1')
    await client.ok('akte', { id: akte.id })
    await client.ok('suche', { query: { q: 'Geheimwort' } })
    await client.upload('eingangErfassen', 'geheimer-name.txt', 'Geheimtext')
    await server.client().refused('anmeldung_falsch', 'anmelden', { body: { mandant: 'auenbrueck', name: 'geheimer', passwort: 'geheim' } })
    const lines = server.log.trimEnd().split('\n').map((line) => JSON.parse(line) as Json)
    expect(lines.length).toBeGreaterThan(5)
    for (const line of lines) expect(line).toMatchObject({ zeit: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/), stufe: expect.any(String), ereignis: expect.any(String) })
    expect(lines).toContainEqual(expect.objectContaining({ ereignis: 'anfrage', methode: 'GET', route: '/api/akten/{id}', status: 200 }))
    for (const secret of [akte.id, akte.betreff, 'Geheim', 'geheim', 'hoenicke', 'Hönicke', client.cookie.split('.')[1] ?? 'x', client.csrf, '127.0.0.1']) expect(server.log).not.toContain(secret)
  })
})

describe('for the browser', () => {
  test('the UI comes for every address of its own, with headers that protect it', async () => {
    for (const path of ['/', '/posteingang', '/vorgaenge/01900000-0000-7000-8000-000000000000']) {
      const page = await get(path)
      expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
      expect(page.text).toContain('<script type="module"')
      const policy = page.headers.get('content-security-policy') ?? ''
      expect(policy).toContain("default-src 'self'")
      expect(policy).toContain("script-src 'self'")
      expect(policy).not.toMatch(/unsafe-(inline|eval)/)
      expect(page.headers.get('x-content-type-options')).toBe('nosniff')
      expect(page.headers.get('referrer-policy')).toBe('same-origin')
      expect(page.headers.get('cross-origin-opener-policy')).toBe('same-origin')
      expect(page.headers.get('cache-control')).toBe('no-cache')
    }
  })
  test('its files are kept for good, packed and asked for again only when changed', async () => {
    const script = /src="(\/[^"]+\.js)"/.exec((await get('/')).text)?.[1] ?? ''
    const first = await get(script, { 'accept-encoding': 'gzip' })
    expect(first.headers.get('content-encoding')).toBe('gzip')
    expect(first.headers.get('cache-control')).toContain('immutable')
    const again = await get(script, { 'accept-encoding': 'gzip', 'if-none-match': first.headers.get('etag') ?? '' })
    expect([again.status, again.bytes.length]).toEqual([304, 0])
    expect((await get(script, { 'accept-encoding': 'identity' })).bytes.equals(first.bytes)).toBe(true)
  })
  test('what is not there is not found; paths do not lead out', async () => {
    for (const path of ['/gibtesnicht.js', '/../../etc/passwd.txt', '/assets/%2e%2e/%2e%2e/index.htm', '/.env', '/index.html.bak']) expect((await get(path)).status, path).toBe(404)
    for (const target of ['/../../../../etc/passwd', '/assets/../../../etc/passwd', '//etc/passwd', '/%2e%2e/%2e%2e/etc/passwd']) {
      const heard = await exchange(server.url, `GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
      expect(heard, target).toMatch(/^HTTP\/1\.1 (200|400|404) /)
      expect(heard, target).not.toContain('root:')
    }
    expect((await server.client().send('POST', '/', { raw: 'x' })).status).toBe(405)
  })
  test('replies of the API are not stored, packed when large, and closed to other sites', async () => {
    const reply = await client.call('aktenplan', { headers: { 'accept-encoding': 'gzip', origin: 'https://boese.example' } })
    expect(reply.headers.get('content-encoding')).toBe('gzip')
    expect(reply.headers.get('cache-control')).toBe('no-store')
    for (const name of ['access-control-allow-origin', 'access-control-allow-credentials', 'server', 'x-powered-by']) expect(reply.headers.get(name), name).toBeNull()
  })
  test('HEAD answers like GET, without the body', async () => {
    const head = await client.call('heute', { method: 'HEAD' })
    expect([head.status, head.bytes.length, head.headers.get('content-type')]).toEqual([200, 0, 'application/json'])
  })
  test('Start tells what waits for me', async () => {
    const before = await client.ok('heute')
    const { vorgang } = await newVorgang(client, 'Wartet auf mich')
    const now = await client.ok('heute')
    expect(now.offeneVorgaenge).toBe(before.offeneVorgaenge + 1)
    expect(now.meine[0].id).toBe(vorgang.id)
    expect(now.zuletzt[0]).toMatchObject({ id: vorgang.id, betreff: 'Wartet auf mich' })
  })
})

describe('the tenant', () => {
  test('its templates make the signs from then on', async () => {
    const before = await client.ok('mandant')
    expect(before).toMatchObject({ schluessel: 'auenbrueck', zeichenVorgang: '{Aktenplan}-{Akte}/{Jahr}-{Vorgang}' })
    const changed = await client.ok('mandantAendern', { stand: before.stand, body: { zeichenVorgang: 'V {Aktenplan}.{Akte}.{Vorgang}' } })
    expect(changed.stand).toBe(before.stand + 1)
    const { akte, vorgang } = await newVorgang(client, 'Neues Muster')
    expect(vorgang.zeichen).toBe(`V ${akte.zeichen.replace('-', '.')}.1`)
    await client.refused('veraltet', 'mandantAendern', { stand: before.stand, body: { name: 'x' } })
    for (const zeichenVorgang of ['ohne Zahl', '{Unbekannt}', '{Vorgang', '{Dokument}']) expect((await client.refused('eingabe_ungueltig', 'mandantAendern', { stand: changed.stand, body: { zeichenVorgang } })).feld).toBe('zeichenVorgang')
    await client.ok('mandantAendern', { stand: changed.stand, body: { zeichenVorgang: before.zeichenVorgang } })
    expect((await (await server.login('maeder', 'haselrode')).ok('mandant')).schluessel).toBe('haselrode')
  })
})
