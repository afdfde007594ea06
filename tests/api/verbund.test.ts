// Two installations, one in each Land, that join: what is meant for the other comes with its origin, nothing else does, and
// what is cut, altered, replayed, out of order or out of time is refused with the reason. The line is held by the test.
import { createHash, createPublicKey, generateKeyPairSync, randomBytes, randomUUID, sign, verify } from 'node:crypto'
import { existsSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Client, Json } from './support/client'
import { must } from './support/process'
import { program } from './support/engine'
import { Leitung } from './support/leitung'
import { Place } from './support/place'
import { read } from './support/rights'
import { Server } from './support/server'

interface Installation {
  place: Place
  server: Server
  admin: Client
}
async function installation(name: string, land: string, ags: string): Promise<Installation> {
  const place = await Place.make(false)
  const file = join(place.folder, 'passwort.txt')
  writeFileSync(file, 'ein-gutes-Passwort\n')
  await must(program, ['init', ...place.flags, '--mandant', 'stadt', '--name', name, '--land', land, '--ags', ags, '--anmeldename', 'verwalter', '--vorname', 'Ada', '--nachname', 'Verwalter', '--passwort-datei', file])
  const server = await Server.start(place)
  const first = await server.login('verwalter', 'stadt', 'ein-gutes-Passwort')
  // The same person also works with files, so that a case can run.
  const oe = (await first.ok('organisationseinheiten')).eintraege[0]
  const stelle = await first.ok('stelleAnlegen', { body: { bezeichnung: 'Registratur', organisationseinheit: oe.id, leitung: false, rollen: ['RG'] } })
  await first.ok('stelleBesetzen', { id: stelle.id, stand: stelle.stand, body: { personen: [first.session.person.id] } })
  return { place, server, admin: await server.login('verwalter', 'stadt', 'ein-gutes-Passwort') }
}

let sachsen: Installation
let anhalt: Installation
let nachSachsen: Leitung
let nachAnhalt: Leitung
let beiAnhalt: Json // Sachsen, as Sachsen-Anhalt sees it
let beiSachsen: Json
beforeAll(async () => {
  sachsen = await installation('Stadt Auenbrück', 'Sachsen', '14999010')
  anhalt = await installation('Stadt Haselrode', 'Sachsen-Anhalt', '15999020')
  nachSachsen = await Leitung.nach(() => sachsen.server.url)
  nachAnhalt = await Leitung.nach(() => anhalt.server.url)
})
afterAll(async () => {
  await sachsen.server.stop()
  await anhalt.server.stop()
  await nachSachsen.stop()
  await nachAnhalt.stop()
})

/** Asks the other side now, and waits until that was tried. */
async function sync(client: Client, partner: Json): Promise<Json> {
  const before = await client.ok('netzPartner', { id: partner.id })
  await client.ok('netzPartnerAbgleichen', { id: partner.id, stand: before.stand })
  for (const end = Date.now() + 20_000; Date.now() < end; await new Promise((wait) => setTimeout(wait, 50))) {
    const now = await client.ok('netzPartner', { id: partner.id })
    if (now.versuch !== before.versuch) return now
  }
  throw new Error('nobody asked')
}
const titles = async (client: Client): Promise<string[]> => (await client.all('netzPraktiken')).map((one: Json) => one.titel)
const reasons = (partner: Json): string[] => partner.ablehnungen.map((one: Json) => one.grund)

async function publish(client: Client, titel: string, sichtbarkeit: string): Promise<Json> {
  const praxis = await client.ok('netzPraxisAnlegen', { body: { titel, problem: `${titel} dauert zu lange.`, wirkung: 'schneller', sichtbarkeit } })
  return client.ok('netzPraxisZustand', { id: praxis.id, stand: praxis.stand, body: { status: 'veroeffentlicht' } })
}

describe('joining', () => {
  test('a key is noted, compared and confirmed on both sides; until then nothing is told', async () => {
    const karteS = (await sachsen.admin.ok('netzVerbund')).karte
    const karteA = await anhalt.admin.ok('netzVerbund')
    expect(karteA).toMatchObject({ haelt: true, eintraege: [], karte: { name: 'Stadt Haselrode', land: 'Sachsen-Anhalt' } })
    expect(karteS.fingerabdruck).toMatch(/^([0-9a-f]{4} ){7}[0-9a-f]{4}$/)
    const body = { name: 'Sachsen', land: 'Sachsen', adresse: nachSachsen.adresse, schluessel: karteS.schluessel }
    await anhalt.admin.refused('eingabe_ungueltig', 'netzPartnerAnfragen', { body: { ...body, adresse: 'http://akten.example' } })
    await anhalt.admin.refused('eingabe_ungueltig', 'netzPartnerAnfragen', { body: { ...body, schluessel: karteA.karte.schluessel } })
    beiAnhalt = await anhalt.admin.ok('netzPartnerAnfragen', { body })
    expect(beiAnhalt).toMatchObject({ status: 'angefragt', naechste: ['verbunden', 'beendet'], fingerabdruck: karteS.fingerabdruck })
    await anhalt.admin.refused('vergeben', 'netzPartnerAnfragen', { body })
    beiAnhalt = await anhalt.admin.ok('netzPartnerAendern', { id: beiAnhalt.id, stand: beiAnhalt.stand, body: { ...body, adresse: `${body.adresse}/` } })
    expect(beiAnhalt).toMatchObject({ status: 'angefragt', adresse: nachSachsen.adresse })
    await anhalt.admin.refused('konflikt', 'netzPartnerAbgleichen', { id: beiAnhalt.id, stand: beiAnhalt.stand })
    const join = (fingerabdruck: string): Json => ({ id: beiAnhalt.id, stand: beiAnhalt.stand, body: { status: 'verbunden', fingerabdruck } })
    await anhalt.admin.refused('eingabe_ungueltig', 'netzPartnerZustand', join(karteA.karte.fingerabdruck))
    beiAnhalt = await anhalt.admin.ok('netzPartnerZustand', join(karteS.fingerabdruck.toUpperCase()))
    expect(beiAnhalt).toMatchObject({ status: 'verbunden', naechste: ['pausiert', 'beendet'] })
    const early = await sync(anhalt.admin, beiAnhalt)
    expect(early.hinweis).toContain('noch niemand Ihren Fingerabdruck bestätigt')
    expect(early.kontakt).toBeUndefined()

    beiSachsen = await sachsen.admin.ok('netzPartnerAnfragen', { body: { name: 'Sachsen-Anhalt', land: 'Sachsen-Anhalt', adresse: `${nachAnhalt.adresse}/`, schluessel: karteA.karte.schluessel } })
    beiSachsen = await sachsen.admin.ok('netzPartnerZustand', { id: beiSachsen.id, stand: beiSachsen.stand, body: { status: 'verbunden', fingerabdruck: karteA.karte.fingerabdruck } })
    const now = await sync(anhalt.admin, beiAnhalt)
    expect(now).toMatchObject({ hinweis: '', fehler: 0, ablehnungen: [] })
    expect(now.kontakt).toBeDefined()
  })

  test('the secret half of the key lies in a file of its own, in no database and in no backup', async () => {
    const file = join(sachsen.place.blobs, 'netz.schluessel')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(await sachsen.place.sql('SELECT geheim FROM netz_schluessel')).toMatch(/^\n?$/)
    const to = join(sachsen.place.folder, 'sicherung')
    await must(program, ['backup', ...sachsen.place.flags.map((flag) => flag.replace('user=aktenlotse', 'user=postgres')), '--to', to])
    expect(existsSync(join(to, 'blobs/netz.schluessel'))).toBe(false)
  })
})

describe('what is published', () => {
  let praxis: Json
  let uebernahme: Json
  test('what is meant for all comes with its origin and can be adopted; what is meant for fewer does not leave', async () => {
    const blatt = await sachsen.admin.ok('aktenplaneinheitAnlegen', { body: { kennzeichen: '63', titel: 'Bauanträge', aufbewahrungsdauer: 30, aussonderungsart: 'B' } })
    expect(blatt.kennzeichen).toBe('63')
    praxis = await publish(sachsen.admin, 'Bauantrag in sechs Schritten', 'oeffentlich')
    praxis = await sachsen.admin.ok('netzBausteinSchnueren', { id: praxis.id, stand: praxis.stand, body: { version: '1.0', aktenplan: ['63'], typen: [], checklisten: [], laufwege: [{ name: 'Bauantrag', zeile: 'Wv morgen, dann zdA' }], proben: [{ name: 'Frist', art: 'frist', von: '63', zahl: 30 }] } })
    await publish(sachsen.admin, 'Für alle Netze', 'netze')
    await publish(sachsen.admin, 'Nur für Sachsen', 'land')
    await publish(sachsen.admin, 'Nur im Haus', 'kommune')
    await sachsen.admin.ok('netzMitgliedEinladen', { body: { programm: 'lotsenSachsen', rolle: 'navigator', angaben: [{ feld: 'name', wert: 'Ada Verwalter', sichtbarkeit: 'netze' }, { feld: 'telefon', wert: '03599 geheim', sichtbarkeit: 'coaching' }] } })
    const [invited] = (await sachsen.admin.ok('netzMitglieder')).eintraege
    await sachsen.admin.ok('netzMitgliedZustand', { id: invited.id, stand: invited.stand, body: { zustand: 'aktiv' } })
    await sachsen.admin.ok('netzProfilSetzen', { stand: 0, body: { einfuehrung: 'pilot', bietet: 'Rat zum Bauantrag', sichtbarkeit: 'netze' } })
    const offer = await sachsen.admin.ok('netzKooperationAnlegen', { body: { richtung: 'biete', thema: 'Scannen für Nachbarn', laender: ['Sachsen-Anhalt'], rechtsform: 'zweckvereinbarung', sichtbarkeit: 'netze' } })

    const after = await sync(anhalt.admin, beiAnhalt)
    expect(after.ablehnungen).toEqual([])
    expect((await titles(anhalt.admin)).sort()).toEqual(['Bauantrag in sechs Schritten', 'Für alle Netze'])
    const [there] = (await anhalt.admin.ok('netzPraktiken', { query: { q: 'bauantrag' } })).eintraege
    expect(there.ort).toMatchObject({ name: 'Stadt Auenbrück', land: 'Sachsen', herkunft: 'Sachsen' })
    expect(there.id, 'it has a name of its own here').not.toBe(praxis.id)
    const [person] = (await anhalt.admin.ok('netzMitglieder')).eintraege
    expect(person).toMatchObject({ rolle: 'navigator', angaben: [{ feld: 'name', wert: 'Ada Verwalter' }], ort: { herkunft: 'Sachsen' } })
    expect((await anhalt.admin.ok('netzKommune', { query: { ags: '14999010' } })).profil).toMatchObject({ bietet: 'Rat zum Bauantrag', ort: { herkunft: 'Sachsen' } })
    const [offered] = (await anhalt.admin.ok('netzKooperationen')).eintraege
    expect(offered).toMatchObject({ thema: 'Scannen für Nachbarn', ort: { herkunft: 'Sachsen' }, eigene: false })
    for (const secret of ['Nur für Sachsen', 'Nur im Haus', 'geheim']) expect(nachSachsen.antworten.join('')).not.toContain(secret)
    expect(after.empfangen.map((one: Json) => one.titel)).toContain('Bauantrag in sechs Schritten')

    // A request that fits it is told why, across the border.
    const seek = await anhalt.admin.ok('netzKooperationAnlegen', { body: { richtung: 'suche', thema: 'Gemeinsam scannen mit Nachbarn', laender: [], rechtsform: 'offen', sichtbarkeit: 'netze' } })
    expect(seek.passend[0]).toMatchObject({ id: offered.id, gruende: expect.arrayContaining(['Dort wird geboten, was Sie suchen.', 'Sachsen-Anhalt ist ausdrücklich gemeint.']) })
    // Both name each other, and agree.
    let mine = await anhalt.admin.ok('netzKooperationZustand', { id: seek.id, stand: seek.stand, body: { status: 'imGespraech', gegenueber: offered.id } })
    await anhalt.admin.refused('konflikt', 'netzKooperationZustand', { id: mine.id, stand: mine.stand, body: { status: 'vereinbart' } })
    await sync(sachsen.admin, beiSachsen)
    const seen = await sachsen.admin.ok('netzKooperation', { query: { kooperation: offer.id } })
    expect(seen.antworten).toMatchObject([{ thema: 'Gemeinsam scannen mit Nachbarn', ort: { herkunft: 'Sachsen-Anhalt' } }])
    let theirs = await sachsen.admin.ok('netzKooperationZustand', { id: offer.id, stand: seen.stand, body: { status: 'imGespraech', gegenueber: seen.antworten[0].id } })
    theirs = await sachsen.admin.ok('netzKooperationZustand', { id: offer.id, stand: theirs.stand, body: { status: 'vereinbart' } })
    expect(theirs).toMatchObject({ status: 'vereinbart', gegenseitig: true, darfRaum: false })
    await sync(anhalt.admin, beiAnhalt)
    mine = await anhalt.admin.ok('netzKooperationZustand', { id: mine.id, stand: mine.stand, body: { status: 'vereinbart' } })
    expect(mine).toMatchObject({ status: 'vereinbart', gegenueber: { thema: 'Scannen für Nachbarn', status: 'vereinbart' } })

    const preview = await anhalt.admin.ok('netzBausteinVorschau', { body: { praxis: there.id, namen: [], uebernehmen: [] } })
    expect(preview).toMatchObject({ herausgeber: 'Sachsen', darfUebernehmen: true, proben: [{ name: 'Frist', gut: true }] })
    uebernahme = await anhalt.admin.ok('netzBausteinUebernehmen', { body: { praxis: there.id, namen: [], uebernehmen: [] } })
    const [eintrag] = (await anhalt.admin.ok('aktenplan')).eintraege
    const akte = await anhalt.admin.ok('akteAnlegen', { body: { aktenplaneinheit: eintrag.id, betreff: 'Anträge' } })
    const vorgang = await anhalt.admin.ok('vorgangAnlegen', { body: { akte: akte.id, betreff: 'Scheune' } })
    const run = await anhalt.admin.ok('laufwegStarten', { id: vorgang.id, stand: vorgang.stand, body: { zeile: uebernahme.laufwege[0].zeile } })
    expect(run.eintraege[0].schritte).toHaveLength(2)
  })

  test('a tool that a town wrote is worked through in the other Land, and goes on when it is withdrawn', async () => {
    const kopf = { art: 'checkliste', titel: 'Umzug des Rathauses', kurz: 'Akten ziehen mit um', fuer: 'Registratur', bereitschaft: false, sichtbarkeit: 'netze' }
    const fassung = { version: '1.0', abschnitte: [{ titel: 'Vorher', punkte: [{ schluessel: '', text: 'Regale gezählt' }, { schluessel: '', text: 'Kreisarchiv gefragt', land: 'Sachsen' }] }] }
    let tool = await sachsen.admin.ok('netzWerkzeugAnlegen', { body: { ...kopf, fassung } })
    await sync(anhalt.admin, beiAnhalt)
    const shelf = async (): Promise<Json[]> => (await anhalt.admin.ok('netzKommunenwerkzeuge')).eintraege
    expect(await shelf(), 'a draft').toEqual([])
    const pdf = '%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>\nendobj\ntrailer\n<< /Size 4 /Root 1 0 R >>\n%%EOF\n'
    tool = await sachsen.admin.upload('netzWerkzeugDateiSetzen', 'Umzug.pdf', pdf, { id: tool.id })
    tool = await sachsen.admin.ok('netzWerkzeugZustand', { id: tool.id, stand: tool.stand, body: { version: '1.0', zustand: 'freigegeben' } })
    expect((await sync(anhalt.admin, beiAnhalt)).ablehnungen).toEqual([])
    const [there] = await shelf()
    expect(there).toMatchObject({ titel: kopf.titel, ort: { name: 'Stadt Auenbrück', herkunft: 'Sachsen' } })
    // The file stays where it was written, also where the same bytes lie here by chance: the other side says only that there is one.
    expect((await anhalt.admin.ok('netzWerkzeug', { query: { schluessel: there?.schluessel } })).datei).toEqual({ dateiname: 'Umzug.pdf', format: 'pdf', groesse: pdf.length })
    const own = await anhalt.admin.ok('netzWerkzeugAnlegen', { body: { ...kopf, fassung } })
    await anhalt.admin.upload('netzWerkzeugDateiSetzen', 'Umzug.pdf', pdf, { id: own.id })
    expect((await anhalt.admin.refused('nicht_gefunden', 'netzWerkzeugDatei', { query: { schluessel: there?.schluessel } })).detail).toBe('Die Datei liegt bei Sachsen. Fragen Sie dort nach ihr.')
    let list = await anhalt.admin.ok('netzChecklisteBeginnen', { body: { werkzeug: there?.schluessel } })
    expect(list.abschnitte[0].punkte.map((one: Json) => one.text)).toEqual(['Regale gezählt'])
    await sachsen.admin.ok('netzWerkzeugAendern', { id: tool.id, stand: tool.stand, body: { ...kopf, sichtbarkeit: 'kommune' } })
    await sync(anhalt.admin, beiAnhalt)
    expect(await shelf()).toEqual([])
    list = await anhalt.admin.ok('netzPunktSetzen', { id: list.id, stand: list.stand, body: { schluessel: list.abschnitte[0].punkte[0].schluessel, status: 'erledigt' } })
    expect(list).toMatchObject({ erledigt: 1, mitWerkzeug: false })
  })

  test('each real answer is as the schema says', () => {
    const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false })
    addFormats.default(ajv)
    ajv.addSchema(JSON.parse(read('docs/netz-baustein.schema.json')), 'netz-baustein.schema.json')
    const validate = ajv.compile(JSON.parse(read('docs/netz-feed.schema.json')))
    expect(nachSachsen.antworten.length).toBeGreaterThan(1)
    for (const answer of [...nachSachsen.antworten, ...nachAnhalt.antworten]) expect(validate(JSON.parse(answer.toString())), ajv.errorsText(validate.errors)).toBe(true)
    const arts = nachSachsen.antworten.flatMap((answer) => JSON.parse(answer.toString()).eintraege.map((one: Json) => one.art))
    expect([...new Set(arts)].sort()).toEqual(['angabe', 'baustein', 'kooperation', 'mitglied', 'praxis', 'profil', 'werkzeug', 'werkzeugtext'])
  })

  test('a change comes as a new version; what is withdrawn goes from view, and what was adopted goes on', async () => {
    praxis = await sachsen.admin.ok('netzPraxis', { query: { praxis: praxis.id } })
    praxis = await sachsen.admin.ok('netzPraxisAendern', { id: praxis.id, stand: praxis.stand, body: { titel: 'Bauantrag in fünf Schritten', problem: 'Es dauert.', sichtbarkeit: 'oeffentlich' } })
    await sync(anhalt.admin, beiAnhalt)
    expect(await titles(anhalt.admin)).toContain('Bauantrag in fünf Schritten')
    expect(await titles(anhalt.admin)).not.toContain('Bauantrag in sechs Schritten')
    praxis = await sachsen.admin.ok('netzPraxisZustand', { id: praxis.id, stand: praxis.stand, body: { status: 'archiviert' } })
    const after = await sync(anhalt.admin, beiAnhalt)
    expect(after.zurueckgezogen).toBe(4) // the practice and its package, and before them the tool and its text
    expect(await titles(anhalt.admin)).toEqual(['Für alle Netze'])
    expect((await anhalt.admin.ok('netzUebernahmen')).eintraege[0]).toMatchObject({ id: uebernahme.id, status: 'aktiv', laufwege: [{ name: 'Bauantrag' }] })
    // What is no longer told is not kept to be told again: the whole feed, asked anew, does not have it.
    expect(await sachsen.place.sql("SELECT COUNT(*) FROM netz_abgabe WHERE was LIKE '%sechs Schritten%' OR was LIKE '%fünf Schritten%'")).toMatch(/^0\n?$/)
  })
})

describe('the line', () => {
  const refusedAs = async (zustand: Leitung['zustand'], grund: string | undefined): Promise<Json> => {
    const before = await anhalt.place.sql('SELECT COUNT(*), MAX(nr) FROM netz_empfang')
    nachSachsen.zustand = zustand
    const after = await sync(anhalt.admin, beiAnhalt)
    nachSachsen.zustand = 'durch'
    expect(await anhalt.place.sql('SELECT COUNT(*), MAX(nr) FROM netz_empfang'), 'nothing is stored').toBe(before)
    if (grund) expect(reasons(after)[0]).toBe(grund)
    expect(after.hinweis).not.toBe('')
    expect(after.fehler).toBeGreaterThan(0)
    return after
  }
  test('cut in the middle, it is asked again, and nothing is half there', async () => {
    await publish(sachsen.admin, 'Nach dem Schnitt', 'netze')
    const cut = await refusedAs('schneiden', undefined)
    expect(cut.hinweis).toContain('nicht zu erreichen')
    expect(await titles(anhalt.admin)).not.toContain('Nach dem Schnitt')
    const after = await sync(anhalt.admin, beiAnhalt)
    expect(after).toMatchObject({ hinweis: '', fehler: 0 })
    expect(await titles(anhalt.admin)).toContain('Nach dem Schnitt')
  })
  test('a byte that is altered on the way refuses all of it', async () => {
    await publish(sachsen.admin, 'Nach der Veränderung', 'netze')
    const after = await refusedAs('veraendern', undefined)
    expect(['unterschrift', 'form']).toContain(reasons(after)[0])
    expect(await titles(anhalt.admin)).not.toContain('Nach der Veränderung')
    await sync(anhalt.admin, beiAnhalt)
    expect(await titles(anhalt.admin)).toContain('Nach der Veränderung')
  })
  test('an older answer, though well signed, is no answer', async () => {
    const after = await refusedAs('alte', 'alteAntwort')
    expect(after.ablehnungen[0].text).toContain('früheren Frage')
  })
  test('an older question gets none either', async () => {
    const stranger = sachsen.server.client()
    const problem = await stranger.refused('verbund_abgelehnt', 'verbundFeed', { raw: nachSachsen.fragen.at(-1) ?? '', headers: { 'content-type': 'application/json' } })
    expect(problem.detail).toContain('schon beantwortet')
    await stranger.refused('verbund_abgelehnt', 'verbundFeed', { raw: 'kein JSON', headers: { 'content-type': 'application/json' } })
    await stranger.refused('zu_gross', 'verbundFeed', { raw: ' '.repeat(5000), headers: { 'content-type': 'application/json' } })
  })
  test('an answer without end is left off', async () => {
    await refusedAs('zuviel', 'zuGross')
  })
  test('while the other is away, work goes on with what came, and the pauses grow', async () => {
    const first = await refusedAs('tot', undefined)
    nachSachsen.zustand = 'tot'
    const second = await sync(anhalt.admin, beiAnhalt)
    nachSachsen.zustand = 'durch'
    expect(second.fehler).toBe(first.fehler + 1)
    expect(second.kontakt, 'the last contact stays to be seen').toBe(first.kontakt)
    expect(Date.parse(second.wieder) - Date.parse(second.versuch)).toBeGreaterThan(Date.parse(first.wieder) - Date.parse(first.versuch))
    expect(await titles(anhalt.admin)).toContain('Nach dem Schnitt')
    await sync(anhalt.admin, beiAnhalt)
  })
})

// ---- a third installation, which is this test: it signs as docs/netz-format.md says, by nothing of the program

const canonical = (value: Json): string =>
  Array.isArray(value) ? `[${value.map(canonical).join(',')}]` : typeof value === 'object' && value !== null ? `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}` : JSON.stringify(value)
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

class Dritte {
  readonly keys = generateKeyPairSync('ed25519')
  readonly schluessel = this.keys.publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex')
  eintraege: Json[] = []
  /** What is different this time. */
  stoere: (page: Json) => void = () => {}
  sign(zweck: string, value: Json): string {
    return sign(null, Buffer.from(`${zweck}\n${canonical(value)}`), this.keys.privateKey).toString('hex')
  }
  entry(an: string, id: string, version: number, art: string, was: Json, zeit = Date.now()): Json {
    const last = this.eintraege.at(-1)
    const { signatur: _, was: __, ...before } = last ?? {}
    const kopf = { nr: (last?.nr ?? 0) + 1, id, version, art, weg: was === undefined, zeit, hash: was === undefined ? '' : sha256(canonical(was)), vorher: last ? sha256(canonical({ ...before, an })) : '' }
    return { ...kopf, signatur: this.sign('aktenlotse-eintrag-1', { ...kopf, an }), ...(was === undefined ? {} : { was }) }
  }
  publish(an: string, id: string, version: number, art: string, was: Json): void {
    this.eintraege.push(this.entry(an, id, version, art, was))
  }
  answer(text: string): string {
    const frage = JSON.parse(text)
    const page: Json = { format: 'aktenlotse-feed', formatversion: 1, von: this.schluessel, an: frage.von, frage: frage.frage, seit: frage.seit, stand: this.eintraege.length, zeit: Date.now(), eintraege: this.eintraege.slice(frage.seit) }
    this.stoere(page)
    const { falsch, ...rest } = page
    const signatur = this.sign('aktenlotse-feed-1', rest)
    return JSON.stringify({ ...rest, signatur: falsch ? signatur.replace(/^./, (c: string) => (c === '0' ? '1' : '0')) : signatur })
  }
}
const was = (titel: string, more: Json = {}): Json => ({ ober: '', land: 'Thüringen', ags: '16999030', ort: 'Stadt Drüben', sichtbarkeit: 'netze', titel, inhalt: { problem: 'Es dauert.', lizenz: 'CC BY 4.0', mitBaustein: false }, ...more })

describe('an installation that does not mean well', () => {
  const dritte = new Dritte()
  const server = createServer((request, response) => {
    let text = ''
    request.on('data', (piece: Buffer) => (text += piece.toString()))
    request.on('end', () => response.writeHead(200, { 'content-type': 'application/json' }).end(dritte.answer(text)))
  })
  let partner: Json
  let an: string
  beforeAll(async () => {
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    an = (await anhalt.admin.ok('netzVerbund')).karte.schluessel
    partner = await anhalt.admin.ok('netzPartnerAnfragen', { body: { name: 'Dritte', land: 'Thüringen', adresse: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, schluessel: dritte.schluessel } })
    partner = await anhalt.admin.ok('netzPartnerZustand', { id: partner.id, stand: partner.stand, body: { status: 'verbunden', fingerabdruck: partner.fingerabdruck } })
  })
  afterAll(async () => {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  })

  const mine = randomUUID()
  test('that signs well is understood', async () => {
    dritte.publish(an, mine, 1, 'praxis', was('Von der Dritten'))
    expect(await sync(anhalt.admin, partner)).toMatchObject({ hinweis: '', ablehnungen: [], eintraege: 1 })
    expect(await titles(anhalt.admin)).toContain('Von der Dritten')
  })
  test('and is told what is meant for it, once for each question', async () => {
    const frage = { format: 'aktenlotse-frage', formatversion: 1, von: dritte.schluessel, an, frage: randomBytes(16).toString('hex'), seit: 0, kette: '', zeit: Date.now() }
    const ask = (more: Json): Json => ({ raw: JSON.stringify({ ...frage, ...more, signatur: dritte.sign('aktenlotse-frage-1', { ...frage, ...more }) }), headers: { 'content-type': 'application/json' } })
    const stranger = anhalt.server.client()
    const { signatur, ...page } = await stranger.ok('verbundFeed', ask({}))
    const key = createPublicKey({ key: Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), Buffer.from(an, 'hex')]), format: 'der', type: 'spki' })
    expect(verify(null, Buffer.from(`aktenlotse-feed-1\n${canonical(page)}`), key, Buffer.from(signatur, 'hex'))).toBe(true)
    expect(page).toMatchObject({ von: an, an: dritte.schluessel, frage: frage.frage, stand: page.eintraege.length })
    expect(page.eintraege.map((one: Json) => one.was.titel), 'nothing that came from elsewhere goes on').toEqual(['Gemeinsam scannen mit Nachbarn'])
    await stranger.refused('verbund_abgelehnt', 'verbundFeed', ask({}))
    for (const more of [{ an: dritte.schluessel }, { zeit: Date.now() - 3_600_000 }, { zeit: Date.now() + 3_600_000 }, { seit: 5, kette: 'a'.repeat(64), zeit: Date.now() + 1 }, { formatversion: 2 }])
      await stranger.refused('verbund_abgelehnt', 'verbundFeed', ask(more))
    const nobody = new Dritte()
    const fremd = { ...frage, von: nobody.schluessel, zeit: Date.now() + 2 }
    expect((await stranger.refused('verbund_abgelehnt', 'verbundFeed', { raw: JSON.stringify({ ...fremd, signatur: nobody.sign('aktenlotse-frage-1', fremd) }), headers: { 'content-type': 'application/json' } })).detail).toContain('noch niemand Ihren Fingerabdruck bestätigt')
  })
  test.each([
    ['a wrong signature', 'unterschrift', (page: Json) => (page.falsch = true)],
    ['entries in the wrong order', 'reihenfolge', (page: Json) => page.eintraege.reverse()],
    ['a gap', 'reihenfolge', (page: Json) => page.eintraege.shift()],
    ['entries again that came before', 'reihenfolge', (page: Json) => (page.eintraege = dritte.eintraege.slice(0, 1))],
    ['content that is not what its hash says', 'verfaelscht', (page: Json) => (page.eintraege[0] = { ...page.eintraege[0], was: was('Anders') })],
    ['a clock of last year', 'uhr', (page: Json) => (page.zeit -= 365 * 86_400_000)],
    ['a clock of next year', 'uhr', (page: Json) => (page.zeit += 365 * 86_400_000)],
    ['an answer for somebody else', 'nichtFuerUns', (page: Json) => (page.an = dritte.schluessel)],
    ['an answer to another question', 'alteAntwort', (page: Json) => (page.frage = randomBytes(16).toString('hex'))],
    ['less than it had told', 'rueckwaerts', (page: Json) => Object.assign(page, { stand: 0, eintraege: [] })],
    ['a newer form', 'neuereForm', (page: Json) => (page.formatversion = 2)],
    ['more than it may', 'form', (page: Json) => (page.mehr = 1)],
  ])('%s is refused with its reason, and nothing of it is kept', async (_, grund, stoere) => {
    const kept = dritte.eintraege.length
    dritte.publish(an, randomUUID(), 1, 'praxis', was('Darf nicht kommen 1'))
    dritte.publish(an, randomUUID(), 1, 'praxis', was('Darf nicht kommen 2'))
    dritte.stoere = stoere
    const after = await sync(anhalt.admin, partner)
    dritte.stoere = () => {}
    dritte.eintraege.length = kept
    expect(reasons(after), JSON.stringify(after.ablehnungen)).toContain(grund)
    expect(after.eintraege).toBe(1)
    expect((await titles(anhalt.admin)).filter((title) => title.startsWith('Darf nicht'))).toEqual([])
  })
  test('an entry of the future, and a version that there was, are refused', async () => {
    const kept = dritte.eintraege.length
    dritte.eintraege.push(dritte.entry(an, randomUUID(), 1, 'praxis', was('Darf nicht kommen 3'), Date.now() + 86_400_000))
    expect(reasons(await sync(anhalt.admin, partner))).toContain('uhr')
    dritte.eintraege.length = kept
    dritte.publish(an, mine, 1, 'praxis', was('Darf nicht kommen 4'))
    expect((await sync(anhalt.admin, partner)).ablehnungen[0].text).toContain('eine Version, die es schon gab')
    dritte.eintraege.length = kept
    expect(await titles(anhalt.admin)).toContain('Von der Dritten')
  })
  test('content that is not understood or not meant for others is left out, and the rest comes', async () => {
    dritte.publish(an, randomUUID(), 1, 'zeitreise', was('Darf nicht kommen 5'))
    dritte.publish(an, randomUUID(), 1, 'praxis', was('Darf nicht kommen 6', { sichtbarkeit: 'coaching' }))
    dritte.publish(an, randomUUID(), 1, 'praxis', was('Darf nicht kommen 7', { inhalt: { problem: 'x'.repeat(20_000), lizenz: '', mitBaustein: false } }))
    dritte.publish(an, randomUUID(), 1, 'praxis', was('Kommt'))
    const after = await sync(anhalt.admin, partner)
    expect(after.hinweis).toBe('')
    expect(reasons(after)).toEqual(expect.arrayContaining(['unbekannteArt', 'inhalt']))
    expect((await titles(anhalt.admin)).filter((title) => title.startsWith('Darf nicht'))).toEqual([])
    expect(await titles(anhalt.admin)).toContain('Kommt')
  })
  test('what bears the name of something here stands beside it, and is shown', async () => {
    const own = await publish(anhalt.admin, 'Unsere eigene', 'netze')
    await anhalt.admin.ok('netzProfilSetzen', { stand: 0, body: { einfuehrung: 'ganz', bietet: 'unser Scanablauf', sichtbarkeit: 'netze' } })
    dritte.publish(an, own.id, 1, 'praxis', was('Unsere eigene, gefälscht'))
    dritte.publish(an, randomUUID(), 1, 'profil', was('', { ags: '15999020', inhalt: { einfuehrung: 'keine', bietet: 'nichts' } }))
    expect(await sync(anhalt.admin, partner)).toMatchObject({ hinweis: '' })
    expect(await anhalt.admin.ok('netzPraxis', { query: { praxis: own.id } })).toMatchObject({ titel: 'Unsere eigene', eigene: true })
    expect(await titles(anhalt.admin)).toEqual(expect.arrayContaining(['Unsere eigene', 'Unsere eigene, gefälscht']))
    expect((await anhalt.admin.ok('netzKommune', { query: { ags: '15999020' } })).profil).toMatchObject({ bietet: 'unser Scanablauf' })
    const { widersprueche } = await anhalt.admin.ok('netzVerbund')
    expect(widersprueche).toEqual(expect.arrayContaining([
      expect.objectContaining({ art: 'praxis', hier: 'Unsere eigene', dort: 'Unsere eigene, gefälscht', ort: expect.objectContaining({ herkunft: 'Dritte' }) }),
      expect.objectContaining({ art: 'profil' }),
    ]))
  })
  test('ended, all that came of it goes, and its key counts no longer', async () => {
    partner = await anhalt.admin.ok('netzPartner', { id: partner.id })
    partner = await anhalt.admin.ok('netzPartnerZustand', { id: partner.id, stand: partner.stand, body: { status: 'beendet' } })
    expect(partner).toMatchObject({ status: 'beendet', eintraege: 0, naechste: ['angefragt'] })
    expect((await titles(anhalt.admin)).filter((title) => ['Kommt', 'Von der Dritten', 'Unsere eigene, gefälscht'].includes(title))).toEqual([])
  })
})

describe('pausing and ending', () => {
  test('paused, nobody is told anything; joined again, all goes on', async () => {
    beiSachsen = await sachsen.admin.ok('netzPartner', { id: beiSachsen.id })
    beiSachsen = await sachsen.admin.ok('netzPartnerZustand', { id: beiSachsen.id, stand: beiSachsen.stand, body: { status: 'pausiert' } })
    expect((await sync(anhalt.admin, beiAnhalt)).hinweis).toContain('ruht')
    expect(await titles(anhalt.admin)).toContain('Nach dem Schnitt')
    beiSachsen = await sachsen.admin.ok('netzPartnerZustand', { id: beiSachsen.id, stand: beiSachsen.stand, body: { status: 'verbunden' } })
    expect(await sync(anhalt.admin, beiAnhalt)).toMatchObject({ hinweis: '', fehler: 0 })
  })
  test('both survive a restart with what came', async () => {
    await sachsen.server.stop()
    sachsen.server = await Server.start(sachsen.place)
    sachsen.admin = await sachsen.server.login('verwalter', 'stadt', 'ein-gutes-Passwort')
    expect(await sync(anhalt.admin, beiAnhalt)).toMatchObject({ hinweis: '', fehler: 0 })
    expect(await titles(anhalt.admin)).toContain('Nach dem Schnitt')
  })
  test('who ends it takes back what it told, at the other side too', async () => {
    beiSachsen = await sachsen.admin.ok('netzPartnerZustand', { id: beiSachsen.id, stand: beiSachsen.stand, body: { status: 'beendet' } })
    const after = await sync(anhalt.admin, beiAnhalt)
    expect(after).toMatchObject({ hinweis: '', eintraege: 0 })
    expect(await titles(anhalt.admin)).toEqual(['Unsere eigene'])
    expect((await anhalt.admin.ok('netzUebernahmen')).eintraege[0]).toMatchObject({ status: 'aktiv' })
  })
})
