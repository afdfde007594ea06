// The life of files in the browser: cancel, what stands against it, yesterday's state, versions side by side.
import type { Page } from '@playwright/test';
import { api, bar, baseUrl, bauVorgang, drop, expect, freshPlace, freshWord, letter, login, loginAs, row, shot, test } from './support/app';
import { findings } from './support/axe';
import { makePdf } from './support/pdf';

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

test('the pages of two versions stand side by side and turn together, by keyboard too; what has no pages says so', async ({ page }) => {
  await login(page);
  const word = freshWord('seiten');
  const place = await freshPlace(page, `Vorgang ${word}`);
  const pages = (last: string): Buffer => makePdf([['Bescheid', word], ['Gründe'], [last], ['Rechtsbehelfsbelehrung']]);
  const pdf = (name: string, last: string) => ({ name, type: 'application/pdf', bytes: pages(last) });
  await page.goto(`${baseUrl()}/vorgaenge/${place.vorgang.id}`);
  await drop(page, '.zone', [pdf(`${word}.pdf`, 'abgelehnt')]);
  await expect(row(page, word)).toBeVisible();
  await drop(page, '[role=option]', [pdf(`${word}-2.pdf`, 'genehmigt')]);
  await expect(bar(page)).toContainText('Version 2');
  await row(page, word).dblclick();
  await expect(page).toHaveURL(/dokumente\/[^/]+$/);
  const id = /dokumente\/([^/]+)/.exec(page.url())?.[1] ?? '';
  await page.goto(`${baseUrl()}/dokumente/${id}/vergleich?alt=1&neu=2`);
  await page.getByRole('tab', { name: 'Seiten' }).click();
  const side = (nr: number) => page.getByRole('region', { name: `Version ${nr}`, exact: true });
  const [alt, neu] = [side(1).getByText(/^Seite \d von 4$/), side(2).getByText(/^Seite \d von 4$/)];
  await expect(alt).toHaveText('Seite 1 von 4');
  await expect(neu).toHaveText('Seite 1 von 4');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await expect(alt).toHaveText('Seite 3 von 4');
  await expect(neu).toHaveText('Seite 3 von 4');
  await expect(side(1).locator('.page').nth(2)).toContainText('abgelehnt');
  await expect(side(2).locator('.page').nth(2)).toContainText('genehmigt');
  expect(await findings(page)).toEqual([]);
  await shot(page, 'seiten-breit');
  // One side alone keeps its distance from then on.
  await page.getByLabel('Beide blättern zusammen').uncheck();
  const region = side(2).locator('.pages');
  await region.evaluate((one) => (one.scrollTop = 0));
  await expect(neu).toHaveText('Seite 1 von 4');
  await expect(alt).toHaveText('Seite 3 von 4');
  await page.getByLabel('Beide blättern zusammen').check();
  await region.focus();
  await page.keyboard.press('End');
  await expect(neu).toHaveText(/Seite [34] von 4/);
  await expect(alt).toHaveText('Seite 4 von 4');

  // On a phone one version lies over the other, at the same page.
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(side(1)).toBeHidden();
  await page.getByRole('button', { name: 'Version 1', exact: true }).click();
  await expect(side(1)).toBeVisible();
  await expect(side(2)).toBeHidden();
  await shot(page, 'seiten-schmal');
  await page.setViewportSize({ width: 1366, height: 768 });

  await page.goto(`${baseUrl()}/vorgaenge/${place.vorgang.id}`);
  await drop(page, '.zone', [{ name: `${word}-notiz.txt`, type: 'text/plain', bytes: Buffer.from('Nur Text') }]);
  await expect(row(page, `${word}-notiz`)).toBeVisible();
  const { eintraege } = await api<{ eintraege: { id: string; dateiname: string }[] }>(page, 'GET', `/vorgaenge/${place.vorgang.id}/dokumente`);
  await page.goto(`${baseUrl()}/dokumente/${eintraege.find((one) => one.dateiname.endsWith('.txt'))?.id ?? ''}/vergleich`);
  await page.getByRole('tab', { name: 'Seiten' }).click();
  await expect(page.getByText('Diese Version hat keine Seiten').first()).toBeVisible();
});

test('what somebody else does to a subscribed Vorgang arrives without a reload, and is seen when it is opened', async ({ page, browser }) => {
  await loginAs(page, 'grossmann');
  const word = freshWord('abo');
  const vorgang = await bauVorgang(page, `Vorgang ${word}`);
  await page.goto(`${baseUrl()}/vorgaenge/${vorgang.id}`);
  await page.getByRole('tab', { name: 'Umfeld' }).click();
  await page.getByRole('button', { name: 'Abonnieren' }).click();
  await expect(page.getByRole('button', { name: 'Abonnieren' })).toHaveAttribute('aria-pressed', 'true');
  const other = await browser.newContext();
  const colleague = await other.newPage();
  await loginAs(colleague, 'wicazowa');
  await page.goto(`${baseUrl()}/`);
  const subscribed = page.getByRole('region', { name: 'Abonniert' });
  await expect(subscribed).toContainText(word);
  await expect(subscribed).not.toContainText('Neuerung');
  await api(colleague, 'PATCH', `/vorgaenge/${vorgang.id}`, { betreff: `Geändert ${word}` }, (await api<{ stand: number }>(colleague, 'GET', `/vorgaenge/${vorgang.id}`)).stand);
  await expect(subscribed).toContainText(`Geändert ${word}`);
  await expect(subscribed).toContainText('1 Neuerung');
  await subscribed.getByRole('link', { name: new RegExp(`Geändert ${word}`) }).click();
  const heading = page.getByRole('heading', { level: 1 });
  await expect(heading).toHaveText(`Geändert ${word}`);
  await api(colleague, 'PATCH', `/vorgaenge/${vorgang.id}`, { betreff: `Wieder geändert ${word}` }, (await api<{ stand: number }>(colleague, 'GET', `/vorgaenge/${vorgang.id}`)).stand);
  await expect(heading).toHaveText(`Wieder geändert ${word}`);
  await other.close();
  await expect(async () => {
    await page.goto(`${baseUrl()}/`);
    await expect(page.getByRole('region', { name: 'Zuletzt geöffnet' }).getByRole('link').first()).toContainText(word, { timeout: 1000 });
  }).toPass();
});
