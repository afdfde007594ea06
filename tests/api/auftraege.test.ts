// Work in the background, as the administrator sees it, and mail as a mail server gets it.
import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Client, Json } from './support/client'
import { PostServer } from './support/post'
import { command, Server } from './support/server'

let server: Server
let post: PostServer
let admin: Client
let clerk: Client

beforeAll(async () => {
  post = await PostServer.start('aktenlotse', 'ein-Mailpasswort')
  const place = await (await import('./support/place')).Place.make(true)
  const secret = join(place.folder, 'smtp.txt')
  writeFileSync(secret, 'ein-Mailpasswort\n')
  server = await Server.start(place, '--smtp-host', '127.0.0.1', '--smtp-port', `${post.port}`, '--smtp-verschluesselung', 'keine', '--smtp-benutzer', 'aktenlotse', '--smtp-passwort-datei', secret, '--smtp-absender', 'akte@auenbrueck.example')
  admin = await server.login('nguyen')
  clerk = await server.login('grossmann')
})
afterAll(async () => {
  await server.stop()
  await post.stop()
})

/** What another part of the program would put into its transaction. */
async function ask(art: string, nutzlast: Json, person = 0, ab = 0): Promise<string> {
  const id = randomUUID()
  await server.place.sql(
    `INSERT INTO auftrag (mandant, id, uuid, art, fassung, nutzlast, status, vorrang, versuch, ab, abbruch, fortschritt, gesamt, hinweis, person, angelegt) SELECT 1, COALESCE(MAX(id), 0) + 1, '${id}', '${art}', 1, '${JSON.stringify(nutzlast)}', 'wartet', 0, 0, ${ab}, 0, 0, 0, '', ${person}, 1700000000000000 FROM auftrag WHERE mandant = 1`,
  )
  await server.place.sql(`INSERT INTO auftrag_wecker (mandant, ab) VALUES (1, ${ab}) ON CONFLICT (mandant) DO UPDATE SET ab = ${ab}`)
  return id
}
async function ended(id: string): Promise<Json> {
  for (;;) {
    const job = await admin.ok('auftrag', { id })
    if (!['wartet', 'laeuft'].includes(job.status)) return job
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
const farAway = 4_000_000_000_000_000

test('mail arrives with its letters whole, under a name that stays the same', async () => {
  const betreff = 'Prüfung der Spielplätze an der Großen Straße und am Föhrenweg – bitte bis Freitag'
  const text = 'Guten Tag,\n\nim Vorgang 632.10-4/2026 liegt etwas Neues: Grüße aus der Süßwarenstraße.'
  const id = await ask('mail', { an: 'anna@auenbrueck.example', betreff, text })
  expect(await ended(id)).toMatchObject({ status: 'erledigt', bezeichnung: 'Mail senden', label: 'Send mail', versuch: 1 })
  const mail = post.mails.find((one) => one.raw.includes(id)) as (typeof post.mails)[number]
  expect([mail.from, mail.to]).toEqual(['akte@auenbrueck.example', ['anna@auenbrueck.example']])
  expect(mail.raw).toContain(`Message-ID: <${id}@auenbrueck.example>`)
  expect(mail.raw).toContain('Auto-Submitted: auto-generated')
  expect(mail.raw.split('\r\n').every((line) => line.length <= 78)).toBe(true)
  expect(mail.subject).toBe(betreff)
  expect(mail.text).toBe(text.replaceAll('\n', '\r\n'))
})

test('a server that refuses for now is asked again; one that refuses the address is not', async () => {
  const refused = await ended(await ask('mail', { an: 'niemand@auenbrueck.example', betreff: 'x', text: 'x' }))
  expect(refused).toMatchObject({ status: 'gescheitert', versuch: 1 })
  expect(refused.hinweis).toContain('550')
  const line = await ended(await ask('mail', { an: 'a@b.example\r\nRCPT TO:<c@d.example>', betreff: 'x', text: 'x' }))
  expect(line).toMatchObject({ status: 'gescheitert', hinweis: 'Das ist keine Mailadresse.' })

  const later = await ask('mail', { an: 'spaeter@auenbrueck.example', betreff: 'x', text: 'x' })
  let job = await admin.ok('auftrag', { id: later })
  while (job.versuch === 0 || job.status === 'laeuft') job = await admin.ok('auftrag', { id: later })
  expect(job).toMatchObject({ status: 'wartet', versuch: 1 })
  expect(Date.parse(job.ab)).toBeGreaterThan(Date.parse(job.begonnen))
  expect((await admin.ok('auftragAbbrechen', { id: later })).status).toBe('abgebrochen')
})

test('the administrator lists, repeats and cancels; others see their own', async () => {
  const waiting = await ask('mail', { an: 'x@auenbrueck.example', betreff: 'x', text: 'x' }, 0, farAway)
  const person = Number(await server.place.sql("SELECT id FROM person WHERE mandant = 1 AND anmeldename = 'grossmann'"))
  const own = await ask('mail', { an: 'x@auenbrueck.example', betreff: 'x', text: 'x' }, person, farAway)
  expect((await clerk.ok('auftraege')).eintraege.map((job: Json) => job.id)).toEqual([own])
  expect((await clerk.ok('auftrag', { id: own })).person.name).toContain('Großmann')
  await clerk.refused('nicht_gefunden', 'auftrag', { id: waiting })
  await clerk.refused('nicht_erlaubt', 'auftragAbbrechen', { id: own })
  expect(JSON.stringify(await admin.ok('auftrag', { id: own }))).not.toContain('x@auenbrueck')

  const all = await admin.all('auftraege', {}, 2)
  expect(all.map((job) => job.id)).toEqual(expect.arrayContaining([waiting, own]))
  expect((await admin.ok('auftraege', { query: { status: 'wartet', art: 'mail' } })).eintraege.length).toBeGreaterThanOrEqual(2)
  expect((await admin.ok('auftraege', { query: { eigene: 'true' } })).eintraege).toEqual([])
  await admin.refused('konflikt', 'auftragWiederholen', { id: waiting })
  expect((await admin.ok('auftragAbbrechen', { id: waiting })).status).toBe('abgebrochen')
  await admin.refused('konflikt', 'auftragAbbrechen', { id: waiting })
  expect((await admin.ok('auftragWiederholen', { id: waiting })).status).toMatch(/wartet|laeuft/)
  expect((await ended(waiting)).status).toBe('erledigt')
  await admin.ok('auftragAbbrechen', { id: own })
})

test('the command shows them and runs what is due', async () => {
  const id = await ask('mail', { an: 'x@auenbrueck.example', betreff: 'x', text: 'x' })
  await ended(id)
  const shown = await command(server.place, 'jobs', '--mandant', 'auenbrueck', '--run')
  expect(shown.code, shown.stderr).toBe(0)
  expect(shown.stdout).toMatch(/^\d+ Aufträge ausgeführt\.\n/)
  expect(shown.stdout).toMatch(/mail +erledigt +Versuch 1 /)
  expect(shown.stdout).toMatch(/auftraege\.aufraeumen +erledigt/)
})

test('who asks for it is told once a day what is new to a kept search, and nothing of what it says', async () => {
  const people = (await admin.ok('personen')).eintraege
  const grossmann = people.find((one: Json) => one.anmeldename === 'grossmann')
  await admin.ok('personAendern', { id: grossmann.id, stand: grossmann.stand, body: { email: null } })
  const body = { name: 'Kammmolche', frage: 'kammmolch', melden: true }
  await clerk.refused('eingabe_ungueltig', 'sucheMerken', { body })
  const now = (await admin.ok('personen')).eintraege.find((one: Json) => one.anmeldename === 'grossmann')
  await admin.ok('personAendern', { id: now.id, stand: now.stand, body: { email: 'grossmann@auenbrueck.example' } })
  expect(await clerk.ok('sucheMerken', { body })).toMatchObject({ melden: true, neu: 0 })
  const mailsTo = (): string[] => post.mails.filter((one) => one.to.includes('grossmann@auenbrueck.example') && one.subject === 'Neues zu Ihren Suchen').map((one) => one.text)
  const tell = async (): Promise<void> => {
    expect(await ended(await ask('suche.melden', {}))).toMatchObject({ status: 'erledigt' })
    for (const mail of (await admin.all('auftraege')).filter((one: Json) => one.art === 'mail')) await ended(mail.id)
  }
  await tell()
  expect(mailsTo()).toEqual([])
  await clerk.upload('eingangErfassen', 'teich.txt', 'Ein Kammmolch im geheimen Teich')
  await tell()
  await tell()
  expect(mailsTo()).toHaveLength(1)
  expect(mailsTo()[0]).toContain('- Kammmolche: 1 neues Dokument')
  expect(mailsTo()[0]).not.toMatch(/geheim|teich/i)
  expect(await clerk.ok('sucheMerken', { body: { ...body, melden: false } })).toMatchObject({ melden: false, neu: 1 })
  await clerk.upload('eingangErfassen', 'teich2.txt', 'Noch ein Kammmolch')
  await tell()
  expect(mailsTo()).toHaveLength(1)
})
