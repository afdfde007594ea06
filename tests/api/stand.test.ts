// As it stood at a past moment: the same objects, from the journal, under the rights of today.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Client, Json } from './support/client'
import { Server } from './support/server'
import { dayFromNow, newVorgang, one, randomId } from './support/town'

let server: Server
let registratur: Client
let bauamt: Client
beforeAll(async () => {
  server = await Server.demo()
  registratur = await server.login('hoenicke')
  bauamt = await server.login('grossmann')
})
afterAll(() => server.stop())

/** A moment between what was done before and what is done after. */
async function moment(): Promise<string> {
  await new Promise((done) => setTimeout(done, 1100))
  const now = new Date().toISOString().slice(0, 19) + 'Z'
  await new Promise((done) => setTimeout(done, 1100))
  return now
}
const plain = ({ stand, darf, uebergaenge, ...rest }: Json): Json => rest

describe('Akte, Vorgang and Dokument', () => {
  let akte: Json, vorgang: Json, dokument: Json, other: Json
  let before: string, middle: string
  let akteThen: Json, vorgangThen: Json, dokumentThen: Json, listThen: Json[]
  beforeAll(async () => {
    before = await moment()
    ;({ akte, vorgang } = await newVorgang(bauamt, 'Erste Fassung'))
    other = (await newVorgang(bauamt, 'Anderswo')).vorgang
    dokument = await bauamt.upload('dokumentAnlegen', 'alt.txt', 'eins', { id: vorgang.id })
    await bauamt.upload('anlageAnlegen', 'anlage.txt', 'Anlage', { id: dokument.id })
    await bauamt.upload('dokumentAnlegen', 'zwei.txt', 'zwei', { id: vorgang.id })
    ;[akteThen, vorgangThen, dokumentThen, listThen] = await Promise.all([bauamt.ok('akte', { id: akte.id }), bauamt.ok('vorgang', { id: vorgang.id }), bauamt.ok('dokument', { id: dokument.id }), bauamt.all('vorgangDokumente', { id: vorgang.id })])
    middle = await moment()
    await bauamt.ok('akteAendern', { id: akte.id, stand: akteThen.stand, body: { betreff: 'Neuer Name' } })
    await bauamt.ok('vorgangAendern', { id: vorgang.id, stand: vorgangThen.stand, body: { betreff: 'Zweite Fassung', bemerkung: 'dazu' } })
    await bauamt.ok('dokumentAendern', { id: dokument.id, stand: dokumentThen.stand, body: { absender: 'Ines Pohlmann' } })
    const next = await bauamt.upload('versionAnlegen', 'neu.txt', 'eins, neu', { id: dokument.id })
    await bauamt.upload('dokumentAnlegen', 'drei.txt', 'drei', { id: vorgang.id })
    await bauamt.ok('dokumentAblegen', { id: dokument.id, stand: next.stand, body: { vorgang: other.id } })
    await bauamt.upload('anlageAnlegen', 'spaeter.txt', 'Anlage', { id: dokument.id })
    await bauamt.ok('vorgangAnlegen', { body: { akte: akte.id, betreff: 'Später' } })
  })

  test('are what they were', async () => {
    expect(plain(await bauamt.ok('akteStand', { id: akte.id, query: { am: middle } }))).toEqual(plain(akteThen))
    expect(plain(await bauamt.ok('vorgangStand', { id: vorgang.id, query: { am: middle } }))).toEqual(plain(vorgangThen))
    expect(plain(await bauamt.ok('dokumentStand', { id: dokument.id, query: { am: middle } }))).toEqual(plain(dokumentThen))
    expect((await bauamt.all('vorgangStandDokumente', { id: vorgang.id, query: { am: middle } })).map(plain)).toEqual(listThen.map(plain))
    expect((await bauamt.all('vorgangStandDokumente', { id: vorgang.id, query: { am: middle } }, 1)).map(plain)).toEqual(listThen.map(plain))
    expect((await bauamt.all('akteStandVorgaenge', { id: akte.id, query: { am: middle } })).map((one: Json) => one.betreff)).toEqual(['Erste Fassung'])
    expect((await bauamt.all('vorgangStandDokumente', { id: other.id, query: { am: middle } }))).toEqual([])
  })
  test('in a list count what lay in them then', async () => {
    const { akte: place, vorgang: upper } = await newVorgang(bauamt, 'Zählung')
    const teil = await bauamt.ok('vorgangAnlegen', { body: { akte: place.id, ueber: upper.id, betreff: 'Teil' } })
    await bauamt.upload('dokumentAnlegen', 'eins.txt', 'eins', { id: upper.id })
    const then = await moment()
    for (const name of ['zwei.txt', 'drei.txt']) await bauamt.upload('dokumentAnlegen', name, name, { id: upper.id })
    await bauamt.upload('dokumentAnlegen', 'im Teil.txt', 'im Teil', { id: teil.id })
    await bauamt.ok('vorgangAnlegen', { body: { akte: place.id, ueber: upper.id, betreff: 'Noch ein Teil' } })
    expect(await bauamt.all('akteStandVorgaenge', { id: place.id, query: { am: then } })).toMatchObject([{ betreff: 'Zählung', dokumente: 1, teilvorgaenge: 1 }])
    expect(await bauamt.all('vorgangStandTeilvorgaenge', { id: upper.id, query: { am: then } })).toMatchObject([{ betreff: 'Teil', dokumente: 0 }])
  })
  test('now are what they are now, and offer nothing', async () => {
    const now = new Date(Date.now() + 60_000).toISOString().slice(0, 19) + 'Z'
    for (const [past, today, id] of [['akteStand', 'akte', akte.id], ['vorgangStand', 'vorgang', vorgang.id], ['dokumentStand', 'dokument', dokument.id]] as const) {
      const seen = await bauamt.ok(past, { id, query: { am: now } })
      expect(plain(seen), past).toEqual(plain(await bauamt.ok(today, { id })))
      expect([seen.darf, seen.uebergaenge]).toEqual([[], []])
    }
  })
  test('were not there before they were made', async () => {
    for (const [past, id] of [['akteStand', akte.id], ['vorgangStand', vorgang.id], ['dokumentStand', dokument.id]] as const)
      expect((await bauamt.refused('nicht_gefunden', past, { id, query: { am: before } })).detail).toContain('gab es das noch nicht')
    expect(await bauamt.all('vorgangStandDokumente', { id: vorgang.id, query: { am: before } })).toEqual([])
  })
  test('two moments are compared in words', async () => {
    const difference = await bauamt.ok('vorgangUnterschied', { id: vorgang.id, query: { von: middle } })
    expect(difference.aenderungen).toEqual(expect.arrayContaining([{ feld: 'Betreff', alt: 'Erste Fassung', neu: 'Zweite Fassung' }, { feld: 'Bemerkung', neu: 'dazu' }]))
    expect(difference.hinzugekommen.map((one: Json) => one.betreff)).toEqual(['drei'])
    expect(difference.weggefallen.map((one: Json) => one.id)).toEqual([dokument.id])
    expect(difference.saetze).toEqual(expect.arrayContaining(['Betreff war „Erste Fassung“ und ist „Zweite Fassung“.', 'Bemerkung war leer und ist „dazu“.', expect.stringMatching(/„drei“ ist hinzugekommen\.$/), expect.stringMatching(/„alt“ liegt nicht mehr darin\.$/)]))
    expect((await bauamt.ok('dokumentUnterschied', { id: dokument.id, query: { von: middle }, headers: { 'accept-language': 'en' } })).saetze).toEqual(expect.arrayContaining(['Sender was empty and is „Ines Pohlmann“.', expect.stringContaining('was added.')]))
    expect((await bauamt.ok('akteUnterschied', { id: akte.id, query: { von: middle } })).geaendert).toMatchObject([{ id: vorgang.id, aenderungen: expect.arrayContaining([{ feld: 'Betreff', alt: 'Erste Fassung', neu: 'Zweite Fassung' }]) }])
    expect((await bauamt.ok('vorgangUnterschied', { id: vorgang.id, query: { von: before, bis: before } })).saetze).toEqual([])
    await bauamt.refused('eingabe_ungueltig', 'vorgangUnterschied', { id: vorgang.id, query: { von: '2026-03-04', bis: '2026-03-03' } })
  })
  test('are seen with the rights of today: what was narrowed since stays narrow in the past', async () => {
    const narrow = await one(registratur, 'zugriffe', 'bezeichnung', 'Posteingang Poststelle')
    const now = await registratur.ok('vorgang', { id: vorgang.id })
    const closed = await registratur.ok('vorgangZugriff', { id: vorgang.id, stand: now.stand, body: { zugriff: narrow.id } })
    const hidden = await bauamt.call('vorgangStand', { id: vorgang.id, query: { am: middle } })
    expect(hidden.text).toBe((await bauamt.call('vorgangStand', { id: randomId, query: { am: middle } })).text)
    expect(await bauamt.all('akteStandVorgaenge', { id: akte.id, query: { am: middle } })).toEqual([])
    expect((await bauamt.ok('akteStand', { id: akte.id, query: { am: middle } })).vorgaenge).toBe(0)
    expect(JSON.stringify(await bauamt.ok('akteUnterschied', { id: akte.id, query: { von: before } }))).not.toContain('Fassung')
    expect((await registratur.ok('vorgangStand', { id: vorgang.id, query: { am: middle } })).zugriff).toEqual(closed.zugriff)
    await registratur.ok('vorgangZugriff', { id: vorgang.id, stand: closed.stand, body: { zugriff: now.zugriff.id } })
  })
  test.each(['', 'gestern', '2026-13-01', '2026-03-03T25:00', '2026-03-03T12', '2026-03-03X12:00', '2026-02-30', '20260303', '2026-03-03T12:00+01:00'])('a moment that is none is refused: %s', async (am) => {
    expect((await bauamt.refused('eingabe_ungueltig', 'vorgangStand', { id: vorgang.id, query: { am } })).feld).toBe('am')
  })
  test('days and local times are understood', async () => {
    const today = dayFromNow(0)
    for (const am of [today, `${today}T23:59`, `${today}T23:59:59`, '2100-01-01']) await bauamt.ok('vorgangStand', { id: vorgang.id, query: { am } })
    await bauamt.refused('nicht_gefunden', 'vorgangStand', { id: vorgang.id, query: { am: '1990-01-01' } })
  })
})

describe('the order in which all lies', () => {
  test('the plan as it was', async () => {
    const was = (await registratur.ok('aktenplan')).eintraege
    const then = await moment()
    const entry = was.find((one: Json) => one.kennzeichen === '632')
    await registratur.ok('aktenplaneinheitAendern', { id: entry.id, stand: entry.stand, body: { titel: 'Anders' } })
    await registratur.ok('aktenplaneinheitAnlegen', { body: { kennzeichen: 'Z9', titel: 'Neu', aussonderungsart: 'V' } })
    const past = (await registratur.ok('aktenplanStand', { query: { am: then } })).eintraege
    const comparable = (list: Json[]): Json[] => list.map(({ akten, ...rest }) => rest)
    expect(comparable(past)).toEqual(comparable(was))
    expect(past).not.toEqual((await registratur.ok('aktenplan')).eintraege)
  })
  test('who reached what', async () => {
    const admin = await server.login('nguyen')
    const bauamtAccess = async (am: string): Promise<string[]> => (await admin.ok('zugriffeStand', { query: { am } })).eintraege.find((one: Json) => one.bezeichnung === 'Bauamt').personen.map((one: Json) => `${one.person.name} ${one.stufe}`)
    const then = await moment()
    const stelle = await one(admin, 'stellen', 'bezeichnung', 'Sachbearbeitung Planung und Bauvorhaben')
    const preuss = await one(admin, 'personen', 'anmeldename', 'preuss')
    await admin.ok('stelleBesetzen', { id: stelle.id, stand: stelle.stand, body: { personen: [preuss.id] } })
    const now = await moment()
    const was = await bauamtAccess(then)
    expect(was).toContain('Sabine Großmann bearbeiten')
    expect(await bauamtAccess(now)).not.toContain('Sabine Großmann bearbeiten')
    expect((await bauamtAccess(now)).some((name) => name.includes('Preuß'))).toBe(true)
    expect(was.some((name) => name.includes('Preuß'))).toBe(false)
  })
})
