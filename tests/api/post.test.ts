// Mail as it comes in: handed over by LMTP (swaks), and fetched by IMAP (Debian's dovecot).
import { chownSync, chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Client, Json } from './support/client'
import { program } from './support/engine'
import { Place } from './support/place'
import { Background, must, run, type Result } from './support/process'
import { command, Server } from './support/server'
import { newVorgang, one } from './support/town'

let server: Server
let admin: Client
let clerk: Client
let lmtp: string
let bauamt: Json
let folder: string
let imap: Imap

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'aktenlotse-post-'))
  chmodSync(folder, 0o755)
  imap = await Imap.start(folder)
  mkdirSync(join(folder, 'geheimnisse/auenbrueck'), { recursive: true })
  writeFileSync(join(folder, 'geheimnisse/auenbrueck/bauamt.txt'), 'geheim\n')
  server = await Server.start(await Place.make(true), '--lmtp', '127.0.0.1:0', '--geheimnisse', join(folder, 'geheimnisse'))
  lmtp = /LMTP: (\S+)/.exec(server.out)?.[1] ?? ''
  admin = await server.login('nguyen')
  clerk = await server.login('grossmann')
  bauamt = await one(admin, 'organisationseinheiten', 'kurzzeichen', 'BA')
  await admin.ok('eingangsadresseAnlegen', { body: { adresse: 'Bauamt@Auenbrueck.example', organisationseinheit: bauamt.id } })
})
afterAll(async () => {
  await server.stop()
  await imap.stop()
  rmSync(folder, { recursive: true, force: true })
})

let sent = 0
interface Letter {
  subject: string
  body: string
  id?: string
}
const swaks = (to: string, { subject, body, id = `<brief-${++sent}@buerger.example>` }: Letter, ...more: string[]): Promise<Result> =>
  run('swaks', ['--protocol', 'LMTP', '--server', lmtp, '--from', 'buerger@buerger.example', '--to', to, '--header', `Subject: ${subject}`, '--header', `Message-Id: ${id}`, '--header', 'Date: Mon, 23 Nov 2026 10:00:00 +0100', '--body', body, ...more])
const posteingang = async (): Promise<Json[]> => (await clerk.all('posteingang')).filter((item) => item.kanal === 'mail')
const inPosteingang = async (betreff: string): Promise<Json[]> => (await posteingang()).filter((item) => item.betreff === betreff)

test('mail for an address lies in the Posteingang of its unit, once', async () => {
  const letter = { subject: 'Frage zum Carport', body: 'Darf ich anbauen?\n.\n..zwei Punkte am Anfang', id: '<eins@buerger.example>' }
  expect((await swaks('bauamt@auenbrueck.example', letter)).code).toBe(0)
  expect((await swaks('BAUAMT@auenbrueck.example', letter)).code).toBe(0)
  const [item, ...others] = await inPosteingang('Frage zum Carport')
  expect(others).toEqual([])
  expect(item).toMatchObject({ absender: expect.stringContaining('buerger@buerger.example'), art: 'Eingang', format: 'eml', organisationseinheit: { id: bauamt.id } })
  expect((await clerk.ok('versionText', { id: item.id, nr: 1 })).text).toContain('..zwei Punkte am Anfang')
  // Another mail under the same Message-ID is another mail: nobody can keep a letter out by sending its name first.
  expect((await swaks('bauamt@auenbrueck.example', { ...letter, subject: 'Ganz anderes' })).code).toBe(0)
  expect(await inPosteingang('Ganz anderes')).toHaveLength(1)
})

test('a sign in the subject or behind the plus names the Vorgang, while it is open', async () => {
  const { vorgang } = await newVorgang(clerk, 'Mit Post')
  const filed = async (): Promise<string[]> => (await clerk.all('vorgangDokumente', { id: vorgang.id })).map((item) => item.betreff)
  await swaks('bauamt@auenbrueck.example', { subject: `AW: Ihr Zeichen (${vorgang.zeichen}), Nachtrag`, body: 'Anbei.' })
  expect(await filed()).toEqual([`AW: Ihr Zeichen (${vorgang.zeichen}), Nachtrag`])
  await swaks(`bauamt+${vorgang.zeichen.replaceAll('/', '_')}@auenbrueck.example`, { subject: 'Ohne Zeichen', body: 'Anbei.' })
  await swaks(`bauamt+${vorgang.zeichen}@auenbrueck.example`, { subject: 'Mit Schrägstrich', body: 'Anbei.' })
  expect(await filed()).toEqual(expect.arrayContaining(['Ohne Zeichen', 'Mit Schrägstrich']))
  expect((await clerk.ok('suche', { query: { q: 'Anbei' } })).anzahl).toBeGreaterThanOrEqual(3)
  const now = await clerk.ok('vorgang', { id: vorgang.id })
  await clerk.ok('vorgangZda', { id: vorgang.id, stand: now.stand })
  await swaks('bauamt@auenbrueck.example', { subject: `Zu spät ${vorgang.zeichen}`, body: 'Noch etwas.' })
  expect(await filed()).toHaveLength(3)
  expect(await inPosteingang(`Zu spät ${vorgang.zeichen}`)).toHaveLength(1)
})

test('a letter to several is answered for each; strangers are refused, and nothing of them stays', async () => {
  const sp = await one(admin, 'organisationseinheiten', 'kurzzeichen', 'HA').catch(() => bauamt)
  await admin.ok('eingangsadresseAnlegen', { body: { adresse: 'hauptamt@auenbrueck.example', organisationseinheit: sp.id } })
  const reply = await swaks('bauamt@auenbrueck.example,niemand@auenbrueck.example,hauptamt@auenbrueck.example', { subject: 'An viele', body: 'x' })
  expect(reply.stdout).toContain('550 5.1.1')
  expect(reply.stdout.match(/250 2\.0\.0 abgelegt/g)).toHaveLength(2)
  expect((await swaks('niemand@auenbrueck.example', { subject: 'x', body: 'x' })).code).not.toBe(0)
  expect(await must('sh', ['-c', `printf 'LHLO x\\r\\nDATA\\r\\nRCPT TO:<bauamt@auenbrueck.example>\\r\\nEHLO x\\r\\nUNSINN\\r\\nQUIT\\r\\n' | curl -s --max-time 5 telnet://${lmtp}`])).toMatch(/503[^]*503[^]*500[^]*500[^]*221/)
})

test('attachments of a mail are Anlagen', async () => {
  const file = join(folder, 'lageplan.txt')
  writeFileSync(file, 'Der Lageplan zum Stellplatz.')
  expect((await swaks('bauamt@auenbrueck.example', { subject: 'Mit Anlage', body: 'Anbei der Plan.' }, '--attach', `@${file}`)).code).toBe(0)
  const [item] = await inPosteingang('Mit Anlage')
  expect((await clerk.ok('dokument', { id: item.id })).anlagenListe.map((part: Json) => part.dateiname)).toEqual(['lageplan.txt'])
})

test('LMTP listens on this machine only, or on a socket', async () => {
  for (const address of ['0.0.0.0:2424', 'mail.example:24', '127.0.0.1', 'unix:relativ']) {
    const refused = await run(program, ['serve', ...server.place.flags, '--port', '0', '--lmtp', address])
    expect(refused.code, address).toBe(2)
    expect(refused.stderr).toContain('LMTP')
  }
  const socket = join(folder, 'lmtp')
  const other = await Server.start(await Place.make(true), '--lmtp', `unix:${socket}`)
  expect((await run('swaks', ['--protocol', 'LMTP', '--socket', socket, '--to', 'x@y.example', '--quit-after', 'LHLO'])).code).toBe(0)
  await other.stop()
  expect(existsSync(socket)).toBe(false)
})

test('addresses are one unit in one town, and what is no address is refused', async () => {
  const organisationseinheit = bauamt.id
  await admin.refused('vergeben', 'eingangsadresseAnlegen', { body: { adresse: 'bauamt@auenbrueck.example', organisationseinheit } })
  const other = await server.login('schuelke', 'haselrode')
  const theirs = (await other.ok('organisationseinheiten')).eintraege[0].id
  await other.refused('vergeben', 'eingangsadresseAnlegen', { body: { adresse: 'bauamt@auenbrueck.example', organisationseinheit: theirs } })
  for (const adresse of ['keine', 'a b@c.example', 'a+b@c.example', 'a@b@c'])
    await admin.refused('eingabe_ungueltig', 'eingangsadresseAnlegen', { body: { adresse, organisationseinheit } })
  await admin.refused('eingabe_ungueltig', 'eingangsadresseAnlegen', { body: { adresse: 'neu@c.example', organisationseinheit: theirs } })
  const row = await admin.ok('eingangsadresseAnlegen', { body: { adresse: 'weg@auenbrueck.example', organisationseinheit } })
  expect((await admin.ok('eingangsadressen')).eintraege.map((item: Json) => item.adresse)).toContain('weg@auenbrueck.example')
  expect((await admin.call('eingangsadresseEntfernen', { id: row.id, stand: row.stand })).status).toBe(204)
  expect((await swaks('weg@auenbrueck.example', { subject: 'x', body: 'x' })).stdout).toContain('550 5.1.1')
})

// ---- IMAP

/** Dovecot with one folder of mail for each user; any user, one password. */
class Imap {
  private constructor(
    private readonly process: Background,
    private readonly mail: string,
    private readonly ids: { uid: number; gid: number },
    readonly port: number,
  ) {}

  static async start(folder: string): Promise<Imap> {
    const port = await freePort()
    const root = process.getuid?.() === 0
    const user = root ? 'nobody' : await must('id', ['-un']).then((name) => name.trim())
    const uid = Number(await must('id', ['-u', user]))
    const gid = Number(await must('id', ['-g', user]))
    const home = join(folder, 'dovecot')
    const mail = join(folder, 'mail')
    for (const path of [home, mail]) mkdirSync(path)
    if (root) chownSync(mail, uid, gid)
    writeFileSync(
      join(home, 'dovecot.conf'),
      `base_dir = ${home}/run
state_dir = ${home}/state
log_path = ${home}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
first_valid_uid = 1
last_valid_uid = 0
first_valid_gid = 1
mail_location = maildir:${mail}/%u
${root ? '' : `default_internal_user = ${user}\ndefault_login_user = ${user}\ndefault_internal_group = ${await must('id', ['-gn'])}`}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  chroot =
}
passdb {
  driver = static
  args = password=geheim
}
userdb {
  driver = static
  args = uid=${uid} gid=${gid} home=${mail}/%u
}
`,
    )
    const background = new Background('dovecot', ['-F', '-c', join(home, 'dovecot.conf')], 'TERM')
    while ((await run('curl', ['-s', '--max-time', '2', '-u', 'probe:geheim', `imap://127.0.0.1:${port}/`])).code !== 0) {
      if (!background.running) throw new Error(background.stderr)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    return new Imap(background, mail, { uid, gid }, port)
  }

  private own(path: string): void {
    mkdirSync(path, { recursive: true })
    if (process.getuid?.() === 0) for (let at = path; at.length > this.mail.length; at = join(at, '..')) chownSync(at, this.ids.uid, this.ids.gid)
  }
  addFolder(user: string, name: string): void {
    for (const part of ['cur', 'new', 'tmp']) this.own(join(this.mail, user, name, part))
  }
  put(user: string, name: string, lines: string[]): void {
    this.addFolder(user, '')
    const file = join(this.mail, user, 'new', name)
    writeFileSync(file, lines.join('\r\n'))
    if (process.getuid?.() === 0) chownSync(file, this.ids.uid, this.ids.gid)
  }
  files(user: string, ...path: string[]): string[] {
    return readdirSync(join(this.mail, user, ...path))
  }
  async stop(): Promise<void> {
    await this.process.stop()
  }
}
const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })

const mailOf = (nr: number): string[] => ['From: Erna Muster <erna@buerger.example>', 'To: bauamt@auenbrueck.example', `Subject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe_${nr}?=`, `Message-ID: <imap-${nr}@buerger.example>`, 'Date: Mon, 23 Nov 2026 10:00:00 +0100', 'MIME-Version: 1.0', 'Content-Type: text/plain; charset=utf-8', '', `Brief Nummer ${nr}`, '']

async function fetched(id: string): Promise<Json> {
  const { auftrag } = await admin.ok('postfachAbholen', { id })
  for (;;) {
    const job = await admin.ok('auftrag', { id: auftrag })
    if (job.status !== 'laeuft' && (job.status !== 'wartet' || job.versuch > 0)) return job
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
const settings = (benutzer: string, more: Json = {}): Json => ({ bezeichnung: `Postfach ${benutzer}`, organisationseinheit: bauamt.id, host: '127.0.0.1', port: imap.port, verschluesselung: 'keine', benutzer, passwortDatei: 'bauamt.txt', ordner: 'INBOX', minuten: 60, aktiv: false, ...more })

test('a mailbox is fetched once, and what was filed is moved to its folder', async () => {
  for (const nr of [1, 2, 3]) imap.put('bauamt', `${nr}.brief`, mailOf(nr))
  imap.addFolder('bauamt', '.Erledigt')
  const box = await admin.ok('postfachAnlegen', { body: settings('bauamt', { zielordner: 'Erledigt' }) })
  expect(await fetched(box.id)).toMatchObject({ status: 'erledigt', fortschritt: 3, gesamt: 3, bezeichnung: 'Postfach abholen' })
  const letters = (await posteingang()).filter((item) => item.betreff.startsWith('Grüße'))
  expect(letters.map((item) => item.betreff).sort()).toEqual(['Grüße 1', 'Grüße 2', 'Grüße 3'])
  expect(letters[0].absender).toContain('Erna Muster')
  expect([...imap.files('bauamt', 'cur'), ...imap.files('bauamt', 'new')]).toEqual([])
  expect([...imap.files('bauamt', '.Erledigt', 'cur'), ...imap.files('bauamt', '.Erledigt', 'new')]).toHaveLength(3)
  // A server that was killed between filing and moving finds the mail again, and does not file it twice.
  imap.put('bauamt', 'noch-einmal', mailOf(2))
  expect(await fetched(box.id)).toMatchObject({ status: 'erledigt', gesamt: 1 })
  expect((await posteingang()).filter((item) => item.betreff === 'Grüße 2')).toHaveLength(1)
})

test('a mailbox is tested, which changes nothing in it, and its list says how it went', async () => {
  imap.put('meldung', 'geprueft', mailOf(21))
  const box = await admin.ok('postfachAnlegen', { body: settings('meldung') })
  expect(box).toMatchObject({ passwortVorhanden: true })
  expect(box).not.toHaveProperty('zuletzt')
  const { auftrag } = await admin.ok('postfachPruefen', { id: box.id })
  const last = async (): Promise<Json> => (await admin.ok('postfaecher')).eintraege.find((one: Json) => one.id === box.id).zuletzt
  while ((await last()).status !== 'erledigt') await new Promise((resolve) => setTimeout(resolve, 50))
  expect(await last()).toMatchObject({ auftrag, art: 'postfach.pruefen', hinweis: 'Die Anmeldung gelingt; 1 Nachrichten warten.' })
  expect(await inPosteingang('Grüße 21')).toEqual([])
  const wrong = await admin.ok('postfachAnlegen', { body: settings('meldung', { port: 1, passwortDatei: 'fehlt.txt' }) })
  expect(wrong.passwortVorhanden).toBe(false)
  await fetched(box.id)
})

test('without a folder for it, fetched mail is marked; a second fetch finds nothing', async () => {
  imap.put('meldung', 'a', mailOf(11))
  const box = await admin.ok('postfachAnlegen', { body: settings('meldung') })
  expect(await fetched(box.id)).toMatchObject({ status: 'erledigt', gesamt: 1 })
  expect(await fetched(box.id)).toMatchObject({ status: 'erledigt', gesamt: 0 })
  expect(imap.files('meldung', 'cur')[0]).toMatch(/:2,[a-z]*S/)
})

test('a mailbox that cannot be fetched says why, and its settings can be mended', async () => {
  const box = await admin.ok('postfachAnlegen', { body: settings('bauamt', { passwortDatei: 'fehlt.txt', aktiv: true }) })
  expect((await fetched(box.id)).hinweis).toContain('Passwortdatei')
  for (const [feld, value] of [['host', 'a b'], ['port', 0], ['minuten', 0], ['passwortDatei', '../haselrode/x'], ['organisationseinheit', '01900000-0000-7000-8000-00000000dead']] as const)
    expect((await admin.refused('eingabe_ungueltig', 'postfachAnlegen', { body: settings('bauamt', { [feld]: value }) })).feld).toBe(feld)
  const mended = await admin.ok('postfachAendern', { id: box.id, stand: box.stand, body: settings('bauamt', { port: 1 }) })
  const job = await fetched(box.id)
  expect(job).toMatchObject({ status: 'wartet', versuch: 1 })
  expect(job.hinweis).toContain('antwortet nicht')
  await admin.ok('auftragAbbrechen', { id: job.id })
  expect((await admin.ok('postfaecher')).eintraege.find((item: Json) => item.id === box.id)).toMatchObject({ port: 1, aktiv: false, stand: mended.stand })
  await admin.refused('veraltet', 'postfachAendern', { id: box.id, stand: 1, body: settings('bauamt') })
  expect((await command(server.place, 'jobs')).stdout).toContain('postfach.abholen')
})
