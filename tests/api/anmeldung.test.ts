// Signing in and out, sessions, CSRF, throttling, passwords, tokens.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Client, Json } from './support/client'
import { Server } from './support/server'

let server: Server
beforeAll(async () => (server = await Server.demo()))
afterAll(() => server.stop())

describe('session', () => {
  test('the login page learns towns and demo logins', async () => {
    const start = await server.client().ok('start')
    expect(start.demo).toBe(true)
    expect(start.mandanten.map((town: { schluessel: string }) => town.schluessel)).toEqual(['auenbrueck', 'haselrode'])
    expect(start.logins).toHaveLength(7)
    for (const login of start.logins) await server.login(login.name, login.mandant, login.passwort)
  })
  test('signing in says who one is and what one may do', async () => {
    const client = await server.login('grossmann')
    expect(client.session.person).toMatchObject({ name: 'Sabine Großmann', anmeldename: 'grossmann' })
    expect(client.session.mandant).toEqual({ schluessel: 'auenbrueck', name: 'Stadt Auenbrück', land: 'Sachsen' })
    expect(client.session.rollen).toEqual(['SB'])
    expect(client.session.stellen[0].organisationseinheit.kurzzeichen).toBe('BA')
    expect(await client.ok('sitzung')).toEqual(client.session)
  })
  test('the cookie is out of reach of scripts and other sites', async () => {
    const reply = await server.client().call('anmelden', { body: { mandant: 'auenbrueck', name: 'grossmann', passwort: 'lotse-demo' } })
    const cookie = reply.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/^aktenlotse_sitzung=\d+\.[0-9a-f]{64}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=43200$/)
  })
  test('wrong name, wrong password, wrong town: one and the same answer', async () => {
    const answers = []
    for (const body of [
      { mandant: 'auenbrueck', name: 'osswald', passwort: 'falsch' },
      { mandant: 'auenbrueck', name: 'niemand', passwort: 'lotse-demo' },
      { mandant: 'nirgendwo', name: 'osswald', passwort: 'lotse-demo' },
      { mandant: 'haselrode', name: 'osswald', passwort: 'lotse-demo' },
    ]) {
      const reply = await server.client().call('anmelden', { body })
      expect(reply.headers.get('set-cookie')).toBeNull()
      answers.push(reply.text)
    }
    expect(new Set(answers).size).toBe(1)
    expect(answers[0]).toContain('anmeldung_falsch')
  })
  test('after ten failures a name is closed, whether it exists or not, even with the right password', async () => {
    for (const name of ['jaehrig', 'gibt-es-nicht']) {
      for (let i = 0; i < 10; ++i) await server.client().refused('anmeldung_falsch', 'anmelden', { body: { mandant: 'auenbrueck', name, passwort: `nr ${i}` } })
      const problem = await server.client().refused('zu_viele_versuche', 'anmelden', { body: { mandant: 'auenbrueck', name, passwort: 'lotse-demo' } })
      expect(problem.status).toBe(429)
    }
    await server.login('osswald') // others are not touched
  })
  test('without a session nothing but the open routes answers', async () => {
    for (const cookie of ['', 'aktenlotse_sitzung=1.00', 'aktenlotse_sitzung=', 'aktenlotse_sitzung=9999999999999999999999.ab', `aktenlotse_sitzung=1.${'0'.repeat(64)}`]) {
      const client = server.client()
      client.cookie = cookie
      await client.refused('nicht_angemeldet', 'heute')
    }
    const client = server.client()
    for (const token of ['x', '1.', `2.${'f'.repeat(64)}`]) await client.withToken(token).refused('nicht_angemeldet', 'heute')
  })
  test('a change without the CSRF header, or with another one, is refused', async () => {
    const client = await server.login('hoenicke')
    const right = client.csrf
    for (const csrf of ['', 'x', right.replace(/./, (c: string) => (c === '0' ? '1' : '0'))]) {
      client.csrf = csrf
      await client.refused('csrf_fehlt', 'tokenAnlegen', { body: { bezeichnung: 'x', umfang: 'lesen', ende: '2027-01-01' } })
    }
    client.csrf = (await server.login('gruenwald')).csrf
    await client.refused('csrf_fehlt', 'abmelden')
    client.csrf = right
    expect((await client.ok('tokenListe')).eintraege).toEqual([])
  })
  test('signing out ends this session only', async () => {
    const one = await server.login('doehler')
    const two = await server.login('doehler')
    const reply = await one.call('abmelden')
    expect(reply.headers.get('set-cookie')).toContain('aktenlotse_sitzung=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0')
    await one.refused('nicht_angemeldet', 'sitzung')
    await two.ok('sitzung')
  })
  test('signing out everywhere ends all of the person, and nobody else', async () => {
    const one = await server.login('doehler')
    const two = await server.login('doehler')
    const other = await server.login('preuss')
    await one.ok('ueberallAbmelden')
    await one.refused('nicht_angemeldet', 'sitzung')
    await two.refused('nicht_angemeldet', 'sitzung')
    await other.ok('sitzung')
  })
  test('one sees the own sessions, and ends one of them', async () => {
    const one = await server.login('doehler')
    const two = await server.login('doehler')
    const other = await server.login('preuss')
    const list = (await one.ok('sitzungen')).eintraege
    expect(list.map((entry: Json) => entry.diese)).toEqual([false, true])
    for (const entry of list) {
      expect(entry.unvollstaendig).toBe(false)
      expect(Date.parse(entry.ende)).toBeGreaterThan(Date.parse(entry.begonnen))
    }
    await other.refused('nicht_gefunden', 'sitzungBeenden', { id: list[0].id })
    await one.ok('sitzungBeenden', { id: list[0].id })
    await two.refused('nicht_angemeldet', 'sitzung')
    await one.refused('nicht_gefunden', 'sitzungBeenden', { id: list[0].id })
    const reply = await one.call('sitzungBeenden', { id: list[1].id })
    expect(reply.headers.get('set-cookie')).toContain('Max-Age=0')
    await one.refused('nicht_angemeldet', 'sitzung')
    expect((await other.ok('sitzungen')).eintraege[0], 'others see theirs alone').toMatchObject({ diese: true, unvollstaendig: false })
  })
  test('a password is changed with the old one, and ends all sessions', async () => {
    const one = await server.login('boettcher')
    const two = await server.login('boettcher')
    const neu = 'Ein langer Satz über Möwen'
    expect((await one.refused('eingabe_ungueltig', 'passwortAendern', { body: { alt: 'falsch', neu } })).feld).toBe('alt')
    expect((await one.refused('eingabe_ungueltig', 'passwortAendern', { body: { alt: 'lotse-demo', neu: 'zu kurz' } })).feld).toBe('neu')
    await one.refused('eingabe_ungueltig', 'passwortAendern', { body: { alt: 'lotse-demo', neu: 'Boettcher-2026' } })
    for (const word of ['Aktenlotse-im-Amt', 'mein AKTENLOTSE']) expect((await one.refused('eingabe_ungueltig', 'passwortAendern', { body: { alt: 'lotse-demo', neu: word } })).feld).toBe('neu')
    for (const word of ['1234567890', 'Qwertyuiop', 'password123', '1Q2W3E4R5T']) expect((await one.refused('eingabe_ungueltig', 'passwortAendern', { body: { alt: 'lotse-demo', neu: word } })).detail).toContain('sehr oft gewählt')
    await one.ok('passwortAendern', { body: { alt: 'lotse-demo', neu } })
    await two.refused('nicht_angemeldet', 'sitzung')
    await server.client().refused('anmeldung_falsch', 'anmelden', { body: { mandant: 'auenbrueck', name: 'boettcher', passwort: 'lotse-demo' } })
    await server.login('boettcher', 'auenbrueck', neu)
  })
})

describe('API tokens', () => {
  const body = { bezeichnung: 'Auswertung', umfang: 'lesen', ende: '2027-06-30' }
  test('one of scope lesen reads and changes nothing', async () => {
    const client = await server.login('kuehnel')
    const made = await client.ok('tokenAnlegen', { body })
    expect(made.geheimnis).toMatch(/^1\.[0-9a-f]{64}$/)
    const token = client.withToken(made.geheimnis)
    expect((await token.ok('sitzung')).person.anmeldename).toBe('kuehnel')
    expect((await token.all('akten')).length).toBe((await client.all('akten')).length)
    await token.refused('nicht_erlaubt', 'eingangErfassen', { raw: 'x', query: { dateiname: 'x.txt' } })
    await token.refused('nicht_erlaubt', 'tokenAnlegen', { body: { ...body, umfang: 'schreiben' } })
    await token.refused('nicht_erlaubt', 'ueberallAbmelden')
    const akte = (await token.all('akten')).find((a) => a.darf.length > 0)
    expect(akte, 'what a token may only read offers nothing to do').toBeUndefined()
  })
  test('the list never shows a secret, and only one’s own', async () => {
    const client = await server.login('kuehnel')
    const list = (await client.ok('tokenListe')).eintraege
    expect(list).toHaveLength(1)
    expect(list[0]).not.toHaveProperty('geheimnis')
    const other = await server.login('zschaebitz')
    expect((await other.ok('tokenListe')).eintraege).toEqual([])
    await other.refused('nicht_gefunden', 'tokenEntfernen', { id: list[0].id })
  })
  test('one of scope schreiben changes without CSRF; withdrawn it is out at once', async () => {
    const client = await server.login('kuehnel')
    const made = await client.ok('tokenAnlegen', { body: { ...body, umfang: 'schreiben' } })
    const token = client.withToken(made.geheimnis)
    const dokument = await token.upload('eingangErfassen', 'notiz.txt', 'per Token erfasst')
    expect(dokument.betreff).toBe('notiz')
    await client.ok('tokenEntfernen', { id: made.id })
    await token.refused('nicht_angemeldet', 'heute')
    await client.refused('nicht_gefunden', 'tokenEntfernen', { id: made.id })
  })
  test('an end is needed: after today, within two years', async () => {
    const client = await server.login('kuehnel')
    for (const ende of ['2020-01-01', '2199-12-31']) expect((await client.refused('eingabe_ungueltig', 'tokenAnlegen', { body: { ...body, ende } })).feld).toBe('ende')
    for (const ende of ['morgen', '2027-02-30']) await client.refused('eingabe_ungueltig', 'tokenAnlegen', { body: { ...body, ende } })
  })
  test('one whose end has come is refused', async () => {
    const client = await server.login('kuehnel')
    const made = await client.ok('tokenAnlegen', { body })
    const token = client.withToken(made.geheimnis)
    await token.ok('heute')
    const tenYears = 10 * 365 * 86_400 * 1_000_000
    await server.place.sql(`UPDATE api_token SET ende = ende - ${tenYears} WHERE uuid = '${made.id}'`)
    await token.refused('nicht_angemeldet', 'heute')
    await server.place.sql(`UPDATE api_token SET ende = ende + ${tenYears} WHERE uuid = '${made.id}'`)
    await token.ok('heute')
  })
  test('the same Idempotency-Key makes one token, and shows its secret once', async () => {
    const client = await server.login('kuehnel')
    const key = randomUUID()
    const first = await client.ok('tokenAnlegen', { body, key })
    const again = await client.ok('tokenAnlegen', { body, key })
    expect(again.id).toBe(first.id)
    expect(again).not.toHaveProperty('geheimnis')
    expect((await client.ok('tokenListe')).eintraege.filter((t: { id: string }) => t.id === first.id)).toHaveLength(1)
    await client.ok('tokenEntfernen', { id: first.id })
  })
})

describe('a password that somebody else has set', () => {
  const person = async (name: string): Promise<Json> => (await server.login('nguyen')).ok('personAnlegen', { body: { vorname: 'Nele', nachname: 'Neu', anmeldename: name, passwort: 'vom-Amt-gesetzt' } })
  const half = async (name: string, passwort: string): Promise<Client> => {
    const client = server.client()
    await client.login('auenbrueck', name, passwort)
    return client
  }
  test('is changed before anything else, for another one', async () => {
    await person('neue-person')
    const client = await half('neue-person', 'vom-Amt-gesetzt')
    expect(client.session).toMatchObject({ offen: { art: 'kennwort' }, rechte: [], rollen: [] })
    for (const route of ['akten', 'heute', 'posteingang', 'faktoren', 'ereignisse']) expect((await client.call(route)).status, route).toBeGreaterThan(400)
    await client.refused('nicht_erlaubt', 'totpBeginnen', { body: { passwort: 'vom-Amt-gesetzt' } })
    await client.refused('nicht_angemeldet', 'tokenAnlegen', { body: { bezeichnung: 'x', umfang: 'lesen', ende: '2099-01-01' } })
    expect((await client.refused('eingabe_ungueltig', 'passwortAendern', { body: { alt: 'vom-Amt-gesetzt', neu: 'vom-Amt-gesetzt' } })).feld).toBe('neu')
    expect((await client.refused('eingabe_ungueltig', 'passwortAendern', { body: { alt: 'falsch', neu: 'ganz-mein-eigenes' } })).feld).toBe('alt')
    const before = client.cookie
    await client.choosePassword('vom-Amt-gesetzt', 'ganz-mein-eigenes')
    expect(client.session).not.toHaveProperty('offen')
    await client.ok('heute')
    client.cookie = before
    await client.refused('nicht_angemeldet', 'sitzung')
    expect((await half('neue-person', 'ganz-mein-eigenes')).session).not.toHaveProperty('offen')
  })
  test('is asked for again when the administration sets it anew; not when one changes it oneself', async () => {
    const { id } = await person('vergessene')
    const client = await half('vergessene', 'vom-Amt-gesetzt')
    await client.choosePassword('vom-Amt-gesetzt', 'ganz-mein-eigenes')
    await client.ok('passwortAendern', { body: { alt: 'ganz-mein-eigenes', neu: 'und-noch-ein-anderes' } })
    expect((await half('vergessene', 'und-noch-ein-anderes')).session).not.toHaveProperty('offen')
    const admin = await server.login('nguyen')
    await admin.ok('personPasswort', { id, body: { passwort: 'wieder-vom-Amt' } })
    expect((await half('vergessene', 'wieder-vom-Amt')).session).toMatchObject({ offen: { art: 'kennwort' } })
    // Of people from before nothing is asked.
    expect(admin.session).not.toHaveProperty('offen')
  })
})
