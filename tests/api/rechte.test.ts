// Every route × every person of both towns × own and foreign objects, against docs/rechte.md. Generated from the
// description of the API, so that a new route is asked too.
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Call, Client, Json } from './support/client'
import type { Operation } from './support/contract'
import { program } from './support/engine'
import { must } from './support/process'
import { each, isUpload, kindOf, needsState, type Organisation, organisationOf, reach, read, rightsOfRoles, rolesOf, sample, towns } from './support/rights'
import { Clamd } from './support/clamd'
import { Server } from './support/server'
import { randomId } from './support/town'

let server: Server
let clamd: Clamd
let operations: Operation[]
let components: Json
const clients = new Map<string, Client>() // by town/login
const organisations = new Map<string, Organisation>() // by town
/** Objects of each kind in each town: Akten, Vorgänge and Dokumente with what opens them. */
const objects = new Map<string, Record<string, Json[]>>()
const rights = rightsOfRoles()

const people = towns.flatMap((town) => town.logins.map((login) => ({ town: town.name, login, key: `${town.name}/${login}` })))
const other = (town: string): string => (town === 'haselrode' ? 'auenbrueck' : 'haselrode')
const clientOf = (key: string): Client => clients.get(key) as Client
const rightsOf = (person: { town: string; key: string }): Set<string> =>
  new Set(rolesOf(organisations.get(person.town) as Organisation, clientOf(person.key).session.person.id).flatMap((role) => [...(rights.get(role) ?? [])]))

/** The union of what the people of a town see, with the details that say who may. */
async function survey(town: string): Promise<Record<string, Json[]>> {
  const out: Record<string, Map<string, Json>> = { akten: new Map(), vorgaenge: new Map(), dokumente: new Map(), auftraege: new Map(), uploads: new Map(), quarantaene: new Map(), scans: new Map(), schritte: new Map(), laufwege: new Map(), umlaufmappen: new Map(), anmerkungen: new Map(), eingangsadressen: new Map(), postfaecher: new Map() }
  for (const { key } of people.filter((person) => person.town === town)) {
    const client = clientOf(key)
    const upload = await client.call('uploadAnlegen', { query: { ziel: 'posteingang', dateiname: 'x' }, headers: { 'upload-length': '3' } })
    if (upload.status === 201) out['uploads']?.set(upload.json.id, upload.json)
    if (client.session.rechte.includes('organisationPflegen')) {
      const organisationseinheit = (await client.ok('organisationseinheiten')).eintraege[0].id
      const adresse = await client.ok('eingangsadresseAnlegen', { body: { adresse: `post@${town}.example`, organisationseinheit } })
      out['eingangsadressen']?.set(adresse.id, adresse)
      const postfach = await client.ok('postfachAnlegen', { body: { bezeichnung: 'Post', organisationseinheit, host: 'mail.example', port: 993, verschluesselung: 'tls', benutzer: 'post', passwortDatei: 'post.txt', ordner: 'INBOX', minuten: 60, aktiv: false } })
      out['postfaecher']?.set(postfach.id, postfach)
    }
    if (client.session.rechte.includes('eingangErfassen')) {
      const found = await client.call('eingangErfassen', { query: { dateiname: 'fund.txt' }, raw: Clamd.malware })
      const paper = await client.call('eingangErfassen', { query: { dateiname: 'papier.txt', geraet: 'Scanner' }, raw: 'von Papier' })
      const entry = found.status === 201 ? (await client.ok('quarantaene')).eintraege.find((one: Json) => one.dokument === found.json.id) : undefined
      if (entry) out['quarantaene']?.set(entry.id, entry)
      const scan = paper.status === 201 ? (await client.ok('dokumentScan', { id: paper.json.id })).scan : undefined
      if (scan) out['scans']?.set(scan.id, { ...scan, zugriff: paper.json.zugriff })
    }
    for (const akte of await client.all('akten')) out['akten']?.set(akte.id, akte)
    for (const auftrag of await client.all('auftraege')) out['auftraege']?.set(auftrag.id, auftrag)
    const waiting = await client.all('posteingang')
    const filed = await Promise.all((await client.all('vorgaenge')).map(async (vorgang) => {
      out['vorgaenge']?.set(vorgang.id, vorgang)
      return client.all('vorgangDokumente', { id: vorgang.id })
    }))
    for (const { id } of [...waiting, ...filed.flat()]) if (!out['dokumente']?.has(id)) out['dokumente']?.set(id, await client.ok('dokument', { id }))
  }
  for (const { key } of people.filter((person) => person.town === town))
    for (const vorgang of [...(out['vorgaenge']?.values() ?? [])].filter((one) => one.status === 'inBearbeitung')) {
      if (out['laufwege']?.size) break
      const started = await clientOf(key).call('laufwegStarten', { id: vorgang.id, stand: vorgang.stand, body: { zeile: 'Wv am 31.12.2099' } })
      for (const laufweg of started.status === 200 ? started.json.eintraege : []) {
        out['laufwege']?.set(laufweg.id, laufweg)
        for (const schritt of laufweg.schritte) out['schritte']?.set(schritt.id, schritt)
      }
      if (started.status !== 200) continue
      const made = await clientOf(key).ok('umlaufmappeAnlegen', { id: vorgang.id, stand: vorgang.stand, body: { titel: 'Probe', dokumente: [] } })
      for (const mappe of made.eintraege) out['umlaufmappen']?.set(mappe.id, mappe)
      const [dokument] = await clientOf(key).all('vorgangDokumente', { id: vorgang.id })
      if (dokument) for (const note of (await clientOf(key).ok('anmerken', { id: dokument.id, stand: dokument.stand, body: { seite: 1, x: 0, y: 0, breite: 10, hoehe: 10, text: 'Probe' } })).eintraege) out['anmerkungen']?.set(note.id, note)
    }
  const lists = ['organisationseinheiten', 'stellen', 'personen', 'zugriffe'] as const
  const client = clientOf(people.find((person) => person.town === town)?.key ?? '')
  const organisation = Object.fromEntries(await Promise.all(lists.map(async (list) => [list, (await client.ok(list)).eintraege])))
  const token = await client.ok('tokenAnlegen', { body: { bezeichnung: 'Probe', umfang: 'lesen', ende: '2027-01-01' } })
  const suche = await client.ok('sucheMerken', { body: { name: 'Probe', frage: 'x' } })
  // Somebody who may makes one of each of what the demo does not have.
  const maker = (right: string): Client => clientOf(people.find((person) => person.town === town && clientOf(person.key).session.rechte.includes(right))?.key ?? '')
  const kontakt = await maker('kontaktPflegen').ok('kontaktAnlegen', { body: { art: 'organisation', organisation: 'Probe GmbH' } })
  const feldart = await maker('aktenplanPflegen').ok('feldartAnlegen', { body: { typ: 'Probe', bezeichnung: 'Probe', art: 'text' } })
  const [einheit, ziel] = organisation['organisationseinheiten']
  const reorganisation = await maker('organisationPflegen').ok('reorganisationPlanen', { body: { art: 'verschieben', einheit: einheit.id, ...(ziel && ziel.ueber !== einheit.id ? { ziel: ziel.id } : {}), stichtag: '2099-01-01' } })
  const vertretung = await client.ok('vertretungSetzen', { body: { vertreter: organisation['personen'].find((person: Json) => person.id !== client.session.person.id).id, von: '2099-01-01' } })
  const laufwegvorlage = await maker('aktenplanPflegen').ok('laufwegvorlageAnlegen', { body: { name: 'Probe', zeile: 'Wv morgen' } })
  const netz = await networkOf(maker)
  const loeschsperren: Json[] = []
  for (const akte of out['akten']?.values() ?? []) {
    if (loeschsperren.length > 0) break
    const held = await maker('aussonderungPflegen').call('akteLoeschsperre', { id: akte.id, stand: akte.stand, body: { grund: 'Probe' } })
    if (held.status === 200) loeschsperren.push({ ...held.json.eintraege[0], zugriff: akte.zugriff })
  }
  return { ...organisation, ...netz, loeschsperren, laufwegvorlagen: [laufwegvorlage], token: [token], suchen: [suche], kontakte: [kontakt], feldarten: [feldart], reorganisationen: [reorganisation], vertretungen: [vertretung], ablageregeln: [await anyRule(town, [...(out['vorgaenge']?.values() ?? [])])], aktenplaneinheiten: (await client.ok('aktenplan')).eintraege, dokumentvorlagen: (await client.ok('dokumentvorlagen')).eintraege, textbausteine: (await client.ok('textbausteine')).eintraege, ...Object.fromEntries(Object.entries(out).map(([kind, map]) => [kind, [...map.values()]])) }
}

/** Of the network one of each, none of which hangs out: what does is asked in netz.test.ts. */
async function networkOf(maker: (right: string) => Client): Promise<Record<string, Json[]>> {
  const keeper = maker('netzPflegen')
  const mitglied = await keeper.ok('netzMitgliedEinladen', { body: { programm: 'diva', rolle: 'gast', angaben: [{ feld: 'name', wert: 'Probe', sichtbarkeit: 'kommune' }] } })
  const checkliste = await maker('netzMitmachen').ok('netzChecklisteBeginnen', { body: { werkzeug: 'bereitschaftscheck' } })
  const praxis = await keeper.ok('netzPraxisAnlegen', { body: { titel: 'Probe', problem: 'Probe', sichtbarkeit: 'netze' } })
  await keeper.ok('netzBausteinSchnueren', { id: praxis.id, stand: praxis.stand, body: { version: '1.0', aktenplan: [], typen: [], laufwege: [{ name: 'Probe', zeile: 'zdA' }], checklisten: [], proben: [] } })
  const beitragspraxis = await keeper.ok('netzPraxisAnlegen', { body: { titel: 'Probe zwei', problem: 'Probe', sichtbarkeit: 'kommune' } })
  const datei = (await keeper.call('netzBausteinDatei', { query: { praxis: praxis.id } })).text
  const uebernahme = await maker('aktenplanPflegen').ok('netzBausteinUebernehmen', { body: { datei, namen: [], uebernehmen: [] } })
  const partner = await keeper.ok('netzPartnerAnfragen', { body: { name: 'Probe', land: 'Sachsen', adresse: 'https://akten.example', schluessel: randomBytes(32).toString('hex') } })
  const kooperation = await maker('netzMitmachen').ok('netzKooperationAnlegen', { body: { richtung: 'suche', thema: 'Probe', laender: [], rechtsform: 'offen', sichtbarkeit: 'land' } })
  const termin = await maker('netzMitmachen').ok('netzTerminAnlegen', { body: { art: 'workshop', titel: 'Probe', tag: '2099-01-01', von: '09:00', bis: '10:00', ort: 'Rathaus', tagesordnung: [], sichtbarkeit: 'kommune' } })
  const schreiben = await keeper.ok('netzSchreibenAnlegen', { body: { art: 'newsletter', titel: 'Probe', inhalt: 'Probe', tag: '2099-01-01' } })
  const oeffentlich = await keeper.ok('netzPraxisZustand', { id: beitragspraxis.id, stand: beitragspraxis.stand, body: { status: 'veroeffentlicht' } })
  const [beitrag] = (await keeper.ok('netzBeitragSchreiben', { query: { bezug: oeffentlich.id }, body: { art: 'frage', titel: 'Probe', status: 'offen', sichtbarkeit: 'kommune' } })).eintraege
  const werkzeug = await maker('netzMitmachen').ok('netzWerkzeugAnlegen', { body: { art: 'checkliste', titel: 'Probe', kurz: 'Probe', fuer: 'Probe', bereitschaft: false, sichtbarkeit: 'netze', fassung: { version: '1.0', abschnitte: [{ titel: 'Probe', punkte: [{ schluessel: '', text: 'Probe' }] }] } } })
  return { werkzeuge: [werkzeug], mitglieder: [mitglied], checklisten: [checkliste], praktiken: [praxis], uebernahmen: [uebernahme], termine: [termin], schreiben: [schreiben], beitraege: [beitrag], partner: [partner], kooperationen: [kooperation] }
}

/** A rule of the town, with the access of the Vorgang that it leads to. */
async function anyRule(town: string, vorgaenge: Json[]): Promise<Json> {
  for (const { key } of people.filter((person) => person.town === town))
    for (const vorgang of vorgaenge.filter((one) => one.status === 'inBearbeitung')) {
      const made = await clientOf(key).call('ablageregelAnlegen', { body: { absender: 'Probe Probe', vorgang: vorgang.id } })
      if (made.status === 201) return { ...made.json, zugriff: vorgang.zugriff }
    }
  throw new Error(`nobody in ${town} may make a rule`)
}

beforeAll(async () => {
  clamd = await Clamd.fake()
  server = await Server.demo('--virenscanner', clamd.address)
  operations = [...server.contract.operations.values()].filter((operation) => operation.security === undefined)
  components = (server.contract.description as Json).components.schemas
  await each(people, async ({ town, login, key }) => void clients.set(key, await server.login(login, town)))
  for (const { name, logins } of towns) {
    objects.set(name, await survey(name))
    // Afterwards: the first Kontakt brings the access definition for everybody, where the town has none.
    organisations.set(name, await organisationOf(clientOf(`${name}/${logins[0]}`)))
  }
})
afterAll(async () => {
  await server.stop()
  await clamd.stop()
})

/** A request that gets past the form, and would change nothing even where it is allowed: its state is long gone. */
function probe(operation: Operation, id: string | undefined, harmless: boolean): Call {
  const call: Call = { nr: 1 }
  if (id !== undefined) call.id = id
  if (needsState(operation)) call.stand = 999_999
  const schema = operation.requestBody?.content?.['application/json']?.schema
  if (schema) call.body = harmless && !needsState(operation) ? {} : sample(schema, components, randomId)
  const named = operation.parameters.some((parameter) => parameter.name === 'dateiname')
  if (isUpload(operation)) Object.assign(call, { raw: 'x', query: harmless || !named ? {} : { dateiname: 'x.txt' } })
  const asked: Record<string, string> = { q: 'x', am: '2100-01-01', von: '2000-01-01' }
  for (const { name, in: where } of operation.parameters) if (where === 'query' && name in asked) call.query = { ...call.query, [name]: asked[name] ?? '' }
  for (const { name, in: where, required, schema: form } of operation.parameters) if (where === 'query' && required === true && call.query?.[name] === undefined && !isUpload(operation)) call.query = { ...call.query, [name]: String(sample(form, components, randomId)) }
  return call
}
// These end the session that the other questions need, or another person's; they are asked in anmeldung, zweitfaktor and organisation.
const ending = ['abmelden', 'ueberallAbmelden', 'personAbmelden', 'personFaktorenZuruecksetzen']

test('the documents are what the program prints', async () => {
  expect(read('docs/rechte.md')).toBe(await must(program, ['describe', 'rechte']))
  expect(read('docs/errors.md')).toBe(await must(program, ['describe', 'fehler']))
})

test('every route asks for a right that the table knows, or for a session', () => {
  const known = new Set([...rights.values()].flatMap((set) => [...set]))
  expect(operations.filter((operation) => operation['x-recht'] && !known.has(operation['x-recht'])).map((operation) => operation.operationId)).toEqual([])
  const unasked = operations.filter((operation) => operation.method !== 'GET' && !operation['x-recht']).map((operation) => operation.operationId)
  expect(unasked.sort(), 'changes that every signed-in person may make').toEqual(['abmelden', 'akteMerken', 'benachrichtigungSetzen', 'codesErneuern', 'dokumentMerken', 'faktorAnlegen', 'faktorAufgabe', 'faktorEntfernen', 'faktorNachweisen', 'kalenderBeenden', 'kalenderErneuern', 'netzMitgliedAngaben', 'netzMitgliedZustand', 'passwortAendern', 'rueckgaengig', 'schluesselBeginnen', 'sitzungBeenden', 'stapelAnlegen', 'stapelCsv', 'stapelRueckgaengig', 'stapelVorschau', 'sucheGesehen', 'sucheMerken', 'sucheVergessen', 'tokenAnlegen', 'tokenEntfernen', 'totpBeginnen', 'ueberallAbmelden', 'vertretungBeenden', 'vertretungSetzen', 'vorgangMerken'])
})

test('a session has the rights of its roles, and no others', () => {
  for (const person of people) expect(new Set(clientOf(person.key).session.rechte), person.key).toEqual(rightsOf(person))
})

test('without a session every route answers 401, whatever is asked', async () => {
  const stranger = server.client()
  for (const operation of operations) await stranger.refused('nicht_angemeldet', operation.operationId, probe(operation, randomId, false))
})

describe.each(people)('$key', (person) => {
  const wanted = (): Operation[] => operations.filter((operation) => !ending.includes(operation.operationId))
  const allowed = (operation: Operation): boolean => !operation['x-recht'] || rightsOf(person).has(operation['x-recht'])

  test('without the right every route answers 403, whether the object exists or not', async () => {
    const client = clientOf(person.key)
    await each(wanted().filter((operation) => !allowed(operation)), async (operation) => {
      const kind = kindOf(operation)
      const ids = kind ? [randomId, objects.get(person.town)?.[kind]?.[0].id, objects.get(other(person.town))?.[kind]?.[0].id] : [undefined]
      for (const id of ids) await client.refused('nicht_erlaubt', operation.operationId, probe(operation, id, true))
    })
  })
  test('with the right, an object of the other town is one that does not exist', async () => {
    const client = clientOf(person.key)
    await each(wanted().filter((operation) => allowed(operation) && kindOf(operation)), async (operation) => {
      const foreign = objects.get(other(person.town))?.[kindOf(operation) ?? '']?.[0].id
      expect(foreign, operation.operationId).toBeDefined()
      const [theirs, nobodys] = [await client.call(operation.operationId, probe(operation, foreign, false)), await client.call(operation.operationId, probe(operation, randomId, false))]
      expect(theirs.status, operation.operationId).toBe(404)
      expect(theirs.text, operation.operationId).toBe(nobodys.text)
    })
  })
  test('with the right, an object of the own town is there if its access reaches the person', async () => {
    const client = clientOf(person.key)
    const organisation = organisations.get(person.town) as Organisation
    await each(wanted().filter((operation) => allowed(operation) && kindOf(operation) && !isUpload(operation)), async (operation) => {
      const kind = kindOf(operation) ?? ''
      // Jobs and uploads are seen by the persons concerned alone: asked in auftraege and uploads.
      if (kind === 'token' || kind === 'auftraege' || kind === 'uploads' || kind === 'suchen' || operation.operationId === 'personPasswort') return
      for (const object of differing(objects.get(person.town)?.[kind] ?? [])) {
        const visible = !object.zugriff || kind === 'aktenplaneinheiten' || reach(organisation, client.session.person.id, object.zugriff.id) !== undefined
        const reply = await client.call(operation.operationId, probe(operation, object.id, false))
        const expected = !visible ? 404 : needsState(operation) ? 412 : 200
        // Of what one sees it may be said that nothing was made of it; of anything else not even that.
        const unmade = ['rendition', 'reinschrift', 'versandStueck', 'schwaerzung', 'akteEinsicht', 'vorgangEinsicht'].includes(operation.operationId) && reply.status === 404 && /^(Das|Diese Rendition) gibt es noch nicht\.$/.test(reply.json.detail)
        expect(unmade ? 200 : reply.status, `${operation.operationId} ${object.zugriff?.bezeichnung ?? ''} ${reply.text.slice(0, 200)}`).toBe(expected)
      }
    })
  })
  test('what is offered as allowed is what role and access allow', async () => {
    const client = clientOf(person.key)
    const organisation = organisations.get(person.town) as Organisation
    const mine = rightsOf(person)
    for (const kind of ['akten', 'vorgaenge', 'dokumente'])
      for (const object of differing(objects.get(person.town)?.[kind] ?? [])) {
        const level = reach(organisation, client.session.person.id, object.zugriff.id)
        if (!level) continue
        const seen = await client.ok({ akten: 'akte', vorgaenge: 'vorgang', dokumente: 'dokument' }[kind] ?? '', { id: object.id })
        if (level === 'lesen') expect(seen.darf, object.betreff).toEqual([])
        else expect(seen.darf.filter((right: string) => !mine.has(right)), object.betreff).toEqual([])
      }
  })
})

/** One object of each access definition, so that the questions stay few. */
function differing(list: Json[]): Json[] {
  const seen = new Map(list.map((object) => [object.zugriff?.id ?? '', object]))
  return [...seen.values()]
}

describe('references to objects of the other town', () => {
  const askers = ['auenbrueck/hoenicke', 'auenbrueck/nguyen', 'haselrode/maeder']
  test.each(askers)('%s: in bodies they are like ones that do not exist', async (key) => {
    const client = clientOf(key)
    const [town] = key.split('/') as [string]
    const mine = rightsOf({ town, key })
    const organisation = organisations.get(town) as Organisation
    const kinds: Record<string, string> = { akte: 'akten', vorgang: 'vorgaenge', ueber: 'organisationseinheiten', aktenplaneinheit: 'aktenplaneinheiten', zugriff: 'zugriffe', organisationseinheit: 'organisationseinheiten', bearbeitung: 'personen', personen: 'personen', traeger: 'personen', nach: 'akten', kontakt: 'kontakte', doppelt: 'kontakte', vertreter: 'personen', person: 'personen', dokumente: 'dokumente', vorgaenge: 'vorgaenge', id: 'vorgaenge', angaben: 'vorgaenge', objekte: 'akten', werte: 'feldarten', dokument: 'dokumente', schritt: 'schritte', schritte: 'schritte', laufweg: 'laufwege', registerblatt: 'vorgaenge', einheit: 'organisationseinheiten', ziel: 'organisationseinheiten', stellen: 'stellen', aktenplaneinheiten: 'aktenplaneinheiten', umlaufmappe: 'umlaufmappen', anmerkung: 'anmerkungen', vorlage: 'dokumentvorlagen', empfaenger: 'kontakte', antwortAuf: 'dokumente', weggelassen: 'dokumente', schwaerzungen: 'dokumente', praxis: 'praktiken', gegenueber: 'kooperationen' }
    let asked = 0
    for (const operation of operations) {
      const schema = operation.requestBody?.content?.['application/json']?.schema
      if (!schema || (operation['x-recht'] && !mine.has(operation['x-recht']))) continue
      const own = (objects.get(town)?.[kindOf(operation) ?? ''] ?? []).find((object) => !object.status || (object.status === 'inBearbeitung' && reach(organisation, client.session.person.id, object.zugriff.id) === 'bearbeiten'))
      if (kindOf(operation) && !own) continue
      const full = sample(schema, components, randomId, true)
      for (const name of Object.keys(full).filter((field) => JSON.stringify(full[field]).includes(randomId))) {
        const kind = name === 'ueber' && operation.path.includes('aktenplan') ? 'aktenplaneinheiten' : (kinds[name] ?? '')
        const foreign = objects.get(other(town))?.[kind]?.[0].id
        expect(foreign, `${operation.operationId} ${name}`).toBeDefined()
        const replies = []
        for (const reference of [foreign, randomId]) {
          const body = { ...sample(schema, components, randomId), [name]: JSON.parse(JSON.stringify(full[name]).replaceAll(randomId, reference)) }
          const call: Call = { body }
          if (own) call.id = own.id
          if (needsState(operation)) call.stand = own.stand
          replies.push(await client.call(operation.operationId, call))
        }
        // A preview leaves out what is not there.
        if (operation.operationId !== 'stapelVorschau') expect(replies[0]?.status, `${operation.operationId} ${name}`).toBeGreaterThanOrEqual(400)
        expect(replies[0]?.text, `${operation.operationId} ${name}`).toBe(replies[1]?.text)
        ++asked
      }
    }
    expect(asked).toBeGreaterThan(2)
  })
  test('in filters of lists too', async () => {
    const client = clientOf('auenbrueck/hoenicke')
    for (const [list, name, kind] of [['akten', 'aktenplaneinheit', 'aktenplaneinheiten'], ['vorgaenge', 'akte', 'akten']] as const) {
      const foreign = objects.get('haselrode')?.[kind]?.[0].id
      const [theirs, nobodys] = [await client.call(list, { query: { [name]: foreign } }), await client.call(list, { query: { [name]: randomId } })]
      expect([theirs.status, theirs.text]).toEqual([404, nobodys.text])
    }
  })
})
