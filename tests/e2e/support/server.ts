import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface RunningServer {
  url: string;
  stop: () => Promise<void>;
}
const web = resolve(dirname(fileURLToPath(import.meta.url)), '../../../web');

/** The first address that a program prints; rejects when it ends before. */
async function addressFrom(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('no output to read');
  for await (const line of createInterface({ input: child.stdout })) {
    const match = /https?:\/\/[\w.:[\]-]+/.exec(line);
    if (match !== null) return match[0].replace(/\/$/, '');
  }
  throw new Error(`the server ended before it said its address (code ${child.exitCode})`);
}

async function run(command: string, args: readonly string[], options: { cwd?: string; cleanup?: () => Promise<void> }): Promise<RunningServer> {
  const child = spawn(command, [...args], { stdio: ['ignore', 'pipe', 'inherit'], ...(options.cwd === undefined ? {} : { cwd: options.cwd }) });
  const url = await addressFrom(child);
  child.stdout?.resume();
  const stop = async (): Promise<void> => {
    if (child.exitCode === null) {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    }
    await options.cleanup?.();
  };
  return { url, stop };
}

/** The UI, built into a folder of its own, before the stand-in server of its development. */
async function standIn(): Promise<RunningServer> {
  console.log('AKTENLOTSE_PROGRAM is not set: the journeys run against the stand-in server of the UI.');
  const folder = await mkdtemp(join(tmpdir(), 'aktenlotse-ui-'));
  const vite = 'node_modules/vite/bin/vite.js';
  const built = spawnSync(process.execPath, [vite, 'build', '--outDir', folder, '--emptyOutDir', '--logLevel', 'error'], { cwd: web, stdio: 'inherit' });
  if (built.status !== 0) throw new Error('the UI does not build');
  return run(process.execPath, [vite, 'preview', '--outDir', folder, '--host', '127.0.0.1', '--port', '4188'], { cwd: web, cleanup: () => rm(folder, { recursive: true, force: true }) });
}

/**
 * What the journeys run against, the first that is there:
 * AKTENLOTSE_URL, a server that already runs; AKTENLOTSE_PROGRAM, the program, started with demo data in a fresh folder;
 * else the UI with its stand-in server, which shows that the screens work, not that the server does.
 */
export async function startServer(): Promise<RunningServer> {
  const running = process.env['AKTENLOTSE_URL'];
  if (running !== undefined) return { url: running.replace(/\/$/, ''), stop: () => Promise.resolve() };
  const program = process.env['AKTENLOTSE_PROGRAM'];
  if (program === undefined) return standIn();
  const data = await mkdtemp(join(tmpdir(), 'aktenlotse-e2e-'));
  return run(program, ['serve', '--data', data, '--port', '0', '--demo'], { cleanup: () => rm(data, { recursive: true, force: true }) });
}
