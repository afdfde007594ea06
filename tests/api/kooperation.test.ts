// The Kooperationsbörse of two towns of one installation, and the room that they share: each has its own Vorgang, and what
// one gives the other gets as its own Dokument, byte for byte.
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Client, Json } from './support/client'
import { command, Server } from './support/server'
import { newVorgang, one } from './support/town'

let server: Server
let nguyen: Client // Auenbrück: keeps the network
let grossmann: Client // Auenbrück: a clerk of the Bauamt
let kuehnel: Client // Auenbrück: Personal, sees what others do not
let maeder: Client // Haselrode: Hauptamt and Registratur, keeps the network
beforeAll(async () => {
  server = await Server.demo()
  nguyen = await server.login('nguyen')
  grossmann = await server.login('grossmann')
  kuehnel = await server.login('kuehnel')
  maeder = await server.login('maeder', 'haselrode')
})
afterAll(() => server.stop())

const body = (more: Json = {}): Json => ({ richtung: 'suche', thema: 'Gemeinsam Bebauungspläne digitalisieren', laender: [], rechtsform: 'offen', sichtbarkeit: 'netze', ...more })

describe('offers and requests', () => {
  test('what fits is found with its reasons, and what does not is not', async () => {
    const mine = await grossmann.ok('netzKooperationAnlegen', { body: body({ rechtsform: 'zweckvereinbarung' }) })
    const wanted = async (): Promise<string[]> => (await grossmann.ok('netzKooperation', { query: { kooperation: mine.id } })).passend.map((item: Json) => item.thema)
    const good = await maeder.ok('netzKooperationAnlegen', { body: body({ richtung: 'biete', thema: 'Bebauungspläne scannen und digitalisieren', laender: ['Sachsen'], groesseVon: 'bis10000', rechtsform: 'zweckvereinbarung' }) })
    await maeder.ok('netzKooperationAnlegen', { body: body({ richtung: 'biete', thema: 'Etwas mit Bienen' }) })
    const tooSmall = await maeder.ok('netzKooperationAnlegen', { body: body({ richtung: 'biete', thema: 'Bebauungspläne, nur für Dörfer', groesseBis: 'bis2000' }) })
    const elsewhere = await maeder.ok('netzKooperationAnlegen', { body: body({ richtung: 'biete', thema: 'Bebauungspläne, nur bei uns', laender: ['Sachsen-Anhalt'] }) })
    const hidden = await maeder.ok('netzKooperationAnlegen', { body: body({ richtung: 'biete', thema: 'Bebauungspläne im eigenen Land', sichtbarkeit: 'land' }) })
    const [best] = (await grossmann.ok('netzKooperation', { query: { kooperation: mine.id } })).passend
    expect(best).toMatchObject({ id: good.id, ort: { land: 'Sachsen-Anhalt' } })
    expect(best.gruende).toEqual(expect.arrayContaining(['Dort wird geboten, was Sie suchen.', 'Sachsen ist ausdrücklich gemeint.', 'Ihre Größe ist die, die dort gemeint ist.', 'Beide denken an eine Zweckvereinbarung.']))
    for (const not of [tooSmall, elsewhere, hidden, { thema: 'Etwas mit Bienen' }]) expect(await wanted()).not.toContain(not.thema)
    expect((await grossmann.call('netzKooperationen', { query: { q: 'bebauung' } })).text).not.toContain('im eigenen Land')
    await grossmann.refused('nicht_gefunden', 'netzKooperation', { query: { kooperation: hidden.id } })
    await grossmann.refused('eingabe_ungueltig', 'netzKooperationAnlegen', { body: body({ sichtbarkeit: 'coaching' }) })
    await grossmann.refused('eingabe_ungueltig', 'netzKooperationAnlegen', { body: body({ groesseVon: 'bis50000', groesseBis: 'bis2000' }) })
    await grossmann.ok('netzKooperationAendern', { id: mine.id, stand: mine.stand, body: body({ thema: 'Etwas mit Fledermäusen' }) })
    expect(await wanted()).toEqual([])
    const over = await maeder.ok('netzKooperationZustand', { id: good.id, stand: good.stand, body: { status: 'beendet' } })
    await maeder.refused('abgeschlossen', 'netzKooperationAendern', { id: good.id, stand: over.stand, body: body() })
    await maeder.ok('netzKooperationZustand', { id: good.id, stand: over.stand, body: { status: 'offen' } })
  })
})

test('what a town says of its size from now on is what its offers of before say', async () => {
  const offer = await grossmann.ok('netzKooperationAnlegen', { body: body({ richtung: 'biete', thema: 'Gemeinsam Zwetschgen pflücken' }) })
  const profil = await nguyen.ok('netzProfil')
  await nguyen.ok('netzProfilSetzen', { stand: profil.stand, body: { einfuehrung: 'pilot', einwohner: 13_131, sichtbarkeit: 'netze' } })
  expect((await command(server.place, 'check')).stdout).toMatch(/ 0 Befunde\.\n$/)
  await grossmann.ok('netzKooperationZustand', { id: offer.id, stand: offer.stand, body: { status: 'beendet' } })
})

describe('two that agree', () => {
  let hier: Json
  let dort: Json
  const hierNow = async (who = nguyen): Promise<Json> => (hier = await who.ok('netzKooperation', { query: { kooperation: hier.id } }))
  const dortNow = async (): Promise<Json> => (dort = await maeder.ok('netzKooperation', { query: { kooperation: dort.id } }))

  test('an answer names the offer; both must name each other, and who keeps the network agrees', async () => {
    hier = await nguyen.ok('netzKooperationAnlegen', { body: body({ richtung: 'biete', thema: 'Vollstreckung im Auftrag' }) })
    dort = await maeder.ok('netzKooperationAnlegen', { body: body({ thema: 'Vollstreckung abgeben', gegenueber: hier.id }) })
    expect(dort).toMatchObject({ status: 'imGespraech', gegenueber: { thema: 'Vollstreckung im Auftrag' }, gegenseitig: false })
    await hierNow()
    expect(hier.antworten).toMatchObject([{ id: dort.id, thema: 'Vollstreckung abgeben' }])
    await maeder.refused('konflikt', 'netzKooperationZustand', { id: dort.id, stand: dort.stand, body: { status: 'vereinbart' } })
    await nguyen.refused('eingabe_ungueltig', 'netzKooperationZustand', { id: hier.id, stand: hier.stand, body: { status: 'imGespraech' } })
    hier = await nguyen.ok('netzKooperationZustand', { id: hier.id, stand: hier.stand, body: { status: 'imGespraech', gegenueber: dort.id } })
    await grossmann.refused('nicht_erlaubt', 'netzKooperationZustand', { id: hier.id, stand: hier.stand, body: { status: 'vereinbart' } })
    hier = await nguyen.ok('netzKooperationZustand', { id: hier.id, stand: hier.stand, body: { status: 'vereinbart' } })
    expect(hier.darfRaum, 'the other side has not agreed yet').toBe(false)
    await dortNow()
    dort = await maeder.ok('netzKooperationZustand', { id: dort.id, stand: dort.stand, body: { status: 'vereinbart' } })
    await nguyen.refused('konflikt', 'netzKooperationAendern', { id: hier.id, stand: hier.stand, body: body() })
    expect(await hierNow(grossmann)).toMatchObject({ status: 'vereinbart', gegenseitig: true, darfRaum: true })
  })

  let mein: Json
  let ihr: Json
  let dokument: Json
  const brief = Buffer.from('Vereinbarung über die Vollstreckung, Entwurf 1\n')
  test('each side opens the room with a Vorgang of its own, under its own sign', async () => {
    mein = (await newVorgang(grossmann, 'Vollstreckung mit Haselrode')).vorgang
    await maeder.ok('aktenplaneinheitAnlegen', { body: { kennzeichen: '979', titel: 'Zusammenarbeit', aufbewahrungsdauer: 10, aussonderungsart: 'B' } })
    ihr = (await newVorgang(maeder, 'Vollstreckung mit Auenbrück', '979')).vorgang
    await grossmann.refused('nicht_gefunden', 'netzRaumEroeffnen', { id: hier.id, stand: hier.stand, body: { vorgang: ihr.id } })
    await hierNow(grossmann)
    const zu = (await newVorgang(grossmann, 'Schon erledigt')).vorgang
    await grossmann.ok('vorgangZda', { id: zu.id, stand: zu.stand })
    await grossmann.refused('abgeschlossen', 'netzRaumEroeffnen', { id: hier.id, stand: hier.stand, body: { vorgang: zu.id } })
    hier = await grossmann.ok('netzRaumEroeffnen', { id: hier.id, stand: hier.stand, body: { vorgang: mein.id } })
    expect(hier.raum).toMatchObject({ status: 'offen', zeichen: mein.zeichen, verlauf: [{ art: 'eroeffnet', eigener: true, wer: 'Stadt Auenbrück', zeichen: mein.zeichen }] })
    expect(hier.raum.dort).toBeUndefined()
    await grossmann.refused('vergeben', 'netzRaumEroeffnen', { id: hier.id, stand: hier.stand, body: { vorgang: mein.id } })

    dokument = await grossmann.upload('dokumentAnlegen', 'vereinbarung.txt', brief, { id: mein.id })
    const fremd = await grossmann.upload('dokumentAnlegen', 'anderswo.txt', 'Gehört nicht dazu', { id: (await newVorgang(grossmann, 'Anderes')).vorgang.id })
    await grossmann.refused('konflikt', 'netzRaumGeben', { id: hier.id, stand: hier.stand, body: { dokument: fremd.id } })
    hier = await grossmann.ok('netzRaumGeben', { id: hier.id, stand: hier.stand, body: { dokument: dokument.id } })
    await grossmann.refused('vergeben', 'netzRaumGeben', { id: hier.id, stand: hier.stand, body: { dokument: dokument.id } })
    expect(hier.raum.verlauf.at(-1)).toMatchObject({ art: 'dokument', dokument: dokument.id, sha256: createHash('sha256').update(brief).digest('hex') })
    expect(hier.raum.verlauf.at(-1).abgeholt, 'the other side has no Vorgang yet').toBeUndefined()

    await dortNow()
    dort = await maeder.ok('netzRaumEroeffnen', { id: dort.id, stand: dort.stand, body: { vorgang: ihr.id } })
    expect(dort.raum).toMatchObject({ zeichen: ihr.zeichen, dort: mein.zeichen })
  })

  const until = async (what: () => Promise<boolean>): Promise<void> => {
    for (const end = Date.now() + 20_000; Date.now() < end; await new Promise((wait) => setTimeout(wait, 100))) if (await what()) return
    throw new Error('nothing came')
  }
  test('what one gives the other gets as its own Dokument, with its own journal entry and the same bytes', async () => {
    // Another piece wakes the other side at once.
    const zweites = await grossmann.upload('dokumentAnlegen', 'anlage.txt', 'Kostenplan', { id: mein.id })
    await grossmann.ok('netzRaumGeben', { id: hier.id, stand: hier.stand, body: { dokument: zweites.id } })
    await until(async () => (await dortNow()).raum.verlauf.filter((step: Json) => step.abgeholt).length === 2)
    const came = await maeder.all('vorgangDokumente', { id: ihr.id })
    expect(came).toHaveLength(2)
    const step = dort.raum.verlauf.find((one: Json) => one.art === 'dokument')
    const theirs = await maeder.ok('dokument', { id: step.dokument })
    expect(theirs).toMatchObject({ art: 'Eingang', absender: 'Stadt Auenbrück' })
    expect(theirs.id).not.toBe(dokument.id)
    const bytes = await maeder.call('versionInhalt', { id: theirs.id, nr: 1 })
    expect(createHash('sha256').update(bytes.bytes).digest('hex')).toBe(step.sha256)
    expect(bytes.bytes.equals(brief)).toBe(true)
    expect((await maeder.ok('dokumentHistorie', { id: theirs.id })).eintraege.length).toBeGreaterThan(0)
    expect((await grossmann.ok('dokumentHistorie', { id: dokument.id })).eintraege.map((entry: Json) => entry.aktion)).toContain('netzraum.gegeben')
    // Neither reads the Dokument of the other.
    await maeder.refused('nicht_gefunden', 'dokument', { id: dokument.id })
    await grossmann.refused('nicht_gefunden', 'dokument', { id: theirs.id })
    await grossmann.refused('nicht_gefunden', 'vorgang', { id: ihr.id })
    // Both see one history, with the signs of both.
    await hierNow(grossmann)
    const words = (raum: Json): string[] => raum.verlauf.map((one: Json) => `${one.wer} ${one.zeichen} ${one.art} ${one.sha256}`)
    expect(words(hier.raum)).toEqual(words(dort.raum))
    expect(hier.raum).toMatchObject({ zeichen: mein.zeichen, dort: ihr.zeichen })
  })
  test('who may not see the Vorgang is told nothing of the room', async () => {
    const personal = await one(kuehnel, 'zugriffe', 'bezeichnung', 'Personal (vertraulich)')
    const akte = await one(kuehnel, 'akten', 'zeichen', '222-1')
    const secret = await kuehnel.ok('vorgangAnlegen', { body: { akte: akte.id, betreff: 'Versetzung nach Haselrode' } })
    expect(secret.zugriff.id).toBe(personal.id)
    let a = await nguyen.ok('netzKooperationAnlegen', { body: body({ thema: 'Personal teilen' }) })
    let b = await maeder.ok('netzKooperationAnlegen', { body: body({ richtung: 'biete', thema: 'Personal ausleihen', gegenueber: a.id }) })
    a = await nguyen.ok('netzKooperationZustand', { id: a.id, stand: a.stand, body: { status: 'imGespraech', gegenueber: b.id } })
    a = await nguyen.ok('netzKooperationZustand', { id: a.id, stand: a.stand, body: { status: 'vereinbart' } })
    b = await maeder.ok('netzKooperationZustand', { id: b.id, stand: b.stand, body: { status: 'vereinbart' } })
    await grossmann.refused('nicht_gefunden', 'netzRaumEroeffnen', { id: a.id, stand: a.stand, body: { vorgang: secret.id } })
    a = await kuehnel.ok('netzRaumEroeffnen', { id: a.id, stand: a.stand, body: { vorgang: secret.id } })
    expect(a.raum.zeichen).toBe(secret.zeichen)
    const seen = await grossmann.call('netzKooperation', { query: { kooperation: a.id } })
    expect(seen.json.raum).toBeUndefined()
    expect(seen.text).not.toContain(secret.zeichen)
  })
  test('what comes to a closed Vorgang waits with the reason, until it is open again', async () => {
    let theirs = await maeder.ok('vorgang', { id: ihr.id })
    theirs = await maeder.ok('vorgangZda', { id: ihr.id, stand: theirs.stand })
    for (const [name, words] of [['nachtrag.txt', 'Nachtrag'], ['zweiter-nachtrag.txt', 'Noch einer']] as const) {
      const piece = await grossmann.upload('dokumentAnlegen', name, words, { id: mein.id })
      await grossmann.ok('netzRaumGeben', { id: hier.id, stand: hier.stand, body: { dokument: piece.id } })
      if (name === 'nachtrag.txt') {
        await until(async () => (await hierNow(grossmann)).raum.verlauf.at(-1).hinweis.includes('abgeschlossen'))
        expect(await maeder.all('vorgangDokumente', { id: ihr.id })).toHaveLength(2)
        await maeder.ok('vorgangZdaAufheben', { id: ihr.id, stand: theirs.stand })
      }
    }
    await until(async () => (await maeder.all('vorgangDokumente', { id: ihr.id })).length === 4)
    expect((await hierNow(grossmann)).raum.verlauf.filter((step: Json) => step.art === 'dokument').map((step: Json) => [step.abgeholt !== undefined, step.hinweis])).toEqual(Array(4).fill([true, '']))
  })
  test('a closed Vorgang takes and gives nothing more, and an ended room neither', async () => {
    let vorgang = await grossmann.ok('vorgang', { id: mein.id })
    const drittes = await grossmann.upload('dokumentAnlegen', 'spaet.txt', 'Zu spät', { id: mein.id })
    vorgang = await grossmann.ok('vorgang', { id: mein.id })
    vorgang = await grossmann.ok('vorgangZda', { id: mein.id, stand: vorgang.stand })
    await grossmann.refused('abgeschlossen', 'netzRaumGeben', { id: hier.id, stand: hier.stand, body: { dokument: drittes.id } })
    await grossmann.ok('vorgangZdaAufheben', { id: mein.id, stand: vorgang.stand })
    hier = await grossmann.ok('netzRaumBeenden', { id: hier.id, stand: hier.stand })
    expect(hier.raum).toMatchObject({ status: 'beendet', darfGeben: false })
    await grossmann.refused('konflikt', 'netzRaumGeben', { id: hier.id, stand: hier.stand, body: { dokument: drittes.id } })
    expect((await dortNow()).raum.verlauf.at(-1)).toMatchObject({ art: 'beendet', eigener: false, wer: 'Stadt Auenbrück' })
    expect(await maeder.all('vorgangDokumente', { id: ihr.id })).toHaveLength(4)
  })
})
