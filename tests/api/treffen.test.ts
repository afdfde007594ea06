// Meeting in the Lotsennetz: coaching with the town's consent, events with seats, training, letters, contributions, reports.
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import ICAL from 'ical.js'
import jsonld from 'jsonld'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Client, Json } from './support/client'
import { violations } from './support/dcat'
import { command, Server } from './support/server'
import { strangerTo } from './support/stranger'
import { dayFromNow as day, one } from './support/town'

let server: Server
const stranger = strangerTo(() => server)
let nguyen: Client // Auenbrück (Sachsen): administration, its Navigator
let grossmann: Client // Auenbrück: a clerk
let hoenicke: Client // Auenbrück: Registratur
let strassberger: Client // Auenbrück: mayor, keeps the network, is no Navigator
let maeder: Client // Haselrode (Sachsen-Anhalt): its Navigator
let yildiz: Client // Haselrode: Ordnungsamt, becomes a Lotse
beforeAll(async () => {
  server = await Server.demo('--adresse', 'https://netz.example/')
  nguyen = await server.login('nguyen')
  grossmann = await server.login('grossmann')
  hoenicke = await server.login('hoenicke')
  strassberger = await server.login('strassberger')
  maeder = await server.login('maeder', 'haselrode')
  yildiz = await server.login('yildiz', 'haselrode')
})
afterAll(() => server.stop())

const auenbrueck = '14999010'
const haselrode = '15999020'
describe('coaching', () => {
  let lotse: Json // yildiz as Lotse
  let begleitung: string
  const secret = 'nur-coaching@auenbrueck.example'
  const seenBy = async (client: Client): Promise<boolean> =>
    (await Promise.all([client.call('netzMitglieder', { query: { limit: 200 } }), client.call('netzKommune', { query: { ags: auenbrueck } }), client.call('netzMitglieder', { query: { q: 'nur-coaching' } })])).some((reply) => reply.text.includes(secret))
  const entryOf = async (client: Client): Promise<Json> => (await client.ok('netzBegleitungen')).eintraege.find((entry: Json) => entry.lotse === lotse.id && entry.ags === auenbrueck)

  test('a Lotse asks, and sees nothing before the town agreed', async () => {
    const person = await one(maeder, 'personen', 'anmeldename', 'yildiz')
    lotse = await maeder.ok('netzMitgliedEinladen', { body: { programm: 'lotsenSachsenAnhalt', rolle: 'lotse', person: person.id, angaben: [] } })
    lotse = await yildiz.ok('netzMitgliedZustand', { id: lotse.id, stand: lotse.stand, body: { zustand: 'aktiv' } })
    await yildiz.ok('netzMitgliedAngaben', { id: lotse.id, stand: lotse.stand, body: { angaben: [{ feld: 'name', wert: 'Lotsin Harz', sichtbarkeit: 'netze' }, { feld: 'telefon', wert: '039400-1', sichtbarkeit: 'coaching' }] } })
    const mine = (await nguyen.ok('netzMitglieder', { query: { limit: 200 } })).eintraege.find((member: Json) => member.ich)
    await nguyen.ok('netzMitgliedAngaben', { id: mine.id, stand: mine.stand, body: { angaben: [{ feld: 'name', wert: 'Navigatorin Auenbrück', sichtbarkeit: 'netze' }, { feld: 'email', wert: secret, sichtbarkeit: 'coaching' }] } })
    await grossmann.refused('nicht_erlaubt', 'netzBegleitungFragen', { body: { ags: haselrode } })
    await yildiz.refused('eingabe_ungueltig', 'netzBegleitungFragen', { body: { ags: '00000000' } })
    const asked = await yildiz.ok('netzBegleitungFragen', { body: { ags: auenbrueck } })
    expect(asked.darfFragen).toBe(true)
    expect(await entryOf(yildiz)).toMatchObject({ stand: 'angefragt', ichLotse: true, darfEntscheiden: false, darfLesen: false })
    expect(await seenBy(yildiz)).toBe(false)
    expect(await seenBy(nguyen)).toBe(true)
  })

  test('the town says yes: its Navigator or who keeps the network, and nobody else', async () => {
    await grossmann.refused('nicht_erlaubt', 'netzEinwilligung', { query: { lotse: lotse.id }, body: { erteilt: true } })
    // Nobody of that name coaches Haselrode.
    await maeder.refused('nicht_gefunden', 'netzEinwilligung', { query: { lotse: lotse.id }, body: { erteilt: true } })
    await strassberger.ok('netzEinwilligung', { query: { lotse: lotse.id }, body: { erteilt: true } })
    const entry = await entryOf(yildiz)
    expect(entry).toMatchObject({ stand: 'erteilt', darfLesen: true })
    begleitung = entry.id
    expect(await seenBy(yildiz)).toBe(true)
    // His colleagues, and other Lotsen, see nothing of it.
    expect(await seenBy(maeder)).toBe(false)
    expect(await entryOf(maeder)).toBeUndefined()
    expect(await seenBy(strassberger)).toBe(false)
  })

  test('the log is read by the Lotse and the Navigatoren of the town alone', async () => {
    const body = { tag: '2026-11-20', thema: 'Geheimes Thema', inhalt: 'Vertrauliches Wort', schritt: 'Scanner am Empfang ausprobieren', faellig: '2027-01-31', erledigt: false }
    await yildiz.ok('netzCoachingSchreiben', { query: { begleitung }, body })
    await nguyen.ok('netzCoachingSchreiben', { query: { begleitung }, body: { ...body, thema: 'Antwort der Stadt', schritt: undefined } })
    for (const client of [yildiz, nguyen]) {
      const log = await client.ok('netzCoaching', { query: { begleitung } })
      expect(log.eintraege.map((entry: Json) => entry.thema).sort()).toEqual(['Antwort der Stadt', 'Geheimes Thema'])
      expect(log.darfSchreiben).toBe(true)
    }
    for (const client of [strassberger, grossmann, hoenicke, maeder]) {
      await client.refused('nicht_gefunden', 'netzCoaching', { query: { begleitung } })
      await client.refused('nicht_gefunden', 'netzCoachingSchreiben', { query: { begleitung }, body })
      for (const list of ['netzMitglieder', 'netzTermine', 'netzPraktiken', 'netzBegleitungen', 'netzBericht']) expect((await client.call(list)).text).not.toContain('Vertrauliches')
      expect((await client.call('netzKommune', { query: { ags: auenbrueck } })).text).not.toContain('Geheimes')
    }
    const [entry] = (await yildiz.ok('netzCoaching', { query: { begleitung } })).eintraege.filter((item: Json) => item.darfAendern)
    await nguyen.refused('nicht_gefunden', 'netzCoachingAendern', { query: { eintrag: entry.id }, stand: entry.stand, body })
    await yildiz.refused('veraltet', 'netzCoachingAendern', { query: { eintrag: entry.id }, stand: 99, body })
    await yildiz.ok('netzCoachingAendern', { query: { eintrag: entry.id }, stand: entry.stand, body: { ...body, thema: 'Neues Thema' } })
    expect((await nguyen.call('netzCoaching', { query: { begleitung } })).text).toContain('Neues Thema')
  })

  test('a next step goes into the checklist of the town, and a newer version keeps it', async () => {
    const [step] = (await nguyen.ok('netzCoaching', { query: { begleitung } })).eintraege.filter((entry: Json) => entry.schritt)
    let list = await nguyen.ok('netzChecklisteBeginnen', { body: { werkzeug: 'e-akte-in-12-schritten', version: '0.9' } })
    await grossmann.refused('nicht_gefunden', 'netzChecklisteErgaenzen', { id: list.id, stand: list.stand, query: { coaching: step.id }, body: { text: step.schritt } })
    list = await nguyen.ok('netzChecklisteErgaenzen', { id: list.id, stand: list.stand, query: { coaching: step.id }, body: { text: step.schritt } })
    await nguyen.refused('vergeben', 'netzChecklisteErgaenzen', { id: list.id, stand: list.stand, query: { coaching: step.id }, body: { text: step.schritt } })
    expect(list.neuerungen.map((change: Json) => change.schluessel)).not.toContain('eigen-1')
    list = await nguyen.ok('netzPunktSetzen', { id: list.id, stand: list.stand, body: { schluessel: 'eigen-1', status: 'erledigt' } })
    list = await nguyen.ok('netzChecklisteAendern', { id: list.id, stand: list.stand, body: { version: '1.0' } })
    expect(list.abschnitte.at(-1)).toMatchObject({ titel: 'Eigene Punkte', erledigt: 1, punkte: [{ text: 'Scanner am Empfang ausprobieren', status: 'erledigt' }] })
    list = await nguyen.ok('netzChecklisteAendern', { id: list.id, stand: list.stand, body: { status: 'beendet' } })
    await nguyen.refused('abgeschlossen', 'netzChecklisteErgaenzen', { id: list.id, stand: list.stand, body: { text: 'zu spät' } })
  })

  test('the town takes it back: the Lotse sees nothing any more, the town keeps its log', async () => {
    await nguyen.ok('netzEinwilligung', { query: { lotse: lotse.id }, body: { erteilt: false } })
    expect(await seenBy(yildiz)).toBe(false)
    await yildiz.refused('nicht_gefunden', 'netzCoaching', { query: { begleitung } })
    expect(await entryOf(yildiz)).toMatchObject({ stand: 'angefragt', darfLesen: false })
    expect((await nguyen.ok('netzCoaching', { query: { begleitung } })).darfSchreiben).toBe(false)
    await nguyen.refused('abgeschlossen', 'netzCoachingSchreiben', { query: { begleitung }, body: { tag: '2026-11-21', thema: 'x', inhalt: 'x', erledigt: false } })
    await nguyen.ok('netzEinwilligung', { query: { lotse: lotse.id }, body: { erteilt: true } })
    expect(await seenBy(yildiz)).toBe(true)
    // The Lotse leaves: with the membership goes the sight.
    const mine = await yildiz.ok('netzMitglied', { id: lotse.id })
    await yildiz.ok('netzMitgliedZustand', { id: lotse.id, stand: mine.stand, body: { zustand: 'ausgeschieden' } })
    expect(await seenBy(yildiz)).toBe(false)
    await yildiz.refused('nicht_gefunden', 'netzCoaching', { query: { begleitung } })
  })
})

const neu = (more: Json = {}): Json => ({ art: 'workshop', titel: 'Probe', tag: day(40), von: '09:30', bis: '11:00', ort: 'Rathaus', tagesordnung: [], sichtbarkeit: 'netze', ...more })
const openEvent = async (more: Json = {}): Promise<Json> => {
  const made = await nguyen.ok('netzTerminAnlegen', { body: neu(more) })
  return nguyen.ok('netzTerminZustand', { id: made.id, stand: made.stand, body: { status: 'offen' } })
}

describe('events', () => {
  test('are planned in the own town, and seen by those for whom they are once they are open', async () => {
    const made = await grossmann.ok('netzTerminAnlegen', { body: neu({ titel: 'Nur für Sachsen', sichtbarkeit: 'land', link: 'https://konferenz.example/geheim' }) })
    expect(made.status).toBe('geplant')
    expect((await hoenicke.ok('netzTerminentwuerfe')).eintraege.map((entry: Json) => entry.id)).toContain(made.id)
    expect((await maeder.call('netzTerminentwuerfe')).text).not.toContain(made.id)
    await maeder.refused('nicht_gefunden', 'netzTermin', { query: { termin: made.id } })
    await maeder.refused('nicht_gefunden', 'netzAnmelden', { query: { termin: made.id } })
    await hoenicke.refused('nicht_gefunden', 'netzAnmelden', { query: { termin: made.id } })
    await grossmann.refused('nicht_erlaubt', 'netzTerminZustand', { id: made.id, stand: made.stand, body: { status: 'offen' } })
    await nguyen.ok('netzTerminZustand', { id: made.id, stand: made.stand, body: { status: 'offen' } })
    await maeder.refused('nicht_gefunden', 'netzTermin', { query: { termin: made.id } })
    await maeder.refused('nicht_gefunden', 'netzAnmelden', { query: { termin: made.id } })
    expect((await maeder.call('netzTermine', { query: { q: 'sachsen' } })).text).not.toContain('Nur für Sachsen')
    expect((await hoenicke.ok('netzTermine', { query: { q: 'nur für' } })).eintraege.map((entry: Json) => entry.id)).toEqual([made.id])
    // The address of the meeting is for those who take part.
    expect((await hoenicke.call('netzTermin', { query: { termin: made.id } })).text).not.toContain('geheim')
    expect((await hoenicke.ok('netzAnmelden', { query: { termin: made.id } })).meine.link).toBe('https://konferenz.example/geheim')
    for (const wrong of [{ von: '25:00' }, { bis: '09:00' }, { plaetze: 0 }, { link: 'http://x' }, { ort: undefined }, { sichtbarkeit: 'coaching' }, { modul: 'datenschutz' }, { regel: 'FREQ=DAILY' }])
      await grossmann.refused('eingabe_ungueltig', 'netzTerminAnlegen', { body: neu(wrong) })
  })

  test('a full one has a waiting list that moves up by itself, across towns, with mail', async () => {
    let event = await openEvent({ titel: 'Zwei Plätze', plaetze: 2 })
    expect((await maeder.ok('netzAnmelden', { query: { termin: event.id } })).meine.status).toBe('angemeldet')
    expect((await grossmann.ok('netzAnmelden', { query: { termin: event.id } })).meine.status).toBe('angemeldet')
    expect((await yildiz.ok('netzAnmelden', { query: { termin: event.id } })).meine).toMatchObject({ status: 'wartet', platz: 1 })
    expect((await hoenicke.ok('netzAnmelden', { query: { termin: event.id } })).meine).toMatchObject({ status: 'wartet', platz: 2 })
    expect((await yildiz.ok('netzAnmelden', { query: { termin: event.id } })).wartend, 'twice is once').toBe(2)
    expect((await nguyen.ok('netzAnmeldungen', { id: event.id })).eintraege.map((entry: Json) => [entry.kommune, entry.status])).toEqual([['Gemeinde Haselrode', 'angemeldet'], ['Stadt Auenbrück', 'angemeldet'], ['Gemeinde Haselrode', 'wartet'], ['Stadt Auenbrück', 'wartet']].map(([town, status]) => [expect.stringContaining(town?.split(' ')[1] ?? ''), status]))
    await maeder.refused('nicht_gefunden', 'netzAnmeldungen', { id: event.id })
    expect((await maeder.ok('netzAbmelden', { query: { termin: event.id } })).meine).toBeUndefined()
    expect((await yildiz.ok('netzTermin', { query: { termin: event.id } })).meine.status).toBe('angemeldet')
    expect((await hoenicke.ok('netzTermin', { query: { termin: event.id } })).meine).toMatchObject({ status: 'wartet', platz: 1 })
    // More seats let the next in, too.
    event = await nguyen.ok('netzTermin', { query: { termin: event.id } })
    event = await nguyen.ok('netzTerminAendern', { id: event.id, stand: event.stand, body: neu({ titel: 'Zwei Plätze', plaetze: 3 }) })
    expect((await hoenicke.ok('netzTermin', { query: { termin: event.id } })).meine.status).toBe('angemeldet')
    // What one signed up for is one's own.
    expect((await hoenicke.ok('netzTermine', { query: { meine: true } })).eintraege.map((entry: Json) => entry.id)).toContain(event.id)
    expect((await strassberger.ok('netzTermine', { query: { meine: true } })).eintraege.map((entry: Json) => entry.id)).not.toContain(event.id)
    await nguyen.ok('netzTerminZustand', { id: event.id, stand: event.stand, body: { status: 'abgesagt' } })
    await maeder.refused('abgeschlossen', 'netzAnmelden', { query: { termin: event.id } })
    await nguyen.refused('abgeschlossen', 'netzTerminAendern', { id: event.id, stand: event.stand + 1, body: neu() })
  })

  test('fifty who sign up at once never get more than the seats', async () => {
    const event = await openEvent({ titel: 'Andrang', plaetze: 7 })
    const passwort = path.join(server.place.folder, 'andrang.txt')
    writeFileSync(passwort, 'ein-gutes-Passwort\n')
    const made = await command(server.place, 'init', '--mandant', 'andrang', '--name', 'Stadt Andrang', '--land', 'Sachsen', '--ags', '14626110', '--anmeldename', 'verwalter', '--vorname', 'Ada', '--nachname', 'Verwalter', '--passwort-datei', passwort)
    expect(made.code, made.stderr).toBe(0)
    const admin = await server.login('verwalter', 'andrang', 'ein-gutes-Passwort')
    const stelle = (await admin.ok('stellen')).eintraege[0]
    const ids = [admin.session.person.id]
    const names = Array.from({ length: 49 }, (_, i) => `gast${i}`)
    for (const name of names) {
      const person = await admin.ok('personAnlegen', { body: { vorname: 'Gast', nachname: name, anmeldename: name, passwort: 'ein-gutes-Passwort' } })
      ids.push(person.id)
    }
    await admin.ok('stelleBesetzen', { id: stelle.id, stand: stelle.stand, body: { personen: ids } })
    const guests: Client[] = [admin]
    for (const name of names) guests.push(await server.login(name, 'andrang', 'ein-gutes-Passwort'))
    expect(guests).toHaveLength(50)
    // Half of them twice, and from both towns.
    const replies = await Promise.all([...guests, ...guests.slice(0, 20), maeder, grossmann].map((guest) => guest.call('netzAnmelden', { query: { termin: event.id } })))
    expect(replies.filter((reply) => reply.status !== 200).map((reply) => reply.text)).toEqual([])
    const list = (await nguyen.ok('netzAnmeldungen', { id: event.id })).eintraege
    expect(list).toHaveLength(52)
    expect(list.filter((entry: Json) => entry.status === 'angemeldet')).toHaveLength(7)
    expect(new Set(list.map((entry: Json) => entry.nr)).size).toBe(52)
    const first = list.filter((entry: Json) => entry.status === 'angemeldet').map((entry: Json) => entry.name)
    await Promise.all(guests.filter((guest) => first.includes(`${guest.session.person.name ?? ''}`)).slice(0, 3).map((guest) => guest.call('netzAbmelden', { query: { termin: event.id } })))
    expect((await nguyen.ok('netzTermin', { query: { termin: event.id } })).belegt).toBe(7)
  }, 180_000)

  test('a series is made by rule, opened whole, and leaves holidays out', async () => {
    const first = await nguyen.ok('netzTerminAnlegen', { body: neu({ art: 'fruehstueck', titel: 'Frühstück nach Regel', tag: '2099-01-01', regel: 'FREQ=MONTHLY;BYDAY=3FR;COUNT=12' }) })
    expect(first.regelWorte).toBe('dritter Freitag im Monat, 12-mal')
    await nguyen.ok('netzTerminZustand', { id: first.id, stand: first.stand, body: { status: 'offen' } })
    const all = await maeder.ok('netzTermine', { query: { q: 'frühstück nach regel', limit: 50 } })
    expect(all.eintraege).toHaveLength(12)
    for (const entry of all.eintraege) {
      const at = new Date(entry.beginn)
      expect(at.getUTCDay()).toBe(5)
      expect(Math.ceil(at.getUTCDate() / 7)).toBe(3)
      expect(new Intl.DateTimeFormat('de-DE', { timeStyle: 'short', timeZone: 'Europe/Berlin' }).format(at)).toBe('09:30')
    }
    expect((await maeder.ok('netzTermin', { query: { termin: first.id } })).reihe).toHaveLength(11)
    // Page by page it is the same.
    expect((await maeder.all('netzTermine', { query: { q: 'frühstück nach regel' } }, 5)).map((entry: Json) => entry.id)).toEqual(all.eintraege.map((entry: Json) => entry.id))
  })

  test('goes into a calendar that others read', async () => {
    const event = await openEvent({ titel: 'Kalender; mit, Zeichen', beschreibung: 'Zeile eins\nZeile zwei' })
    await maeder.ok('netzAnmelden', { query: { termin: event.id } })
    const reply = await maeder.call('netzTermineKalender')
    const text = reply.text.replaceAll('\r\n ', '')
    expect(text).toContain('SUMMARY:Kalender\\; mit\\, Zeichen')
    expect(text).toContain(`UID:${event.id}@aktenlotse`)
    expect(text).toMatch(/DTSTART:\d{8}T0[78]3000Z/)
    expect(reply.text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true)
    expect((await hoenicke.call('netzTermineKalender')).text).not.toContain(event.id)
    const single = (await hoenicke.call('netzTerminKalender', { query: { termin: event.id } })).text
    const [read] = new ICAL.Component(ICAL.parse(single)).getAllSubcomponents('vevent').map((part) => new ICAL.Event(part))
    expect([read?.summary, read?.description, read?.location]).toEqual(['Kalender; mit, Zeichen', 'Zeile eins\nZeile zwei', 'Rathaus'])
  })

  test('who was there, minutes, material, and feedback without a name', async () => {
    const event = await openEvent({ titel: 'Gestern noch morgen', plaetze: 10 })
    for (const guest of [maeder, grossmann, hoenicke]) await guest.ok('netzAnmelden', { query: { termin: event.id } })
    let now = await nguyen.ok('netzTermin', { query: { termin: event.id } })
    await nguyen.refused('konflikt', 'netzDabei', { id: event.id, stand: now.stand, nr: 1, body: { dabei: true } })
    await maeder.refused('konflikt', 'netzRueckmeldung', { query: { termin: event.id }, body: { note: 5 } })
    now = await nguyen.ok('netzTerminAendern', { id: event.id, stand: now.stand, body: neu({ titel: 'Gestern noch morgen', plaetze: 10, tag: day(-1) }) })
    now = await nguyen.ok('netzTerminNachlese', { id: event.id, stand: now.stand, body: { protokoll: 'Wir haben viel gelernt.', material: [{ titel: 'Folien', adresse: 'https://lotsen.example/folien' }] } })
    await nguyen.refused('eingabe_ungueltig', 'netzTerminNachlese', { id: event.id, stand: now.stand, body: { material: [{ titel: 'x', adresse: 'javascript:alert(1)' }] } })
    now = await nguyen.ok('netzDabei', { id: event.id, stand: now.stand, nr: 1, body: { dabei: true } })
    await nguyen.refused('nicht_gefunden', 'netzDabei', { id: event.id, stand: now.stand, nr: 99, body: { dabei: true } })
    expect((await maeder.ok('netzTermin', { query: { termin: event.id } })).meine.dabei).toBe(true)
    expect(await maeder.ok('netzTermin', { query: { termin: event.id } })).toMatchObject({ protokoll: 'Wir haben viel gelernt.', material: [{ titel: 'Folien' }] })
    await maeder.ok('netzRueckmeldung', { query: { termin: event.id }, body: { note: 5, text: 'Sehr nützlich' } })
    await maeder.refused('vergeben', 'netzRueckmeldung', { query: { termin: event.id }, body: { note: 1 } })
    await yildiz.refused('nicht_erlaubt', 'netzRueckmeldung', { query: { termin: event.id }, body: { note: 1 } })
    await grossmann.ok('netzRueckmeldung', { query: { termin: event.id }, body: { note: 4 } })
    expect((await nguyen.ok('netzTermin', { query: { termin: event.id } })).rueckmeldungen, 'of two one could guess').toBeUndefined()
    await hoenicke.refused('eingabe_ungueltig', 'netzRueckmeldung', { query: { termin: event.id }, body: { note: 6 } })
    await hoenicke.ok('netzRueckmeldung', { query: { termin: event.id }, body: { note: 3 } })
    expect((await nguyen.ok('netzTermin', { query: { termin: event.id } })).rueckmeldungen).toEqual({ anzahl: 3, zehntel: 40, texte: ['Sehr nützlich'] })
    expect((await maeder.call('netzTermin', { query: { termin: event.id } })).text).not.toContain('Sehr nützlich')
  })

  test('has ready-made formats, among them the two workshops of 25 April 2025, whose results are objects', async () => {
    const { formate } = await grossmann.ok('netzTerminformate')
    expect(formate.map((format: Json) => format.schluessel)).toEqual(['fruehstueck', 'sprechstunde', 'kurs', 'netzwerktreffen', 'workshop-risiken', 'workshop-werkzeuge'])
    const workshop = formate.find((format: Json) => format.schluessel === 'workshop-risiken')
    expect(workshop.tagesordnung.map((point: Json) => point.ergebnis).filter(Boolean)).toEqual(['risiko', 'massnahme', 'erwartung'])
    const event = await openEvent({ titel: workshop.titel, tagesordnung: workshop.tagesordnung, sichtbarkeit: 'netze' })
    const body = { titel: 'Keine Zeit', art: 'risiko', status: 'offen', sichtbarkeit: 'netze' }
    let list = await maeder.ok('netzBeitragSchreiben', { query: { bezug: event.id }, body })
    const risk = list.eintraege[0]
    await grossmann.refused('eingabe_ungueltig', 'netzBeitragSchreiben', { query: { bezug: event.id }, body: { ...body, art: 'massnahme' } })
    list = await grossmann.ok('netzBeitragSchreiben', { query: { bezug: event.id, zu: risk.id }, body: { ...body, art: 'massnahme', titel: 'Vier Stunden fest', verantwortlich: 'Hauptamt', faellig: '2027-01-31' } })
    expect(list.eintraege[1]).toMatchObject({ art: 'massnahme', zu: risk.id, verantwortlich: 'Hauptamt', von: { name: 'Stadt Auenbrück' }, darfAendern: true })
    expect(list.eintraege[0].darfAendern).toBe(false)
    for (const art of ['erwartung', 'erfolgsfaktor', 'kooperation', 'werkzeug']) list = await maeder.ok('netzBeitragSchreiben', { query: { bezug: event.id }, body: { ...body, art, titel: art } })
    expect(list.eintraege).toHaveLength(6)
    await nguyen.refused('nicht_gefunden', 'netzBeitragAendern', { id: risk.id, stand: risk.stand || 1, body })
    await maeder.ok('netzBeitragAendern', { id: risk.id, stand: risk.stand, body: { ...body, status: 'inArbeit' } })
    expect((await grossmann.ok('netzBeitraege', { query: { bezug: event.id } })).eintraege[0].status).toBe('inArbeit')
    await maeder.ok('netzBeitragEntfernen', { id: list.eintraege[5].id, stand: list.eintraege[5].stand })
    expect((await grossmann.ok('netzBeitraege', { query: { bezug: event.id } })).eintraege).toHaveLength(5)
  })
})

describe('results of a workshop', () => {
  test('come from the minutes with one click, and become a cooperation and a tool, linked both ways', async () => {
    let event = await openEvent({ titel: 'Werkstatt Scannen', sichtbarkeit: 'netze' })
    await nguyen.refused('eingabe_ungueltig', 'netzErgebnisse', { id: event.id, stand: event.stand })
    const protokoll = 'Wir waren zwölf.\n- Risiko: Der Scanner fehlt\n- Maßnahme: Leihgerät vom Kreis\nErwartung: Schulung im Mai\nKooperation: Gemeinsame Scanstelle\nWerkzeug: Prüfliste vor dem Scannen'
    event = await nguyen.ok('netzTerminNachlese', { id: event.id, stand: event.stand, body: { protokoll, material: [] } })
    await maeder.refused('nicht_gefunden', 'netzErgebnisse', { id: event.id, stand: event.stand })
    let list = (await nguyen.ok('netzErgebnisse', { id: event.id, stand: event.stand })).eintraege
    const of = (art: string): Json => list.find((entry: Json) => entry.art === art)
    expect(list.map((entry: Json) => [entry.art, entry.titel]).sort()).toEqual([['erwartung', 'Schulung im Mai'], ['kooperation', 'Gemeinsame Scanstelle'], ['massnahme', 'Leihgerät vom Kreis'], ['risiko', 'Der Scanner fehlt'], ['werkzeug', 'Prüfliste vor dem Scannen']])
    expect(of('massnahme').zu).toBe(of('risiko').id)
    // Again: what is there stays as it is.
    expect((await nguyen.ok('netzErgebnisse', { id: event.id, stand: event.stand })).eintraege).toEqual(list)
    await nguyen.refused('konflikt', 'netzBeitragObjekt', { id: of('risiko').id, stand: of('risiko').stand })
    await maeder.refused('nicht_gefunden', 'netzBeitragObjekt', { id: of('kooperation').id, stand: of('kooperation').stand })
    for (const art of ['kooperation', 'werkzeug']) await nguyen.ok('netzBeitragObjekt', { id: of(art).id, stand: of(art).stand })
    list = (await nguyen.ok('netzBeitraege', { query: { bezug: event.id } })).eintraege
    await nguyen.refused('vergeben', 'netzBeitragObjekt', { id: of('werkzeug').id, stand: of('werkzeug').stand })
    const aus = { id: event.id, titel: 'Werkstatt Scannen' }
    expect(await nguyen.ok('netzKooperation', { query: { kooperation: of('kooperation').objekt } })).toMatchObject({ thema: 'Gemeinsame Scanstelle', status: 'offen', aus })
    expect(await nguyen.ok('netzWerkzeug', { query: { schluessel: of('werkzeug').objekt } })).toMatchObject({ titel: 'Prüfliste vor dem Scannen', zustand: 'entwurf', aus })
    // Others see the cooperation, and not the draft.
    const there = (await maeder.ok('netzBeitraege', { query: { bezug: event.id } })).eintraege
    expect(there.find((entry: Json) => entry.art === 'kooperation').objekt).toBe(of('kooperation').objekt)
    expect(there.find((entry: Json) => entry.art === 'werkzeug').objekt).toBeUndefined()
    expect((await maeder.ok('netzKooperation', { query: { kooperation: of('kooperation').objekt } })).aus).toEqual(aus)
  })
})

describe('contributions to a Praxis', () => {
  test('are seen no further than the Praxis, and hang on it while it changes', async () => {
    const body = { titel: 'Praxis nur für Sachsen', problem: 'Probe', sichtbarkeit: 'land' }
    let praxis = await nguyen.ok('netzPraxisAnlegen', { body })
    await grossmann.refused('nicht_gefunden', 'netzBeitragSchreiben', { query: { bezug: praxis.id }, body: { titel: 'x', art: 'frage', status: 'offen', sichtbarkeit: 'land' } })
    praxis = await nguyen.ok('netzPraxisZustand', { id: praxis.id, stand: praxis.stand, body: { status: 'veroeffentlicht' } })
    await grossmann.refused('eingabe_ungueltig', 'netzBeitragSchreiben', { query: { bezug: praxis.id }, body: { titel: 'x', art: 'frage', status: 'offen', sichtbarkeit: 'netze' } })
    await maeder.refused('nicht_gefunden', 'netzBeitragSchreiben', { query: { bezug: praxis.id }, body: { titel: 'x', art: 'frage', status: 'offen', sichtbarkeit: 'land' } })
    const asked = await grossmann.ok('netzBeitragSchreiben', { query: { bezug: praxis.id }, body: { titel: 'Geht das auch mit zwei Personen?', art: 'frage', status: 'offen', sichtbarkeit: 'land' } })
    await hoenicke.ok('netzBeitragSchreiben', { query: { bezug: praxis.id, zu: asked.eintraege[0].id }, body: { titel: 'Ja', art: 'antwort', status: 'offen', sichtbarkeit: 'kommune' } })
    await maeder.refused('nicht_gefunden', 'netzBeitraege', { query: { bezug: praxis.id } })
    await nguyen.ok('netzPraxisAendern', { id: praxis.id, stand: praxis.stand, body: { ...body, titel: 'Geändert' } })
    expect((await hoenicke.ok('netzBeitraege', { query: { bezug: praxis.id } })).eintraege.map((entry: Json) => entry.titel)).toEqual(['Geht das auch mit zwei Personen?', 'Ja'])
  })
})

describe('training', () => {
  test('attendance of all modules gives a certificate as PDF', async () => {
    const { module } = await maeder.ok('netzTerminformate')
    await maeder.refused('nicht_gefunden', 'netzZertifikat')
    for (const [i, modul] of module.entries()) {
      const event = await openEvent({ art: 'kurs', titel: `Basisbefähigung: ${modul.titel}`, modul: modul.schluessel })
      await maeder.ok('netzAnmelden', { query: { termin: event.id } })
      if (i === 0) expect((await maeder.ok('netzSchulung')).status).toBe('angemeldet')
      let now = await nguyen.ok('netzTermin', { query: { termin: event.id } })
      now = await nguyen.ok('netzTerminAendern', { id: event.id, stand: now.stand, body: neu({ art: 'kurs', titel: event.titel, modul: modul.schluessel, tag: day(-2) }) })
      await nguyen.ok('netzDabei', { id: event.id, stand: now.stand, nr: 1, body: { dabei: true } })
      expect((await maeder.ok('netzSchulung')).status).toBe(i < module.length - 1 ? 'laeuft' : 'abgeschlossen')
    }
    const reply = await maeder.call('netzZertifikat')
    const file = path.join(server.place.folder, 'zertifikat.pdf')
    writeFileSync(file, reply.bytes)
    const text = execFileSync('pdftotext', ['-layout', file, '-']).toString()
    expect(text).toContain('Zertifikat')
    for (const modul of module) expect(text.replace(/\s+/g, ' ')).toContain(modul.titel.split(' ')[0])
    expect(text).toContain('Stadt Auenbrück')
    expect(execFileSync('pdfinfo', [file]).toString()).toContain('Zertifikat Basisbefähigung')
    await grossmann.refused('nicht_gefunden', 'netzZertifikat')
  })
})

describe('associations and products', () => {
  test('the register names them; who is a member says each town itself', async () => {
    const list = await grossmann.ok('netzOrganisationen')
    expect(new Set(list.eintraege.map((one: Json) => one.art))).toEqual(new Set(['verband', 'ministerium', 'dienstleister']))
    expect(list.eintraege.find((one: Json) => one.schluessel === 'ssg')).toMatchObject({ mitglieder: 416, von: 418, hier: 1 })
    expect(list.produkte.map((one: Json) => one.name).join()).toContain('Aktenlotse')
    const ags = async (query: Json): Promise<string[]> => (await maeder.ok('netzKommunen', { query })).eintraege.map((town: Json) => town.ags)
    expect(await ags({ verband: 'ssg' })).toEqual([auenbrueck])
    expect(await ags({ ohne: 'ssg' })).toEqual([haselrode])
    expect(await ags({ produkt: 'zweckverband' })).toEqual([haselrode])
    expect((await maeder.ok('netzKommune', { query: { ags: auenbrueck } })).profil.mitgliedIn).toEqual(['Sächsischer Städte- und Gemeindetag'])
    const profile = await nguyen.ok('netzProfil')
    await nguyen.refused('eingabe_ungueltig', 'netzProfilSetzen', { stand: profile.stand, body: { einfuehrung: 'pilot', sichtbarkeit: 'netze', mitgliedIn: ['mid-st'] } })
  })
})

describe('for the funder and the mayor', () => {
  test('by quarter and by district, as JSON, CSV and PDF', async () => {
    const report = await maeder.ok('netzBericht')
    expect(report.quartale.at(-1).navigatoren).toBeGreaterThanOrEqual(2)
    expect(report.quartale.map((one: Json) => one.quartal)).toEqual([...report.quartale.map((one: Json) => one.quartal)].sort())
    expect(report.kreise.reduce((sum: number, one: Json) => sum + one.kommunen, 0)).toBeGreaterThanOrEqual(418 + 218)
    expect(report.quartale.reduce((sum: number, one: Json) => sum + one.veranstaltungen, 0)).toBeGreaterThanOrEqual(2)
    const csv = (await maeder.call('netzBerichtCsv', { query: { teil: 'kreise' } })).text
    expect(csv.split('\r\n')[0]).toBe('\uFEFF"Kreis";"Land";"Kommunen";"Erreicht";"Navigatoren";"Veranstaltungen";"Übernahmen";"Tage vorher";"Tage nachher"')
    expect(csv.split('\r\n')).toHaveLength(report.kreise.length + 2)
    const file = path.join(server.place.folder, 'bericht.pdf')
    writeFileSync(file, (await maeder.call('netzBerichtPdf')).bytes)
    const text = execFileSync('pdftotext', ['-layout', file, '-']).toString()
    expect(text).toContain('Nach Quartalen')
    expect(text).toContain('Erzgebirgskreis')
  })

  test('what a town runs is seen as far as its page, and adoptions count', async () => {
    const praxis = (await maeder.ok('netzPraktiken', { query: { q: 'bauantrag' } })).eintraege[0]
    const before = (await nguyen.ok('netzBericht')).quartale.at(-1).uebernahmen
    const adopted = await maeder.ok('netzBausteinUebernehmen', { body: { praxis: praxis.id, namen: [{ alt: 'bürgermeisterin', neu: 'bürgermeister' }], uebernehmen: [] } })
    expect((await nguyen.ok('netzBericht')).quartale.at(-1).uebernahmen).toBe(before + 1)
    expect((await nguyen.ok('netzKommune', { query: { ags: haselrode } })).laeuft).toEqual([adopted.titel])
    const profile = await maeder.ok('netzProfil')
    const body = { einfuehrung: profile.einfuehrung, einwohner: profile.einwohner, sichtbarkeit: 'land' }
    await maeder.ok('netzProfilSetzen', { stand: profile.stand, body })
    expect((await nguyen.call('netzKommune', { query: { ags: haselrode } })).text).not.toContain(adopted.titel)
    // Figures flow only where the town agrees, and one town alone is never told of.
    expect(await maeder.ok('netzWirkung', { query: { baustein: adopted.baustein } })).toMatchObject({ hierUebernommen: true, einverstanden: false })
    await grossmann.refused('nicht_erlaubt', 'netzWirkungSetzen', { query: { baustein: adopted.baustein }, body: { einverstanden: true } })
    const agreed = await maeder.ok('netzWirkungSetzen', { query: { baustein: adopted.baustein }, body: { einverstanden: true } })
    expect(agreed.einverstanden).toBe(true)
    expect(agreed.summe).toBeUndefined()
    await nguyen.refused('nicht_gefunden', 'netzWirkungSetzen', { query: { baustein: adopted.baustein }, body: { einverstanden: true } })
    await maeder.ok('netzUebernahmeZurueck', { id: adopted.id, stand: adopted.stand })
    expect((await maeder.ok('netzKommune', { query: { ags: haselrode } })).laeuft).toEqual([])
    await maeder.ok('netzProfilSetzen', { stand: profile.stand + 1, body: { ...body, sichtbarkeit: 'netze' } })
  })

  test('the catalogue is DCAT-AP.de', async () => {
    const reply = await stranger('/oeffentlich/katalog')
    expect(reply.headers.get('content-type')).toContain('application/ld+json')
    // A real RDF processor reads it, in its strict mode: a word that no vocabulary has, or a wrong address, fails.
    const quads = (await jsonld.toRDF(JSON.parse(reply.text), { safe: true } as never)) as unknown as Json[]
    const of = (subject: string, predicate: string): string[] => quads.filter((quad) => quad.subject.value === subject && quad.predicate.value === predicate).map((quad) => quad.object.value)
    const type = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type'
    const subjects = (kind: string): string[] => quads.filter((quad) => quad.predicate.value === type && quad.object.value === kind).map((quad) => quad.subject.value)
    const [catalog = ''] = subjects('http://www.w3.org/ns/dcat#Catalog')
    const sets = subjects('http://www.w3.org/ns/dcat#Dataset')
    expect(sets.length).toBeGreaterThanOrEqual(1)
    expect(of(catalog, 'http://www.w3.org/ns/dcat#dataset').sort()).toEqual([...sets].sort())
    for (const set of [catalog, ...sets]) for (const need of ['title', 'description', 'publisher']) expect(of(set, `http://purl.org/dc/terms/${need}`), `${set} ${need}`).toHaveLength(1)
    for (const set of sets) {
      expect(of(set, 'http://dcat-ap.de/def/dcatde/contributorID')).toHaveLength(1)
      const [distribution = ''] = of(set, 'http://www.w3.org/ns/dcat#distribution')
      const [access = ''] = of(distribution, 'http://www.w3.org/ns/dcat#accessURL')
      expect(of(distribution, 'http://purl.org/dc/terms/license')).toEqual(['http://dcat-ap.de/def/licenses/cc-by/4.0'])
      const file = await stranger(access.replace('https://netz.example', ''))
      expect(file.status).toBe(200)
      expect(JSON.parse(file.text).titel).toBe('Bauantrag in sechs Schritten')
    }
  })

  test('the catalogue conforms to the SHACL shapes of DCAT-AP.de, which find each thing that would be missing', async () => {
    const katalog = JSON.parse((await stranger('/oeffentlich/katalog')).text)
    expect(await violations(katalog)).toEqual([])
    // The shapes see what they say they see.
    const without = async (type: string, change: (node: Json) => void): Promise<string[]> => {
      const copy = structuredClone(katalog)
      const visit = (node: Json): void => {
        if (node === null || typeof node !== 'object') return
        if (Array.isArray(node)) return node.forEach(visit)
        if ([node['@type']].flat().includes(type)) change(node)
        for (const inner of Object.values(node)) visit(inner)
      }
      visit(copy['@graph'])
      return violations(copy)
    }
    const mandatory: [string, string[]][] = [
      ['dcat:Catalog', ['dct:title', 'dct:description', 'dct:publisher', 'dcat:dataset']],
      ['dcat:Dataset', ['dct:title', 'dct:description', 'dcatde:contributorID', 'dct:publisher', 'dcat:theme', 'dcat:distribution']],
      ['dcat:Distribution', ['dcat:accessURL', 'dct:license']],
      ['foaf:Agent', ['foaf:name']],
    ]
    for (const [type, properties] of mandatory)
      for (const property of properties) expect(await without(type, (node) => delete node[property]), `${type} ${property}`).toContain(`${property.split(':')[1]}: MinCountConstraintComponent`)
    expect(await without('dcat:Distribution', (node) => (node['dct:license'] = 'nach Absprache'))).not.toEqual([])
    expect(await without('dcat:Dataset', (node) => (node['dct:modified'] = 'neulich'))).toContain('modified: OrConstraintComponent')
  })

  test('a practice with a licence that has no name in DCAT-AP.de conforms too, and is given out as not open', async () => {
    const [praxis] = (await nguyen.ok('netzPraktiken', { query: { q: 'Bauantrag in sechs' } })).eintraege
    const before = await nguyen.ok('netzPraxis', { query: { praxis: praxis.id } })
    const { titel, problem, rahmen, schritte, aufwand, wirkung, erfolgsfaktoren, sichtbarkeit } = before
    const body = { titel, problem, rahmen, schritte, aufwand, wirkung, erfolgsfaktoren, sichtbarkeit }
    const after = await nguyen.ok('netzPraxisAendern', { id: praxis.id, stand: before.stand, body: { ...body, lizenz: 'nur für Kommunen' } })
    const text = (await stranger('/oeffentlich/katalog')).text
    expect(text).toContain('http://dcat-ap.de/def/licenses/other-closed')
    expect(text).toContain('nur für Kommunen')
    expect(await violations(JSON.parse(text))).toEqual([])
    await nguyen.ok('netzPraxisAendern', { id: praxis.id, stand: after.stand, body: { ...body, lizenz: before.lizenz } })
  })
})
