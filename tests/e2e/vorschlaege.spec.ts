import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import { api, bar, baseUrl, drop, expect, freshPlace, freshWord, letter, login, row, test, type Place } from './support/app';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const violations = async (page: Page): Promise<string[]> => {
  await page.evaluate(axeSource);
  return page.evaluate<string[]>('axe.run(document, { resultTypes: ["violations"] }).then((result) => result.violations.flatMap((one) => one.nodes.map((node) => one.id + " " + node.html.slice(0, 120))))');
};

/** A letter that waits and is open. */
async function arrive(page: Page, word: string, ...lines: string[]): Promise<void> {
  await page.goto(`${baseUrl()}/posteingang`);
  await drop(page, '.zone', [letter(`${word}.pdf`, ...lines)]);
  await expect(bar(page)).toContainText('ist im Posteingang');
  const id = (await api<{ eintraege: { id: string; dateiname: string }[] }>(page, 'GET', '/posteingang?limit=200')).eintraege.find((one) => one.dateiname === `${word}.pdf`)?.id;
  await page.goto(`${baseUrl()}/posteingang/${id}`);
  await expect(page.locator('section[aria-busy="false"]')).toBeVisible();
}
const proposals = (page: Page) => page.locator('button.proposal');

test('a letter that names its sign is filed with one key, with its fields read and its places marked', async ({ page }) => {
  await login(page);
  const word = freshWord('einetaste');
  const place = await freshPlace(page, `Carport ${word}`);
  await arrive(page, word, 'Datum: 3. Februar 2026', `Ihr Zeichen: ${place.vorgang.zeichen}`, '', `Antrag auf Verlegung ${word}`, 'Sehr geehrte Damen und Herren,', 'wir bitten bis zum 31. Dezember 2099 um Antwort.');
  await expect(proposals(page).first()).toContainText(place.vorgang.zeichen);
  await expect(proposals(page).first()).toContainText('das Schreiben nennt');
  await expect(page.getByLabel('Betreff', { exact: true })).toHaveValue(`Antrag auf Verlegung ${word}`);
  await expect(page.getByLabel('Datum des Schreibens')).toHaveValue('2026-02-03');
  await expect(page.getByLabel('Absender')).toHaveValue('Familie Petermann');
  await expect(page.getByText('im Schreiben erkannt').first()).toBeVisible();
  await expect(page.locator('.page mark').filter({ hasText: place.vorgang.zeichen }).first()).toBeAttached();
  await expect(page.locator('.page mark').filter({ hasText: '3. Februar 2026' }).first()).toBeAttached();
  expect(await violations(page)).toEqual([]);

  await page.keyboard.press('a');
  await expect(bar(page)).toContainText(`In ${place.vorgang.zeichen} abgelegt`);
  const filed = (await api<{ eintraege: { betreff: string; absender: string; datum: string }[] }>(page, 'GET', `/vorgaenge/${place.vorgang.id}/dokumente`)).eintraege;
  expect(filed).toEqual([expect.objectContaining({ betreff: `Antrag auf Verlegung ${word}`, absender: 'Familie Petermann', datum: '2026-02-03' })]);
});

test('one of the proposals is taken by its number, and what is filed otherwise can be', async ({ page }) => {
  await login(page);
  const word = freshWord('zahl');
  const place = await freshPlace(page, `Rolltor ${word}`);
  await arrive(page, word, 'Sehr geehrte Damen und Herren,', `Zu ${place.vorgang.zeichen} schreiben wir.`);
  await expect(proposals(page).first()).toContainText(place.vorgang.zeichen);
  await page.keyboard.press('1');
  await expect(bar(page)).toContainText(`In ${place.vorgang.zeichen} abgelegt`);
  await bar(page).getByRole('button', { name: 'Rückgängig' }).click();
  await expect(bar(page)).toContainText('Wieder im Posteingang');
});

test('where only the Akte fits, the key opens a new Vorgang in it', async ({ page }) => {
  await login(page);
  const word = freshWord('akteallein');
  const place = await freshPlace(page, `Altfall ${word}`);
  const old = await api<Place['vorgang'] & { stand: number }>(page, 'GET', `/vorgaenge/${place.vorgang.id}`);
  await api(page, 'POST', `/vorgaenge/${place.vorgang.id}/zda`, {}, old.stand);
  await arrive(page, word, 'Sehr geehrte Damen und Herren,', `Ihr Zeichen ${place.vorgang.zeichen} beschäftigt uns wieder.`);
  await expect(proposals(page).first()).toContainText('Neuer Vorgang in dieser Akte');
  await page.keyboard.press('1');
  const form = page.getByRole('form', { name: 'Neuer Vorgang' });
  await expect(form).toContainText(place.akte.zeichen);
  await form.getByLabel('Betreff des Vorgangs').press('Enter');
  await expect(bar(page)).toContainText(`In ${place.akte.zeichen}`);
  await expect(row(page, word)).toHaveCount(0);
});

test('a rule is offered when corrections repeat, made by a yes, and taken away again', async ({ page }) => {
  await login(page);
  const word = freshWord('regel');
  const place = await freshPlace(page, `Sammelstelle ${word}`);
  const other = await freshPlace(page, `Umweg ${word}`);
  const sender = `Lieferwerk ${word} GmbH`;
  for (const n of [1, 2, 3]) {
    // The letter names a sign, and yet belongs elsewhere: a correction.
    await arrive(page, `${word}${n}`, `Ihr Zeichen: ${other.vorgang.zeichen}`, 'Sehr geehrte Damen und Herren,', `Lieferung ${n}.`);
    await page.getByLabel('Absender').fill(sender);
    const chosen = page.getByRole('button', { name: 'Anderen Vorgang wählen' });
    if (await chosen.isVisible()) await chosen.click();
    const field = page.getByRole('combobox', { name: 'Vorgang', exact: true });
    await field.fill(`${word}`);
    await page.getByRole('option').filter({ hasText: place.vorgang.zeichen }).first().click();
    await page.getByRole('button', { name: /Ablegen und weiter/ }).click();
    await expect(bar(page)).toContainText(`In ${place.vorgang.zeichen} abgelegt`);
  }
  const offer = page.getByRole('status').filter({ hasText: sender });
  await expect(offer).toContainText('künftig hier vorschlagen?');
  await offer.getByRole('button', { name: 'Künftig vorschlagen' }).click();
  await expect(bar(page)).toContainText(`werden jetzt in ${place.vorgang.zeichen} vorgeschlagen`);
  await bar(page).getByRole('link', { name: 'Regeln ansehen' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Regeln' })).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: sender })).toContainText('Seither 0 von 0 Schreiben richtig.');
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: `Regel für ${sender} entfernen` }).click();
  await expect(page.getByRole('listitem').filter({ hasText: sender })).toHaveCount(0);
});

for (const [width, scheme] of [[320, 'light'], [1366, 'dark']] as const)
  test(`the decision is readable at ${width} pixels, ${scheme}`, async ({ page }) => {
    await page.setViewportSize({ width, height: 850 });
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await login(page);
    const word = freshWord('ansicht');
    const place = await freshPlace(page, `Ansicht ${word}`);
    await arrive(page, word, `Rechnung 4711 zu ${place.vorgang.zeichen}`, 'Gesamtbetrag 1.190,00 EUR, zahlbar bis 18. Dezember 2099');
    await expect(proposals(page).first()).toContainText(place.vorgang.zeichen);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
    expect(await violations(page)).toEqual([]);
  });
