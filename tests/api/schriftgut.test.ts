// Aktenplan, Akte, Vorgang, Dokument: making, changing, closing, and their history in words.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Client, Json } from './support/client'
import { Server } from './support/server'
import { newVorgang, one, sentences } from './support/town'

let server: Server
let registratur: Client
let bauamt: Client
beforeAll(async () => {
  server = await Server.demo()
  registratur = await server.login('hoenicke')
  bauamt = await server.login('grossmann')
})
afterAll(() => server.stop())

describe('Aktenplan', () => {
  test('the whole plan comes in order of its signs, with leaves and counts', async () => {
    const plan = (await bauamt.ok('aktenplan')).eintraege
    expect(plan.length).toBeGreaterThan(140)
    const signs = plan.map((entry: Json) => entry.kennzeichen)
    expect([...signs].sort()).toEqual(signs)
    const parents = new Set(plan.map((entry: Json) => entry.ueber).filter(Boolean))
    expect(plan.filter((entry: Json) => entry.blatt === parents.has(entry.id))).toEqual([])
    const akten = await bauamt.all('akten')
    expect(plan.reduce((sum: number, entry: Json) => sum + entry.akten, 0)).toBe(akten.length)
  })
  test('an entry is made, changed, locked; below it Akten are opened until then', async () => {
    const ueber = await one(registratur, 'aktenplan', 'kennzeichen', '63')
    const body = { ueber: ueber.id, kennzeichen: '639', titel: 'Denkmalpflege', aufbewahrungsdauer: 30, aussonderungsart: 'B' }
    const made = await registratur.ok('aktenplaneinheitAnlegen', { body })
    expect(made).toMatchObject({ kennzeichen: '639', blatt: true, akten: 0, gesperrt: false, zugriff: { bezeichnung: 'Bauamt' } })
    expect((await registratur.refused('vergeben', 'aktenplaneinheitAnlegen', { body })).feld).toBe('kennzeichen')
    const akte = await registratur.ok('akteAnlegen', { body: { aktenplaneinheit: made.id, betreff: 'Kirchturm' } })
    expect(akte).toMatchObject({ zeichen: '639-1', aufbewahrungsdauer: 30, aussonderungsart: 'B' })
    await registratur.refused('konflikt', 'aktenplaneinheitAnlegen', { body: { ...body, ueber: made.id, kennzeichen: '639.10' } })
    const locked = await registratur.ok('aktenplaneinheitAendern', { id: made.id, stand: made.stand, body: { gesperrt: true, aufbewahrungsdauer: null, beschreibung: 'Nur Altbestand' } })
    expect(locked).toMatchObject({ gesperrt: true, beschreibung: 'Nur Altbestand', akten: 1 })
    expect(locked).not.toHaveProperty('aufbewahrungsdauer')
    await registratur.refused('gesperrt', 'akteAnlegen', { body: { aktenplaneinheit: made.id, betreff: 'x' } })
    expect(await registratur.ok('aktenplaneinheit', { id: made.id })).toEqual(locked)
    expect((await registratur.ok('aktenplaneinheitHistorie', { id: made.id })).eintraege[0].aenderungen).toContainEqual({ feld: 'Gesperrt', alt: 'nein', neu: 'ja' })
  })
  test('only leaves take Akten', async () => {
    const upper = await one(registratur, 'aktenplan', 'kennzeichen', '63')
    await registratur.refused('kein_blatt', 'akteAnlegen', { body: { aktenplaneinheit: upper.id, betreff: 'x' } })
    for (const aufbewahrungsdauer of [-1, 201])
      await registratur.refused('eingabe_ungueltig', 'aktenplaneinheitAnlegen', { body: { kennzeichen: '99', titel: 'x', aussonderungsart: 'V', aufbewahrungsdauer } })
  })
})

describe('Akte and Vorgang', () => {
  test('signs follow the template, also when many are opened at once', async () => {
    const { akte } = await newVorgang(bauamt, 'Carport')
    const made = await Promise.all(Array.from({ length: 20 }, (_, i) => bauamt.ok('vorgangAnlegen', { body: { akte: akte.id, betreff: `gleichzeitig ${i}` } })))
    const year = new Date(made[0].angelegt).getFullYear()
    const expected = Array.from({ length: 20 }, (_, i) => `${akte.zeichen}/${year}-${i + 2}`)
    expect(made.map((vorgang) => vorgang.zeichen).sort()).toEqual(expected.sort())
    expect((await bauamt.ok('akte', { id: akte.id })).vorgaenge).toBe(21)
  })
  test('a change names its state: ETag, If-Match, 428, 412', async () => {
    const { akte, vorgang } = await newVorgang(bauamt, 'Zaun')
    const read = await bauamt.call('vorgang', { id: vorgang.id })
    expect(read.headers.get('etag')).toBe(`"${vorgang.stand}"`)
    await bauamt.refused('bedingung_fehlt', 'vorgangAendern', { id: vorgang.id, body: { betreff: 'x' } })
    await bauamt.refused('bedingung_fehlt', 'vorgangAendern', { id: vorgang.id, body: { betreff: 'x' }, headers: { 'if-match': '*' } })
    for (const tag of ['1', '"x"', '"1", "2"', '""']) await bauamt.refused('anfrage_ungueltig', 'vorgangAendern', { id: vorgang.id, body: { betreff: 'x' }, headers: { 'if-match': tag } })
    const changed = await bauamt.call('vorgangAendern', { id: vorgang.id, stand: vorgang.stand, body: { betreff: 'Zaun, zweite Fassung', bemerkung: 'Zeile 1\nZeile 2', fremdesGeschaeftszeichen: 'LRA 4-12' } })
    expect(changed.json).toMatchObject({ betreff: 'Zaun, zweite Fassung', stand: vorgang.stand + 1, bemerkung: 'Zeile 1\nZeile 2' })
    expect(changed.headers.get('etag')).toBe(`"${vorgang.stand + 1}"`)
    await bauamt.refused('veraltet', 'vorgangAendern', { id: vorgang.id, stand: vorgang.stand, body: { betreff: 'zu spät' } })
    await bauamt.refused('veraltet', 'vorgangZda', { id: vorgang.id, stand: 999 })
    const other = await bauamt.ok('akteAendern', { id: akte.id, stand: akte.stand, body: { betreff: 'Zäune', bemerkung: '' } })
    expect(other).toMatchObject({ betreff: 'Zäune', stand: akte.stand + 1 })
  })
  test('of many who change the same state one succeeds', async () => {
    const { vorgang } = await newVorgang(bauamt, 'Wettlauf')
    const replies = await Promise.all(Array.from({ length: 8 }, (_, i) => bauamt.call('vorgangAendern', { id: vorgang.id, stand: vorgang.stand, body: { betreff: `Läufer ${i}` } })))
    expect(replies.map((reply) => reply.status).sort()).toEqual([200, ...Array.from({ length: 7 }, () => 412)])
  })
  test('the same Idempotency-Key gives the same object; for another request it is refused', async () => {
    const { akte } = await newVorgang(bauamt, 'Doppelt')
    const key = randomUUID()
    const body = { akte: akte.id, betreff: 'nur einmal' }
    const [first, second] = await Promise.all([bauamt.ok('vorgangAnlegen', { body, key }), bauamt.ok('vorgangAnlegen', { body, key })])
    expect(second.id).toBe(first.id)
    expect((await bauamt.ok('vorgangAnlegen', { body, key })).zeichen).toBe(first.zeichen)
    await bauamt.refused('schluessel_wiederverwendet', 'vorgangAnlegen', { body: { ...body, betreff: 'anders' }, key })
    await bauamt.refused('anfrage_ungueltig', 'vorgangAnlegen', { body, key: 'kein-schluessel' })
    expect((await bauamt.ok('akte', { id: akte.id })).vorgaenge).toBe(2)
    const mine = await registratur.ok('vorgangAnlegen', { body, key }) // keys belong to people
    expect(mine.id).not.toBe(first.id)
  })
  test('a person of the town takes it over, and puts it down', async () => {
    const { vorgang } = await newVorgang(bauamt, 'Übergabe')
    expect(vorgang.bearbeitung.name).toBe('Sabine Großmann')
    const leitung = await one(bauamt, 'personen', 'anmeldename', 'wicazowa')
    const given = await bauamt.ok('vorgangAendern', { id: vorgang.id, stand: vorgang.stand, body: { bearbeitung: leitung.id } })
    expect(given.bearbeitung).toEqual({ id: leitung.id, name: 'Hańža Wićazowa' })
    const free = await bauamt.ok('vorgangAendern', { id: vorgang.id, stand: given.stand, body: { bearbeitung: null } })
    expect(free).not.toHaveProperty('bearbeitung')
    await bauamt.refused('eingabe_ungueltig', 'vorgangAendern', { id: vorgang.id, stand: free.stand, body: { bearbeitung: randomUUID() } })
  })
})

describe('zdA', () => {
  test('closing computes the retention, forbids changes, and is taken back', async () => {
    const { akte, vorgang } = await newVorgang(registratur, 'Abschluss')
    const dokument = await registratur.upload('dokumentAnlegen', 'bescheid.txt', 'Bescheid', { id: vorgang.id })
    expect((await registratur.refused('noch_offen', 'akteZda', { id: akte.id, stand: akte.stand })).detail).not.toMatch(/\d/)
    const closed = await registratur.ok('vorgangZda', { id: vorgang.id, stand: vorgang.stand })
    const year = Number(closed.zdaDatum.slice(0, 4))
    expect(closed).toMatchObject({ status: 'abgeschlossen', aufbewahrungBis: `${year + akte.aufbewahrungsdauer}-12-31`, darf: ['vorgangZdaAufheben'] })
    await registratur.refused('abgeschlossen', 'vorgangZda', { id: vorgang.id, stand: closed.stand })
    await registratur.refused('abgeschlossen', 'vorgangAendern', { id: vorgang.id, stand: closed.stand, body: { betreff: 'x' } })
    await registratur.refused('abgeschlossen', 'dokumentAnlegen', { id: vorgang.id, raw: 'x', query: { dateiname: 'x.txt' } })
    await registratur.refused('abgeschlossen', 'dokumentAendern', { id: dokument.id, stand: dokument.stand, body: { betreff: 'x' } })
    await registratur.refused('abgeschlossen', 'versionAnlegen', { id: dokument.id, raw: 'x', query: { dateiname: 'x.txt' } })
    await registratur.refused('abgeschlossen', 'anlageAnlegen', { id: dokument.id, raw: 'x', query: { dateiname: 'x.txt' } })
    await registratur.refused('abgeschlossen', 'dokumentZurueck', { id: dokument.id, stand: dokument.stand })
    const shut = await registratur.ok('akteZda', { id: akte.id, stand: akte.stand })
    expect(shut).toMatchObject({ status: 'abgeschlossen', darf: ['akteZdaAufheben'] })
    await registratur.refused('abgeschlossen', 'vorgangAnlegen', { body: { akte: akte.id, betreff: 'x' } })
    await registratur.refused('abgeschlossen', 'vorgangZdaAufheben', { id: vorgang.id, stand: closed.stand })
    await bauamt.refused('nicht_erlaubt', 'akteZdaAufheben', { id: akte.id, stand: shut.stand })
    const open = await registratur.ok('akteZdaAufheben', { id: akte.id, stand: shut.stand })
    expect(open).not.toHaveProperty('zdaDatum')
    const again = await registratur.ok('vorgangZdaAufheben', { id: vorgang.id, stand: closed.stand })
    expect(again).toMatchObject({ status: 'inBearbeitung' })
    expect(again).not.toHaveProperty('aufbewahrungBis')
    await registratur.refused('konflikt', 'akteZdaAufheben', { id: akte.id, stand: open.stand })
    await registratur.refused('konflikt', 'vorgangZdaAufheben', { id: vorgang.id, stand: again.stand })
    expect(await sentences(registratur, 'vorgangHistorie', vorgang.id)).toEqual([
      `Beate Hönicke hat die zdA-Verfügung des Vorgangs ${vorgang.zeichen} „Abschluss“ aufgehoben.`,
      `Beate Hönicke hat den Vorgang ${vorgang.zeichen} „Abschluss“ zu den Akten verfügt.`,
      'Beate Hönicke hat das Dokument „bescheid“ angelegt.',
      `Beate Hönicke hat den Vorgang ${vorgang.zeichen} „Abschluss“ angelegt.`,
    ])
  })
})

describe('history', () => {
  test('tells who did what, in German and in English, newest first, and the fields that changed', async () => {
    const { akte, vorgang } = await newVorgang(bauamt, 'Ein Baum')
    const changed = await bauamt.ok('vorgangAendern', { id: vorgang.id, stand: vorgang.stand, body: { betreff: 'Zwei Bäume' } })
    const zeichen = vorgang.zeichen
    expect(await sentences(bauamt, 'vorgangHistorie', vorgang.id)).toEqual([
      `Sabine Großmann hat den Vorgang ${zeichen} „Zwei Bäume“ geändert.`,
      `Sabine Großmann hat den Vorgang ${zeichen} „Zwei Bäume“ angelegt.`,
    ])
    expect(await sentences(bauamt, 'vorgangHistorie', vorgang.id, 'en')).toEqual([
      `Sabine Großmann changed the Vorgang ${zeichen} „Zwei Bäume“.`,
      `Sabine Großmann opened the Vorgang ${zeichen} „Zwei Bäume“.`,
    ])
    const entry = (await bauamt.ok('vorgangHistorie', { id: vorgang.id })).eintraege[0]
    expect(entry.aenderungen).toEqual([{ feld: 'Betreff', alt: 'Ein Baum', neu: 'Zwei Bäume' }])
    expect(entry.person.name).toBe('Sabine Großmann')
    expect(entry.aktion).toBe('vorgang.geaendert')
    const whole = await sentences(bauamt, 'akteHistorie', akte.id)
    expect(whole).toHaveLength(3)
    expect(changed.stand).toBe(2)
  })
  test('every action has its sentence: none is empty in the demo', async () => {
    for (const akte of await registratur.all('akten'))
      for (const language of ['de', 'en']) {
        const all = await sentences(registratur, 'akteHistorie', akte.id, language)
        expect(all.filter((satz) => !/^\p{Lu}.* .*\S\.$/u.test(satz) || satz.includes('  ') || satz.includes('{'))).toEqual([])
      }
  })
})

describe('access', () => {
  test('an Akte is narrowed with what lies in it, and widened again', async () => {
    const { akte, vorgang } = await newVorgang(registratur, 'Vertrauliches')
    await bauamt.ok('vorgang', { id: vorgang.id })
    const narrow = await one(registratur, 'zugriffe', 'bezeichnung', 'Posteingang Poststelle')
    const changed = await registratur.ok('akteZugriff', { id: akte.id, stand: akte.stand, body: { zugriff: narrow.id } })
    expect(changed.zugriff).toEqual({ id: narrow.id, bezeichnung: 'Posteingang Poststelle' })
    await bauamt.refused('nicht_gefunden', 'akte', { id: akte.id })
    await bauamt.refused('nicht_gefunden', 'vorgang', { id: vorgang.id })
    const back = await registratur.ok('akteZugriff', { id: akte.id, stand: changed.stand, body: { zugriff: akte.zugriff.id } })
    expect(back.zugriff).toEqual(akte.zugriff)
    await bauamt.ok('vorgang', { id: vorgang.id })
    expect(await sentences(registratur, 'akteHistorie', akte.id)).toContain(`Beate Hönicke hat den Zugriff auf die Akte ${akte.zeichen} „Akte zu Vertrauliches“ geändert.`)
    await registratur.refused('eingabe_ungueltig', 'akteZugriff', { id: akte.id, stand: back.stand, body: { zugriff: randomUUID() } })
  })
  test('nobody locks himself out', async () => {
    const { vorgang } = await newVorgang(registratur, 'Selbst ausgesperrt')
    const personal = await one(registratur, 'zugriffe', 'bezeichnung', 'Personal (vertraulich)')
    await registratur.refused('konflikt', 'vorgangZugriff', { id: vorgang.id, stand: vorgang.stand, body: { zugriff: personal.id } })
    expect((await registratur.ok('vorgang', { id: vorgang.id })).zugriff).toEqual(vorgang.zugriff)
  })
})
