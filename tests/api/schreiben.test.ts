// Letters from draft to dispatch, and what comes back: real LibreOffice, a real mail server, LMTP for the answers.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Client, Json } from './support/client'
import { repository } from './support/engine'
import { Place } from './support/place'
import { PostServer } from './support/post'
import { must, run } from './support/process'
import { Server } from './support/server'
import { newVorgang, one, randomId, sentences } from './support/town'

/** LibreOffice prints for a while where many programs share a machine. */
const office = 400_000

let server: Server
let post: PostServer
let clerk: Client
let head: Client
let admin: Client
let registry: Client
let folder: string
let lmtp: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'aktenlotse-schreiben-'))
  post = await PostServer.start('amt', 'geheim')
  writeFileSync(join(folder, 'passwort'), 'geheim\n')
  server = await Server.start(await Place.make(true), '--lmtp', '127.0.0.1:0', '--smtp-host', '127.0.0.1', '--smtp-port', String(post.port), '--smtp-verschluesselung', 'keine', '--smtp-benutzer', 'amt', '--smtp-passwort-datei', join(folder, 'passwort'), '--smtp-absender', 'amt@auenbrueck.example')
  lmtp = /LMTP: (\S+)/.exec(server.out)?.[1] ?? ''
  clerk = await server.login('grossmann')
  head = await server.login('wicazowa')
  admin = await server.login('nguyen')
  registry = await server.login('hoenicke')
  const bauamt = await one(admin, 'organisationseinheiten', 'kurzzeichen', 'BA')
  await admin.ok('eingangsadresseAnlegen', { body: { adresse: 'bauamt@auenbrueck.example', organisationseinheit: bauamt.id } })
})
afterAll(async () => {
  await server.stop()
  await post.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** Asks until it is so; the workers of the server do the rest. */
async function until<T>(ask: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await ask()
    if (found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, 150))
  }
}
const now = (id: string): Promise<Json> => clerk.ok('dokument', { id })
const letter = (id: string): Promise<Json> => clerk.ok('schreiben', { id })
async function draft(vorgang: Json, body: Json): Promise<Json[]> {
  const { stand } = await clerk.ok('vorgang', { id: vorgang.id })
  return (await clerk.ok('schreibenAnlegen', { id: vorgang.id, stand, body })).eintraege
}
async function fairCopy(id: string): Promise<Json> {
  await clerk.ok('reinschriftErzeugen', { id, stand: (await now(id)).stand })
  return until(async () => {
    const state = await letter(id)
    expect(state.auftrag.stand, state.auftrag.hinweis).not.toBe('gescheitert')
    return state.reinschrift && state.ohneReinschrift === 0 ? state : undefined
  })
}
/** The text of a PDF, page by page. */
async function pagesOf(bytes: Buffer): Promise<string[]> {
  const file = join(folder, 'x.pdf')
  writeFileSync(file, bytes)
  return (await must('pdftotext', ['-layout', file, '-'])).split('\f').slice(0, -1)
}
const textOf = async (id: string, nr = 1): Promise<string> => (await clerk.ok('versionText', { id, nr })).text
const kontakt = (body: Json): Promise<Json> => clerk.ok('kontaktAnlegen', { body: { art: 'person', strasse: 'Gartenweg 3', plz: '00914', ort: 'Auenbrück', ...body } })
const vorlageOf = (name: string): Promise<Json> => clerk.ok('dokumentvorlagen').then((list) => list.eintraege.find((item: Json) => item.bezeichnung === name))

/** Asks for a redacted copy; a job makes it. */
async function redacted(client: Client, id: string, body: Json): Promise<Json> {
  const asked = (await client.ok('dokumentSchwaerzen', { id, stand: (await client.ok('dokument', { id })).stand, body })).eintraege[0]
  expect(asked.seiten).toBeUndefined()
  return until(async () => {
    const one = (await client.ok('schwaerzungen', { id })).eintraege.find((item: Json) => item.nr === asked.nr)
    expect(one.auftrag.stand, one.auftrag.hinweis).not.toBe('gescheitert')
    return one.seiten === undefined ? undefined : one
  })
}
const pdf = readFileSync(join(repository, 'demo/dokumente/auenbrueck/carport-bescheid.pdf'))

describe('templates', () => {
  test('are kept with their versions, and say which fields nobody fills', async () => {
    const source = join(folder, 'docx')
    mkdirSync(join(source, 'word'), { recursive: true })
    // A word processor cuts a field into runs as it likes.
    writeFileSync(join(source, 'word/document.xml'), '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>Zeichen: {</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>{ a</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:t>z }</w:t></w:r><w:r><w:t>}, {{kantine}} und {{empfaenger.anschrift}}</w:t></w:r></w:p></w:body></w:document>')
    writeFileSync(join(source, '[Content_Types].xml'), '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>')
    await must('sh', ['-c', `cd '${source}' && zip -q -X ../geteilt.docx '[Content_Types].xml' word/document.xml`])
    const raw = readFileSync(join(folder, 'geteilt.docx'))
    const query = { dateiname: 'geteilt.docx', bezeichnung: 'Geteilt', art: 'Ausgang' }
    const made = await registry.ok('dokumentvorlageAnlegen', { raw, query })
    expect(made.fassungen).toMatchObject([{ nr: 1, format: 'docx', felder: expect.arrayContaining(['az', 'kantine', 'empfaenger.anschrift']), unbekannt: ['kantine'] }])
    const { vorgang } = await newVorgang(clerk, 'Geteilte Felder')
    const person = await kontakt({ anrede: 'Frau', vorname: 'Änne', nachname: 'Łużyca' })
    const [item] = await draft(vorgang, { art: 'Ausgang', betreff: 'Probe', vorlage: made.id, empfaenger: [person.id] })
    expect(await textOf(item.id)).toContain(`Zeichen: ${vorgang.zeichen}, {{kantine}} und Frau Änne Łużyca\nGartenweg 3\n00914 Auenbrück`)
    const second = await registry.ok('vorlagenfassungAnlegen', { id: made.id, raw: 'Nur {{az}}', query: { dateiname: 'geteilt.txt' } })
    expect(second.fassungen.map((one: Json) => [one.nr, one.format])).toEqual([[2, 'txt'], [1, 'docx']])
    expect((await clerk.call('vorlagenfassung', { id: made.id, nr: 1 })).bytes.equals(raw)).toBe(true)
    const off = await registry.ok('dokumentvorlageAendern', { id: made.id, stand: second.stand, body: { aktiv: false, bezeichnung: 'Alt' } })
    expect(await clerk.ok('dokumentvorlage', { id: made.id })).toEqual(off)
    await clerk.refused('eingabe_ungueltig', 'schreibenAnlegen', { id: vorgang.id, stand: (await clerk.ok('vorgang', { id: vorgang.id })).stand, body: { art: 'Ausgang', betreff: 'x', vorlage: made.id, empfaenger: [] } })
    await registry.refused('eingabe_ungueltig', 'dokumentvorlageAnlegen', { raw: readFileSync(join(repository, 'demo/dokumente/auenbrueck/winter-antwort.pdf')), query })
    await clerk.refused('nicht_erlaubt', 'dokumentvorlageAnlegen', { raw, query })
  })
  test('bombs and entities are refused', async () => {
    const source = join(folder, 'bombe')
    mkdirSync(join(source, 'word'), { recursive: true })
    await must('sh', ['-c', `cd '${source}' && head -c 300000000 /dev/zero > word/document.xml && zip -q ../bombe.docx word/document.xml && printf '<!DOCTYPE x [<!ENTITY a "{{az}}">]><x><p>&a;</p></x>' > word/document.xml && zip -q ../dtd.docx word/document.xml`])
    for (const name of ['bombe.docx', 'dtd.docx'])
      await registry.refused('eingabe_ungueltig', 'dokumentvorlageAnlegen', { raw: readFileSync(join(folder, name)), query: { dateiname: name, bezeichnung: name, art: 'Ausgang' } })
  })
  test('text blocks and letter head are set by the administration', async () => {
    const made = await registry.ok('textbausteinAnlegen', { body: { bezeichnung: 'Gruß', text: 'Mit besten Grüßen' } })
    await registry.ok('textbausteinAendern', { id: made.id, stand: made.stand, body: { text: 'Herzliche Grüße', aktiv: false } })
    expect((await clerk.ok('textbausteine')).eintraege).toContainEqual(expect.objectContaining({ id: made.id, text: 'Herzliche Grüße', aktiv: false }))
    const kopf = await clerk.ok('briefkopf')
    const after = await registry.ok('briefkopfSetzen', { stand: kopf.stand, body: { zusatz: 'Bauamt', internet: null } })
    expect(after).toMatchObject({ name: 'Stadt Auenbrück', zusatz: 'Bauamt' })
    expect(after).not.toHaveProperty('internet')
    await registry.refused('veraltet', 'briefkopfSetzen', { stand: kopf.stand, body: {} })
  })
})

describe('a draft', () => {
  test('is written from the template of DIN 5008, one for each recipient', async () => {
    const { vorgang } = await newVorgang(clerk, 'Serie')
    const people = [await kontakt({ anrede: 'Frau', vorname: 'Ida', nachname: 'Beispiel' }), await kontakt({ art: 'organisation', organisation: 'Muster GmbH' })]
    const made = await draft(vorgang, { art: 'Ausgang', betreff: 'Einladung zur Anhörung', vorlage: (await vorlageOf('Brief nach DIN 5008')).id, empfaenger: people.map((one) => one.id), text: 'Erster Absatz.\n\nZweiter Absatz.' })
    expect(made.map((one) => one.format)).toEqual(['odt', 'odt'])
    const [first, second] = await Promise.all(made.map((one) => textOf(one.id)))
    for (const part of ['Frau Ida Beispiel', 'Gartenweg 3', '00914 Auenbrück', 'Sehr geehrte Frau Beispiel,', 'Erster Absatz.', 'Zweiter Absatz.', `Unser Zeichen: ${vorgang.zeichen}`, 'Sabine Großmann', 'Stadt Auenbrück']) expect(first).toContain(part)
    expect(first).not.toContain('{{')
    expect(second).toContain('Muster GmbH')
    expect(second).toContain('Sehr geehrte Damen und Herren,')
    expect((await letter(made[0].id)).empfaenger).toEqual([{ name: 'Ida Beispiel', anschrift: 'Frau Ida Beispiel\nGartenweg 3\n00914 Auenbrück', kontakt: people[0].id }])
  })
  test('empty or of a note: edited in the browser, and what two people save at once stays from both', async () => {
    const { vorgang } = await newVorgang(clerk, 'Notizen')
    const [empty] = await draft(vorgang, { art: 'Ausgang', betreff: 'Leeres Schreiben', empfaenger: [] })
    expect(empty).toMatchObject({ art: 'Ausgang', format: 'md' })
    const [note] = await draft(vorgang, { art: 'Intern', betreff: 'Ortstermin', vorlage: (await vorlageOf('Notiz')).id, empfaenger: [], text: 'Der Zaun steht.' })
    expect(note).toMatchObject({ art: 'Intern', format: 'md', dateiname: 'Ortstermin.md' })
    expect(await textOf(note.id)).toContain('Der Zaun steht.')
    const [plain] = await draft(vorgang, { art: 'Intern', betreff: 'Ganz leer', format: 'txt', empfaenger: [] })
    expect((await now(plain.id)).versionen[0].anlass).toBe('entworfen')
    const save = (text: string): Promise<Json> => clerk.upload('versionAnlegen', 'Ganz leer.txt', text, { id: plain.id, query: { basis: 1, anlass: 'bearbeitet' } })
    await save('Von der einen')
    const other = await save('Von der anderen')
    expect(other.versionen[0]).toMatchObject({ nr: 3, konflikt: true, basis: 1, anlass: 'bearbeitet' })
    expect([await textOf(plain.id, 2), await textOf(plain.id, 3)]).toEqual(['Von der einen', 'Von der anderen'])
    const [made] = await draft(vorgang, { art: 'Intern', betreff: 'Vermerk', vorlage: (await vorlageOf('Vermerk')).id, empfaenger: [], text: 'Gesehen.' })
    expect(made.format).toBe('docx')
    await clerk.refused('eingabe_ungueltig', 'schreibenAnlegen', { id: vorgang.id, stand: (await clerk.ok('vorgang', { id: vorgang.id })).stand, body: { art: 'Eingang', betreff: 'x', empfaenger: [] } })
    await clerk.refused('eingabe_ungueltig', 'schreibenAnlegen', { id: vorgang.id, stand: (await clerk.ok('vorgang', { id: vorgang.id })).stand, body: { art: 'Ausgang', betreff: 'x', empfaenger: [randomId] } })
  })
})

describe('a fair copy', () => {
  test('is PDF/A, keeps the original, closes the text, and is taken back', { timeout: office }, async () => {
    const { vorgang } = await newVorgang(clerk, 'Reinschrift')
    const [item] = await draft(vorgang, { art: 'Intern', betreff: 'Stellungnahme', vorlage: (await vorlageOf('Vermerk')).id, empfaenger: [], text: 'Keine Bedenken.' })
    const anlage = await clerk.upload('anlageAnlegen', 'skizze.txt', 'Skizze zum Antrag', { id: item.id })
    const state = await fairCopy(item.id)
    expect(state.reinschrift).toMatchObject({ version: 1, form: 'PDF/A-2b', person: { name: 'Sabine Großmann' } })
    const { bytes } = await clerk.call('reinschrift', { id: item.id })
    expect(bytes.toString('latin1')).toMatch(/pdfaid:part[^0-9]*2/)
    expect((await pagesOf(bytes)).join('')).toContain('Keine Bedenken.')
    expect((await pagesOf((await clerk.call('reinschrift', { id: anlage.id })).bytes)).join('')).toContain('Skizze zum Antrag')
    await clerk.refused('konflikt', 'versionAnlegen', { id: item.id, raw: 'neu', query: { dateiname: 'neu.txt', basis: 1 } })
    await clerk.refused('konflikt', 'reinschriftErzeugen', { id: item.id, stand: (await now(item.id)).stand })
    expect(await sentences(clerk, 'dokumentHistorie', item.id)).toContain('Sabine Großmann hat die Reinschrift von „Stellungnahme“ erzeugt.')
    const undone = await clerk.ok('reinschriftAufheben', { id: item.id, stand: (await now(item.id)).stand })
    expect(undone).toMatchObject({ ohneReinschrift: 2, auftrag: { stand: 'keiner' } })
    await clerk.refused('nicht_gefunden', 'reinschrift', { id: item.id })
    await clerk.refused('konflikt', 'reinschriftAufheben', { id: item.id, stand: (await now(item.id)).stand })
    await clerk.upload('versionAnlegen', 'neu.txt', 'Jetzt geht es', { id: item.id, query: { basis: 1 } })
    expect((await fairCopy(item.id)).reinschrift.version).toBe(2)
  })
})

describe('dispatch', () => {
  test('by post makes a bundle to print, solves the step of the Laufweg, and nothing changes afterwards', { timeout: office }, async () => {
    const { vorgang } = await newVorgang(clerk, 'Per Post')
    const person = await kontakt({ anrede: 'Herr', vorname: 'Ole', nachname: 'Probe' })
    const [item] = await draft(vorgang, { art: 'Ausgang', betreff: 'Bescheid', vorlage: (await vorlageOf('Brief nach DIN 5008')).id, empfaenger: [person.id], text: 'Der Antrag ist genehmigt.' })
    const stand = async (): Promise<number> => (await now(item.id)).stand
    await clerk.refused('noch_offen', 'dokumentVersenden', { id: item.id, stand: await stand(), body: { art: 'post', empfaenger: [] } })
    await clerk.ok('laufwegStarten', { id: vorgang.id, stand: (await clerk.ok('vorgang', { id: vorgang.id })).stand, body: { zeile: 'Versand, zdA', dokument: item.id } })
    await fairCopy(item.id)
    await clerk.refused('eingabe_ungueltig', 'dokumentVersenden', { id: item.id, stand: await stand(), body: { art: 'mail', empfaenger: [] } })
    await clerk.refused('eingabe_ungueltig', 'dokumentVersenden', { id: item.id, stand: await stand(), body: { art: 'post', empfaenger: [], ausgangsdatum: '2999-01-01' } })
    const sent = await clerk.ok('dokumentVersenden', { id: item.id, stand: await stand(), body: { art: 'post', empfaenger: [], ausgangsdatum: '2026-11-02' } })
    expect(sent).toMatchObject({ darf: false, versendbar: false, versand: [{ nr: 1, art: 'post', empfaenger: 'Ole Probe', ausgangsdatum: '2026-11-02' }] })
    expect((await clerk.ok('laufwege', { id: vorgang.id })).eintraege[0].schritte.map((one: Json) => one.status)).toEqual(['erledigt', 'aktuell'])
    await until(async () => ((await letter(item.id)).versand[0].stueck ? true : undefined))
    const pages = await pagesOf((await clerk.call('versandStueck', { id: item.id, nr: 1 })).bytes)
    expect(pages).toHaveLength(2)
    expect(pages[0]).toMatch(/Stadt Auenbrück, Markt 1, 00914 Auenbrück[^]*Herrn Ole Probe[^]*Gartenweg 3[^]*00914 Auenbrück/)
    expect(pages[1]).toContain('Der Antrag ist genehmigt.')
    // What went out stays as it went.
    const after = await now(item.id)
    for (const [id, call] of [
      ['dokumentAendern', { body: { betreff: 'anders' } }], ['reinschriftAufheben', {}], ['reinschriftErzeugen', {}], ['dokumentVersenden', { body: { art: 'post', empfaenger: [] } }],
      ['versionWiederherstellen', { nr: 1 }], ['versionAnlegen', { raw: 'x', query: { dateiname: 'x.txt' } }], ['anlageAnlegen', { raw: 'x', query: { dateiname: 'x.txt' } }], ['dokumentZurueck', {}],
    ] as const) expect((await clerk.refused('versandt', id, { id: item.id, stand: after.stand, ...call })).title).toBe('Das Dokument ist versandt und kann nicht mehr geändert werden.')
    expect(await now(item.id)).toEqual(after)
    const zda = (await clerk.ok('laufwege', { id: vorgang.id })).eintraege[0].schritte[1].id
    await clerk.ok('schrittHandeln', { id: vorgang.id, stand: (await clerk.ok('vorgang', { id: vorgang.id })).stand, body: { schritt: zda, handlung: 'erledigen' } })
    expect((await clerk.ok('vorgang', { id: vorgang.id })).status).toBe('abgeschlossen')
  })

  const swaks = (subject: string, ...headers: string[]): Promise<unknown> => must('swaks', ['--protocol', 'LMTP', '--server', lmtp, '--from', 'ida@buerger.example', '--to', 'bauamt@auenbrueck.example', '--header', `Subject: ${subject}`, '--header', `Message-Id: <${Math.random()}@buerger.example>`, '--body', 'Vielen Dank.', ...headers.flatMap((one) => ['--header', one])])

  test('by mail is kept as it was sent, and answers and bounces come back to the Vorgang', { timeout: office }, async () => {
    const { vorgang } = await newVorgang(clerk, 'Per Mail')
    const eingang = await clerk.upload('dokumentAnlegen', 'frage.eml', 'From: Ida Beispiel <ida@buerger.example>\r\nTo: bauamt@auenbrueck.example\r\nSubject: Frage zum Zaun\r\nMessage-ID: <frage-1@buerger.example>\r\nDate: Mon, 23 Nov 2026 10:00:00 +0100\r\n\r\nDarf ich?\r\n', { id: vorgang.id, query: { art: 'Eingang' } })
    const [item] = await draft(vorgang, { art: 'Ausgang', betreff: 'AW: Frage zum Zaun', vorlage: (await vorlageOf('Brief nach DIN 5008')).id, empfaenger: [], antwortAuf: eingang.id, text: 'Ja.' })
    expect((await letter(item.id)).empfaenger).toEqual([{ name: 'Ida Beispiel', email: 'ida@buerger.example' }])
    expect((await clerk.ok('dokumentUmfeld', { id: item.id })).verweise).toMatchObject([{ art: 'bezug' }])
    await fairCopy(item.id)
    await clerk.ok('dokumentVersenden', { id: item.id, stand: (await now(item.id)).stand, body: { art: 'mail', empfaenger: [] } })
    await until(async () => {
      const [sent] = (await letter(item.id)).versand
      expect(sent.zustellung.stand, sent.zustellung.hinweis).not.toBe('gescheitert')
      return sent.zustellung.stand === 'fertig' ? true : undefined
    })
    const mail = post.mails.at(-1)
    expect(mail).toMatchObject({ from: 'bauamt@auenbrueck.example', to: ['ida@buerger.example'], subject: `AW: Frage zum Zaun [${vorgang.zeichen}]` })
    expect((await clerk.call('versandStueck', { id: item.id, nr: 1 })).text).toBe(mail?.raw)
    expect(mail?.raw).toContain('In-Reply-To: <frage-1@buerger.example>')
    expect(mail?.raw).toMatch(/Reply-To: bauamt\+[^@]*@auenbrueck\.example/)
    expect(mail?.raw).toContain("filename*=UTF-8''AW%3A%20Frage%20zum%20Zaun.pdf")
    const id = /Message-ID: <([^>]+)>/.exec(mail?.raw ?? '')?.[1] ?? ''
    const filed = async (): Promise<string[]> => (await clerk.all('vorgangDokumente', { id: vorgang.id })).map((one) => one.betreff)

    await swaks('Danke schön', `In-Reply-To: <${id}>`)
    expect(await filed()).toContain('Danke schön')
    const answer = (await clerk.all('vorgangDokumente', { id: vorgang.id })).find((one) => one.betreff === 'Danke schön')
    expect((await clerk.ok('dokumentUmfeld', { id: answer.id })).verweise).toMatchObject([{ art: 'bezug' }])
    await swaks('Noch etwas', `References: <fremd@x.example> <${id}>`)
    expect(await filed()).toContain('Noch etwas')
    writeFileSync(join(folder, 'unzustellbar.eml'), ['From: MAILER-DAEMON@mail.example', 'To: bauamt@auenbrueck.example', 'Subject: Undelivered Mail Returned to Sender', 'Message-ID: <dsn-1@mail.example>', 'MIME-Version: 1.0', 'Content-Type: multipart/report; report-type=delivery-status; boundary="g"', '', '--g', 'Content-Type: text/plain', '', 'The mail could not be delivered.', '--g', 'Content-Type: message/delivery-status', '', 'Status: 5.1.1', '--g', 'Content-Type: text/rfc822-headers', '', `Message-ID: <${id}>`, 'Subject: x', '--g--', ''].join('\n'))
    await must('swaks', ['--protocol', 'LMTP', '--server', lmtp, '--from', '<>', '--to', 'bauamt@auenbrueck.example', '--data', `@${join(folder, 'unzustellbar.eml')}`])
    expect(await filed()).toContain('Undelivered Mail Returned to Sender')
    await swaks('Fremder Faden', 'In-Reply-To: <unbekannt@x.example>')
    expect(await filed()).not.toContain('Fremder Faden')
  })
  test('what the mail server refuses for good is shown', { timeout: office }, async () => {
    const { vorgang } = await newVorgang(clerk, 'Unbekannt')
    const [item] = await draft(vorgang, { art: 'Ausgang', betreff: 'Ins Leere', empfaenger: [], text: 'Hallo' })
    await fairCopy(item.id)
    await clerk.ok('dokumentVersenden', { id: item.id, stand: (await now(item.id)).stand, body: { art: 'mail', empfaenger: [{ name: 'Niemand', email: 'niemand@buerger.example' }], text: 'Anbei.' } })
    const [sent] = await until(async () => {
      const { versand } = await letter(item.id)
      return versand[0].zustellung.stand === 'gescheitert' ? versand : undefined
    })
    expect(sent.zustellung.hinweis).toContain('550')
  })
})

describe('a lawful deletion', () => {
  test('takes fair copy, what went out, redacted copies and Akteneinsichten along; nothing dangles', { timeout: office }, async () => {
    const town = await registry.ok('mandant')
    await registry.ok('mandantAendern', { stand: town.stand, body: { loeschfrist: 0 } })
    const pruefer = await server.login('kuehnel')
    const { vorgang } = await newVorgang(registry, 'Zu löschen', '011')
    const item = await registry.upload('dokumentAnlegen', 'zwetschge.pdf', pdf, { id: vorgang.id, query: { art: 'Ausgang' } })
    const anlage = await registry.upload('anlageAnlegen', 'zwetschge-anlage.txt', 'Kern', { id: item.id })
    const other = await registry.upload('dokumentAnlegen', 'bleibt.txt', 'bleibt', { id: vorgang.id })
    const state = async (id: string): Promise<Json> => registry.ok('schreiben', { id })
    const stand = async (): Promise<number> => (await registry.ok('dokument', { id: item.id })).stand
    const vstand = async (): Promise<number> => (await registry.ok('vorgang', { id: vorgang.id })).stand
    // A mark, an Umlaufmappe and an annotation hang on it too.
    const mappe = (await registry.ok('umlaufmappeAnlegen', { id: vorgang.id, stand: await vstand(), body: { titel: 'Mappe', dokumente: [item.id, other.id] } })).eintraege[0]
    const slip = (await registry.ok('laufwegStarten', { id: vorgang.id, stand: await vstand(), body: { zeile: '@hoenicke mz', umlaufmappe: mappe.id } })).eintraege[0]
    await registry.ok('schrittHandeln', { id: vorgang.id, stand: await vstand(), body: { schritt: slip.schritte[0].id, handlung: 'erledigen' } })
    await registry.ok('laufwegStarten', { id: vorgang.id, stand: await vstand(), body: { zeile: '@hoenicke pr', dokument: item.id } })
    await registry.ok('anmerken', { id: item.id, stand: await stand(), body: { seite: 1, x: 0, y: 0, breite: 10, hoehe: 10, text: 'Zwetschge' } })
    await redacted(registry, item.id, { bezeichnung: 'Zwetschge', grund: 'Zwetschge', stellen: [{ seite: 1, x: 0, y: 0, breite: 100, hoehe: 100 }] })
    await registry.ok('reinschriftErzeugen', { id: item.id, stand: await stand() })
    await until(async () => ((await state(item.id)).ohneReinschrift === 0 ? true : undefined))
    await registry.ok('dokumentVersenden', { id: item.id, stand: await stand(), body: { art: 'post', empfaenger: [{ name: 'Zwetschge', anschrift: 'Gartenweg 3\n00914 Auenbrück' }] } })
    await until(async () => ((await state(item.id)).versand[0].stueck ? true : undefined))
    const einsicht = async (body: Json): Promise<Json> => {
      const made = await registry.ok('vorgangEinsichtAnlegen', { id: vorgang.id, stand: await vstand(), body: { antragsteller: 'Zwetschge', grundlage: '§ 29 VwVfG', metadaten: false, weggelassen: [], schwaerzungen: [], ...body } })
      return until(async () => {
        const one = (await registry.ok('vorgangEinsichten', { id: vorgang.id })).eintraege.find((entry: Json) => entry.nr === made.eintraege[0].nr)
        return one.seiten ? one : undefined
      })
    }
    await einsicht({})
    await einsicht({ schwaerzungen: [{ dokument: item.id, nr: 1 }] })
    const asked = await registry.ok('dokumentLoeschmarkierung', { id: item.id, stand: await stand(), body: { grund: 'Fehlscan' } })
    await registry.refused('nicht_erlaubt', 'dokumentLoeschungBestaetigen', { id: item.id, stand: asked.stand })
    const protokoll = await pruefer.ok('dokumentLoeschungBestaetigen', { id: item.id, stand: asked.stand })
    expect(protokoll).toMatchObject({ ergebnis: 'geloescht', dokumente: 2, versionen: 2 })
    for (const [id, nr] of [[item.id, 1], [anlage.id, 1]] as const) {
      await registry.refused('nicht_gefunden', 'reinschrift', { id })
      await registry.refused('nicht_gefunden', 'schwaerzung', { id, nr })
      await registry.refused('nicht_gefunden', 'versandStueck', { id, nr })
    }
    expect((await registry.ok('vorgangEinsichten', { id: vorgang.id })).eintraege).toEqual([])
    expect((await registry.ok('umlaufmappen', { id: vorgang.id })).eintraege[0].dokumente.map((one: Json) => one.id)).toEqual([other.id])
    // No row of any table names it, its content, or who got it; the protocol alone stays.
    const tables = ['reinschrift', 'versand', 'schwaerzung', 'akteneinsicht', 'akteneinsicht_teil', 'zeichnung', 'mappenstueck', 'anmerkung', 'schritt', 'laufweg', 'version', 'beteiligung', 'verweis']
    for (const table of tables) {
      const rows = await server.place.sql(`SELECT * FROM ${table} WHERE mandant = 1`)
      expect(rows, table).not.toMatch(/wetschge/)
    }
    expect(await server.place.sql("SELECT COUNT(*) FROM journal WHERE mandant = 1 AND (aenderungen LIKE '%wetschge%')")).toMatch(/^0\s*$/)
    expect((await registry.ok('suche', { query: { q: 'zwetschge' } })).eintraege).toEqual([])
    // `check` runs over all of it when the server stops.
    const after = await registry.ok('mandant')
    await registry.ok('mandantAendern', { stand: after.stand, body: { loeschfrist: null } })
  })
})

describe('copies for others', () => {
  test('redaction takes out what lies beneath, and the Dokument stays', async () => {
    const { vorgang } = await newVorgang(clerk, 'Schwarz')
    const item = await clerk.upload('dokumentAnlegen', 'bescheid.pdf', pdf, { id: vorgang.id })
    const before = await now(item.id)
    expect((await pagesOf(pdf)).join('').trim()).not.toBe('')
    const body = { bezeichnung: 'Ohne Namen', grund: 'Schutz Dritter', stellen: [{ seite: 1, x: 0, y: 0, breite: 10000, hoehe: 5000 }] }
    await clerk.refused('eingabe_ungueltig', 'dokumentSchwaerzen', { id: item.id, stand: before.stand, body: { ...body, stellen: [] } })
    await clerk.refused('eingabe_ungueltig', 'dokumentSchwaerzen', { id: item.id, stand: before.stand, body: { ...body, stellen: [{ seite: 99, x: 0, y: 0, breite: 10, hoehe: 10 }] } })
    expect(await redacted(clerk, item.id, body)).toMatchObject({ nr: 1, version: 1, bezeichnung: 'Ohne Namen', grund: 'Schutz Dritter', auftrag: { stand: 'keiner' } })
    await clerk.refused('nicht_gefunden', 'schwaerzung', { id: item.id, nr: 2 })
    const { bytes } = await clerk.call('schwaerzung', { id: item.id, nr: 1 })
    expect((await pagesOf(bytes)).join('').trim()).toBe('')
    // The upper half is black in the picture itself.
    writeFileSync(join(folder, 'schwarz.pdf'), bytes)
    const pixels = await run('sh', ['-c', `pdftoppm -r 10 -gray -f 1 -l 1 '${join(folder, 'schwarz.pdf')}' '${join(folder, 'seite')}' && tail -c +16 '${folder}'/seite*.pgm | head -c 1500 | od -An -tu1 | tr -s ' ' '\\n' | sort -n | tail -1`])
    expect(Number(pixels.stdout.trim())).toBeLessThan(20)
    expect(await now(item.id)).toEqual(before)
  })
  test('a long file is redacted piece by piece, with every page of it', { timeout: office }, async () => {
    const { vorgang } = await newVorgang(clerk, 'Lang')
    const item = await clerk.upload('dokumentAnlegen', 'lang.pdf', await longPdf(45), { id: vorgang.id })
    const made = await redacted(clerk, item.id, { bezeichnung: 'Lang', grund: 'Schutz Dritter', stellen: [{ seite: 41, x: 0, y: 0, breite: 10000, hoehe: 10000 }] })
    expect(made.seiten).toBe(45)
    writeFileSync(join(folder, 'lang.pdf'), (await clerk.call('schwaerzung', { id: item.id, nr: 1 })).bytes)
    const mean = async (page: number): Promise<number> => Number((await run('sh', ['-c', `pdftoppm -r 10 -gray -f ${page} -l ${page} '${join(folder, 'lang.pdf')}' '${join(folder, `lang${page}`)}' && tail -c +16 '${folder}/lang${page}'*.pgm | od -An -v -tu1 -w1 | awk '{ s += $1; n++ } END { print int(s / n) }'`])).stdout)
    expect(await mean(41)).toBeLessThan(20)
    expect(await mean(40)).toBeGreaterThan(200)
    expect(await mean(42)).toBeGreaterThan(200)
  })
  /** A PDF of so many pages with one line each. */
  async function longPdf(pages: number): Promise<Buffer> {
    const objects = ['<< /Type /Catalog /Pages 2 0 R >>', `<< /Type /Pages /Count ${pages} /Kids [${Array.from({ length: pages }, (_, i) => `${4 + 2 * i} 0 R`).join(' ')}] >>`, '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>']
    for (let i = 0; i < pages; ++i) {
      const text = `BT /F1 12 Tf 72 700 Td (Seite ${i + 1}) Tj ET`
      objects.push(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + 2 * i} 0 R >>`, `<< /Length ${text.length} >>\nstream\n${text}\nendstream`)
    }
    let out = '%PDF-1.4\n'
    const at = objects.map((object, i) => {
      const here = out.length
      out += `${i + 1} 0 obj\n${object}\nendobj\n`
      return here
    })
    const xref = out.length
    out += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${at.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${xref}\n%%EOF\n`
    return Buffer.from(out, 'latin1')
  }
  test('an Akteneinsicht is one PDF with contents, page numbers and what was left out', { timeout: office }, async () => {
    const { akte, vorgang } = await newVorgang(clerk, 'Einsicht')
    const first = await clerk.upload('dokumentAnlegen', 'bescheid.pdf', pdf, { id: vorgang.id })
    await clerk.upload('dokumentAnlegen', 'vermerk.txt', 'Interner Vermerk', { id: vorgang.id })
    const secret = await clerk.upload('dokumentAnlegen', 'geheim.txt', 'Geheim', { id: vorgang.id })
    await redacted(clerk, first.id, { bezeichnung: 'Schwarz', grund: 'Schutz Dritter', stellen: [{ seite: 1, x: 0, y: 0, breite: 5000, hoehe: 5000 }] })
    for (const [kind, object, list, make, file] of [['vorgang', vorgang, 'vorgangEinsichten', 'vorgangEinsichtAnlegen', 'vorgangEinsicht'], ['akte', akte, 'akteEinsichten', 'akteEinsichtAnlegen', 'akteEinsicht']] as const) {
      const { stand } = await clerk.ok(kind, { id: object.id })
      expect((await clerk.ok(list, { id: object.id })).inhalt).toHaveLength(3)
      const metadaten = kind === 'vorgang'
      const made = await clerk.ok(make, { id: object.id, stand, body: { antragsteller: 'Ida Beispiel', grundlage: '§ 29 VwVfG', metadaten, weggelassen: [{ dokument: secret.id, grund: 'Betriebsgeheimnis' }], schwaerzungen: [{ dokument: first.id, nr: 1 }] } })
      const { nr } = made.eintraege[0]
      const done = await until(async () => {
        const [one] = (await clerk.ok(list, { id: object.id })).eintraege
        expect(one.auftrag.stand, one.auftrag.hinweis).not.toBe('gescheitert')
        return one.seiten ? one : undefined
      })
      expect(done.teile.map((one: Json) => [one.weggelassen, one.geschwaerzt])).toEqual([[undefined, true], [undefined, false], ['Betriebsgeheimnis', false]])
      const pages = await pagesOf((await clerk.call(file, { id: object.id, nr })).bytes)
      expect(pages).toHaveLength(done.seiten)
      expect(pages[0]).toMatch(/Akteneinsicht[^]*Ida Beispiel[^]*§ 29 VwVfG[^]*Nicht enthalten[^]*geheim[^]*Betriebsgeheimnis/)
      const at = Number(/vermerk\s.*?(\d+)\s*$/m.exec(pages[0] ?? '')?.[1])
      expect(pages[at - 1], pages[0]).toContain(metadaten ? 'SHA-256' : 'Interner Vermerk')
      expect(pages.join('')).not.toContain('Geheim\n')
      pages.forEach((page, i) => expect(page).toContain(`Seite ${i + 1} von ${pages.length}`))
    }
    expect(await sentences(clerk, 'vorgangHistorie', vorgang.id)).toContain('Sabine Großmann hat eine Akteneinsicht in ' + vorgang.zeichen + ' „Einsicht“ zusammengestellt.')
  })
  test('what one may not see whole, one does not hand over', async () => {
    const { akte, vorgang } = await newVorgang(registry, 'Verdeckt')
    await registry.upload('dokumentAnlegen', 'a.txt', 'offen', { id: vorgang.id })
    const hidden = await registry.ok('vorgangAnlegen', { body: { akte: akte.id, betreff: 'Nur Registratur' } })
    await registry.upload('dokumentAnlegen', 'b.txt', 'verdeckt', { id: hidden.id })
    const zugriff = (await one(registry, 'zugriffe', 'bezeichnung', 'Posteingang Poststelle')).id
    await registry.ok('vorgangZugriff', { id: hidden.id, stand: (await registry.ok('vorgang', { id: hidden.id })).stand, body: { zugriff } })
    const seen = await clerk.call('akteEinsichten', { id: akte.id })
    expect(seen.json.inhalt).toHaveLength(1)
    await clerk.refused('nicht_erlaubt', 'akteEinsichtAnlegen', { id: akte.id, stand: (await clerk.ok('akte', { id: akte.id })).stand, body: { antragsteller: 'x', grundlage: 'x', metadaten: false, weggelassen: [], schwaerzungen: [] } })
  })
})

describe('reports', () => {
  test('heads see their own units, the administration all, and nobody else', async () => {
    await clerk.refused('nicht_erlaubt', 'auswertung')
    const mine = await head.ok('auswertung')
    expect(mine.einheiten.map((one: Json) => one.kurzzeichen).sort()).toEqual(['BA', 'BH'])
    const all = await admin.ok('auswertung')
    expect(all.einheiten.length).toBeGreaterThan(mine.einheiten.length)
    expect(all.gesamt.offen).toBeGreaterThan(mine.gesamt.offen)
    const other = all.einheiten.find((one: Json) => one.kurzzeichen === 'FI')
    await head.refused('nicht_gefunden', 'auswertung', { query: { organisationseinheit: other.id } })
    await head.refused('nicht_gefunden', 'auswertung', { query: { organisationseinheit: randomId } })
    await head.refused('eingabe_ungueltig', 'auswertung', { query: { von: '2026-02-01', bis: '2026-01-01' } })
  })
  test('count what is open, new, closed and late', async () => {
    const before = await head.ok('auswertung')
    const { vorgang } = await newVorgang(clerk, 'Gezählt')
    const late = await newVorgang(clerk, 'Überfällig')
    const slip = await clerk.ok('laufwegStarten', { id: late.vorgang.id, stand: late.vorgang.stand, body: { zeile: '@wicazowa mz bis 31.12.2099' } })
    // Nobody can ask for a day that is over; time does it.
    await server.place.sql(`UPDATE schritt SET termin = '2020-01-01' WHERE uuid = '${slip.eintraege[0].schritte[0].id}'`)
    await clerk.ok('vorgangZda', { id: vorgang.id, stand: (await clerk.ok('vorgang', { id: vorgang.id })).stand })
    const after = await head.ok('auswertung')
    expect(after.gesamt).toMatchObject({ offen: before.gesamt.offen + 1, neu: before.gesamt.neu + 2, abgeschlossen: before.gesamt.abgeschlossen + 1, ueberfaellig: before.gesamt.ueberfaellig + 1 })
    expect(after.stationen.find((one: Json) => one.art === 'mitzeichnung').ueberfaellig).toBeGreaterThan(0)
    expect(after.liegengeblieben.every((one: Json) => one.aeltesteTage >= 14)).toBe(true)
    // The check at the end would find what was done past the journal.
    await server.place.sql(`UPDATE schritt SET termin = '2099-12-31' WHERE uuid = '${slip.eintraege[0].schritte[0].id}'`)
  })
  test('of now: load, age and what is overdue, of one’s own units, named only where one may read it', async () => {
    await clerk.refused('nicht_erlaubt', 'lage')
    const before = await head.ok('lage')
    const { vorgang } = await newVorgang(clerk, 'Lage')
    const slip = await clerk.ok('laufwegStarten', { id: vorgang.id, stand: vorgang.stand, body: { zeile: '@oe:BA stn bis 31.12.2099 und @grossmann pr bis 31.12.2099, Wv am 31.12.2099' } })
    const [first] = slip.eintraege[0].schritte
    await server.place.sql(`UPDATE schritt SET termin = '2020-01-01', aktuell_seit = aktuell_seit - 20 * 86400000000 WHERE uuid = '${first.id}'`)
    const after = await head.ok('lage')
    expect(after.gesamt).toMatchObject({ offen: before.gesamt.offen + 2, unverteilt: before.gesamt.unverteilt + 1, ueberfaellig: before.gesamt.ueberfaellig + 1 })
    expect(after.alter.reduce((sum: number, one: Json) => sum + one.anzahl, 0)).toBe(after.gesamt.offen)
    expect(after.alter.find((one: Json) => one.bisTage === 30).anzahl).toBe(before.alter.find((one: Json) => one.bisTage === 30).anzahl + 1)
    expect(after.ueberfaellige[0]).toMatchObject({ vorgang: vorgang.id, art: 'stellungnahme', termin: '2020-01-01', organisationseinheit: { kurzzeichen: 'BA' } })
    expect(after).toMatchObject({ personenErlaubt: false, personen: [] })
    expect(after.einheiten.map((one: Json) => one.organisationseinheit.kurzzeichen)).not.toContain('FI')
    // Who may not read the Vorgang counts it, and is not told which it is: the administration does not see the Bauamt's files.
    const all = await admin.ok('lage')
    expect(all.gesamt.offen).toBeGreaterThan(after.gesamt.offen)
    const hidden = (await admin.call('vorgang', { id: vorgang.id })).status === 404
    expect(all.ueberfaellige.some((one: Json) => one.vorgang === vorgang.id)).toBe(!hidden)
    const unit = after.einheiten.find((one: Json) => one.organisationseinheit.kurzzeichen === 'BH')
    expect((await head.ok('lage', { query: { organisationseinheit: unit.organisationseinheit.id } })).gesamt).toEqual(unit.last)
    await head.refused('nicht_gefunden', 'lage', { query: { organisationseinheit: randomId } })
    const { stand } = await admin.ok('auswertung')
    const set = await admin.ok('auswertungsregelSetzen', { stand, body: { personen: true } })
    expect((await head.ok('lage')).personen.find((one: Json) => one.name === 'Sabine Großmann').last.offen).toBeGreaterThan(0)
    await admin.ok('auswertungsregelSetzen', { stand: set.stand, body: { personen: false } })
    await server.place.sql(`UPDATE schritt SET termin = '2099-12-31', aktuell_seit = aktuell_seit + 20 * 86400000000 WHERE uuid = '${first.id}'`)
  })
  test('name people only where the Personalrat has agreed; CSV says the same', async () => {
    expect(await head.ok('auswertung')).toMatchObject({ personenErlaubt: false, personen: [] })
    const { stand } = await admin.ok('auswertung')
    await registry.refused('nicht_erlaubt', 'auswertungsregelSetzen', { stand, body: { personen: true } })
    const set = await admin.ok('auswertungsregelSetzen', { stand, body: { personen: true } })
    const named = await head.ok('auswertung')
    expect(named.personen.map((one: Json) => one.name)).toContain('Sabine Großmann')
    const csv = (await head.call('auswertungCsv')).text
    expect(csv).toContain(`gesamt;;${named.gesamt.offen};${named.gesamt.neu}`)
    expect(csv).toContain('Sabine Großmann;')
    await clerk.refused('nicht_erlaubt', 'auswertungCsv')
    await admin.ok('auswertungsregelSetzen', { stand: set.stand, body: { personen: false } })
  })
})
