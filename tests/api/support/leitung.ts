// The line between two installations, held by the test: it lets through, cuts, alters, or gives an older answer again.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Zustand = 'durch' | 'schneiden' | 'veraendern' | 'alte' | 'zuviel' | 'tot'

export class Leitung {
  zustand: Zustand = 'durch'
  /** What was asked and answered, oldest first. */
  readonly fragen: string[] = []
  readonly antworten: Buffer[] = []

  private constructor(
    private readonly server: Server,
    private readonly ziel: () => string,
  ) {}

  static async nach(ziel: () => string): Promise<Leitung> {
    const server = createServer()
    const leitung = new Leitung(server, ziel)
    server.on('request', (request, response) => {
      const pieces: Buffer[] = []
      request.on('data', (piece: Buffer) => pieces.push(piece))
      request.on('end', () => void leitung.gib(request.url ?? '', Buffer.concat(pieces), response))
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    return leitung
  }

  get adresse(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  private async gib(path: string, frage: Buffer, response: import('node:http').ServerResponse): Promise<void> {
    if (this.zustand === 'tot') return void response.destroy()
    this.fragen.push(frage.toString())
    const reply = await fetch(this.ziel() + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: new Uint8Array(frage) })
    let body: Buffer = Buffer.from(await reply.arrayBuffer())
    const alte = this.antworten[0]
    if (reply.status === 200) this.antworten.push(body)
    if (this.zustand === 'zuviel') body = Buffer.alloc(5 * 1024 * 1024, ' ')
    if (this.zustand === 'alte' && alte) body = alte
    if (this.zustand === 'veraendern') {
      const at = Math.floor(body.length / 2)
      body[at] = (body[at] ?? 0) ^ 1
    }
    response.writeHead(reply.status, { 'content-type': reply.headers.get('content-type') ?? '', 'content-length': body.length })
    if (this.zustand !== 'schneiden') return void response.end(body)
    response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.destroy())
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections()
    await new Promise((done) => this.server.close(done))
  }
}
