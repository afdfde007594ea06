// Data that a town sets for itself: fields of its own, where paper is, who stands in for whom, people from a table.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Client, Json } from './support/client'
import { Server } from './support/server'
import { dayFromNow, newVorgang, one } from './support/town'

let server: Server
let registratur: Client
let bauamt: Client
let admin: Client
beforeAll(async () => {
  server = await Server.demo()
  registratur = await server.login('hoenicke')
  bauamt = await server.login('grossmann')
  admin = await server.login('nguyen')
})
afterAll(() => server.stop())

describe('fields of its own', () => {
  const field = (body: Json): Promise<Json> => registratur.ok('feldartAnlegen', { body: { typ: 'Bauvoranfrage', ...body } })
  test('are typed, asked for, and found', async () => {
    const flur = await field({ bezeichnung: 'Flurstück', art: 'text', pflicht: true })
    const kosten = await field({ bezeichnung: 'Baukosten', art: 'zahl', reihenfolge: 2 })
    const beginn = await field({ bezeichnung: 'Baubeginn', art: 'datum' })
    const denkmal = await field({ bezeichnung: 'Denkmal', art: 'jaNein' })
    const klasse = await field({ bezeichnung: 'Gebäudeklasse', art: 'auswahl', auswahl: ['GK 1', 'GK 2'] })
    expect((await registratur.refused('vergeben', 'feldartAnlegen', { body: { typ: 'Bauvoranfrage', bezeichnung: 'Denkmal', art: 'text' } })).feld).toBe('bezeichnung')
    await registratur.refused('eingabe_ungueltig', 'feldartAnlegen', { body: { typ: 'Bauvoranfrage', bezeichnung: 'Leer', art: 'auswahl' } })
    await bauamt.refused('nicht_erlaubt', 'feldartAnlegen', { body: { typ: 'Bauvoranfrage', bezeichnung: 'x', art: 'text' } })
    const { vorgang } = await newVorgang(bauamt, 'Felder')
    const set = (werte: Json[], more: Json = {}): Json => ({ id: vorgang.id, stand: vorgang.stand, body: { werte, ...more } })
    expect((await bauamt.refused('eingabe_ungueltig', 'vorgangFelderSetzen', set([], { typ: 'Bauvoranfrage' }))).feld).toBe('Flurstück')
    const done = await bauamt.ok('vorgangFelderSetzen', set([{ feld: flur.id, wert: '12/3_a' }, { feld: kosten.id, wert: '1.234,50' }, { feld: beginn.id, wert: '01.03.2027' }, { feld: denkmal.id, wert: 'Ja' }, { feld: klasse.id, wert: 'gk 2' }], { typ: 'Bauvoranfrage' }))
    expect(done.felder.map((entry: Json) => entry.wert)).toEqual(['12/3_a', '2027-03-01', 'ja', 'GK 2', '1.234,50'])
    const now = await bauamt.ok('vorgangFelder', { id: vorgang.id })
    for (const [feld, wert] of [[kosten.id, 'viel'], [beginn.id, '31.02.2027'], [denkmal.id, 'vielleicht'], [klasse.id, 'GK 9'], [kosten.id, '1,2345']])
      await bauamt.refused('eingabe_ungueltig', 'vorgangFelderSetzen', { id: vorgang.id, stand: now.stand, body: { werte: [{ feld, wert }] } })
    const found = async (query: Json): Promise<string[]> => (await bauamt.all('feldsuche', { query })).map((row) => row.id)
    expect(await found({ feld: flur.id, wert: '3_A' })).toEqual([vorgang.id])
    expect(await found({ feld: flur.id, wert: '3xa' })).toEqual([])
    expect(await found({ feld: kosten.id, von: '1000', bis: '1234,5' })).toEqual([vorgang.id])
    expect(await found({ feld: kosten.id, von: '1234,501' })).toEqual([])
    expect(await found({ feld: beginn.id, von: '2027-03-01', bis: '2027-03-01' })).toEqual([vorgang.id])
    await bauamt.refused('eingabe_ungueltig', 'feldsuche', { query: { feld: flur.id, von: 'a' } })
    await registratur.refused('konflikt', 'feldartAendern', { id: kosten.id, stand: kosten.stand, body: { typ: 'Bauvoranfrage', bezeichnung: 'Baukosten', art: 'text' } })
    const renamed = await registratur.ok('feldartAendern', { id: kosten.id, stand: kosten.stand, body: { typ: 'Bauvoranfrage', bezeichnung: 'Baukosten netto', art: 'zahl' } })
    expect((await registratur.ok('feldarten')).eintraege).toContainEqual(renamed)
  })
})

test('paper has a place, is lent, and comes back', async () => {
  const { akte } = await newVorgang(registratur, 'Papier')
  await registratur.refused('konflikt', 'akteAusleihen', { id: akte.id, stand: akte.stand, body: {} })
  const placed = await registratur.ok('akteStandortSetzen', { id: akte.id, stand: akte.stand, body: { medium: 'hybrid', standort: 'Keller, Regal 4' } })
  expect(placed).toMatchObject({ medium: 'hybrid', standort: 'Keller, Regal 4', ausleihen: [] })
  const reader = await one(bauamt, 'personen', 'anmeldename', 'grossmann')
  const lent = await registratur.ok('akteAusleihen', { id: akte.id, stand: placed.stand, body: { person: reader.id, bis: '2099-01-01' } })
  expect(lent.ausleihen[0]).toMatchObject({ person: { name: 'Sabine Großmann' }, bis: '2099-01-01' })
  await registratur.refused('konflikt', 'akteAusleihen', { id: akte.id, stand: placed.stand, body: {} })
  await registratur.refused('konflikt', 'akteStandortSetzen', { id: akte.id, stand: placed.stand, body: { medium: 'elektronisch' } })
  expect((await registratur.ok('ausleihen')).eintraege.map((loan: Json) => loan.akte.id)).toContain(akte.id)
  const back = await registratur.ok('akteZurueckgeben', { id: akte.id, stand: placed.stand, body: {} })
  expect(back.ausleihen[0].zurueck).toBeDefined()
  await registratur.refused('konflikt', 'akteZurueckgeben', { id: akte.id, stand: placed.stand, body: {} })
  expect(await registratur.ok('akteStandort', { id: akte.id })).toMatchObject({ ausleihen: [back.ausleihen[0]] })
})

test('who stands in for whom', async () => {
  const [me, other] = [bauamt.session.person.id, (await one(bauamt, 'personen', 'anmeldename', 'hoenicke')).id]
  const before = (await bauamt.ok('vertretungen')).eintraege.length
  const made = await bauamt.ok('vertretungSetzen', { body: { vertreter: other, von: '2099-01-01', bis: '2099-01-31', bemerkung: 'Urlaub' } })
  expect(made).toMatchObject({ person: { id: me }, vertreter: { id: other } })
  await bauamt.refused('vergeben', 'vertretungSetzen', { body: { vertreter: other, von: '2099-01-31' } })
  await bauamt.refused('eingabe_ungueltig', 'vertretungSetzen', { body: { vertreter: me, von: '2099-01-01' } })
  await bauamt.refused('nicht_erlaubt', 'vertretungSetzen', { body: { person: other, vertreter: me, von: '2099-01-01' } })
  // That would close a ring while the first one holds.
  await admin.refused('eingabe_ungueltig', 'vertretungSetzen', { body: { person: other, vertreter: me, von: '2099-01-31' } })
  await admin.ok('vertretungSetzen', { body: { person: other, vertreter: me, von: '2099-02-01' } })
  await registratur.refused('nicht_erlaubt', 'vertretungBeenden', { id: made.id, stand: made.stand, body: { bis: '2099-01-02' } })
  const left = await bauamt.ok('vertretungBeenden', { id: made.id, stand: made.stand, body: { bis: '2098-01-01' } })
  expect(left.eintraege.map((entry: Json) => entry.id)).not.toContain(made.id)
  expect((await bauamt.ok('vertretungen')).eintraege).toHaveLength(before + 1)
})

describe('people from a table', () => {
  const csv = 'Anmeldename;Vorname;Nachname;E-Mail;OE;Bezeichnung;Übergeordnet;Stelle;Leitung;Rollen\r\nkessler;Olena;Keßler;olena@example.org;77;Forst;;Revierleitung;ja;SB, LT\r\nkessler;Olena;Keßler;;77;;;Revierleitung;;\r\n;;;;78;Jagd;77;;;\r\nohne;;;;77;;;Revierleitung;;\r\nfalsch;A;B;;77;;;Neu;;XX\r\n'
  test('are told, then made in one step', async () => {
    const before = (await admin.ok('personen')).eintraege.length
    const preview = await admin.ok('organisationEinlesen', { raw: csv, query: { dateiname: 'personen.csv' } })
    expect(preview).toMatchObject({ neu: 2, gleich: 1, fehler: 2 })
    expect(preview).not.toHaveProperty('eintrag')
    expect(preview.zeilen[4].hinweise).toEqual(['Die Rolle XX gibt es nicht.'])
    expect((await admin.ok('personen')).eintraege.length).toBe(before)
    const done = await admin.ok('organisationEinlesen', { raw: csv, query: { dateiname: 'personen.csv', anwenden: 'true' } })
    expect(done.eintrag).toBeGreaterThan(0)
    const stelle = await one(admin, 'stellen', 'bezeichnung', 'Revierleitung')
    expect(stelle).toMatchObject({ leitung: true, rollen: ['SB', 'LT'], personen: [{ name: 'Olena Keßler' }] })
    const forst = await one(admin, 'organisationseinheiten', 'kurzzeichen', '77')
    expect((await one(admin, 'organisationseinheiten', 'kurzzeichen', '78')).ueber).toBe(forst.id)
    expect(await admin.ok('organisationEinlesen', { raw: csv, query: { dateiname: 'personen.csv' } })).toMatchObject({ neu: 0, geaendert: 0, fehler: 2 })
    const stranger = server.client()
    await stranger.refused('anmeldung_falsch', 'anmelden', { body: { mandant: 'auenbrueck', name: 'kessler', passwort: 'irgendein-passwort' } })
    await bauamt.refused('nicht_erlaubt', 'organisationEinlesen', { raw: csv, query: { dateiname: 'personen.csv' } })
    await admin.refused('eingabe_ungueltig', 'organisationEinlesen', { raw: 'a;b\r\n1;2\r\n', query: { dateiname: 'x.csv' } })
  })
})

describe('all settings', () => {
  test('are one file, looked at before they are read in, and taken back as one', async () => {
    const datei = await admin.ok('einstellungen')
    expect(datei).toMatchObject({ format: 'aktenlotse-einstellungen', fassung: 1 })
    expect(JSON.stringify(datei)).not.toContain('passwort')
    await bauamt.refused('nicht_erlaubt', 'einstellungen')
    await bauamt.refused('nicht_erlaubt', 'einstellungenEinlesen', { body: datei })
    expect(await admin.ok('einstellungenEinlesen', { body: datei })).toMatchObject({ neu: 0, geaendert: 0, zeilen: [] })
    const changed = { ...datei, organisationseinheiten: [...datei.organisationseinheiten, { kurzzeichen: '88', bezeichnung: 'Probeamt' }], zugriffe: [...datei.zugriffe, { bezeichnung: 'Nur das Probeamt', eintraege: [{ traegerArt: 'organisationseinheit', traeger: '88', stufe: 'lesen' }] }, { bezeichnung: 'Falsch', eintraege: [{ traegerArt: 'person', traeger: 'gibt-es-nicht', stufe: 'lesen' }] }] }
    const told = await admin.ok('einstellungenEinlesen', { body: changed })
    expect(told).toMatchObject({ neu: 2, fehler: 1 })
    expect(told).not.toHaveProperty('eintrag')
    expect((await admin.ok('organisationseinheiten')).eintraege.map((unit: Json) => unit.kurzzeichen)).not.toContain('88')
    await admin.refused('konflikt', 'einstellungenEinlesen', { body: changed, query: { pruefsumme: 'alt' } })
    const done = await admin.ok('einstellungenEinlesen', { body: changed, query: { pruefsumme: told.pruefsumme } })
    expect((await one(admin, 'zugriffe', 'bezeichnung', 'Nur das Probeamt')).eintraege).toHaveLength(1)
    await admin.refused('eingabe_ungueltig', 'einstellungenEinlesen', { body: { ...datei, format: 'x' } })
    await admin.ok('rueckgaengig', { nr: done.eintrag })
    expect((await admin.ok('organisationseinheiten')).eintraege.map((unit: Json) => unit.kurzzeichen)).not.toContain('88')
  })
  test('templates of letters with their files and of Laufwege are in it, too', async () => {
    const datei = await admin.ok('einstellungen')
    expect(datei.dokumentvorlagen.length).toBeGreaterThan(0)
    const inhalt = (text: string): string => Buffer.from(text).toString('base64url')
    const lauf = { name: 'Probelauf', zeile: '@grossmann mz, zdA', aktenplaneinheit: '632' }
    const brief = { bezeichnung: 'Probebrief', art: 'Ausgang', aktiv: true, dateiname: 'probe.md', inhalt: inhalt('Zu {{az}}') }
    const changed = {
      ...datei,
      laufwegvorlagen: [...datei.laufwegvorlagen, lauf, { name: 'Falsch', zeile: '@gibtesnicht mz' }],
      dokumentvorlagen: [...datei.dokumentvorlagen, brief, { ...brief, bezeichnung: 'Kaputt', inhalt: '!!!' }],
    }
    const apply = async (body: Json): Promise<Json> => admin.ok('einstellungenEinlesen', { body, query: { pruefsumme: (await admin.ok('einstellungenEinlesen', { body })).pruefsumme } })
    const first = await apply(changed)
    expect(first.zeilen.map((row: Json) => [row.bereich, row.name, row.art])).toEqual([['laufwegvorlagen', 'Probelauf', 'neu'], ['laufwegvorlagen', 'Falsch', 'fehler'], ['dokumentvorlagen', 'Probebrief', 'neu'], ['dokumentvorlagen', 'Kaputt', 'fehler']])
    const after = await admin.ok('einstellungen')
    expect([after.laufwegvorlagen.at(-1), after.dokumentvorlagen.at(-1)]).toEqual([lauf, brief])
    const vorlage = async (): Promise<Json> => (await admin.ok('dokumentvorlagen')).eintraege.find((one: Json) => one.bezeichnung === 'Probebrief')
    expect((await vorlage()).fassungen).toMatchObject([{ nr: 1, felder: ['az'] }])
    expect(await admin.ok('einstellungenEinlesen', { body: after })).toMatchObject({ neu: 0, geaendert: 0 })
    const second = await apply({ ...after, dokumentvorlagen: [{ ...brief, aktiv: false, inhalt: inhalt('Neu zu {{az}}') }] })
    expect(second.zeilen).toMatchObject([{ bereich: 'dokumentvorlagen', name: 'Probebrief', art: 'geaendert' }])
    expect(await vorlage()).toMatchObject({ aktiv: false, fassungen: [{ nr: 2 }, { nr: 1 }] })
    await admin.ok('rueckgaengig', { nr: second.eintrag })
    await admin.ok('rueckgaengig', { nr: first.eintrag })
    expect(await vorlage()).toBeUndefined()
    expect(await admin.ok('einstellungen')).toEqual(datei)
  })
})

test('a unit is merged into another with its files, as of a day', async () => {
  const unit = await admin.ok('organisationseinheitAnlegen', { body: { kurzzeichen: '91', bezeichnung: 'Alt' } })
  const ziel = await admin.ok('organisationseinheitAnlegen', { body: { kurzzeichen: '92', bezeichnung: 'Neu' } })
  const blatt = await one(bauamt, 'aktenplan', 'kennzeichen', '632')
  const akte = await bauamt.ok('akteAnlegen', { body: { aktenplaneinheit: blatt.id, betreff: 'Geht mit', organisationseinheit: unit.id } })
  const today = dayFromNow(0)
  const body = { art: 'zusammenlegen', einheit: unit.id, ziel: ziel.id, stichtag: today }
  await bauamt.refused('nicht_erlaubt', 'reorganisationVorschau', { body })
  expect((await admin.ok('reorganisationVorschau', { body })).zugriffe).toEqual(['Posteingang Alt'])
  const later = await admin.ok('reorganisationPlanen', { body: { ...body, stichtag: '2099-01-01' } })
  expect((await admin.ok('reorganisationAbsagen', { id: later.id, stand: later.stand })).status).toBe('abgesagt')
  await admin.ok('reorganisationPlanen', { body })
  await expect.poll(async () => (await admin.ok('reorganisationen')).eintraege[0].status, { timeout: 15_000 }).toBe('fertig')
  expect((await bauamt.ok('akte', { id: akte.id })).organisationseinheit.id).toBe(ziel.id)
  expect((await one(admin, 'organisationseinheiten', 'kurzzeichen', '91')).aufgeloest).toBe(today)
  expect((await bauamt.ok('akteHistorie', { id: akte.id })).eintraege[0].satz).toContain('übergeben')
})

test('mail goes on to the successor of a unit, and the whole is taken back as one step', async () => {
  const unit = await admin.ok('organisationseinheitAnlegen', { body: { kurzzeichen: '93', bezeichnung: 'Vorher' } })
  const ziel = await admin.ok('organisationseinheitAnlegen', { body: { kurzzeichen: '94', bezeichnung: 'Nachher' } })
  const adresse = await admin.ok('eingangsadresseAnlegen', { body: { adresse: 'vorher@auenbrueck.example', organisationseinheit: unit.id } })
  const postfach = await admin.ok('postfachAnlegen', { body: { bezeichnung: 'Vorher', organisationseinheit: unit.id, host: 'mail.example', port: 993, verschluesselung: 'tls', benutzer: 'v', passwortDatei: 'v.txt', ordner: 'INBOX', minuten: 60, aktiv: false } })
  const blatt = await one(bauamt, 'aktenplan', 'kennzeichen', '632')
  const akte = await bauamt.ok('akteAnlegen', { body: { aktenplaneinheit: blatt.id, betreff: 'Geht mit und kommt zurück', organisationseinheit: unit.id } })
  const body = { art: 'zusammenlegen', einheit: unit.id, ziel: ziel.id, stichtag: dayFromNow(0) }
  expect(await admin.ok('reorganisationVorschau', { body })).toMatchObject({ adressen: ['vorher@auenbrueck.example'], postfaecher: ['Vorher'] })
  const made = await admin.ok('reorganisationPlanen', { body })
  const now = async (): Promise<Json> => (await admin.ok('reorganisationen')).eintraege.find((row: Json) => row.id === made.id)
  await expect.poll(async () => (await now()).status, { timeout: 15_000 }).toBe('fertig')
  const unitOf = async (list: string, id: string): Promise<string> => (await admin.ok(list)).eintraege.find((row: Json) => row.id === id).organisationseinheit.id
  expect([await unitOf('eingangsadressen', adresse.id), await unitOf('postfaecher', postfach.id)]).toEqual([ziel.id, ziel.id])
  await admin.refused('eingabe_ungueltig', 'eingangsadresseAnlegen', { body: { adresse: 'spaet@auenbrueck.example', organisationseinheit: unit.id } })

  // What stands against the way back is said.
  const row = (await admin.ok('eingangsadressen')).eintraege.find((one: Json) => one.id === adresse.id)
  const other = await one(admin, 'organisationseinheiten', 'kurzzeichen', 'BA')
  const given = await admin.ok('eingangsadresseAendern', { id: adresse.id, stand: row.stand, body: { organisationseinheit: other.id } })
  expect((await admin.ok('reorganisationRuecknahme', { id: made.id })).hindernisse).toEqual(['Die Eingangsadresse „vorher@auenbrueck.example“ ist seitdem geändert worden.'])
  const refused = await admin.refused('konflikt', 'reorganisationZuruecknehmen', { id: made.id, stand: (await now()).stand })
  expect(refused.detail).toContain('vorher@auenbrueck.example')
  await admin.ok('eingangsadresseAendern', { id: adresse.id, stand: given.stand, body: { organisationseinheit: ziel.id } })
  await bauamt.refused('nicht_erlaubt', 'reorganisationRuecknahme', { id: made.id })
  expect((await admin.ok('reorganisationRuecknahme', { id: made.id })).hindernisse).toEqual([])

  await admin.ok('reorganisationZuruecknehmen', { id: made.id, stand: (await now()).stand })
  await expect.poll(async () => (await now()).status, { timeout: 15_000 }).toBe('zurueckgenommen')
  expect((await bauamt.ok('akte', { id: akte.id })).organisationseinheit.id).toBe(unit.id)
  expect(await one(admin, 'organisationseinheiten', 'kurzzeichen', '93')).not.toHaveProperty('aufgeloest')
  expect([await unitOf('eingangsadressen', adresse.id), await unitOf('postfaecher', postfach.id)]).toEqual([unit.id, unit.id])
  expect((await admin.ok('organisationseinheitHistorie', { id: unit.id })).eintraege.map((entry: Json) => entry.satz)).toContain('Minh Anh Nguyen hat die Änderung der Organisationseinheit „Vorher“ zurückgenommen.')
})

test('mail addresses, mailboxes, text blocks and letter head are in the file of all settings', async () => {
  const datei = await admin.ok('einstellungen')
  expect(datei.eingangsadressen).toContainEqual({ adresse: 'vorher@auenbrueck.example', organisationseinheit: '93' })
  expect(JSON.stringify(datei.postfaecher)).toContain('"passwortDatei":"v.txt"')
  expect(datei.textbausteine.length).toBeGreaterThan(0)
  expect(datei.briefkopf.ort).toBe('Auenbrück')
  const changed = { ...datei, eingangsadressen: [{ adresse: 'vorher@auenbrueck.example', organisationseinheit: '94' }, { adresse: 'neu@auenbrueck.example', organisationseinheit: '94' }], briefkopf: { ...datei.briefkopf, ort: 'Aue' } }
  const told = await admin.ok('einstellungenEinlesen', { body: changed })
  expect(told.zeilen.map((row: Json) => [row.bereich, row.art])).toEqual([['eingangsadressen', 'geaendert'], ['eingangsadressen', 'neu'], ['briefkopf', 'geaendert']])
  const done = await admin.ok('einstellungenEinlesen', { body: changed, query: { pruefsumme: told.pruefsumme } })
  expect((await admin.ok('eingangsadressen')).eintraege.map((row: Json) => [row.adresse, row.organisationseinheit.kurzzeichen])).toEqual(expect.arrayContaining([['vorher@auenbrueck.example', '94'], ['neu@auenbrueck.example', '94']]))
  await admin.ok('rueckgaengig', { nr: done.eintrag })
  const { fassung, ...before } = datei
  expect(await admin.ok('einstellungen')).toMatchObject({ fassung, ...before })
})
