// Dokumente: Posteingang, filing, versions, Anlagen, their bytes and texts.
import { createHash, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Client, Json } from './support/client'
import { repository } from './support/engine'
import { Server } from './support/server'
import { newVorgang, one, sentences } from './support/town'

let server: Server
let bauamt: Client
let poststelle: Client
beforeAll(async () => {
  server = await Server.demo()
  bauamt = await server.login('grossmann')
  poststelle = await server.login('gruenwald')
})
afterAll(() => server.stop())

const letter = (name: string): Buffer => readFileSync(join(repository, 'demo/dokumente/auenbrueck', name))
const waiting = async (client: Client): Promise<string[]> => (await client.all('posteingang')).map((entry: Json) => entry.id)

describe('from the Posteingang into a Vorgang', () => {
  test('a letter is recorded, filed, taken back and filed elsewhere; signs are never used again', async () => {
    const before = (await bauamt.ok('posteingang')).anzahl
    const { akte, vorgang } = await newVorgang(bauamt, 'Gartenhaus')
    const eingang = await bauamt.upload('eingangErfassen', 'C:\\Scans\\antrag_pohlmann.pdf', letter('gartenhaus-antrag.pdf'))
    expect(eingang).toMatchObject({ betreff: 'antrag pohlmann', dateiname: 'antrag_pohlmann.pdf', art: 'Eingang', version: 1, textStatus: 'ok', organisationseinheit: { kurzzeichen: 'BA' } })
    expect(eingang.seiten).toBeGreaterThan(0)
    expect(eingang).not.toHaveProperty('zeichen')
    expect(await waiting(bauamt)).toContain(eingang.id)
    expect((await bauamt.ok('posteingang')).anzahl).toBe(before + 1)
    expect((await bauamt.ok('heute')).posteingang).toBe(before + 1)

    const filed = await bauamt.ok('dokumentAblegen', { id: eingang.id, stand: eingang.stand, body: { vorgang: vorgang.id, betreff: 'Antrag Pohlmann', absender: 'Ines Pohlmann', datum: '2026-02-26' } })
    expect(filed).toMatchObject({ betreff: 'Antrag Pohlmann', absender: 'Ines Pohlmann', datum: '2026-02-26', zeichen: `${vorgang.zeichen}-1`, vorgang: { id: vorgang.id }, akte: { id: akte.id } })
    expect(await waiting(bauamt)).not.toContain(eingang.id)
    expect((await bauamt.ok('vorgang', { id: vorgang.id })).dokumente).toBe(1)
    await bauamt.refused('konflikt', 'dokumentAblegen', { id: eingang.id, stand: filed.stand, body: { vorgang: vorgang.id } })

    const back = await bauamt.ok('dokumentZurueck', { id: eingang.id, stand: filed.stand })
    expect(back).not.toHaveProperty('vorgang')
    expect(back).not.toHaveProperty('zeichen')
    expect(await waiting(bauamt)).toContain(eingang.id)
    await bauamt.refused('konflikt', 'dokumentZurueck', { id: eingang.id, stand: back.stand })
    expect((await bauamt.all('vorgangDokumente', { id: vorgang.id }))).toEqual([])

    const again = await bauamt.ok('dokumentAblegen', { id: eingang.id, stand: back.stand, body: { vorgang: vorgang.id } })
    expect(again.zeichen).toBe(`${vorgang.zeichen}-2`)
    const elsewhere = await newVorgang(bauamt, 'Anderswo')
    const moved = await bauamt.ok('dokumentAblegen', { id: eingang.id, stand: again.stand, body: { vorgang: elsewhere.vorgang.id, art: 'Intern' } })
    expect(moved).toMatchObject({ zeichen: `${elsewhere.vorgang.zeichen}-1`, art: 'Intern', akte: { id: elsewhere.akte.id } })
    expect(await sentences(bauamt, 'dokumentHistorie', eingang.id)).toEqual([
      'Sabine Großmann hat das Dokument „Antrag Pohlmann“ abgelegt.',
      'Sabine Großmann hat das Dokument „Antrag Pohlmann“ abgelegt.',
      'Sabine Großmann hat das Dokument „Antrag Pohlmann“ in den Posteingang zurückgelegt.',
      'Sabine Großmann hat das Dokument „Antrag Pohlmann“ abgelegt.',
      'Sabine Großmann hat den Eingang „Antrag Pohlmann“ erfasst.',
    ])
    const entry = (await bauamt.ok('dokumentHistorie', { id: eingang.id })).eintraege[0]
    expect(entry.aenderungen).toContainEqual({ feld: 'Vorgang', alt: vorgang.zeichen, neu: elsewhere.vorgang.zeichen })
  })
  test('the Poststelle hands a letter to another unit, which then has it', async () => {
    const oe = await one(poststelle, 'organisationseinheiten', 'kurzzeichen', 'BA')
    const eingang = await poststelle.upload('eingangErfassen', 'rundbrief.txt', 'An das Bauamt', { query: { organisationseinheit: oe.id } })
    expect(await waiting(bauamt)).toContain(eingang.id)
    expect(await waiting(poststelle)).toContain(eingang.id)
    await poststelle.refused('eingabe_ungueltig', 'eingangErfassen', { raw: 'x', query: { dateiname: 'x.txt', organisationseinheit: randomUUID() } })
  })
  test('what one hands to a unit that one does not see is shown once, and then gone', async () => {
    const oe = await one(bauamt, 'organisationseinheiten', 'kurzzeichen', 'FI')
    const key = randomUUID()
    const query = { dateiname: 'an-die-kaemmerei.txt', organisationseinheit: oe.id }
    const eingang = await bauamt.ok('eingangErfassen', { raw: 'Rechnung', query, key })
    expect((await bauamt.ok('eingangErfassen', { raw: 'Rechnung', query, key })).id).toBe(eingang.id)
    await bauamt.refused('nicht_gefunden', 'dokument', { id: eingang.id })
    const kaemmerei = await server.login('osswald')
    await kaemmerei.ok('dokumentAendern', { id: eingang.id, stand: eingang.stand, body: { betreff: 'Mahnung gegen den Nachbarn' } })
    await bauamt.refused('nicht_gefunden', 'eingangErfassen', { raw: 'Rechnung', query, key })
  })
  test('a letter goes back into a Posteingang that one sees, and not out of sight', async () => {
    const oe = await one(poststelle, 'organisationseinheiten', 'kurzzeichen', 'PR')
    const { vorgang } = await newVorgang(bauamt, 'Aus der Poststelle')
    const registratur = await server.login('hoenicke')
    const eingang = await registratur.upload('eingangErfassen', 'brief.txt', 'Ein Brief', { query: { organisationseinheit: oe.id } })
    const filed = await registratur.ok('dokumentAblegen', { id: eingang.id, stand: eingang.stand, body: { vorgang: vorgang.id } })
    await bauamt.refused('konflikt', 'dokumentZurueck', { id: eingang.id, stand: filed.stand })
    await registratur.ok('dokumentZurueck', { id: eingang.id, stand: filed.stand })
    expect(await waiting(registratur)).toContain(eingang.id)
  })
  test('a mail brings its subject, sender and date', async () => {
    const mail = ['From: "Ines Pohlmann" <pohlmann@post.example>', 'To: bauamt@auenbrueck.example', 'Subject: =?UTF-8?Q?R=C3=BCckfrage_zum_Gartenhaus?=', 'Date: Tue, 03 Mar 2026 09:12:00 +0100', 'Message-ID: <a@post.example>', 'Content-Type: text/plain; charset=utf-8', '', 'Guten Tag, wann kommt der Bescheid?', ''].join('\r\n')
    const eingang = await bauamt.upload('eingangErfassen', 'rueckfrage.eml', mail)
    expect(eingang).toMatchObject({ betreff: 'Rückfrage zum Gartenhaus', datum: '2026-03-03', format: 'eml' })
    expect(eingang.absender).toContain('Pohlmann')
  })
  test('metadata are changed and cleared', async () => {
    const eingang = await bauamt.upload('eingangErfassen', 'notiz.md', '# Notiz\n\nOrtstermin am Donnerstag')
    const body = { betreff: 'Notiz zum Ortstermin', art: 'Intern', datum: '2026-01-02', eingangsdatum: '2026-01-03', absender: 'Bauhof', fremdesGeschaeftszeichen: 'BH 7', bemerkung: 'zweite Zeile\nfolgt' }
    const changed = await bauamt.ok('dokumentAendern', { id: eingang.id, stand: eingang.stand, body })
    expect(changed).toMatchObject(body)
    const cleared = await bauamt.ok('dokumentAendern', { id: eingang.id, stand: changed.stand, body: { datum: null, absender: null, bemerkung: null, fremdesGeschaeftszeichen: null, eingangsdatum: null } })
    for (const field of ['datum', 'absender', 'bemerkung', 'fremdesGeschaeftszeichen', 'eingangsdatum']) expect(cleared).not.toHaveProperty(field)
  })
  test('an upload with the same Idempotency-Key is one Dokument; with other bytes it is refused', async () => {
    const key = randomUUID()
    const query = { dateiname: 'einmal.txt' }
    const first = await bauamt.ok('eingangErfassen', { raw: 'Inhalt', query, key })
    expect((await bauamt.ok('eingangErfassen', { raw: 'Inhalt', query, key })).id).toBe(first.id)
    await bauamt.refused('schluessel_wiederverwendet', 'eingangErfassen', { raw: 'anderer Inhalt', query, key })
    await bauamt.refused('schluessel_wiederverwendet', 'eingangErfassen', { raw: 'Inhalt', query: { dateiname: 'zweimal.txt' }, key })
  })
})

describe('versions and Anlagen', () => {
  test('two people who save at once lose nothing: the later one is marked', async () => {
    const { vorgang } = await newVorgang(bauamt, 'Entwurf')
    const leitung = await server.login('wicazowa')
    const entwurf = await bauamt.upload('dokumentAnlegen', 'entwurf.txt', 'erste Fassung', { id: vorgang.id, query: { art: 'Ausgang' } })
    expect(entwurf).toMatchObject({ art: 'Ausgang', version: 1, zeichen: `${vorgang.zeichen}-1` })
    const [a, b] = await Promise.all([
      bauamt.upload('versionAnlegen', 'entwurf-sg.txt', 'Fassung Großmann', { id: entwurf.id, query: { basis: 1 } }),
      leitung.upload('versionAnlegen', 'entwurf-hw.txt', 'Fassung Wićazowa', { id: entwurf.id, query: { basis: 1 } }),
    ])
    expect([a.version, b.version].sort()).toEqual([2, 3])
    const both = await bauamt.ok('dokument', { id: entwurf.id })
    expect(both.versionen.map((v: Json) => [v.nr, v.basis, v.konflikt])).toEqual([[3, 1, true], [2, 1, false], [1, undefined, false]])
    const texts = await Promise.all([1, 2, 3].map(async (nr) => (await bauamt.call('versionInhalt', { id: entwurf.id, nr })).text))
    expect(texts.slice().sort()).toEqual(['Fassung Großmann', 'Fassung Wićazowa', 'erste Fassung'].sort())
    expect((await bauamt.upload('versionAnlegen', 'e.txt', 'vierte', { id: entwurf.id, query: { basis: 3 } })).versionen[0].konflikt).toBe(false)
    for (const basis of [0, 5, -1]) expect((await bauamt.refused('eingabe_ungueltig', 'versionAnlegen', { id: entwurf.id, raw: 'x', query: { dateiname: 'x.txt', basis } })).feld).toBe('basis')
    expect((await sentences(bauamt, 'dokumentHistorie', entwurf.id))[0]).toBe('Sabine Großmann hat eine neue Version von „entwurf“ gespeichert.')
  })
  test('an earlier version becomes the newest again, and none goes', async () => {
    const { vorgang } = await newVorgang(bauamt, 'Rücknahme')
    const erste = await bauamt.upload('dokumentAnlegen', 'vermerk.txt', 'Der Zaun bleibt', { id: vorgang.id })
    const zweite = await bauamt.upload('versionAnlegen', 'vermerk.txt', 'Die Hecke kommt', { id: erste.id, query: { basis: 1 } })
    const dritte = await bauamt.ok('versionWiederherstellen', { id: erste.id, nr: 1, stand: zweite.stand })
    expect(dritte.versionen.map((v: Json) => [v.nr, v.basis])).toEqual([[3, 1], [2, 1], [1, undefined]])
    expect((await bauamt.call('versionInhalt', { id: erste.id, nr: 3 })).text).toBe('Der Zaun bleibt')
    await bauamt.refused('konflikt', 'versionWiederherstellen', { id: erste.id, nr: 3, stand: dritte.stand })
    await bauamt.refused('nicht_gefunden', 'versionWiederherstellen', { id: erste.id, nr: 9, stand: dritte.stand })
  })
  test('Anlagen lie beside their Dokument and go along with it', async () => {
    const eingang = await bauamt.upload('eingangErfassen', 'anschreiben.txt', 'siehe Anlage')
    const anlage = await bauamt.upload('anlageAnlegen', 'lageplan.pdf', letter('gartenhaus-antrag.pdf'), { id: eingang.id })
    expect(anlage).toMatchObject({ uebergeordnet: eingang.id, anlagen: 0, dateiname: 'lageplan.pdf' })
    expect(await waiting(bauamt)).not.toContain(anlage.id)
    await bauamt.refused('konflikt', 'anlageAnlegen', { id: anlage.id, raw: 'x', query: { dateiname: 'x.txt' } })
    const { vorgang } = await newVorgang(bauamt, 'Mit Anlage')
    await bauamt.refused('konflikt', 'dokumentAblegen', { id: anlage.id, stand: anlage.stand, body: { vorgang: vorgang.id } })
    const filed = await bauamt.ok('dokumentAblegen', { id: eingang.id, stand: eingang.stand, body: { vorgang: vorgang.id } })
    expect(filed.anlagenListe.map((a: Json) => a.id)).toEqual([anlage.id])
    expect((await bauamt.ok('dokument', { id: anlage.id })).vorgang.id).toBe(vorgang.id)
    const listed = await bauamt.all('vorgangDokumente', { id: vorgang.id })
    expect(listed.map((d: Json) => [d.id, d.anlagen])).toEqual([[eingang.id, 1]])
    await bauamt.refused('konflikt', 'dokumentZurueck', { id: anlage.id, stand: (await bauamt.ok('dokument', { id: anlage.id })).stand })
    const back = await bauamt.ok('dokumentZurueck', { id: eingang.id, stand: filed.stand })
    expect(back.anlagen).toBe(1)
    expect(await bauamt.ok('dokument', { id: anlage.id })).not.toHaveProperty('vorgang')
  })
})

describe('the bytes of a version', () => {
  const bytes = letter('gartenhaus-antrag.pdf')
  let id = ''
  const get = (headers: Record<string, string> = {}, method = 'GET', query = {}) => bauamt.call('versionInhalt', { id, nr: 1, headers, method, query })
  beforeAll(async () => {
    id = (await bauamt.upload('eingangErfassen', 'Änträge & "mehr".pdf', bytes)).id
  })

  test('come whole, as they were sent', async () => {
    const whole = await get()
    expect(whole.bytes.equals(bytes)).toBe(true)
    expect(whole.headers.get('etag')).toBe(`"${createHash('sha256').update(bytes).digest('hex')}"`)
    expect(whole.headers.get('content-type')).toBe('application/pdf')
    expect(whole.headers.get('content-disposition')).toBe("inline; filename*=UTF-8''%C3%84ntr%C3%A4ge%20%26%20%22mehr%22.pdf")
    expect((await get({}, 'GET', { herunterladen: 1 })).headers.get('content-disposition')).toMatch(/^attachment; /)
    const head = await get({}, 'HEAD')
    expect([head.status, head.bytes.length, head.headers.get('content-length')]).toEqual([200, 0, String(bytes.length)])
  })
  test('come in parts', async () => {
    const size = bytes.length
    for (const [range, from, to] of [['bytes=0-99', 0, 100], ['bytes=100-', 100, size], ['bytes=-7', size - 7, size], [`bytes=10-${size + 5}`, 10, size], [`bytes=-${size + 5}`, 0, size]] as const) {
      const part = await get({ range })
      expect(part.status).toBe(206)
      expect(part.headers.get('content-range')).toBe(`bytes ${from}-${to - 1}/${size}`)
      expect(part.bytes.equals(bytes.subarray(from, to)), range).toBe(true)
    }
    for (const range of [`bytes=${size}-`, 'bytes=-0', `bytes=${size + 1}-${size + 2}`]) {
      const refused = await get({ range })
      expect([refused.status, refused.json.code, refused.headers.get('content-range')]).toEqual([416, 'bereich_ungueltig', `bytes */${size}`])
    }
    for (const range of ['bytes=5-2', 'bytes=a-b', 'zeilen=1-2', 'bytes=0-1,4-5', 'bytes=', 'bytes=99999999999999999999-']) expect((await get({ range })).status, range).toBe(200)
  })
  test('are asked for under conditions', async () => {
    const tag = (await get()).headers.get('etag') ?? ''
    expect((await get({ range: 'bytes=0-3', 'if-range': tag })).status).toBe(206)
    expect((await get({ range: 'bytes=0-3', 'if-range': '"anders"' })).status).toBe(200)
    expect((await get({ range: 'bytes=0-3', 'if-range': 'Tue, 03 Mar 2026 09:12:00 GMT' })).status).toBe(200)
    const same = await get({ 'if-none-match': tag })
    expect([same.status, same.bytes.length]).toEqual([304, 0])
    expect((await get({ 'if-none-match': `W/${tag}, "x"` })).status).toBe(304)
  })
  test('never act in our origin', async () => {
    const html = await bauamt.upload('eingangErfassen', 'seite.html', '<!doctype html><script>alert(1)</script><p>Guten Tag</p>')
    const reply = await bauamt.call('versionInhalt', { id: html.id, nr: 1 })
    expect(reply.headers.get('content-type')).toBe('application/octet-stream')
    expect(reply.headers.get('content-disposition')).toMatch(/^attachment/)
    expect(reply.headers.get('content-security-policy')).toContain('sandbox')
  })
  test('their text comes by page; versions that are not there are not found', async () => {
    const text = await bauamt.ok('versionText', { id, nr: 1 })
    expect(text.text).toContain('Gartenhaus')
    expect(text.seiten.join('\f')).toBe(text.text)
    for (const nr of [2, 0, -1, 99999999999999]) await bauamt.refused('nicht_gefunden', 'versionText', { id, nr })
  })
})
