// What changes for a person is told to his open windows: names of lists, no content, and nothing of what he may not see.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Client, Json } from './support/client'
import { Ereignisse } from './support/ereignisse'
import { Server } from './support/server'
import { dayFromNow, newVorgang } from './support/town'

let server: Server
let grossmann: Client
let wicazowa: Client
let kaemmerei: Client
const open: Ereignisse[] = []
beforeAll(async () => {
  server = await Server.demo()
  ;[grossmann, wicazowa, kaemmerei] = (await Promise.all(['grossmann', 'wicazowa', 'jaehrig'].map((name) => server.login(name)))) as [Client, Client, Client]
})
afterAll(async () => {
  for (const stream of open) stream.close()
  await server.stop()
})

async function listen(client: Client): Promise<Ereignisse> {
  const stream = await Ereignisse.open(client)
  open.push(stream)
  return stream
}
const now = async (client: Client, vorgang: Json): Promise<Json> => client.ok('vorgang', { id: vorgang.id })
const start = async (client: Client, vorgang: Json, zeile: string, body: Json = {}): Promise<Json> =>
  (await client.ok('laufwegStarten', { id: vorgang.id, stand: (await now(client, vorgang)).stand, body: { zeile, ...body } })).eintraege[0]
const act = async (client: Client, vorgang: Json, schritt: string, body: Json = { handlung: 'erledigen' }): Promise<Json> =>
  (await client.ok('schrittHandeln', { id: vorgang.id, stand: (await now(client, vorgang)).stand, body: { schritt, ...body } })).eintraege[0]

test('a step rings with whom it is for, when it comes and when it goes; with nobody who may not see it', async () => {
  const [hers, other] = await Promise.all([listen(wicazowa), listen(kaemmerei)])
  const { vorgang } = await newVorgang(grossmann, 'Klingel')
  expect(hers.gehoert).toEqual([])
  const laufweg = await start(grossmann, vorgang, '@wicazowa pr')
  await hers.heard('postkorb')
  await act(wicazowa, vorgang, laufweg.schritte[0].id)
  await hers.heard('postkorb', 1)
  expect(other.gehoert).toEqual([])
  // The other one hears her own: the silence before was not a deaf ear.
  const own = await newVorgang(kaemmerei, 'Eigenes', '323')
  await start(kaemmerei, own.vorgang, '@jaehrig pr')
  await other.heard('postkorb')
  expect(other.gehoert).toEqual(['postkorb'])
  expect(hers.count('postkorb')).toBe(2)
  await server.client().refused('nicht_angemeldet', 'ereignisse')
  expect((await wicazowa.call('ereignisse')).status).toBe(200)
})

test('a step for a unit rings with all of it, one that is taken by another too; a deputy hears what he stands in for', async () => {
  const boettcher = await server.login('boettcher')
  const mine = await listen(grossmann)
  const { vorgang } = await newVorgang(wicazowa, 'Einheit')
  const laufweg = await start(wicazowa, vorgang, '@oe:BA stn')
  await mine.heard('postkorb')
  await act(wicazowa, vorgang, laufweg.schritte[0].id, { handlung: 'uebernehmen' })
  await mine.heard('postkorb', 1)
  // She stands in for al-khatib.
  const before = mine.count('postkorb')
  await start(wicazowa, vorgang, '@al-khatib pr')
  await mine.heard('postkorb', before)
  // Organisation changes: whose something is may be another's now, so all ask again.
  const foreign = await listen(boettcher)
  await grossmann.ok('vertretungSetzen', { body: { vertreter: wicazowa.session.person.id, von: dayFromNow(20), bis: dayFromNow(21) } })
  await foreign.heard('postkorb')
})

test('a new version rings with those whose mark it makes old, in an Umlaufmappe too', async () => {
  const { vorgang } = await newVorgang(grossmann, 'Fassung')
  const dokument = await grossmann.upload('dokumentAnlegen', 'fassung.txt', 'eins', { id: vorgang.id })
  const laufweg = await start(grossmann, vorgang, '@wicazowa mz, dann @grossmann pr', { dokument: dokument.id })
  await act(wicazowa, vorgang, laufweg.schritte[0].id)
  const hers = await listen(wicazowa)
  await grossmann.upload('versionAnlegen', 'fassung-2.txt', 'zwei', { id: dokument.id, query: { basis: 1 } })
  await hers.heard('postkorb')
  const stueck = await grossmann.upload('dokumentAnlegen', 'stueck.txt', 'eins', { id: vorgang.id })
  const mappe = (await grossmann.ok('umlaufmappeAnlegen', { id: vorgang.id, stand: (await now(grossmann, vorgang)).stand, body: { titel: 'Mappe', dokumente: [stueck.id] } })).eintraege[0]
  const round = await start(grossmann, vorgang, '@wicazowa mz, dann @grossmann pr', { umlaufmappe: mappe.id })
  await act(wicazowa, vorgang, round.schritte[0].id)
  const second = await listen(wicazowa)
  await grossmann.upload('versionAnlegen', 'stueck-2.txt', 'zwei', { id: stueck.id, query: { basis: 1 } })
  await second.heard('postkorb')
})

test('what comes into the Posteingang rings with those who see it there, and again when it is filed', async () => {
  const [mine, other] = await Promise.all([listen(grossmann), listen(kaemmerei)])
  const eingang = await grossmann.upload('eingangErfassen', 'brief.txt', 'Ein Brief an das Bauamt')
  await mine.heard('posteingang')
  const { vorgang } = await newVorgang(grossmann, 'Ablage')
  const before = mine.count('posteingang')
  await grossmann.ok('dokumentAblegen', { id: eingang.id, stand: (await grossmann.ok('dokument', { id: eingang.id })).stand, body: { vorgang: vorgang.id } })
  await mine.heard('posteingang', before)
  const sees = (await kaemmerei.all('posteingang')).some((one: Json) => one.id === eingang.id)
  expect(sees).toBe(false)
  expect(other.count('posteingang')).toBe(0)
})

test('a session has eight streams at most; they end when it ends, wherever that was', async () => {
  const client = await server.login('oeztuerk')
  const streams = await Promise.all(Array.from({ length: 8 }, () => listen(client)))
  expect((await client.refused('zu_viele_versuche', 'ereignisse')).detail).toContain('acht Fenstern')
  streams[0]?.close()
  const again = await listen(await server.login('oeztuerk'))
  expect(again.ended).toBe(false)
  expect((await client.call('abmelden')).status).toBe(204)
  await Promise.all(streams.slice(1).map((stream) => stream.closed()))
  expect(again.ended).toBe(false)
  // As another server ends it.
  await server.place.sql('DELETE FROM sitzung WHERE person = (SELECT id FROM person WHERE mandant = 1 AND anmeldename = \'oeztuerk\')')
  await again.closed()
})

test('several servers on one database tell the same', async (context) => {
  if (server.place.engine.name !== 'postgres') return context.skip('one server has SQLite to itself')
  const second = await Server.start(server.place)
  try {
    const there = second.client()
    await there.login('auenbrueck', 'wicazowa')
    const hers = await listen(there)
    const { vorgang } = await newVorgang(grossmann, 'Zweiter Server')
    await start(grossmann, vorgang, '@wicazowa pr')
    await hers.heard('postkorb')
    hers.close()
  } finally {
    await second.stop()
  }
})

test('a change of what somebody has subscribed to rings with him; not his own, and nothing that he may not see', async () => {
  const { akte, vorgang } = await newVorgang(grossmann, 'Abonniert')
  const hers = await listen(wicazowa)
  await wicazowa.ok('vorgangMerken', { id: vorgang.id, body: { art: 'abonnement', an: true } })
  const neues = async (): Promise<number> => (await wicazowa.ok('merkliste', { query: { art: 'abonnement' } })).eintraege.find((row: Json) => row.id === vorgang.id)?.neues
  expect(await neues()).toBe(0)
  await grossmann.ok('vorgangAendern', { id: vorgang.id, stand: vorgang.stand, body: { betreff: 'Abonniert und geändert' } })
  await hers.heard('abonnement')
  // What lies in it counts too, as far as she sees it.
  const letter = await grossmann.upload('dokumentAnlegen', 'brief.txt', 'Neu darin', { id: vorgang.id })
  await hers.heard('abonnement', 1)
  expect(await neues()).toBe(2)
  // To open it is to have seen what is new.
  await wicazowa.ok('vorgangMerken', { id: vorgang.id, body: { art: 'zuletzt', an: true } })
  expect(await neues()).toBe(0)
  const heard = hers.count('abonnement')
  await wicazowa.ok('vorgangAendern', { id: vorgang.id, stand: (await now(wicazowa, vorgang)).stand, body: { bemerkung: 'Von ihr selbst' } })
  const registratur = await server.login('hoenicke')
  const narrow = (await registratur.ok('zugriffe')).eintraege.find((row: Json) => row.bezeichnung === 'Posteingang Poststelle')
  await registratur.ok('dokumentZugriff', { id: letter.id, stand: (await registratur.ok('dokument', { id: letter.id })).stand, body: { zugriff: narrow.id } })
  await registratur.ok('dokumentAendern', { id: letter.id, stand: (await registratur.ok('dokument', { id: letter.id })).stand, body: { betreff: 'Verborgen geändert' } })
  // The Akte is subscribed to as well: what is done in it anywhere rings.
  await wicazowa.ok('akteMerken', { id: akte.id, body: { art: 'abonnement', an: true } })
  await grossmann.ok('vorgangAnlegen', { body: { akte: akte.id, betreff: 'Daneben' } })
  await hers.heard('abonnement', heard)
  expect(hers.count('abonnement')).toBe(heard + 1)
  expect(await neues()).toBe(0)
})
