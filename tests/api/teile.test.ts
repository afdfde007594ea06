// What arrives in one file and is several: mails, archives, invoices.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Client, Json } from './support/client'
import { Server } from './support/server'
import { newVorgang } from './support/town'

let server: Server
let bauamt: Client
const folder = mkdtempSync(join(tmpdir(), 'teile-'))
beforeAll(async () => {
  server = await Server.demo()
  bauamt = await server.login('grossmann')
})
afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true })
})

const MAIL = [
  'From: Ines Pohlmann <pohlmann@example.org>',
  'To: bauamt@auenbrueck.example',
  'Subject: Nachtrag zum Gartenhaus',
  'Date: Mon, 2 Mar 2026 10:00:00 +0100',
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary=b',
  '',
  '--b',
  'Content-Type: text/plain; charset=utf-8',
  '',
  'Anbei die Statik als Quittenbaum.',
  '--b',
  'Content-Type: text/plain; charset=utf-8',
  'Content-Disposition: attachment; filename="statik.txt"',
  '',
  'Tragfähigkeit der Zwischenpfette',
  '--b',
  'Content-Type: message/rfc822',
  '',
  'From: pruefer@example.org',
  'Subject: Gutachten',
  'Content-Type: text/plain',
  'Content-Disposition: attachment; filename="gutachten.txt"',
  '',
  'Schneelastzone 2',
  '--b--',
  '',
].join('\r\n')

const XRECHNUNG = `<?xml version="1.0" encoding="UTF-8"?>
<ubl:Invoice xmlns:ubl="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2" xmlns:cbc="c" xmlns:cac="a">
<cbc:ID>GB-2026-0815</cbc:ID><cbc:IssueDate>2026-03-02</cbc:IssueDate><cbc:DueDate>2026-03-30</cbc:DueDate>
<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode><cac:AccountingSupplierParty><cac:Party><cac:PartyLegalEntity>
<cbc:RegistrationName>Gartenbau Müßig</cbc:RegistrationName></cac:PartyLegalEntity></cac:Party></cac:AccountingSupplierParty>
<cac:PaymentMeans><cac:PayeeFinancialAccount><cbc:ID>DE02120300000000202051</cbc:ID></cac:PayeeFinancialAccount></cac:PaymentMeans>
<cac:LegalMonetaryTotal><cbc:PayableAmount currencyID="EUR">1234.50</cbc:PayableAmount></cac:LegalMonetaryTotal></ubl:Invoice>`

const hits = async (q: string): Promise<string[]> => (await bauamt.all('suche', { query: { q } })).map((hit: Json) => hit.dokument?.id)

test('a mail is one Eingang with its parts; each is a Dokument of its own, and the original stays as it came', async () => {
  const eingang = await bauamt.upload('eingangErfassen', 'nachricht.eml', MAIL)
  expect(eingang).toMatchObject({ betreff: 'Nachtrag zum Gartenhaus', format: 'eml', anlagen: 3, absender: 'Ines Pohlmann <pohlmann@example.org>', datum: '2026-03-02' })
  expect(eingang.anlagenListe.map((a: Json) => a.pfad)).toEqual(['statik.txt', 'Gutachten.eml', 'Gutachten.eml/gutachten.txt'])
  expect((await bauamt.call('versionInhalt', { id: eingang.id, nr: 1 })).text).toBe(MAIL)
  const [statik, , gutachten] = eingang.anlagenListe as Json[]
  expect((await bauamt.ok('versionText', { id: statik.id, nr: 1 })).text).toContain('Zwischenpfette')
  expect((await bauamt.ok('versionText', { id: eingang.id, nr: 1 })).text).not.toContain('Zwischenpfette')
  expect(await bauamt.ok('dokument', { id: gutachten.id })).toMatchObject({ uebergeordnet: eingang.id, dateiname: 'gutachten.txt', pfad: 'Gutachten.eml/gutachten.txt' })
  const listed = (await bauamt.all('posteingang')).map((entry: Json) => entry.id)
  expect(listed).toContain(eingang.id)
  expect(listed).not.toContain(statik.id)
  const { vorgang } = await newVorgang(bauamt, 'Nachtrag')
  await bauamt.ok('dokumentAblegen', { id: eingang.id, stand: eingang.stand, body: { vorgang: vorgang.id } })
  expect((await bauamt.ok('dokument', { id: gutachten.id })).vorgang.id).toBe(vorgang.id)
})

test('an archive, also as an Anlage, gives its files', async () => {
  writeFileSync(join(folder, 'innen.txt'), 'Dachneigung 38 Grad')
  execFileSync('zip', ['-q', 'unterlagen.zip', 'innen.txt'], { cwd: folder })
  const zip = readFileSync(join(folder, 'unterlagen.zip'))
  const eingang = await bauamt.upload('eingangErfassen', 'unterlagen.zip', zip)
  expect(eingang).toMatchObject({ format: 'zip', anlagen: 1, textStatus: 'ok' })
  expect(eingang.anlagenListe[0]).toMatchObject({ dateiname: 'innen.txt', format: 'txt', pfad: 'innen.txt' })
  const { vorgang } = await newVorgang(bauamt, 'Mit Archiv')
  const brief = await bauamt.upload('dokumentAnlegen', 'brief.txt', 'siehe Archiv', { id: vorgang.id })
  await bauamt.upload('anlageAnlegen', 'unterlagen.zip', zip, { id: brief.id })
  expect((await bauamt.ok('dokument', { id: brief.id })).anlagenListe.map((a: Json) => a.dateiname)).toEqual(['unterlagen.zip', 'innen.txt'])
})

test('an electronic invoice says what is to be paid, and is found by its number', async () => {
  const eingang = await bauamt.upload('eingangErfassen', 'datei.xml', XRECHNUNG)
  expect(eingang).toMatchObject({
    betreff: 'Rechnung GB-2026-0815 von Gartenbau Müßig',
    rechnung: { art: 'rechnung', nummer: 'GB-2026-0815', absender: 'Gartenbau Müßig', datum: '2026-03-02', betrag: '1234.50', waehrung: 'EUR', faellig: '2026-03-30', iban: 'DE02120300000000202051' },
  })
  const entry = (await bauamt.all('posteingang')).find((one: Json) => one.id === eingang.id)
  expect(entry.rechnung.nummer).toBe('GB-2026-0815')
  expect(await hits('GB-2026-0815')).toContain(eingang.id)
})

test('a name that promises something else is pointed out', async () => {
  expect(await bauamt.upload('eingangErfassen', 'rechnung.pdf', XRECHNUNG)).toMatchObject({ format: 'xml', nameWiderspricht: true })
  expect((await bauamt.upload('eingangErfassen', 'notiz.txt', 'Text')).nameWiderspricht).toBe(false)
})
