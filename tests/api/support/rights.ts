// The rules of access, written a second time from the documents alone: docs/rechte.md for roles, and "a definition names
// everybody, a unit's own people, a Stelle, a person, or a role" for reach. Tests compare the program with them.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Client, Json } from './client'
import type { Operation } from './contract'
import { repository } from './engine'

export const read = (path: string): string => readFileSync(join(repository, path), 'utf8')

/** Role -> rights, from the table in docs/rechte.md. */
export function rightsOfRoles(): Map<string, Set<string>> {
  const [head, , ...rows] = read('docs/rechte.md').split('\n').filter((line) => line.startsWith('| ')).map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()))
  const out = new Map<string, Set<string>>((head ?? []).slice(1).map((role) => [role, new Set<string>()]))
  for (const [right, ...marks] of rows) marks.forEach((mark, i) => mark === 'x' && out.get(head?.[i + 1] ?? '')?.add(right?.replaceAll('`', '') ?? ''))
  return out
}

export interface Town {
  name: string
  logins: string[]
}
export const towns: Town[] = (JSON.parse(read('demo/staedte.json')) as Json).staedte.map((town: Json) => ({
  name: town.schluessel,
  logins: town.personen.map((person: Json) => person.anmeldename),
}))

export interface Organisation {
  personen: Json[]
  stellen: Json[]
  zugriffe: Json[]
}
export async function organisationOf(client: Client): Promise<Organisation> {
  const [personen, stellen, zugriffe] = await Promise.all(['personen', 'stellen', 'zugriffe'].map(async (list) => (await client.ok(list)).eintraege))
  return { personen, stellen, zugriffe }
}

export const rolesOf = (organisation: Organisation, person: string): string[] =>
  organisation.stellen.filter((stelle) => stelle.personen.some((p: Json) => p.id === person)).flatMap((stelle) => stelle.rollen)

/** How far a person reaches an access definition. */
export function reach(organisation: Organisation, person: string, zugriff: string): 'lesen' | 'bearbeiten' | undefined {
  const held = organisation.stellen.filter((stelle) => stelle.personen.some((p: Json) => p.id === person))
  const bearers: Record<string, string[]> = {
    alle: [''],
    person: [person],
    stelle: held.map((stelle) => stelle.id),
    organisationseinheit: held.map((stelle) => stelle.organisationseinheit),
    rolle: held.flatMap((stelle) => stelle.rollen),
  }
  const entries: Json[] = organisation.zugriffe.find((entry) => entry.id === zugriff).eintraege
  const levels = entries.filter((entry) => bearers[entry.traegerArt]?.includes(entry.traeger ?? '')).map((entry) => entry.stufe)
  return levels.includes('bearbeiten') ? 'bearbeiten' : levels[0]
}

/** The kind of object that a path is about: "akten" of /api/akten/{id}/zda. */
export const kindOf = (operation: Operation): string | undefined => /^\/api\/(?:netz\/)?(\w+)\/\{id\}/.exec(operation.path)?.[1]
export const needsState = (operation: Operation): boolean => operation.parameters.some((parameter) => parameter.name === 'If-Match')
export const isUpload = (operation: Operation): boolean => operation.requestBody?.content?.['*/*'] !== undefined

/** A body that the schema accepts, naming `reference` wherever an object is named; optional ones too when asked. */
export function sample(schema: Json, components: Json, reference: string, all = false): Json {
  if (schema.$ref) return sample(components[schema.$ref.split('/').pop()], components, reference, all)
  if (schema.anyOf) return sample(schema.anyOf[0], components, reference, all)
  if (schema.enum) return schema.enum[0]
  if (schema.type === 'object') {
    const names = Object.keys(schema.properties).filter((name) => schema.required?.includes(name) || (all && mentionsObject(schema.properties[name], components)))
    return Object.fromEntries(names.map((name) => [name, sample(schema.properties[name], components, reference, all)]))
  }
  if (schema.type === 'array') return mentionsObject(schema.items, components) ? [sample(schema.items, components, reference, all)] : []
  if (schema.type === 'boolean') return false
  if (schema.type === 'integer') return 1
  if (schema.format === 'uuid') return reference
  if (schema.format === 'date') return '2027-01-01'
  return 'Probe'.padEnd(schema.minLength ?? 1, 'x')
}
const mentionsObject = (schema: Json, components: Json): boolean =>
  /"uuid"/.test(JSON.stringify(schema)) || [...JSON.stringify(schema).matchAll(/#\/components\/schemas\/(\w+)/g)].some(([, name = '']) => mentionsObject(components[name], components))

/** The same for every entry, several at a time: the server has a queue of its own. */
export async function each<T>(entries: Iterable<T>, act: (entry: T) => Promise<void>, width = 6): Promise<void> {
  const queue = [...entries]
  await Promise.all(Array.from({ length: width }, async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) await act(next)
  }))
}
