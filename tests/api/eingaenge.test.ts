// Letters of the Posteingang as work in the Postkorb: of a unit until one takes them; and what is overdue for its head.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Client, Json } from './support/client'
import { Server } from './support/server'
import { dayFromNow, newVorgang, one, sentences } from './support/town'

let server: Server
let grossmann: Client
let alKhatib: Client
let wicazowa: Client
let boettcher: Client
beforeAll(async () => {
  server = await Server.demo()
  ;[grossmann, alKhatib, wicazowa, boettcher] = (await Promise.all(['grossmann', 'al-khatib', 'wicazowa', 'boettcher'].map((name) => server.login(name)))) as [Client, Client, Client, Client]
})
afterAll(() => server.stop())

const basket = async (client: Client, korb = 'meine'): Promise<Json> => client.ok('postkorb', { query: { korb, limit: 200 } })
const letters = async (client: Client, korb = 'meine'): Promise<string[]> => (await basket(client, korb)).eingaenge.map((entry: Json) => entry.id)
const brief = async (name: string): Promise<Json> => grossmann.upload('eingangErfassen', `${name}.txt`, name)

describe('a new letter', () => {
  test('is the unit’s until one takes it, then his, and given back again', async () => {
    const before = (await basket(alKhatib)).zahlen
    const eingang = await brief('Neue Post')
    expect(await letters(alKhatib, 'einheit')).toContain(eingang.id)
    expect(await letters(alKhatib)).not.toContain(eingang.id)
    expect(await letters(boettcher, 'einheit')).not.toContain(eingang.id)
    expect((await basket(alKhatib)).zahlen).toMatchObject({ eingaenge: before.eingaenge + 1, einheit: before.einheit + 1, meine: before.meine })
    expect(await alKhatib.ok('eingangUebernehmen', { id: eingang.id, stand: eingang.stand })).toMatchObject({ id: eingang.id, uebernommenVon: { name: 'Ahmad Al-Khatib' } })
    expect(await letters(alKhatib)).toContain(eingang.id)
    for (const client of [alKhatib, grossmann]) expect(await letters(client, 'einheit')).not.toContain(eingang.id)
    expect((await basket(alKhatib)).zahlen).toMatchObject({ eingaenge: before.eingaenge, meine: before.meine + 1 })
    expect((await grossmann.all('posteingang')).find((entry) => entry.id === eingang.id)).toMatchObject({ uebernommenVon: { name: 'Ahmad Al-Khatib' } })
    expect(await grossmann.refused('konflikt', 'eingangUebernehmen', { id: eingang.id, stand: eingang.stand })).toMatchObject({ detail: 'Ahmad Al-Khatib hat das Schreiben schon übernommen.' })
    await alKhatib.refused('konflikt', 'eingangUebernehmen', { id: eingang.id, stand: eingang.stand })
    await boettcher.refused('nicht_gefunden', 'eingangUebernehmen', { id: eingang.id, stand: eingang.stand })
    // He is ill: a colleague gives it back.
    expect(await grossmann.ok('eingangFreigeben', { id: eingang.id, stand: eingang.stand })).not.toHaveProperty('uebernommenVon')
    await grossmann.refused('konflikt', 'eingangFreigeben', { id: eingang.id, stand: eingang.stand })
    expect(await letters(alKhatib)).not.toContain(eingang.id)
    expect((await sentences(grossmann, 'dokumentHistorie', eingang.id)).slice(0, 2)).toEqual(['Sabine Großmann hat das Schreiben „Neue Post“ wieder freigegeben.', 'Ahmad Al-Khatib hat das Schreiben „Neue Post“ übernommen.'])
  })
  test('leaves the Postkorb when it is filed, and is nobody’s in another unit', async () => {
    const eingang = await brief('Zum Ablegen')
    await alKhatib.ok('eingangUebernehmen', { id: eingang.id, stand: eingang.stand })
    const { vorgang } = await newVorgang(alKhatib, 'Ablage')
    const filed = await alKhatib.ok('dokumentAblegen', { id: eingang.id, stand: eingang.stand, body: { vorgang: vorgang.id } })
    expect(await letters(alKhatib)).not.toContain(eingang.id)
    await alKhatib.refused('konflikt', 'eingangUebernehmen', { id: filed.id, stand: filed.stand })

    const other = await brief('Für das Ordnungsamt')
    await alKhatib.ok('eingangUebernehmen', { id: other.id, stand: other.stand })
    const oa = await one(alKhatib, 'organisationseinheiten', 'kurzzeichen', 'OA')
    await grossmann.ok('dokumentWeiterreichen', { id: other.id, stand: other.stand, body: { organisationseinheit: oa.id } })
    expect(await letters(boettcher, 'einheit')).toContain(other.id)
    expect(await letters(alKhatib)).not.toContain(other.id)
  })
  test('taken by somebody stands with his deputy, who sees whose it is', async () => {
    const eingang = await brief('In Vertretung')
    await alKhatib.ok('eingangUebernehmen', { id: eingang.id, stand: eingang.stand })
    // In the demo she stands in for him.
    const found = (await basket(grossmann, 'vertretung')).eingaenge.find((entry: Json) => entry.id === eingang.id)
    expect(found).toMatchObject({ uebernommenVon: { name: 'Ahmad Al-Khatib' } })
    expect(await letters(wicazowa, 'vertretung')).not.toContain(eingang.id)
  })
  test('stands below those that wait longer, for all of the unit', async () => {
    const before = await letters(wicazowa, 'einheit')
    const eingang = await brief('Live')
    expect(await letters(wicazowa, 'einheit')).toEqual([...before, eingang.id])
  })
})

describe('the head', () => {
  test('sees in the Postkorb what is overdue in the units, from the first day on', async () => {
    const own = await basket(wicazowa)
    const { eintraege, zahlen } = await basket(wicazowa, 'leitung')
    expect(eintraege.length).toBeGreaterThan(0) // the demo has such work
    for (const entry of eintraege) {
      expect(entry.termin < dayFromNow(0), JSON.stringify(entry)).toBe(true)
      expect(entry.adressat.name).not.toBe('Hańža Wićazowa')
    }
    expect(zahlen.leitung).toBe(eintraege.length)
    expect(own.zahlen.leitung).toBe(zahlen.leitung)
    for (const client of [grossmann, boettcher]) expect(await basket(client, 'leitung')).toMatchObject({ eintraege: [], zahlen: { leitung: 0 } })
  })
})
