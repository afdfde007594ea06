// Deputies, templates of slips, BPMN, the calendar and mail about the Postkorb.
import { randomUUID } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import ICAL from 'ical.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Client, Json } from './support/client'
import { testdata } from './support/engine'
import { Place } from './support/place'
import { PostServer } from './support/post'
import { Server } from './support/server'
import { dayFromNow, newVorgang, one, randomId, sentences } from './support/town'

let server: Server
let post: PostServer
let grossmann: Client
let wicazowa: Client
let alKhatib: Client
let meisterin: Client
let admin: Client
let registratur: Client
beforeAll(async () => {
  post = await PostServer.start('aktenlotse', 'ein-Mailpasswort')
  const place = await Place.make(true)
  const secret = join(place.folder, 'smtp.txt')
  writeFileSync(secret, 'ein-Mailpasswort\n')
  server = await Server.start(place, '--smtp-benutzer', 'aktenlotse', '--smtp-passwort-datei', secret, '--smtp-host', '127.0.0.1', '--smtp-port', `${post.port}`, '--smtp-verschluesselung', 'keine', '--smtp-absender', 'akte@auenbrueck.example')
  const login = (name: string): Promise<Client> => server.login(name)
  ;[grossmann, wicazowa, alKhatib, meisterin, admin, registratur] = (await Promise.all(['grossmann', 'wicazowa', 'al-khatib', 'strassberger', 'nguyen', 'hoenicke'].map(login))) as [Client, Client, Client, Client, Client, Client]
})
afterAll(async () => {
  await server.stop()
  await post.stop()
})

const day = dayFromNow
const now = async (client: Client, vorgang: Json): Promise<Json> => client.ok('vorgang', { id: vorgang.id })
const start = async (client: Client, vorgang: Json, zeile: string, dokument?: Json): Promise<Json> =>
  (await client.ok('laufwegStarten', { id: vorgang.id, stand: (await now(client, vorgang)).stand, body: { zeile, ...(dokument ? { dokument: dokument.id } : {}) } })).eintraege[0]
const basket = async (client: Client, korb = 'meine'): Promise<Json[]> => client.all('postkorb', { query: { korb } })
const inBasket = async (client: Client, vorgang: Json, korb = 'meine'): Promise<Json> => (await basket(client, korb)).find((item) => item.vorgang.id === vorgang.id)
const act = async (client: Client, vorgang: Json, schritt: string, body: Json = { handlung: 'erledigen' }): Promise<Json> =>
  (await client.ok('schrittHandeln', { id: vorgang.id, stand: (await now(client, vorgang)).stand, body: { schritt, ...body } })).eintraege[0]

describe('the demo', () => {
  test('is alive: everybody who can be tried has something to do, some of it late, some as a deputy', async () => {
    const { zahlen, vertretene } = await grossmann.ok('postkorb')
    expect(zahlen.meine).toBeGreaterThanOrEqual(3)
    expect(zahlen.ueberfaellig).toBeGreaterThanOrEqual(1)
    expect(zahlen.vertretung).toBeGreaterThanOrEqual(2)
    expect(vertretene).toHaveLength(1)
    expect((await basket(grossmann)).some((item) => item.zurueckgegeben)).toBe(true)
    for (const client of [meisterin, registratur, admin, wicazowa]) expect((await client.ok('postkorb')).zahlen.meine, client.session.person.name).toBeGreaterThanOrEqual(1)
    expect((await (await server.login('gruenwald')).ok('postkorb')).zahlen.meine).toBeGreaterThanOrEqual(1)
    for (const name of ['maeder', 'huettenrauch']) expect((await (await server.login(name, 'haselrode')).ok('postkorb')).zahlen.meine, name).toBeGreaterThanOrEqual(2)
  })
})

describe('Vertretung', () => {
  test('what is done for another stands apart, says for whom, and names both', async () => {
    const { vorgang } = await newVorgang(wicazowa, 'Vertretung')
    const dokument = await wicazowa.upload('dokumentAnlegen', 'bescheid.txt', 'Bescheid', { id: vorgang.id })
    const laufweg = await start(wicazowa, vorgang, '@al-khatib mz, dann @wicazowa pr', dokument)
    expect(await inBasket(grossmann, vorgang)).toBeUndefined()
    expect(await inBasket(grossmann, vorgang, 'vertretung')).toMatchObject({ art: 'mitzeichnung', fuer: { id: alKhatib.session.person.id }, darf: ['erledigen', 'zurueckgeben', 'delegieren', 'ueberspringen'] })
    const done = await act(grossmann, vorgang, laufweg.schritte[0].id)
    expect(done.schritte[0]).toMatchObject({ bearbeiter: { id: grossmann.session.person.id }, vertretene: { id: alKhatib.session.person.id } })
    expect((await grossmann.ok('zeichnungen', { id: dokument.id })).eintraege[0]).toMatchObject({ person: { name: 'Sabine Großmann' }, vertretene: { id: alKhatib.session.person.id } })
    expect((await sentences(grossmann, 'dokumentHistorie', dokument.id))[0]).toMatch(/^Sabine Großmann \(i\. V\. für .*Khatib\) hat „bescheid“ mitgezeichnet\.$/)
    expect(await inBasket(grossmann, vorgang, 'vertretung')).toBeUndefined()
    expect(await inBasket(alKhatib, vorgang)).toBeUndefined()
  })
  test('holds for a unit or a kind of work alone, and never closes a ring', async () => {
    const boettcher = await server.login('boettcher')
    const oeztuerk = await server.login('oeztuerk')
    const bauamt = (await one(admin, 'organisationseinheiten', 'kurzzeichen', 'BA')).id
    const vertreter = oeztuerk.session.person.id
    const made = await boettcher.ok('vertretungSetzen', { body: { vertreter, von: day(0), bis: day(3), aufgabe: 'zeichnung', organisationseinheit: bauamt } })
    expect(made).toMatchObject({ aufgabe: 'zeichnung', organisationseinheit: { kurzzeichen: 'BA' }, darf: true })
    await boettcher.refused('vergeben', 'vertretungSetzen', { body: { vertreter, von: day(2), aufgabe: 'zeichnung', organisationseinheit: bauamt } })
    expect(await oeztuerk.refused('eingabe_ungueltig', 'vertretungSetzen', { body: { vertreter: boettcher.session.person.id, von: day(1) } })).toMatchObject({ feld: 'vertreter' })
    await boettcher.refused('eingabe_ungueltig', 'vertretungSetzen', { body: { vertreter, von: day(0), organisationseinheit: randomId } })
    const { vorgang } = await newVorgang(boettcher, 'Ordnung', '511')
    await start(boettcher, vorgang, '@boettcher mz')
    expect(await inBasket(oeztuerk, vorgang, 'vertretung')).toBeUndefined()
    // One may say what a deputy cannot do.
    const told = await meisterin.ok('vertretungSetzen', { body: { vertreter: grossmann.session.person.id, von: '2098-01-01', bis: '2098-01-02' } })
    expect(told.fehlt).toContain('schlusszeichnen')
    expect(told.unerreichbar).toBeGreaterThan(0)
    // The administrator ends it for him.
    const left = await admin.ok('vertretungBeenden', { id: made.id, stand: made.stand, body: { bis: day(-1) } })
    expect(left.eintraege.map((item: Json) => item.id)).not.toContain(made.id)
  })
})

describe('templates of slips', () => {
  test('are kept by name, proposed where they fit, and started', async () => {
    const entry = await one(registratur, 'aktenplan', 'kennzeichen', '63')
    const body = { name: 'Bauantrag kurz', zeile: '@wicazowa mz bis in 3 Tagen, dann @bürgermeister sz, Versand, zdA', aktenplaneinheit: entry.id }
    await grossmann.refused('nicht_erlaubt', 'laufwegvorlageAnlegen', { body })
    await registratur.refused('eingabe_ungueltig', 'laufwegvorlageAnlegen', { body: { ...body, zeile: 'mitzeihnung' } })
    const made = await registratur.ok('laufwegvorlageAnlegen', { body, key: randomUUID() })
    await registratur.refused('vergeben', 'laufwegvorlageAnlegen', { body })
    const { vorgang } = await newVorgang(grossmann, 'Vorlage')
    const near = (await grossmann.ok('vorgangLaufwegvorlagen', { id: vorgang.id })).eintraege
    expect(near.map((item: Json) => item.name)).toContain('Bauantrag kurz')
    expect(near.at(-1).aktenplaneinheit).toBeUndefined()
    const elsewhere = await newVorgang(await server.login('boettcher'), 'Anderes', '511')
    expect((await (await server.login('boettcher')).ok('vorgangLaufwegvorlagen', { id: elsewhere.vorgang.id })).eintraege.map((item: Json) => item.name)).not.toContain('Bauantrag kurz')
    const laufweg = await start(grossmann, vorgang, made.zeile)
    expect(laufweg.schritte.map((step: Json) => step.art)).toEqual(['mitzeichnung', 'schlusszeichnung', 'versand', 'zda'])
    expect(laufweg.schritte[0].termin).toBe(day(3))
    const typed = await registratur.ok('laufwegvorlageAendern', { id: made.id, stand: made.stand, body: { ...body, typ: 'Widerspruch' } })
    expect((await grossmann.ok('vorgangLaufwegvorlagen', { id: vorgang.id })).eintraege.map((item: Json) => item.name)).not.toContain('Bauantrag kurz')
    await registratur.refused('veraltet', 'laufwegvorlageEntfernen', { id: made.id, stand: made.stand })
    await registratur.call('laufwegvorlageEntfernen', { id: made.id, stand: typed.stand })
    expect((await registratur.ok('laufwegvorlagen')).eintraege.map((item: Json) => item.name)).not.toContain('Bauantrag kurz')
  })
})

describe('BPMN 2.0', () => {
  const material = join(testdata, 'bpmn')
  test('a template goes out as a model and comes back as the same line', async () => {
    const zeile = '@BA Stn und @wicazowa Prüfung, dann @bürgermeister Sz bis in 3 Tagen, Wv in 14 Tagen "Antwort da?"'
    const made = await registratur.ok('laufwegvorlageAnlegen', { body: { name: 'Hin und zurück', zeile } })
    const model = await registratur.call('laufwegvorlageBpmn', { id: made.id })
    const { BpmnModdle } = await import('bpmn-moddle')
    const { rootElement, warnings } = await new BpmnModdle().fromXML(model.text)
    expect(warnings).toEqual([])
    expect(rootElement.diagrams).toHaveLength(1)
    const read = await registratur.ok('bpmnLesen', { body: { xml: model.text } })
    expect(read).toMatchObject({ name: 'Hin und zurück', hinweise: [], offen: [] })
    const { vorgang } = await newVorgang(grossmann, 'Hin und zurück')
    const drafts = await Promise.all([zeile, read.zeile].map(async (q) => (await grossmann.ok('laufwegEntwurf', { id: vorgang.id, query: { q } })).schritte))
    expect(drafts[1]).toEqual(drafts[0])
  })
  test('a model of another is read, and what a slip cannot say is named', async (context) => {
    let xml: string
    try {
      xml = readFileSync(join(material, 'camunda-examples/usertask/task-camunda-forms/src/main/resources/invoiceApproval.bpmn'), 'utf8')
    } catch {
      return context.skip('the models of the test material are missing')
    }
    const read = await registratur.ok('bpmnLesen', { body: { xml } })
    expect(read.zeile).not.toBe('')
    expect(read.hinweise.length + read.offen.length).toBeGreaterThan(0)
    await registratur.refused('eingabe_ungueltig', 'bpmnLesen', { body: { xml: '<html/>' } })
    await grossmann.refused('nicht_erlaubt', 'bpmnLesen', { body: { xml } })
  })
  test('a running slip is a model with a picture, whose steps have the numbers of the slip', async () => {
    const { vorgang } = await newVorgang(grossmann, 'Bild')
    const laufweg = await start(grossmann, vorgang, 'einer von @wicazowa pr und @grossmann stn, dann Versand')
    const [model] = (await grossmann.ok('laufwegeBpmn', { id: vorgang.id, query: { laufweg: laufweg.id } })).eintraege
    const { BpmnModdle } = await import('bpmn-moddle')
    const { rootElement, warnings } = await new BpmnModdle().fromXML(model.xml)
    expect(warnings).toEqual([])
    const ids = rootElement.rootElements.flatMap((element: Json) => element.flowElements ?? []).map((element: Json) => element.id)
    expect(ids).toEqual(expect.arrayContaining(['Schritt_1', 'Schritt_2', 'Schritt_3', 'Treffpunkt_1']))
    expect((await grossmann.ok('laufwegeBpmn', { id: vorgang.id, query: { laufweg: randomId } })).eintraege).toEqual([])
  })
})

describe('the calendar', () => {
  test('has the dates of a person under a secret address that can be renewed, and no content', async () => {
    const { vorgang } = await newVorgang(grossmann, 'Geheimer Betreff')
    await start(grossmann, vorgang, 'Wv in 2 Wochen "Geheime Frage"')
    await start(grossmann, vorgang, '@grossmann pr bis in 3 Tagen')
    expect(await grossmann.ok('kalender')).toEqual({})
    const first = await grossmann.ok('kalenderErneuern')
    const stranger = server.client()
    const read = async (adresse: string) => stranger.call('kalenderLesen', { query: { schluessel: adresse.split('=')[1] ?? '' } })
    const feed = await read(first.adresse)
    expect([feed.status, feed.headers.get('content-type')]).toEqual([200, 'text/calendar; charset=utf-8'])
    expect(feed.text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true)
    expect(feed.text).not.toMatch(/Geheim/)
    const events = new ICAL.Component(ICAL.parse(feed.text)).getAllSubcomponents('vevent').map((item) => new ICAL.Event(item))
    const own = events.filter((event) => event.summary.endsWith(vorgang.zeichen))
    expect(own.map((event) => [event.summary, event.startDate.toString(), event.endDate.toString()]).sort()).toEqual([
      [`Prüfung: ${vorgang.zeichen}`, day(3), day(4)],
      [`Wiedervorlage: ${vorgang.zeichen}`, day(14), day(15)],
    ].sort())
    const second = await grossmann.ok('kalenderErneuern')
    expect((await read(first.adresse)).status).toBe(404)
    expect((await read(second.adresse)).status).toBe(200)
    expect((await read('/api/kalender.ics?schluessel=1.falsch')).status).toBe(404)
    expect((await read('/api/kalender.ics?schluessel=unsinn')).status).toBe(404)
    expect((await grossmann.ok('kalender')).angelegt).toBeDefined()
    expect((await grossmann.ok('kalender')).adresse).toBeUndefined()
    expect(await grossmann.ok('kalenderBeenden')).toEqual({})
    expect((await read(second.adresse)).status).toBe(404)
  })
})

describe('mail about the Postkorb', () => {
  async function run(art: string): Promise<void> {
    const id = randomUUID()
    await server.place.sql(`INSERT INTO auftrag (mandant, id, uuid, art, fassung, nutzlast, status, vorrang, versuch, ab, abbruch, fortschritt, gesamt, hinweis, person, angelegt) SELECT 1, COALESCE(MAX(id), 0) + 1, '${id}', '${art}', 1, '{}', 'wartet', 0, 0, 0, 0, 0, 0, '', 0, 1700000000000000 FROM auftrag WHERE mandant = 1`)
    await server.place.sql('INSERT INTO auftrag_wecker (mandant, ab) VALUES (1, 0) ON CONFLICT (mandant) DO UPDATE SET ab = 0')
    const ended = async (job: string): Promise<void> => {
      while (['wartet', 'laeuft'].includes((await admin.ok('auftrag', { id: job })).status)) await new Promise((resolve) => setTimeout(resolve, 50))
    }
    await ended(id)
    for (const mail of (await admin.all('auftraege')).filter((item: Json) => item.art === 'mail')) await ended(mail.id)
  }
  const mailsTo = (name: string, subject: string): string[] => post.mails.filter((mail) => mail.to.includes(`${name}@auenbrueck.example`) && mail.subject === subject).map((mail) => mail.text)

  test('comes once a day, with what is late, and what is late below to the head; nothing of the content', async () => {
    expect(await grossmann.ok('benachrichtigung')).toMatchObject({ wahl: 'taeglich' })
    // What is late with somebody who is away escalates to his deputy and, after some days, to the head.
    const away = await newVorgang(wicazowa, 'Urlaub')
    const late = await start(wicazowa, away.vorgang, '@al-khatib pr bis morgen')
    await server.place.sql(`UPDATE schritt SET termin = '2020-01-01' WHERE uuid = '${late.schritte[0].id}'`)
    await run('postkorb.melden')
    await server.place.sql(`UPDATE schritt SET termin = '${late.schritte[0].termin}' WHERE uuid = '${late.schritte[0].id}'`)
    for (const [name, title] of [['grossmann', 'Überfällig bei denen, die Sie vertreten:'], ['wicazowa', 'In Ihrem Bereich seit Tagen überfällig:']] as const)
      expect((mailsTo(name, 'Ihr Postkorb').at(-1) ?? '').split(title)[1], name).toContain(`- Prüfung zu ${away.vorgang.zeichen}, fällig am 01.01.2020`)
    const before = mailsTo('grossmann', 'Ihr Postkorb').length
    await run('postkorb.melden')
    const mine = mailsTo('grossmann', 'Ihr Postkorb')
    expect(mine).toHaveLength(before + 1)
    const text = mine.at(-1) ?? ''
    expect(text).toMatch(/in Ihrem Postkorb liegen \d+ Aufgaben/)
    expect(text).toContain('Überfällig:')
    expect(text).toContain('- Wiedervorlage zu 631-1/2026-1, fällig am')
    expect(text).toMatch(/In Vertretung (ist|sind) zu tun: \d+/)
    expect(text).not.toMatch(/Baugenehmigung|Scheune|Carport/)
    expect(mailsTo('wicazowa', 'Ihr Postkorb').at(-1)).toMatch(/In Ihrem Bereich seit Tagen überfällig:\r?\n- Wiedervorlage zu 631-1\/2026-1/)
    await grossmann.ok('benachrichtigungSetzen', { body: { wahl: 'keine' } })
    await run('postkorb.melden')
    expect(mailsTo('grossmann', 'Ihr Postkorb')).toHaveLength(before + 1)
  })
  test('comes at once to who wants that, and tells each step once', async () => {
    await grossmann.ok('benachrichtigungSetzen', { body: { wahl: 'sofort' } })
    const { vorgang } = await newVorgang(wicazowa, 'Sofort')
    await start(wicazowa, vorgang, '@grossmann stn')
    expect((await admin.ok('auftraege', { query: { art: 'postkorb.neues' } })).eintraege.length).toBeGreaterThan(0)
    await run('postkorb.neues')
    await run('postkorb.neues')
    const told = mailsTo('grossmann', 'Neues in Ihrem Postkorb')
    expect(told.filter((text) => text.includes(`- Stellungnahme zu ${vorgang.zeichen}`))).toHaveLength(1)
  })
})

describe('an Umlaufmappe', () => {
  test('is made of Dokumente of a Vorgang, filled, routed, and signed with all that lies in it', async () => {
    const { vorgang } = await newVorgang(grossmann, 'Mappe')
    const made: Json[] = []
    for (const name of ['eins', 'zwei', 'drei']) made.push(await grossmann.upload('dokumentAnlegen', `${name}.txt`, name, { id: vorgang.id }))
    const stand = async (): Promise<number> => (await now(grossmann, vorgang)).stand
    const ids = made.map((item) => item.id)
    const first = await grossmann.ok('umlaufmappeAnlegen', { id: vorgang.id, stand: await stand(), body: { titel: 'Bescheide', dokumente: ids.slice(0, 1) } })
    const mappe = first.eintraege[0]
    expect(mappe).toMatchObject({ titel: 'Bescheide', unterwegs: false, darf: true, dokumente: [{ id: ids[0] }] })
    const filled = await grossmann.ok('umlaufmappeFuellen', { id: vorgang.id, stand: await stand(), body: { umlaufmappe: mappe.id, dokumente: ids } })
    expect(filled.eintraege[0].dokumente.map((item: Json) => item.betreff)).toEqual(['eins', 'zwei', 'drei'])
    const other = await newVorgang(grossmann, 'Anderer')
    const foreign = await grossmann.upload('dokumentAnlegen', 'fremd.txt', 'fremd', { id: other.vorgang.id })
    await grossmann.refused('nicht_gefunden', 'umlaufmappeFuellen', { id: vorgang.id, stand: await stand(), body: { umlaufmappe: mappe.id, dokumente: [foreign.id] } })
    const empty = (await grossmann.ok('umlaufmappeAnlegen', { id: vorgang.id, stand: await stand(), body: { titel: 'Leer', dokumente: [] } })).eintraege[0]
    await grossmann.refused('eingabe_ungueltig', 'laufwegStarten', { id: vorgang.id, stand: await stand(), body: { zeile: '@wicazowa mz', umlaufmappe: empty.id } })

    const started = await grossmann.ok('laufwegStarten', { id: vorgang.id, stand: await stand(), body: { zeile: '@wicazowa mz, dann @bürgermeister sz', umlaufmappe: mappe.id } })
    expect(started.eintraege[0]).toMatchObject({ umlaufmappe: 'Bescheide' })
    expect(await inBasket(wicazowa, vorgang)).toMatchObject({ umlaufmappe: 'Bescheide', stuecke: 3, art: 'mitzeichnung' })
    await grossmann.refused('konflikt', 'umlaufmappeFuellen', { id: vorgang.id, stand: await stand(), body: { umlaufmappe: mappe.id, dokumente: [] } })
    await act(wicazowa, vorgang, started.eintraege[0].schritte[0].id)
    await act(meisterin, vorgang, started.eintraege[0].schritte[1].id)
    for (const id of ids) expect((await grossmann.ok('zeichnungen', { id })).eintraege.map((mark: Json) => mark.art)).toEqual(['schlusszeichnung', 'mitzeichnung'])
    expect((await sentences(grossmann, 'vorgangHistorie', vorgang.id)).join(' ')).toMatch(/Sabine Großmann hat in .*Mappe.* eine Umlaufmappe angelegt\./)
  })
  test('a new version of one Dokument in it makes the marks stale, and asks for them again', async () => {
    const { vorgang } = await newVorgang(grossmann, 'Mappe neu')
    const stand = async (): Promise<number> => (await now(grossmann, vorgang)).stand
    const ids: string[] = []
    for (const name of ['eins', 'zwei', 'drei']) ids.push((await grossmann.upload('dokumentAnlegen', `${name}.txt`, name, { id: vorgang.id })).id)
    const mappe = (await grossmann.ok('umlaufmappeAnlegen', { id: vorgang.id, stand: await stand(), body: { titel: 'Bescheide', dokumente: ids } })).eintraege[0]
    const slip = (await grossmann.ok('laufwegStarten', { id: vorgang.id, stand: await stand(), body: { zeile: '@wicazowa mz, dann @bürgermeister sz', umlaufmappe: mappe.id } })).eintraege[0]
    const [mz, sz] = slip.schritte.map((step: Json) => step.id)
    await act(wicazowa, vorgang, mz)
    expect(await inBasket(wicazowa, vorgang)).toBeUndefined()
    await grossmann.upload('versionAnlegen', 'zwei-2.txt', 'zwei, neu', { id: ids[1] ?? '', query: { basis: 1 } })
    expect(await inBasket(wicazowa, vorgang)).toMatchObject({ art: 'mitzeichnung', erneut: true, stuecke: 3, darf: ['erledigen'] })
    expect((await grossmann.ok('laufwege', { id: vorgang.id })).eintraege[0].schritte.map((step: Json) => step.veraltet)).toEqual([true, false])
    const refused = await meisterin.refused('noch_offen', 'schrittHandeln', { id: vorgang.id, stand: await stand(), body: { schritt: sz, handlung: 'erledigen' } })
    expect(refused).toMatchObject({ feld: 'uebergehen' })
    await act(wicazowa, vorgang, mz)
    expect(await inBasket(wicazowa, vorgang)).toBeUndefined()
    // What stayed as it was is not signed twice.
    const marks = async (id?: string): Promise<Json> => (await grossmann.ok('zeichnungen', { id: id ?? '' })).eintraege.map((mark: Json) => [mark.art, mark.version, mark.veraltet])
    expect(await marks(ids[0])).toEqual([['mitzeichnung', 1, false]])
    expect(await marks(ids[1])).toEqual([['mitzeichnung', 2, false], ['mitzeichnung', 1, true]])
    // What is cancelled meanwhile holds up nobody.
    await grossmann.ok('dokumentStornieren', { id: ids[2] ?? '', stand: (await grossmann.ok('dokument', { id: ids[2] ?? '' })).stand })
    expect(await act(meisterin, vorgang, sz)).toMatchObject({ status: 'beendet' })
    expect(await marks(ids[0])).toEqual([['schlusszeichnung', 1, false], ['mitzeichnung', 1, false]])
    expect(await marks(ids[2])).toEqual([['mitzeichnung', 1, false]])
  })
})

describe('annotations', () => {
  test('lie on a layer of their own; the file of the version stays as it was', async () => {
    const { vorgang } = await newVorgang(grossmann, 'Anmerken')
    const dokument = await grossmann.upload('dokumentAnlegen', 'brief.txt', 'Der Text des Briefes', { id: vorgang.id })
    const before = await grossmann.ok('dokument', { id: dokument.id })
    const note = { seite: 1, x: 100, y: 200, breite: 300, hoehe: 50, text: 'Hier fehlt das Datum.' }
    const made = await grossmann.ok('anmerken', { id: dokument.id, stand: before.stand, body: note })
    expect(made.eintraege).toMatchObject([{ ...note, version: 1, darf: true, person: { name: 'Sabine Großmann' } }])
    // She only reads the Akten of the Bauamt; that is enough to write in the margin, but not to remove what others wrote.
    const seen = await meisterin.ok('anmerkungen', { id: dokument.id })
    expect(seen).toMatchObject({ anmerken: true, eintraege: [{ darf: false }] })
    await meisterin.refused('nicht_erlaubt', 'anmerkungEntfernen', { id: dokument.id, stand: before.stand, body: { anmerkung: made.eintraege[0].id } })
    await meisterin.ok('anmerken', { id: dokument.id, stand: before.stand, body: { ...note, text: 'Stimmt.' } })
    await grossmann.refused('eingabe_ungueltig', 'anmerken', { id: dokument.id, stand: before.stand, body: { ...note, x: 900 } })
    expect(await grossmann.ok('dokument', { id: dokument.id })).toEqual(before)
    const after = await grossmann.ok('anmerkungEntfernen', { id: dokument.id, stand: before.stand, body: { anmerkung: made.eintraege[0].id } })
    expect(after.eintraege.map((item: Json) => item.text)).toEqual(['Stimmt.'])
    expect((await sentences(grossmann, 'dokumentHistorie', dokument.id))[0]).toBe('Sabine Großmann hat an „brief“ eine Anmerkung entfernt.')
  })
})
