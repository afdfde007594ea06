// The Lotsennetz in the browser: a practice of the other Land tried, adopted and taken back; a checklist; the map; who sees what.
import type { Page } from '@playwright/test';
import { ADMINISTRATION, bar, baseUrl, expect, login, test } from './support/app';

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
