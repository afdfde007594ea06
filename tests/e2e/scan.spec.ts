import { existsSync, writeFileSync } from 'node:fs';
import { api, baseUrl, drop, expect, freshPlace, login, row, test } from './support/app';

/** A letter as a picture: drawn by the browser, as a scanner would give it. */
async function scan(page: import('@playwright/test').Page, lines: readonly string[]): Promise<Buffer> {
  const url = await page.evaluate((text) => {
    const canvas = document.createElement('canvas');
    canvas.width = 1240;
    canvas.height = 1000;
    const pen = canvas.getContext('2d');
    if (pen === null) throw new Error('no canvas');
    pen.fillStyle = '#fff';
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.fillStyle = '#111';
    pen.font = '40px "DejaVu Sans", sans-serif';
    text.forEach((line, index) => pen.fillText(line, 110, 160 + index * 80));
    return canvas.toDataURL('image/png');
  }, lines);
  return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
}

// Programs that read and print start first, and behind other work.
test.describe.configure({ timeout: 180_000 });

test('a scan that is dropped is there at once, is read, found by a word, and the word is marked in the picture', async ({ page }, info) => {
  await login(page);
  const name = `scan-${Date.now()}`;
  await page.goto(`${baseUrl()}/posteingang`);
  const bytes = await scan(page, ['Antrag auf Sondernutzung', 'Wir möchten vor dem Rathaus eine', 'Freischankfläche einrichten.', 'Familie Petermann']);
  await drop(page, '.zone', [{ name: `${name}.png`, type: 'image/png', bytes }]);
  await row(page, name).click();
  // Each step is said; what is made appears without a reload.
  await expect(page.getByRole('status').filter({ hasText: /Texterkennung/ })).toBeVisible();
  await page.screenshot({ path: info.outputPath('laeuft.png') });
  await expect(page.getByText('Scan mit erkanntem Text.')).toBeVisible({ timeout: 120_000 });
  await expect(page.getByLabel('Betreff', { exact: true })).toHaveValue('Antrag auf Sondernutzung');
  await expect.poll(() => page.getByRole('img', { name: 'Seite 1 von 1' }).evaluate((one: HTMLImageElement) => one.naturalHeight)).toBeGreaterThan(0);
  await page.screenshot({ path: info.outputPath('eingang.png') });

  await page.goto(`${baseUrl()}/suche`);
  await page.getByLabel('Suchbegriffe').fill('Freischankfläche');
  await row(page, name).click();
  const mark = page.locator('.picture-page mark').first();
  await expect(mark).toBeVisible({ timeout: 120_000 });
  const image = page.getByRole('img', { name: 'Seite 1 von 1' });
  await expect.poll(() => image.evaluate((one: HTMLImageElement) => one.naturalHeight)).toBeGreaterThan(0);
  const box = await mark.boundingBox();
  const picture = await image.boundingBox();
  expect(box).not.toBeNull();
  expect(picture).not.toBeNull();
  if (box === null || picture === null) return;
  // The word stands in the third line of the drawing, from its left edge.
  expect((box.y + box.height / 2 - picture.y) / picture.height).toBeCloseTo(0.31, 1);
  expect((box.x - picture.x) / picture.width).toBeCloseTo(0.09, 1);
  await page.screenshot({ path: info.outputPath('treffer.png') });
});

test('an Office file is shown page by page, and its original is one click away', async ({ page }, info) => {
  test.skip(!existsSync('/usr/lib/libreoffice/program/soffice.bin'), 'LibreOffice is not installed here');
  await login(page);
  const name = `brief-${Date.now()}`;
  await page.goto(`${baseUrl()}/posteingang`);
  const bytes = Buffer.from(String.raw`{\rtf1\ansi\b Antrag auf Fahrradboxen\b0\par Am Bahnhof fehlen Boxen f\'fcr R\'e4der.}`);
  await drop(page, '.zone', [{ name: `${name}.rtf`, type: 'application/rtf', bytes }]);
  await row(page, name).click();
  await expect(page.getByText('Seitenansicht als PDF.')).toBeVisible({ timeout: 120_000 });
  await expect(page.getByRole('region', { name: 'Seite 1 von 1' })).toContainText('Am Bahnhof fehlen Boxen');
  await page.screenshot({ path: info.outputPath('seiten.png') });
  await page.getByRole('button', { name: 'Original zeigen' }).click();
  await expect(page.getByText('Original, wie es ankam.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Seitenansicht zeigen' })).toBeFocused();
});

test('a separator sheet for a Vorgang carries its sign and a code; what is scanned after it is filed there', async ({ page }, info) => {
  await login(page);
  const { vorgang } = await freshPlace(page, `Stapel ${Date.now()}`);
  await page.goto(`${baseUrl()}/vorgaenge/${vorgang.id}`);
  await page.getByRole('link', { name: 'Trennblatt' }).click();
  const sheet = page.getByRole('region', { name: 'Trennblatt' });
  await expect(sheet).toContainText(vorgang.zeichen);
  await expect(sheet.getByRole('img', { name: 'Code zum Scannen' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Etikett' })).toContainText(vorgang.zeichen);
  await page.screenshot({ path: info.outputPath('trennblatt.png'), fullPage: true });
  // As it is printed: the sheet, and on the second page the label, which stands for the letter after it.
  const bytes = await page.pdf({ format: 'A4' });
  writeFileSync(info.outputPath('trennblatt.pdf'), bytes);
  await page.goto(`${baseUrl()}/posteingang`);
  await drop(page, '.zone', [{ name: `stapel-${Date.now()}.pdf`, type: 'application/pdf', bytes }]);
  type Dokumente = { eintraege: { betreff: string }[] };
  await expect.poll(async () => (await api<Dokumente>(page, 'GET', `/vorgaenge/${vorgang.id}/dokumente`)).eintraege.map((one) => one.betreff), { timeout: 120_000 }).toEqual([expect.stringMatching(/^stapel.*, Teil 1$/)]);
  await page.goto(`${baseUrl()}/vorgaenge/${vorgang.id}`);
  await row(page, 'Teil 1').click();
  await expect(page.getByRole('region', { name: 'Seite 1 von 1' })).toContainText('Standort');
  await page.screenshot({ path: info.outputPath('abgelegt.png') });
});
