// The plan as a whole over HTTP: read in with a preview, exported, changed in use, taken back.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Client, Json } from './support/client'
import { testdata } from './support/engine'
import { Server } from './support/server'
import { one } from './support/town'

let server: Server
let registratur: Client
let bauamt: Client
beforeAll(async () => {
  server = await Server.demo()
  registratur = await server.login('hoenicke')
  bauamt = await server.login('grossmann')
})
afterAll(() => server.stop())

const material = (name: string): Buffer | undefined => {
  const path = join(testdata, 'aktenplan', name)
  return existsSync(path) ? readFileSync(path) : undefined
}
const read = (client: Client, dateiname: string, raw: Buffer | string, pruefsumme?: string): Promise<Json> =>
  client.ok('aktenplanEinlesen', { raw, query: { dateiname, ...(pruefsumme === undefined ? {} : { pruefsumme }) } })

describe('reading in', () => {
  const csv = 'Kennzeichen;Titel;Aufbewahrungsdauer;Aussonderungsart\r\n90;Sonderaufgaben;30;A\r\n901;Jubiläen;;\r\n902;Fehlerhaft;ewig;V\r\n'
  test('is told row by row, done as one step, and taken back as one', async () => {
    const before = (await registratur.ok('aktenplan')).eintraege.length
    const preview = await read(registratur, 'plan.csv', csv)
    expect(preview).toMatchObject({ neu: 2, fehler: 1, geaendert: 0 })
    expect(preview).not.toHaveProperty('eintrag')
    expect(preview.zeilen[1]).toMatchObject({ zeile: 3, kennzeichen: '901', ueber: '90', art: 'neu' })
    expect(preview.zeilen[2].hinweise[0]).toContain('ewig')
    expect((await registratur.ok('aktenplan')).eintraege.length).toBe(before)
    const done = await read(registratur, 'plan.csv', csv, preview.pruefsumme)
    const made = await one(registratur, 'aktenplan', 'kennzeichen', '901')
    expect(made).toMatchObject({ titel: 'Jubiläen', aufbewahrungsdauer: 30, aussonderungsart: 'A', art: 'Betreffseinheit' })
    expect((await one(registratur, 'aktenplan', 'kennzeichen', '90')).art).toBe('Obereinheit')
    await bauamt.refused('nicht_gefunden', 'rueckgaengig', { nr: done.eintrag })
    await registratur.ok('rueckgaengig', { nr: done.eintrag })
    expect((await registratur.ok('aktenplan')).eintraege.length).toBe(before)
    await registratur.refused('konflikt', 'rueckgaengig', { nr: done.eintrag })
  })
  test('what was looked at is what is done', async () => {
    const preview = await read(registratur, 'plan.csv', csv)
    await registratur.refused('konflikt', 'aktenplanEinlesen', { raw: `${csv}903;Noch eins;;\r\n`, query: { dateiname: 'plan.csv', pruefsumme: preview.pruefsumme } })
  })
  test('Windows letters are read, and what is no table is refused', async () => {
    const preview = await read(registratur, 'plan.csv', Buffer.from('Kennzeichen;Titel\r\n91;Märkte\r\n', 'latin1'))
    expect(preview.zeilen[0].titel).toBe('Märkte')
    for (const [name, raw] of [['leer.csv', ''], ['bild.png', Buffer.from('89504e470d0a1a0a', 'hex')], ['x.xlsx', 'PK\u0003\u0004kaputt']] as const)
      await registratur.refused('eingabe_ungueltig', 'aktenplanEinlesen', { raw, query: { dateiname: name } })
    await bauamt.refused('nicht_erlaubt', 'aktenplanEinlesen', { raw: csv, query: { dateiname: 'plan.csv' } })
  })
  test('the Swiss plan of 631 rows', async (context) => {
    const plan = material('ordnungssystem_gemeinde_ch.csv')
    if (plan === undefined) return context.skip()
    const preview = await read(registratur, 'ordnungssystem.csv', plan)
    expect(preview.zeilen.length).toBeGreaterThan(620)
    expect(preview.spalten.map((spalte: Json) => spalte.feld)).toEqual(expect.arrayContaining(['kennzeichen', 'titel', 'aufbewahrungsdauer', 'aussonderungsart', 'gueltigVon']))
  })
  test('the product plan of Baden-Württemberg: no head line, gaps between the levels', async (context) => {
    const plan = material('produktplan-bw/vwv-anlage_29-produktbereiche.csv')
    if (plan === undefined) return context.skip()
    const preview = await read(registratur, 'produktplan.csv', plan)
    expect(preview.hinweise[0]).toContain('Kopfzeile')
    expect(preview.zeilen.length).toBe(36)
    expect(preview.zeilen.find((zeile: Json) => zeile.kennzeichen === '12.60').ueber).toBe('12')
  })
})

test('the export reads in again as what it is', async () => {
  const reply = await registratur.call('aktenplanCsv')
  expect(reply.headers.get('content-type')).toContain('text/csv')
  const again = await read(registratur, 'aktenplan.csv', reply.bytes)
  expect(again).toMatchObject({ neu: 0, geaendert: 0, fehler: 0 })
})

describe('an entry', () => {
  test('in use shows its Akten, only those that one sees', async () => {
    const all = (await registratur.ok('aktenplan')).eintraege
    const used = all.find((entry: Json) => entry.akten > 0)
    const use = await registratur.ok('aktenplaneinheitGebrauch', { id: used.id })
    expect(use.akten).toBe(used.akten)
    expect(use.beispiele.length).toBe(Math.min(20, used.akten))
    for (const client of [registratur, bauamt]) {
      const roots = (await client.ok('aktenplan')).eintraege.filter((entry: Json) => entry.ueber === undefined)
      const uses = await Promise.all(roots.map((root: Json) => client.ok('aktenplaneinheitGebrauch', { id: root.id })))
      expect(uses.reduce((sum, use: Json) => sum + use.akten, 0)).toBe((await client.all('akten')).length)
    }
  })
  test('is moved, retired, appraised and removed', async () => {
    const ueber = await one(registratur, 'aktenplan', 'kennzeichen', '63')
    const made = await registratur.ok('aktenplaneinheitAnlegen', { body: { ueber: ueber.id, kennzeichen: '638', titel: 'Baulasten' } })
    expect(made).toMatchObject({ aufbewahrungsdauer: ueber.aufbewahrungsdauer, aussonderungsart: ueber.aussonderungsart })
    const top = await registratur.ok('aktenplaneinheitAendern', { id: made.id, stand: made.stand, body: { ueber: null, kennzeichen: 'X' } })
    expect(top).toMatchObject({ kennzeichen: 'X' })
    expect(top).not.toHaveProperty('ueber')
    const history = (await registratur.ok('aktenplaneinheitHistorie', { id: made.id })).eintraege
    expect(history[0]).toMatchObject({ umkehrbar: true, aktion: 'aktenplaneinheit.verschoben' })
    expect(history[0].aenderungen).toContainEqual({ feld: 'Liegt unter', alt: '63' })
    await registratur.ok('rueckgaengig', { nr: history[0].nr })
    const back = await registratur.ok('aktenplaneinheit', { id: made.id })
    expect(back).toMatchObject({ kennzeichen: '638', ueber: ueber.id })
    const set = await registratur.ok('aktenplaneinheitAussonderung', { id: made.id, stand: back.stand, body: { aussonderungsart: 'A', aufbewahrungsdauer: null } })
    expect(set.aussonderungsart).toBe('A')
    const quiet = await registratur.ok('aktenplaneinheitAendern', { id: made.id, stand: set.stand, body: { stillgelegt: true } })
    await registratur.refused('gesperrt', 'akteAnlegen', { body: { aktenplaneinheit: made.id, betreff: 'x' } })
    await registratur.refused('veraltet', 'aktenplaneinheitEntfernen', { id: made.id, stand: set.stand })
    await registratur.ok('aktenplaneinheitEntfernen', { id: made.id, stand: quiet.stand })
    await registratur.refused('nicht_gefunden', 'aktenplaneinheit', { id: made.id })
  })
})
