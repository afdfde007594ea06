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

test('an Umlaufmappe of twenty Dokumente is signed by keyboard, and again when one of them is new', async ({ page }) => {
  test.setTimeout(120_000);
  await loginAs(page, 'grossmann');
  const word = freshWord('zwanzig');
  const vorgang = await bauVorgang(page, `Zwanzig ${word}`);
  const session = await (await page.request.get(`${baseUrl()}/api/anmeldung`)).json();
  const upload = async (path: string, text: string): Promise<{ id: string }> =>
    (await page.request.post(`${baseUrl()}/api${path}`, { headers: { 'X-CSRF-Token': session.csrf, 'Content-Type': 'application/octet-stream' }, data: text })).json();
  const ids: string[] = [];
  for (let i = 1; i <= 20; ++i) ids.push((await upload(`/vorgaenge/${vorgang.id}/dokumente?dateiname=stueck-${i}.txt`, `Stück ${i}`)).id);
  const { eintraege } = await api<{ eintraege: { id: string }[] }>(page, 'POST', `/vorgaenge/${vorgang.id}/umlaufmappen`, { titel: `Mappe ${word}`, dokumente: ids }, vorgang.stand);
  await api(page, 'POST', `/vorgaenge/${vorgang.id}/laufwege`, { zeile: '@wicazowa mz bis heute, dann @strassberger sz', umlaufmappe: eintraege[0]?.id }, vorgang.stand);
  /** Goes down the list by keys until the Mappe is open, and signs it. */
  const sign = async (done: string): Promise<void> => {
    const item = page.locator('li').filter({ hasText: `Mappe ${word} (20 Dokumente)` });
    await expect(item).toBeVisible();
    for (let i = 0; i < 60 && (await item.and(page.locator('.is')).count()) === 0; ++i) await page.keyboard.press('j');
    await page.keyboard.press('z');
    await expect(bar(page)).toContainText(done);
    await expect(item).toHaveCount(0);
  };
  await loginAs(page, 'wicazowa');
  await page.goto(`${baseUrl()}/postkorb`);
  await sign('Mitgezeichnet.');
  await loginAs(page, 'grossmann');
  const again = await (await page.request.get(`${baseUrl()}/api/anmeldung`)).json();
  await page.request.post(`${baseUrl()}/api/dokumente/${ids[6]}/versionen?dateiname=stueck-7.txt&basis=1`, { headers: { 'X-CSRF-Token': again.csrf, 'Content-Type': 'application/octet-stream' }, data: 'Stück 7, neu' });
  await loginAs(page, 'wicazowa');
  await page.goto(`${baseUrl()}/postkorb`);
  await expect(page.locator('li').filter({ hasText: `Mappe ${word}` })).toContainText('Neue Version: erneut zeichnen');
  await sign('Mitgezeichnet.');
  await loginAs(page, 'strassberger');
  await page.goto(`${baseUrl()}/postkorb`);
  await sign('Schlussgezeichnet.');
  for (const id of [ids[0], ids[6]]) {
    const marks = await api<{ eintraege: { art: string; veraltet: boolean }[] }>(page, 'GET', `/dokumente/${id}/zeichnungen`);
    expect(marks.eintraege.filter((one) => !one.veraltet).map((one) => one.art)).toEqual(['schlusszeichnung', 'mitzeichnung']);
  }
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
