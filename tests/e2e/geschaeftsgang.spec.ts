// The Geschäftsgang in the browser: one typed line, three people, a phone, a return, an Umlaufmappe by keyboard.
import type { Page } from '@playwright/test';
import { api, bar, baseUrl, bauVorgang, drop, expect, freshWord, letter, loginAs, row, test, type Vorgang } from './support/app';

const start = (page: Page, vorgang: Vorgang, zeile: string): Promise<unknown> => api(page, 'POST', `/vorgaenge/${vorgang.id}/laufwege`, { zeile }, vorgang.stand);
const inBasket = (page: Page, text: string) => page.getByRole('main').getByRole('button').filter({ hasText: text });
const fits = async (page: Page): Promise<void> => expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);

test('a case runs through three people by one typed line, one of them on a phone', async ({ page }) => {
  await loginAs(page, 'grossmann');
  const word = freshWord('laufweg');
  const vorgang = await bauVorgang(page, `Vorgang ${word}`);
  await page.goto(`${baseUrl()}/vorgaenge/${vorgang.id}`);
  await drop(page, '.zone', [letter(`${word}.pdf`, 'Der Antrag wird genehmigt.')]);
  await row(page, word).dblclick();
  await expect(page.getByRole('tab', { name: /Versionen/ })).toBeVisible();

  // Names are completed, what is not understood is underlined and has a suggestion, the slip grows.
  const line = page.getByRole('textbox', { name: /^Laufweg/ });
  await line.pressSequentially('@wica');
  await expect(page.getByRole('listbox', { name: 'Ergänzungen' }).getByRole('option', { name: /Wićazowa/ })).toBeVisible();
  await line.press('Enter');
  await expect(line).toHaveValue('@wicazowa ');
  await line.pressSequentially('mitzeihnung bis Fr, dann @strassberger sz, zdA');
  await expect(page.getByText('„mitzeihnung“ verstehe ich nicht.', { exact: true })).toBeVisible();
  await expect(page.locator('.wrong')).toHaveText('mitzeihnung');
  await page.getByRole('button', { name: 'Stattdessen: Mitzeichnung' }).click();
  await expect(line).toHaveValue('@wicazowa Mitzeichnung bis Fr, dann @strassberger sz, zdA');
  await expect(page.getByRole('list', { name: 'So verstanden' }).getByRole('listitem')).toHaveCount(3);
  await expect(page.getByText('verstehe ich nicht')).toHaveCount(0);
  await line.press('Control+Enter');
  await expect(bar(page)).toContainText('Auf den Laufweg gegeben: 3 Schritte');
  await expect(page.getByRole('tab', { name: 'Geschäftsgang' })).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('article')).toContainText('an der Reihe');

  await loginAs(page, 'wicazowa');
  await page.getByRole('link', { name: /^Postkorb/ }).click();
  await inBasket(page, word).click();
  await page.keyboard.press('z');
  await expect(bar(page)).toContainText('Mitgezeichnet.');
  await expect(inBasket(page, word)).toHaveCount(0);

  await loginAs(page, 'strassberger');
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto(`${baseUrl()}/postkorb`);
  await inBasket(page, word).click();
  await fits(page);
  await page.getByRole('button', { name: 'Schlusszeichnen' }).click();
  await expect(bar(page)).toContainText('Schlussgezeichnet.');
  await page.setViewportSize({ width: 1366, height: 850 });

  await loginAs(page, 'grossmann');
  await page.goto(`${baseUrl()}/postkorb`);
  await inBasket(page, word).click();
  await page.keyboard.press('z');
  await expect(bar(page)).toContainText('Zu den Akten gelegt.');
  await page.goto(`${baseUrl()}/vorgaenge/${vorgang.id}?ansicht=geschaeftsgang`);
  await expect(page.getByRole('article')).toContainText('beendet');
  await expect(page.getByRole('textbox', { name: /^Laufweg/ })).toHaveCount(0);
  await page.getByRole('tab', { name: 'Verlauf' }).click();
  await expect(page.getByRole('tabpanel')).toContainText('hat den Vorgang');
});

test('the same slip is built by mouse and by keyboard in a list', async ({ page }) => {
  await loginAs(page, 'grossmann');
  const word = freshWord('liste');
  const vorgang = await bauVorgang(page, `Liste ${word}`);
  await page.goto(`${baseUrl()}/vorgaenge/${vorgang.id}?ansicht=geschaeftsgang`);
  const line = page.getByRole('textbox', { name: /^Laufweg/ });
  await page.getByRole('button', { name: 'Als Liste' }).click();
  const who = page.getByRole('combobox', { name: 'Wer' });
  const add = async (art: string, name?: string, option?: RegExp): Promise<void> => {
    await page.getByLabel('Was', { exact: true }).selectOption({ label: art });
    if (name !== undefined && option !== undefined) {
      await who.fill(name);
      await page.getByRole('option', { name: option }).click();
    }
    await page.getByRole('button', { name: 'Schritt hinzufügen' }).click();
  };
  await add('Prüfung', 'wica', /Wićazowa/);
  await expect(line).toHaveValue('@wicazowa Prüfung');
  await add('zu den Akten');
  await add('Stellungnahme', 'khatib', /Khatib/);
  await expect(line).toHaveValue('@wicazowa Prüfung, dann zdA, dann @al-khatib Stellungnahme');
  // By keyboard: up, and beside the first.
  const list = page.getByRole('list', { name: 'Schritte der Liste' });
  await list.getByRole('group', { name: /al-khatib/ }).focus();
  await page.keyboard.press('Alt+ArrowUp');
  await expect(line).toHaveValue('@wicazowa Prüfung, dann @al-khatib Stellungnahme, dann zdA');
  await page.keyboard.press(' ');
  await expect(line).toHaveValue('@wicazowa Prüfung und @al-khatib Stellungnahme, dann zdA');
  await expect(list.getByRole('group', { name: /al-khatib/ })).toBeFocused();
  // By mouse: down, out.
  await list.getByRole('button', { name: 'Herausnehmen: zdA' }).click();
  await expect(line).toHaveValue('@wicazowa Prüfung und @al-khatib Stellungnahme');
  await line.press('Control+Enter');
  await expect(bar(page)).toContainText('Auf den Laufweg gegeben: 2 Schritte');
  await expect(page.getByRole('article')).toContainText('Stellungnahme');
});

test('a draft comes back to its author with the reason, and goes round again', async ({ page }) => {
  await loginAs(page, 'grossmann');
  const word = freshWord('rueckgabe');
  const vorgang = await bauVorgang(page, `Entwurf ${word}`);
  await start(page, vorgang, '@strassberger sz bis morgen');
  await loginAs(page, 'strassberger');
  await page.goto(`${baseUrl()}/postkorb`);
  await inBasket(page, word).click();
  await page.keyboard.press('r');
  await page.getByLabel('Grund').fill('Die Rechtsgrundlage fehlt.');
  await page.keyboard.press('Enter');
  await expect(bar(page)).toContainText('Zurückgegeben.');
  await loginAs(page, 'grossmann');
  await page.goto(`${baseUrl()}/postkorb`);
  await expect(inBasket(page, word)).toContainText('Zurückgegeben');
  await expect(inBasket(page, word)).toContainText('Die Rechtsgrundlage fehlt.');
  await inBasket(page, word).click();
  await page.getByRole('button', { name: 'Erledigt' }).click();
  await expect(bar(page)).toContainText('Bearbeitung erledigt.');
  await loginAs(page, 'strassberger');
  await page.goto(`${baseUrl()}/postkorb`);
  await inBasket(page, word).click();
  await page.keyboard.press('z');
  await expect(bar(page)).toContainText('Schlussgezeichnet.');
});

test('an Umlaufmappe of twenty is signed by keyboard', async ({ page }) => {
  await loginAs(page, 'grossmann');
  const word = freshWord('mappe');
  for (let i = 1; i <= 20; ++i) await start(page, await bauVorgang(page, `Stück ${i} ${word}`), '@wicazowa mz bis heute');
  await loginAs(page, 'wicazowa');
  await page.goto(`${baseUrl()}/postkorb`);
  await expect(inBasket(page, word)).toHaveCount(20);
  const rows = page.getByRole('main').getByRole('list').getByRole('listitem');
  for (let i = 0; i < (await rows.count()) && !(await page.getByRole('button', { name: 'Umlaufmappe zeichnen (20)' }).isVisible()); ++i) {
    await page.keyboard.press('j');
    if (await page.locator('li.is').filter({ hasText: word }).count()) await page.keyboard.press('x');
  }
  await page.keyboard.press('m');
  await expect(bar(page)).toContainText('20 Stücke gezeichnet.');
  await expect(inBasket(page, word)).toHaveCount(0);
});

test('the Postkorb is narrowed by one key, and its address says so', async ({ page }) => {
  await loginAs(page, 'grossmann');
  const word = freshWord('auswahl');
  const vorgang = await bauVorgang(page, `Auswahl ${word}`);
  await start(page, vorgang, 'Wv heute "Antwort da?"');
  await start(page, vorgang, '@grossmann pr');
  await page.goto(`${baseUrl()}/postkorb`);
  await expect(inBasket(page, word)).toHaveCount(2);
  await page.keyboard.press('2');
  await expect(page).toHaveURL(/auswahl=wiedervorlage/);
  await expect(inBasket(page, word)).toHaveCount(1);
  await inBasket(page, word).click();
  await expect(page).toHaveURL(/postkorb\/.*auswahl=wiedervorlage/);
  await page.keyboard.press('0');
  await expect(inBasket(page, word)).toHaveCount(2);
});

test('a Wiedervorlage is set by key and keeps from zdA until it is done', async ({ page }) => {
  await loginAs(page, 'grossmann');
  const word = freshWord('wiedervorlage');
  const vorgang = await bauVorgang(page, `Frist ${word}`);
  await start(page, vorgang, 'Wv heute "Antwort da?"');
  await page.goto(`${baseUrl()}/postkorb`);
  await inBasket(page, word).click();
  await page.keyboard.press('w');
  const line = page.getByRole('textbox', { name: /^Laufweg/ });
  await expect(line).toHaveValue('Wv in 1 Woche');
  await line.press('Control+Enter');
  await expect(bar(page)).toContainText('Auf den Laufweg gegeben');
  await page.goto(`${baseUrl()}/vorgaenge/${vorgang.id}`);
  await page.getByRole('button', { name: 'Zustand' }).click();
  await expect(page.getByRole('dialog')).toContainText('Im Geschäftsgang ist noch ein Schritt oder eine Wiedervorlage offen.');
  await page.getByRole('link', { name: 'Zum Geschäftsgang' }).click();
  await expect(page.getByRole('article')).toHaveCount(2);
});

test('what one browser routes, another shows at once, in the list and in the menu', async ({ page, browser }) => {
  await loginAs(page, 'wicazowa');
  await page.getByRole('link', { name: /^Postkorb/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Postkorb' })).toBeVisible();
  let loads = 0;
  page.on('load', () => (loads += 1));
  const link = page.getByRole('navigation', { name: 'Hauptmenü' }).getByRole('link', { name: /^Postkorb/ });
  const count = async (): Promise<number> => Number(/\d+/.exec((await link.textContent()) ?? '')?.[0] ?? 0);
  await expect.poll(count).toBeGreaterThan(0);
  const before = await count();

  const elsewhere = await browser.newContext();
  const other = await elsewhere.newPage();
  await loginAs(other, 'grossmann');
  const word = freshWord('live');
  const vorgang = await bauVorgang(other, `Sofort ${word}`);
  await other.goto(`${baseUrl()}/vorgaenge/${vorgang.id}?ansicht=geschaeftsgang`);
  const line = other.getByRole('textbox', { name: /^Laufweg/ });
  await line.fill('@wicazowa pr bis heute');
  await line.press('Control+Enter');
  await expect(bar(other)).toContainText('Auf den Laufweg gegeben');
  // Far sooner than anything that asks from time to time.
  await expect(inBasket(page, word)).toBeVisible({ timeout: 5_000 });
  await expect.poll(count, { timeout: 5_000 }).toBe(before + 1);
  // Taken back there, it goes here.
  await other.getByRole('button', { name: 'Zurückholen' }).click();
  await other.getByLabel('Grund').fill('Irrtum');
  await other.keyboard.press('Enter');
  await expect(inBasket(page, word)).toHaveCount(0, { timeout: 5_000 });
  await expect.poll(count, { timeout: 5_000 }).toBe(before);
  expect(loads).toBe(0);
  await elsewhere.close();
});

test('a head sees load, age and what is overdue of her units with one click', async ({ page }) => {
  await loginAs(page, 'grossmann');
  await expect(page.getByRole('link', { name: 'Lage meiner Einheiten' })).toHaveCount(0);
  await loginAs(page, 'wicazowa');
  await page.getByRole('link', { name: 'Lage meiner Einheiten' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Lage meiner Einheiten' })).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: 'noch nicht übernommen' })).toContainText('überfällig');
  await expect(page.getByRole('table', { name: 'Überfällig' }).getByRole('link', { name: /631-1\/2026-1/ })).toBeVisible();
  await expect(page.getByRole('table', { name: 'Je Einheit' })).toContainText('Bauhof');
  await expect(page.getByText('Zahlen zu Personen gibt es nur')).toBeVisible();
  await page.getByRole('table', { name: 'Überfällig' }).getByRole('link', { name: /631-1\/2026-1/ }).first().click();
  await expect(page.getByRole('tab', { name: 'Geschäftsgang' })).toHaveAttribute('aria-selected', 'true');
});

test('a Frist explains itself', async ({ page }) => {
  await loginAs(page, 'grossmann');
  await page.goto(`${baseUrl()}/frist`);
  await page.getByLabel('Tag', { exact: true }).fill('2026-10-14');
  await expect(page.getByText('Die Frist endet am Donnerstag, 19. November 2026.')).toBeVisible();
  await expect(page.getByText('§ 41 Abs. 2 VwVfG').first()).toBeVisible();
  await page.getByLabel('Feiertage').selectOption('Sachsen-Anhalt');
  await expect(page.getByText('Die Frist endet am Mittwoch, 18. November 2026.')).toBeVisible();
});

test('a new letter lies in the Postkorb of the unit, is taken by one key, and is one’s own until it is filed', async ({ page }) => {
  await loginAs(page, 'grossmann');
  const word = freshWord('eingang');
  await page.goto(`${baseUrl()}/posteingang`);
  await drop(page, '.zone', [letter(`${word}.pdf`, 'Bitte um Auskunft.')]);
  await expect(row(page, word)).toBeVisible();
  await page.goto(`${baseUrl()}/postkorb?korb=einheit`);
  const line = page.getByRole('button', { name: new RegExp(word) });
  await expect(page.getByRole('heading', { name: /Neue Eingänge/ })).toBeVisible();
  await line.click();
  await expect(line).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('u');
  await expect(bar(page)).toContainText('übernommen');
  await expect(line).toHaveCount(0);
  await page.goto(`${baseUrl()}/postkorb`);
  await expect(page.getByRole('heading', { name: /Eingänge zum Ablegen/ })).toBeVisible();
  await line.click();
  await page.getByRole('link', { name: 'Ansehen und ablegen' }).click();
  await expect(page.getByRole('note').filter({ hasText: 'Übernommen von' })).toBeVisible();
  await page.goto(`${baseUrl()}/postkorb`);
  await line.click();
  await page.getByRole('button', { name: 'Wieder freigeben' }).click();
  await expect(line).toHaveCount(0);
});

test('a head sees in the Postkorb what is overdue in the unit', async ({ page }) => {
  await loginAs(page, 'wicazowa');
  await page.goto(`${baseUrl()}/postkorb`);
  await page.getByRole('link', { name: /^Überfällig in meinen Einheiten/ }).click();
  await expect(page.getByRole('heading', { level: 2, name: /Überfällig/ })).toBeVisible();
  await expect(page.getByRole('main').getByRole('button').filter({ hasText: 'für ' }).first()).toBeVisible();
});
