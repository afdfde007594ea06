// Storno, Weglegen, zdA and lawful deletion through the API: what stands against each, and what solves it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Client, Json } from './support/client'
import { program } from './support/engine'
import { must } from './support/process'
import { read } from './support/rights'
import { Server } from './support/server'
import { newVorgang, sentences } from './support/town'

let server: Server
let registratur: Client
let pruefer: Client
let bauamt: Client
beforeAll(async () => {
  server = await Server.demo()
  registratur = await server.login('hoenicke')
  pruefer = await server.login('kuehnel')
  bauamt = await server.login('grossmann')
})
afterAll(() => server.stop())

const possible = async (client: Client, list: string, id: string, uebergang: string): Promise<Json> =>
  (await client.ok(list, { id })).eintraege.find((one: Json) => one.uebergang === uebergang)
const setting = async (body: Json): Promise<void> => void (await registratur.ok('mandantAendern', { stand: (await registratur.ok('mandant')).stand, body }))

test('the table of transitions in docs/zustaende.md is the one of the program', async () => {
  expect(read('docs/zustaende.md')).toBe(await must(program, ['describe', 'zustaende']))
})

describe('Storno', () => {
  test('of an Akte holds for all in it; what stands against it is listed with what solves it', async () => {
    const { akte, vorgang } = await newVorgang(registratur, 'Storno')
    const dokument = await registratur.upload('dokumentAnlegen', 'a.txt', 'Text', { id: vorgang.id })
    const closed = await registratur.ok('vorgangZda', { id: vorgang.id, stand: vorgang.stand })
    await registratur.refused('noch_offen', 'akteStornieren', { id: akte.id, stand: akte.stand })
    const { hindernisse, darf } = await possible(registratur, 'akteUebergaenge', akte.id, 'stornieren')
    expect(darf).toBe(true)
    expect(hindernisse).toEqual([
      { grund: 'nichtsAbgeschlossen', satz: 'Darin ist ein Vorgang abgeschlossen.', loesung: 'zdaAufheben', darf: true, objekt: { art: 'vorgang', id: vorgang.id, stand: closed.stand, zeichen: vorgang.zeichen, betreff: 'Storno', status: 'abgeschlossen' } },
    ])
    await registratur.ok('vorgangZdaAufheben', { id: hindernisse[0].objekt.id, stand: hindernisse[0].objekt.stand })
    const gone = await registratur.ok('akteStornieren', { id: akte.id, stand: akte.stand })
    expect(gone).toMatchObject({ status: 'storniert', zustand: 'storniert', uebergaenge: ['stornoAufheben'] })
    expect(await registratur.ok('vorgang', { id: vorgang.id })).toMatchObject({ status: 'inBearbeitung', zustand: 'storniert', uebergaenge: [] })
    expect(await registratur.ok('dokument', { id: dokument.id })).toMatchObject({ status: 'inBearbeitung', zustand: 'storniert', uebergaenge: [], darf: [] })
    const above = await possible(registratur, 'dokumentUebergaenge', dokument.id, 'stornieren')
    expect(above.hindernisse).toMatchObject([{ grund: 'obenOffen', loesung: 'stornoAufheben', objekt: { art: 'akte', id: akte.id } }])
    await registratur.ok('akteStornoAufheben', { id: akte.id, stand: gone.stand })
    expect(await registratur.ok('dokument', { id: dokument.id })).toMatchObject({ zustand: 'inBearbeitung' })
    expect((await sentences(registratur, 'akteHistorie', akte.id)).slice(0, 2)).toEqual([
      `Beate Hönicke hat das Storno der Akte ${akte.zeichen} „Akte zu Storno“ aufgehoben.`,
      `Beate Hönicke hat die Akte ${akte.zeichen} „Akte zu Storno“ storniert.`,
    ])
  })
  test('a Dokument is cancelled and that is taken back', async () => {
    const { vorgang } = await newVorgang(bauamt, 'Storno eines Dokuments')
    const dokument = await bauamt.upload('dokumentAnlegen', 'a.txt', 'Text', { id: vorgang.id })
    const gone = await bauamt.ok('dokumentStornieren', { id: dokument.id, stand: dokument.stand })
    expect(gone).toMatchObject({ status: 'storniert', uebergaenge: ['stornoAufheben'] })
    expect((await bauamt.all('vorgangDokumente', { id: vorgang.id }))[0]).toMatchObject({ id: dokument.id, status: 'storniert' })
    await bauamt.refused('abgeschlossen', 'versionAnlegen', { id: dokument.id, raw: 'x', query: { dateiname: 'x.txt' } })
    expect(await bauamt.ok('dokumentStornoAufheben', { id: dokument.id, stand: gone.stand })).toMatchObject({ status: 'inBearbeitung' })
  })
  test('a letter that is put aside or cancelled is no longer in the pile', async () => {
    const eingang = await bauamt.upload('eingangErfassen', 'werbung.txt', 'Nur heute')
    expect((await bauamt.all('posteingang')).map((one) => one.id)).toContain(eingang.id)
    await bauamt.ok('dokumentWeglegen', { id: eingang.id, stand: eingang.stand })
    expect((await bauamt.all('posteingang')).map((one) => one.id)).not.toContain(eingang.id)
  })
})

describe('Weglegen', () => {
  test('a Dokument is put aside for a year, and taken up again', async () => {
    const { vorgang } = await newVorgang(bauamt, 'Weglegen')
    const dokument = await bauamt.upload('dokumentAnlegen', 'a.txt', 'Text', { id: vorgang.id })
    const aside = await bauamt.ok('dokumentWeglegen', { id: dokument.id, stand: dokument.stand })
    const year = new Date(dokument.erstellt).getFullYear()
    expect(aside).toMatchObject({ status: 'weggelegt', aufbewahrungBis: `${year + 1}-12-31` })
    const again = await bauamt.ok('dokumentWeglegenAufheben', { id: dokument.id, stand: aside.stand })
    expect(again).not.toHaveProperty('aufbewahrungBis')
    const whole = await bauamt.ok('vorgangWeglegen', { id: vorgang.id, stand: vorgang.stand })
    expect(whole).toMatchObject({ status: 'weggelegt', aufbewahrungBis: `${year + 1}-12-31` })
    expect(await bauamt.ok('vorgangWeglegenAufheben', { id: vorgang.id, stand: whole.stand })).not.toHaveProperty('aufbewahrungBis')
  })
})

describe('deletion', () => {
  test('what stands against a deletion is listed: the setting, the reviewer', async () => {
    const { akte } = await newVorgang(registratur, 'Nicht zu löschen')
    expect((await possible(registratur, 'akteUebergaenge', akte.id, 'loeschmarkierung')).hindernisse.map((one: Json) => one.grund)).toEqual(['loeschenErlaubt', 'prueferGesetzt'])
    await registratur.refused('nicht_erlaubt', 'akteLoeschmarkierung', { id: akte.id, stand: akte.stand, body: { grund: 'x' } })
    await setting({ loeschfrist: 0 })
    expect((await possible(registratur, 'akteUebergaenge', akte.id, 'loeschmarkierung')).hindernisse.map((one: Json) => one.grund)).toEqual(['prueferGesetzt'])
    await registratur.refused('konflikt', 'akteLoeschmarkierung', { id: akte.id, stand: akte.stand, body: { grund: 'x' } })
    const open = await newVorgang(registratur, 'Zu löschen', '011')
    const asked = await registratur.ok('akteLoeschmarkierung', { id: open.akte.id, stand: open.akte.stand, body: { grund: 'Irrtum' } })
    await pruefer.ok('akteLoeschungAblehnen', { id: open.akte.id, stand: asked.stand })
    const again = await registratur.ok('akteLoeschmarkierung', { id: open.akte.id, stand: asked.stand + 1, body: { grund: 'Doch' } })
    await registratur.ok('akteLoeschmarkierungZurueckziehen', { id: open.akte.id, stand: again.stand })
    expect((await registratur.ok('loeschungen')).eintraege.slice(0, 2)).toMatchObject([{ ergebnis: 'zurueckgezogen', grund: 'Doch' }, { ergebnis: 'abgelehnt', grund: 'Irrtum', entscheider: { name: expect.stringContaining('Kühnel') } }])
  })
  test('a deletion needs two people, and leaves a protocol', async () => {
    await setting({ loeschfrist: 0 })
    const { akte, vorgang } = await newVorgang(registratur, 'Löschung', '011')
    const dokument = await registratur.upload('dokumentAnlegen', 'Fehlscan.txt', 'Zwetschgendatschi', { id: vorgang.id })
    await registratur.refused('eingabe_ungueltig', 'dokumentLoeschmarkierung', { id: dokument.id, stand: dokument.stand, body: {} })
    const asked = await registratur.ok('dokumentLoeschmarkierung', { id: dokument.id, stand: dokument.stand, body: { grund: 'Fehlscan' } })
    expect(asked.status).toBe('loeschungBeantragt')
    expect(await possible(pruefer, 'dokumentUebergaenge', dokument.id, 'loeschungBestaetigen')).toMatchObject({ darf: true, hindernisse: [] })
    expect((await pruefer.ok('dokumentUebergaenge', { id: dokument.id })).loeschung).toMatchObject({ grund: 'Fehlscan', ergebnis: 'beantragt', objekt: dokument.id })
    await registratur.refused('nicht_erlaubt', 'dokumentLoeschungBestaetigen', { id: dokument.id, stand: asked.stand })
    const protokoll = await pruefer.ok('dokumentLoeschungBestaetigen', { id: dokument.id, stand: asked.stand })
    expect(protokoll).toMatchObject({ ergebnis: 'geloescht', zeichen: dokument.zeichen, grund: 'Fehlscan', dokumente: 1, versionen: 1, antragsteller: { name: 'Beate Hönicke' } })
    expect(protokoll).not.toHaveProperty('objekt')
    await registratur.refused('nicht_gefunden', 'dokument', { id: dokument.id })
    await registratur.refused('nicht_gefunden', 'versionInhalt', { id: dokument.id, nr: 1 })
    expect((await registratur.ok('suche', { query: { q: 'Zwetschgendatschi' } })).eintraege).toEqual([])
    expect((await registratur.ok('loeschungen', { query: { ergebnis: 'geloescht' } })).eintraege[0]).toEqual(protokoll)
    expect((await sentences(registratur, 'vorgangHistorie', vorgang.id))[0]).toMatch(new RegExp(`Kühnel hat die Löschung des Dokuments ${dokument.zeichen} bestätigt; es ist endgültig gelöscht\\.$`))
    expect(JSON.stringify(await registratur.ok('akteHistorie', { id: akte.id }))).not.toContain('Fehlscan.txt')

    const marked = await registratur.ok('vorgangLoeschmarkierung', { id: vorgang.id, stand: vorgang.stand, body: { grund: 'leer' } })
    await pruefer.ok('vorgangLoeschungAblehnen', { id: vorgang.id, stand: marked.stand })
    const twice = await registratur.ok('vorgangLoeschmarkierung', { id: vorgang.id, stand: marked.stand + 1, body: { grund: 'leer' } })
    expect(await pruefer.ok('vorgangLoeschungBestaetigen', { id: vorgang.id, stand: twice.stand })).toMatchObject({ vorgaenge: 1, dokumente: 0 })
    const whole = await registratur.ok('akteLoeschmarkierung', { id: akte.id, stand: akte.stand, body: { grund: 'leer' } })
    expect(await pruefer.ok('akteLoeschungBestaetigen', { id: akte.id, stand: whole.stand })).toMatchObject({ zeichen: akte.zeichen, vorgaenge: 0 })
  })
  test('the days of the tenant must go by', async () => {
    await setting({ loeschfrist: 14 })
    const { vorgang } = await newVorgang(registratur, 'Wartezeit', '011')
    const dokument = await registratur.upload('dokumentAnlegen', 'a.txt', 'Text', { id: vorgang.id })
    const asked = await registratur.ok('dokumentLoeschmarkierung', { id: dokument.id, stand: dokument.stand, body: { grund: 'Fehlscan' } })
    await pruefer.refused('konflikt', 'dokumentLoeschungBestaetigen', { id: dokument.id, stand: asked.stand })
    expect((await possible(pruefer, 'dokumentUebergaenge', dokument.id, 'loeschungBestaetigen')).hindernisse).toMatchObject([{ grund: 'wartezeitUm' }])
    await registratur.refused('noch_offen', 'vorgangZda', { id: vorgang.id, stand: vorgang.stand })
    expect((await possible(registratur, 'vorgangUebergaenge', vorgang.id, 'zda')).hindernisse).toMatchObject([{ grund: 'keineLoeschungBeantragt', loesung: 'loeschmarkierungZurueckziehen', objekt: { id: dokument.id } }])
    await registratur.ok('dokumentLoeschmarkierungZurueckziehen', { id: dokument.id, stand: asked.stand })
    const again = await registratur.ok('dokumentLoeschmarkierung', { id: dokument.id, stand: asked.stand + 1, body: { grund: 'Fehlscan' } })
    await pruefer.ok('dokumentLoeschungAblehnen', { id: dokument.id, stand: again.stand })
    const { vorgang: other } = await newVorgang(registratur, 'Zurückziehen', '011')
    const marked = await registratur.ok('vorgangLoeschmarkierung', { id: other.id, stand: other.stand, body: { grund: 'x' } })
    await registratur.ok('vorgangLoeschmarkierungZurueckziehen', { id: other.id, stand: marked.stand })
  })
  test('its settings have limits, and are taken away with null', async () => {
    for (const body of [{ loeschfrist: -1 }, { loeschfrist: 366 }, { transferfrist: -1 }])
      await registratur.refused('eingabe_ungueltig', 'mandantAendern', { stand: (await registratur.ok('mandant')).stand, body })
    await setting({ loeschfrist: null, transferfrist: 5 })
    expect(await registratur.ok('mandant')).not.toHaveProperty('loeschfrist')
    await setting({ transferfrist: null })
  })
})
