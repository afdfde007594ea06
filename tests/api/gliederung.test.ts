// What parts an Akte and a Vorgang, fields of every kind, and Dokumente that are narrowed on their own.
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

const last = async (client: Client, operation: string, id: string): Promise<number> => (await client.ok(operation, { id, query: { limit: 1 } })).eintraege[0].nr

describe('Registerblätter', () => {
  test('of an Akte are made, changed and removed, and Vorgänge lie behind them', async () => {
    const { akte, vorgang } = await newVorgang(bauamt, 'Register')
    const at = (body: Json): Json => ({ id: akte.id, stand: akte.stand, body })
    const band = (await bauamt.ok('akteRegisterAnlegen', at({ bezeichnung: 'Bis 2025', art: 'band' }))).eintraege[0]
    const made = (await bauamt.ok('akteRegisterAnlegen', at({ bezeichnung: 'Pläne', ueber: band.id }))).eintraege
    expect(made).toMatchObject([{ bezeichnung: 'Bis 2025', art: 'band', platz: 1, anzahl: 0 }, { bezeichnung: 'Pläne', ueber: band.id }])
    const behind = await bauamt.ok('vorgangGliedern', { id: vorgang.id, stand: vorgang.stand, body: { registerblatt: made[1].id } })
    expect(behind.registerblatt).toBe(made[1].id)
    expect((await bauamt.ok('akteRegister', { id: akte.id })).eintraege[1].anzahl).toBe(1)
    for (const blatt of made) expect((await bauamt.all('vorgaenge', { query: { akte: akte.id, registerblatt: blatt.id } })).map((row) => row.id)).toEqual([vorgang.id])
    await bauamt.refused('konflikt', 'akteRegisterEntfernen', at({ id: made[1].id }))
    const renamed = await bauamt.ok('akteRegisterAendern', at({ id: made[1].id, bezeichnung: 'Zeichnungen' }))
    expect(renamed.eintraege[1].bezeichnung).toBe('Zeichnungen')
    expect((await sentences(bauamt, 'vorgangHistorie', vorgang.id))[0]).toContain('Registerblatt')
    await bauamt.ok('rueckgaengig', { nr: await last(bauamt, 'vorgangHistorie', vorgang.id) })
    expect((await bauamt.ok('akteRegisterEntfernen', at({ id: made[1].id }))).eintraege).toHaveLength(1)
  })
  test('of a Vorgang hold its Dokumente, whatever their kind', async () => {
    const { vorgang } = await newVorgang(bauamt, 'Register im Vorgang')
    const at = (body: Json): Json => ({ id: vorgang.id, stand: vorgang.stand, body })
    await bauamt.ok('vorgangRegisterAnlegen', at({ bezeichnung: 'Nachbarn' }))
    const [nachbarn, antraege] = (await bauamt.ok('vorgangRegisterAnlegen', at({ bezeichnung: 'Anträge' }))).eintraege
    for (const art of ['Eingang', 'Ausgang', 'Intern']) {
      const letter = await bauamt.upload('dokumentAnlegen', `${art}.txt`, art, { id: vorgang.id, query: { art } })
      expect((await bauamt.ok('dokumentGliedern', { id: letter.id, stand: letter.stand, body: { registerblatt: antraege.id } })).registerblatt).toBe(antraege.id)
    }
    expect(await bauamt.all('vorgangDokumente', { id: vorgang.id, query: { registerblatt: antraege.id } })).toHaveLength(3)
    expect(await bauamt.all('vorgangDokumente', { id: vorgang.id, query: { registerblatt: nachbarn.id } })).toHaveLength(0)
    expect((await bauamt.ok('vorgangRegisterAendern', at({ id: antraege.id, platz: 1 }))).eintraege.map((row: Json) => row.bezeichnung)).toEqual(['Anträge', 'Nachbarn'])
    expect((await bauamt.ok('vorgangRegisterEntfernen', at({ id: nachbarn.id }))).eintraege.map((row: Json) => row.anzahl)).toEqual([3])
    expect((await bauamt.ok('vorgangRegister', { id: vorgang.id })).darfAendern).toBe(true)
  })
  test('come with a template, with 35 sub-files in one step', async () => {
    const { akte, vorgang } = await newVorgang(bauamt, 'Vorlage')
    const at = { id: akte.id, stand: akte.stand }
    const [blatt] = (await bauamt.ok('akteRegisterAnlegen', { ...at, body: { bezeichnung: 'Prüfung' } })).eintraege
    await bauamt.ok('vorgangGliedern', { id: vorgang.id, stand: vorgang.stand, body: { registerblatt: blatt.id } })
    for (let i = 0; i < 34; ++i) await bauamt.ok('vorgangAnlegen', { body: { akte: akte.id, betreff: `Teil ${i}` } })
    const copy = await bauamt.ok('akteKopieren', { ...at, body: { betreff: 'Nach Vorlage', dokumente: true } })
    expect(copy.vorgaenge).toBe(35)
    expect((await bauamt.ok('akteRegister', { id: copy.id })).eintraege).toMatchObject([{ bezeichnung: 'Prüfung', anzahl: 1 }])
    expect(await bauamt.all('akteHistorie', { id: copy.id })).toHaveLength(1)
    await bauamt.ok('rueckgaengig', { nr: await last(bauamt, 'akteHistorie', copy.id) })
    await bauamt.refused('nicht_gefunden', 'akte', { id: copy.id })
  })
})

describe('fields of its own', () => {
  const field = (fuer: string): Promise<Json> => registratur.ok('feldartAnlegen', { body: { typ: 'Baufall', bezeichnung: 'Gemarkung', art: 'text', fuer } })
  test('has an Akte, and each kind of Dokument', async () => {
    const fields: Json = {}
    for (const fuer of ['akte', 'eingang', 'ausgang', 'intern']) fields[fuer] = await field(fuer)
    await registratur.refused('vergeben', 'feldartAnlegen', { body: { typ: 'Baufall', bezeichnung: 'Gemarkung', art: 'text', fuer: 'akte' } })
    const { akte, vorgang } = await newVorgang(bauamt, 'Gemarkungen')
    const set = (operation: string, object: Json, feld: Json, wert: string): Promise<Json> => bauamt.ok(operation, { id: object.id, stand: object.stand, body: { typ: 'Baufall', werte: [{ feld: feld.id, wert }] } })
    expect(await set('akteFelderSetzen', akte, fields.akte, 'Rehwinkel')).toMatchObject({ ziel: 'akte', typ: 'Baufall', felder: [{ wert: 'Rehwinkel' }] })
    expect((await bauamt.ok('akteFelder', { id: akte.id })).felder[0].wert).toBe('Rehwinkel')
    for (const art of ['Eingang', 'Ausgang', 'Intern']) {
      const letter = await bauamt.upload('dokumentAnlegen', `${art}.txt`, art, { id: vorgang.id, query: { art } })
      const feld = fields[art.toLowerCase()]
      await set('dokumentFelderSetzen', letter, feld, `Fuchsbau ${art}`)
      expect((await bauamt.ok('dokumentFelder', { id: letter.id })).felder[0]).toMatchObject({ wert: `Fuchsbau ${art}`, feld: { fuer: art.toLowerCase() } })
      const now = await bauamt.ok('dokument', { id: letter.id })
      expect((await bauamt.refused('eingabe_ungueltig', 'dokumentFelderSetzen', { id: letter.id, stand: now.stand, body: { werte: [{ feld: fields.akte.id, wert: 'x' }] } })).feld).toBe('werte')
      expect(await bauamt.all('feldsuche', { query: { feld: feld.id, wert: 'fuchsbau' } })).toMatchObject([{ art: 'dokument', id: letter.id, wert: `Fuchsbau ${art}` }])
    }
    expect(await bauamt.all('feldsuche', { query: { feld: fields.akte.id, wert: 'winkel' } })).toMatchObject([{ art: 'akte', id: akte.id }])
    expect((await bauamt.ok('suche', { query: { q: 'Fuchsbau' } })).anzahl).toBe(3)
    expect((await bauamt.ok('vorschlaege', { query: { q: 'Rehwink' } })).eintraege.map((row: Json) => row.id)).toContain(akte.id)
  })
})

test('a Dokument is narrowed on its own, stays so where it goes, and is widened again', async () => {
  const { vorgang } = await newVorgang(registratur, 'Vertraulich', '011')
  const other = await registratur.ok('vorgangAnlegen', { body: { akte: vorgang.akte.id, betreff: 'Anderer' } })
  const letter = await registratur.upload('dokumentAnlegen', 'hornisse.txt', 'Das Hornissengutachten', { id: vorgang.id, query: { art: 'Eingang' } })
  const poststelle = await one(registratur, 'zugriffe', 'bezeichnung', 'Posteingang Poststelle')
  await bauamt.refused('nicht_erlaubt', 'dokumentZugriff', { id: letter.id, stand: letter.stand, body: { zugriff: poststelle.id } })
  const narrow = await registratur.ok('dokumentZugriff', { id: letter.id, stand: letter.stand, body: { zugriff: poststelle.id } })
  expect(narrow).toMatchObject({ eigenerZugriff: true, zugriff: { id: poststelle.id } })
  const stranger = await server.login('grossmann')
  const hidden = async (): Promise<void> => {
    await stranger.refused('nicht_gefunden', 'dokument', { id: letter.id })
    expect((await stranger.ok('suche', { query: { q: 'Hornissengutachten' } })).anzahl).toBe(0)
  }
  await hidden()
  expect(await stranger.all('vorgangDokumente', { id: vorgang.id })).toEqual([])
  expect((await sentences(stranger, 'vorgangHistorie', vorgang.id)).join()).not.toContain('hornisse')
  const moved = await registratur.ok('dokumentAblegen', { id: letter.id, stand: narrow.stand, body: { vorgang: other.id } })
  expect(moved).toMatchObject({ eigenerZugriff: true, zugriff: { id: poststelle.id } })
  await hidden()
  const wide = await registratur.ok('dokumentZugriff', { id: letter.id, stand: moved.stand, body: { zugriff: other.zugriff.id } })
  expect(wide.eigenerZugriff).toBe(false)
  expect((await sentences(registratur, 'dokumentHistorie', letter.id))[0]).toContain('Zugriff auf das Dokument')
})
