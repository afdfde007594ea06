import { bar, baseUrl, drop, expect, freshPlace, freshWord, letter, login, row, test } from './support/app';

test('a letter comes in, is filed, and is found by a word in it', async ({ page }) => {
  await login(page);
  const word = freshWord('garagentor');
  const place = await freshPlace(page, `Bauantrag ${word}x`);

  await page.getByRole('link', { name: /^Posteingang/ }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: 'Posteingang' })).toBeVisible();
  await drop(page, '.zone', [letter(`Antrag_${word}.pdf`, `Hiermit beantragen wir ein ${word} an der Nordseite.`)]);
  await expect(bar(page)).toContainText('ist im Posteingang');
  await row(page, word).click();
  await expect(page.getByText('Seite 1 von 2')).toBeVisible();

  const field = page.getByRole('combobox', { name: 'Vorgang', exact: true });
  await field.fill(`${word}x`);
  await expect(page.getByRole('option').filter({ hasText: place.vorgang.zeichen })).toBeVisible();
  await field.press('Enter');
  await page.getByLabel('Absender').fill('Familie Petermann');
  await page.getByRole('button', { name: /Ablegen und weiter/ }).click();
  await expect(bar(page)).toContainText(`In ${place.vorgang.zeichen} abgelegt`);
  await expect(row(page, word)).toHaveCount(0);

  await page.goto(`${baseUrl()}/suche`);
  await page.getByLabel('Suchbegriffe').fill(word);
  const hit = row(page, place.vorgang.zeichen);
  await expect(hit).toBeVisible();
  await expect(hit.locator('mark').first()).toContainText(word, { ignoreCase: true });
  await page.getByLabel('Suchbegriffe').press('Enter');

  await page.getByRole('tab', { name: 'Verlauf' }).click();
  await expect(page.getByRole('tabpanel').getByRole('listitem').first()).toBeVisible();
  await expect(page.getByRole('tabpanel')).toContainText(place.vorgang.zeichen);
});

test('filing can be taken back', async ({ page }) => {
  await login(page);
  const word = freshWord('ruecknahme');
  const place = await freshPlace(page, `Vorgang ${word}x`);
  await page.goto(`${baseUrl()}/posteingang`);
  await drop(page, '.zone', [letter(`${word}.pdf`, 'Ein Brief, der zuerst falsch abgelegt wird.')]);
  await row(page, word).click();
  const field = page.getByRole('combobox', { name: 'Vorgang', exact: true });
  await field.fill(`${word}x`);
  await expect(page.getByRole('option').filter({ hasText: place.vorgang.zeichen })).toBeVisible();
  await field.press('Enter');
  await page.keyboard.press('Enter');
  await bar(page).getByRole('button', { name: 'Rückgängig' }).click();
  await expect(bar(page)).toContainText('Wieder im Posteingang');
  await expect(row(page, word)).toBeVisible();
});

test('a new Vorgang, and the Akte for it, are opened without leaving the letter', async ({ page }) => {
  await login(page);
  const word = freshWord('neuanlage');
  await freshPlace(page, `Umfeld ${word}u`);
  await page.goto(`${baseUrl()}/posteingang`);
  await drop(page, '.zone', [letter(`${word}.pdf`, 'Dieser Brief eröffnet einen neuen Vorgang.')]);
  await row(page, word).click();
  await page.getByRole('button', { name: 'Neuer Vorgang' }).click();
  const form = page.getByRole('form', { name: 'Neuer Vorgang' });
  await form.getByLabel('Betreff des Vorgangs').fill(`Erster Vorgang ${word}`);
  const akte = form.getByRole('combobox', { name: 'In der Akte' });
  await akte.fill(`${word}u`);
  await expect(form.getByRole('option').filter({ hasText: `${word}u` }).first()).toBeVisible();
  await akte.press('Enter');
  await form.getByRole('button', { name: 'Vorgang anlegen' }).click();
  await expect(form).toBeHidden();
  await page.getByRole('button', { name: /Ablegen und weiter/ }).click();
  await bar(page).getByRole('link', { name: 'Vorgang öffnen' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(`Erster Vorgang ${word}`);
  await expect(row(page, word)).toBeVisible();
});

test.describe(() => {
  test.use({ provoked: '413' });
  test('an upload that is refused says why and can be tried again', async ({ page }) => {
    await login(page);
    await page.goto(`${baseUrl()}/posteingang`);
    let refused = false;
    await page.route('**/api/uploads?*', (route) => {
      if (refused || route.request().method() !== 'POST') return route.continue();
      refused = true;
      return route.fulfill({ status: 413, contentType: 'application/problem+json', body: JSON.stringify({ type: 'about:blank', title: 'Das ist zu groß.', status: 413, code: 'zu_gross', hinweis: 'Teilen Sie die Datei.' }) });
    });
    await drop(page, '.zone', [letter(`${freshWord('abbruch')}.pdf`, 'Der Brief war zu lang.')]);
    const uploads = page.getByRole('region', { name: 'Dateien werden hochgeladen' });
    await expect(uploads).toContainText('Das ist zu groß');
    await uploads.getByRole('button', { name: 'Noch einmal' }).click();
    await expect(uploads).toBeHidden();
    await expect(bar(page)).toContainText('ist im Posteingang');
  });
});

test('an upload whose line breaks goes on by itself', async ({ page }) => {
  await login(page);
  await page.goto(`${baseUrl()}/posteingang`);
  let cuts = 0;
  await page.route('**/api/uploads/*', (route) => {
    if (cuts >= 2 || route.request().method() !== 'PATCH') return route.continue();
    cuts++;
    return route.abort();
  });
  await drop(page, '.zone', [letter(`${freshWord('leitung')}.pdf`, 'Die Leitung fiel aus.')]);
  await expect(bar(page)).toContainText('ist im Posteingang');
  expect(cuts).toBe(2);
});
