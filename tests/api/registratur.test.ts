// Around the objects: another place, copies, merging, Verweise, Kontakte, many at once, and answers in words.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Client, Json } from './support/client'
import { Server } from './support/server'
import { newVorgang, sentences } from './support/town'

let server: Server
let registratur: Client
let bauamt: Client
beforeAll(async () => {
  server = await Server.demo()
  registratur = await server.login('hoenicke')
  bauamt = await server.login('grossmann')
})
afterAll(() => server.stop())

const last = async (client: Client, operation: string, id: string): Promise<number> => (await client.ok(operation, { id, query: { limit: 1 } })).eintraege[0].nr

describe('another place', () => {
  test('an Akte gets new signs, is found by the old one, and goes back', async () => {
    const { akte, vorgang } = await newVorgang(registratur, 'Umzug')
    const target = (await registratur.ok('aktenplan')).eintraege.find((entry: Json) => entry.blatt && !entry.gesperrt && entry.id !== akte.aktenplaneinheit.id && entry.zugriff.id === akte.zugriff.id)
    const moved = await registratur.ok('akteUmschreiben', { id: akte.id, stand: akte.stand, body: { aktenplaneinheit: target.id } })
    expect(moved.zeichen).not.toBe(akte.zeichen)
    expect(moved.aktenplaneinheit.id).toBe(target.id)
    expect(await registratur.ok('zeichen', { query: { zeichen: akte.zeichen } })).toMatchObject({ id: akte.id, art: 'akte', zeichen: moved.zeichen, frueher: true })
    expect(await registratur.ok('zeichen', { query: { zeichen: vorgang.zeichen } })).toMatchObject({ id: vorgang.id, art: 'vorgang' })
    expect((await registratur.ok('akteUmfeld', { id: akte.id })).fruehereZeichen).toEqual([akte.zeichen])
    await registratur.refused('nicht_gefunden', 'zeichen', { query: { zeichen: 'gab-es-nie' } })
    expect((await sentences(registratur, 'akteHistorie', akte.id))[0]).toContain('umgeschrieben')
    await registratur.ok('rueckgaengig', { nr: await last(registratur, 'akteHistorie', akte.id) })
    expect((await registratur.ok('akte', { id: akte.id })).zeichen).toBe(akte.zeichen)
  })
  test('a Vorgang goes into another Akte, and Vorgänge are merged and parted', async () => {
    const first = await newVorgang(bauamt, 'Erster')
    const second = await newVorgang(bauamt, 'Zweiter')
    const letter = await bauamt.upload('dokumentAnlegen', 'brief.txt', 'Brief', { id: second.vorgang.id })
    const moved = await bauamt.ok('vorgangUmschreiben', { id: second.vorgang.id, stand: second.vorgang.stand, body: { akte: first.akte.id } })
    expect(moved.akte.id).toBe(first.akte.id)
    const akte = await bauamt.ok('akte', { id: first.akte.id })
    const merged = await bauamt.ok('vorgaengeZusammenlegen', { id: akte.id, stand: akte.stand, body: { betreff: 'Beide', vorgaenge: [first.vorgang.id, moved.id] } })
    expect((await bauamt.ok('dokument', { id: letter.id })).vorgang.id).toBe(merged.id)
    expect((await bauamt.ok('vorgangUmfeld', { id: merged.id })).verweise.map((verweis: Json) => [verweis.art, verweis.eingehend])).toEqual([['vorgaenger', false], ['vorgaenger', false]])
    expect((await bauamt.ok('vorgangUmfeld', { id: moved.id })).verweise[0]).toMatchObject({ eingehend: true, objekt: merged.id })
    const parted = await bauamt.ok('vorgangTeilen', { id: merged.id, stand: merged.stand, body: { betreff: 'Nur der Brief', dokumente: [letter.id] } })
    expect((await bauamt.ok('dokument', { id: letter.id })).vorgang.id).toBe(parted.id)
    // Both are taken back, the later one first.
    for (const made of [parted, merged]) await bauamt.ok('rueckgaengig', { nr: await last(bauamt, 'vorgangHistorie', made.id) })
    await bauamt.refused('nicht_gefunden', 'vorgang', { id: merged.id })
    expect((await bauamt.ok('dokument', { id: letter.id })).vorgang.id).toBe(moved.id)
  })
  test('copies, and what is offered as a template', async () => {
    const { akte, vorgang } = await newVorgang(bauamt, 'Muster')
    await bauamt.upload('dokumentAnlegen', 'muster.txt', 'Mustertext', { id: vorgang.id })
    await bauamt.ok('akteVorlage', { id: akte.id, stand: akte.stand, body: { bezeichnung: 'Bauakte' } })
    expect((await bauamt.ok('vorlagen')).eintraege).toContainEqual(expect.objectContaining({ bezeichnung: 'Bauakte', id: akte.id }))
    const copy = await bauamt.ok('akteKopieren', { id: akte.id, stand: akte.stand, body: { betreff: 'Nach Muster', dokumente: true } })
    const [inner] = await bauamt.all('vorgaenge', { query: { akte: copy.id } })
    expect(inner).toMatchObject({ betreff: 'Muster', dokumente: 1 })
    const again = await bauamt.ok('vorgangKopieren', { id: inner.id, stand: inner.stand, body: {} })
    expect(again).toMatchObject({ betreff: 'Muster', dokumente: 0, akte: { id: copy.id } })
    await bauamt.ok('akteVorlage', { id: akte.id, stand: akte.stand, body: { bezeichnung: null } })
    expect((await bauamt.ok('vorlagen')).eintraege).toEqual([])
    await bauamt.ok('vorgangVorlage', { id: inner.id, stand: inner.stand, body: { bezeichnung: 'Vorgang nach Muster' } })
  })
})

describe('disposal data', () => {
  test('of an Akte are set by the Registratur, go on to Vorgänge that are still B, and are taken back', async () => {
    const { akte, vorgang } = await newVorgang(registratur, 'Bewertung')
    await registratur.refused('eingabe_ungueltig', 'akteAussonderung', { id: akte.id, stand: akte.stand, body: { aufbewahrungsdauer: 201 } })
    await bauamt.refused('nicht_erlaubt', 'akteAussonderung', { id: akte.id, stand: akte.stand, body: { aussonderungsart: 'A' } })
    const open = await registratur.ok('akteAussonderung', { id: akte.id, stand: akte.stand, body: { aussonderungsart: 'B' } })
    const own = await registratur.ok('vorgangAussonderung', { id: vorgang.id, stand: vorgang.stand, body: { aussonderungsart: 'B', aufbewahrungsdauer: 5 } })
    expect(own).toMatchObject({ aussonderungsart: 'B', aufbewahrungsdauer: 5 })
    const kept = await registratur.ok('vorgangAnlegen', { body: { akte: akte.id, betreff: 'Zu vernichten' } })
    await registratur.ok('vorgangAussonderung', { id: kept.id, stand: kept.stand, body: { aussonderungsart: 'V' } })
    const set = await registratur.ok('akteAussonderung', { id: akte.id, stand: open.stand, body: { aussonderungsart: 'A', aufbewahrungsdauer: null } })
    expect(set.aussonderungsart).toBe('A')
    expect(set).not.toHaveProperty('aufbewahrungsdauer')
    expect(await registratur.ok('vorgang', { id: vorgang.id })).toMatchObject({ aussonderungsart: 'A', aufbewahrungsdauer: 5 })
    expect((await registratur.ok('vorgang', { id: kept.id })).aussonderungsart).toBe('V')
    expect((await sentences(registratur, 'akteHistorie', akte.id))[0]).toContain('Aussonderungsdaten')
    await registratur.ok('rueckgaengig', { nr: await last(registratur, 'akteHistorie', akte.id) })
    expect((await registratur.ok('akte', { id: akte.id })).aussonderungsart).toBe('B')
    expect((await registratur.ok('vorgang', { id: vorgang.id })).aussonderungsart).toBe('B')
  })
})

describe('around an object', () => {
  test('Schlagworte, Verweise in both directions, favourites and subscriptions', async () => {
    const { akte, vorgang } = await newVorgang(bauamt, 'Umfeld')
    const letter = await bauamt.upload('dokumentAnlegen', 'brief.txt', 'Brief', { id: vorgang.id })
    const words = await bauamt.ok('vorgangSchlagworte', { id: vorgang.id, stand: vorgang.stand, body: { worte: ['Straße', 'Winter'] } })
    expect(words.schlagworte).toEqual(['Straße', 'Winter'])
    await bauamt.ok('akteSchlagworte', { id: akte.id, stand: akte.stand, body: { worte: ['Straße'] } })
    await bauamt.ok('dokumentSchlagworte', { id: letter.id, stand: letter.stand, body: { worte: [] } })
    const linked = await bauamt.ok('dokumentVerweis', { id: letter.id, stand: letter.stand, body: { nachArt: 'akte', nach: akte.id, art: 'bezug' } })
    expect(linked.verweise[0]).toMatchObject({ eingehend: false, art: 'bezug', objekt: akte.id })
    expect((await bauamt.ok('akteUmfeld', { id: akte.id })).verweise[0]).toMatchObject({ eingehend: true, objekt: letter.id })
    await bauamt.refused('vergeben', 'dokumentVerweis', { id: letter.id, stand: letter.stand, body: { nachArt: 'akte', nach: akte.id, art: 'bezug' } })
    expect((await bauamt.ok('dokumentVerweisEntfernen', { id: letter.id, stand: letter.stand, body: { id: linked.verweise[0].id } })).verweise).toEqual([])
    const answer = await bauamt.upload('dokumentAnlegen', 'antwort.txt', 'Antwort', { id: vorgang.id })
    await bauamt.ok('dokumentVerweis', { id: answer.id, stand: answer.stand, body: { nachArt: 'dokument', nach: letter.id, art: 'bezug' } })
    const answered = (await bauamt.ok('dokumentUmfeld', { id: letter.id })).verweise
    expect(answered).toEqual([expect.objectContaining({ eingehend: true, art: 'bezug', objekt: answer.id })])
    for (const [operation, id, stand, nach] of [['akteVerweis', akte.id, akte.stand, vorgang.id], ['vorgangVerweis', vorgang.id, vorgang.stand, letter.id]] as const) {
      const made = await bauamt.ok(operation, { id, stand, body: { nachArt: operation === 'akteVerweis' ? 'vorgang' : 'dokument', nach, art: 'siehe' } })
      const mine = made.verweise.find((verweis: Json) => !verweis.eingehend)
      await bauamt.ok(`${operation}Entfernen`, { id, stand, body: { id: mine.id } })
    }
    for (const [operation, id] of [['akteMerken', akte.id], ['vorgangMerken', vorgang.id], ['dokumentMerken', letter.id]] as const) await bauamt.ok(operation, { id, body: { art: 'favorit', an: true } })
    expect((await bauamt.ok('merkliste', { query: { art: 'favorit' } })).eintraege.map((entry: Json) => entry.id)).toEqual([letter.id, vorgang.id, akte.id])
    await bauamt.ok('vorgangMerken', { id: vorgang.id, body: { art: 'abonnement', an: true } })
    const now = await registratur.ok('vorgang', { id: vorgang.id })
    await registratur.ok('vorgangAendern', { id: vorgang.id, stand: now.stand, body: { betreff: 'Umfeld, geändert' } })
    expect((await bauamt.ok('merkliste', { query: { art: 'abonnement' } })).eintraege).toEqual([expect.objectContaining({ id: vorgang.id, neues: 1, betreff: 'Umfeld, geändert' })])
  })
  test('what was opened last is kept, newest first, thirty of them, and only what one may still see', async () => {
    const { akte, vorgang } = await newVorgang(bauamt, 'Geöffnet')
    const letter = await bauamt.upload('dokumentAnlegen', 'brief.txt', 'Brief', { id: vorgang.id })
    const open = (operation: string, id: string): Promise<Json> => bauamt.ok(operation, { id, body: { art: 'zuletzt', an: true } })
    const recent = async (): Promise<string[]> => (await bauamt.ok('merkliste', { query: { art: 'zuletzt' } })).eintraege.map((row: Json) => row.id)
    for (const [operation, id] of [['akteMerken', akte.id], ['vorgangMerken', vorgang.id], ['dokumentMerken', letter.id]] as const) await open(operation, id)
    expect((await recent()).slice(0, 3)).toEqual([letter.id, vorgang.id, akte.id])
    await open('akteMerken', akte.id)
    expect((await recent()).slice(0, 3)).toEqual([akte.id, letter.id, vorgang.id])
    for (let i = 0; i < 31; ++i) await open('vorgangMerken', (await bauamt.ok('vorgangAnlegen', { body: { akte: akte.id, betreff: `Geöffnet ${i}` } })).id)
    expect(await recent()).toHaveLength(30)
    expect(await recent()).not.toContain(akte.id)
    // It is his own list, and no part of the files.
    expect((await registratur.ok('merkliste', { query: { art: 'zuletzt' } })).eintraege).toEqual([])
    const before = (await bauamt.ok('vorgangHistorie', { id: vorgang.id })).eintraege.length
    await open('vorgangMerken', vorgang.id)
    expect((await bauamt.ok('vorgangHistorie', { id: vorgang.id })).eintraege).toHaveLength(before)
    const narrow = (await registratur.ok('zugriffe')).eintraege.find((row: Json) => row.bezeichnung === 'Posteingang Poststelle')
    await registratur.ok('vorgangZugriff', { id: vorgang.id, stand: (await registratur.ok('vorgang', { id: vorgang.id })).stand, body: { zugriff: narrow.id } })
    expect(await recent()).not.toContain(vorgang.id)
    const other = (await recent())[0] ?? ''
    await bauamt.ok('vorgangMerken', { id: other, body: { art: 'zuletzt', an: false } })
    expect(await recent()).not.toContain(other)
  })
  test('Kontakte: made, found in any writing, merged, taken apart; Beteiligte in roles', async () => {
    const { akte, vorgang } = await newVorgang(bauamt, 'Beteiligte')
    const letter = await bauamt.upload('dokumentAnlegen', 'brief.txt', 'Brief', { id: vorgang.id })
    const a = await bauamt.ok('kontaktAnlegen', { body: { art: 'person', vorname: 'Hańža', nachname: 'Wićazowa-Probe' } })
    const b = await bauamt.ok('kontaktAnlegen', { body: { art: 'person', vorname: 'Hanza', nachname: 'WICAZOWA-PROBE', ort: 'Bautzen' } })
    expect((await bauamt.refused('eingabe_ungueltig', 'kontaktAnlegen', { body: { art: 'organisation' } })).feld).toBe('organisation')
    expect((await bauamt.ok('kontakte', { query: { q: 'wicazowa pro' } })).eintraege.map((entry: Json) => entry.id).sort()).toEqual([a.id, b.id].sort())
    expect((await bauamt.ok('kontakt', { id: a.id })).doppelte.map((entry: Json) => entry.id)).toEqual([b.id])
    for (const [operation, object] of [['akteBeteiligung', akte], ['vorgangBeteiligung', vorgang], ['dokumentBeteiligung', letter]] as const) await bauamt.ok(operation, { id: object.id, stand: object.stand, body: { kontakt: b.id, rolle: 'Empfänger' } })
    expect((await bauamt.ok('dokumentUmfeld', { id: letter.id })).beteiligte).toEqual([expect.objectContaining({ kontakt: b.id, rolle: 'Empfänger' })])
    const merged = await bauamt.ok('kontaktVereinen', { id: a.id, stand: a.stand, body: { doppelt: b.id } })
    expect(merged).toMatchObject({ ort: 'Bautzen' })
    expect(merged.beteiligtAn).toHaveLength(3)
    expect((await bauamt.ok('kontakt', { id: b.id })).vereintIn).toBe(a.id)
    await bauamt.ok('rueckgaengig', { nr: await last(bauamt, 'kontaktHistorie', a.id) })
    expect((await bauamt.ok('kontakt', { id: b.id })).beteiligtAn).toHaveLength(3)
    const changed = await bauamt.ok('kontaktAendern', { id: b.id, stand: (await bauamt.ok('kontakt', { id: b.id })).stand, body: { art: 'organisation', organisation: 'Probe GmbH' } })
    expect(changed.name).toBe('Probe GmbH')
    for (const [operation, object] of [['akteBeteiligungEntfernen', akte], ['vorgangBeteiligungEntfernen', vorgang], ['dokumentBeteiligungEntfernen', letter]] as const) {
      const around = await bauamt.ok(operation.replace('BeteiligungEntfernen', 'Umfeld'), { id: object.id })
      expect((await bauamt.ok(operation, { id: object.id, stand: object.stand, body: { id: around.beteiligte[0].id } })).beteiligte).toEqual([])
    }
  })
  test('why, in words, and who sees it', async () => {
    const { akte, vorgang } = await newVorgang(registratur, 'Warum')
    const letter = await registratur.upload('dokumentAnlegen', 'brief.txt', 'Brief', { id: vorgang.id })
    const why = await registratur.ok('akteWarum', { id: akte.id })
    expect(why.sehen[0].satz).toContain(akte.zugriff.bezeichnung)
    expect(why.abschliessen.filter((answer: Json) => !answer.gut).map((answer: Json) => answer.satz)).toEqual([`Der Vorgang ${vorgang.zeichen} „Warum“ ist noch in Bearbeitung.`])
    await registratur.ok('vorgangZda', { id: vorgang.id, stand: vorgang.stand })
    expect((await registratur.ok('vorgangWarum', { id: vorgang.id })).aendern.filter((answer: Json) => !answer.gut)).toHaveLength(1)
    expect((await registratur.ok('dokumentWarum', { id: letter.id })).abschliessen).toEqual([])
    const people = (await registratur.ok('akteSehende', { id: akte.id })).eintraege
    expect(people.map((person: Json) => person.name)).toContain('Beate Hönicke')
    for (const [operation, id] of [['vorgangSehende', vorgang.id], ['dokumentSehende', letter.id]] as const) expect((await registratur.ok(operation, { id })).eintraege.length).toBe(people.length)
  })
})

describe('many at once', () => {
  /** A job of the server does it. */
  const ended = async (nr: number): Promise<Json> => {
    for (;;) {
      const stapel = await bauamt.ok('stapel', { nr })
      if (stapel.status === 'fertig' || stapel.status === 'zurueckgenommen') return stapel
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
  test('is tried, done in steps, exported, and taken back as a whole', async () => {
    const { akte } = await newVorgang(bauamt, 'Stapel')
    const made = await Promise.all(Array.from({ length: 120 }, (_, i) => bauamt.ok('vorgangAnlegen', { body: { akte: akte.id, betreff: `=Stück ${i}` } })))
    const objekte = made.map(({ id }) => ({ art: 'vorgang', id }))
    await bauamt.ok('vorgangZda', { id: made[7].id, stand: made[7].stand })
    const body = { handlung: 'zda', angaben: {}, objekte }
    const preview = (await bauamt.ok('stapelVorschau', { body })).eintraege
    expect(preview.filter((row: Json) => !row.geht).map((row: Json) => row.id)).toEqual([made[7].id])
    expect((await bauamt.ok('vorgang', { id: made[0].id })).status).toBe('inBearbeitung')
    let stapel = await bauamt.ok('stapelAnlegen', { body })
    expect(stapel).toMatchObject({ gesamt: 120, wartet: 120, status: 'laeuft' })
    await registratur.refused('nicht_gefunden', 'stapel', { nr: stapel.nr })
    stapel = await ended(stapel.nr)
    expect(stapel).toMatchObject({ erledigt: 119, abgelehnt: 1, status: 'fertig' })
    expect((await bauamt.ok('stapel', { nr: stapel.nr })).abgelehnte).toHaveLength(1)
    const csv = await bauamt.call('stapelCsv', { raw: JSON.stringify({ objekte }), headers: { 'content-type': 'application/json' } })
    expect(csv.text.split('\r\n')).toHaveLength(122)
    expect(csv.text).toContain("\"'=Stück 5\"")
    stapel = await bauamt.ok('stapelRueckgaengig', { nr: stapel.nr })
    stapel = await ended(stapel.nr)
    expect(stapel).toMatchObject({ zurueck: 119, status: 'zurueckgenommen' })
    expect((await bauamt.ok('vorgang', { id: made[0].id })).status).toBe('inBearbeitung')
    expect((await bauamt.ok('vorgang', { id: made[7].id })).status).toBe('abgeschlossen')
    await bauamt.refused('konflikt', 'stapelRueckgaengig', { nr: stapel.nr })
  })
  test('names what is missing', async () => {
    const { vorgang } = await newVorgang(bauamt, 'Fehlt')
    const objekte = [{ art: 'vorgang', id: vorgang.id }]
    expect((await bauamt.refused('eingabe_ungueltig', 'stapelAnlegen', { body: { handlung: 'umschreiben', angaben: {}, objekte } })).feld).toBe('angaben.ziel')
    expect((await bauamt.refused('eingabe_ungueltig', 'stapelAnlegen', { body: { handlung: 'zda', angaben: {}, objekte: [] } })).feld).toBe('objekte')
  })
})
