// The Lotsennetz in the browser: a practice of the other Land tried, adopted and taken back; a checklist; the map; who sees what.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { ADMINISTRATION, api, bar, baseUrl, expect, freshPlace, freshWord, login, loginAs, test } from './support/app';
import { startServer } from './support/server';

const HAUPTAMT = /Hauptamt, Soziales/i;
const open = async (page: Page, path: string): Promise<void> => {
  await page.goto(`${baseUrl()}/netz/${path}`);
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
};

test('a small town finds a practice of the other Land, tries it, adopts it, and takes it back', async ({ page }) => {
  await login(page, HAUPTAMT);
  await page.getByRole('navigation', { name: 'Hauptmenü' }).getByRole('link', { name: 'Lotsennetz' }).click();
  await page.getByLabel('Praxis suchen').fill('Bauantr');
  await page.getByRole('link', { name: 'Bauantrag in sechs Schritten' }).click();
  await expect(page.getByText('Stadt Auenbrück, Sachsen', { exact: false }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Ausprobieren' }).click();
  const box = page.getByRole('region', { name: 'Ausprobieren' });
  await expect(box.getByText('Noch ist nichts geändert', { exact: false })).toBeVisible();
  await expect(box.getByText('geht nicht')).toBeVisible();
  await box.getByLabel('bürgermeisterin').fill('bürgermeister');
  await box.getByLabel('bürgermeisterin').press('Enter');
  await expect(box.getByText('geht nicht')).toHaveCount(0);
  await expect(box.getByRole('row', { name: /Laufweg Bauantrag/ })).toContainText('neu');
  await box.getByRole('button', { name: 'Übernehmen', exact: true }).click();
  await expect(bar(page)).toContainText('ist übernommen');
  await expect(page.getByText('@bürgermeister sz', { exact: false })).toBeVisible();
  await page.getByRole('button', { name: 'Zurücknehmen' }).click();
  await expect(bar(page)).toContainText('ist zurückgenommen');
  await expect(page.getByText('zurückgenommen', { exact: true })).toBeVisible();
});

test('a checklist takes the new version, and keeps its ticks', async ({ page }) => {
  await login(page, ADMINISTRATION);
  await open(page, 'werkzeuge');
  await page.getByRole('region', { name: 'In Arbeit' }).getByRole('link', { name: 'E-Akte einführen in 12 Schritten' }).click();
  const news = page.getByRole('region', { name: 'Neuere Version' });
  await expect(news).toContainText('Mit dem zuständigen Archiv');
  await expect(page.getByRole('status').filter({ hasText: 'erledigt' })).toContainText('8 von');
  await news.getByRole('button', { name: 'Auf die neue Version wechseln' }).click();
  await expect(bar(page)).toContainText('Kein Haken ging verloren');
  await expect(page.getByRole('heading', { name: 'Aus früheren Versionen' })).toBeVisible();
  await expect(page.getByText('Die Scanner sind beschafft.')).toBeVisible();
  const point = page.getByRole('group', { name: /Jede Stelle hat eine Vertretung/ });
  await point.getByRole('button', { name: 'erledigt', exact: true }).click();
  await expect(point.getByRole('button', { name: 'erledigt', exact: true })).toHaveAttribute('aria-pressed', 'true');
});

test('a town writes a tool, tries and releases it, and the other Land works through it', async ({ page }) => {
  const titel = freshWord('Umzug ');
  await loginAs(page, 'nguyen');
  await open(page, 'werkzeuge');
  await page.getByRole('button', { name: 'Werkzeug schreiben' }).click();
  await page.getByRole('textbox', { name: 'Titel', exact: true }).fill(titel);
  await page.getByLabel('In einem Satz').fill('Akten ziehen mit um');
  await page.getByLabel('Für wen').fill('Registratur');
  await page.getByLabel('Überschrift').fill('Vorher');
  await page.getByLabel('Was zu tun ist').fill('Regale gezählt');
  await page.getByRole('button', { name: 'Noch ein Punkt' }).click();
  await page.getByLabel('Was zu tun ist').last().fill('Kartons bestellt');
  await page.getByRole('button', { name: 'Speichern' }).click();
  await expect(page.getByRole('heading', { level: 1, name: titel })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Abarbeiten' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Als Pilot ausgeben' }).click();
  await expect(bar(page)).toContainText('wird jetzt erprobt');
  await page.getByRole('button', { name: 'Freigeben' }).click();
  await expect(bar(page)).toContainText('freigegeben');
  await page.context().clearCookies();
  await login(page, HAUPTAMT);
  await open(page, 'werkzeuge');
  await page.getByLabel('Werkzeug suchen').fill(titel);
  await page.getByRole('region', { name: 'Aus den Kommunen' }).getByRole('link', { name: titel }).click();
  await page.getByRole('button', { name: 'Abarbeiten' }).click();
  const point = page.getByRole('group', { name: 'Kartons bestellt' });
  await point.getByRole('button', { name: 'erledigt', exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: 'erledigt' })).toContainText('1 von 2');
});

test('a point of a checklist names the Vorgang that proves it', async ({ page }) => {
  await login(page, ADMINISTRATION);
  const { vorgang } = await freshPlace(page, freshWord('Auftrag '));
  await open(page, 'werkzeuge');
  await page.getByRole('region', { name: 'In Arbeit' }).getByRole('link', { name: 'E-Akte einführen in 12 Schritten' }).click();
  const point = page.getByRole('listitem').filter({ has: page.getByRole('group') }).first();
  await point.getByRole('button', { name: /^Notiz/ }).click();
  await point.getByLabel('Nachweis').fill('9-9/9-9');
  await point.getByRole('button', { name: 'Speichern' }).click();
  await expect(bar(page)).toContainText('gibt es nicht, oder Sie sehen es nicht');
  await point.getByLabel('Nachweis').fill(vorgang.zeichen);
  await point.getByRole('button', { name: 'Speichern' }).click();
  await point.getByRole('link', { name: vorgang.zeichen }).click();
  await expect(page).toHaveURL(new RegExp(`/vorgaenge/${vorgang.id}`));
});

test('the readiness check shows its result as a picture, with the table beside it', async ({ page }) => {
  await login(page, HAUPTAMT);
  await open(page, 'werkzeuge');
  await page.getByRole('region', { name: 'In Arbeit' }).getByRole('link', { name: 'Bereitschaftscheck' }).click();
  await expect(page.getByRole('img', { name: 'Ergebnis des Bereitschaftschecks' })).toBeVisible();
  await expect(page.getByRole('row', { name: /Technik/ })).toContainText('1 / 5');
});

test('towns are found by name, and the map leads to those of a district', async ({ page }) => {
  await login(page, ADMINISTRATION);
  await open(page, 'kommunen');
  await page.getByLabel('Kommunen suchen').fill('Görlitz, Stadt');
  await page.getByRole('option', { name: /Görlitz, Stadt/ }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: /Görlitz, Stadt/ })).toBeVisible();
  await expect(page.getByText('14626110').first()).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Lotse Elbland' })).toBeVisible();
  await open(page, 'karte');
  await expect(page.getByRole('img', { name: /Kachelkarte/ })).toBeVisible();
  await page.getByRole('link', { name: 'Erzgebirgskreis' }).click();
  await expect(page.getByRole('option', { name: /Annaberg-Buchholz/ })).toBeVisible();
});

test('a person decides field by field who sees what', async ({ page }) => {
  await login(page, ADMINISTRATION);
  await open(page, 'menschen');
  const me = page.getByRole('article').filter({ hasText: 'Das sind Sie' }).first();
  await me.getByRole('button', { name: 'Wer sieht was' }).click();
  await me.getByLabel('Themen', { exact: true }).fill('Aktenplan');
  await me.getByLabel('Themen sichtbar für').selectOption('coaching');
  await me.getByRole('button', { name: 'Speichern' }).click();
  await expect(me).toContainText(/Aktenplan\s*\(nur Lotse und Navigator \(Coaching\)\)/);
});

test('what a town of 4,000 adopts from the other Land, a case runs by', async ({ page }) => {
  await login(page, HAUPTAMT);
  await open(page, 'praxis');
  await page.getByLabel('Praxis suchen').fill('Bauantrag in sechs');
  await page.getByRole('link', { name: 'Bauantrag in sechs Schritten' }).click();
  await page.getByRole('button', { name: 'Ausprobieren' }).click();
  const box = page.getByRole('region', { name: 'Ausprobieren' });
  await box.getByLabel('bürgermeisterin').fill('bürgermeister');
  await box.getByLabel('bürgermeisterin').press('Enter');
  await expect(box.getByText('geht nicht')).toHaveCount(0);
  await box.getByRole('button', { name: 'Übernehmen', exact: true }).click();
  await expect(bar(page)).toContainText('ist übernommen');
  const zeile = await page.locator('article code').first().innerText();
  expect(zeile).toContain('@bürgermeister sz');
  const { vorgang } = await freshPlace(page, freshWord('Bauantrag '));
  await page.goto(`${baseUrl()}/vorgaenge/${vorgang.id}`);
  const line = page.getByRole('textbox', { name: /^Laufweg/ });
  await line.fill(zeile);
  await expect(page.getByRole('list', { name: 'So verstanden' }).getByRole('listitem')).toHaveCount(6);
  await line.press('Control+Enter');
  await expect(bar(page)).toContainText('Auf den Laufweg gegeben: 6 Schritte');
  await expect(page.getByRole('article').first()).toContainText('an der Reihe');
  await open(page, 'uebernommen');
  await page.getByRole('button', { name: 'Zurücknehmen' }).first().click();
  await expect(bar(page)).toContainText('ist zurückgenommen');
});

test('an offer finds the request that it fits, with the reasons, and the two come to talk', async ({ page }) => {
  const word = freshWord('Drohnen');
  await login(page, HAUPTAMT);
  await open(page, 'kooperationen');
  await page.getByRole('button', { name: 'Angebot oder Gesuch' }).click();
  await page.getByLabel('Thema').fill(`${word} für die Vermessung`);
  await page.getByLabel('Rechtsform').selectOption('Zweckvereinbarung');
  await page.getByRole('button', { name: 'Speichern' }).click();
  await expect(page.getByRole('heading', { level: 1, name: `${word} für die Vermessung` })).toBeVisible();

  await loginAs(page, 'nguyen');
  await open(page, 'kooperationen');
  await page.getByRole('button', { name: 'Angebot oder Gesuch' }).click();
  await page.getByRole('combobox', { name: 'Angebot oder Gesuch' }).first().selectOption('geboten');
  await page.getByLabel('Thema').fill(`Wir haben ${word}`);
  await page.getByLabel('Rechtsform').selectOption('Zweckvereinbarung');
  await page.getByRole('button', { name: 'Speichern' }).click();
  const fitting = page.getByRole('article').filter({ hasText: 'für die Vermessung' });
  await expect(fitting).toContainText('Dort wird gesucht, was Sie bieten.');
  await expect(fitting).toContainText('Beide denken an eine Zweckvereinbarung.');
  await page.getByRole('button', { name: 'Ins Gespräch kommen' }).first().click();
  await expect(bar(page)).toContainText('im Gespräch');
  await expect(page.getByText('Die andere Seite hat Sie noch nicht genannt.')).toBeVisible();
});

test('an installation is joined by a card and a fingerprint, and one that is away is named so', async ({ page }) => {
  await loginAs(page, 'nguyen');
  await open(page, 'verbund');
  await expect(page.getByRole('region', { name: 'Unsere Karte' })).toContainText('Stadt Auenbrück');
  const name = freshWord('Verbund ');
  await page.getByRole('button', { name: 'Installation anfragen' }).click();
  const schluessel = [...name].map((letter) => letter.charCodeAt(0).toString(16)).join('').padEnd(64, '0').slice(0, 64);
  await page.getByLabel('Karte der anderen Seite').fill(JSON.stringify({ name, land: 'Sachsen-Anhalt', adresse: 'http://127.0.0.1:9', schluessel }));
  await page.getByLabel('Karte der anderen Seite').blur();
  await expect(page.getByLabel('Adresse')).toHaveValue('http://127.0.0.1:9');
  await page.getByRole('button', { name: 'Speichern' }).click();
  const card = page.getByRole('article', { name });
  await expect(card).toContainText('angefragt');
  // What the other side would read out; it stands nowhere on this screen.
  const read = createHash('sha256').update(schluessel).digest('hex').slice(0, 32);
  await card.getByLabel('Vorgelesener Fingerabdruck').fill('0000 1111');
  await card.getByRole('button', { name: 'Verbinden' }).click();
  await expect(card).toContainText('nicht der Fingerabdruck dieses Schlüssels');
  await card.getByLabel('Vorgelesener Fingerabdruck').fill(read);
  await card.getByRole('button', { name: 'Verbinden' }).click();
  await expect(bar(page)).toContainText('verbunden');
  await card.getByRole('button', { name: 'Jetzt abgleichen' }).click();
  await expect(card).toContainText('nicht zu erreichen', { timeout: 15_000 });
  await card.getByRole('button', { name: 'Beenden' }).click();
  await expect(card).toContainText('beendet');
});

test('a case says with which Baustein and version it began, also after a newer version was adopted', async ({ page }) => {
  interface Stand {
    id: string;
    stand: number;
  }
  const titel = freshWord('Fundsachen ');
  const kennzeichen = `9${Date.now().toString().slice(-5)}`;
  const praxis: { now?: Stand } = {};
  const tie = async (version: string): Promise<void> => {
    const before = praxis.now;
    if (before === undefined) throw new Error('no practice yet');
    praxis.now = await api<Stand>(page, 'PUT', `/netz/praktiken/${before.id}/baustein`, { version, aktenplan: [kennzeichen], typen: [], laufwege: [], checklisten: [], proben: [] }, before.stand);
  };
  await loginAs(page, 'hoenicke');
  await api(page, 'POST', '/aktenplaneinheiten', { kennzeichen, titel, aufbewahrungsdauer: 5, aussonderungsart: 'V' });
  await loginAs(page, 'nguyen');
  praxis.now = await api<Stand>(page, 'POST', '/netz/praktiken', { titel, problem: 'Fundsachen blieben liegen.', sichtbarkeit: 'netze' });
  for (const status of ['pruefung', 'veroeffentlicht']) praxis.now = await api<Stand>(page, 'POST', `/netz/praktiken/${praxis.now.id}/zustand`, { status }, praxis.now.stand);
  await tie('1.0');

  const adopt = async (version: string): Promise<void> => {
    await open(page, `praxis/${praxis.now?.id ?? ''}`);
    await page.getByRole('button', { name: 'Ausprobieren' }).click();
    const box = page.getByRole('region', { name: 'Ausprobieren' });
    await expect(box.getByRole('heading', { name: `${titel} ${version}` })).toBeVisible();
    await box.getByRole('button', { name: 'Übernehmen', exact: true }).click();
    await expect(bar(page)).toContainText('ist übernommen');
  };
  const begin = async (betreff: string): Promise<string> => {
    const plan = await api<{ eintraege: { id: string; kennzeichen: string }[] }>(page, 'GET', '/aktenplan');
    const akte = await api<{ id: string }>(page, 'POST', '/akten', { aktenplaneinheit: plan.eintraege.find((one) => one.kennzeichen === kennzeichen)?.id, betreff });
    return (await api<{ id: string }>(page, 'POST', '/vorgaenge', { akte: akte.id, betreff })).id;
  };
  const says = (version: string): RegExp => new RegExp(`Begonnen mit Baustein „${titel}“ ${version.replace('.', '\\.')} \\(Stadt Auenbrück\\)`);
  await page.context().clearCookies();
  await login(page, HAUPTAMT);
  await adopt('1.0');
  const erster = await begin(`${titel} eins`);
  await page.goto(`${baseUrl()}/vorgaenge/${erster}`);
  await expect(page.getByText(says('1.0'))).toBeVisible();
  await expect(page.getByText('neue Vorgänge beginnen mit')).toHaveCount(0);

  await loginAs(page, 'nguyen');
  await tie('1.1');
  await page.context().clearCookies();
  await login(page, HAUPTAMT);
  await adopt('1.1');
  await page.goto(`${baseUrl()}/vorgaenge/${erster}`);
  await expect(page.getByText(says('1.0'))).toContainText('neue Vorgänge beginnen mit 1.1');
  await page.goto(`${baseUrl()}/vorgaenge/${await begin(`${titel} zwei`)}`);
  await expect(page.getByText(says('1.1'))).toBeVisible();
  await expect(page.getByText('neue Vorgänge beginnen mit')).toHaveCount(0);
});

test('a tool carries a file, which another town downloads', async ({ page }) => {
  const titel = freshWord('Dienstanweisung ');
  const pdf = '%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>\nendobj\ntrailer\n<< /Size 4 /Root 1 0 R >>\n%%EOF\n';
  await loginAs(page, 'nguyen');
  await open(page, 'werkzeuge');
  await page.getByRole('button', { name: 'Werkzeug schreiben' }).click();
  await page.getByRole('textbox', { name: 'Titel', exact: true }).fill(titel);
  await page.getByLabel('In einem Satz').fill('Zum Anpassen');
  await page.getByLabel('Für wen').fill('Hauptamt');
  await page.getByLabel('Überschrift').fill('So geht es');
  await page.getByLabel('Was zu tun ist').fill('Gelbe Stellen gefüllt');
  await page.getByRole('button', { name: 'Speichern' }).click();
  await expect(page.getByRole('heading', { level: 1, name: titel })).toBeVisible();
  const give = async (name: string, content: string): Promise<void> => {
    const chosen = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: /Datei (beilegen|ersetzen)/ }).click();
    await (await chosen).setFiles({ name, mimeType: 'application/pdf', buffer: Buffer.from(content) });
  };
  await give('Anweisung.pdf', pdf);
  await expect(bar(page)).toContainText('Die Datei liegt dem Entwurf bei');
  await expect(page.getByRole('link', { name: 'Anweisung.pdf' })).toBeVisible();
  await page.getByRole('button', { name: 'Freigeben' }).click();
  await expect(bar(page)).toContainText('freigegeben');
  await expect(page.getByRole('button', { name: /Datei (beilegen|ersetzen)/ })).toHaveCount(0);
  await page.context().clearCookies();
  await login(page, HAUPTAMT);
  await open(page, 'werkzeuge');
  await page.getByLabel('Werkzeug suchen').fill(titel);
  await page.getByRole('region', { name: 'Aus den Kommunen' }).getByRole('link', { name: titel }).click();
  const got = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Anweisung.pdf' }).click();
  expect((await got).suggestedFilename()).toBe('Anweisung.pdf');
  expect(createHash('sha256').update(await readFile(await (await got).path())).digest('hex')).toBe(createHash('sha256').update(pdf).digest('hex'));
});

test('the tenant that keeps the Verbund reads in another Land, row by row first, and the map has it', async ({ page }) => {
  const server = await startServer('--verbund', 'auenbrueck');
  const before = process.env['AKTENLOTSE_E2E_URL'];
  process.env['AKTENLOTSE_E2E_URL'] = server.url;
  try {
    await loginAs(page, 'nguyen');
    await open(page, 'verzeichnis');
    await expect(page.getByRole('row', { name: /^Sachsen 418/ })).toBeVisible();
    const chosen = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Tabelle wählen' }).click();
    await (await chosen).setFiles({ name: 'thueringen.csv', mimeType: 'text/csv', buffer: Buffer.from('AGS;Name;Art;Kreis;Einwohner;PLZ\r\n16051000;Erfurt, Stadt;Kreisfreie Stadt;;215675;99084\r\n16061045;Heilbad Heiligenstadt, Stadt;Stadt;Eichsfeld;17231;37308\r\n16061074;Niederorschel;Gemeinde;Eichsfeld;viele;37355\r\n') });
    await expect(page.getByRole('status').filter({ hasText: 'mit Fehlern' })).toContainText('2 neu, 0 geändert, 0 unverändert, 1 mit Fehlern');
    await expect(page.getByRole('row', { name: /16061074/ })).toContainText('„viele“ ist keine Zahl von Einwohnern.');
    const take = page.getByRole('button', { name: '3 Zeilen übernehmen' });
    await expect(take).toBeDisabled();
    await page.getByLabel('Quelle', { exact: true }).fill('Thüringer Landesamt für Statistik, 31.12.2024');
    await take.click();
    await expect(bar(page)).toContainText('Eingelesen: 2 neu');
    await expect(page.getByRole('row', { name: /^Thüringen 2/ })).toBeVisible();
    await open(page, 'kommunen');
    await page.getByLabel('Land', { exact: true }).selectOption('Thüringen');
    await expect(page.getByRole('option', { name: /Heilbad Heiligenstadt/ })).toBeVisible();
    await open(page, 'karte');
    await expect(page.getByRole('img', { name: /Kachelkarte/ }).getByText('Eic', { exact: true })).toBeVisible();
    await expect(page.getByRole('row', { name: /^Eichsfeld/ })).toBeVisible();
  } finally {
    if (before !== undefined) process.env['AKTENLOTSE_E2E_URL'] = before;
    await server.stop();
  }
});
