import { baseUrl, expect, login, row, test } from './support/app';

test('a question is narrowed by a facet, is a link, and opens at its place', async ({ page }) => {
  await login(page);
  await page.goto(`${baseUrl()}/suche`);
  await page.getByLabel('Suchbegriffe').fill('Carport');
  const status = page.getByRole('status').filter({ hasText: 'Treffer' });
  await expect(status).toBeVisible();
  const before = await status.textContent();
  await page.getByRole('region', { name: 'Eingrenzen' }).getByRole('button', { name: /^Eingang/ }).click();
  await expect(page).toHaveURL(/q=Carport\+typ%3Aeingang/);
  await expect(page.getByLabel('Suchbegriffe')).toHaveValue('Carport typ:eingang');
  await expect(status).not.toHaveText(before ?? '');
  await page.getByLabel('Ordnen').selectOption({ label: 'nach Datum' });
  await expect(page).toHaveURL(/ordnung=datum/);
  await page.reload();
  await expect(page.getByLabel('Suchbegriffe')).toHaveValue('Carport typ:eingang');
  await page.getByLabel('Suchbegriffe').press('ArrowDown');
  await expect(page.getByRole('listbox', { name: 'Treffer' }).getByRole('option', { selected: true })).toBeVisible();
  await page.getByLabel('Suchbegriffe').press('Enter');
  await expect(page).toHaveURL(/\/dokumente\/.*wort=/);
});

test('Akten and Vorgänge stand beside the hits, and the language is explained', async ({ page }) => {
  await login(page);
  await page.goto(`${baseUrl()}/suche?q=${encodeURIComponent('632 1')}`);
  await expect(page.getByRole('list', { name: 'Akten und Vorgänge' }).getByRole('link').first()).toContainText('632-1');
  await page.getByText('So fragen Sie genauer').click();
  await expect(page.getByText('datum:2024..2025')).toBeVisible();

});

test('a search is kept, stands on the start page, and goes again', async ({ page }) => {
  await login(page);
  await page.goto(`${baseUrl()}/suche?q=Carport`);
  await page.getByRole('button', { name: 'Suche merken' }).click();
  await page.getByLabel('Name der Suche').fill('Alles zum Carport');
  await page.getByRole('button', { name: 'Merken', exact: true }).click();
  await page.goto(baseUrl());
  await page.getByRole('link', { name: /Alles zum Carport/ }).click();
  await expect(row(page, 'Carport').first()).toBeVisible();
  await page.goto(`${baseUrl()}/suche`);
  await page.getByRole('button', { name: /Alles zum Carport.*nicht mehr merken/ }).click();
  await expect(page.getByRole('link', { name: /Alles zum Carport/ })).toHaveCount(0);
});
