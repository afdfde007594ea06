// What the tests run: the program, the engines, the data.
import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { must } from './process'

export const repository = fileURLToPath(new URL('../../../', import.meta.url))
export const program = resolve(process.env['AKTENLOTSE_PROGRAM'] ?? join(repository, 'build/dev/bin/aktenlotse'))
export const testdata = resolve(process.env['AKTENLOTSE_TESTDATA'] ?? join(repository, '../shared/data'))
export const postgresBinaries = (() => {
  const all = '/usr/lib/postgresql'
  const versions = readdirSync(all).sort()
  return join(all, versions[versions.length - 1] ?? '15', 'bin')
})()

export interface Engine {
  name: 'sqlite' | 'postgres'
  /** Holds the demo as it was loaded, and PostgreSQL's socket. */
  folder: string
}

/** SQL past the program, as PostgreSQL's superuser or the program's own role. */
export const sqlAs = (user: string, host: string, database: string, sql: string): Promise<string> =>
  must('psql', ['-h', host, '-U', user, '-v', 'ON_ERROR_STOP=1', '-qAt', '-c', sql, database])

export const createDatabase = (engine: Engine, name: string, template: string): Promise<string> =>
  sqlAs('postgres', engine.folder, 'postgres', `CREATE DATABASE ${name} OWNER aktenlotse TEMPLATE ${template}`)
