// Tools that towns write: versions, states, variants by Land, checklists that keep what they asked, and whole tools in a Baustein.
import { createHash, randomUUID } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Client, Json } from './support/client'
import { testdata } from './support/engine'
import { read } from './support/rights'
import { command, Server } from './support/server'

let server: Server
let nguyen: Client // Auenbrück (Sachsen): keeps the network
let grossmann: Client // Auenbrück: a clerk
let hoenicke: Client // Auenbrück: Registratur
let maeder: Client // Haselrode (Sachsen-Anhalt): Hauptamt and Registratur
beforeAll(async () => {
  server = await Server.demo()
  nguyen = await server.login('nguyen')
  grossmann = await server.login('grossmann')
  hoenicke = await server.login('hoenicke')
  maeder = await server.login('maeder', 'haselrode')
})
afterAll(() => server.stop())

describe("a town's own tools", () => {
  const kopf = { art: 'checkliste', titel: 'Umzug des Rathauses', kurz: 'Akten ziehen mit um', fuer: 'Registratur', bereitschaft: false, sichtbarkeit: 'netze' }
  const punkt = (text: string, more: Json = {}): Json => ({ schluessel: '', text, ...more })
  const erste = { version: '1.0', aenderung: 'Erste Fassung', einleitung: 'Was vor dem Umzug zu tun ist.', abschnitte: [{ titel: 'Vorher', punkte: [punkt('Regale gezählt', { hilfe: 'Auch im Keller' }), punkt('Archiv gefragt'), punkt('Kartons bestellt')] }] }
  let tool: Json
  const keys = (item: Json): Record<string, string> => Object.fromEntries(item.ganz.flatMap((part: Json) => part.punkte).map((one: Json) => [one.text, one.schluessel]))
  const state = (client: Client, version: string, zustand: string): Promise<Json> => client.ok('netzWerkzeugZustand', { id: tool.id, stand: tool.stand, body: { version, zustand } })
  const shelf = async (client: Client): Promise<string[]> => (await client.all('netzKommunenwerkzeuge')).map((one: Json) => one.schluessel)

  test('is a draft that the own town sees, and nobody else', async () => {
    await grossmann.refused('eingabe_ungueltig', 'netzWerkzeugAnlegen', { body: { ...kopf, fassung: { ...erste, abschnitte: [] } } })
    await grossmann.refused('eingabe_ungueltig', 'netzWerkzeugAnlegen', { body: { ...kopf, sichtbarkeit: 'coaching', fassung: erste } })
    await grossmann.refused('eingabe_ungueltig', 'netzWerkzeugAnlegen', { body: { ...kopf, fassung: { ...erste, abschnitte: [...erste.abschnitte, ...erste.abschnitte] } } })
    tool = await grossmann.ok('netzWerkzeugAnlegen', { body: { ...kopf, fassung: erste } })
    expect(tool).toMatchObject({ zustand: 'entwurf', version: '1.0', lizenz: 'CC BY 4.0', punkte: 3, darfAendern: true, ort: { name: 'Stadt Auenbrück' } })
    expect(new Set(Object.values(keys(tool))).size).toBe(3)
    expect(await shelf(grossmann)).not.toContain(tool.schluessel)
    expect((await hoenicke.ok('netzEigenwerkzeuge')).eintraege.map((one: Json) => one.schluessel)).toContain(tool.schluessel)
    await maeder.refused('nicht_gefunden', 'netzWerkzeug', { query: { schluessel: tool.schluessel } })
    await maeder.refused('eingabe_ungueltig', 'netzChecklisteBeginnen', { body: { werkzeug: tool.schluessel } })
    await maeder.refused('nicht_gefunden', 'netzWerkzeugAendern', { id: tool.id, stand: tool.stand, body: { ...kopf } })
    await grossmann.refused('eingabe_ungueltig', 'netzChecklisteBeginnen', { body: { werkzeug: tool.schluessel } })
  })

  test('goes to pilots, is released by who keeps the network, and is seen as it says', async () => {
    await grossmann.refused('nicht_erlaubt', 'netzWerkzeugZustand', { id: tool.id, stand: tool.stand, body: { version: '1.0', zustand: 'pilot' } })
    await grossmann.refused('eingabe_ungueltig', 'netzWerkzeugAendern', { id: tool.id, stand: tool.stand, body: { ...kopf, fassung: { ...erste, pilotkommunen: ['99999999'] } } })
    const points = erste.abschnitte[0]?.punkte.map((one: Json) => ({ ...one, schluessel: keys(tool)[one.text] }))
    tool = await grossmann.ok('netzWerkzeugAendern', { id: tool.id, stand: tool.stand, body: { ...kopf, fassung: { ...erste, pilotkommunen: ['14626110'], abschnitte: [{ titel: 'Vorher', punkte: [...(points ?? []), punkt('Amtsblatt informiert', { land: 'Sachsen' }), { schluessel: keys(tool)['Archiv gefragt'], text: 'Landesarchiv in Magdeburg gefragt', land: 'Sachsen-Anhalt' }] }] } } })
    tool = await state(nguyen, '1.0', 'pilot')
    expect(tool.versionen[0]).toMatchObject({ zustand: 'pilot', pilotkommunen: [{ ags: '14626110' }], naechste: ['freigegeben', 'abgeloest'] })
    tool = await state(nguyen, '1.0', 'freigegeben')
    await nguyen.refused('konflikt', 'netzWerkzeugZustand', { id: tool.id, stand: tool.stand, body: { version: '1.0', zustand: 'pilot' } })
    const there = await maeder.ok('netzWerkzeug', { query: { schluessel: tool.schluessel } })
    expect(there).toMatchObject({ titel: kopf.titel, stand: 0, darfAendern: false, zustand: 'freigegeben', ort: { land: 'Sachsen' } })
    expect(there.ganz).toBeUndefined()
    // Each Land is asked its own.
    const textsOf = (item: Json): string[] => item.abschnitte.flatMap((part: Json) => part.punkte).map((one: Json) => one.text)
    expect(textsOf(there)).toEqual(['Regale gezählt', 'Kartons bestellt', 'Landesarchiv in Magdeburg gefragt'])
    expect(textsOf(await grossmann.ok('netzWerkzeug', { query: { schluessel: tool.schluessel } }))).toEqual(['Regale gezählt', 'Archiv gefragt', 'Kartons bestellt', 'Amtsblatt informiert'])
    expect((await maeder.ok('netzKommunenwerkzeuge', { query: { q: 'KARTONS', art: 'checkliste', land: 'Sachsen' } })).eintraege.map((one: Json) => one.schluessel)).toEqual([tool.schluessel])
    expect((await maeder.ok('netzKommunenwerkzeuge', { query: { art: 'vorlage' } })).eintraege).toEqual([])
    // What others see already is changed by who keeps the network alone.
    await grossmann.refused('nicht_erlaubt', 'netzWerkzeugAendern', { id: tool.id, stand: tool.stand, body: { ...kopf, sichtbarkeit: 'oeffentlich' } })
    for (const [sichtbarkeit, sees] of [['land', false], ['kommune', false], ['netze', true]] as const) {
      tool = await nguyen.ok('netzWerkzeugAendern', { id: tool.id, stand: tool.stand, body: { ...kopf, sichtbarkeit } })
      expect([sichtbarkeit, (await shelf(maeder)).includes(tool.schluessel), (await maeder.call('netzWerkzeug', { query: { schluessel: tool.schluessel } })).status]).toEqual([sichtbarkeit, sees, sees ? 200 : 404])
      expect(await shelf(hoenicke), sichtbarkeit).toContain(tool.schluessel)
    }
  })

  let list: Json
  test('a new version shows the other town what is new, and loses no tick', async () => {
    const key = keys(tool)
    list = await maeder.ok('netzChecklisteBeginnen', { body: { werkzeug: tool.schluessel } })
    expect(list).toMatchObject({ version: '1.0', gilt: 3, mitWerkzeug: true })
    for (const text of ['Regale gezählt', 'Kartons bestellt'])
      list = await maeder.ok('netzPunktSetzen', { id: list.id, stand: list.stand, body: { schluessel: key[text], status: 'erledigt', notiz: `zu ${text}` } })
    const body = { ...kopf, fassung: { ...erste, version: '1.1', aenderung: 'Kürzer', abschnitte: [{ titel: 'Vorher', punkte: [{ schluessel: key['Regale gezählt'], text: 'Alle Regale gezählt' }, punkt('Plan gezeichnet')] }] } }
    await grossmann.refused('eingabe_ungueltig', 'netzWerkzeugAendern', { id: tool.id, stand: tool.stand, body: { ...body, fassung: { ...body.fassung, version: '1.0' } } })
    tool = await grossmann.ok('netzWerkzeugAendern', { id: tool.id, stand: tool.stand, body })
    expect(tool.unterschiede.map((one: Json) => one.art)).toEqual(['geaendert', 'neu', 'entfallen', 'entfallen', 'entfallen'])
    expect((await maeder.ok('netzCheckliste', { id: list.id })).neuere, 'a draft').toBeUndefined()
    tool = await state(nguyen, '1.1', 'freigegeben')
    expect(tool.versionen.map((one: Json) => one.zustand)).toEqual(['freigegeben', 'abgeloest'])
    list = await maeder.ok('netzCheckliste', { id: list.id })
    expect([list.version, list.neuere, list.erledigt]).toEqual(['1.0', '1.1', 2])
    expect(list.neuerungen.map((one: Json) => [one.art, one.neu])).toContainEqual(['neu', 'Plan gezeichnet'])
    list = await maeder.ok('netzChecklisteAendern', { id: list.id, stand: list.stand, body: { version: '1.1' } })
    expect(list.abschnitte[0].punkte[0]).toMatchObject({ text: 'Alle Regale gezählt', status: 'erledigt', notiz: 'zu Regale gezählt' })
    expect(list.entfallen).toMatchObject([{ text: 'Kartons bestellt', status: 'erledigt', notiz: 'zu Kartons bestellt' }])
  })

  test('its author takes it back, and who works with it goes on', async () => {
    tool = await nguyen.ok('netzWerkzeugAendern', { id: tool.id, stand: tool.stand, body: { ...kopf, sichtbarkeit: 'kommune' } })
    await maeder.refused('nicht_gefunden', 'netzWerkzeug', { query: { schluessel: tool.schluessel } })
    list = await maeder.ok('netzCheckliste', { id: list.id })
    expect(list).toMatchObject({ version: '1.1', mitWerkzeug: false, entfallen: [{ text: 'Kartons bestellt' }] })
    list = await maeder.ok('netzPunktSetzen', { id: list.id, stand: list.stand, body: { schluessel: list.abschnitte[0].punkte[1].schluessel, status: 'erledigt' } })
    expect(list.erledigt).toBe(2)
    await maeder.refused('eingabe_ungueltig', 'netzChecklisteAendern', { id: list.id, stand: list.stand, body: { version: '1.0' } })
  })

  test('comes with a Baustein as a whole, meets what the town changed point by point, and goes in one step', async () => {
    let praxis = await nguyen.ok('netzPraxisAnlegen', { body: { titel: 'Umzug ohne Verlust', problem: 'Akten gingen verloren.', sichtbarkeit: 'netze' } })
    const parts = { version: '1.0', aktenplan: [], typen: [], laufwege: [], proben: [], werkzeuge: [tool.id], checklisten: [tool.schluessel] }
    await nguyen.refused('eingabe_ungueltig', 'netzBausteinSchnueren', { id: praxis.id, stand: praxis.stand, body: { ...parts, werkzeuge: [] } })
    await nguyen.refused('eingabe_ungueltig', 'netzBausteinSchnueren', { id: praxis.id, stand: praxis.stand, body: { ...parts, werkzeuge: [randomUUID()] } })
    praxis = await nguyen.ok('netzBausteinSchnueren', { id: praxis.id, stand: praxis.stand, body: parts })
    expect(praxis.baustein).toMatchObject({ werkzeuge: 1, checklisten: 1 })
    await nguyen.ok('netzPraxisZustand', { id: praxis.id, stand: praxis.stand, body: { status: 'veroeffentlicht' } })
    const datei = JSON.parse((await nguyen.call('netzBausteinDatei', { query: { praxis: praxis.id } })).text)
    const ajv = new Ajv2020({ strict: true })
    addFormats.default(ajv)
    expect(ajv.validate(JSON.parse(read('docs/netz-baustein.schema.json')), datei), ajv.errorsText()).toBe(true)
    expect(datei.formatversion).toBe(3)

    const take = { body: { praxis: praxis.id, namen: [], uebernehmen: [] as string[] } }
    expect((await maeder.ok('netzBausteinVorschau', take)).zeilen.map((row: Json) => `${row.art} ${row.was}`)).toEqual(['checkliste neu', 'werkzeug neu'])
    const tools = async (): Promise<Json[]> => (await maeder.ok('netzEigenwerkzeuge')).eintraege.filter((one: Json) => one.titel === kopf.titel)
    const lists = async (): Promise<Json[]> => (await maeder.ok('netzChecklisten')).eintraege.filter((one: Json) => one.bezeichnung === kopf.titel && one.mitWerkzeug)
    let adopted = await maeder.ok('netzBausteinUebernehmen', take)
    expect([(await tools()).length, (await lists()).length]).toEqual([1, 1])
    adopted = await maeder.ok('netzUebernahmeZurueck', { id: adopted.id, stand: adopted.stand })
    expect([adopted.status, await tools(), await lists()]).toEqual(['zurueckgenommen', [], []])
    await maeder.ok('netzBausteinUebernehmen', take)

    // The town makes it its own: one point in other words, one more, and its checklist has a tick.
    const [schluessel] = (await tools()).map((one) => one.schluessel)
    let mine = await maeder.ok('netzWerkzeug', { query: { schluessel } })
    expect(mine).toMatchObject({ version: '1.0', zustand: 'freigegeben', sichtbarkeit: 'kommune', darfAendern: true, ort: { land: 'Sachsen-Anhalt' } })
    const [regale, plan] = mine.ganz[0].punkte
    let [running] = await lists()
    running = await maeder.ok('netzCheckliste', { id: running.id })
    await maeder.ok('netzPunktSetzen', { id: running.id, stand: running.stand, body: { schluessel: regale.schluessel, status: 'erledigt' } })
    mine = await maeder.ok('netzWerkzeugAendern', { id: mine.id, stand: mine.stand, body: { ...kopf, sichtbarkeit: 'kommune', fassung: { version: '1.0.1', abschnitte: [{ titel: 'Vorher', punkte: [regale, { ...plan, text: 'Plan vom Bauhof' }, punkt('Schlüssel gezählt')] }] } } })
    await maeder.ok('netzWerkzeugZustand', { id: mine.id, stand: mine.stand, body: { version: '1.0.1', zustand: 'freigegeben' } })
    tool = await nguyen.ok('netzWerkzeugAendern', { id: tool.id, stand: tool.stand, body: { ...kopf, titel: kopf.titel, sichtbarkeit: 'kommune', fassung: { version: '1.2', abschnitte: [{ titel: 'Vorher', punkte: [{ ...regale, text: 'Wirklich alle Regale gezählt' }, { ...plan, text: 'Plan vom Architekten' }] }, { titel: 'Nachher', text: 'Am ersten Tag', punkte: [punkt('Alles da')] }] } } })
    tool = await state(nguyen, '1.2', 'freigegeben')
    praxis = await nguyen.ok('netzPraxis', { query: { praxis: praxis.id } })
    await nguyen.ok('netzBausteinSchnueren', { id: praxis.id, stand: praxis.stand, body: { ...parts, version: '1.1' } })
    const rows = (await maeder.ok('netzBausteinVorschau', take)).zeilen.filter((row: Json) => row.art === 'werkzeug' && row.was !== 'gleich')
    expect(rows.map((row: Json) => [row.was, row.neu]).sort()).toEqual([['aendern', 'Vorher\nWirklich alle Regale gezählt'], ['konflikt', 'Vorher\nPlan vom Architekten'], ['neu', 'Am ersten Tag'], ['neu', 'Nachher\nAlles da']])
    await maeder.ok('netzBausteinUebernehmen', take)
    mine = await maeder.ok('netzWerkzeug', { query: { schluessel } })
    const has = mine.ganz.map((part: Json) => [part.titel, part.punkte.map((one: Json) => one.text)])
    expect(has).toEqual([['Vorher', ['Wirklich alle Regale gezählt', 'Plan vom Bauhof', 'Schlüssel gezählt']], ['Nachher', ['Alles da']]])
    expect(mine.versionen.map((one: Json) => one.zustand)).toEqual(['freigegeben', 'abgeloest', 'abgeloest'])
    running = await maeder.ok('netzCheckliste', { id: running.id })
    expect([running.version, running.neuere, running.erledigt]).toEqual(['1.0', mine.version, 1])
  })
})

describe('the file of a tool', () => {
  const kopf = { art: 'vorlage', titel: 'Dienstanweisung E-Akte', kurz: 'Zum Anpassen', fuer: 'Hauptamt', bereitschaft: false, sichtbarkeit: 'land' }
  const fassung = (version: string): Json => ({ version, einleitung: 'Passen Sie die Vorlage an.', abschnitte: [{ titel: 'So geht es', text: 'Die gelben Stellen füllen.', punkte: [] }] })
  // A PDF of one page, and one of another, made by hand.
  const pdf = (text: string): Buffer => {
    const objects = ['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [3 0 R] /Count 1 >>', '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>', `<< /Length ${text.length + 32} >>\nstream\nBT /F 12 Tf 20 100 Td (${text}) Tj ET\nendstream`, '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>']
    let out = '%PDF-1.4\n'
    const at = objects.map((body, i) => {
      const begin = out.length
      out += `${i + 1} 0 obj\n${body}\nendobj\n`
      return begin
    })
    const xref = out.length
    out += `xref\n0 6\n0000000000 65535 f \n${at.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n${xref}\n%%EOF\n`
    return Buffer.from(out, 'latin1')
  }
  const sum = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')
  const erste = pdf('Erste Fassung'), zweite = pdf('Zweite Fassung, laenger')
  let tool: Json
  const state = (version: string, zustand: string): Promise<Json> => nguyen.ok('netzWerkzeugZustand', { id: tool.id, stand: tool.stand, body: { version, zustand } })
  const put = (client: Client, name: string, bytes: Buffer): Promise<Json> => client.upload('netzWerkzeugDateiSetzen', name, bytes, { id: tool.id })
  const refused = (code: string, name: string, raw: Buffer, client = grossmann): Promise<Json> => client.refused(code, 'netzWerkzeugDateiSetzen', { id: tool.id, key: randomUUID(), query: { dateiname: name }, raw })

  test('is laid beside the draft, and seen by the own town alone while it is one', async () => {
    tool = await grossmann.ok('netzWerkzeugAnlegen', { body: { ...kopf, fassung: fassung('1.0') } })
    expect(tool.datei).toBeUndefined()
    await grossmann.refused('nicht_gefunden', 'netzWerkzeugDatei', { query: { schluessel: tool.schluessel, version: '1.0' } })
    tool = await put(grossmann, 'Anweisung.pdf', erste)
    expect(tool.datei).toEqual({ dateiname: 'Anweisung.pdf', format: 'pdf', groesse: erste.length })
    const got = await hoenicke.call('netzWerkzeugDatei', { query: { schluessel: tool.schluessel, version: '1.0' } })
    expect([got.status, sum(got.bytes), got.headers.get('content-disposition'), got.headers.get('content-type')]).toEqual([200, sum(erste), "attachment; filename*=UTF-8''Anweisung.pdf", 'application/octet-stream'])
    await maeder.refused('nicht_gefunden', 'netzWerkzeugDatei', { query: { schluessel: tool.schluessel } })
    await refused('nicht_gefunden', 'fremd.pdf', erste, maeder)
  })

  test('is what its content says, whole, readable, and not too large', async () => {
    expect((await refused('eingabe_ungueltig', 'getarnt.pdf', Buffer.from('MZ\u0090 kein PDF'))).detail).toContain('ODT, DOCX oder PDF')
    await refused('eingabe_ungueltig', 'seite.html', Buffer.from('<html><script>alert(1)</script></html>'))
    await refused('eingabe_ungueltig', 'leer.pdf', Buffer.from('%PDF-1.4\n'))
    await refused('zu_gross', 'riesig.pdf', Buffer.concat([erste, Buffer.alloc(20 * 1024 * 1024)]))
    const locked = path.join(testdata, 'pdf/paperless/password-is-test.pdf')
    if (existsSync(locked)) await refused('eingabe_ungueltig', 'gesperrt.pdf', readFileSync(locked))
    expect((await grossmann.ok('netzWerkzeug', { query: { schluessel: tool.schluessel, version: '1.0' } })).datei.groesse).toBe(erste.length)
    const office = path.join(testdata, 'office')
    const docx = existsSync(office) ? readdirSync(office, { recursive: true }).map(String).find((name) => name.endsWith('.docx')) : undefined
    if (docx !== undefined) {
      tool = await put(grossmann, 'Anweisung.docx', readFileSync(path.join(office, docx)))
      expect(tool.datei.format).toBe('docx')
      tool = await put(grossmann, 'Anweisung.pdf', erste)
    }
  })

  test('goes with the version: what is given out keeps its own, also when a newer one has another', async () => {
    tool = await state('1.0', 'freigegeben')
    expect((await refused('konflikt', 'spaeter.pdf', zweite)).detail).toContain('nächste Version')
    await grossmann.refused('konflikt', 'netzWerkzeugDateiEntfernen', { id: tool.id, stand: tool.stand })
    tool = await grossmann.ok('netzWerkzeugAendern', { id: tool.id, stand: tool.stand, body: { ...kopf, fassung: fassung('1.1') } })
    expect(tool).toMatchObject({ version: '1.1', datei: { dateiname: 'Anweisung.pdf' } })
    tool = await put(grossmann, 'Neu.pdf', zweite)
    const of = async (client: Client, version?: string): Promise<string> => sum((await client.call('netzWerkzeugDatei', { query: { schluessel: tool.schluessel, ...(version === undefined ? {} : { version }) } })).bytes)
    expect([await of(grossmann, '1.0'), await of(grossmann, '1.1'), await of(grossmann)]).toEqual([sum(erste), sum(zweite), sum(erste)])
    tool = await grossmann.ok('netzWerkzeugDateiEntfernen', { id: tool.id, stand: tool.stand })
    expect(tool.datei).toBeUndefined()
    tool = await put(grossmann, 'Neu.pdf', zweite)
    tool = await state('1.1', 'freigegeben')
    expect([await of(grossmann, '1.0'), await of(grossmann)]).toEqual([sum(erste), sum(zweite)])
  })

  test('is fetched by those who see the tool, in another town too, and by nobody else', async () => {
    // For the own Land: not in Sachsen-Anhalt.
    await maeder.refused('nicht_gefunden', 'netzWerkzeugDatei', { query: { schluessel: tool.schluessel } })
    tool = await nguyen.ok('netzWerkzeugAendern', { id: tool.id, stand: tool.stand, body: { ...kopf, sichtbarkeit: 'netze' } })
    const there = await maeder.ok('netzWerkzeug', { query: { schluessel: tool.schluessel } })
    expect(there.datei).toEqual({ dateiname: 'Neu.pdf', format: 'pdf', groesse: zweite.length })
    const got = await maeder.call('netzWerkzeugDatei', { query: { schluessel: tool.schluessel } })
    expect(sum(got.bytes)).toBe(sum(zweite))
    await server.client().refused('nicht_angemeldet', 'netzWerkzeugDatei', { query: { schluessel: tool.schluessel } })
    await maeder.refused('nicht_gefunden', 'netzWerkzeugDatei', { query: { schluessel: randomUUID() } })
    await nguyen.refused('nicht_gefunden', 'netzWerkzeugDatei', { query: { schluessel: 'scankonzept' } })
  })

  test('its bytes are kept and checked as all others are', async () => {
    const collected = await command(server.place, 'collect')
    expect(collected.code, collected.stderr).toBe(0)
    expect((await maeder.call('netzWerkzeugDatei', { query: { schluessel: tool.schluessel } })).status).toBe(200)
    expect((await command(server.place, 'check')).stdout).toMatch(/ 0 Befunde\.\n$/)
  })
})
