// Need to know: nothing that a person may not read is told anywhere, by name, sign, text or number.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Client, Json } from './support/client'
import { each, type Organisation, organisationOf, reach, towns } from './support/rights'
import { Server } from './support/server'
import { one } from './support/town'

let server: Server
let organisation: Organisation
const clients = new Map<string, Client>()
const logins = towns[0]?.logins ?? []
const client = (login: string): Client => clients.get(login) as Client

/** Everything of the town, by the eyes of all together. */
const all = { akten: new Map<string, Json>(), vorgaenge: new Map<string, Json>(), dokumente: new Map<string, Json>() }
/** Words that stand in one secret text and nowhere else, with its Betreff. */
const secretWords = { Perlhuhnbrosche: 'beilage', Silberfischchenakte: 'silberfisch', Kellerasselgutachten: 'kellerassel', Ohrenkneiferprotokoll: 'ohr', Hornissengutachten: 'hornisse' }

async function survey(): Promise<void> {
  for (const login of logins) {
    const who = client(login)
    for (const akte of await who.all('akten')) all.akten.set(akte.id, akte)
    for (const vorgang of await who.all('vorgaenge')) {
      all.vorgaenge.set(vorgang.id, { ...all.vorgaenge.get(vorgang.id), ...vorgang }) // not all are told its Akte
      for (const { id } of await who.all('vorgangDokumente', { id: vorgang.id })) await detail(who, id)
    }
    for (const { id } of await who.all('posteingang')) await detail(who, id)
  }
}
async function detail(who: Client, id: string): Promise<void> {
  if (all.dokumente.has(id)) return
  const dokument = await who.ok('dokument', { id })
  all.dokumente.set(id, dokument)
  for (const anlage of dokument.anlagenListe) all.dokumente.set(anlage.id, await who.ok('dokument', { id: anlage.id }))
}

beforeAll(async () => {
  server = await Server.demo()
  await each(logins, async (login) => void clients.set(login, await server.login(login)))
  organisation = await organisationOf(client('nguyen'))
  await makeSecrets()
  await survey()
})
afterAll(() => server.stop())

/** Things that go astray easily: a narrowed Vorgang, one widened out of a secret Akte, moved Dokumente, an Anlage. */
async function makeSecrets(): Promise<void> {
  const hr = client('kuehnel')
  const registratur = client('hoenicke')
  const personal = await one(hr, 'zugriffe', 'bezeichnung', 'Personal (vertraulich)')
  const poststelle = await one(hr, 'zugriffe', 'bezeichnung', 'Posteingang Poststelle')
  const everybody = await one(hr, 'zugriffe', 'bezeichnung', 'Ämterübergreifend')
  const akte = await one(hr, 'akten', 'zeichen', '222-1')
  const secret = await hr.ok('vorgangAnlegen', { body: { akte: akte.id, betreff: 'Wasserlaeuferverfahren' } })
  const open = await one(registratur, 'vorgaenge', 'zeichen', '632-1/2026-2')
  // Lay in the secret Vorgang, and was moved into an open one: its old sign and place stay secret.
  const moved = await hr.upload('dokumentAnlegen', 'umgezogen.txt', 'Ein harmloser Brief', { id: secret.id })
  const hall = await one(hr, 'vorgaenge', 'zeichen', '142.20-1/2026-1')
  await hr.ok('dokumentAblegen', { id: moved.id, stand: moved.stand, body: { vorgang: hall.id } })
  await hr.upload('dokumentAnlegen', 'kellerassel.txt', 'Ein Kellerasselgutachten', { id: secret.id })
  const letter = await hr.upload('dokumentAnlegen', 'silberfisch.txt', 'In der Silberfischchenakte', { id: secret.id })
  await hr.upload('anlageAnlegen', 'beilage.txt', 'Die Perlhuhnbrosche', { id: letter.id })
  // A Vorgang of an open Akte, narrowed to the Poststelle.
  const narrowed = await registratur.ok('vorgangAnlegen', { body: { akte: open.akte.id, betreff: 'Ohrenkneiferprotokoll' } })
  await registratur.upload('dokumentAnlegen', 'ohr.txt', 'Das Ohrenkneiferprotokoll', { id: narrowed.id })
  await registratur.ok('vorgangZugriff', { id: narrowed.id, stand: (await registratur.ok('vorgang', { id: narrowed.id })).stand, body: { zugriff: poststelle.id } })
  // A Dokument of an open Vorgang, narrowed to the Poststelle, with an Anlage and behind a Registerblatt.
  const hornet = await registratur.upload('dokumentAnlegen', 'hornisse.txt', 'Das Hornissengutachten', { id: open.id })
  await registratur.upload('anlageAnlegen', 'wabenbild.txt', 'Ein Bild der Waben', { id: hornet.id })
  const blatt = (await registratur.ok('vorgangRegisterAnlegen', { id: open.id, stand: (await registratur.ok('vorgang', { id: open.id })).stand, body: { bezeichnung: 'Gutachten' } })).eintraege[0]
  const laid = await registratur.ok('dokumentGliedern', { id: hornet.id, stand: (await registratur.ok('dokument', { id: hornet.id })).stand, body: { registerblatt: blatt.id } })
  await registratur.ok('dokumentZugriff', { id: hornet.id, stand: laid.stand, body: { zugriff: poststelle.id } })
  // A Vorgang of the secret Akte, opened to everybody: the Akte stays secret.
  const widened = await client('kuehnel').ok('vorgangAnlegen', { body: { akte: akte.id, betreff: 'Betriebsausflug' } })
  await hr.ok('vorgangZugriff', { id: widened.id, stand: widened.stand, body: { zugriff: everybody.id } })
  expect(personal.id).toBe(akte.zugriff.id)
}

interface Sight {
  akten: Set<string>
  vorgaenge: Set<string>
  dokumente: Set<string>
}
/** What a person may see, by the rules and not by the program. */
function sightOf(who: Client): Sight {
  const seen = (map: Map<string, Json>): Set<string> =>
    new Set([...map.values()].filter((object) => reach(organisation, who.session.person.id, object.zugriff.id)).map((object) => object.id))
  return { akten: seen(all.akten), vorgaenge: seen(all.vorgaenge), dokumente: seen(all.dokumente) }
}

/** Ids, signs and subjects of what the person may not see, as they would stand in a reply. */
function forbiddenWords(sight: Sight): RegExp {
  const hidden = (Object.keys(all) as (keyof Sight)[]).flatMap((kind) => [...all[kind].values()].filter((object) => !sight[kind].has(object.id)))
  const shown = (Object.keys(all) as (keyof Sight)[]).flatMap((kind) => [...all[kind].values()].filter((object) => sight[kind].has(object.id)))
  const subjects = shown.map((object) => object.betreff).join('\n') // a letter may well name a sign that its reader cannot follow
  const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/gu, '\\$&')
  const words = hidden.flatMap((object) => [escape(object.id), ...(subjects.includes(object.betreff) ? [] : [`(?<!\\p{L})${escape(object.betreff)}(?!\\p{L})`]), ...(object.zeichen && !subjects.includes(object.zeichen) ? [`(?<![\\d./-])${escape(object.zeichen)}(?![\\d/-])`] : [])])
  return new RegExp([...words, 'never-said'].join('|'), 'iu')
}

describe.each(logins)('%s', (login) => {
  let who: Client
  let sight: Sight
  let forbidden: RegExp
  const heard: string[] = []
  /** Calls, and remembers every word of the answer. */
  const ask = async (id: string, call = {}): Promise<Json> => {
    const reply = await who.call(id, call)
    heard.push(reply.text)
    return reply.json
  }
  beforeAll(() => {
    who = client(login)
    sight = sightOf(who)
    forbidden = forbiddenWords(sight)
  })

  test('lists hold exactly what the rules allow, and numbers count no more', async () => {
    const akten = await who.all('akten')
    const vorgaenge = await who.all('vorgaenge')
    expect(new Set(akten.map((akte) => akte.id))).toEqual(sight.akten)
    expect(new Set(vorgaenge.map((vorgang) => vorgang.id))).toEqual(sight.vorgaenge)
    for (const akte of akten) {
      expect(akte.vorgaenge, akte.zeichen).toBe((await who.all('vorgaenge', { query: { akte: akte.id } })).length)
      expect(akte.vorgaenge, akte.zeichen).toBe([...all.vorgaenge.values()].filter((v) => sight.vorgaenge.has(v.id) && v.akte?.id === akte.id).length)
    }
    const dokumente: string[] = []
    for (const vorgang of vorgaenge) {
      const lying = await who.all('vorgangDokumente', { id: vorgang.id })
      expect(vorgang.dokumente, vorgang.zeichen).toBe(lying.length)
      dokumente.push(...lying.map((dokument) => dokument.id))
    }
    const waiting = await who.all('posteingang')
    expect((await ask('posteingang')).anzahl).toBe(waiting.length)
    expect((await ask('heute')).posteingang).toBe(waiting.length)
    const tops = [...all.dokumente.values()].filter((dokument) => sight.dokumente.has(dokument.id) && !dokument.uebergeordnet)
    const outside = tops.filter((dokument) => dokument.vorgang && !sight.vorgaenge.has(dokument.vorgang.id))
    expect(new Set([...dokumente, ...waiting.map((dokument) => dokument.id)])).toEqual(new Set(tops.filter((dokument) => !outside.includes(dokument)).map((dokument) => dokument.id)))
    const plan = await ask('aktenplan')
    for (const entry of plan.eintraege) expect(entry.akten, entry.kennzeichen).toBe(akten.filter((akte) => akte.aktenplaneinheit.id === entry.id).length)
    heard.push(JSON.stringify([akten, vorgaenge, waiting]))
  })

  test('search finds, counts and quotes only what may be read', async () => {
    for (const q of ['Preuß', '222-1', 'Personalakte', 'René', 'der', 'die']) {
      const page = await who.ok('suche', { query: { q, limit: 200 } })
      const found = await who.all('suche', { query: { q } })
      expect(page.anzahl, q).toBe(found.length)
      for (const hit of found) expect(sight.dokumente.has(hit.dokument.id), `${q}: ${hit.dokument.betreff}`).toBe(true)
      // What a readable letter says is no secret, even if it cites a sign.
      heard.push(JSON.stringify(found, (key, value: unknown) => (key === 'ausschnitt' ? undefined : value)))
    }
    for (const q of ['Preuß', '222-1', 'Personalakte', 'Wasserlaeufer*', 'der', 'az:222-1', 'akte:222-1', 'in:Personal', 'typ:akte', 'typ:eingang', ...Object.keys(secretWords)]) {
      const { facetten, objekte, anzahl } = await who.ok('suche', { query: { q, facetten: true } })
      for (const entry of objekte) expect((entry.art === 'akte' ? sight.akten : sight.vorgaenge).has(entry.id), `${q}: ${entry.betreff}`).toBe(true)
      for (const values of Object.values(facetten) as Json[][]) for (const value of values) expect(value.anzahl, `${q}: ${value.frage}`).toBeGreaterThan(0)
      if (!q.startsWith('typ:')) expect(facetten.dokumentart.reduce((sum: number, value: Json) => sum + value.anzahl, 0), q).toBe(anzahl)
      heard.push(JSON.stringify([facetten, objekte]))
    }
    for (const [word, betreff] of Object.entries(secretWords)) {
      const mine = [...all.dokumente.values()].some((dokument) => dokument.betreff === betreff && sight.dokumente.has(dokument.id))
      for (const q of [word, `${word.slice(0, 9)}*`, `"${word}"`]) expect((await ask('suche', { query: { q } })).anzahl, q).toBe(mine ? 1 : 0)
    }
  })

  test('suggestions name only what may be read', async () => {
    for (const q of [...Object.keys(secretWords).map((word) => word.slice(0, 5)), 'Wasserl', 'Personal', '222', '222-1', '632-1', 'Betriebs', 'a', 'b', 'p', 'w']) {
      for (const entry of (await ask('vorschlaege', { query: { q } })).eintraege)
        if (entry.art !== 'aktenplaneinheit') expect((entry.art === 'akte' ? sight.akten : sight.vorgaenge).has(entry.id), `${q}: ${entry.betreff}`).toBe(true)
    }
  })

  test('what is hidden answers like what does not exist, and histories are silent about it', async () => {
    for (const [kind, one, history] of [['akten', 'akte', 'akteHistorie'], ['vorgaenge', 'vorgang', 'vorgangHistorie'], ['dokumente', 'dokument', 'dokumentHistorie']] as const)
      await each(all[kind].values(), async (object) => {
        const visible = sight[kind].has(object.id)
        const reply = await who.call(one, { id: object.id })
        expect(reply.status, object.betreff).toBe(visible ? 200 : 404)
        heard.push(reply.text)
        if (!visible) return void (await who.refused('nicht_gefunden', history, { id: object.id }))
        for (const entry of await who.all(history, { id: object.id })) heard.push(JSON.stringify(entry))
        // Pages are as long as they may be: a short one would tell of something between.
        const page = await who.ok(history, { id: object.id, query: { limit: 2 } })
        if (page.nach !== undefined) expect(page.eintraege).toHaveLength(2)
      })
    for (const entry of (await who.ok('aktenplan')).eintraege.filter((e: Json) => /^22|^63/.test(e.kennzeichen))) heard.push(JSON.stringify(await who.ok('aktenplaneinheitHistorie', { id: entry.id })))
  })

  test('refusals do not tell either', async () => {
    const hiddenVorgang = [...all.vorgaenge.values()].find((vorgang) => !sight.vorgaenge.has(vorgang.id))
    const own = [...all.dokumente.values()].find((dokument) => sight.dokumente.has(dokument.id))
    if (hiddenVorgang && own) await ask('dokumentAblegen', { id: own.id, stand: (await who.ok('dokument', { id: own.id })).stand, body: { vorgang: hiddenVorgang.id } })
    const hiddenAkte = [...all.akten.values()].find((akte) => !sight.akten.has(akte.id))
    if (hiddenAkte) await ask('vorgangAnlegen', { body: { akte: hiddenAkte.id, betreff: 'x' } })
    if (hiddenAkte) await ask('vorgaenge', { query: { akte: hiddenAkte.id } })
    const open = await one(who, 'aktenplan', 'kennzeichen', '632')
    await ask('aktenplaneinheit', { id: open.id })
  })

  test('past moments, differences and transitions are asked for too', async () => {
    const [past, since] = [{ am: '2100-01-01' }, { von: '2000-01-01' }]
    for (const { id } of await who.all('akten'))
      for (const [call, query] of [['akteStand', past], ['akteStandVorgaenge', past], ['akteUnterschied', since], ['akteUebergaenge', {}]] as const) expect(await ask(call, { id, query }), call).not.toHaveProperty('code')
    for (const { id } of await who.all('vorgaenge'))
      for (const [call, query] of [['vorgangStand', past], ['vorgangStandDokumente', past], ['vorgangUnterschied', since], ['vorgangUebergaenge', {}]] as const) expect(await ask(call, { id, query }), call).not.toHaveProperty('code')
    expect(await ask('loeschungen')).toHaveProperty('eintraege')
  })
  test('nothing that was heard names what is hidden', () => {
    expect(heard.length).toBeGreaterThan(50)
    for (const text of heard) {
      const slip = forbidden.exec(text)
      expect(slip === null ? '' : text.slice(Math.max(0, slip.index - 300), slip.index + 200), `„${slip?.[0]}“`).toBe('')
    }
  })
})

test('the secrets are secrets: the one sees them, the other does not', () => {
  const mine = sightOf(client('kuehnel'))
  const theirs = sightOf(client('grossmann'))
  const named = (sight: Sight): string[] => [...all.vorgaenge.values()].filter((vorgang) => sight.vorgaenge.has(vorgang.id)).map((vorgang) => vorgang.betreff)
  expect(named(mine)).toEqual(expect.arrayContaining(['Wasserlaeuferverfahren', 'Betriebsausflug']))
  expect(named(theirs)).toContain('Betriebsausflug')
  expect(named(theirs)).not.toContain('Wasserlaeuferverfahren')
  expect(named(sightOf(client('hoenicke')))).toContain('Ohrenkneiferprotokoll')
  expect([...all.akten.values()].filter((akte) => !theirs.akten.has(akte.id)).map((akte) => akte.zeichen)).toContain('222-1')
})
