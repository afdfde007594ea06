// The Lotsennetz in the browser: a practice of the other Land tried, adopted and taken back; a checklist; the map; who sees what.
import { createHash } from 'node:crypto';
import type { Page } from '@playwright/test';
import { ADMINISTRATION, bar, baseUrl, expect, freshPlace, freshWord, login, loginAs, test } from './support/app';

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
