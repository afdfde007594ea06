// What can go wrong around the program, made to happen and taken back by the test.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createConnection, createServer, type Server as Listener, type Socket } from 'node:net'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Place } from './place'
import { must, run } from './process'

/** A small disk in the place of a folder, with what lies in it. */
export class SmallDisk {
  private constructor(
    readonly folder: string,
    private readonly aside: string,
  ) {}

  /** Nothing where this machine does not allow it. `spare` is what is free beside what lies there, in MiB. */
  static async inPlaceOf(folder: string, spare: number): Promise<SmallDisk | undefined> {
    const aside = mkdtempSync(`${folder}-`)
    cpSync(folder, aside, { recursive: true })
    const used = Number((await must('du', ['-sm', folder])).split('\t')[0])
    const mounted = await run('mount', ['-t', 'tmpfs', '-o', `size=${used + spare}m,mode=700`, 'tmpfs', folder])
    if (mounted.code !== 0) {
      console.info(`no small disk here: ${mounted.stderr.trim()}`)
      rmSync(aside, { recursive: true })
      return undefined
    }
    cpSync(aside, folder, { recursive: true })
    return new SmallDisk(folder, aside)
  }

  /** Leaves no byte. */
  async fill(): Promise<void> {
    await run('dd', ['if=/dev/zero', `of=${join(this.folder, 'voll')}`, 'bs=64k'])
    await run('dd', ['if=/dev/zero', `of=${join(this.folder, 'voll2')}`, 'bs=512'])
  }
  free(): void {
    for (const name of ['voll', 'voll2']) rmSync(join(this.folder, name), { force: true })
  }
  async remove(): Promise<void> {
    await run('umount', ['-l', this.folder])
    rmSync(this.aside, { recursive: true })
  }
}

/** Makes a folder read-only for whoever opens something there from now on. False where this machine does not allow it. */
export async function readOnly(folder: string): Promise<boolean> {
  if ((await run('mount', ['--bind', folder, folder])).code !== 0) return false
  return (await run('mount', ['-o', 'remount,bind,ro', folder])).code === 0
}
export const writable = (folder: string): Promise<unknown> => run('umount', ['-l', folder])

/** Stands between the program and PostgreSQL. */
export class Gate {
  private readonly sockets = new Set<Socket>()
  private closed = false
  private constructor(
    private readonly listener: Listener,
    private readonly target: string,
  ) {
    listener.on('connection', (client) => this.join(client))
  }

  static async before(place: Place): Promise<Gate> {
    const listener = createServer()
    const gate = new Gate(listener, join(place.engine.folder, '.s.PGSQL.5432'))
    listener.listen(0, '127.0.0.1')
    await once(listener, 'listening')
    return gate
  }
  private join(client: Socket): void {
    if (this.closed) return void client.destroy()
    const server = createConnection(this.target)
    for (const [one, other] of [[client, server], [server, client]] as const) {
      this.sockets.add(one)
      one.pipe(other)
      one.on('error', () => other.destroy())
      one.on('close', () => {
        this.sockets.delete(one)
        other.destroy()
      })
    }
  }

  /** The flags of a place, through this gate. */
  flags(place: Place): string[] {
    const { port } = this.listener.address() as { port: number }
    return ['--data', `postgresql://aktenlotse@127.0.0.1:${port}/${place.database}`, '--blobs', place.blobs]
  }
  /** Cuts every connection, and every one that is tried from now on. */
  cut(): void {
    this.closed = true
    for (const socket of this.sockets) socket.destroy()
  }
  /** Lets nothing through, and says nothing. */
  stall(): void {
    for (const socket of this.sockets) socket.pause()
  }
  open(): void {
    this.closed = false
  }
  close(): void {
    this.cut()
    this.listener.close()
  }
}

/** An extractor that has no memory while the file `eng` is there. */
export function tightExtractor(folder: string, real: string): { program: string; tight: string } {
  mkdirSync(folder, { recursive: true })
  const program = join(folder, 'aktenlotse-extract')
  const tight = join(folder, 'eng')
  writeFileSync(program, `#!/bin/sh\n[ -e '${tight}' ] && ulimit -v 20000\nexec '${real}' "$@"\n`, { mode: 0o755 })
  return { program, tight }
}
