import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Clamd } from '../../api/support/clamd';

export interface RunningServer {
  url: string;
  stop: () => Promise<void>;
}
const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');

/** The first address that a program prints; rejects when it ends before. */
async function addressFrom(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('no output to read');
  for await (const line of createInterface({ input: child.stdout })) {
    const match = /https?:\/\/[\w.:[\]-]+/.exec(line);
    if (match !== null) return match[0].replace(/\/$/, '');
  }
  throw new Error(`the server ended before it said its address (code ${child.exitCode})`);
}

async function run(command: string, args: readonly string[], cleanup: () => Promise<void>): Promise<RunningServer> {
  const child = spawn(command, [...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await addressFrom(child);
  child.stdout?.resume();
  const stop = async (): Promise<void> => {
    if (child.exitCode === null) {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    }
    await cleanup();
  };
  return { url, stop };
}

/**
 * What the journeys run against: a server that runs already (AKTENLOTSE_URL), or the program (AKTENLOTSE_PROGRAM, else the
 * one of the dev build), started with demo data in a fresh folder, with further `flags` where a journey needs them.
 */
export async function startServer(...flags: string[]): Promise<RunningServer> {
  const running = process.env['AKTENLOTSE_URL'];
  if (running !== undefined && flags.length === 0) return { url: running.replace(/\/$/, ''), stop: () => Promise.resolve() };
  const program = process.env['AKTENLOTSE_PROGRAM'] ?? join(root, 'build/dev/bin/aktenlotse');
  const data = await mkdtemp(join(tmpdir(), 'aktenlotse-e2e-'));
  const clamd = await Clamd.fake();
  return run(program, ['serve', '--data', data, ...(flags.includes('--port') ? [] : ['--port', '0']), '--demo', '--virenscanner', clamd.address, ...flags], async () => {
    await clamd.stop();
    await rm(data, { recursive: true, force: true });
  });
}
