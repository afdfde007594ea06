// The life of files in the browser: cancel, what stands against it, yesterday's state, versions side by side.
import type { Page } from '@playwright/test';
import { api, bar, baseUrl, drop, expect, freshPlace, freshWord, letter, login, row, test } from './support/app';

const dialog = (page: Page) => page.getByRole('dialog');
const state = async (page: Page): Promise<void> => page.getByRole('button', { name: 'Zustand' }).click();

test('a Dokument is cancelled, is seen to be so in the list, and counts again', async ({ page }) => {
  await login(page);
  const word = freshWord('storno');
  const place = await freshPlace(page, `Vorgang ${word}`);
  await page.goto(`${baseUrl()}/vorgaenge/${place.vorgang.id}`);
  await drop(page, '.zone', [letter(`${word}.pdf`, 'Versehentlich doppelt.')]);
  await row(page, word).dblclick();
  await expect(page.getByRole('tab', { name: /Versionen/ })).toBeVisible();
  await state(page);
  await dialog(page).getByRole('button', { name: 'Stornieren' }).click();
  await expect(bar(page)).toContainText('ist storniert');
  await expect(page.getByRole('button', { name: 'Neue Version' })).toHaveCount(0);
  await page.goto(`${baseUrl()}/vorgaenge/${place.vorgang.id}`);
  await expect(row(page, word)).toContainText('Storniert');
  await row(page, word).dblclick();
  await page.getByRole('button', { name: 'Storno aufheben' }).click();
  await expect(bar(page)).toContainText('aufgehoben');
  await expect(page.getByRole('button', { name: 'Neue Version' })).toBeVisible();
});

test('what stands against closing an Akte is listed with the button that solves it', async ({ page }) => {
  const who = await login(page, /registratur/i);
  const place = await freshPlace(page, `Offen ${freshWord('offen')}`);
  await page.goto(`${baseUrl()}/akten/${place.akte.id}`);
  await page.getByRole('button', { name: 'Zu den Akten' }).click();
  await expect(dialog(page), who.name).toContainText('Dem steht entgegen');
  await expect(dialog(page)).toContainText(place.vorgang.zeichen);
  await dialog(page).getByRole('button', { name: `Zu den Akten: ${place.vorgang.zeichen}` }).first().click();
  await expect(dialog(page).getByRole('button', { name: `Zu den Akten: ${place.vorgang.zeichen}` })).toHaveCount(0);
  await dialog(page).getByRole('button', { name: 'Zu den Akten', exact: true }).click();
  await expect(bar(page)).toContainText('zu den Akten gelegt');
});

test.describe(() => {
  test.use({ provoked: '404' });
  test('yesterday’s state is two clicks away, has an address, and tells what has changed since', async ({ page }) => {
    await login(page);
    const word = freshWord('gestern');
    const place = await freshPlace(page, `Vorgang ${word}`);
    await page.goto(`${baseUrl()}/vorgaenge/${place.vorgang.id}`);
    await expect(page.getByRole('heading', { level: 1, name: `Vorgang ${word}` })).toBeVisible();
    await page.waitForTimeout(1200);
    const moment = new Date(Date.now() - 200).toISOString().slice(0, 19) + 'Z';
    await page.waitForTimeout(1200);
    const now = await api<{ stand: number }>(page, 'GET', `/vorgaenge/${place.vorgang.id}`);
    await api(page, 'PATCH', `/vorgaenge/${place.vorgang.id}`, { betreff: `Anders ${word}` }, now.stand);
    await page.goto(`${baseUrl()}/vorgaenge/${place.vorgang.id}?stand=${moment}`);
    await expect(page.getByRole('heading', { level: 1, name: `Vorgang ${word}` })).toBeVisible();
    await expect(page.getByRole('status').filter({ hasText: 'Vergangenheit' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Zu den Akten' })).toHaveCount(0);
    await page.getByRole('button', { name: 'Was hat sich seitdem geändert?' }).click();
    await expect(page.getByText(`Betreff war „Vorgang ${word}“ und ist „Anders ${word}“.`)).toBeVisible();
    await page.getByRole('button', { name: 'Zurück zu heute' }).click();
    await expect(page.getByRole('heading', { level: 1, name: `Anders ${word}` })).toBeVisible();

    // Two clicks; yesterday evening this Vorgang was not there yet.
    await page.getByRole('button', { name: 'Stand vom' }).click();
    await page.getByRole('button', { name: 'Gestern Abend' }).click();
    await expect(page).toHaveURL(/stand=\d{4}-\d{2}-\d{2}$/);
  });
});

test('two versions stand side by side with the words that changed, and an earlier one is restored', async ({ page }) => {
  await login(page);
  const word = freshWord('vergleich');
  const place = await freshPlace(page, `Vorgang ${word}`);
  await page.goto(`${baseUrl()}/vorgaenge/${place.vorgang.id}`);
  await drop(page, '.zone', [letter(`${word}.pdf`, 'Der Antrag wird abgelehnt.')]);
  await expect(row(page, word)).toBeVisible();
  await drop(page, '[role=option]', [letter(`${word}-2.pdf`, 'Der Antrag wird genehmigt.')]);
  await expect(bar(page)).toContainText('Version 2');
  await row(page, word).dblclick();
  await page.getByRole('tab', { name: /Versionen/ }).click();
  await expect(page.getByRole('tabpanel')).toContainText('hochgeladen');
  await page.getByRole('link', { name: 'Mit der vorigen vergleichen' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Versionen vergleichen' })).toBeVisible();
  await expect(page.locator('del')).toContainText('abgelehnt');
  await expect(page.locator('ins')).toContainText('genehmigt');
  await page.getByRole('tab', { name: 'Seiten' }).click();
  await expect(page.getByRole('region', { name: /^Version/ })).toHaveCount(2);
  await page.goBack();
  await page.getByRole('tab', { name: /Versionen/ }).click();
  await page.getByRole('button', { name: 'Wiederherstellen: Version 1' }).click();
  await expect(bar(page)).toContainText('als Version 3 wiederhergestellt');
  await expect(page.getByRole('tabpanel')).toContainText('wiederhergestellt aus Version 1');
});

test('a file is marked as confidential, what lies in it is so too, and who looked at it is told', async ({ page }) => {
  await login(page, /registratur/i);
  const word = freshWord('geheim');
  const place = await freshPlace(page, `Vorgang ${word}`);
  await page.goto(`${baseUrl()}/akten/${place.akte.id}`);
  await page.getByRole('tab', { name: 'Metadaten' }).click();
  await page.getByRole('combobox', { name: 'Geheimhaltung' }).selectOption({ label: 'Vertraulich' });
  await expect(page.locator('header').getByText('Vertraulich', { exact: true })).toBeVisible();
  await page.getByRole('tab', { name: /Vorgänge/ }).click();
  await expect(row(page, word)).toContainText('Vertraulich');
  await row(page, word).dblclick();
  await page.getByRole('tab', { name: 'Metadaten' }).click();
  await expect(page.getByText('Mindestens „Vertraulich“')).toBeVisible();
  await page.getByRole('tab', { name: 'Umfeld' }).click();
  const looked = page.getByRole('region', { name: 'Wer hat hineingesehen?' });
  await looked.getByRole('button', { name: 'Wer hat hineingesehen?' }).click();
  await expect(looked.getByRole('listitem')).toHaveCount(1);
});

test('a Löschsperre is told in the head, stands against Weglegen, and is lifted where it stands', async ({ page }) => {
  await login(page, /registratur/i);
  const word = freshWord('sperre');
  const place = await freshPlace(page, `Vorgang ${word}`);
  await page.goto(`${baseUrl()}/akten/${place.akte.id}`);
  await page.getByRole('tab', { name: 'Metadaten' }).click();
  const hold = page.getByRole('region', { name: 'Löschsperre' });
  await hold.getByRole('textbox', { name: 'Grund der Löschsperre' }).fill('Klage anhängig');
  await hold.getByRole('button', { name: 'Löschsperre setzen' }).click();
  await expect(bar(page)).toContainText('liegt jetzt eine Löschsperre');
  await expect(page.locator('header').getByText('Löschsperre', { exact: true })).toBeVisible();
  await expect(hold).toContainText('„Klage anhängig“');
  await page.goto(`${baseUrl()}/vorgaenge/${place.vorgang.id}`);
  await state(page);
  const aside = dialog(page).getByRole('listitem').filter({ has: page.getByText('Weglegen', { exact: true }) }).first();
  await expect(aside).toContainText('Auf der Akte liegt eine Löschsperre.');
  await expect(aside).toContainText('„Klage anhängig“');
  await aside.getByRole('button', { name: 'Löschsperre aufheben' }).click();
  await expect(dialog(page).getByText('Auf der Akte liegt eine Löschsperre.')).toHaveCount(0);
  await dialog(page).getByRole('button', { name: 'Weglegen' }).click();
  await expect(bar(page)).toContainText('ist weggelegt');
});
