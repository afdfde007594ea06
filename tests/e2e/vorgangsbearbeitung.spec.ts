// Deputies, templates, the picture of a slip, Umlaufmappe and annotations in the browser.
import { api, bar, baseUrl, bauVorgang, drop, expect, freshWord, letter, loginAs, row, test } from './support/app';


test('Heute shows what is to be done; work for another stands apart, and is done in his place', async ({ page }) => {
  await loginAs(page, 'wicazowa');
  const word = freshWord('vertretung');
  const vorgang = await bauVorgang(page, `Auftrag ${word}`);
  await api(page, 'POST', `/vorgaenge/${vorgang.id}/laufwege`, { zeile: '@al-khatib pr bis heute' }, vorgang.stand);
  await loginAs(page, 'grossmann');
  await expect(page.getByRole('region', { name: 'Zu tun' })).toContainText('überfällig');
  await page.getByRole('link', { name: /^In Vertretung \(/ }).click();
  const item = page.getByRole('main').getByRole('button').filter({ hasText: word });
  await expect(item).toContainText('in Vertretung für');
  await item.click();
  await page.keyboard.press('z');
  await expect(bar(page)).toContainText('Geprüft.');
  await page.goto(`${baseUrl()}/vorgaenge/${vorgang.id}?ansicht=geschaeftsgang`);
  await expect(page.getByRole('article')).toContainText(/erledigt von Sabine Großmann für .*Khatib/);
});

test('a deputy is named for some days and ended again', async ({ page }) => {
  await loginAs(page, 'kuehnel');
  await page.goto(`${baseUrl()}/verwaltung/vertretung`);
  await page.getByRole('combobox', { name: 'Wer vertritt' }).pressSequentially('Hönicke');
  await page.getByRole('option', { name: /Hönicke/ }).click();
  await page.getByLabel('Letzter Tag').fill('2099-12-31');
  await page.getByLabel('Welche Arbeit').selectOption('nur Zeichnungen');
  await page.getByRole('button', { name: 'Eintragen' }).click();
  await expect(bar(page)).toContainText('vertritt');
  const mine = page.getByRole('table', { name: 'Wer mich vertritt' });
  await expect(mine).toContainText('nur Zeichnungen');
  await expect(mine).toContainText('hat kein Zeichnungsrecht');
  await mine.getByRole('button', { name: /^Vertretung von/ }).click();
  await expect(bar(page)).toContainText('beendet');
});

test('one key starts a template, and the slip is drawn on its model', async ({ page }) => {
  await loginAs(page, 'grossmann');
  const word = freshWord('vorlage');
  const vorgang = await bauVorgang(page, `Bescheid ${word}`);
  await page.goto(`${baseUrl()}/vorgaenge/${vorgang.id}?ansicht=geschaeftsgang`);
  await expect(page.getByRole('group', { name: 'Vorlagen' })).toContainText('Bescheid: mitzeichnen, schlusszeichnen, versenden');
  await page.keyboard.press('1');
  await expect(bar(page)).toContainText('auf den Laufweg gegeben');
  await page.getByRole('button', { name: 'Als Bild' }).click();
  const picture = page.getByRole('img', { name: /^Der Laufweg als Bild/ });
  await expect(picture.locator('[data-element-id="Schritt_1"].aktuell')).toBeVisible();
  await expect(picture.locator('[data-element-id="Schritt_4"]')).toBeVisible();
});

test('what keeps from zdA is named step by step, and solved in place', async ({ page }) => {
  await loginAs(page, 'grossmann');
  const word = freshWord('offen');
  const vorgang = await bauVorgang(page, `Offen ${word}`);
  await api(page, 'POST', `/vorgaenge/${vorgang.id}/laufwege`, { zeile: 'Wv morgen "Antwort da?"' }, vorgang.stand);
  await page.goto(`${baseUrl()}/vorgaenge/${vorgang.id}`);
  await page.getByRole('button', { name: 'Zustand' }).click();
  const steps = page.getByRole('list', { name: 'Offene Schritte' });
  await expect(steps).toContainText('Antwort da?');
  await steps.getByRole('button', { name: 'Erledigt' }).click();
  await expect(page.getByRole('dialog')).not.toContainText('Im Geschäftsgang ist noch');
});

test('Dokumente go round in one Umlaufmappe, and a place on a page is annotated', async ({ page }) => {
  await loginAs(page, 'grossmann');
  const word = freshWord('mappe');
  const vorgang = await bauVorgang(page, `Mappe ${word}`);
  await page.goto(`${baseUrl()}/vorgaenge/${vorgang.id}`);
  await drop(page, '.zone', [letter(`${word}.pdf`, 'Der Antrag wird genehmigt.')]);
  await expect(row(page, word)).toBeVisible();
  await page.getByRole('tab', { name: 'Geschäftsgang' }).click();
  await page.getByRole('button', { name: 'Neue Umlaufmappe' }).click();
  await page.getByLabel('Titel').fill(`Bescheide ${word}`);
  await page.getByRole('checkbox', { name: new RegExp(word) }).check();
  await page.getByRole('button', { name: 'Anlegen' }).click();
  await expect(bar(page)).toContainText('Umlaufmappe angelegt.');
  await page.getByRole('button', { name: 'Auf den Laufweg geben' }).click();
  await page.getByRole('textbox', { name: `Laufweg für Bescheide ${word}` }).fill('@wicazowa mz');
  await page.keyboard.press('Control+Enter');
  await expect(bar(page)).toContainText('Auf den Laufweg gegeben');
  await expect(page.getByRole('article')).toContainText(`Umlaufmappe Bescheide ${word}`);

  await page.getByRole('region', { name: 'Umlaufmappen' }).getByRole('link', { name: word }).click();
  await page.getByRole('tab', { name: /^Anmerkungen/ }).click();
  await page.getByRole('button', { name: 'Stelle wählen' }).click();
  const box = await page.locator('.page').first().boundingBox();
  if (box === null) throw new Error('no page');
  await page.mouse.move(box.x + 80, box.y + 80);
  await page.mouse.down();
  await page.mouse.move(box.x + 220, box.y + 130);
  await page.mouse.up();
  await expect(page.getByText('Zur gewählten Stelle auf Seite 1.')).toBeVisible();
  await page.getByRole('textbox', { name: 'Anmerkung' }).fill('Hier fehlt das Datum.');
  await page.getByRole('button', { name: 'Anmerken' }).click();
  await expect(bar(page)).toContainText('Das Dokument selbst ist unverändert.');
  await expect(page.getByRole('button', { name: /^Anmerkung von Sabine Großmann: Hier fehlt/ })).toBeVisible();
});
