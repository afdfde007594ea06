// What comes in is asked about before it is offered: by Debian's clamd, and by one that fails as we want it to.
import { existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Clamd } from './support/clamd'
import type { Client, Json } from './support/client'
import { Place } from './support/place'
import { run } from './support/process'
import { command, Server } from './support/server'
import { newVorgang, one } from './support/town'

const waitingFor = async (id: string, client: Client): Promise<Json> => (await client.ok('quarantaene')).eintraege.find((entry: Json) => entry.dokument === id)
const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Everything that must hold of a file in which something was found, whichever way it came. */
async function isLocked(client: Client, dokument: Json): Promise<void> {
  expect(dokument.textStatus).toBe('quarantaene')
  expect((await client.ok('versionText', { id: dokument.id, nr: dokument.version })).text).toBe('')
  await client.refused('quarantaene', 'versionInhalt', { id: dokument.id, nr: dokument.version })
  expect((await client.ok('posteingang')).eintraege.map((entry: Json) => entry.id)).not.toContain(dokument.id)
  expect((await client.ok('suche', { query: { q: 'Harmlos' } })).eintraege.map((hit: Json) => hit.dokument?.id)).not.toContain(dokument.id)
}

describe.skipIf(!Clamd.installed)('with Debian’s clamd', () => {
  let server: Server
  let clamd: Clamd
  let clerk: Client
  let admin: Client
  let place: Place
  beforeAll(async () => {
    clamd = await Clamd.debian()
    place = await Place.make(true)
    server = await Server.start(place, '--virenscanner', clamd.address, '--lmtp', '127.0.0.1:0', '--scan-ordner', join(place.folder, 'scans'))
    clerk = await server.login('grossmann')
    admin = await server.login('nguyen')
  })
  afterAll(async () => {
    await server.stop()
    await clamd.stop()
  })
  const found = { status: 'befund', befund: 'Aktenlotse.Probe.UNOFFICIAL' }

  test('a clean file is offered at once; one with a finding is kept, not opened, and seen with its reason', async () => {
    const clean = await clerk.upload('eingangErfassen', 'brief.txt', 'Ein sauberer Brief über Hecken')
    expect(clean.textStatus).toBe('ok')
    const bad = await clerk.upload('eingangErfassen', 'rechnung.txt', Clamd.malware)
    await isLocked(clerk, bad)
    expect(bad.textHinweis).toContain('Aktenlotse.Probe')
    expect(await waitingFor(bad.id, clerk)).toMatchObject({ ...found, dateiname: 'rechnung.txt', kanal: 'upload' })
    const { vorgang } = await newVorgang(clerk, 'Hecken', '011')
    await clerk.refused('quarantaene', 'dokumentAblegen', { id: bad.id, stand: bad.stand, body: { vorgang: vorgang.id } })
  })

  test('packed, mailed, scanned, as a version and as an Anlage: found on every way', async () => {
    const { vorgang } = await newVorgang(clerk, 'Wege', '011')
    const folder = join(place.folder, 'wege')
    mkdirSync(folder)
    writeFileSync(join(folder, 'fund.txt'), Clamd.malware)
    await run('sh', ['-c', 'cd "$1" && python3 -m zipfile -c fund.zip fund.txt', 'sh', folder])
    await isLocked(clerk, await clerk.upload('dokumentAnlegen', 'fund.zip', readFileSync(join(folder, 'fund.zip')), { id: vorgang.id }))

    const good = await clerk.upload('dokumentAnlegen', 'gut.txt', 'Erste Fassung', { id: vorgang.id })
    const anlage = await clerk.upload('anlageAnlegen', 'anlage.txt', Clamd.malware, { id: good.id })
    await clerk.refused('quarantaene', 'versionInhalt', { id: anlage.id, nr: 1 })
    const second = await clerk.upload('versionAnlegen', 'schlecht.txt', Clamd.malware, { id: good.id })
    await clerk.refused('quarantaene', 'versionInhalt', { id: good.id, nr: 2 })
    expect((await clerk.call('versionInhalt', { id: good.id, nr: 1 })).text).toBe('Erste Fassung')
    const third = await clerk.ok('versionWiederherstellen', { id: good.id, nr: 1, stand: second.stand })
    await clerk.refused('quarantaene', 'versionWiederherstellen', { id: good.id, nr: 2, stand: third.stand })

    const ba = await one(admin, 'organisationseinheiten', 'kurzzeichen', 'BA')
    await admin.ok('eingangsadresseAnlegen', { body: { adresse: 'ba@auenbrueck.example', organisationseinheit: ba.id } })
    const lmtp = /LMTP: (\S+)/.exec(server.out)?.[1] ?? ''
    const mail = await run('swaks', ['--protocol', 'LMTP', '--server', lmtp, '--from', 'x@buerger.example', '--to', 'ba@auenbrueck.example', '--header', 'Subject: Rechnung', '--attach-type', 'text/plain', '--attach-body', 'Im Anhang', '--attach', `@${join(folder, 'fund.txt')}`])
    expect(mail.code, mail.stdout).toBe(0)
    const scans = join(place.folder, 'scans/auenbrueck/BA')
    mkdirSync(scans, { recursive: true })
    writeFileSync(join(scans, 'scan.txt'), Clamd.malware)
    utimesSync(join(scans, 'scan.txt'), 1, 1)
    await place.sql("UPDATE auftrag_plan SET naechster = 0 WHERE mandant = 1 AND schluessel = 'scan.sichten'")
    await place.sql('UPDATE auftrag_wecker SET ab = 0 WHERE mandant = 1')
    while (!existsSync(join(scans, 'erledigt/scan.txt'))) await wait(200)
    const all: Json[] = (await clerk.ok('quarantaene')).eintraege
    expect(all.filter((entry) => entry.kanal === 'mail')).toEqual([expect.objectContaining({ ...found })])
    expect(all.filter((entry) => entry.kanal === 'scan')).toEqual([expect.objectContaining({ ...found, dateiname: 'scan.txt' })])
  })

  test('an import is asked about too', async () => {
    const folder = join(place.folder, 'Altbestand')
    mkdirSync(folder)
    writeFileSync(join(folder, 'gut.txt'), 'Gut und alt')
    writeFileSync(join(folder, 'fund.txt'), Clamd.malware)
    const { akte } = await newVorgang(clerk, 'Altes', '011')
    const result = await command(place, 'import', '--virenscanner', clamd.address, '--mandant', 'auenbrueck', '--akte', akte.zeichen, folder)
    expect(result.stdout).toContain('2 Dateien abgelegt')
    expect((await clerk.ok('quarantaene')).eintraege.filter((entry: Json) => entry.kanal === 'import')).toEqual([expect.objectContaining({ ...found, dateiname: 'fund.txt' })])
  })

  test('what is too large for it is not offered either, and the reason says what the operator can do', async () => {
    const big = await clerk.upload('eingangErfassen', 'gross.txt', 'x'.repeat(3 << 20))
    await isLocked(clerk, big)
    expect(big.textHinweis).toContain('StreamMaxLength')
  })

  test('the administration releases it with a reason: then it is read, with what lies in it', async () => {
    const mail = ['From: Firma <post@firma.example>', 'Subject: Angebot Zaun', 'Date: Mon, 23 Nov 2026 10:00:00 +0100', 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b', '', '--b', 'Content-Type: text/plain', '', Clamd.malware, '--b', 'Content-Type: text/plain; name=plan.txt', 'Content-Disposition: attachment; filename=plan.txt', '', 'Der Plan vom Zaun', '--b--', ''].join('\r\n')
    const bad = await clerk.upload('eingangErfassen', 'angebot.eml', mail)
    expect(bad).toMatchObject({ textStatus: 'quarantaene', betreff: 'angebot', anlagen: 0 })
    const entry = await waitingFor(bad.id, clerk)
    await clerk.refused('nicht_erlaubt', 'quarantaeneFreigeben', { id: entry.id, stand: entry.stand, body: { grund: 'Falscher Alarm' } })
    await admin.refused('eingabe_ungueltig', 'quarantaeneFreigeben', { id: entry.id, stand: entry.stand, body: { grund: ' ' } })
    const freed = await admin.ok('quarantaeneFreigeben', { id: entry.id, stand: entry.stand, body: { grund: 'Falscher Alarm, mit der Firma geklärt' } })
    expect(freed).toMatchObject({ status: 'freigegeben', grund: 'Falscher Alarm, mit der Firma geklärt', entscheider: { name: expect.any(String) } })
    await admin.refused('konflikt', 'quarantaeneKassieren', { id: entry.id, stand: freed.stand, body: { grund: 'Doch nicht' } })
    let read: Json
    while ((read = await clerk.ok('dokument', { id: bad.id })).textStatus === 'ungeprueft') await wait(100)
    expect(read).toMatchObject({ textStatus: 'ok', betreff: 'Angebot Zaun', absender: expect.stringContaining('firma.example'), datum: '2026-11-23', format: 'eml', anlagen: 1 })
    expect(read.anlagenListe[0].dateiname).toBe('plan.txt')
    expect((await clerk.call('versionInhalt', { id: bad.id, nr: 1 })).status).toBe(200)
    expect((await clerk.ok('posteingang')).eintraege.map((item: Json) => item.id)).toContain(bad.id)
    // Who decided does not reach the Dokument, and was told nothing of it but the file's name.
    expect(freed).not.toHaveProperty('betreff')
    await admin.refused('nicht_gefunden', 'dokument', { id: bad.id })
    const satz = (await clerk.ok('dokumentHistorie', { id: bad.id })).eintraege.map((one: Json) => one.satz)
    expect(satz.join('\n')).toMatch(/freigegeben/)
  })

  test('or has it destroyed: the bytes go, the note stays', async () => {
    const bad = await clerk.upload('eingangErfassen', 'schlimm.txt', `${Clamd.malware} und schlimm`)
    const entry = await waitingFor(bad.id, clerk)
    const gone = await admin.ok('quarantaeneKassieren', { id: entry.id, stand: entry.stand, body: { grund: 'Schadsoftware' } })
    expect(gone.status).toBe('kassiert')
    await clerk.refused('kassiert', 'versionInhalt', { id: bad.id, nr: 1 })
    expect(await clerk.ok('dokument', { id: bad.id })).toMatchObject({ textStatus: 'kassiert', status: 'storniert' })
    const sha: string = bad.versionen[0].sha256
    const file = join(place.blobs, sha.slice(0, 2), sha.slice(2, 4), sha)
    if (existsSync(file)) utimesSync(file, 1, 1)
    expect((await command(place, 'collect')).code).toBe(0)
    expect(existsSync(file)).toBe(false)
    expect((await admin.ok('quarantaene', { query: { alle: true } })).eintraege.find((one: Json) => one.id === entry.id)).toMatchObject({ status: 'kassiert', grund: 'Schadsoftware' })
  })
})

describe('when the scanner does not answer', () => {
  let server: Server
  let clamd: Clamd
  let clerk: Client
  let admin: Client
  let place: Place
  beforeAll(async () => {
    clamd = await Clamd.fake()
    place = await Place.make(true)
    server = await Server.start(place, '--virenscanner', clamd.address, '--lmtp', '127.0.0.1:0')
    clerk = await server.login('grossmann')
    admin = await server.login('nguyen')
  })
  afterAll(async () => {
    await server.stop()
    await clamd.stop()
  })
  const soon = async (): Promise<void> => {
    await place.sql("UPDATE auftrag SET ab = 0 WHERE mandant = 1 AND art = 'viren.pruefen' AND status = 'wartet'")
    await place.sql('UPDATE auftrag_wecker SET ab = 0 WHERE mandant = 1')
  }

  test.each([
    ['is gone', undefined],
    ['says something else', 'stream: Cannot allocate memory ERROR'],
  ])('it %s: the file waits where everybody sees it, and is read when it answers', async (_, answer) => {
    clamd.say.answer = answer
    const letter = await clerk.upload('eingangErfassen', 'brief_2.txt', `Ein Brief zu ${answer ?? 'nichts'}`)
    expect(letter).toMatchObject({ textStatus: 'ungeprueft', textHinweis: expect.stringContaining('Wartet auf die Virenprüfung') })
    expect((await clerk.ok('posteingang')).eintraege.find((item: Json) => item.id === letter.id)).toMatchObject({ textStatus: 'ungeprueft' })
    await clerk.refused('wartet_auf_pruefung', 'versionInhalt', { id: letter.id, nr: 1 })
    const { vorgang } = await newVorgang(clerk, 'Wartendes', '011')
    await clerk.refused('wartet_auf_pruefung', 'dokumentAblegen', { id: letter.id, stand: letter.stand, body: { vorgang: vorgang.id } })
    expect(await waitingFor(letter.id, clerk)).toMatchObject({ status: 'wartet' })
    let job: Json
    while (!(job = (await admin.all('auftraege', { query: { art: 'viren.pruefen', status: 'wartet' } }))[0]) || job.versuch === 0) await wait(100)
    expect(job.hinweis).toContain('Virenscanner')
    clamd.say.answer = null
    await soon()
    let read: Json
    while ((read = await clerk.ok('dokument', { id: letter.id })).textStatus === 'ungeprueft') await wait(100)
    expect(read).toMatchObject({ textStatus: 'ok', betreff: 'brief 2', format: 'txt' })
    await clerk.ok('dokumentAblegen', { id: read.id, stand: read.stand, body: { vorgang: vorgang.id } })
  })

  test('a mail that waited is filed by the sign in its subject, as it would have been', async () => {
    const { vorgang } = await newVorgang(clerk, 'Mit Zeichen', '011')
    const ba = await one(admin, 'organisationseinheiten', 'kurzzeichen', 'BA')
    await admin.ok('eingangsadresseAnlegen', { body: { adresse: 'warten@auenbrueck.example', organisationseinheit: ba.id } })
    clamd.say.answer = undefined
    const lmtp = /LMTP: (\S+)/.exec(server.out)?.[1] ?? ''
    const mail = await run('swaks', ['--protocol', 'LMTP', '--server', lmtp, '--from', 'x@buerger.example', '--to', 'warten@auenbrueck.example', '--header', `Subject: Zu ${vorgang.zeichen}`, '--body', 'Guten Tag'])
    expect(mail.code, mail.stdout).toBe(0)
    expect((await clerk.ok('quarantaene')).eintraege).toEqual([expect.objectContaining({ status: 'wartet', kanal: 'mail' })])
    clamd.say.answer = null
    await soon()
    while ((await clerk.all('vorgangDokumente', { id: vorgang.id })).length === 0) await wait(100)
    expect((await clerk.all('vorgangDokumente', { id: vorgang.id }))[0]).toMatchObject({ betreff: `Zu ${vorgang.zeichen}`, textStatus: 'ok' })
  })

  test('what it finds later goes into the Quarantäne', async () => {
    clamd.say.answer = undefined
    const letter = await clerk.upload('eingangErfassen', 'spaet.txt', Clamd.malware)
    clamd.say.answer = null
    await soon()
    while ((await clerk.ok('dokument', { id: letter.id })).textStatus === 'ungeprueft') await wait(100)
    await isLocked(clerk, await clerk.ok('dokument', { id: letter.id }))
  })

  test('an import stops, and goes on when it is called again', async () => {
    clamd.say.answer = undefined
    const folder = join(place.folder, 'Spaeter')
    mkdirSync(folder)
    writeFileSync(join(folder, 'a.txt'), 'eins')
    const { akte } = await newVorgang(clerk, 'Später', '011')
    const go = (): ReturnType<typeof command> => command(place, 'import', '--virenscanner', clamd.address, '--mandant', 'auenbrueck', '--akte', akte.zeichen, folder)
    const stopped = await go()
    expect(stopped.code).toBe(2)
    expect(stopped.stderr).toContain('geht weiter, wo er war')
    clamd.say.answer = null
    expect((await go()).stdout).toContain('1 Dateien abgelegt, 0 waren schon da.')
  })
})

test('an address that is none ends the program with a sentence', async () => {
  const place = await Place.make(false)
  for (const address of ['unix:relativ', 'rechner', ':3310', 'rechner:port'])
    expect((await command(place, 'serve', '--port', '0', '--virenscanner', address)).stderr).toContain('ist keine Adresse eines Virenscanners')
})
