// A tenant for practice: the operator makes it, its administration throws all of it away and begins anew, and a real
// town cannot be thrown away by anybody.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Json } from './support/client'
import { Place } from './support/place'
import { command, Server } from './support/server'
import { newVorgang, one } from './support/town'

const passwort = 'zum-Ausprobieren-gut'
const flags = (place: Place, mandant: string): string[] => {
  const file = join(place.folder, 'passwort.txt')
  writeFileSync(file, `${passwort}\n`)
  return ['--mandant', mandant, '--name', 'Übungsstadt Aue', '--passwort-datei', file]
}

test('is made by the operator, filled with work, and put back by its administration', async () => {
  const place = await Place.make(false)
  const made = await command(place, 'uebung', ...flags(place, 'uebung'))
  expect(made.code, made.stdout + made.stderr).toBe(0)
  expect(made.stdout).toContain('Der Übungsmandant „Übungsstadt Aue“ ist angelegt.')
  const server = await Server.start(place)
  expect((await server.client().ok('start')).demo).toBe(false)
  const clerk = await server.login('grossmann', 'uebung', passwort)
  const admin = await server.login('nguyen', 'uebung', passwort)
  expect(await admin.ok('mandant')).toMatchObject({ schluessel: 'uebung', name: 'Übungsstadt Aue', uebung: true })
  const before = (await clerk.all('akten')).map((akte: Json) => akte.zeichen)
  expect(before.length).toBeGreaterThan(5)

  // Work, settings, people and passwords of their own.
  const { akte, vorgang } = await newVorgang(clerk, 'Probe')
  await clerk.upload('dokumentAnlegen', 'probe.txt', 'Zwiebelturm', { id: vorgang.id })
  expect((await clerk.ok('suche', { query: { q: 'Zwiebelturm' } })).anzahl).toBe(1)
  await admin.ok('personAnlegen', { body: { vorname: 'Nele', nachname: 'Neu', anmeldename: 'neu', passwort: 'noch-ein-Passwort' } })
  const other = await one(admin, 'personen', 'anmeldename', 'hoenicke')
  await admin.ok('personPasswort', { id: other.id, body: { passwort: 'ganz-anderes-Wort' } })
  const amt = (await admin.ok('organisationseinheiten')).eintraege[0]
  await admin.ok('eingangsadresseAnlegen', { body: { adresse: 'probe@uebung.example', organisationseinheit: amt.id } })
  await clerk.refused('nicht_erlaubt', 'uebungZuruecksetzen')

  expect(await admin.ok('uebungZuruecksetzen')).toEqual({ schluessel: 'uebung', name: 'Übungsstadt Aue' })
  for (const client of [admin, clerk]) await client.refused('nicht_angemeldet', 'sitzung')
  const again = await server.login('grossmann', 'uebung', passwort)
  expect((await again.all('akten')).map((row: Json) => row.zeichen)).toEqual(before)
  await again.refused('nicht_gefunden', 'akte', { id: akte.id })
  expect((await again.ok('suche', { query: { q: 'Zwiebelturm' } })).anzahl).toBe(0)
  expect((await again.ok('suche', { query: { q: 'Bauantrag' } })).anzahl).toBeGreaterThan(0)
  await server.login('hoenicke', 'uebung', 'ganz-anderes-Wort')
  const back = await server.login('nguyen', 'uebung', passwort)
  expect((await back.ok('personen')).eintraege.map((row: Json) => row.anmeldename)).not.toContain('neu')
  expect((await back.ok('eingangsadressen')).eintraege).toEqual([])
  expect(await back.ok('mandant')).toMatchObject({ uebung: true, stand: 2 })

  // Again and again.
  await back.ok('uebungZuruecksetzen')
  expect((await (await server.login('grossmann', 'uebung', passwort)).all('akten')).length).toBe(before.length)
  await server.stop() // asks `check`, which must find nothing

  const byOperator = await command(place, 'uebung', '--mandant', 'uebung')
  expect(byOperator.stdout + byOperator.stderr).toBe('Der Übungsmandant „uebung“ ist zurückgesetzt; Passwörter gelten weiter.\n')
  const check = await command(place, 'check')
  expect(check.stdout).toMatch(/ 0 Befunde\.\n$/)
}, 240_000)

test('a real town is never thrown away', async () => {
  const server = await Server.demo()
  const admin = await server.login('nguyen')
  expect((await admin.ok('mandant')).uebung).toBe(false)
  const before = (await admin.ok('personen')).eintraege.length
  expect((await admin.refused('konflikt', 'uebungZuruecksetzen')).detail).toBe('Das ist kein Übungsmandant. Zurücksetzen lässt sich nur ein solcher.')
  // No route makes one of it.
  const town = await admin.ok('mandant')
  await admin.refused('eingabe_ungueltig', 'mandantAendern', { stand: town.stand, body: { uebung: true } })
  expect((await admin.ok('personen')).eintraege.length).toBe(before)

  // Side by side: what one loses does not touch the other.
  const made = await command(server.place, 'uebung', ...flags(server.place, 'uebung'))
  expect(made.code, made.stderr).toBe(0)
  const practice = await server.login('nguyen', 'uebung', passwort)
  const akten = await (await server.login('hoenicke')).all('akten')
  await practice.ok('uebungZuruecksetzen')
  expect((await (await server.login('hoenicke')).all('akten')).length).toBe(akten.length)
  const refused = await command(server.place, 'uebung', '--mandant', 'auenbrueck')
  expect([refused.code, refused.stderr]).toEqual([2, 'aktenlotse: Das ist kein Übungsmandant. Zurücksetzen lässt sich nur ein solcher.\n'])
  await server.stop()
}, 240_000)
