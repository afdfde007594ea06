import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Client, Json } from './support/client'
import { program, repository } from './support/engine'
import { Place } from './support/place'
import { type Result, run } from './support/process'
import { command, Server } from './support/server'
import { one } from './support/town'

/** Blobs are read-only for everybody. */
const chmod = (file: string): string => {
  chmodSync(file, 0o600)
  return file
}
const said = (result: Result): string => result.stdout + result.stderr
async function expectFine(result: Promise<Result>): Promise<string> {
  const done = await result
  expect(done.code, said(done)).toBe(0)
  return done.stdout
}
const initFlags = (folder: string, mandant: string, passwort: string): string[] => {
  const file = join(folder, `${mandant}.txt`)
  writeFileSync(file, `${passwort}\n`)
  return ['--mandant', mandant, '--name', 'Stadt Probe', '--land', 'Sachsen', '--anmeldename', 'verwalter', '--vorname', 'Ada', '--nachname', 'Verwalter', '--passwort-datei', file]
}

test('from nothing to a town that works, only through init and the API', async () => {
  const place = await Place.make(false)
  expect(await expectFine(command(place, 'init', ...initFlags(place.folder, 'probe', 'ein-gutes-Passwort')))).toContain('Mandant „Stadt Probe“ ist angelegt. Anmeldung: probe / verwalter')
  const again = await command(place, 'init', ...initFlags(place.folder, 'probe', 'ein-gutes-Passwort'))
  expect([again.code, said(again)]).toEqual([2, 'aktenlotse: Den Mandanten „probe“ gibt es schon.\n'])
  for (const passwort of ['kurz', 'der-Verwalter-selbst', ''])
    expect((await command(place, 'init', ...initFlags(place.folder, 'zweite', passwort))).code, passwort).toBe(2)

  const server = await Server.start(place)
  const start = await server.client().ok('start')
  expect(start).toMatchObject({ demo: false, mandanten: [{ schluessel: 'probe', name: 'Stadt Probe' }], logins: [] })
  const admin = await server.login('verwalter', 'probe', 'ein-gutes-Passwort')
  expect(admin.session.rollen.sort()).toEqual(['DA', 'FA'])
  const person = await admin.ok('personAnlegen', { body: { vorname: 'Bea', nachname: 'Arbeit', anmeldename: 'arbeit', passwort: 'noch-ein-Passwort' } })
  const oe = await admin.ok('organisationseinheitAnlegen', { body: { kurzzeichen: 'BA', bezeichnung: 'Bauamt' } })
  const stelle = await admin.ok('stelleAnlegen', { body: { bezeichnung: 'Registratur', organisationseinheit: oe.id, leitung: false, rollen: ['RG'] } })
  await admin.ok('stelleBesetzen', { id: stelle.id, stand: stelle.stand, body: { personen: [person.id] } })
  const worker = await server.login('arbeit', 'probe', 'noch-ein-Passwort')
  // The Registratur makes the plan: disposal data have a right of their own.
  const oben = await worker.ok('aktenplaneinheitAnlegen', { body: { kennzeichen: '6', titel: 'Bauwesen', aussonderungsart: 'B' } })
  expect(oben.zugriff.bezeichnung).toBe('Alle')
  const blatt = await worker.ok('aktenplaneinheitAnlegen', { body: { ueber: oben.id, kennzeichen: '61', titel: 'Bauanträge', aufbewahrungsdauer: 10, aussonderungsart: 'V' } })
  const akte = await worker.ok('akteAnlegen', { body: { aktenplaneinheit: blatt.id, betreff: 'Anträge' } })
  const vorgang = await worker.ok('vorgangAnlegen', { body: { akte: akte.id, betreff: 'Scheune' } })
  expect([akte.zeichen, vorgang.zeichen]).toEqual(['61-1', `61-1/${new Date(vorgang.angelegt).getFullYear()}-1`])
  await worker.upload('dokumentAnlegen', 'antrag.txt', 'Antrag auf eine Scheune', { id: vorgang.id })
  expect((await worker.ok('suche', { query: { q: 'scheune' } })).anzahl).toBe(1)
  await server.stop()

  // A second town on the same data: strangers learn no names any more, and nobody sees the other.
  await expectFine(command(place, 'init', ...initFlags(place.folder, 'zweite', 'ein-anderes-Passwort')))
  const both = await Server.start(place)
  expect((await both.client().ok('start')).mandanten).toEqual([])
  const second = await both.login('verwalter', 'zweite', 'ein-anderes-Passwort')
  expect((await second.ok('aktenplan')).eintraege).toEqual([])
  expect((await second.ok('suche', { query: { q: 'scheune' } })).anzahl).toBe(0)
  await both.stop()
})

test('init rolls a password when none is given, and shows it once', async () => {
  const place = await Place.make(false)
  const out = await expectFine(command(place, 'init', ...initFlags(place.folder, 'probe', '').slice(0, -2)))
  const passwort = /verwalter \/ ([0-9a-f]{16})\n/.exec(out)?.[1] ?? ''
  const server = await Server.start(place)
  await server.login('verwalter', 'probe', passwort)
  await server.stop()
})

describe('on the demo', () => {
  let place: Place
  let akte: string
  beforeAll(async () => {
    place = await Place.make(true)
    akte = '632-1'
  })
  const town = ['--mandant', 'auenbrueck']
  const find = async (query: string, ...more: string[]): Promise<Json> => JSON.parse(await expectFine(command(place, 'search', ...town, '--json', ...more, query)))

  test('import files folders, each a Vorgang; a second time nothing twice', async () => {
    const folder = join(place.folder, 'Altbestand')
    mkdirSync(join(folder, 'Unterlagen'), { recursive: true })
    writeFileSync(join(folder, 'brief.txt'), 'Ein Zitronenfalterbrief')
    writeFileSync(join(folder, 'Unterlagen', 'größe.md'), '# Zitronenfalter\n\nzweiter')
    writeFileSync(join(folder, 'Unterlagen', 'leer.pdf'), '')
    const loose = join(place.folder, 'lose.html')
    writeFileSync(loose, '<p>Zitronenfalter, lose</p>')
    const args = [...town, '--akte', akte, '--person', 'grossmann', folder, loose]
    expect(await expectFine(command(place, 'import', ...args))).toMatch(/4 Dateien abgelegt, 0 waren schon da\.\s*\n$/)
    expect(await expectFine(command(place, 'import', ...args))).toMatch(/0 Dateien abgelegt, 4 waren schon da\.\s*\n$/)
    expect((await find('zitronenfalter')).anzahl).toBe(2)
    writeFileSync(join(folder, 'brief.txt'), 'Ein neuer Zitronenfalterbrief')
    expect(await expectFine(command(place, 'import', ...args))).toMatch(/1 Dateien abgelegt, 3 waren schon da/)
    const server = await Server.start(place)
    const client = await server.login('grossmann')
    const vorgaenge = await client.all('vorgaenge', { query: { akte: (await one(client, 'akten', 'zeichen', akte)).id } })
    expect(vorgaenge.map((vorgang) => vorgang.betreff)).toEqual(expect.arrayContaining(['Altbestand', 'Altbestand/Unterlagen', 'Einzelne Dateien']))
    expect(vorgaenge.find((vorgang) => vorgang.betreff === 'Altbestand').dokumente).toBe(2)
    expect(vorgaenge.find((vorgang) => vorgang.betreff === 'Altbestand').bearbeitung.name).toBe('Sabine Großmann')
    await server.stop()
  })
  test('import that is killed goes on when it is called again: all files are there, none twice', async () => {
    const count = Number(process.env['AKTENLOTSE_IMPORT_FILES'] ?? 4000)
    const folder = join(place.folder, 'Massen')
    for (let i = 0; i < count; ++i) {
      const dir = join(folder, `Ordner ${i % 20}`)
      if (i < 20) mkdirSync(dir, { recursive: true })
      // Each tenth has the same content as others in its folder: its name alone makes it another file.
      writeFileSync(join(dir, `brief_${i}.txt`), i % 10 === 0 ? 'Immer derselbe Brief' : `Massenbrief Nummer ${i} über Heckenschnitt`)
    }
    const args = ['import', ...place.flags, ...town, '--akte', akte, '--person', 'grossmann', folder]
    let killed = 0
    for (; killed < 3; ++killed) {
      const child = spawn(program, args)
      let said = ''
      child.stdout.on('data', (piece: Buffer) => (said += piece.toString()))
      const ended = once(child, 'exit')
      // In the middle: some groups are filed, one is under way.
      while (child.exitCode === null && Number(/.*\r(\d+) von/s.exec(said)?.[1] ?? 0) < (count * (killed + 1)) / 5) await new Promise((resolve) => setTimeout(resolve, 2))
      if (child.exitCode !== null) break
      expect(said).toMatch(/\d+ von \d+ Dateien, \d+ je Sekunde, noch \d+ s/)
      child.kill('SIGKILL')
      await ended
    }
    expect(killed, 'it was killed in the middle').toBe(3)
    const last = await expectFine(run(program, args))
    const [, filed, known] = /(\d+) Dateien abgelegt, (\d+) waren schon da\.\s*\n$/.exec(last) ?? []
    expect(Number(filed) + Number(known)).toBe(count)
    expect(Number(known)).toBeGreaterThanOrEqual(count / 5)
    expect(Number(filed)).toBeGreaterThan(0)
    expect(await expectFine(run(program, args))).toContain(`0 Dateien abgelegt, ${count} waren schon da.`)
    const names = (await place.sql("SELECT v.dateiname FROM version v WHERE v.mandant = 1 AND v.dateiname LIKE 'brief\\_%' ESCAPE '\\'")).trim().split('\n')
    expect(names.length).toBe(count)
    expect(new Set(names).size).toBe(count)
    await expectFine(command(place, 'check'))
  }, 600_000)
  test('import says what is wrong, and files nothing', async () => {
    for (const [args, why] of [
      [['--mandant', 'nirgends', '--akte', akte, program], 'Den Mandanten „nirgends“ gibt es nicht.'],
      [[...town, '--akte', '0-0', program], 'Die Akte „0-0“ gibt es nicht.'],
      [[...town, '--akte', akte, '--person', 'niemand', program], 'Die Person „niemand“ gibt es nicht.'],
      [[...town, '--akte', '222-1', '--person', 'grossmann', join(repository, 'demo/README.md')], 'Das gibt es nicht, oder Sie dürfen es nicht sehen.'],
      [[...town, '--akte', akte, '/gibt/es/nicht'], '/gibt/es/nicht'],
    ] as const) {
      const result = await command(place, 'import', ...args)
      expect(result.code, said(result)).not.toBe(0)
      expect(result.stderr + result.stdout).toContain(why)
    }
  })
  test('search answers as the search field does, with the rights of a person', async () => {
    const all = await find('gartenhaus')
    expect(all.anzahl).toBeGreaterThan(1)
    expect(all.eintraege[0]).toEqual({ id: expect.stringMatching(/^[0-9a-f-]{36}$/), zeichen: expect.any(String), betreff: expect.any(String) })
    expect((await find('gartenhaus', '--limit', '1')).eintraege).toHaveLength(1)
    expect((await find('preuß', '--person', 'kuehnel')).anzahl).toBeGreaterThan((await find('preuß', '--person', 'zschaebitz')).anzahl)
    expect(await expectFine(command(place, 'search', ...town, '"gibt es nirgends"'))).toBe('0 Treffer\n')
    expect(await expectFine(command(place, 'search', ...town, 'gartenhaus'))).toMatch(/^\d+ Treffer\n632-1\/2026-1-\d/)
  })
  test('collect removes what nothing names and is old, and nothing else', async () => {
    const sha = (digit: string): string => digit.repeat(64)
    const put = (digit: string, hours: number): string => {
      const file = join(place.blobs, digit + digit, digit + digit, sha(digit))
      mkdirSync(join(file, '..'), { recursive: true })
      writeFileSync(file, digit)
      const then = Date.now() / 1000 - hours * 3600
      utimesSync(file, then, then)
      return file
    }
    const old = put('a', 2)
    const young = put('b', 0)
    const upload = join(place.blobs, 'neu', 'liegengeblieben')
    mkdirSync(join(place.blobs, 'neu'), { recursive: true })
    writeFileSync(upload, 'x')
    utimesSync(upload, 1, 1)
    for (const file of namedBlobs()) utimesSync(file, 1, 1)
    // The one put there, and the one that the refused import had brought.
    expect(await expectFine(command(place, 'collect'))).toBe('2 Dateien ohne Nennung und 1 liegengebliebene Uploads entfernt.\n')
    expect([existsSync(old), existsSync(young), existsSync(upload)]).toEqual([false, true, false])
    await expectFine(command(place, 'check'))
  })
  const namedBlobs = (): string[] =>
    readdirSync(place.blobs, { recursive: true }).map((name) => join(place.blobs, String(name))).filter((file) => /[0-9a-f]{64}$/.test(file) && statSync(file).isFile() && statSync(file).size > 1)

  test('check names a changed byte of a file, a missing file, and every kind of changed row', async () => {
    expect(await expectFine(command(place, 'check'))).toMatch(/^\d+ Journaleinträge und \d+ Dateien geprüft, 0 Befunde\.\n$/)
    const file = namedBlobs()[3] ?? ''
    const bytes = readFileSync(file)
    const wrong = Buffer.from(bytes)
    wrong[wrong.length >> 1] = (wrong[wrong.length >> 1] ?? 0) ^ 1
    writeFileSync(file, wrong)
    const sha256 = file.slice(-64)
    let result = await command(place, 'check')
    expect([result.code, result.stdout.split('\n')[0]]).toEqual([1, `Der Dateiinhalt ${sha256} ist verändert: Seine Prüfsumme stimmt nicht.`])
    writeFileSync(file, bytes)
    const tampering: [string, string, RegExp][] = [
      ["UPDATE vorgang SET betreff = betreff || 'x' WHERE zeichen = '632-1/2026-1'", "UPDATE vorgang SET betreff = substr(betreff, 1, length(betreff) - 1) WHERE zeichen = '632-1/2026-1'", /Tabelle vorgang, Zeile \d+, Spalte betreff/],
      ['UPDATE journal SET zeit = zeit + 1 WHERE mandant = 1 AND nr = 100', 'UPDATE journal SET zeit = zeit - 1 WHERE mandant = 1 AND nr = 100', /der Eintrag 100 wurde verändert/],
      ['UPDATE journal SET nr = 100000 WHERE mandant = 1 AND nr = 50', 'UPDATE journal SET nr = 50 WHERE mandant = 1 AND nr = 100000', /dazwischen fehlt etwas/],
      ['UPDATE zaehler SET wert = wert + 1 WHERE mandant = 1', 'UPDATE zaehler SET wert = wert - 1 WHERE mandant = 1', /Zähler/],
      ["UPDATE volltext SET text = text || 'x' WHERE mandant = 1 AND version = (SELECT MIN(version) FROM volltext WHERE mandant = 1)", "UPDATE volltext SET text = substr(text, 1, length(text) - 1) WHERE mandant = 1 AND version = (SELECT MIN(version) FROM volltext WHERE mandant = 1)", /Text|Volltext/],
      ["UPDATE person_zugriff SET stufe = CASE stufe WHEN 'lesen' THEN 'bearbeiten' ELSE 'lesen' END WHERE mandant = 1", "UPDATE person_zugriff SET stufe = CASE stufe WHEN 'lesen' THEN 'bearbeiten' ELSE 'lesen' END WHERE mandant = 1", /Rechte: /],
    ]
    for (const [harm, cure, named] of tampering) {
      await place.sql(harm)
      result = await command(place, 'check')
      expect([result.code, harm]).toEqual([1, harm])
      expect(result.stdout).toMatch(named)
      await place.sql(cure)
    }
    await expectFine(command(place, 'check'))
  })
  test('reindex mends the search', async () => {
    await place.sql("DELETE FROM suche WHERE mandant = 1 AND art = 'dokument'")
    await place.sql('DELETE FROM suche_merkmal WHERE mandant = 1 AND art = 2')
    const broken = await command(place, 'check')
    expect([broken.code, /fehlt im Index/.test(broken.stdout)]).toEqual([1, true])
    expect((await find('gartenhaus')).anzahl).toBe(0)
    expect(await expectFine(command(place, 'reindex'))).toMatch(/^\d{2,} Objekte neu in die Suche aufgenommen\.\n$/)
    expect((await find('gartenhaus')).anzahl).toBeGreaterThan(1)
    await expectFine(command(place, 'check'))
  })
  test('migrate names the steps; a newer schema and a changed step are refused by every command', async () => {
    expect(await expectFine(command(place, 'migrate'))).toMatch(/^0001 \w+\n(\d{4} \w+\n)*Die Datenbank ist auf dem Stand dieses Programms\.\n$/)
    await place.sql("INSERT INTO migration (nummer, name, pruefsumme, zeit) VALUES (9999, 'zukunft', 'x', 1)")
    for (const name of ['serve', 'check', 'migrate', 'reindex', 'collect']) {
      const refused = await command(place, name)
      expect([refused.code, refused.stderr]).toEqual([2, 'aktenlotse: Die Datenbank ist neuer als dieses Programm (Schritt 9999 „zukunft“). Nehmen Sie die neuere Version von Aktenlotse.\n'])
    }
    await place.sql('DELETE FROM migration WHERE nummer = 9999')
    const sum = (await place.sql('SELECT pruefsumme FROM migration WHERE nummer = 1')).trim()
    await place.sql("UPDATE migration SET pruefsumme = 'x' WHERE nummer = 1")
    expect((await command(place, 'serve')).stderr).toMatch(/Er wurde nachträglich geändert/)
    await place.sql(`UPDATE migration SET pruefsumme = '${sum}' WHERE nummer = 1`)
    await expectFine(command(place, 'check'))
  })
})

describe('without data', () => {
  test.each(['check', 'reindex', 'collect', 'search --mandant x y', 'import --mandant x --akte y /dev/null'])('%s refuses a place where nothing is, and makes nothing there', async (line) => {
    const place = await Place.make(false)
    const [name, ...args] = line.split(' ') as [string]
    const empty = join(place.folder, 'vertippt')
    const flags = place.engine.name === 'sqlite' ? ['--data', empty] : place.flags
    const result = await run(program, [name, ...flags, ...args])
    expect([result.code, result.stderr]).toEqual([2, 'aktenlotse: Hier liegen keine Daten. Legen Sie zuerst mit „aktenlotse init“ einen Mandanten an.\n'])
    expect(existsSync(empty)).toBe(false)
  })
  test('no place, no folder for files, no server behind the address: a sentence, exit code 2', async () => {
    for (const [args, why] of [
      [['check'], /^aktenlotse: Nennen Sie mit --data, wo die Daten liegen/],
      [['check', '--data', 'postgresql:///x?host=/gibt/es/nicht'], /^aktenlotse: .+/],
      [['serve', '--data', '/proc/geht-nicht'], /^aktenlotse: .+/],
    ] as const) {
      const result = await run(program, [...args])
      expect([result.code, why.test(result.stderr)], said(result)).toEqual([2, true])
    }
  })
})

describe('help and settings', () => {
  const names = ['serve', 'init', 'migrate', 'import', 'search', 'check', 'reindex', 'collect', 'backup', 'restore', 'scrub', 'describe', 'version']
  test.each(names)('%s --help', async (name) => {
    const out = await expectFine(run(program, [name, '--help']))
    expect(out).toContain('Usage: aktenlotse')
    expect(out.length).toBeGreaterThan(150)
  })
  test('the program’s own help names every command and setting', async () => {
    const out = await expectFine(run(program, ['--help']))
    for (const word of [...names, '--data', '--blobs', '--port', '--config', 'AKTENLOTSE_DATA']) expect(out).toContain(word)
    expect(await expectFine(run(program, ['version']))).toMatch(/^aktenlotse \d+\.\d+\.\d+\n$/)
  })
  test.each([
    ['', /subcommand/], ['fliegen', /subcommand/], ['serve --nix', /--nix/], ['serve --port 99999', /--port/], ['serve --port zwei', /--port/], ['serve --log laut', /--log/], ['serve --host daheim', /--host/],
    ['search', /required|--mandant/], ['describe alles', /alles/], ['--config /gibt/es/nicht check', /\/gibt\/es\/nicht/], ['init --passwort-datei /gibt/es/nicht', /gibt\/es/],
  ])('wrong: %s', async (line, why) => {
    const result = await run(program, line.split(' ').filter(Boolean))
    expect(result.code).not.toBe(0)
    expect(result.stderr).toMatch(why)
  })
  test('settings come from flags, then environment, then the file; what it does not know is refused', async () => {
    const place = await Place.make(true)
    const file = join(place.folder, 'einstellungen.toml')
    const [, data = ''] = place.flags
    writeFileSync(file, `data = "${data}"\nblobs = "${place.blobs}"\nport = 1\nlog = "error"\n`)
    const server = await Server.start(place, '--config', file) // its --port 0 wins over the file's 1
    expect(server.log).toBe('')
    await server.stop()
    const count = await run(program, ['check'], { env: { AKTENLOTSE_CONFIG: file } })
    expect([count.code, count.stdout], said(count)).toEqual([0, expect.stringMatching(/ 0 Befunde/)])
    const byEnvironment = await run(program, ['check', '--config', file], { env: { AKTENLOTSE_DATA: '/proc/geht-nicht' } })
    expect(byEnvironment.code, said(byEnvironment)).toBe(2)
    appendFileSync(file, 'gibtEsNicht = 1\n')
    const unknown = await run(program, ['check', '--config', file])
    expect([unknown.code === 0, unknown.stderr.includes('gibtEsNicht')], said(unknown)).toEqual([false, true])
    writeFileSync(file, 'data = "offen\n[[[')
    expect((await run(program, ['check', '--config', file])).code).not.toBe(0)
  })
  test('the sample file that the program prints is one that it takes', async () => {
    const place = await Place.make(true)
    const file = join(place.folder, 'muster.toml')
    writeFileSync(file, await expectFine(run(program, ['describe', 'einstellungen'])))
    await expectFine(command(place, 'check', '--config', file))
  })
})

describe('backup', () => {
  const saved = /^Gesichert: die Datenbank und (\d+) Dateien, davon (\d+) neu kopiert\.\n$/
  /** Only somebody above row-level security may dump PostgreSQL. */
  const backup = (place: Place, to: string): Promise<Result> =>
    run(program, ['backup', ...superuser(place), '--to', to])
  const restore = (place: Place, from: string): Promise<Result> => run(program, ['restore', ...superuser(place), '--from', from])
  const superuser = (place: Place): string[] => place.flags.map((flag) => flag.replace('user=aktenlotse', 'user=postgres'))
  const restored = /Wiederhergestellt: die Datenbank und (\d+) Dateien, davon (\d+) neu kopiert\.\n\d+ Journaleinträge und \d+ Dateien geprüft, 0 Befunde\.\n$/

  test('taken while people work, it is whole: checked, served, and restored elsewhere', async () => {
    const server = await Server.demo()
    const place = server.place
    const client = await server.login('grossmann')
    let stop = false
    const work = (async () => {
      for (let i = 0; !stop; ++i) await client.upload('eingangErfassen', `waehrenddessen-${i}.txt`, `Silberdistel ${i}`)
    })()
    const to = join(place.folder, 'sicherung')
    const first = saved.exec(await expectFine(backup(place, to)))
    stop = true
    await work
    await client.upload('eingangErfassen', 'danach.txt', 'Schachblume')
    const second = saved.exec(await expectFine(backup(place, to)))
    await server.stop()
    expect(Number(first?.[1])).toBeGreaterThan(20)
    expect(first?.[2]).toBe(first?.[1])
    expect(Number(second?.[2])).toBeLessThan(Number(second?.[1]) / 2)
    if (place.engine.name === 'postgres') expect(readFileSync(join(to, 'aktenlotse.dump')).subarray(0, 5).toString()).toBe('PGDMP')
    else expect(await expectFine(run(program, ['check', '--data', to]))).toMatch(/, 0 Befunde\.\n$/)

    const elsewhere = await Place.make(false)
    const done = restored.exec(await expectFine(restore(elsewhere, to)))
    expect(Number(done?.[1])).toBe(Number(second?.[1]))
    expect(await expectFine(command(elsewhere, 'check'))).toBe(await expectFine(command(place, 'check')))
    // The restored town works.
    const again = await Server.start(elsewhere)
    const worker = await again.login('grossmann')
    expect((await worker.ok('suche', { query: { q: 'schachblume' } })).anzahl).toBe(1)
    expect((await worker.ok('suche', { query: { q: 'silberdistel' } })).anzahl).toBeGreaterThan(0)
    const found = (await worker.ok('suche', { query: { q: 'schachblume' } })).eintraege[0].dokument
    expect((await worker.call('versionInhalt', { id: found.id, nr: 1 })).text).toBe('Schachblume')
    await worker.upload('eingangErfassen', 'weiter.txt', 'Weiter')
    await again.stop()
  })
  test('restore overwrites nothing, takes nothing for a backup that is none, and goes on where it was killed', async () => {
    const place = await Place.make(true)
    const to = join(place.folder, 'sicherung')
    await expectFine(backup(place, to))
    const before = await expectFine(command(place, 'check'))
    const refused = await restore(place, to)
    expect([refused.code, said(refused)]).toEqual([2, 'aktenlotse: Hier liegen schon Daten. Eine Sicherung wird nur dort wiederhergestellt, wo noch nichts liegt; nennen Sie mit --data einen anderen Ort.\n'])
    expect(await expectFine(command(place, 'check'))).toBe(before)

    const elsewhere = await Place.make(false)
    const none = join(place.folder, 'keine')
    mkdirSync(none)
    const notOne = await restore(elsewhere, none)
    expect([notOne.code, said(notOne)]).toEqual([2, expect.stringMatching(/liegt keine Sicherung, die hierher passt: Es fehlt aktenlotse\.(db|dump)\.\n$/)])
    const killed = async (when: (child: ChildProcess) => Promise<unknown>) => {
      const child = spawn(program, ['restore', ...superuser(elsewhere), '--from', to], { stdio: 'ignore' })
      void when(child).then(() => child.kill('SIGKILL'))
      await once(child, 'exit')
    }
    for (let nr = 0; nr < 6; ++nr) await killed(() => sleep(5 + nr * 5))
    // The worst moment: PostgreSQL's own program is at work.
    await killed(async (child) => {
      const children = `/proc/${child.pid}/task/${child.pid}/children`
      while (existsSync(children) && readFileSync(children, 'utf8') === '') await sleep(1)
      await sleep(40)
    })
    const last = await restore(elsewhere, to)
    // It may have been done before it was killed.
    if (last.code === 0) expect(last.stdout).toMatch(restored)
    else expect(said(last)).toContain('Hier liegen schon Daten.')
    expect(await expectFine(command(elsewhere, 'check'))).toBe(before)
  })
  test('a damaged file of a backup is named, and all others come back', async () => {
    const place = await Place.make(true)
    const to = join(place.folder, 'sicherung')
    await expectFine(backup(place, to))
    const [file = ''] = readdirSync(join(to, 'blobs'), { recursive: true }).map((name) => join(to, 'blobs', String(name))).filter((name) => /[0-9a-f]{64}$/.test(name))
    appendFileSync(chmod(file), 'x')
    const elsewhere = await Place.make(false)
    const result = await restore(elsewhere, to)
    expect([result.code, result.stdout]).toEqual([1, expect.stringContaining(`Der Dateiinhalt ${file.slice(-64)} ist verändert`)])
    expect(result.stdout).toMatch(/, 1 Befunde\.\n$/)
  })
  test('names what is damaged or missing, keeps the rest, and touches no strange folder', async () => {
    const place = await Place.make(true)
    const files = readdirSync(place.blobs, { recursive: true }).map((name) => join(place.blobs, String(name))).filter((file) => /[0-9a-f]{64}$/.test(file))
    const [changed = '', gone = ''] = files
    appendFileSync(chmod(changed), 'x')
    rmSync(gone)
    const to = join(place.folder, 'sicherung')
    const result = await backup(place, to)
    expect(result.code, said(result)).toBe(1)
    expect(result.stdout).toContain(`Der Dateiinhalt ${changed.slice(-64)} ist verändert`)
    expect(result.stdout).toContain(`Der Dateiinhalt ${gone.slice(-64)} fehlt.`)
    const strange = join(place.folder, 'fremd')
    mkdirSync(strange)
    writeFileSync(join(strange, 'brief.txt'), 'x')
    const refused = await backup(place, strange)
    expect([refused.code, said(refused)]).toEqual([2, `aktenlotse: ${strange} ist weder leer noch eine Sicherung von Aktenlotse. Nennen Sie mit --to einen anderen Ordner.\n`])
    expect(readdirSync(strange)).toEqual(['brief.txt'])
  })
})

test('a server that is asked to end finishes what it has begun', async () => {
  const server = await Server.demo()
  const client: Client = await server.login('grossmann')
  const running = Array.from({ length: 10 }, (_, i) => client.upload('eingangErfassen', `${i}.txt`, `Datei ${i}`).then(() => 'done', () => 'refused'))
  await Promise.race(running)
  await server.stop()
  const answered = await Promise.all(running)
  const again = await Server.start(server.place)
  const there = (await (await again.login('grossmann')).all('posteingang')).filter((entry) => /^\d$/.test(entry.betreff)).length
  expect(there).toBeGreaterThanOrEqual(answered.filter((answer) => answer === 'done').length)
  await again.stop()
})
