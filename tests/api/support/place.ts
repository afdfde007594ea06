// Where a database of the tests lies, and how the program is told.
import { cp, mkdir, mkdtemp } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { inject } from 'vitest'
import { createDatabase, type Engine, sqlAs } from './engine'
import { must } from './process'

/** A database with its blobs. */
export class Place {
  private constructor(
    readonly engine: Engine,
    readonly folder: string,
    readonly database: string,
  ) {}

  /** A fresh one: empty, or with the demo. An engine of its own is for tests that stop it; there is no demo in it. */
  static async make(demo: boolean, engine = inject('engine')): Promise<Place> {
    const folder = await mkdtemp(join(engine.folder, 'ort-'))
    const postgres = engine.name === 'postgres'
    const place = new Place(engine, folder, postgres ? 'ort_' + Buffer.from(basename(folder)).toString('hex') : join(folder, 'daten/aktenlotse.db'))
    if (postgres) await createDatabase(engine, place.database, demo ? 'vorlage' : 'template1')
    if (demo && postgres) await cp(join(engine.folder, 'blobs'), place.blobs, { recursive: true })
    if (demo && !postgres) await cp(join(engine.folder, 'vorlage'), join(folder, 'daten'), { recursive: true })
    await mkdir(place.blobs, { recursive: true })
    return place
  }

  get blobs(): string {
    return this.engine.name === 'postgres' ? join(this.folder, 'blobs') : join(this.folder, 'daten/blobs')
  }

  /** The flags that name this place to every command. */
  get flags(): string[] {
    if (this.engine.name === 'sqlite') return ['--data', join(this.folder, 'daten')]
    return ['--data', `postgresql:///${this.database}?host=${this.engine.folder}&user=aktenlotse`, '--blobs', this.blobs]
  }

  /** SQL past the program: the operator's mistake or somebody's malice. Gives lines of values parted by "|". */
  sql(sql: string): Promise<string> {
    if (this.engine.name === 'sqlite') return must('sqlite3', ['-cmd', '.timeout 10000', this.database, sql])
    return sqlAs('postgres', this.engine.folder, this.database, sql)
  }
}
