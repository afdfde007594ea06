// The Lotsennetz for those who look from above: associations and products, reports by quarter and district, the catalogue.
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import jsonld from 'jsonld'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Client, Json } from './support/client'
import { Server } from './support/server'
import { strangerTo } from './support/stranger'

let server: Server
const stranger = strangerTo(() => server)
let nguyen: Client // Auenbrück (Sachsen): administration, its Navigator
let grossmann: Client // Auenbrück: a clerk
let maeder: Client // Haselrode (Sachsen-Anhalt): its Navigator
let yildiz: Client // Haselrode: Ordnungsamt
beforeAll(async () => {
  server = await Server.demo('--adresse', 'https://netz.example/')
  nguyen = await server.login('nguyen')
  grossmann = await server.login('grossmann')
  maeder = await server.login('maeder', 'haselrode')
  yildiz = await server.login('yildiz', 'haselrode')
})
afterAll(async () => server.stop())

const auenbrueck = '14999010'
const haselrode = '15999020'

describe('associations and products', () => {
  test('the register names them; who is a member says each town itself', async () => {
    const list = await grossmann.ok('netzOrganisationen')
    expect(new Set(list.eintraege.map((one: Json) => one.art))).toEqual(new Set(['verband', 'ministerium', 'dienstleister']))
    expect(list.eintraege.find((one: Json) => one.schluessel === 'ssg')).toMatchObject({ mitglieder: 416, von: 418, hier: 1 })
    expect(list.produkte.map((one: Json) => one.name).join()).toContain('Aktenlotse')
    const ags = async (query: Json): Promise<string[]> => (await maeder.ok('netzKommunen', { query })).eintraege.map((town: Json) => town.ags)
    expect(await ags({ verband: 'ssg' })).toEqual([auenbrueck])
    expect(await ags({ ohne: 'ssg' })).toEqual([haselrode])
    expect(await ags({ produkt: 'zweckverband' })).toEqual([haselrode])
    expect((await maeder.ok('netzKommune', { query: { ags: auenbrueck } })).profil.mitgliedIn).toEqual(['Sächsischer Städte- und Gemeindetag'])
    const profile = await nguyen.ok('netzProfil')
    await nguyen.refused('eingabe_ungueltig', 'netzProfilSetzen', { stand: profile.stand, body: { einfuehrung: 'pilot', sichtbarkeit: 'netze', mitgliedIn: ['mid-st'] } })
  })
})

describe('for the funder and the mayor', () => {
  test('by quarter and by district, as JSON, CSV and PDF', async () => {
    const report = await maeder.ok('netzBericht')
    expect(report.quartale.at(-1).navigatoren).toBeGreaterThanOrEqual(2)
    expect(report.quartale.map((one: Json) => one.quartal)).toEqual([...report.quartale.map((one: Json) => one.quartal)].sort())
    expect(report.kreise.reduce((sum: number, one: Json) => sum + one.kommunen, 0)).toBeGreaterThanOrEqual(418 + 218)
    expect(report.quartale.reduce((sum: number, one: Json) => sum + one.veranstaltungen, 0)).toBeGreaterThanOrEqual(2)
    const csv = (await maeder.call('netzBerichtCsv', { query: { teil: 'kreise' } })).text
    expect(csv.split('\r\n')[0]).toBe('\uFEFF"Kreis";"Land";"Kommunen";"Erreicht";"Navigatoren";"Veranstaltungen";"Übernahmen"')
    expect(csv.split('\r\n')).toHaveLength(report.kreise.length + 2)
    const file = path.join(server.place.folder, 'bericht.pdf')
    writeFileSync(file, (await maeder.call('netzBerichtPdf')).bytes)
    const text = execFileSync('pdftotext', ['-layout', file, '-']).toString()
    expect(text).toContain('Nach Quartalen')
    expect(text).toContain('Erzgebirgskreis')
  })

  test('what a town runs is seen as far as its page, and adoptions count', async () => {
    const praxis = (await maeder.ok('netzPraktiken', { query: { q: 'bauantrag' } })).eintraege[0]
    const before = (await nguyen.ok('netzBericht')).quartale.at(-1).uebernahmen
    const adopted = await maeder.ok('netzBausteinUebernehmen', { body: { praxis: praxis.id, namen: [{ alt: 'bürgermeisterin', neu: 'bürgermeister' }], uebernehmen: [] } })
    expect((await nguyen.ok('netzBericht')).quartale.at(-1).uebernahmen).toBe(before + 1)
    expect((await nguyen.ok('netzKommune', { query: { ags: haselrode } })).laeuft).toEqual([adopted.titel])
    const profile = await maeder.ok('netzProfil')
    const body = { einfuehrung: profile.einfuehrung, einwohner: profile.einwohner, sichtbarkeit: 'land' }
    await maeder.ok('netzProfilSetzen', { stand: profile.stand, body })
    expect((await nguyen.call('netzKommune', { query: { ags: haselrode } })).text).not.toContain(adopted.titel)
    // Figures flow only where the town agrees, and one town alone is never told of.
    expect(await maeder.ok('netzWirkung', { query: { baustein: adopted.baustein } })).toMatchObject({ hierUebernommen: true, einverstanden: false })
    await yildiz.refused('nicht_erlaubt', 'netzWirkungSetzen', { query: { baustein: adopted.baustein }, body: { einverstanden: true } })
    const agreed = await maeder.ok('netzWirkungSetzen', { query: { baustein: adopted.baustein }, body: { einverstanden: true } })
    expect(agreed.einverstanden).toBe(true)
    expect(agreed.summe).toBeUndefined()
    await nguyen.refused('nicht_gefunden', 'netzWirkungSetzen', { query: { baustein: adopted.baustein }, body: { einverstanden: true } })
    await maeder.ok('netzUebernahmeZurueck', { id: adopted.id, stand: adopted.stand })
    expect((await maeder.ok('netzKommune', { query: { ags: haselrode } })).laeuft).toEqual([])
    await maeder.ok('netzProfilSetzen', { stand: profile.stand + 1, body: { ...body, sichtbarkeit: 'netze' } })
  })

  test('the catalogue is DCAT-AP.de', async () => {
    const reply = await stranger('/oeffentlich/katalog')
    expect(reply.headers.get('content-type')).toContain('application/ld+json')
    // A real RDF processor reads it, in its strict mode: a word that no vocabulary has, or a wrong address, fails.
    const quads = (await jsonld.toRDF(JSON.parse(reply.text), { safe: true } as never)) as unknown as Json[]
    const of = (subject: string, predicate: string): string[] => quads.filter((quad) => quad.subject.value === subject && quad.predicate.value === predicate).map((quad) => quad.object.value)
    const type = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type'
    const subjects = (kind: string): string[] => quads.filter((quad) => quad.predicate.value === type && quad.object.value === kind).map((quad) => quad.subject.value)
    const [catalog = ''] = subjects('http://www.w3.org/ns/dcat#Catalog')
    const sets = subjects('http://www.w3.org/ns/dcat#Dataset')
    expect(sets.length).toBeGreaterThanOrEqual(1)
    expect(of(catalog, 'http://www.w3.org/ns/dcat#dataset').sort()).toEqual([...sets].sort())
    for (const set of [catalog, ...sets]) for (const need of ['title', 'description', 'publisher']) expect(of(set, `http://purl.org/dc/terms/${need}`), `${set} ${need}`).toHaveLength(1)
    for (const set of sets) {
      expect(of(set, 'http://dcat-ap.de/def/dcatde/contributorID')).toHaveLength(1)
      const [distribution = ''] = of(set, 'http://www.w3.org/ns/dcat#distribution')
      const [access = ''] = of(distribution, 'http://www.w3.org/ns/dcat#accessURL')
      expect(of(distribution, 'http://purl.org/dc/terms/license')).toEqual(['http://dcat-ap.de/def/licenses/cc-by/4.0'])
      const file = await stranger(access.replace('https://netz.example', ''))
      expect(file.status).toBe(200)
      expect(JSON.parse(file.text).titel).toBe('Bauantrag in sechs Schritten')
    }
  })
})
