// Where a letter belongs: proposals with reasons, what is read in it, and rules made of corrections.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Client, Json } from './support/client'
import { Server } from './support/server'
import { newVorgang, one, sentences } from './support/town'

let server: Server
let client: Client
beforeAll(async () => {
  server = await Server.demo()
  client = await server.login('hoenicke')
})
afterAll(() => server.stop())

const arrive = (text: string, name = 'brief.txt'): Promise<Json> => client.upload('eingangErfassen', name, text)
const ask = (id: string): Promise<Json> => client.ok('dokumentVorschlaege', { id })
const file = async (letter: Json, vorgang: string, absender: string): Promise<Json> =>
  client.ok('dokumentAblegen', { id: letter.id, stand: letter.stand, body: { vorgang, absender, fremdesGeschaeftszeichen: 'XY 7/26' } })

describe('the letters that wait in the demo', () => {
  test('find the Vorgang whose sign they name, and say so', async () => {
    const who = await server.login('grossmann')
    const waiting = await who.all('posteingang')
    const letter = waiting.find((entry) => /Carport/.test(entry.betreff))
    const { eintraege, erkannt } = await who.ok('dokumentVorschlaege', { id: letter.id })
    expect(eintraege[0]).toMatchObject({ art: 'vorgang', zeichen: '632-1/2026-2', sicher: true })
    const grund = eintraege[0].gruende.find((entry: Json) => entry.art === 'zeichen')
    expect(grund).toMatchObject({ text: '632-1/2026-2' })
    const { text } = await who.ok('versionText', { id: letter.id, nr: 1 })
    for (const { von, bis, wort } of grund.stellen) expect(text.slice(von, bis), 'places count as browsers do').toBe(wort)
    expect(erkannt.absender.wert).toContain('Simone Schröder')
    expect(erkannt.email.wert).toBe('schroeder@postfach.example')
  })
})

test('what is read in a letter is told with its places', async () => {
  const letter = await arrive('Ägidius Süß · Ölmühle 3 · 00914 Auenbrück\n\nDatum: 18. November 2026\nUnser Zeichen: ÄS-77/26\n\nRechnung 4711: Wegebau 🚜\nSehr geehrte Damen und Herren,\nGesamtbetrag 1.190,00 €, zahlbar bis 18. Dezember 2026.\n')
  const { erkannt } = await ask(letter.id)
  expect(erkannt).toMatchObject({
    absender: { wert: 'Ägidius Süß' }, datum: { wert: '2026-11-18' }, betreff: { wert: 'Rechnung 4711: Wegebau 🚜' }, schreiben: 'Rechnung',
    fremdesZeichen: { wert: 'ÄS-77/26' }, betraege: [{ cent: 119_000, gesamt: true }], fristen: [{ datum: '2026-12-18' }],
  })
  const { text } = await client.ok('versionText', { id: letter.id, nr: 1 })
  for (const fund of [erkannt.absender, erkannt.datum, erkannt.betreff, erkannt.betraege[0], erkannt.fristen[0]])
    expect(text.slice(fund.stelle.von, fund.stelle.bis)).toBe(fund.stelle.wort)
})

test('nothing fits is an empty list, and what does not exist is not found', async () => {
  const letter = await arrive('Quorbelflunz zwirbelknasterte unverhofft.')
  expect((await ask(letter.id)).eintraege).toEqual([])
  await client.refused('nicht_gefunden', 'dokumentVorschlaege', { id: '01900000-0000-7000-8000-00000000dead' })
})

test('who may not file gets no proposals', async () => {
  const reader = await server.login('strassberger')
  const waiting = await reader.all('posteingang')
  if (reader.session.rechte.includes('eingangAblegen') || waiting.length === 0) return
  expect((await reader.ok('dokumentVorschlaege', { id: waiting[0].id })).eintraege).toEqual([])
})

test('a correction becomes a rule only by a yes, proposes from then on, counts, and goes again', async () => {
  const { vorgang } = await newVorgang(client, 'Flurfunkanlage')
  const absender = 'Zwirbelwerke Kaltenhof GmbH'
  const letters = []
  for (const n of [1, 2, 3]) {
    const filed = await file(await arrive(`Schreiben ${n} ohne Hinweis`), vorgang.id, absender)
    expect(filed.fremdesGeschaeftszeichen).toBe('XY 7/26')
    const offer = await client.ok('regelangebot', { id: filed.id })
    expect(offer.absender, `letter ${n}`).toBe(n === 3 ? absender : undefined)
    letters.push(filed)
  }
  expect((await client.ok('ablageregeln')).eintraege).toEqual([])
  const rule = await client.ok('ablageregelAnlegen', { body: { absender, vorgang: vorgang.id } })
  expect(rule).toMatchObject({ absender, ziel: { art: 'vorgang', zeichen: vorgang.zeichen }, person: { name: client.session.person.name }, richtig: 0, anders: 0 })
  expect((await client.ok('regelangebot', { id: letters[2].id })).absender).toBeUndefined()
  expect((await sentences(client, 'vorgangHistorie', vorgang.id))[0]).toContain(absender)

  const next = await arrive(`${absender} · Werkweg 1 · 00488 Kaltenhof\n\nSehr geehrte Damen und Herren,\nanbei nichts.`)
  const proposals = (await ask(next.id)).eintraege
  expect(proposals[0]).toMatchObject({ zeichen: vorgang.zeichen, sicher: true })
  expect(proposals[0].gruende.map((entry: Json) => entry.art)).toContain('regel')
  await file(next, vorgang.id, absender)
  expect((await client.ok('ablageregeln')).eintraege[0]).toMatchObject({ richtig: 1, anders: 0 })

  await client.refused('veraltet', 'ablageregelEntfernen', { id: rule.id, stand: 99 })
  expect((await client.call('ablageregelEntfernen', { id: rule.id, stand: rule.stand })).status).toBe(204)
  expect((await client.ok('ablageregeln')).eintraege).toEqual([])
  await client.refused('nicht_gefunden', 'ablageregelEntfernen', { id: rule.id, stand: rule.stand })
})

test('a rule needs a sender or words, and one place', async () => {
  const { akte, vorgang } = await newVorgang(client, 'Regelprobe')
  for (const body of [{}, { absender: 'A B' }, { vorgang: vorgang.id }, { absender: 'A B', vorgang: vorgang.id, akte: akte.id }, { absender: '…', vorgang: vorgang.id }, { worte: '!!', akte: akte.id }])
    await client.refused('eingabe_ungueltig', 'ablageregelAnlegen', { body })
  const rule = await client.ok('ablageregelAnlegen', { body: { worte: 'Quastenflosser', akte: akte.id, organisationseinheit: (await one(client, 'organisationseinheiten', 'id', client.session.stellen[0].organisationseinheit.id)).id } })
  expect(rule).toMatchObject({ worte: 'Quastenflosser', ziel: { art: 'akte', id: akte.id } })
  await client.ok('ablageregelEntfernen', { id: rule.id, stand: rule.stand })
})
