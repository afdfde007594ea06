// What several tests look up in the demo's larger town.
import type { Client, Json } from './client'

/** A day as the server counts them, by the clock of Germany; 0 is today. */
export const dayFromNow = (days: number): string => new Date(Date.now() + days * 86_400_000).toLocaleDateString('sv-SE', { timeZone: 'Europe/Berlin' })

export const randomId = '01900000-0000-7000-8000-00000000dead'

export async function one(client: Client, list: string, key: string, value: string): Promise<Json> {
  const all = ['aktenplan', 'organisationseinheiten', 'stellen', 'personen', 'zugriffe'].includes(list) ? (await client.ok(list)).eintraege : await client.all(list)
  const found = all.find((entry: Json) => entry[key] === value)
  if (!found) throw new Error(`${list} has no ${key} ${value}`)
  return found
}

/** A new Akte, by default under the Bauamt's entry for Befreiungen, and a Vorgang in it. */
export async function newVorgang(client: Client, betreff: string, kennzeichen = '632'): Promise<{ akte: Json; vorgang: Json }> {
  const blatt = await one(client, 'aktenplan', 'kennzeichen', kennzeichen)
  const akte = await client.ok('akteAnlegen', { body: { aktenplaneinheit: blatt.id, betreff: `Akte zu ${betreff}` } })
  const vorgang = await client.ok('vorgangAnlegen', { body: { akte: akte.id, betreff } })
  return { akte, vorgang }
}

export const sentences = async (client: Client, list: string, id: string, language = 'de'): Promise<string[]> =>
  (await client.ok(list, { id, headers: { 'accept-language': language } })).eintraege.map((entry: Json) => entry.satz)
