// The second factor: codes of an app, security keys, codes to use once; who must have one; what changing one does.
import { generateKeyPairSync } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { calm, code, type Lie, SecurityKey } from './support/authenticator'
import type { Client, Json } from './support/client'
import { Place } from './support/place'
import { PostServer } from './support/post'
import { command, Server } from './support/server'

const origin = 'https://akten.auenbrueck.example'
const passwort = 'lotse-demo'
let server: Server
let post: PostServer
let admin: Client
beforeAll(async () => {
  post = await PostServer.start('aktenlotse', 'ein-Mailpasswort')
  const place = await Place.make(true)
  const secret = join(place.folder, 'smtp.txt')
  writeFileSync(secret, 'ein-Mailpasswort\n')
  server = await Server.start(place, '--demo', '--adresse', origin, '--smtp-host', '127.0.0.1', '--smtp-port', `${post.port}`, '--smtp-verschluesselung', 'keine', '--smtp-benutzer', 'aktenlotse', '--smtp-passwort-datei', secret, '--smtp-absender', 'akte@auenbrueck.example')
  admin = await server.login('nguyen')
})
afterAll(async () => {
  await server.stop()
  await post.stop()
})

let people = 0
/** A person nobody else uses, so that codes and locks of one test do not meet another's. */
async function somebody(stelle = false): Promise<{ name: string; id: string }> {
  const name = `faktor-${++people}`
  const person = await admin.ok('personAnlegen', { body: { vorname: 'Frauke', nachname: `Probe ${name}`, anmeldename: name, email: `${name}@auenbrueck.example`, passwort: 'erstes-vom-Amt' } })
  const client = server.client()
  await client.login('auenbrueck', name, 'erstes-vom-Amt')
  await client.choosePassword('erstes-vom-Amt', passwort)
  await client.ok('abmelden')
  if (stelle) {
    const posten = (await admin.ok('stellen')).eintraege.find((one: Json) => one.rollen.includes('DA'))
    await admin.ok('stelleBesetzen', { id: posten.id, stand: posten.stand, body: { personen: [...posten.personen.map((one: Json) => one.id), person.id] } })
  }
  return { name, id: person.id }
}
const half = (name: string): Promise<Client> => server.login(name)
/** The cookie that a reply gives: a new session. */
function take(client: Client, reply: { headers: Headers }): Client {
  const cookie = reply.headers.get('set-cookie')
  if (cookie !== null) client.cookie = cookie.split(';')[0] ?? ''
  return client
}
async function full(client: Client): Promise<Client> {
  client.session = await client.ok('sitzung')
  client.csrf = client.session.csrf
  return client
}
/** Sets up an app; the code that proves it is of the half minute before, so that later ones are still free. */
async function withApp(client: Client): Promise<{ secret: string; codes: string[] }> {
  await calm()
  const app = await client.ok('totpBeginnen', { body: { passwort } })
  const reply = await client.call('faktorAnlegen', { body: { art: 'totp', bezeichnung: 'Telefon', code: code(app.geheimnis, -1) } })
  expect(reply.status, reply.text).toBe(200)
  if (take(client, reply).session?.offen) await full(client)
  return { secret: app.geheimnis, codes: reply.json.codes }
}
async function withKey(client: Client, bezeichnung = 'Schlüssel'): Promise<{ key: SecurityKey; id: string; codes: string[] }> {
  const key = new SecurityKey('akten.auenbrueck.example', origin)
  const asked = await client.ok('schluesselBeginnen', { body: { passwort } })
  const made = await client.ok('faktorAnlegen', { body: { art: 'schluessel', bezeichnung, ...key.create(asked.aufgabe) } })
  return { key, id: made.id, codes: made.codes }
}
async function prove(client: Client, body: Json): Promise<Client> {
  const reply = await client.call('faktorNachweisen', { body })
  expect(reply.status, reply.text).toBe(204)
  return full(take(client, reply))
}

describe('codes of an app', () => {
  test('a login takes the password and then the code; before it there are no rights', async () => {
    const { name } = await somebody(true)
    const owner = await server.login(name)
    const { secret, codes } = await withApp(owner)
    expect(codes).toHaveLength(10)
    const client = await half(name)
    expect(client.session).toMatchObject({ offen: { art: 'faktor', faktoren: ['totp'] }, rechte: [], rollen: [], stellen: [] })
    for (const id of ['sitzung', 'heute', 'personen', 'posteingang']) await client.refused('nicht_angemeldet', id)
    await client.refused('nicht_angemeldet', 'tokenAnlegen', { body: { bezeichnung: 'x', umfang: 'lesen', ende: '2027-01-01' } })
    await client.refused('nicht_angemeldet', 'passwortAendern', { body: { alt: passwort, neu: 'ein anderes Passwort' } })
    // It cannot change factors either: that would be a way around the proof.
    for (const id of ['totpBeginnen', 'schluesselBeginnen']) await client.refused('nicht_erlaubt', id, { body: { passwort } })
    await client.refused('nicht_erlaubt', 'faktoren')
    await client.refused('nicht_angemeldet', 'codesErneuern', { body: { passwort } })
    expect((await client.refused('eingabe_ungueltig', 'faktorNachweisen', { body: { code: '000000' } })).feld).toBe('code')
    await client.refused('eingabe_ungueltig', 'faktorNachweisen', { body: {} })
    const before = client.cookie
    await prove(client, { code: code(secret) })
    expect(client.cookie, 'a new secret').not.toBe(before)
    expect(client.session.rechte).toContain('personPflegen')
    expect(client.session).not.toHaveProperty('offen')
    const old = server.client()
    old.cookie = before
    await old.refused('nicht_angemeldet', 'sitzung')
  })
  test('no code counts twice, and none of long ago', async () => {
    const { name } = await somebody()
    const { secret } = await withApp(await server.login(name))
    const used = code(secret)
    await prove(await half(name), { code: used })
    await (await half(name)).refused('eingabe_ungueltig', 'faktorNachweisen', { body: { code: used } })
    await (await half(name)).refused('eingabe_ungueltig', 'faktorNachweisen', { body: { code: code(secret, -1) } })
    await (await half(name)).refused('eingabe_ungueltig', 'faktorNachweisen', { body: { code: code(secret, 5) } })
    await prove(await half(name), { code: code(secret, 1) })
  })
  test('ten wrong codes close the second step for a while, even with the right one, and not the password', async () => {
    const { name } = await somebody()
    const { secret } = await withApp(await server.login(name))
    const client = await half(name)
    for (let i = 0; i < 10; ++i) await client.refused('eingabe_ungueltig', 'faktorNachweisen', { body: { code: '00000x' } })
    await client.refused('zu_viele_versuche', 'faktorNachweisen', { body: { code: code(secret) } })
    await (await half(name)).refused('zu_viele_versuche', 'faktorNachweisen', { body: { code: code(secret) } })
  })
  test('each of the ten codes opens once; new ones void them', async () => {
    const { name } = await somebody()
    const { codes } = await withApp(await server.login(name))
    for (const one of codes) expect(one).toMatch(/^([A-Z2-7]{4}-){5}[A-Z2-7]{4}$/)
    const client = await prove(await half(name), { code: codes[0] })
    expect((await client.ok('faktoren')).codes).toBe(9)
    await (await half(name)).refused('eingabe_ungueltig', 'faktorNachweisen', { body: { code: codes[0] } })
    await prove(await half(name), { code: (codes[1] ?? '').toLowerCase().replaceAll('-', ' ') })
    const now = (await client.ok('codesErneuern', { body: { passwort } })).codes
    await (await half(name)).refused('eingabe_ungueltig', 'faktorNachweisen', { body: { code: codes[2] } })
    await prove(await half(name), { code: now[2] })
    const stored = await server.place.sql('SELECT code_hash FROM wiederherstellungscode')
    for (const one of now) for (const form of [one, one.replaceAll('-', '')]) expect(stored).not.toContain(form)
  })
  test('the key is shown once, and only with the password', async () => {
    const { name } = await somebody()
    const client = await server.login(name)
    expect((await client.refused('eingabe_ungueltig', 'totpBeginnen', { body: { passwort: 'falsch' } })).feld).toBe('passwort')
    const app = await client.ok('totpBeginnen', { body: { passwort } })
    expect(app.geheimnis).toMatch(/^[A-Z2-7]{32}$/)
    expect(app.adresse).toContain(`secret=${app.geheimnis}`)
    expect(app.pfad).toMatch(/^M/)
    expect((await client.refused('eingabe_ungueltig', 'faktorAnlegen', { body: { art: 'totp', bezeichnung: 'x', code: '123' } })).feld).toBe('code')
    await client.ok('faktorAnlegen', { body: { art: 'totp', bezeichnung: 'Telefon', code: code(app.geheimnis) } })
    // What was begun is done with: the same again needs a new key.
    await client.refused('konflikt', 'faktorAnlegen', { body: { art: 'totp', bezeichnung: 'Telefon', code: code(app.geheimnis, 1) } })
    const list = JSON.stringify(await client.ok('faktoren'))
    expect(list).not.toContain(app.geheimnis)
    expect(server.log).not.toContain(app.geheimnis)
  })
})

describe('security keys', () => {
  test('several, with names, each opens; one that is removed does not', async () => {
    const { name } = await somebody()
    const owner = await server.login(name)
    const one = await withKey(owner, 'am Bund')
    const two = await withKey(owner, 'im Tresor')
    expect([one.codes.length, two.codes.length]).toEqual([10, 0])
    expect((await owner.ok('faktoren')).eintraege.map((entry: Json) => entry.bezeichnung)).toEqual(['am Bund', 'im Tresor'])
    for (const { key } of [one, two]) {
      const client = await half(name)
      expect(client.session.offen).toEqual({ art: 'faktor', faktoren: ['schluessel'] })
      const asked = await client.ok('faktorAufgabe')
      expect(asked).toMatchObject({ partei: 'akten.auenbrueck.example', schluessel: [one.key.id, two.key.id] })
      await prove(client, { schluessel: key.get(asked.aufgabe) })
    }
    await owner.ok('faktorEntfernen', { id: one.id, body: { passwort } })
    const client = await half(name)
    const asked = await client.ok('faktorAufgabe')
    expect(asked.schluessel).toEqual([two.key.id])
    await client.refused('eingabe_ungueltig', 'faktorNachweisen', { body: { schluessel: one.key.get(asked.aufgabe) } })
  })
  test('what is not the answer to this question, for this address, from this key, opens nothing', async () => {
    const { name } = await somebody()
    const { key } = await withKey(await server.login(name))
    const other = new SecurityKey('akten.auenbrueck.example', origin)
    const client = await half(name)
    const lies: Lie[] = [
      { type: 'webauthn.create' },
      { challenge: Buffer.alloc(32).toString('base64url') },
      { origin: 'https://akten.auenbrueck.example.boese.example' },
      { origin: 'http://akten.auenbrueck.example' },
      { rp: 'boese.example' },
      { flags: 0 },
      { count: 0, key: other.private },
      { key: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey },
    ]
    for (const lie of lies) {
      const asked = await client.ok('faktorAufgabe')
      expect((await client.refused('eingabe_ungueltig', 'faktorNachweisen', { body: { schluessel: key.get(asked.aufgabe, lie) } })).feld, JSON.stringify(lie)).toBe('schluessel')
    }
    const asked = await client.ok('faktorAufgabe')
    const right = key.get(asked.aufgabe)
    await client.refused('konflikt', 'faktorNachweisen', { body: { schluessel: { ...right, signatur: '!' } } })
    // The question is gone with its first answer, whatever that was.
    await client.refused('konflikt', 'faktorNachweisen', { body: { schluessel: right } })
  })
  test('a copied key is found by its count', async () => {
    const { name } = await somebody()
    const { key } = await withKey(await server.login(name))
    const client = await half(name)
    await prove(client, { schluessel: key.get((await client.ok('faktorAufgabe')).aufgabe) })
    const again = await half(name)
    const problem = await again.refused('eingabe_ungueltig', 'faktorNachweisen', { body: { schluessel: key.get((await again.ok('faktorAufgabe')).aufgabe, { count: 1 }) } })
    expect(problem.detail).toContain('kopiert')
  })
  test('registering asks the same: question, address, touch', async () => {
    const { name } = await somebody()
    const client = await server.login(name)
    const key = new SecurityKey('akten.auenbrueck.example', origin)
    for (const lie of [{ type: 'webauthn.get' }, { challenge: 'AAAA' }, { origin: 'https://boese.example' }, { rp: 'boese.example' }, { flags: 0x40 }]) {
      const asked = await client.ok('schluesselBeginnen', { body: { passwort } })
      await client.refused('eingabe_ungueltig', 'faktorAnlegen', { body: { art: 'schluessel', bezeichnung: 'x', ...key.create(asked.aufgabe, lie) } })
      await client.refused('konflikt', 'faktorAnlegen', { body: { art: 'schluessel', bezeichnung: 'x', ...key.create(asked.aufgabe) } })
    }
    const asked = await client.ok('schluesselBeginnen', { body: { passwort } })
    for (const authenticatorData of ['!', 'AAAA']) {
      await client.call('faktorAnlegen', { body: { art: 'schluessel', bezeichnung: 'x', clientData: key.create(asked.aufgabe).clientData, authenticatorData } })
    }
    expect((await client.ok('faktoren')).eintraege).toEqual([])
  })
})

describe('who must have one', () => {
  test('an administrator sets it after an own one; whoever has none sets one up at the next login', async () => {
    const { name } = await somebody(true)
    const { name: clerk } = await somebody()
    const boss = await server.login(name)
    const before = await boss.ok('faktorpflicht')
    expect(before.pflicht).toBe('freiwillig')
    await boss.refused('konflikt', 'faktorpflichtSetzen', { stand: before.stand, body: { pflicht: 'administration' } })
    const { secret } = await withApp(boss)
    await admin.ok('sitzung')
    const after = await boss.ok('faktorpflichtSetzen', { stand: before.stand, body: { pflicht: 'administration' } })
    await boss.refused('veraltet', 'faktorpflichtSetzen', { stand: before.stand, body: { pflicht: 'alle' } })
    expect((await boss.ok('mandant')).zweiterFaktor).toBe('administration')
    await admin.refused('nicht_angemeldet', 'sitzung')
    expect((await server.login(clerk)).session).not.toHaveProperty('offen')

    const client = await half('nguyen')
    expect(client.session).toMatchObject({ offen: { art: 'einrichten', faktoren: [] }, rechte: [] })
    await client.refused('nicht_angemeldet', 'personen')
    await client.refused('konflikt', 'faktorNachweisen', { body: { code: '123456' } })
    expect(await client.ok('faktoren')).toMatchObject({ eintraege: [], pflicht: true, schluesselMoeglich: true })
    await withApp(client)
    expect((await client.ok('sitzung')).rechte).toContain('personPflegen')
    const id = (await client.ok('faktoren')).eintraege[0].id
    await client.refused('konflikt', 'faktorEntfernen', { id, body: { passwort } })

    const all = await boss.ok('faktorpflichtSetzen', { stand: after.stand, body: { pflicht: 'alle' } })
    expect((await server.login(clerk)).session.offen.art).toBe('einrichten')
    await boss.ok('faktorpflichtSetzen', { stand: all.stand, body: { pflicht: 'freiwillig' } })
    await client.ok('faktorEntfernen', { id, body: { passwort } })
    expect((await server.login(clerk)).session).not.toHaveProperty('offen')
    await prove(await half(name), { code: code(secret) })
    admin = await server.login('nguyen')
  })
  test('who may not keep people may not set it, and other towns are not touched', async () => {
    const clerk = await server.login('grossmann')
    await clerk.refused('nicht_erlaubt', 'faktorpflicht')
    await clerk.refused('nicht_erlaubt', 'faktorpflichtSetzen', { stand: 1, body: { pflicht: 'alle' } })
    expect((await server.login('maeder', 'haselrode')).session).not.toHaveProperty('offen')
  })
})

describe('changes', () => {
  test('a new or removed factor ends the other sessions of the person, and nobody else’s', async () => {
    const { name } = await somebody()
    const owner = await server.login(name)
    const elsewhere = await server.login(name)
    const other = await server.login('grossmann')
    await withKey(owner)
    await elsewhere.refused('nicht_angemeldet', 'sitzung')
    await owner.ok('sitzung')
    await other.ok('sitzung')
  })
  test('an administrator resets what is lost: journalled, told by mail, and all sessions end', async () => {
    const { name, id } = await somebody()
    const owner = await server.login(name)
    const { codes } = await withApp(owner)
    expect(await admin.ok('personFaktorenZuruecksetzen', { id })).toEqual({ benachrichtigt: true })
    await owner.refused('nicht_angemeldet', 'sitzung')
    const again = await server.login(name)
    expect(again.session).not.toHaveProperty('offen')
    expect(await again.ok('faktoren')).toMatchObject({ eintraege: [], codes: 0 })
    expect(codes).toHaveLength(10)
    const history = (await admin.ok('personHistorie', { id })).eintraege.map((entry: Json) => entry.satz)
    expect(history[0]).toMatch(/hat die zweiten Faktoren von .* zurückgesetzt\.$/)
    expect(history[1]).toMatch(/hat einen zweiten Faktor für .* eingerichtet\.$/)
    await expect.poll(() => post.mails.filter((mail) => mail.to.includes(`${name}@auenbrueck.example`)).map((mail) => mail.text).join(), { timeout: 30_000 }).toContain('zurückgesetzt')
    await (await server.login('grossmann')).refused('nicht_erlaubt', 'personFaktorenZuruecksetzen', { id })
    const stranger = await server.login('maeder', 'haselrode')
    await admin.refused('nicht_gefunden', 'personFaktorenZuruecksetzen', { id: stranger.session.person.id })
  })
  test('a token is not asked for a factor, and changes none', async () => {
    const { name } = await somebody()
    const owner = await server.login(name)
    const token = owner.withToken((await owner.ok('tokenAnlegen', { body: { bezeichnung: 'x', umfang: 'schreiben', ende: '2027-06-30' } })).geheimnis)
    for (const id of ['totpBeginnen', 'schluesselBeginnen', 'codesErneuern']) await token.refused('nicht_erlaubt', id, { body: { passwort } })
    await withApp(owner)
    await token.ok('faktoren')
  })
  test('wrong passwords there are counted as at the login', async () => {
    const { name } = await somebody()
    const owner = await server.login(name)
    for (let i = 0; i < 10; ++i) await owner.refused('eingabe_ungueltig', 'totpBeginnen', { body: { passwort: `falsch ${i}` } })
    await owner.refused('zu_viele_versuche', 'totpBeginnen', { body: { passwort } })
    await server.client().refused('zu_viele_versuche', 'anmelden', { body: { mandant: 'auenbrueck', name, passwort } })
  })
})

test('an address that keys cannot be for is refused when the server starts', async () => {
  for (const adresse of ['akten.example', 'http://akten.example', 'https://192.0.2.1', 'https://Akten.example', 'https://a.example/pfad', 'https://x@a.example']) {
    const result = await command(server.place, 'serve', '--port', '0', '--adresse', adresse)
    expect(result.code, adresse).not.toBe(0)
    expect(result.stderr, adresse).toContain('--adresse braucht')
  }
})
