// Circulars, newsletters and press releases: ordered by mail, ended with one click, read without a login.
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Client } from './support/client'
import { PostServer } from './support/post'
import { Server } from './support/server'
import { strangerTo } from './support/stranger'

let post: PostServer
let server: Server
const stranger = strangerTo(() => server)
let nguyen: Client // Auenbrück (Sachsen): keeps the network
let grossmann: Client // Auenbrück: a clerk
let maeder: Client // Haselrode (Sachsen-Anhalt)
let yildiz: Client // Haselrode: Ordnungsamt
beforeAll(async () => {
  post = await PostServer.start('netz', 'geheim')
  const passwort = path.join((process.env['TMPDIR'] ?? '/tmp'), `smtp-${process.pid}.txt`)
  writeFileSync(passwort, 'geheim\n')
  server = await Server.demo('--smtp-host', '127.0.0.1', '--smtp-port', String(post.port), '--smtp-benutzer', 'netz', '--smtp-passwort-datei', passwort, '--smtp-verschluesselung', 'keine', '--smtp-absender', 'netz@auenbrueck.example', '--adresse', 'https://netz.example/')
  nguyen = await server.login('nguyen')
  grossmann = await server.login('grossmann')
  maeder = await server.login('maeder', 'haselrode')
  yildiz = await server.login('yildiz', 'haselrode')
})
afterAll(async () => {
  await server.stop()
  await post.stop()
})

const mailTo = async (to: string, subject: string): Promise<string> => {
  for (let i = 0; i < 100; ++i) {
    const found = post.mails.filter((mail) => mail.to.includes(to) && mail.subject.includes(subject)).at(-1)
    if (found) return found.raw + found.text
    await new Promise((done) => setTimeout(done, 100))
  }
  throw new Error(`no mail to ${to} about ${subject}: ${post.mails.map((mail) => `${mail.to} ${mail.subject}`).join('; ')}`)
}

describe('circulars and press', () => {
  const order = async (email: string, liste = 'newsletter'): Promise<number> => (await stranger('/oeffentlich/abo?von=auenbrueck', { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams({ email, liste }) })).status
  const linkIn = (mail: string, what: string): string => new RegExp(`https://netz\\.example(/oeffentlich/abo/${what}\\?schluessel=[0-9a-f.]+)`).exec(mail)?.[1] ?? ''
  const count = async (): Promise<number> => (await nguyen.ok('netzSchreiben')).newsletter

  test('who orders is asked by mail first, and ends it with one click, without a login', async () => {
    expect((await stranger('/oeffentlich/abo?von=gibt-es-nicht')).status).toBe(404)
    const form = await stranger('/oeffentlich/abo?von=auenbrueck')
    expect(form.text).toContain('<form method="post"')
    expect(form.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(form.text).not.toContain('<script')
    expect(await order('keine Adresse')).toBe(422)
    expect(await order('leserin@presse.example')).toBe(200)
    expect(await order('andere@presse.example')).toBe(200)
    expect(await count()).toBe(0)
    const asked = await mailTo('leserin@presse.example', 'Bitte bestätigen')
    const confirm = linkIn(asked, 'bestaetigen')
    // Programs that open links in mails confirm nothing.
    expect((await stranger(confirm)).status).toBe(200)
    expect(await count()).toBe(0)
    expect((await stranger(confirm, { method: 'POST' })).text).toContain('Bestätigt')
    expect(await count()).toBe(1)
    expect((await stranger('/oeffentlich/abo/bestaetigen?schluessel=1.abc', { method: 'POST' })).status).toBe(404)
    // Ordered again within the hour: no second mail, and the same answer. The first one has come by then.
    await mailTo('andere@presse.example', 'Bitte bestätigen')
    const before = post.mails.length
    expect(await order('andere@presse.example')).toBe(200)
    expect(await order('leserin@presse.example')).toBe(200)
    let letter = await nguyen.ok('netzSchreibenAnlegen', { body: { art: 'newsletter', titel: 'Flaschenpost Probe', inhalt: 'Erster Absatz\n\nZweiter <b>Absatz</b>', tag: '2026-11-28' } })
    expect((await stranger(`/oeffentlich/presse/${letter.id}`)).status).toBe(404)
    letter = await nguyen.ok('netzSchreibenAendern', { id: letter.id, stand: letter.stand, body: { art: 'newsletter', titel: letter.titel, inhalt: letter.inhalt, ort: 'Auenbrück', tag: '2026-11-28' } })
    letter = await nguyen.ok('netzSchreibenVeroeffentlichen', { id: letter.id, stand: letter.stand })
    expect(letter.empfaenger).toBe(1)
    await nguyen.refused('abgeschlossen', 'netzSchreibenAendern', { id: letter.id, stand: letter.stand, body: { art: 'newsletter', titel: 'x', inhalt: 'x', tag: '2026-11-28' } })
    const mail = await mailTo('leserin@presse.example', 'Flaschenpost Probe')
    expect(mail).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click')
    expect(mail).not.toContain('andere@presse.example')
    expect(post.mails.slice(before).filter((one) => one.to.length !== 1)).toEqual([])
    expect(post.mails.slice(before).filter((one) => one.subject.includes('bestätigen'))).toEqual([])
    expect((await stranger(linkIn(mail, 'beenden'))).text).toContain('Sie sind abgemeldet')
    // By the button of a mail program (RFC 8058), and again, it is the same.
    expect((await stranger(linkIn(mail, 'beenden'), { method: 'POST', body: 'List-Unsubscribe=One-Click' })).status).toBe(200)
    expect((await stranger('/oeffentlich/stil.css')).headers.get('content-type')).toContain('text/css')
    expect(await count()).toBe(0)
    for (const client of [nguyen, grossmann, maeder]) for (const list of ['netzSchreiben', 'netzBericht']) expect((await client.call(list)).text).not.toContain('presse.example')
  })

  test('the press release of 25 April 2025 is a public page, in the Atom feed, and a PDF', async () => {
    const list = await stranger('/oeffentlich/presse')
    // The page itself leads to the newsletter: a form that names its sender, without script or style of its own.
    expect(list.text).toMatch(/<form method="post" action="\/oeffentlich\/abo">.*name="von".*name="email"/s)
    expect(list.text).not.toMatch(/<script|<style|style=/)
    expect((await stranger('/oeffentlich/abo')).text).toContain('value="auenbrueck"')
    expect((await stranger('/oeffentlich/abo', { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams({ von: 'auenbrueck', email: 'von-der-seite@presse.example', liste: 'newsletter' }) })).text).toContain('Bitte sehen Sie in Ihr Postfach')
    await mailTo('von-der-seite@presse.example', 'Bitte bestätigen')
    expect((await stranger('/oeffentlich/abo', { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams({ von: 'gibt-es-nicht', email: 'x@presse.example', liste: 'newsletter' }) })).status).toBe(404)
    const id = /presse\/([0-9a-f-]{36})">Über die Landesgrenze/.exec(list.text)?.[1] ?? ''
    const page = await stranger(`/oeffentlich/presse/${id}`)
    expect(page.text).toContain('<h1>Über die Landesgrenze')
    expect(page.text).toContain('Dresden, 25.04.2025')
    expect(page.text).toContain('416 der 418')
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'; style-src 'self'")
    expect(page.text).not.toContain('<script')
    const pdf = await stranger(`/oeffentlich/presse/${id}/pdf`)
    const file = path.join(server.place.folder, 'presse.pdf')
    writeFileSync(file, pdf.bytes)
    expect(execFileSync('pdftotext', [file, '-']).toString().replace(/\s+/g, ' ')).toContain('Erfolgsfaktoren besprochen')
    const feed = await stranger('/oeffentlich/presse.atom')
    expect(feed.headers.get('content-type')).toContain('application/atom+xml')
    const xml = path.join(server.place.folder, 'presse.atom')
    writeFileSync(xml, feed.text)
    const at = (query: string): string => execFileSync('xmllint', ['--xpath', query, xml]).toString().trim()
    const atom = (name: string): string => `*[local-name()='${name}' and namespace-uri()='http://www.w3.org/2005/Atom']`
    // RFC 4287: feed and each entry have exactly one id, title and updated; an author; an alternate link.
    for (const name of ['id', 'title', 'updated']) {
      expect(at(`count(/${atom('feed')}/${atom(name)})`), name).toBe('1')
      expect(at(`count(//${atom('entry')}[count(${atom(name)})!=1])`), name).toBe('0')
    }
    expect(at(`count(//${atom('entry')}[not(${atom('author')}/${atom('name')})])`)).toBe('0')
    expect(at(`count(//${atom('entry')}[not(${atom('link')}[@rel='alternate' and starts-with(@href,'https://netz.example/oeffentlich/presse/')])])`)).toBe('0')
    expect(Number(at(`count(//${atom('entry')})`))).toBeGreaterThanOrEqual(3)
    expect(at(`string(//${atom('entry')}[${atom('id')}='urn:uuid:${id}']/${atom('updated')})`)).toBe('2025-04-25T00:00:00Z')
    expect(at(`string(//${atom('entry')}[${atom('title')}='Flaschenpost Probe']/${atom('content')})`)).toContain('<b>Absatz</b>')
  })

  test('a circular is for the network, not for the public', async () => {
    let letter = await nguyen.ok('netzSchreibenAnlegen', { body: { art: 'rundschreiben', titel: 'Nur im Netz', inhalt: 'Bitte weitersagen', tag: '2026-11-28' } })
    await grossmann.refused('nicht_erlaubt', 'netzSchreibenAnlegen', { body: { art: 'rundschreiben', titel: 'x', inhalt: 'x', tag: '2026-11-28' } })
    expect((await grossmann.call('netzSchreiben')).text).not.toContain('Nur im Netz')
    letter = await nguyen.ok('netzSchreibenVeroeffentlichen', { id: letter.id, stand: letter.stand })
    expect((await yildiz.call('netzSchreiben')).text).toContain('Nur im Netz')
    expect((await stranger('/oeffentlich/presse')).text).not.toContain('Nur im Netz')
    expect((await stranger(`/oeffentlich/presse/${letter.id}`)).status).toBe(404)
    expect((await stranger('/oeffentlich/presse.atom')).text).not.toContain('Nur im Netz')
  })
})
