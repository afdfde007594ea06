// Everything that comes in: what is there already is shown, to those who may see it.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Client, Json } from './support/client'
import { Server } from './support/server'
import { newVorgang } from './support/town'

let server: Server
let clerk: Client

beforeAll(async () => {
  server = await Server.demo()
  clerk = await server.login('grossmann')
})
afterAll(() => server.stop())

test('the same bytes are taken again, and shown where they lie already', async () => {
  const bytes = 'Die Hecke an der Talstraße ragt in den Gehweg.'
  const vorgang = (await clerk.all('vorgaenge')).find((one) => one.darf.includes('dokumentAnlegen'))
  const filed = await clerk.upload('dokumentAnlegen', 'hecke.txt', bytes, { id: vorgang.id })
  const again = await clerk.upload('eingangErfassen', 'hecke (2).txt', bytes)
  const other = await clerk.upload('eingangErfassen', 'hecke.txt', `${bytes} Bitte schneiden.`)
  const found = async (client: Client, id: string): Promise<Json[]> => (await client.ok('dokumentDubletten', { id })).eintraege
  expect(await found(clerk, again.id)).toEqual([expect.objectContaining({ dokument: filed.id, dateiname: 'hecke.txt', version: 1, vorgang: expect.objectContaining({ id: vorgang.id, zeichen: vorgang.zeichen }) })])
  expect((await found(clerk, filed.id)).map((one) => one.dokument)).toEqual([again.id])
  expect(await found(clerk, other.id)).toEqual([])

  // A Vorgang that is hidden from the clerk: he hands in the same, and learns nothing of it.
  const registry = await server.login('hoenicke')
  const admin = await server.login('nguyen')
  const own = await admin.ok('zugriffAnlegen', { body: { bezeichnung: 'Nur Registratur', eintraege: [{ traegerArt: 'person', traeger: registry.session.person.id, stufe: 'bearbeiten' }] } })
  const { vorgang: hidden } = await newVorgang(registry, 'Verdeckt')
  await registry.ok('vorgangZugriff', { id: hidden.id, stand: hidden.stand, body: { zugriff: own.id } })
  const secret = await registry.upload('dokumentAnlegen', 'verdeckt.txt', 'Was niemand sonst wissen soll.', { id: hidden.id })
  const theirs = await clerk.upload('eingangErfassen', 'zufall.txt', 'Was niemand sonst wissen soll.')
  expect(await found(clerk, theirs.id)).toEqual([])
  expect((await registry.ok('dokumentDubletten', { id: secret.id })).eintraege.every((one: Json) => one.dokument !== secret.id)).toBe(true)
})

test('what is not filed is handed to another unit, with its Anlagen, and who sees it is as that unit says', async () => {
  const units: Json[] = (await clerk.ok('organisationseinheiten')).eintraege
  const letter = await clerk.upload('eingangErfassen', 'falsch.txt', 'Das gehört woanders hin')
  await clerk.upload('anlageAnlegen', 'dazu.txt', 'Anlage dazu', { id: letter.id })
  const fresh = await clerk.ok('dokument', { id: letter.id })
  const here = fresh.organisationseinheit.id
  await clerk.refused('konflikt', 'dokumentWeiterreichen', { id: letter.id, stand: fresh.stand, body: { organisationseinheit: here } })
  await clerk.refused('konflikt', 'dokumentWeiterreichen', { id: fresh.anlagenListe[0].id, stand: fresh.anlagenListe[0].stand, body: { organisationseinheit: here } })
  await clerk.refused('eingabe_ungueltig', 'dokumentWeiterreichen', { id: letter.id, stand: fresh.stand, body: { organisationseinheit: letter.id } })
  for (const unit of units.filter((one) => one.id !== here).slice(0, 3)) {
    const now = await clerk.call('dokument', { id: letter.id })
    if (now.status === 404) break // handed out of one's own sight: only that unit can hand it back
    const handed = await clerk.ok('dokumentWeiterreichen', { id: letter.id, stand: now.json.stand, body: { organisationseinheit: unit.id } })
    expect(handed).toMatchObject({ id: letter.id, organisationseinheit: { id: unit.id } })
    const seen = await clerk.call('dokument', { id: letter.id })
    expect(seen.status === 200).toBe(handed.sichtbar)
    if (!handed.sichtbar) continue
    expect(seen.json.organisationseinheit.id).toBe(unit.id)
    expect((await clerk.ok('dokument', { id: seen.json.anlagenListe[0].id })).organisationseinheit.id).toBe(unit.id)
    expect((await clerk.ok('dokumentHistorie', { id: letter.id })).eintraege[0].satz).toContain('einer anderen Organisationseinheit gegeben')
  }
  const { vorgang } = await newVorgang(clerk, 'Schon abgelegt')
  const filed = await clerk.upload('dokumentAnlegen', 'abgelegt.txt', 'abgelegt', { id: vorgang.id })
  await clerk.refused('konflikt', 'dokumentWeiterreichen', { id: filed.id, stand: filed.stand, body: { organisationseinheit: here } })
})
