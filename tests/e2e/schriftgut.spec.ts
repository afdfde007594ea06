import { api, bar, baseUrl, drop, expect, freshPlace, freshWord, letter, login, row, test, type Place } from './support/app';
import type { Page } from '@playwright/test';

/** A Vorgang with one document, shown on the screen. */
async function withDocument(page: Page, word: string): Promise<Place> {
  const place = await freshPlace(page, `Vorgang ${word}`);
  await page.goto(`${baseUrl()}/vorgaenge/${place.vorgang.id}`);
  await drop(page, '.zone', [letter(`${word}.pdf`, 'Erste Fassung.')]);
  await expect(row(page, word)).toBeVisible();
  return place;
}
const documentId = (page: Page): string => /dokumente\/([^/?]+)/.exec(page.url())?.[1] ?? '';

test('a file dropped on a document is a new version, elsewhere a new document', async ({ page }) => {
  await login(page);
  const word = freshWord('fassung');
  await withDocument(page, word);
  await drop(page, '[role=option]', [letter(`${word}-2.pdf`, 'Zweite Fassung.')]);
  await expect(bar(page)).toContainText('Version 2');
  await expect(page.getByRole('option')).toHaveCount(1);
  await drop(page, '.zone', [letter(`${word}-anderes.pdf`, 'Ein anderes Schreiben.')]);
  await expect(page.getByRole('option')).toHaveCount(2);
});

test('when two people save a version at once, both stay and the second is told', async ({ page }) => {
  await login(page);
  const word = freshWord('zugleich');
  await withDocument(page, word);
  const shown = documentId(page);
  const other = await page.request.get(`${baseUrl()}/api/anmeldung`);
  const { csrf }: { csrf: string } = await other.json();
  await page.request.post(`${baseUrl()}/api/dokumente/${shown}/versionen?dateiname=andere.pdf&basis=1`, { headers: { 'X-CSRF-Token': csrf }, data: letter('andere.pdf', 'Die andere Fassung.').bytes });
  await drop(page, '[role=option]', [letter('meine.pdf', 'Meine Fassung.')]);
  await expect(bar(page)).toContainText('Beide Fassungen sind gespeichert');
  await bar(page).getByRole('link', { name: 'Versionen ansehen' }).click();
  await page.getByRole('tab', { name: /Versionen/ }).click();
  await expect(page.getByRole('tabpanel').getByRole('listitem')).toHaveCount(3);
  await expect(page.getByRole('tabpanel')).toContainText('gleichzeitig gespeichert');
});

test('metadata are edited in place; what somebody else saved meanwhile stays', async ({ page }) => {
  await login(page);
  const word = freshWord('angaben');
  await withDocument(page, word);
  const id = documentId(page);
  await page.goto(`${baseUrl()}/dokumente/${id}`);
  await expect(page.getByLabel('Absender')).toBeVisible();
  const before = await api<{ stand: number }>(page, 'GET', `/dokumente/${id}`);
  const other = await api<{ stand: number }>(page, 'PATCH', `/dokumente/${id}`, { fremdesGeschaeftszeichen: 'AZ 17' }, before.stand);
  await page.getByLabel('Absender').fill('Herr Osterkamp');
  await page.getByLabel('Absender').press('Enter');
  await expect(bar(page)).toContainText('Ihre Änderung wurde dazu übernommen');
  await expect(page.getByLabel('Fremdes Zeichen')).toHaveValue('AZ 17');
  await expect(page.getByLabel('Absender')).toHaveValue('Herr Osterkamp');

  await api(page, 'PATCH', `/dokumente/${id}`, { absender: 'Frau Wendland' }, other.stand + 1);
  await page.getByLabel('Absender').fill('Familie Kaltenbach');
  await page.getByLabel('Absender').press('Enter');
  const conflict = page.getByRole('alert').filter({ hasText: 'Frau Wendland' });
  await expect(conflict).toContainText('Familie Kaltenbach');
  await conflict.getByRole('button', { name: 'Meine Fassung nehmen' }).click();
  await expect(conflict).toBeHidden();
  await expect.poll(async () => (await api<{ absender: string }>(page, 'GET', `/dokumente/${id}`)).absender).toBe('Familie Kaltenbach');
});

test('a Vorgang is filed away and opened again', async ({ page }) => {
  await login(page);
  const place = await freshPlace(page, `Abschluss ${freshWord('zda')}`);
  await page.goto(`${baseUrl()}/vorgaenge/${place.vorgang.id}`);
  await page.getByRole('button', { name: 'Zu den Akten' }).click();
  await expect(bar(page)).toContainText('zu den Akten gelegt');
  await expect(page.getByRole('button', { name: 'Dateien hinzufügen' })).toHaveCount(0);
  await bar(page).getByRole('button', { name: 'Rückgängig' }).click();
  await expect(bar(page)).toContainText('wieder in Bearbeitung');
  await page.getByRole('tab', { name: 'Verlauf' }).click();
  await expect(page.getByRole('tabpanel').getByRole('listitem')).toHaveCount(3);
});

test('an Akte is opened in the plan, and a Vorgang in it', async ({ page }) => {
  await login(page);
  const word = freshWord('planung');
  const plan = await api<{ eintraege: { id: string; blatt: boolean; gesperrt: boolean; titel: string }[] }>(page, 'GET', '/aktenplan');
  const leaf = plan.eintraege.find((entry) => entry.blatt && !entry.gesperrt);
  await page.goto(`${baseUrl()}/aktenplan`);
  await page.getByLabel('Im Aktenplan suchen').fill(leaf?.titel ?? '');
  await page.getByRole('treeitem').filter({ hasText: leaf?.titel ?? '' }).last().click();
  await page.getByRole('button', { name: 'Neue Akte' }).first().click();
  await page.getByLabel('Betreff der neuen Akte').fill(`Akte ${word}`);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Akte ${word}`);
  await page.getByRole('button', { name: 'Neuer Vorgang' }).first().click();
  await page.getByLabel('Betreff des neuen Vorgangs').fill(`Vorgang ${word}`);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Vorgang ${word}`);
});

test('a session that ends does not cost what was typed', async ({ page, context }) => {
  const who = await login(page);
  const word = freshWord('sitzung');
  await withDocument(page, word);
  await page.goto(`${baseUrl()}/dokumente/${documentId(page)}`);
  await page.getByLabel('Absender').fill('Naturfreunde e. V.');
  await context.clearCookies();
  await page.getByLabel('Absender').press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Anmeldename').fill(who.name);
  await dialog.getByLabel('Passwort').fill(who.passwort);
  await dialog.getByRole('button', { name: 'Anmelden', exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByLabel('Absender')).toHaveValue('Naturfreunde e. V.');
});
