// Before all tests of an engine: its database server, and the demo once, which every test file copies for itself.
import { chown, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { Background, must, run } from './process'
import { createDatabase, type Engine, postgresBinaries, program, sqlAs } from './engine'

async function ids(user: string): Promise<{ uid: number; gid: number }> {
  return { uid: Number(await must('id', ['-u', user])), gid: Number(await must('id', ['-g', user])) }
}

/** PostgreSQL on a socket of its own folder, anew or on the data of one that was stopped. It refuses to run as root; Debian's package brings the user for it. */
export async function startPostgres(folder: string, before?: string): Promise<Background & { data: string }> {
  const user = process.getuid?.() === 0 ? await ids('postgres') : undefined
  const cluster = before ?? (await mkdtemp(join(folder, 'pg-')))
  if (user) for (const path of [folder, cluster]) await chown(path, user.uid, user.gid)
  const initdb = ['--username=postgres', '--auth=trust', '--no-sync', '--encoding=UTF8', '--locale=C.UTF-8', '--locale-provider=icu', '--icu-locale=de-DE']
  if (before === undefined) await must(`${postgresBinaries}/initdb`, [`--pgdata=${cluster}`, ...initdb], user)
  const settings = { listen_addresses: '', unix_socket_directories: folder, fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' }
  const flags = Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`])
  const server = new Background(`${postgresBinaries}/postgres`, ['-D', cluster, ...flags], 'INT', user)
  await server.until((_, log) => (log.includes('ready to accept connections') ? true : undefined))
  while ((await run('psql', ['-h', folder, '-U', 'postgres', '-c', 'SELECT 1', 'postgres'])).code !== 0)
    if (!server.running) throw new Error(server.stderr)
  if (before === undefined) await sqlAs('postgres', folder, 'postgres', 'CREATE ROLE aktenlotse LOGIN NOSUPERUSER NOBYPASSRLS')
  return Object.assign(server, { data: cluster })
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'aktenlotse-api-'))
  const engine: Engine = { name: project.name as Engine['name'], folder }
  const postgres = engine.name === 'postgres' ? await startPostgres(folder) : undefined
  if (postgres) await createDatabase(engine, 'vorlage', 'template1')
  const data = postgres ? ['--data', `postgresql:///vorlage?host=${folder}&user=aktenlotse`, '--blobs', join(folder, 'blobs')] : ['--data', join(folder, 'vorlage')]
  const demo = new Background(program, ['serve', ...data, '--port', '0', '--demo', '--log', 'error'], 'TERM')
  await demo.until((out) => (out.includes('http://') ? true : undefined))
  if ((await demo.stop()) !== 0) throw new Error(`the demo did not end well: ${demo.stderr}`)
  // What jobs make of the demo is made once; each copy would have it to do again.
  await must(program, ['jobs', '--run', ...data])
  project.provide('engine', engine)
  return async () => {
    await postgres?.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

declare module 'vitest' {
  export interface ProvidedContext {
    engine: Engine
  }
}
