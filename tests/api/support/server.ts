// The real program, from outside.
import { appendFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { Client } from './client'
import { Contract } from './contract'
import { program } from './engine'
import { Place } from './place'
import { Background, must, type Result, run } from './process'

/** Runs a command of the program on a place. */
export const command = (place: Place, name: string, ...args: string[]): Promise<Result> => run(program, [name, ...place.flags, ...args])

export class Server {
  private constructor(
    readonly place: Place,
    readonly url: string,
    readonly contract: Contract,
    private readonly process: Background,
  ) {}

  static start(place: Place, ...flags: string[]): Promise<Server> {
    return Server.startWith({}, place, ...flags)
  }

  static async startWith(env: Record<string, string>, place: Place, ...flags: string[]): Promise<Server> {
    // A test may lead to the same place by another way.
    const where = flags.includes('--data') ? [] : place.flags
    const background = new Background(program, ['serve', ...where, '--port', '0', ...flags], 'TERM', { env })
    const url = await background.until((out) => /http:\/\/[\d.:]+/.exec(out)?.[0])
    return new Server(place, url, await Contract.of(url), background)
  }

  static async demo(...flags: string[]): Promise<Server> {
    return Server.start(await Place.make(true), '--demo', ...flags)
  }

  client(): Client {
    return new Client(this.url, this.contract)
  }

  async login(name: string, mandant = 'auenbrueck', passwort = 'lotse-demo'): Promise<Client> {
    const client = this.client()
    const { offen } = await client.login(mandant, name, passwort)
    if (offen?.art === 'kennwort') await client.choosePassword(passwort, `${passwort}-selbst`)
    return client
  }

  /** What the program printed for people. */
  get out(): string {
    return this.process.stdout
  }
  get log(): string {
    return this.process.stderr
  }
  get pid(): number {
    return this.process.child.pid ?? 0
  }
  /** Changes a limit of the running program, as prlimit(1) names them. */
  async limit(name: string, soft: number | 'unlimited'): Promise<void> {
    const child = (await must('pgrep', ['-P', String(this.pid), '-x', 'aktenlotse'])).trim()
    await must('prlimit', ['--pid', child, `--${name}=${soft}:`])
  }
  /** The files that the program has open. */
  async openFiles(): Promise<number> {
    const child = (await must('pgrep', ['-P', String(this.pid), '-x', 'aktenlotse'])).trim()
    return readdirSync(`/proc/${child}/fd`).length
  }
  get running(): boolean {
    return this.process.running
  }

  /** Ends the program as a power cut does, as far as the program can tell. */
  async kill(): Promise<void> {
    await run('pkill', ['-KILL', '-P', String(this.pid), '-x', 'aktenlotse'])
    await this.process.stop()
  }

  /** Ends the program as an operator does; it must end well, and leave data in which `check` finds nothing. `caused`
   * are the errors that the test itself has caused. */
  async stop(caused?: RegExp): Promise<void> {
    expect(await this.process.stop(), this.log.slice(-2000)).toBe(0)
    expect(this.log.split('\n').filter((line) => line.includes('"ereignis":"fehler"') && caused?.test(line) !== true), 'errors of the server itself').toEqual([])
    const calls = process.env['AKTENLOTSE_TEST_CALLS']
    if (calls) appendFileSync(join(calls, this.place.engine.name), [...this.contract.called].map((id) => `${id}\n`).join(''))
    const check = await command(this.place, 'check')
    expect(check.stdout + check.stderr).toMatch(/ 0 Befunde\.\n$/)
    expect(check.code).toBe(0)
  }
}
