// The register of towns beyond the two Länder that come with the program: read in by the operator, or by the tenant that
// keeps with whom the installation joins.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Client, Json } from './support/client'
import { testdata } from './support/engine'
import { command, Server } from './support/server'

let server: Server
let nguyen: Client // Auenbrück: keeps the network, and the register
let grossmann: Client // Auenbrück: a clerk
let maeder: Client // Haselrode: keeps the network there
beforeAll(async () => {
  server = await Server.demo('--verbund', 'auenbrueck')
  nguyen = await server.login('nguyen')
  grossmann = await server.login('grossmann')
  maeder = await server.login('maeder', 'haselrode')
})
afterAll(() => server.stop())

const kopf = 'ags;ars;name;textkennzeichen;art;kreis;verband;land;flaeche_ha;einwohner;plz;stand'
const quelle = 'Thüringer Landesamt für Statistik, Gebietsstand 31.12.2024, dl-de/by-2-0'
const thueringen = [
  kopf,
  '16051000;160510000000;Erfurt, Stadt;61;Kreisfreie Stadt;Erfurt, Stadt;Erfurt, Stadt;Thüringen;26988;215675;99084;20241231',
  '16061045;160610045045;Heilbad Heiligenstadt, Stadt;63;Stadt;Eichsfeld;Heilbad Heiligenstadt, Stadt;Thüringen;7300;17.231;37308;20241231',
  '16061074;160615006074;Niederorschel;64;Kreisangehörige Gemeinde;Eichsfeld;;Thüringen;9000;5200;37355;20241231',
]
const csv = (...lines: string[]): string => `${lines.join('\r\n')}\r\n`
const lies = (client: Client, text: string, query: Json = {}): Promise<Json> => client.upload('netzVerzeichnisEinlesen', 'land.csv', text, { query: { quelle, ...query } })
const laender = async (): Promise<string[]> => (await grossmann.ok('netzVerzeichnis')).laender.map((one: Json) => one.land)

describe('the register', () => {
  test('has two Länder at first; who reads in others is who keeps the Verbund, and nobody else', async () => {
    expect(await laender()).toEqual(['Sachsen', 'Sachsen-Anhalt'])
    expect(await grossmann.ok('netzVerzeichnis')).toMatchObject({ darfEinlesen: false, lesungen: [], laender: [{ kommunen: 418, kreise: 10 }, { kommunen: 218, kreise: 11 }] })
    expect((await nguyen.ok('netzVerzeichnis')).darfEinlesen).toBe(true)
    const query = { dateiname: 'land.csv', quelle }
    const raw = { query, raw: csv(...thueringen) }
    await grossmann.refused('nicht_erlaubt', 'netzVerzeichnisEinlesen', raw)
    expect((await maeder.refused('nicht_erlaubt', 'netzVerzeichnisEinlesen', raw)).detail).toContain('Das Verzeichnis gilt für alle Mandanten')
  })

  test('tells row by row what a table would change, and changes nothing before it is told to', async () => {
    const bad = [
      ...thueringen,
      '1605100;160510000000;Kurz;61;;;;;1;1;;',
      '16051000;160510000000;Erfurt, Stadt;61;;;;;1;1;;',
      '99051001;;Nirgends;64;;X;;;1;1;;',
      '16062001;;Falsches Land;64;;Nordhausen;;Sachsen;1;10;;',
      '16062002;160610000002;Passt nicht;64;;Nordhausen;;;1;10;;',
      '16062003;;Ohne Zahl;64;;Nordhausen;;;1;;;',
      '16062004;;Viele;64;;Nordhausen;;;1;zwölf;;',
      '16062005;;;64;;Nordhausen;;;1;5;;',
      '16062006;;Fremde Art;99;;Nordhausen;;;1;5;;',
      '16062007;;Ohne Kreis;64;;;;;1;5;;',
      '16062008;;Falsche PLZ;64;;Nordhausen;;;1;5;123;',
      '16062009;;Anderer Kreis;64;;Südhausen;;;1;5;;',
      '16062999;;Forst;66;;Nordhausen;;;1;0;;',
    ]
    const told = await lies(nguyen, csv(...bad))
    expect(told).toMatchObject({ eingelesen: false, neu: 4, geaendert: 0, uebergangen: 1 })
    const said = Object.fromEntries(told.zeilen.map((row: Json) => [row.zeile, `${row.art}: ${row.hinweise.join(' ')}`]))
    expect(said).toMatchObject({
      2: 'neu: ',
      3: 'neu: ',
      5: expect.stringContaining('passen nicht zueinander'),
      6: 'fehler: Der AGS steht schon in Zeile 2.',
      7: 'fehler: Zu den Ziffern 99 gibt es kein Land.',
      8: 'fehler: Der Schlüssel gehört zu Thüringen, in der Spalte Land steht Sachsen.',
      9: 'fehler: AGS 16062002 und ARS 160610000002 passen nicht zueinander.',
      10: 'fehler: Die Zahl der Einwohner fehlt.',
      11: 'fehler: „zwölf“ ist keine Zahl von Einwohnern.',
      12: 'fehler: Der Name fehlt.',
      13: 'fehler: Die Art „99“ ist nicht bekannt.',
      15: 'fehler: „123“ ist keine Postleitzahl; sie hat fünf Ziffern.',
      17: 'uebergangen: Gemeindefreies Gebiet: übergangen.',
    })
    expect(said[14]).toBe('fehler: Der Name des Kreises fehlt.')
    expect(said[16]).toBe('neu: ')
    expect(await laender()).toEqual(['Sachsen', 'Sachsen-Anhalt'])
    const wrong = (text: string): Promise<Json> => nguyen.refused('eingabe_ungueltig', 'netzVerzeichnisEinlesen', { query: { dateiname: 'land.csv', quelle }, raw: text })
    expect((await wrong(csv('name;einwohner', 'A;1'))).detail).toBe('In der Kopfzeile fehlt: AGS, Art. Erwartet werden AGS, ARS, Name, Art oder Textkennzeichen, Kreis, Verband, Land, Einwohner und PLZ.')
    await wrong(csv(kopf))
    await nguyen.refused('eingabe_ungueltig', 'netzVerzeichnisEinlesen', { query: { dateiname: 'land.csv', quelle: 'x', anwenden: true }, raw: csv(...thueringen) })
  })

  test('takes a Land in, and its towns are there wherever the others are', async () => {
    expect(await lies(nguyen, csv(...thueringen), { anwenden: true })).toMatchObject({ eingelesen: true, neu: 3, fehler: 0, kreise: 1 })
    expect(await laender()).toEqual(['Sachsen', 'Sachsen-Anhalt', 'Thüringen'])
    const list = await maeder.ok('netzKommunen', { query: { land: 'Thüringen' } })
    expect(list.eintraege.map((town: Json) => town.name)).toEqual(['Eichsfeld', 'Erfurt, Stadt', 'Heilbad Heiligenstadt, Stadt', 'Niederorschel'])
    expect(list.quelle).toContain(quelle)
    expect(list.eintraege[0]).toMatchObject({ ags: '16061', art: 'landkreis', einwohner: 22_431 })
    expect((await maeder.ok('netzKommunen', { query: { q: '37308' } })).eintraege).toMatchObject([{ ags: '16061045', kreisname: 'Eichsfeld', art: 'stadt', groesse: 'bis20000' }])
    expect(await maeder.ok('netzKommune', { query: { ags: '16051000' } })).toMatchObject({ name: 'Erfurt, Stadt', land: 'Thüringen', ars: '160510000000', plz: '99084', art: 'kreisfreieStadt' })
    const kreise = (await maeder.ok('netzAbdeckung')).eintraege
    expect(kreise.filter((one: Json) => one.land === 'Thüringen')).toMatchObject([{ kreis: '16051', name: 'Erfurt, Stadt', kommunen: 1 }, { kreis: '16061', name: 'Eichsfeld', kommunen: 2 }])
    expect((await maeder.ok('netzBericht')).kreise.map((one: Json) => one.name)).toContain('Eichsfeld')

    // A town of the new Land is chosen for a Lotse, and for a pilot, and is a tenant like any other.
    const person = (await nguyen.ok('personen')).eintraege.find((one: Json) => one.anmeldename === 'grossmann')
    let lotse = await nguyen.ok('netzMitgliedEinladen', { body: { programm: 'diva', rolle: 'lotse', person: person.id, angaben: [] } })
    lotse = await grossmann.ok('netzMitgliedZustand', { id: lotse.id, stand: lotse.stand, body: { zustand: 'aktiv' } })
    lotse = await nguyen.ok('netzMitgliedBetreuung', { id: lotse.id, stand: lotse.stand, body: { ags: ['16061074'] } })
    expect(lotse.betreut).toEqual(['16061074'])
    const passwort = path.join(server.place.folder, 'erfurt.txt')
    writeFileSync(passwort, 'ein-gutes-Passwort\n')
    const made = await command(server.place, 'init', '--mandant', 'erfurt', '--name', 'Stadt Probe', '--land', 'Thüringen', '--ags', '16051000', '--anmeldename', 'ada', '--vorname', 'Ada', '--nachname', 'Admin', '--passwort-datei', passwort)
    expect(made.code, made.stderr).toBe(0)
    const ada = await server.login('ada', 'erfurt', 'ein-gutes-Passwort')
    await ada.ok('netzProfilSetzen', { stand: 0, body: { einfuehrung: 'pilot', sichtbarkeit: 'netze' } })
    expect((await maeder.ok('netzKommunen', { query: { land: 'Thüringen', dabei: true } })).eintraege).toMatchObject([{ ags: '16051000', einfuehrung: 'pilot' }])
    expect((await maeder.ok('netzAbdeckung')).eintraege.find((one: Json) => one.kreis === '16051')).toMatchObject({ dabei: 1 })
    expect((await maeder.ok('netzMitglieder', { query: { q: 'Niederorschel' } })).eintraege).toEqual([])
  })

  test('again changes nothing; a newer one says what it changes, and what it leaves out stays', async () => {
    expect(await lies(nguyen, csv(...thueringen), { anwenden: true })).toMatchObject({ eingelesen: false, neu: 0, geaendert: 0, gleich: 3, kreise: 0 })
    const all = await maeder.all('netzKommunen')
    expect(new Set(all.map((town: Json) => town.ags)).size).toBe(all.length)
    const newer = csv(kopf, '16051000;160510000000;Erfurt, Stadt;61;Kreisfreie Stadt;;Erfurt, Stadt;Thüringen;26988;214000;99084;20251231')
    const told = await lies(nguyen, newer, { anwenden: true, quelle: 'Thüringer Landesamt für Statistik, Gebietsstand 31.12.2025, dl-de/by-2-0' })
    expect(told).toMatchObject({ geaendert: 1, neu: 0, hinweise: ['2 Kommunen aus Thüringen stehen nicht in der Datei; sie bleiben.'] })
    expect(told.zeilen[0].hinweise).toEqual(['Einwohner: 214000 statt 215675.'])
    expect(await maeder.ok('netzKommune', { query: { ags: '16051000' } })).toMatchObject({ einwohner: 214_000 })
    expect((await maeder.all('netzKommunen')).length).toBe(all.length)
    expect((await nguyen.ok('netzVerzeichnis')).lesungen).toHaveLength(2)
  })

  test('a newer one of a Land that came with the program goes before it', async () => {
    const leipzig = await maeder.ok('netzKommune', { query: { ags: '14713000' } })
    expect(await lies(nguyen, csv(kopf, '14713000;147130000000;Leipzig, Stadt;61;;;;Sachsen;1;700000;;'), { anwenden: true })).toMatchObject({ geaendert: 1, fehler: 0 })
    const now = await maeder.ok('netzKommune', { query: { ags: '14713000' } })
    expect(now).toMatchObject({ einwohner: 700_000, name: leipzig.name })
    expect((await maeder.ok('netzKommunen', { query: { land: 'Sachsen' } })).anzahl).toBeGreaterThanOrEqual(428)
  })

  test('the operator does it with a command, beside a server that is running, with keys that a spreadsheet shortened', async () => {
    const file = path.join(server.place.folder, 'sh.csv')
    writeFileSync(file, csv('Schlüssel;Gemeinde;Art;Landkreis;Bevölkerung', '1053001;Alt Mölln;Gemeinde;Herzogtum Lauenburg;900', '1053002;Kaputt;Gemeinde;Herzogtum Lauenburg;?'))
    const probe = await command(server.place, 'kommunen', '--quelle', 'Statistikamt Nord', '--probe', file)
    expect([probe.code, probe.stdout]).toEqual([1, 'Zeile 2: 01053001 Alt Mölln – neu Dem AGS wurde die führende Null ergänzt.\nZeile 3: 01053002 Kaputt – fehler „?“ ist keine Zahl von Einwohnern.\nNur zur Probe: 1 neu, 0 geändert, 0 gleich, 0 übergangen, 1 mit Fehlern; 1 Landkreise.\n'])
    expect(await laender()).not.toContain('Schleswig-Holstein')
    expect((await command(server.place, 'kommunen', '--quelle', 'Statistikamt Nord', file)).code).toBe(1)
    expect(await laender()).toContain('Schleswig-Holstein')
    expect((await maeder.ok('netzKommune', { query: { ags: '01053001' } })).kreisname).toBe('Herzogtum Lauenburg')
    expect((await command(server.place, 'kommunen', '--quelle', 'Statistikamt Nord', file)).stdout).toContain('0 neu, 0 geändert, 1 gleich')
  })

  const whole = path.join(testdata, 'ags/gemeinden_sachsen_20251130.csv')
  test.skipIf(!existsSync(whole))('all of Sachsen as the statistical office gives it is what the program has', async () => {
    const told = await lies(nguyen, readFileSync(whole, 'utf8'))
    expect(told).toMatchObject({ fehler: 0, neu: 0, kreise: 0, uebergangen: 0, geaendert: 1, gleich: 417, hinweise: [] })
  })

  test('what hangs out is still what the tables say', async () => {
    const checked = await command(server.place, 'check')
    expect(checked.stdout).toMatch(/ 0 Befunde\.\n$/)
  })
})
