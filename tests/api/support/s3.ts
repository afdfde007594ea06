// A bucket of npm's s3rver, and a bad line before it.
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer, request, type IncomingMessage, type Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { startS3 } from './s3rver.js'

export type Fault = (incoming: IncomingMessage) => 'pass' | 'fail' | 'cut' | 'half' | 'slow'

export class Bucket {
  /** What happens to a request; tests put a fault here. */
  fault: Fault = () => 'pass'
  readonly seen: string[] = []
  private constructor(
    private readonly store: Awaited<ReturnType<typeof startS3>>,
    private readonly line: HttpServer,
    readonly access: string,
  ) {}

  static async in(folder: string): Promise<Bucket> {
    const data = join(folder, 's3')
    mkdirSync(data, { recursive: true })
    const access = join(folder, 's3-zugang')
    writeFileSync(access, 'S3RVER\nS3RVER\n')
    const store = await startS3(data)
    const { port } = store
    const line = createServer()
    const bucket = new Bucket(store, line, access)
    line.on('request', (incoming, outgoing) => {
      bucket.seen.push(`${incoming.method ?? ''} ${incoming.url ?? ''}`)
      const fault = bucket.fault(incoming)
      if (fault === 'cut') return void incoming.socket.destroy()
      if (fault === 'fail') {
        incoming.resume()
        return void incoming.on('end', () => outgoing.writeHead(503).end('<Error><Code>SlowDown</Code></Error>'))
      }
      if (fault === 'half') {
        // The upload breaks off in the middle: the store behind must not show half an object.
        const onward = request({ port, host: '127.0.0.1', method: incoming.method, path: incoming.url, headers: incoming.headers })
        onward.on('error', () => undefined)
        incoming.once('data', (piece: Buffer) => {
          onward.write(piece.subarray(0, piece.length >> 1))
          setTimeout(() => {
            onward.destroy()
            incoming.socket.destroy()
          }, 50)
        })
        return
      }
      const pass = (): void => {
        const onward = request({ port, host: '127.0.0.1', method: incoming.method, path: incoming.url, headers: incoming.headers }, (reply) => {
          outgoing.writeHead(reply.statusCode ?? 500, reply.headers)
          reply.pipe(outgoing)
        })
        onward.on('error', () => outgoing.destroy())
        incoming.pipe(onward)
      }
      if (fault === 'slow') setTimeout(pass, 700)
      else pass()
    })
    line.listen(0, '127.0.0.1')
    await once(line, 'listening')
    return bucket
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.line.address() as AddressInfo).port}`
  }
  /** The flags that name a place in it to every command. */
  flags(prefix: string, uploads: string): string[] {
    return ['--blobs', `s3://proben/${prefix}?endpoint=${this.endpoint}`, '--s3-zugang', this.access, '--uploads', uploads]
  }
  async close(): Promise<void> {
    this.line.closeAllConnections()
    this.line.close()
    await this.store.close()
  }
}
