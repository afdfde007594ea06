import { bar, baseUrl, demoLogin, drop, expect, freshPlace, freshWord, letter, row, SACHBEARBEITUNG, test } from './support/app';
import type { Page } from '@playwright/test';

/** Something has the focus, and it is not the page as a whole. */
async function expectFocusKept(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.activeElement !== null && document.activeElement !== document.body)).toBe(true);
}

test('the whole path by keyboard alone', async ({ page }) => {
  const who = await demoLogin(page.request, SACHBEARBEITUNG);
  await page.goto(`${baseUrl()}/anmeldung`);
  await expect(page.getByLabel('Anmeldename')).toBeFocused();
  const towns = page.getByLabel('Verwaltung', { exact: true });
  if (await towns.isVisible()) await towns.selectOption(who.mandant);
  await page.getByLabel('Anmeldename').focus();
  await page.keyboard.type(who.name);
  await page.keyboard.press('Tab');
  await page.keyboard.type(who.passwort);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Heute' })).toBeVisible();
  await expectFocusKept(page);

  const word = freshWord('tastenweg');
  const place = await freshPlace(page, `Vorgang ${word}x`);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Postein');
  await expect(page.getByRole('option', { name: 'Posteingang' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Posteingang' })).toBeVisible();
  await expectFocusKept(page);

  // Dragging has no keys; the file comes in through the program's own way for files.
  await drop(page, '.zone', [letter(`${word}.pdf`, `Ein Brief mit dem Wort ${word}.`)]);
  await expect(row(page, word)).toBeVisible();
  for (let step = 0; step < 200 && (await row(page, word).getAttribute('aria-selected')) !== 'true'; step += 1) await page.keyboard.press('j');
  await expect(row(page, word)).toHaveAttribute('aria-selected', 'true');

  await page.keyboard.press('a');
  await expect(page.getByRole('combobox', { name: 'Vorgang', exact: true })).toBeFocused();
  await page.keyboard.type(`${word}x`);
  await expect(page.getByRole('option').filter({ hasText: place.vorgang.zeichen })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /Ablegen und weiter/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(bar(page)).toContainText(`In ${place.vorgang.zeichen} abgelegt`);
  await expectFocusKept(page);

  await page.keyboard.press('Control+k');
  await page.keyboard.type(word);
  await expect(page.getByRole('option').filter({ hasText: 'Im Volltext suchen' })).toBeVisible();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Suchbegriffe')).toBeFocused();
  await expect(row(page, place.vorgang.zeichen)).toBeVisible();
  await page.keyboard.press('Enter');
  const tabs = page.getByRole('tab');
  await expect(tabs.first()).toBeVisible();
  for (let step = 0; step < 60 && !(await tabs.first().evaluate((tab) => tab === document.activeElement)); step += 1) await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('tab', { name: 'Verlauf' })).toBeFocused();
  await expect(page.getByRole('tabpanel')).toContainText(place.vorgang.zeichen);
});

test('a letter with a fitting proposal is filed with one key', async ({ page }) => {
  const who = await demoLogin(page.request, SACHBEARBEITUNG);
  await page.goto(`${baseUrl()}/anmeldung`);
  await page.getByRole('button', { name: new RegExp(who.name) }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: 'Heute' })).toBeVisible();
  const word = freshWord('vorschlagswort');
  const place = await freshPlace(page, `Beschwerde ${word}`);
  await page.goto(`${baseUrl()}/posteingang`);
  await drop(page, '.zone', [letter(`${word} Schreiben.pdf`, `Ihr Zeichen: ${place.vorgang.zeichen}`)]);
  await row(page, word).click();
  await expect(page.getByRole('button').filter({ hasText: place.vorgang.zeichen })).toContainText('das Schreiben nennt');
  await page.keyboard.press('1');
  await expect(bar(page)).toContainText(`In ${place.vorgang.zeichen} abgelegt`);
});

test('the question mark lists the keys of the screen', async ({ page }) => {
  const who = await demoLogin(page.request, SACHBEARBEITUNG);
  await page.goto(`${baseUrl()}/anmeldung`);
  await page.getByRole('button', { name: new RegExp(who.name) }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: 'Heute' })).toBeVisible();
  await page.goto(`${baseUrl()}/posteingang`);
  await expect(page.getByRole('heading', { level: 1, name: 'Posteingang' })).toBeVisible();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Tasten' })).toContainText('Nächstes Schreiben');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
});
