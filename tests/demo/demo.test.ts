// The demo data must be whole before any server reads it: files, names, signs and rights that refer to each other.
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, test } from 'vitest'

interface Zugriff {
  bezeichnung: string
  eintraege: { traegerArt: string; traeger?: string; stufe: string }[]
}
interface Stadt {
  schluessel: string
  ags: string
  geschaeftszeichen: { akte: string; vorgang: string; dokument: string }
  organisationseinheiten: { kurzzeichen: string; bezeichnung: string; ueber?: string; posteingang: string }[]
  stellen: { bezeichnung: string; organisationseinheit: string; rollen: string[]; personen: string[] }[]
  personen: { anmeldename: string; vorname: string; nachname: string }[]
  zugriffe: Zugriff[]
  demoLogins: { anmeldename: string; beschreibung: string }[]
}
interface Datei {
  datei: string
  ohneText?: boolean
}
interface Dokument extends Datei {
  betreff: string
  art: string
  datum: string
  eingangsdatum?: string
  absender?: string
  versionen?: (Datei & { bearbeitung: string; datum: string })[]
  anlagen?: (Datei & { betreff: string })[]
}
interface Vorgang {
  zeichen: string
  bearbeitung: string
  angelegt: string
  zdaDatum?: string
  dokumente: Dokument[]
}
interface Akte {
  zeichen: string
  aktenplan: string
  organisationseinheit: string
  angelegt: string
  vorgaenge: Vorgang[]
}
interface Bestand {
  akten: Akte[]
  posteingang: (Datei & { organisationseinheit: string; kanal: string; eingangsdatum: string })[]
}

const root = fileURLToPath(new URL('../../demo/', import.meta.url))
const read = (path: string) => readFileSync(root + path, 'utf8')
const staedte = (JSON.parse(read('staedte.json')) as { staedte: Stadt[] }).staedte
const bestaende = (JSON.parse(read('bestand.json')) as { staedte: Record<string, Bestand> }).staedte
const lastDay = '2026-11-23'

const [header, ...lines] = read('aktenplan.csv').trimEnd().split('\n')
const plan = lines.map((line) => line.split(';'))
const kennzeichen = plan.map(([key]) => key)
const parentOf = (key: string) => (key.includes('.') ? key.replace(/\.\d+$/, '') : key.slice(0, -1))
const isLeaf = (key: string) => !kennzeichen.some((other) => other !== key && parentOf(other) === key)

const filesOf = (dokument: Dokument): Datei[] => [dokument, ...(dokument.versionen ?? []), ...(dokument.anlagen ?? [])]
const dokumenteOf = (bestand: Bestand) => bestand.akten.flatMap((a) => a.vorgaenge.flatMap((v) => v.dokumente))
const allFiles = (bestand: Bestand): Datei[] => [...dokumenteOf(bestand).flatMap(filesOf), ...bestand.posteingang]
const duplicates = (list: string[]) => list.filter((entry, i) => list.indexOf(entry) !== i)
const unknown = (list: string[], known: string[]) => list.filter((entry) => !known.includes(entry))

describe('aktenplan.csv', () => {
  it('has the seven columns in every line', () => {
    expect(header).toBe('kennzeichen;titel;beschreibung;aufbewahrungsdauer;aussonderungsart;organisationseinheit;zugriff')
    expect(plan.length).toBeGreaterThan(140)
    expect(plan.filter((row) => row.length !== 7 || !row[1])).toEqual([])
  })
  it('names every Kennzeichen once, in order, below an existing parent', () => {
    expect(duplicates(kennzeichen)).toEqual([])
    expect(kennzeichen.filter((key) => !/^\d{1,3}(\.\d\d)?$/.test(key))).toEqual([])
    expect(kennzeichen.filter((key) => key.length > 1 && !kennzeichen.includes(parentOf(key)))).toEqual([])
    expect([...kennzeichen].sort()).toEqual(kennzeichen)
  })
  it('knows only A, B, V and whole years', () => {
    expect(plan.filter((row) => !/^\d*$/.test(row[3]) || !/^[ABV]$/.test(row[4]))).toEqual([])
  })
  it('gives leaves an owner, and roots an access definition, that every town has', () => {
    expect(plan.filter(([key, , , , , unit]) => isLeaf(key) !== Boolean(unit))).toEqual([])
    expect(plan.filter((row) => row[0].length === 1 && !row[6])).toEqual([])
    for (const stadt of staedte) {
      const units = stadt.organisationseinheiten.map((o) => o.kurzzeichen)
      expect(unknown(plan.map((row) => row[5]), ['', ...units])).toEqual([])
      expect(unknown(plan.map((row) => row[6]), ['', ...stadt.zugriffe.map((z) => z.bezeichnung)])).toEqual([])
    }
  })
})

describe.each(staedte)('staedte.json: $schluessel', (stadt) => {
  const units = stadt.organisationseinheiten.map((o) => o.kurzzeichen)
  const stellen = stadt.stellen.map((s) => s.bezeichnung)
  const logins = stadt.personen.map((p) => p.anmeldename)
  const rollen = ['SB', 'RG', 'SGV', 'LT', 'FA', 'DA', 'ARC', 'LP', 'AT']

  it('lists each unit, Stelle, person and Zugriff once, units after their parent', () => {
    for (const list of [units, stellen, logins, stadt.zugriffe.map((z) => z.bezeichnung)]) expect(duplicates(list)).toEqual([])
    stadt.organisationseinheiten.forEach((o, i) => {
      if (o.ueber) expect(units.slice(0, i)).toContain(o.ueber)
    })
  })
  it('uses a municipal key that does not exist', () => {
    expect(stadt.ags).toMatch(/^1[45]999\d{3}$/)
  })
  it('fills Stellen with known people and roles, and leaves nobody without one', () => {
    expect(unknown(stadt.stellen.map((s) => s.organisationseinheit), units)).toEqual([])
    expect(unknown(stadt.stellen.flatMap((s) => s.rollen), rollen)).toEqual([])
    expect(unknown(stadt.stellen.flatMap((s) => s.personen), logins)).toEqual([])
    expect(unknown(logins, stadt.stellen.flatMap((s) => s.personen))).toEqual([])
    expect(logins.filter((login) => !/^[a-z-]+$/.test(login))).toEqual([])
    expect(unknown(stadt.demoLogins.map((d) => d.anmeldename), logins)).toEqual([])
  })
  it('grants rights to nobody unknown', () => {
    const known: Record<string, string[]> = { organisationseinheit: units, stelle: stellen, rolle: rollen, person: logins }
    for (const eintrag of stadt.zugriffe.flatMap((z) => z.eintraege)) {
      expect(['lesen', 'bearbeiten']).toContain(eintrag.stufe)
      if (eintrag.traegerArt === 'alle') expect(eintrag.traeger).toBeUndefined()
      else expect(known[eintrag.traegerArt], JSON.stringify(eintrag)).toContain(eintrag.traeger)
    }
    const inboxes = stadt.organisationseinheiten.map((o) => o.posteingang)
    expect(unknown(inboxes, stadt.zugriffe.map((z) => z.bezeichnung))).toEqual([])
  })
})

test('all nine roles are held in the larger town', () => {
  expect(new Set(staedte[0].stellen.flatMap((s) => s.rollen)).size).toBe(9)
})

describe.each(staedte)('bestand.json: $schluessel', (stadt) => {
  const bestand = bestaende[stadt.schluessel]
  const logins = stadt.personen.map((p) => p.anmeldename)
  const units = stadt.organisationseinheiten.map((o) => o.kurzzeichen)

  it('forms every sign by the template of the town', () => {
    const aktenPerEntry = new Map<string, number>()
    for (const akte of bestand.akten) {
      const number = (aktenPerEntry.get(akte.aktenplan) ?? 0) + 1
      aktenPerEntry.set(akte.aktenplan, number)
      const fill = (template: string, vorgang: number, angelegt: string) =>
        template
          .replace('{OE}', akte.organisationseinheit)
          .replace('{Aktenplan}', akte.aktenplan)
          .replace('{Akte}', String(number))
          .replace('{Vorgang}', String(vorgang))
          .replace('{Jahr}', angelegt.slice(0, 4))
      expect(akte.zeichen).toBe(fill(stadt.geschaeftszeichen.akte, 0, akte.angelegt))
      akte.vorgaenge.forEach((vorgang, i) =>
        expect(vorgang.zeichen).toBe(fill(stadt.geschaeftszeichen.vorgang, i + 1, vorgang.angelegt)))
    }
  })
  it('puts Akten on leaves, and gives them to units and people of the town', () => {
    expect(bestand.akten.filter((a) => !kennzeichen.includes(a.aktenplan) || !isLeaf(a.aktenplan))).toEqual([])
    expect(unknown([...bestand.akten, ...bestand.posteingang].map((x) => x.organisationseinheit), units)).toEqual([])
    const vorgaenge = bestand.akten.flatMap((a) => a.vorgaenge)
    const versionen = dokumenteOf(bestand).flatMap((d) => d.versionen ?? [])
    expect(unknown([...vorgaenge, ...versionen].map((x) => x.bearbeitung), logins)).toEqual([])
  })
  it('tells a possible story: nothing from the future, nothing filed after zdA', () => {
    for (const vorgang of bestand.akten.flatMap((a) => a.vorgaenge)) {
      for (const dokument of vorgang.dokumente) {
        const days = [dokument.datum, dokument.eingangsdatum, ...(dokument.versionen ?? []).map((v) => v.datum)]
          .filter((day) => day !== undefined)
        expect([...days].sort(), dokument.datei).toEqual(days)
        expect(days[days.length - 1] <= (vorgang.zdaDatum ?? lastDay), dokument.datei).toBe(true)
        expect(dokument.art === 'Eingang', dokument.datei).toBe(dokument.absender !== undefined)
      }
    }
    expect(bestand.posteingang.filter((e) => e.eingangsdatum > lastDay || !e.kanal)).toEqual([])
  })
  it('names every file in its folder exactly once', () => {
    const folder = `dokumente/${stadt.schluessel}/`
    expect(allFiles(bestand).map((d) => d.datei).sort()).toEqual(readdirSync(root + folder).map((f) => folder + f).sort())
  })
})

const run = (command: string, ...args: string[]) => execFileSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 24 })

// The parts of a mail that are base64, decoded; the rest of the mail as it is.
function attachments(mail: string): Buffer[] {
  return [...mail.matchAll(/Transfer-Encoding: base64\r\n\r\n([A-Za-z0-9+/=\r\n]+)\r\n--/g)].map((m) => Buffer.from(m[1], 'base64'))
}

function textOf(path: string): string {
  const file = root + path
  if (path.endsWith('.pdf')) return run('pdftotext', file, '-')
  if (path.endsWith('.docx')) return run('unzip', '-p', file, 'word/document.xml').replace(/<[^>]*>/g, ' ')
  if (path.endsWith('.odt')) return run('unzip', '-p', file, 'content.xml').replace(/<[^>]*>/g, ' ')
  return read(path)
}

const files = Object.values(bestaende).flatMap(allFiles)

describe('dokumente', () => {
  test.each(files)('$datei is valid and says enough to be found', ({ datei, ohneText }) => {
    const words = textOf(datei).match(/\p{L}{3,}/gu) ?? []
    if (ohneText) expect(words).toEqual([])
    else expect(words.length).toBeGreaterThan(80)
    const bytes = readFileSync(root + datei)
    if (/\.(docx|odt)$/.test(datei)) {
      for (const part of run('unzip', '-Z1', root + datei).split('\n').filter((name) => name.endsWith('.xml')))
        execFileSync('xmllint', ['--noout', '-'], { input: run('unzip', '-p', root + datei, part.replace(/[[\]]/g, '\\$&')) })
    }
    if (datei.endsWith('.odt')) expect(bytes.toString('latin1', 30, 77)).toBe('mimetypeapplication/vnd.oasis.opendocument.text')
    if (datei.endsWith('.eml')) {
      const mail = bytes.toString('utf8')
      for (const field of ['From', 'To', 'Date', 'Subject', 'Message-ID']) expect(mail).toMatch(new RegExp(`^${field}: .`, 'm'))
      for (const [, boundary] of mail.matchAll(/boundary="([^"]+)"/g)) expect(mail).toContain(`\r\n--${boundary}--`)
      for (const part of attachments(mail)) expect(part.toString('latin1', 0, 4)).toMatch(/%PDF|PK\x03\x04/)
      expect(attachments(mail).length).toBe(mail.match(/filename="[^"]+\.(pdf|odt)"/g)?.length ?? 0)
    }
  })

  it('cites only signs of its own town that exist', () => {
    const patterns: Record<string, RegExp> = {
      auenbrueck: /(?<![\w.-])\d{1,3}(?:\.\d\d)?-\d+\/20\d\d-\d+\b/g,
      haselrode: /\b[A-Z]{2} \d{1,3}(?:\.\d\d)?\.\d+-\d+\/20\d\d\b/g,
    }
    for (const [town, bestand] of Object.entries(bestaende)) {
      const signs = bestand.akten.flatMap((a) => a.vorgaenge.map((v) => v.zeichen))
      const cited = allFiles(bestand).flatMap((d) => textOf(d.datei).match(patterns[town]) ?? [])
      expect(unknown(cited, signs)).toEqual([])
      expect(new Set(cited).size).toBeGreaterThan(signs.length * 0.7)
    }
  })
  it('writes to no mail domain or web site that could be real', () => {
    const hosts = files.flatMap((d) => textOf(d.datei).match(/(?<=@|www\.|:\/\/)[a-z0-9][a-z0-9.-]*\.[a-z]{2,}/g) ?? [])
    expect(hosts.length).toBeGreaterThan(50)
    expect(hosts.filter((host) => !host.endsWith('.example'))).toEqual([])
  })
  it('stays small', () => {
    expect(files.reduce((sum, d) => sum + statSync(root + d.datei).size, 0)).toBeLessThan(3_000_000)
  })
})
