// Letters in the browser: from a template over the fair copy to a mail, and the answer that comes back; a note that two
// people write at once; black boxes; figures. The mail server is a small one of our own, the answer comes by LMTP.
import { mkdtempSync, rmSync } from 'node:fs';
import { createConnection, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { api, bar, baseUrl, bauVorgang, expect, freshWord, letter, loginAs, row, test } from './support/app';
import { startServer, type RunningServer } from './support/server';

/** Takes one mail after another, as a mail server does. */
class Post {
  readonly mails: string[] = [];
  private readonly server: Server = createServer((socket) => this.talk(socket));

  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return (this.server.address() as AddressInfo).port;
  }
  close(): void {
    this.server.close();
  }
  private talk(socket: Socket): void {
    let typed = '';
    let data = false;
    socket.write('220 post.example\r\n');
    socket.on('data', (piece) => {
      typed += piece.toString('latin1');
      for (;;) {
        const end = data ? typed.indexOf('\r\n.\r\n') : typed.indexOf('\r\n');
        if (end < 0) return;
        const line = typed.slice(0, end);
        typed = typed.slice(end + (data ? 5 : 2));
        if (data) this.mails.push(line);
        const isData = !data && /^DATA/i.test(line);
        socket.write(isData ? '354 go on\r\n' : /^QUIT/i.test(line) && !data ? '221 bye\r\n' : '250 ok\r\n');
        data = isData;
      }
    });
  }
}

/** Hands a mail over, as the mail server of the town does. */
async function deliver(path: string, lines: readonly string[]): Promise<void> {
  const socket = createConnection(path);
  let answers = '';
  socket.on('data', (piece) => (answers += piece.toString()));
  const said = async (code: RegExp): Promise<void> => expect.poll(() => answers).toMatch(code);
  await said(/^220/);
  for (const [command, code] of [['LHLO x', /250 /], ['MAIL FROM:<ida@buerger.example>', /250 2\.1|250 .*\n.*250/s], ['RCPT TO:<bauamt@auenbrueck.example>', /250/], ['DATA', /354/]] as const) {
    socket.write(`${command}\r\n`);
    await said(code);
  }
  socket.write(`${lines.join('\r\n')}\r\n.\r\n`);
  await said(/250 2\.0\.0 abgelegt/);
  socket.end('QUIT\r\n');
}

const post = new Post();
let server: RunningServer | undefined;
let folder: string;
let before: string | undefined;
test.beforeAll(async () => {
  test.setTimeout(240_000); // the demo is loaded anew
  folder = mkdtempSync(join(tmpdir(), 'aktenlotse-post-'));
  server = await startServer('--lmtp', `unix:${folder}/lmtp`, '--smtp-host', '127.0.0.1', '--smtp-port', String(await post.listen()), '--smtp-verschluesselung', 'keine', '--smtp-absender', 'amt@auenbrueck.example');
  before = process.env['AKTENLOTSE_E2E_URL'];
  process.env['AKTENLOTSE_E2E_URL'] = server.url;
});
test.afterAll(async () => {
  if (before !== undefined) process.env['AKTENLOTSE_E2E_URL'] = before;
  await server?.stop();
  post.close();
  rmSync(folder, { recursive: true, force: true });
});


test('a letter goes from the template over the fair copy by mail, and the answer comes back', async ({ page }) => {
  test.setTimeout(240_000); // LibreOffice prints
  await loginAs(page, 'nguyen');
  const units = await api<{ eintraege: { id: string; kurzzeichen: string }[] }>(page, 'GET', '/organisationseinheiten');
  await api(page, 'POST', '/eingangsadressen', { adresse: 'bauamt@auenbrueck.example', organisationseinheit: units.eintraege.find((one) => one.kurzzeichen === 'BA')?.id });
  await loginAs(page, 'grossmann');
  const word = freshWord('brief');
  const vorgang = await bauVorgang(page, `Vorgang ${word}`);
  await api(page, 'POST', '/kontakte', { art: 'person', anrede: 'Frau', vorname: 'Ida', nachname: word, strasse: 'Gartenweg 3', plz: '00914', ort: 'Auenbrück', email: 'ida@buerger.example' });

  await page.goto(`${baseUrl()}/vorgaenge/${vorgang.id}`);
  await page.getByRole('link', { name: 'Schreiben', exact: true }).click();
  await expect(page.getByLabel('Vorlage')).toHaveValue(/.+/);
  await page.getByLabel('Betreff').fill(`Ihr Zaun ${word}`);
  const to = page.getByRole('combobox', { name: 'Empfänger' });
  await to.fill(word);
  await page.getByRole('option', { name: new RegExp(word) }).click();
  await page.getByLabel('Textbaustein einfügen').selectOption({ label: 'Eingangsbestätigung' });
  await expect(page.getByLabel('Text', { exact: true })).toHaveValue(/vielen Dank/);
  await page.getByRole('button', { name: 'Entwurf anlegen' }).click();
  await expect(bar(page)).toContainText('1 Entwurf ist angelegt.');

  await page.getByRole('tab', { name: 'Versand' }).click();
  await page.getByRole('button', { name: 'Reinschrift erzeugen' }).click();
  await expect(page.getByText(/Von Version 1, 1 Seite, PDF\/A-2b/)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByLabel('E-Mail-Adresse')).toHaveValue('ida@buerger.example');
  await page.getByRole('button', { name: 'Versenden' }).click();
  await expect(bar(page)).toContainText(`„Ihr Zaun ${word}“ ist versandt.`);
  await expect(page.getByText(/E-Mail an Ida/)).toBeVisible();
  // Beside it go the mails of the day to those who work here.
  const letters = (): string[] => post.mails.filter((mail) => mail.includes('ida@buerger.example'));
  await expect.poll(() => letters().length, { timeout: 30_000 }).toBe(1);
  await expect(page.getByText('erledigt')).toBeVisible({ timeout: 15_000 });
  // What went out stays as it went: nothing offers to change it any more.
  await expect(page.getByRole('button', { name: 'Reinschrift aufheben' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Neue Version' })).toHaveCount(0);

  const id = /Message-ID: <([^>]+)>/.exec(letters()[0] ?? '')?.[1] ?? '';
  await deliver(join(folder, 'lmtp'), ['From: Ida <ida@buerger.example>', 'To: bauamt@auenbrueck.example', `Subject: Danke ${word}`, 'Message-ID: <antwort@buerger.example>', `In-Reply-To: <${id}>`, 'Date: Mon, 23 Nov 2026 10:00:00 +0100', '', 'Vielen Dank.']);
  await page.goto(`${baseUrl()}/vorgaenge/${vorgang.id}`);
  await page.getByRole('option').filter({ hasText: `Danke ${word}` }).dblclick();
  await page.getByRole('link', { name: 'Antworten' }).click();
  await expect(page.getByRole('heading', { level: 1, name: `Antwort auf „Danke ${word}“` })).toBeVisible();
  await expect(page.getByLabel('Betreff')).toHaveValue(`AW: Danke ${word}`);
});

/** What lies in the Postkorb of whoever is logged in. */
const inBasket = (page: Page, text: string) => page.getByRole('main').getByRole('button').filter({ hasText: text });
/** Does by key what a basket holds of this Vorgang. */
async function doStep(page: Page, name: string, word: string, done: string, korb = ''): Promise<void> {
  await loginAs(page, name);
  await page.goto(`${baseUrl()}/postkorb${korb}`);
  await inBasket(page, word).click();
  await page.keyboard.press('z');
  await expect(bar(page)).toContainText(done);
}
/** Writes a letter to somebody with an address, and stays at it. */
async function writeLetter(page: Page, vorgang: { id: string }, word: string, vorlage?: string): Promise<string> {
  await api(page, 'POST', '/kontakte', { art: 'person', anrede: 'Frau', vorname: 'Ida', nachname: word, strasse: 'Gartenweg 3', plz: '00914', ort: 'Auenbrück', email: 'ida@buerger.example' });
  await page.goto(`${baseUrl()}/vorgaenge/${vorgang.id}`);
  await page.getByRole('link', { name: 'Schreiben', exact: true }).click();
  await expect(page.getByLabel('Vorlage')).toHaveValue(/.+/);
  if (vorlage !== undefined) await page.getByLabel('Vorlage').selectOption({ label: vorlage });
  await page.getByLabel('Betreff').fill(`Bescheid ${word}`);
  await page.getByRole('combobox', { name: 'Empfänger' }).fill(word);
  await page.getByRole('option', { name: new RegExp(word) }).click();
  await page.getByRole('button', { name: 'Entwurf anlegen' }).click();
  await expect(bar(page)).toContainText('1 Entwurf ist angelegt.');
  return /dokumente\/([^/?]+)/.exec(page.url())?.[1] ?? '';
}
async function route(page: Page, zeile: string): Promise<void> {
  const line = page.getByRole('textbox', { name: /^Laufweg/ });
  await line.fill(zeile);
  await line.press('Control+Enter');
  await expect(bar(page)).toContainText('Auf den Laufweg gegeben');
}
async function sendLetter(page: Page, dokument: string, word: string): Promise<void> {
  await page.goto(`${baseUrl()}/dokumente/${dokument}?ansicht=versand`);
  await page.getByRole('button', { name: 'Reinschrift erzeugen' }).click();
  await expect(page.getByText(/PDF\/A-2b/)).toBeVisible({ timeout: 90_000 });
  await page.getByRole('button', { name: 'Versenden' }).click();
  await expect(bar(page)).toContainText(`„Bescheid ${word}“ ist versandt.`);
}

test('a building application goes from the mail to zdA through three offices and a deputy', async ({ page }) => {
  test.setTimeout(300_000); // LibreOffice prints
  const word = freshWord('bauantrag');
  await loginAs(page, 'grossmann');
  const vorgang = await bauVorgang(page, `Bauantrag ${word}`);
  await deliver(join(folder, 'lmtp'), ['From: Ida <ida@buerger.example>', 'To: bauamt@auenbrueck.example', `Subject: Bauantrag ${word}`, `Message-ID: <${word}@buerger.example>`, 'Date: Mon, 23 Nov 2026 10:00:00 +0100', '', 'Sehr geehrte Damen und Herren,', `zu ${vorgang.zeichen} reiche ich den Bauantrag ein.`]);
  // It is in the Posteingang, and one key files it.
  await page.goto(`${baseUrl()}/posteingang`);
  await row(page, `Bauantrag ${word}`).click();
  await expect(page.locator('section[aria-busy="false"]')).toBeVisible();
  await expect(page.locator('button.proposal').first()).toContainText(vorgang.zeichen);
  await page.keyboard.press('a');
  await expect(bar(page)).toContainText(`In ${vorgang.zeichen} abgelegt`);

  // The head lets the other offices in.
  await loginAs(page, 'wicazowa');
  await page.goto(`${baseUrl()}/vorgaenge/${vorgang.id}`);
  await page.getByRole('tab', { name: 'Metadaten' }).click();
  await page.getByLabel('Zugriff', { exact: true }).selectOption({ label: 'Ämterübergreifend' });
  await expect.poll(async () => (await api<{ zugriff: { bezeichnung: string } }>(page, 'GET', `/vorgaenge/${vorgang.id}`)).zugriff.bezeichnung).toBe('Ämterübergreifend');

  await loginAs(page, 'grossmann');
  const dokument = await writeLetter(page, vorgang, word);
  await page.goto(`${baseUrl()}/dokumente/${dokument}`);
  await route(page, '@kämmerei stn und @ordnungsamt stn, dann @al-khatib pr bis Fr, dann @strassberger sz, Versand, zdA');
  await doStep(page, 'osswald', word, 'Stellung genommen.', '?korb=einheit');
  await doStep(page, 'oeztuerk', word, 'Stellung genommen.', '?korb=einheit');
  await doStep(page, 'grossmann', word, 'Geprüft.', '?korb=vertretung');
  await doStep(page, 'strassberger', word, 'Schlussgezeichnet.');
  await loginAs(page, 'grossmann');
  await sendLetter(page, dokument, word);
  await doStep(page, 'grossmann', word, 'Zu den Akten gelegt.');
  expect(await api(page, 'GET', `/vorgaenge/${vorgang.id}`)).toMatchObject({ status: 'abgeschlossen' });
  await page.goto(`${baseUrl()}/vorgaenge/${vorgang.id}?ansicht=geschaeftsgang`);
  const slip = page.getByRole('article');
  for (const text of ['beendet', /erledigt von Sabine Großmann für .*Khatib/, 'Oßwald', 'Öztürk', 'Straßberger']) await expect(slip).toContainText(text);
});

test('a rejected draft comes back, is written anew, is signed again and goes out', async ({ page }) => {
  test.setTimeout(300_000); // LibreOffice prints
  const word = freshWord('zurueck');
  await loginAs(page, 'grossmann');
  const vorgang = await bauVorgang(page, `Ablehnung ${word}`);
  const dokument = await writeLetter(page, vorgang, word, 'Ohne Vorlage: leere Notiz (Markdown)');
  await page.goto(`${baseUrl()}/dokumente/${dokument}`);
  await route(page, '@wicazowa mz, dann @strassberger sz, Versand');
  await doStep(page, 'wicazowa', word, 'Mitgezeichnet.');
  await loginAs(page, 'strassberger');
  await page.goto(`${baseUrl()}/postkorb`);
  await inBasket(page, word).click();
  await page.keyboard.press('r');
  await page.getByLabel('Grund').fill('Die Rechtsgrundlage fehlt.');
  await page.keyboard.press('Enter');
  await expect(bar(page)).toContainText('Zurückgegeben.');

  await loginAs(page, 'grossmann');
  await page.goto(`${baseUrl()}/postkorb`);
  await expect(inBasket(page, word)).toContainText('Die Rechtsgrundlage fehlt.');
  await page.goto(`${baseUrl()}/dokumente/${dokument}/bearbeiten`);
  await page.getByLabel('Inhalt').fill('# Bescheid\n\nNach § 69 SächsBO wird der Antrag abgelehnt.');
  await page.getByLabel('Inhalt').press('Control+s');
  await expect(bar(page)).toContainText('Als Version 2 gespeichert.');
  await page.goto(`${baseUrl()}/dokumente/${dokument}`);
  await page.getByRole('tab', { name: /Versionen/ }).click();
  await expect(page.getByRole('tabpanel')).toContainText('im Browser geschrieben');
  await doStep(page, 'grossmann', word, 'Bearbeitung erledigt.');
  // The mark was on the first version: it is asked for again.
  await loginAs(page, 'wicazowa');
  await page.goto(`${baseUrl()}/postkorb`);
  await expect(inBasket(page, word)).toContainText('Neue Version: erneut zeichnen');
  await doStep(page, 'wicazowa', word, 'Mitgezeichnet.');
  await doStep(page, 'strassberger', word, 'Schlussgezeichnet.');
  await loginAs(page, 'grossmann');
  await sendLetter(page, dokument, word);
  await expect.poll(() => post.mails.filter((mail) => mail.includes(word)).length, { timeout: 30_000 }).toBeGreaterThan(0);
  await page.goto(`${baseUrl()}/vorgaenge/${vorgang.id}?ansicht=geschaeftsgang`);
  await expect(page.getByRole('article')).toContainText('beendet');
});

test('a note is written in the browser, and what somebody else saved meanwhile stays too', async ({ page }) => {
  test.setTimeout(90_000);
  await loginAs(page, 'grossmann');
  const word = freshWord('notiz');
  const vorgang = await bauVorgang(page, `Vorgang ${word}`);
  await page.goto(`${baseUrl()}/vorgaenge/${vorgang.id}/schreiben`);
  await page.getByLabel('Art', { exact: true }).selectOption({ label: 'Intern (Vermerk, Notiz)' });
  await page.getByLabel('Vorlage').selectOption({ label: 'Ohne Vorlage: leere Notiz (Markdown)' });
  await page.getByLabel('Betreff').fill(word);
  await page.getByRole('button', { name: 'Entwurf anlegen' }).click();
  await page.getByRole('link', { name: 'Bearbeiten', exact: true }).click();
  const text = page.getByLabel('Inhalt');
  await text.fill('# Ortstermin\n\nDer Zaun steht.');
  await text.press('Control+s');
  await expect(bar(page)).toContainText('Als Version 2 gespeichert.');
  const id = /dokumente\/([^/]+)/.exec(page.url())?.[1] ?? '';
  const session = await (await page.request.get(`${baseUrl()}/api/anmeldung`)).json();
  await page.request.post(`${baseUrl()}/api/dokumente/${id}/versionen?dateiname=x.md&basis=2`, { headers: { 'X-CSRF-Token': session.csrf, 'Content-Type': 'application/octet-stream' }, data: 'Der andere war schneller.' });
  await text.fill('# Ortstermin\n\nDer Zaun steht schief.');
  await page.getByRole('button', { name: 'Speichern' }).click();
  await expect(bar(page)).toContainText('Ihre Fassung ist Version 4');
  await bar(page).getByRole('link', { name: 'Vergleichen' }).click();
  await expect(page).toHaveURL(/vergleich\?alt=3&neu=4/);
});

test('black boxes are drawn on the page, and the copy goes into an Akteneinsicht', async ({ page }) => {
  test.setTimeout(240_000); // LibreOffice prints
  await loginAs(page, 'grossmann');
  const word = freshWord('schwarz');
  const vorgang = await bauVorgang(page, `Vorgang ${word}`);
  const session = await (await page.request.get(`${baseUrl()}/api/anmeldung`)).json();
  const file = letter(`${word}.pdf`, 'Geheimes');
  const made = await (await page.request.post(`${baseUrl()}/api/vorgaenge/${vorgang.id}/dokumente?dateiname=${word}.pdf`, { headers: { 'X-CSRF-Token': session.csrf, 'Content-Type': 'application/octet-stream' }, data: file.bytes })).json();
  await page.goto(`${baseUrl()}/dokumente/${made.id}/schwaerzen`);
  const sheet = page.getByRole('img', { name: 'Seite 1' });
  await expect(sheet).toBeVisible();
  await expect.poll(async () => (await sheet.boundingBox())?.height ?? 0).toBeGreaterThan(300);
  const box = await sheet.boundingBox();
  if (box === null) throw new Error('no page');
  await page.mouse.move(box.x + 40, box.y + 40);
  await page.mouse.down();
  await page.mouse.move(box.x + 240, box.y + 160, { steps: 4 });
  await page.mouse.up();
  await expect(page.getByText('1 Stelle markiert')).toBeVisible();
  await page.getByLabel('Bezeichnung').fill('Ohne Namen');
  await page.getByLabel('Grund').fill('Schutz Dritter');
  await page.getByRole('button', { name: 'Geschwärzte Kopie erzeugen' }).click();
  await expect(page.getByRole('link', { name: 'Ohne Namen' })).toBeVisible({ timeout: 30_000 });

  await page.goto(`${baseUrl()}/vorgaenge/${vorgang.id}/akteneinsicht`);
  await page.getByLabel('Wer sieht ein').fill('Ida Beispiel');
  await page.getByLabel('Grundlage').fill('§ 29 VwVfG');
  await page.getByLabel('Fassung').selectOption({ label: 'Ohne Namen' });
  await page.getByRole('button', { name: 'Zusammenstellen' }).click();
  await expect(page.getByRole('link', { name: /Seiten öffnen/ })).toBeVisible({ timeout: 60_000 });
});

test('a head sees the figures of her units', async ({ page }) => {
  await loginAs(page, 'wicazowa');
  await page.getByRole('link', { name: 'Auswertung' }).click();
  await expect(page.getByRole('heading', { name: 'Je Einheit und Art' })).toBeVisible();
  await expect(page.getByText('Zahlen zu Personen gibt es nur')).toBeVisible();
  await page.getByLabel('Einheit', { exact: true }).selectOption({ label: 'BH Bauhof' });
  await expect(page).toHaveURL(/einheit=/);
});
