// Programs that end with the test process, however that ends: a shell waits on our pipe and stops them when it closes.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

export interface Result {
  code: number
  stdout: string
  stderr: string
}
export interface Options {
  env?: Record<string, string>
  uid?: number
  gid?: number
  /** Bytes for standard input; only for `run`. */
  input?: string
}

/** Runs a program to its end. */
export async function run(command: string, args: string[], options: Options = {}): Promise<Result> {
  const child = spawn(command, args, { ...options, env: { ...process.env, ...options.env } })
  const out: Buffer[] = []
  const err: Buffer[] = []
  child.stdout.on('data', (piece: Buffer) => out.push(piece))
  child.stderr.on('data', (piece: Buffer) => err.push(piece))
  child.stdin.on('error', () => undefined) // a program may end before it has read everything
  child.stdin.end(options.input ?? '')
  const [code] = (await once(child, 'close')) as [number | null]
  return { code: code ?? -1, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() }
}

/** Runs a program that must succeed; gives what it printed. */
export async function must(command: string, args: string[], options: Options = {}): Promise<string> {
  const result = await run(command, args, options)
  if (result.code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${result.code}: ${result.stderr}${result.stdout}`)
  return result.stdout
}

const keeper = 'signal=$1; shift; "$@" <&- & child=$!; (cat >/dev/null; kill -s "$signal" "$child" 2>/dev/null) & wait "$child"'

export class Background {
  readonly child: ChildProcess
  stdout = ''
  stderr = ''
  private readonly ended: Promise<number>

  constructor(command: string, args: string[], signal: 'TERM' | 'INT', options: Options = {}) {
    // Standard input must be named for the job, else a shell gives background jobs /dev/null, and `cat` would end at once.
    const script = `exec 3<&0; ${keeper.replace('cat >', 'cat <&3 >')}`
    this.child = spawn('/bin/sh', ['-c', script, 'keeper', signal, command, ...args], {
      ...options,
      stdio: 'pipe',
      env: { ...process.env, ...options.env },
    })
    this.child.stdout?.on('data', (piece: Buffer) => (this.stdout += piece.toString()))
    this.child.stderr?.on('data', (piece: Buffer) => (this.stderr += piece.toString()))
    this.ended = once(this.child, 'exit').then(([code]) => (code as number | null) ?? -1)
  }

  get running(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null
  }

  /** Waits until `found` gives something for what was printed; throws when the program ends before. */
  async until<T>(found: (stdout: string, stderr: string) => T | undefined): Promise<T> {
    for (;;) {
      const value = found(this.stdout, this.stderr)
      if (value !== undefined) return value
      if (!this.running) throw new Error(`the program ended: ${this.stderr}${this.stdout}`)
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  }

  /** Asks the program to end, and gives its exit code. */
  async stop(): Promise<number> {
    this.child.stdin?.end()
    return this.ended
  }
}
