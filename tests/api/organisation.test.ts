// Units, Stellen, people, who holds what, access definitions.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Client, Json } from './support/client'
import { Server } from './support/server'

let server: Server
let admin: Client
beforeAll(async () => {
  server = await Server.demo()
  admin = await server.login('nguyen')
})
afterAll(() => server.stop())

const find = async (list: string, key: string, value: string): Promise<Json> => (await admin.ok(list)).eintraege.find((entry: Json) => entry[key] === value)
const newPerson = (anmeldename: string): Promise<Json> =>
  admin.ok('personAnlegen', { body: { vorname: 'Nele', nachname: 'Fährmann', anmeldename, email: `${anmeldename}@auenbrueck.example`, passwort: 'erster-Tag-im-Amt' } })

describe('units', () => {
  test('a unit is made under another, renamed and moved', async () => {
    const ueber = await find('organisationseinheiten', 'kurzzeichen', 'HA')
    const made = await admin.ok('organisationseinheitAnlegen', { body: { kurzzeichen: 'ST', bezeichnung: 'Stabsstelle', ueber: ueber.id } })
    expect(made).toMatchObject({ kurzzeichen: 'ST', bezeichnung: 'Stabsstelle', ueber: ueber.id, stand: 1 })
    const changed = await admin.ok('organisationseinheitAendern', { id: made.id, stand: 1, body: { bezeichnung: 'Stabsstelle Klima', ueber: null } })
    expect(changed).toMatchObject({ bezeichnung: 'Stabsstelle Klima', stand: 2 })
    expect(changed).not.toHaveProperty('ueber')
    const history = await admin.ok('organisationseinheitHistorie', { id: made.id })
    expect(history.eintraege.map((e: Json) => e.satz)).toEqual([
      'Minh Anh Nguyen hat die Organisationseinheit „Stabsstelle Klima“ geändert.',
      'Minh Anh Nguyen hat die Organisationseinheit „Stabsstelle Klima“ angelegt.',
    ])
  })
  test('a Kurzzeichen is there once, and no unit lies under itself', async () => {
    const top = await find('organisationseinheiten', 'kurzzeichen', 'BM')
    const below = await find('organisationseinheiten', 'kurzzeichen', 'PE')
    expect((await admin.refused('vergeben', 'organisationseinheitAnlegen', { body: { kurzzeichen: 'BM', bezeichnung: 'x' } })).feld).toBe('kurzzeichen')
    await admin.refused('vergeben', 'organisationseinheitAendern', { id: below.id, stand: below.stand, body: { kurzzeichen: 'BM' } })
    for (const id of [top.id, below.id]) await admin.refused('eingabe_ungueltig', 'organisationseinheitAendern', { id: top.id, stand: top.stand, body: { ueber: id } })
  })
})

describe('people and Stellen', () => {
  test('a person signs in at once, but reaches nothing without a Stelle', async () => {
    const person = await newPerson('faehrmann')
    expect(person).toMatchObject({ name: 'Nele Fährmann', aktiv: true, stand: 1 })
    const client = await server.login('faehrmann', 'auenbrueck', 'erster-Tag-im-Amt')
    expect(client.session.rechte).toEqual([])
    expect((await client.ok('posteingang')).anzahl).toBe(0)
    const oe = await find('organisationseinheiten', 'kurzzeichen', 'BA')
    const stelle = await admin.ok('stelleAnlegen', { body: { bezeichnung: 'Sachbearbeitung Denkmalschutz', organisationseinheit: oe.id, leitung: false, rollen: ['SB', 'SB'] } })
    expect(stelle).toMatchObject({ rollen: ['SB'], personen: [] })
    const held = await admin.ok('stelleBesetzen', { id: stelle.id, stand: stelle.stand, body: { personen: [person.id] } })
    expect(held.personen).toEqual([{ id: person.id, name: 'Nele Fährmann' }])
    expect((await client.ok('sitzung')).rollen).toEqual(['SB'])
    expect((await client.all('akten')).length).toBeGreaterThan(0)
    const changed = await admin.ok('stelleAendern', { id: stelle.id, stand: held.stand, body: { rollen: ['RG'], leitung: true, bezeichnung: 'Denkmalschutz' } })
    expect(changed).toMatchObject({ rollen: ['RG'], leitung: true, bezeichnung: 'Denkmalschutz' })
    expect((await client.ok('sitzung')).rechte).toContain('aktenplanPflegen')
    const history = await admin.ok('stelleHistorie', { id: stelle.id })
    expect(history.eintraege[0].satz).toBe('Minh Anh Nguyen hat die Stelle „Denkmalschutz“ geändert.')
    expect(history.eintraege[0].aenderungen).toContainEqual({ feld: 'Leitung', alt: 'nein', neu: 'ja' })
    const empty = await admin.ok('stelleBesetzen', { id: stelle.id, stand: changed.stand, body: { personen: [] } })
    expect(empty.personen).toEqual([])
    expect((await client.ok('sitzung')).rechte).toEqual([])
  })
  test('an inactive person is out at once: sessions, tokens, password', async () => {
    const person = await newPerson('kurzgast')
    const client = await server.login('kurzgast', 'auenbrueck', 'erster-Tag-im-Amt')
    const token = client.withToken((await client.ok('tokenAnlegen', { body: { bezeichnung: 't', umfang: 'lesen', ende: '2027-01-01' } })).geheimnis)
    await token.ok('heute')
    // She has chosen a password of her own since.
    const { stand } = await find('personen', 'anmeldename', 'kurzgast')
    const gone = await admin.ok('personAendern', { id: person.id, stand, body: { aktiv: false } })
    expect(gone.aktiv).toBe(false)
    await client.refused('nicht_angemeldet', 'heute')
    await token.refused('nicht_angemeldet', 'heute')
    await client.refused('anmeldung_falsch', 'anmelden', { body: { mandant: 'auenbrueck', name: 'kurzgast', passwort: 'erster-Tag-im-Amt-selbst' } })
    await admin.ok('personAendern', { id: person.id, stand: gone.stand, body: { aktiv: true, email: null } })
    await client.refused('nicht_angemeldet', 'heute') // the old session does not come back
    await server.login('kurzgast', 'auenbrueck', 'erster-Tag-im-Amt-selbst')
  })
  test('the administration sets a password and ends sessions', async () => {
    const person = await newPerson('vergesslich')
    const client = await server.login('vergesslich', 'auenbrueck', 'erster-Tag-im-Amt')
    await admin.ok('personAbmelden', { id: person.id })
    await client.refused('nicht_angemeldet', 'sitzung')
    await admin.refused('eingabe_ungueltig', 'personPasswort', { id: person.id, body: { passwort: 'Vergesslich1' } })
    await admin.ok('personPasswort', { id: person.id, body: { passwort: 'zweiter-Tag-im-Amt' } })
    const satz = (await admin.ok('personHistorie', { id: person.id })).eintraege[0].satz
    await server.login('vergesslich', 'auenbrueck', 'zweiter-Tag-im-Amt')
    expect(satz).toBe('Minh Anh Nguyen hat das Passwort von Nele Fährmann gesetzt.')
  })
  test('login names are there once in a town, and may be the same in another', async () => {
    expect((await admin.refused('vergeben', 'personAnlegen', { body: { vorname: 'x', nachname: 'y', anmeldename: 'grossmann', passwort: 'lang-genug-und-gut' } })).feld).toBe('anmeldename')
    const other = await server.login('maeder', 'haselrode')
    if (other.session.rechte.includes('personPflegen'))
      await other.ok('personAnlegen', { body: { vorname: 'x', nachname: 'y', anmeldename: 'grossmann', passwort: 'lang-genug-und-gut' } })
  })
  test('roles are named with what they may do', async () => {
    const rollen = (await admin.ok('rollen')).eintraege
    expect(rollen.map((rolle: Json) => rolle.kuerzel)).toEqual(['SB', 'RG', 'SGV', 'LT', 'FA', 'DA', 'ARC', 'LP', 'AT'])
    expect(rollen.find((rolle: Json) => rolle.kuerzel === 'ARC').rechte).toEqual(['aussonderungPflegen'])
  })
})

describe('access definitions', () => {
  test('one is made for each kind of bearer, and changed', async () => {
    const oe = await find('organisationseinheiten', 'kurzzeichen', 'OA')
    const stelle = await find('stellen', 'bezeichnung', 'Leitung Bauamt')
    const person = await find('personen', 'anmeldename', 'preuss')
    const eintraege = [
      { traegerArt: 'organisationseinheit', traeger: oe.id, stufe: 'lesen' },
      { traegerArt: 'stelle', traeger: stelle.id, stufe: 'bearbeiten' },
      { traegerArt: 'person', traeger: person.id, stufe: 'lesen' },
      { traegerArt: 'rolle', traeger: 'RG', stufe: 'bearbeiten' },
      { traegerArt: 'alle', stufe: 'lesen' },
    ]
    const made = await admin.ok('zugriffAnlegen', { body: { bezeichnung: 'Probe', eintraege } })
    expect(made.eintraege.map((e: Json) => e.traegerName)).toEqual(['Ordnungsamt', 'Leitung Bauamt', 'René Preuß', 'Registratur', 'Alle'])
    const changed = await admin.ok('zugriffAendern', { id: made.id, stand: made.stand, body: { bezeichnung: 'Probe 2', eintraege: eintraege.slice(1, 2) } })
    expect(changed.eintraege).toHaveLength(1)
    expect((await find('zugriffe', 'bezeichnung', 'Probe 2')).eintraege).toEqual(changed.eintraege)
    expect((await admin.ok('zugriffHistorie', { id: made.id })).eintraege).toHaveLength(2)
  })
  test('bearers that do not exist are refused', async () => {
    for (const eintrag of [
      { traegerArt: 'rolle', traeger: 'XX', stufe: 'lesen' },
      { traegerArt: 'rolle', stufe: 'lesen' },
      { traegerArt: 'person', traeger: 'keine-uuid', stufe: 'lesen' },
      { traegerArt: 'person', stufe: 'lesen' },
      { traegerArt: 'alle', stufe: 'alles' },
      { traegerArt: 'niemand', stufe: 'lesen' },
    ])
      await admin.refused('eingabe_ungueltig', 'zugriffAnlegen', { body: { bezeichnung: 'Probe', eintraege: [eintrag] } })
  })
})
