// Uploads that survive what connections and servers do: tus-js-client against the real program.
import { createHash, randomBytes } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { connect, createServer, type Server as NetServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { Upload } from 'tus-js-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Client, Json } from './support/client'
import { Place } from './support/place'
import { command, Server } from './support/server'
import { newVorgang } from './support/town'

let server: Server
let clerk: Client
const sha = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')
const halves = (place: Place): string[] => readdirSync(join(place.blobs, 'uploads'))

beforeAll(async () => {
  server = await Server.demo()
  clerk = await server.login('grossmann')
})
afterAll(() => server.stop())

/** A connection that breaks in the middle: after so many bytes towards the server it is gone, once for each entry. */
class Line {
  private constructor(
    private readonly net: NetServer,
    readonly breaks: number[],
  ) {}
  static async to(target: () => string, ...breaks: number[]): Promise<Line> {
    const net = createServer((near) => {
      const far = connect(Number(new URL(target()).port), '127.0.0.1')
      let left = Infinity
      let seen = 0
      near.on('data', (piece: Buffer) => {
        seen += piece.length
        // Only what is long enough to be bytes of a file is cut.
        if (left === Infinity && seen > 4096 && breaks.length > 0) left = breaks.shift() as number
        if (seen < left) return void far.write(piece)
        near.destroy()
        setTimeout(() => far.destroy(), 20)
      })
      far.on('data', (piece: Buffer) => near.write(piece))
      for (const [one, other] of [[near, far], [far, near]] as const) {
        one.on('error', () => other.destroy())
        one.on('close', () => other.destroy())
      }
    })
    await new Promise<void>((resolve) => net.listen(0, '127.0.0.1', resolve))
    return new Line(net, breaks)
  }
  get url(): string {
    return `http://127.0.0.1:${(this.net.address() as AddressInfo).port}`
  }
  close(): void {
    this.net.close()
  }
}

interface Seen {
  offsets: number[]
  url: string
}
/** Sends bytes as the browser does, and gives where they resumed. */
function send(client: Client, base: string, bytes: Buffer, query: Record<string, string>, onRetry: () => Promise<void> = async () => undefined): Promise<Seen> {
  const offsets: number[] = []
  return new Promise((resolve, reject) => {
    const upload: Upload = new Upload(bytes, {
      endpoint: `${base}/api/uploads?${new URLSearchParams(query)}`,
      headers: { cookie: client.cookie, 'x-csrf-token': client.csrf },
      retryDelays: [50, 100, 200, 400, 800, 1600],
      metadata: { filename: query['dateiname'] ?? '' },
      onBeforeRequest: (request) => {
        if (request.getMethod() === 'PATCH') offsets.push(Number(request.getHeader('Upload-Offset')))
        return offsets.length > 0 && request.getMethod() === 'HEAD' ? onRetry() : undefined
      },
      onError: reject,
      onSuccess: () => resolve({ offsets, url: upload.url ?? '' }),
    })
    upload.start()
  })
}
const madeOf = async (seen: Seen): Promise<Json> => {
  const state = await clerk.ok('upload', { id: seen.url.split('/').pop() ?? '' })
  expect(state.stelle).toBe(state.laenge)
  return clerk.ok('dokument', { id: state.dokument })
}

test('a file arrives whole over a line that breaks three times, and goes on where it was', async () => {
  const bytes = randomBytes(3_000_000)
  const line = await Line.to(() => server.url, 400_000, 900_000, 700_000)
  const { vorgang } = await newVorgang(clerk, 'Wackelige Leitung')
  const seen = await send(clerk, line.url, bytes, { ziel: 'vorgang', objekt: vorgang.id, dateiname: 'Plan (groß).bin' })
  line.close()
  expect(seen.offsets.length).toBe(4)
  expect(seen.offsets[0]).toBe(0)
  expect([...seen.offsets].sort((a, b) => a - b)).toEqual(seen.offsets)
  expect(seen.offsets[3]).toBeGreaterThan(1_500_000)
  const dokument = await madeOf(seen)
  expect(dokument).toMatchObject({ dateiname: 'Plan (groß).bin', groesse: bytes.length, vorgang: { id: vorgang.id } })
  expect(dokument.versionen[0].sha256).toBe(sha(bytes))
  expect(halves(server.place)).toEqual([])
})

test('a server that is started again in the middle goes on where the old one was', async () => {
  const place = await Place.make(true)
  const first = await Server.start(place)
  const user = await first.login('grossmann')
  let current = first
  const bytes = randomBytes(2_000_000)
  const line = await Line.to(() => current.url, 800_000)
  let restarted = 0
  const seen = await send(user, line.url, bytes, { ziel: 'posteingang', dateiname: 'lang.bin' }, async () => {
    if (restarted++ > 0) return
    await current.stop()
    current = await Server.start(place)
  })
  line.close()
  expect([restarted, seen.offsets.length]).toEqual([1, 2])
  expect(seen.offsets[1]).toBeGreaterThan(500_000)
  const again = await current.login('grossmann')
  const state = await again.ok('upload', { id: seen.url.split('/').pop() ?? '' })
  const dokument = await again.ok('dokument', { id: state.dokument })
  expect(dokument.versionen[0].sha256).toBe(sha(bytes))
  await current.stop()
})

const plain = (query: Record<string, string>, length: number, headers: Record<string, string> = {}): Promise<Json> => clerk.ok('uploadAnlegen', { query, headers: { 'tus-resumable': '1.0.0', 'upload-length': `${length}`, ...headers } })
const patch = (id: string, offset: number, raw: string, headers: Record<string, string> = {}): ReturnType<Client['send']> =>
  clerk.send('PATCH', `/api/uploads/${id}`, { raw, headers: { 'tus-resumable': '1.0.0', 'content-type': 'application/offset+octet-stream', 'upload-offset': `${offset}`, ...headers } })

test('the protocol by hand: creation, offset, checksum, length, termination', async () => {
  const { id, ende } = await plain({ ziel: 'posteingang', dateiname: 'brief.txt' }, 10)
  expect(Date.parse(ende)).toBeGreaterThan(Date.now() + 23 * 3_600_000)
  const head = async (): Promise<string | null> => (await clerk.send('HEAD', `/api/uploads/${id}`, { headers: { 'tus-resumable': '1.0.0' } })).headers.get('upload-offset')
  expect(await head()).toBe('0')
  const half = await patch(id, 0, 'Guten', { 'upload-checksum': `sha256 ${createHash('sha256').update('Guten').digest('base64')}` })
  expect([half.status, half.headers.get('upload-offset'), half.headers.get('tus-resumable')]).toEqual([204, '5', '1.0.0'])
  expect((await patch(id, 0, 'Guten')).status).toBe(409)
  expect((await patch(id, 5, ' Tag!', { 'upload-checksum': `sha256 ${createHash('sha256').update('anders').digest('base64')}` })).status).toBe(460)
  expect(await head()).toBe('5')
  expect((await patch(id, 5, ' Tag! Und mehr')).status).toBe(413)
  expect(await head()).toBe('5')
  expect((await patch(id, 5, 'x', { 'content-type': 'text/plain' })).status).toBe(400)
  expect((await patch(id, 5, 'x', { 'tus-resumable': '0.2.2' })).status).toBe(400)
  expect((await clerk.call('uploadFortsetzen', { id, raw: ' Tag!', headers: { 'content-type': 'application/offset+octet-stream', 'upload-offset': '5' } })).status).toBe(204)
  const { dokument } = await clerk.ok('upload', { id })
  expect((await clerk.ok('versionText', { id: dokument, nr: 1 })).text).toBe('Guten Tag!')
  expect((await patch(id, 10, 'x')).status).toBe(409)

  const given = await plain({ ziel: 'posteingang', dateiname: 'x.txt' }, 5)
  await patch(given.id, 0, 'ab')
  expect((await clerk.call('uploadVerwerfen', { id: given.id })).status).toBe(204)
  await clerk.refused('nicht_gefunden', 'upload', { id: given.id })
  expect(halves(server.place)).toEqual([])
  const empty = await plain({ ziel: 'posteingang', dateiname: 'leer.txt' }, 0)
  expect((await clerk.ok('dokument', { id: empty.dokument })).groesse).toBe(0)
})

test('every place that takes a file takes it this way, and rights are asked first', async () => {
  const { vorgang } = await newVorgang(clerk, 'Ziele')
  const into = async (query: Record<string, string>, text: string): Promise<Json> => {
    const { id } = await plain(query, Buffer.byteLength(text))
    expect((await patch(id, 0, text)).status).toBe(204)
    return clerk.ok('dokument', { id: (await clerk.ok('upload', { id })).dokument })
  }
  const dokument = await into({ ziel: 'vorgang', objekt: vorgang.id, dateiname: 'a.txt' }, 'Erste Fassung')
  const second = await into({ ziel: 'version', objekt: dokument.id, dateiname: 'a.txt', basis: '1' }, 'Zweite Fassung')
  expect([second.id, second.version, second.versionen.length]).toEqual([dokument.id, 2, 2])
  expect((await into({ ziel: 'anlage', objekt: dokument.id, dateiname: 'b.txt' }, 'Dazu')).uebergeordnet).toBe(dokument.id)

  const length = { 'upload-length': '3' }
  await clerk.refused('nicht_gefunden', 'uploadAnlegen', { query: { ziel: 'vorgang', objekt: '01900000-0000-7000-8000-00000000dead', dateiname: 'x' }, headers: length })
  await clerk.refused('eingabe_ungueltig', 'uploadAnlegen', { query: { ziel: 'vorgang', dateiname: 'x' }, headers: length })
  await clerk.refused('anfrage_ungueltig', 'uploadAnlegen', { query: { ziel: 'posteingang', dateiname: 'x' } })
  await clerk.refused('zu_gross', 'uploadAnlegen', { query: { ziel: 'posteingang', dateiname: 'x' }, headers: { 'upload-length': '99999999999' } })
  const own = await plain({ ziel: 'posteingang', dateiname: 'x.txt' }, 5)
  const other = await server.login('hoenicke')
  await other.refused('nicht_gefunden', 'upload', { id: own.id })
  await other.refused('nicht_gefunden', 'uploadVerwerfen', { id: own.id })
  // A Vorgang that was closed while the file was under way takes it no more.
  const late = await plain({ ziel: 'vorgang', objekt: vorgang.id, dateiname: 'spaet.txt' }, 4)
  const now = await clerk.ok('vorgang', { id: vorgang.id })
  await clerk.ok('vorgangZda', { id: vorgang.id, stand: now.stand })
  expect((await patch(late.id, 0, 'spät'.slice(0, 3))).status).toBe(409)
  await clerk.ok('uploadVerwerfen', { id: late.id })
  await clerk.ok('uploadVerwerfen', { id: own.id })
})

test('what nobody goes on with is removed', async () => {
  const { id } = await plain({ ziel: 'posteingang', dateiname: 'nie.txt' }, 5)
  await patch(id, 0, 'ab')
  expect(halves(server.place).length).toBe(1)
  await server.place.sql(`UPDATE upload SET ende = 1 WHERE uuid = '${id}'`)
  await clerk.refused('nicht_gefunden', 'upload', { id })
  await server.place.sql("UPDATE auftrag_plan SET naechster = 1 WHERE schluessel = 'uploads.aufraeumen'")
  await server.place.sql('UPDATE auftrag_wecker SET ab = 1')
  expect((await command(server.place, 'jobs', '--run')).code).toBe(0)
  while (halves(server.place).length > 0) await new Promise((resolve) => setTimeout(resolve, 20))
  expect(await server.place.sql(`SELECT COUNT(*) FROM upload WHERE uuid = '${id}'`)).toMatch(/^0/)
})
