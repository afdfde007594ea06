// The malware scanner: Debian's clamd with one signature of our own, or a small program that speaks as it does.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Background } from './process'

const mark = 'AKTENLOTSE-PROBE-SCHADSOFTWARE'

export class Clamd {
  private constructor(
    /** For --virenscanner. */
    readonly address: string,
    readonly stop: () => Promise<void>,
    /** What the small one is to answer instead; nothing: it closes without a word. */
    readonly say: { answer: string | undefined | null },
    readonly asked: { count: number },
  ) {}

  /** What both find something in. */
  static readonly malware = `Harmlos, aber mit ${mark} darin.`
  static readonly installed = existsSync('/usr/sbin/clamd')

  /** Debian's, offline: its whole database is one signature. It listens on a unix socket. */
  static async debian(): Promise<Clamd> {
    const folder = mkdtempSync(join(tmpdir(), 'aktenlotse-clamd-'))
    writeFileSync(join(folder, 'probe.ndb'), `Aktenlotse.Probe:0:*:${Buffer.from(mark).toString('hex')}\n`)
    writeFileSync(join(folder, 'clamd.conf'), [`LocalSocket ${folder}/clamd.sock`, `DatabaseDirectory ${folder}`, 'Foreground yes', 'StreamMaxLength 2M', 'MaxThreads 4', ''].join('\n'))
    const program = new Background('/usr/sbin/clamd', ['--config-file', join(folder, 'clamd.conf')], 'TERM')
    while (!existsSync(join(folder, 'clamd.sock'))) {
      if (!program.running) throw new Error(`clamd ended: ${program.stderr}${program.stdout}`)
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    const stop = async (): Promise<void> => {
      await program.stop()
      rmSync(folder, { recursive: true, force: true })
    }
    return new Clamd(`unix:${folder}/clamd.sock`, stop, { answer: null }, { count: 0 })
  }

  /** Speaks INSTREAM over TCP. */
  static async fake(port = 0): Promise<Clamd> {
    const say: { answer: string | undefined | null } = { answer: null }
    const asked = { count: 0 }
    const sockets = new Set<Socket>()
    const server: Server = createServer((socket) => {
      sockets.add(socket)
      socket.on('close', () => sockets.delete(socket))
      socket.on('error', () => undefined)
      let got = Buffer.alloc(0)
      socket.on('data', (piece: Buffer) => {
        got = Buffer.concat([got, piece])
        const whole = fileOf(got)
        if (whole === undefined) return
        ++asked.count
        if (say.answer === undefined) return void socket.destroy()
        socket.end(`${say.answer ?? (whole.includes(mark) ? 'stream: Aktenlotse.Probe FOUND' : 'stream: OK')}\0`)
      })
    })
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
    const stop = (): Promise<void> => {
      for (const socket of sockets) socket.destroy()
      return new Promise((resolve) => server.close(() => resolve()))
    }
    return new Clamd(`127.0.0.1:${(server.address() as AddressInfo).port}`, stop, say, asked)
  }
}

/** The bytes that were sent, once the piece of length 0 has come. */
function fileOf(got: Buffer): Buffer | undefined {
  const command = 'zINSTREAM\0'
  if (got.length < command.length) return undefined
  if (got.toString('latin1', 0, command.length) !== command) throw new Error(`not INSTREAM: ${got.toString('latin1', 0, 20)}`)
  const pieces: Buffer[] = []
  for (let at = command.length; at + 4 <= got.length; ) {
    const size = got.readUInt32BE(at)
    at += 4
    if (size === 0) return Buffer.concat(pieces)
    if (at + size > got.length) return undefined
    pieces.push(got.subarray(at, at + size))
    at += size
  }
  return undefined
}
