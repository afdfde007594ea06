// What an attacker looks for first: pages that run what they should not, secrets in logs, in error texts, in the list of
// processes, in memory dumps; and what is in the program from others.
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { chown, mkdtemp, rm, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import type { Json } from './support/client'
import { program, repository } from './support/engine'
import { Place } from './support/place'
import { Background, must, run } from './support/process'
import { command, Server } from './support/server'
import { exchange } from './support/socket'

let server: Server
beforeAll(async () => (server = await Server.demo('--secure-cookies', 'true')))
afterAll(() => server.stop())

/** The program under the keeper of the tests. */
const pidOf = async (keeper: number): Promise<string> => (await must('pgrep', ['-P', String(keeper), '-x', 'aktenlotse'])).trim()

describe('every reply that a browser could show', () => {
  const policyOf = (heard: string): string => /^content-security-policy: (.*)\r$/im.exec(heard)?.[1] ?? ''
  const requests = [
    'GET / HTTP/1.1', 'GET /vorgaenge/x HTTP/1.1', 'GET /gibtesnicht.js HTTP/1.1', 'GET /favicon.svg HTTP/1.1', 'GET /api/start HTTP/1.1', 'GET /api/heute HTTP/1.1',
    'GET /api/gibtesnicht HTTP/1.1', 'GET /metrics HTTP/1.1', 'GET /api/openapi.json HTTP/1.1', 'TRACE / HTTP/1.1', 'OPTIONS /api/start HTTP/1.1', 'PUT / HTTP/1.1',
    'GET /%00 HTTP/1.1', 'GET /<script>alert(1)</script> HTTP/1.1', 'GET /api/start?x=%3Cscript%3E HTTP/1.1', 'UNSINN', 'GET / HTTP/9.9', `GET /${'a'.repeat(20_000)} HTTP/1.1`,
  ]
  test.each(requests.map((request) => [request.slice(0, 50), request]))('%s', async (_, request) => {
    const heard = await exchange(server.url, `${request}\r\nHost: x\r\nConnection: close\r\n\r\n`)
    expect(heard).toMatch(/^HTTP\/1\.1 \d{3} /)
    const policy = policyOf(heard)
    expect(policy).toMatch(/default-src '(none|self)'/)
    expect(policy).not.toMatch(/unsafe-|\*|https?:/)
    expect(policy).toContain("base-uri 'none'")
    expect(policy).toMatch(/object-src 'none'|default-src 'none'/)
    expect(policy).toContain("frame-ancestors 'self'")
    expect(heard).toMatch(/^x-content-type-options: nosniff\r$/im)
    expect(heard).toMatch(/^referrer-policy: same-origin\r$/im)
    expect(heard).toMatch(/^strict-transport-security: max-age=63072000; includeSubDomains\r$/im)
    const type = /^content-type: (.*)\r$/im.exec(heard)?.[1] ?? ''
    // What was asked for comes back only as text of a problem, never as a page.
    if (type.startsWith('text/html')) expect(heard).not.toContain('alert(1)')
    expect(heard.startsWith('HTTP/1.1 200') && request.startsWith('TRACE'), 'TRACE is not answered').toBe(false)
  })
  test('files of others are delivered so that they cannot act', async () => {
    const client = server.client()
    const reply = await client.call('anmelden', { body: { mandant: 'auenbrueck', name: 'grossmann', passwort: 'lotse-demo' } })
    const cookie = reply.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/^__Host-aktenlotse_sitzung=[^;]+; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+; Secure$/)
    client.cookie = cookie.split(';')[0] ?? ''
    client.csrf = reply.json.csrf
    const act = '<script>fetch("/api/anmeldung")</script>'
    for (const [name, content] of [
      ['seite.html', `<!doctype html>${act}`],
      ['bild.svg', `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">${act}</svg>`],
      ['brief.xml', `<?xml version="1.0"?><?xml-stylesheet href="x.xsl"?><a xmlns:h="http://www.w3.org/1999/xhtml"><h:script>1</h:script></a>`],
      ['text.txt', act],
    ] as const) {
      const dokument = await client.upload('eingangErfassen', name, content)
      const file = await client.call('versionInhalt', { id: dokument.id, nr: 1 })
      const type = file.headers.get('content-type') ?? ''
      // A kind that a browser would run is a download, or plain text.
      expect(['application/octet-stream', 'text/plain; charset=utf-8'], name).toContain(type)
      expect(file.headers.get('content-security-policy'), name).toBe("sandbox; default-src 'none'; base-uri 'none'; frame-ancestors 'self'")
      expect(file.headers.get('content-disposition'), name).toMatch(type.startsWith('text/') ? /^inline; / : /^attachment; /)
    }
  })
})

describe('secrets', () => {
  test('stand in no log and no error text', async () => {
    const geheim = 'Geheimnis-9d27c1'
    const client = server.client()
    const texts: string[] = []
    const tell = async (id: string, call: object): Promise<void> => void texts.push((await client.call(id, call)).text)
    await tell('anmelden', { body: { mandant: 'auenbrueck', name: 'grossmann', passwort: geheim } })
    await tell('anmelden', { body: { mandant: geheim, name: geheim, passwort: geheim } })
    await tell('anmelden', { body: { mandant: 'auenbrueck', name: 'grossmann', passwort: [geheim] } })
    await tell('anmelden', { body: { mandant: 'auenbrueck', name: 'grossmann', passwort: geheim, [geheim]: 1 } })
    await tell('anmelden', { raw: `{"passwort":"${geheim}`, headers: { 'content-type': 'application/json' } })
    const session = server.client()
    const reply = await session.call('anmelden', { body: { mandant: 'auenbrueck', name: 'grossmann', passwort: 'lotse-demo' } })
    session.cookie = reply.headers.get('set-cookie')?.split(';')[0] ?? ''
    session.csrf = reply.json.csrf
    texts.push((await session.call('passwortAendern', { body: { alt: geheim, neu: `${geheim}-neu` } })).text)
    texts.push((await session.call('totpBeginnen', { body: { passwort: geheim } })).text)
    texts.push((await session.call('faktorAnlegen', { body: { art: 'totp', bezeichnung: 'x', code: geheim } })).text)
    client.token = `1.${geheim}`
    texts.push((await client.call('heute')).text)
    client.token = ''
    client.cookie = `__Host-aktenlotse_sitzung=1.${geheim}`
    texts.push((await client.call('heute')).text)
    await exchange(server.url, `GET /api/${geheim}?${geheim}=${geheim} HTTP/1.1\r\nHost: ${geheim}\r\nAuthorization: Basic ${geheim}\r\nConnection: close\r\n\r\n`)
    // The name of a member that is not known is said back to whoever sent it; its value never is.
    const spoken = texts.join('\n').replaceAll(`„${geheim}“`, '').replaceAll(`"feld":"${geheim}"`, '')
    expect(spoken).not.toContain(geheim)
    expect(server.log).not.toContain(geheim)
    for (const secret of [session.cookie.split('.')[1] ?? 'x', session.csrf]) expect(server.log).not.toContain(secret)
  })

  test('a password of the database leaves the list of processes', async () => {
    const { folder } = await Place.make(false)
    // One that takes the connection and says nothing, so that the program is there to be looked at.
    const silent = createServer().listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const sockets: Socket[] = []
    silent.on('connection', (socket) => sockets.push(socket))
    const { port } = silent.address() as AddressInfo
    const target = `postgresql://jemand:Geheimwort@127.0.0.1:${port}/daten`
    const background = new Background(program, ['serve', '--data', target, '--blobs', folder, '--port', '0'], 'TERM')
    let seen = ''
    // The keeper of the tests names it too; only the program itself is looked at.
    await expect.poll(async () => {
      const pid = (await run('pgrep', ['-P', String(background.child.pid), '-x', 'aktenlotse'])).stdout.trim()
      if (pid !== '') seen = await run('cat', [`/proc/${pid}/cmdline`]).then((result) => result.stdout)
      return seen.includes('**********')
    }, { timeout: 20_000, interval: 20 }).toBe(true)
    for (const socket of sockets) socket.destroy()
    silent.close()
    await background.stop()
    expect(seen).not.toContain('Geheimwort')
    expect(background.stdout + background.stderr).not.toContain('Geheimwort')
  })

  test('memory is not written to disk when the program dies, and others of its account cannot read it', async () => {
    const limits = readFileSync(`/proc/${await pidOf(server.pid)}/limits`, 'utf8')
    expect(limits).toMatch(/^Max core file size\s+0\s+0\s/m)
    if (process.getuid?.() !== 0 || inject('engine').name !== 'sqlite') return
    // What the kernel does not let be read belongs to root in /proc, whoever runs it.
    const nobody = 65_534
    const folder = await mkdtemp('/tmp/aktenlotse-nobody-')
    await chown(folder, nobody, nobody)
    const background = new Background(program, ['serve', '--demo', '--data', join(folder, 'daten'), '--port', '0', '--log', 'off'], 'TERM', { uid: nobody, gid: nobody })
    try {
      const pid = await expect.poll(async () => (await run('pgrep', ['-P', String(background.child.pid), '-x', 'aktenlotse'])).stdout.trim(), { timeout: 20_000 }).not.toBe('').then(() => pidOf(background.child.pid ?? 0))
      await expect.poll(async () => (await stat(`/proc/${pid}/mem`)).uid, { timeout: 20_000 }).toBe(0)
      expect((await stat(`/proc/${pid}/environ`)).uid).toBe(0)
    } finally {
      await background.stop()
      await rm(folder, { recursive: true, force: true })
    }
  })
})

test('numbers are told to whoever has the token, where the operator names one', async () => {
  const place = await Place.make(false)
  const file = join(place.folder, 'metrik-token')
  writeFileSync(file, 'kurz\n')
  const refused = await command(place, 'serve', '--port', '0', '--metrik-token-datei', file)
  expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('mindestens 16 Zeichen')])
  const token = 'ein-langes-token-fuer-prometheus'
  writeFileSync(file, `${token}\n`)
  const guarded = await Server.start(place, '--metrik-token-datei', file)
  const asked = (headers: Record<string, string> = {}) => guarded.client().send('GET', '/metrics', { headers })
  for (const authorization of [undefined, token, `Bearer ${token}x`, `Bearer ${token.slice(1)}`, 'Bearer ']) {
    const reply = await asked(authorization === undefined ? {} : { authorization })
    expect([reply.status, reply.text.includes('aktenlotse_http')]).toEqual([401, false])
  }
  const reply = await asked({ authorization: `Bearer ${token}` })
  expect([reply.status, reply.text.includes('aktenlotse_http_connections')]).toEqual([200, true])
  expect((await guarded.client().send('GET', '/api/health')).status).toBe(200)
  await guarded.stop()
})

test('the bill of materials is valid CycloneDX, names what the programs load, and is the same each time', async () => {
  if (inject('engine').name !== 'sqlite') return
  const build = join(program, '../..')
  const text = await must(join(repository, 'tools/sbom'), [build])
  expect(await must(join(repository, 'tools/sbom'), [build])).toBe(text)
  const bom = JSON.parse(text) as Json
  const schemas = join(createRequire(import.meta.url).resolve('@cyclonedx/cyclonedx-library/package.json'), '../res/schema')
  const schema = (name: string): Json => JSON.parse(readFileSync(join(schemas, `${name}.SNAPSHOT.schema.json`), 'utf8'))
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false })
  for (const name of ['spdx', 'jsf-0.82']) ajv.addSchema(schema(name), `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`)
  const valid = ajv.compile(schema('bom-1.6'))
  expect(valid(bom), JSON.stringify(valid.errors?.slice(0, 5))).toBe(true)
  const names = bom.components.map((one: Json) => one.name)
  for (const name of ['libssl3', 'libsodium23', 'libfido2-1', 'libsqlite3-0', 'libpq5', 'libpoppler126', 'libtesseract5', 'svelte', 'pdfjs-dist', '@kern-ux/native', 'bpmn-js', 'tus-js-client']) expect(names).toContain(name)
  for (const name of ['vite', 'vitest', 'typescript', 'playwright', 'libgtest']) expect(names).not.toContain(name)
  for (const one of bom.components) expect(one.version, one.name).toMatch(/\d/)
})
