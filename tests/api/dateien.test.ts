// Files that are damaged or gone: the person is told, everything else goes on, the scrub finds them, the administrator
// sees them, and they come back from the second store.
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Client, Json } from './support/client'
import { Place } from './support/place'
import { command, Server } from './support/server'
import { newVorgang } from './support/town'

const fileOf = (folder: string, sha256: string): string => join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256)
async function letter(client: Client, vorgang: string, text: string): Promise<{ id: string; sha256: string }> {
  const made = await client.upload('dokumentAnlegen', `${text.split(' ')[0] ?? ''}.txt`, text, { id: vorgang })
  return { id: made.id, sha256: (await client.ok('dokument', { id: made.id })).versionen[0].sha256 }
}
function flip(file: string): void {
  const bytes = Buffer.from(readFileSync(file))
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1
  chmodSync(file, 0o600)
  writeFileSync(file, bytes)
}
/** Orders the check of all files, and gives what it found. */
async function checked(admin: Client): Promise<Json> {
  const before = await admin.ok('dateienPruefen')
  for (let nr = 0; nr < 400; ++nr) {
    const now = await admin.ok('dateipruefung')
    if (now.vollstaendig !== undefined && now.vollstaendig !== before.vollstaendig) return now
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('the check of the files does not end')
}
const metric = async (server: Server, name: string): Promise<number> => Number(new RegExp(`^${name} (\\d+)$`, 'm').exec((await server.client().send('GET', '/metrics')).text)?.[1])

test('gone, cut short and altered: told, found by the check, shown to the administrator and nobody else', async () => {
  const server = await Server.demo()
  const client = await server.login('grossmann')
  const admin = await server.login('nguyen')
  const { vorgang } = await newVorgang(client, 'Belege')
  const whole = await letter(client, vorgang.id, 'Wiesel im Garten')
  const gone = await letter(client, vorgang.id, 'Iltis im Garten')
  const short = await letter(client, vorgang.id, 'Marder im Garten')
  const altered = await letter(client, vorgang.id, 'Dachs im Garten')
  expect((await checked(admin)).schaeden).toEqual([])
  expect(await metric(server, 'aktenlotse_files_damaged')).toBe(0)

  const spare = join(server.place.folder, 'aufgehoben')
  mkdirSync(spare)
  for (const one of [gone, short, altered]) copyFileSync(fileOf(server.place.blobs, one.sha256), join(spare, one.sha256))
  rmSync(fileOf(server.place.blobs, gone.sha256))
  chmodSync(fileOf(server.place.blobs, short.sha256), 0o600)
  truncateSync(fileOf(server.place.blobs, short.sha256), 5)
  flip(fileOf(server.place.blobs, altered.sha256))

  const told = await client.refused('inhalt_fehlt', 'versionInhalt', { id: gone.id, nr: 1 })
  expect([told.title, told.status]).toEqual(['Der Inhalt dieser Datei fehlt im Speicher.', 500])
  await client.refused('inhalt_beschaedigt', 'versionInhalt', { id: short.id, nr: 1 })
  // The rest of the object, its text and its search go on, and so does everything else.
  expect((await client.ok('dokument', { id: gone.id })).betreff).toBe('Iltis')
  expect((await client.ok('versionText', { id: gone.id, nr: 1 })).text).toBe('Iltis im Garten')
  expect((await client.ok('suche', { query: { q: 'Iltis' } })).anzahl).toBe(1)
  expect((await client.call('versionInhalt', { id: whole.id, nr: 1 })).text).toBe('Wiesel im Garten')

  const found = await checked(admin)
  expect([found.offen, found.zweitspeicher, found.promille]).toEqual([3, false, 1000])
  const byName = new Map<string, Json>(found.schaeden.map((one: Json) => [one.sha256, one]))
  expect(byName.get(gone.sha256)).toMatchObject({ schaden: `Der Dateiinhalt ${gone.sha256} fehlt.`, anzahl: 1 })
  for (const one of [short, altered]) expect(byName.get(one.sha256)).toMatchObject({ schaden: expect.stringContaining('ist verändert'), anzahl: 1 })
  expect(await metric(server, 'aktenlotse_files_damaged')).toBe(3)
  expect(await metric(server, 'aktenlotse_files_checked_total')).toBeGreaterThan(3)
  // Who may not see a Dokument learns of it only that there is one.
  for (const one of found.schaeden) for (const dokument of one.dokumente) expect((await admin.call('dokument', { id: dokument.id })).status).toBe(200)
  await client.refused('nicht_erlaubt', 'dateipruefung')
  await client.refused('nicht_erlaubt', 'dateienPruefen')
  const other = await server.login('schuelke', 'haselrode')
  expect((await other.ok('dateipruefung')).schaeden).toEqual([])

  // Back from the backup by hand: the next check sees it.
  for (const one of [gone, short, altered]) copyFileSync(join(spare, one.sha256), fileOf(server.place.blobs, one.sha256))
  const mended = await checked(admin)
  expect([mended.offen, mended.schaeden.length]).toEqual([0, 3])
  for (const one of mended.schaeden) expect(one.behoben).toBeDefined()
  expect(await metric(server, 'aktenlotse_files_damaged')).toBe(0)
  await server.stop(/blob is missing|blob has another size/)
})

test('with a second store: reading goes on, and the check brings back what one of them lacks', async () => {
  const place = await Place.make(true)
  const second = join(place.folder, 'zweite')
  mkdirSync(second)
  const server = await Server.start(place, '--blobs2', second)
  const client = await server.login('grossmann')
  const admin = await server.login('nguyen')
  const { vorgang } = await newVorgang(client, 'Belege')
  const gone = await letter(client, vorgang.id, 'Iltis im Garten')
  const altered = await letter(client, vorgang.id, 'Dachs im Garten')
  const elsewhere = await letter(client, vorgang.id, 'Marder im Garten')
  expect(existsSync(fileOf(second, gone.sha256))).toBe(true)

  rmSync(fileOf(place.blobs, gone.sha256))
  flip(fileOf(place.blobs, altered.sha256))
  flip(fileOf(second, elsewhere.sha256))
  expect((await client.call('versionInhalt', { id: gone.id, nr: 1 })).text).toBe('Iltis im Garten')
  const found = await checked(admin)
  expect([found.zweitspeicher, found.offen]).toEqual([true, 0])
  const byName = new Map<string, Json>(found.schaeden.map((one: Json) => [one.sha256, one]))
  expect(found.schaeden.length, 'what a new second store has not got yet is no damage').toBe(3)
  for (const one of [gone, altered, elsewhere]) expect(byName.get(one.sha256)?.behoben, one.sha256).toBeDefined()
  expect(byName.get(elsewhere.sha256)?.schaden).toMatch(/^Im Zweitspeicher: /)
  for (const [one, text] of [[gone, 'Iltis im Garten'], [altered, 'Dachs im Garten'], [elsewhere, 'Marder im Garten']] as const)
    for (const folder of [place.blobs, second]) expect(readFileSync(fileOf(folder, one.sha256), 'utf8')).toBe(text)

  // The second one is away for a while: work goes on, and afterwards it is brought up to date.
  renameSync(second, `${second}-weg`)
  const meanwhile = await letter(client, vorgang.id, 'Luchs im Garten')
  renameSync(`${second}-weg`, second)
  expect(existsSync(fileOf(second, meanwhile.sha256))).toBe(false)
  await checked(admin)
  expect(readFileSync(fileOf(second, meanwhile.sha256), 'utf8')).toBe('Luchs im Garten')
  await server.stop()

  // The command does the same at once.
  rmSync(fileOf(place.blobs, gone.sha256))
  const alone = await command(place, 'scrub')
  expect([alone.code, alone.stdout]).toEqual([1, expect.stringMatching(/fehlt\.\n\d+ Dateien gelesen, 0 in Ordnung gebracht, 1 beschädigt\.\n$/)])
  const both = await command(place, 'scrub', '--blobs2', second)
  expect([both.code, both.stdout]).toEqual([0, expect.stringMatching(/Er ist jetzt in Ordnung\.\n\d+ Dateien gelesen, 1 in Ordnung gebracht, 0 beschädigt\.\n$/)])
})

test('by itself it reads a share each hour, and all within its time', async () => {
  const place = await Place.make(true)
  await command(place, 'jobs', '--run', '--pruefung-stunden', '4')
  const share = async (): Promise<string[]> => (await place.sql('SELECT stelle, gelesen, vollstaendig IS NOT NULL FROM dateipruefung WHERE mandant = 1')).trim().split('|')
  await place.sql('DELETE FROM dateipruefung')
  let read = 0
  for (let hour = 1; hour <= 4; ++hour) {
    await place.sql("UPDATE auftrag_plan SET naechster = 1 WHERE schluessel = 'dateien.pruefen'")
    await place.sql('UPDATE auftrag_wecker SET ab = 1')
    await place.sql('UPDATE dateipruefung SET zuletzt = zuletzt - 3600000000')
    const ran = await command(place, 'jobs', '--run', '--pruefung-stunden', '4')
    expect(ran.code, ran.stderr).toBe(0)
    const [stelle, gelesen] = await share()
    expect(Number(stelle)).toBe(hour * 2 ** 30)
    expect(Number(gelesen)).toBeGreaterThan(read)
    read = Number(gelesen)
  }
  expect((await share())[2]).toMatch(/^(1|t)$/)
  const named = ['version', 'rendition', 'reinschrift', 'versand', 'schwaerzung', 'akteneinsicht', 'vorlagenfassung'].map((table) => `SELECT sha256 FROM ${table} WHERE mandant = 1 AND sha256 IS NOT NULL`)
  expect(read).toBe(Number((await place.sql(`SELECT COUNT(*) FROM (${named.join(' UNION ')}) alle`)).trim()))
})

test('before the first round it says that nothing was checked, and when it begins', async () => {
  const place = await Place.make(true)
  await command(place, 'jobs', '--run')
  const inAnHour = (Math.floor(Date.now() / 1000) + 3600) * 1_000_000
  await place.sql('DELETE FROM dateipruefung')
  await place.sql(`UPDATE auftrag_plan SET naechster = ${inAnHour} WHERE schluessel = 'dateien.pruefen'`)
  const server = await Server.start(place)
  const admin = await server.login('nguyen')
  const before = await admin.ok('dateipruefung')
  expect(before).toMatchObject({ gelesen: 0, promille: 0, schaeden: [] })
  expect(before.vollstaendig).toBeUndefined()
  expect(Date.parse(before.naechste) * 1000).toBe(inAnHour)
  await server.stop()
})
