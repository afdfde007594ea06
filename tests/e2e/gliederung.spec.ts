// Registerblätter, a Dokument for a few eyes only, and all settings as one file, in the browser.
import { ADMINISTRATION, api, bar, baseUrl, drop, expect, freshPlace, freshWord, letter, login, row, shot, test } from './support/app';
import { findings } from './support/axe';

test('an Akte is parted by Registerblätter, Vorgänge are put behind them, and that is undone in the history', async ({ page }) => {
  await login(page);
  const word = freshWord('register');
  const place = await freshPlace(page, `Erster ${word}`);
  await api(page, 'POST', '/vorgaenge', { akte: place.akte.id, betreff: `Zweiter ${word}` });
  await page.goto(`${baseUrl()}/akten/${place.akte.id}`);
  await page.getByRole('tab', { name: 'Metadaten' }).click();
  const register = page.getByRole('region', { name: 'Register' });
  await register.getByLabel('Neues Registerblatt').fill('Bis 2025');
  await register.getByLabel('Was es ist').selectOption('Band');
  await register.getByRole('button', { name: 'Hinzufügen' }).click();
  await expect(register.getByLabel('Band 1')).toHaveValue('Bis 2025');
  await register.getByLabel('Neues Registerblatt').fill('Pläne');
  await register.getByLabel('Was es ist').selectOption('Registerblatt');
  await register.getByLabel('Liegt in').selectOption('Band 1: Bis 2025');
  await register.getByRole('button', { name: 'Hinzufügen' }).click();
  await expect(register.getByLabel('Registerblatt', { exact: true })).toHaveValue('Pläne');

  await page.getByRole('tab', { name: /^Vorgänge/ }).click();
  await row(page, `Erster ${word}`).locator('.box').click();
  const bulk = page.getByRole('region', { name: 'Markierte bearbeiten' });
  await bulk.getByRole('button', { name: 'Hinter ein Registerblatt' }).click();
  await bulk.getByLabel('Registerblatt').selectOption('Band 1: Bis 2025 › Pläne');
  await bulk.getByRole('button', { name: 'Vorschau' }).click();
  await bulk.getByRole('button', { name: 'Für 1 ausführen' }).click();
  await expect(bar(page)).toContainText('1 erledigt');
  const tree = page.getByRole('tree', { name: 'Register' });
  await tree.getByRole('treeitem', { name: /Pläne/ }).click();
  await expect(page.getByRole('option')).toHaveCount(1);
  await expect(row(page, `Erster ${word}`)).toBeVisible();
  await tree.getByRole('treeitem', { name: /^Alles/ }).click();
  await expect(page.getByRole('option')).toHaveCount(2);

  await row(page, `Erster ${word}`).click();
  await page.getByRole('tab', { name: 'Verlauf' }).click();
  await expect(page.getByText('hinter ein anderes Registerblatt gelegt').first()).toBeVisible();
  await page.getByRole('tabpanel').getByRole('button', { name: 'Rückgängig' }).first().click();
  await expect(page.getByText('rückgängig gemacht').first()).toBeVisible();
});

test('a Dokument is narrowed on its own, and says so', async ({ page }) => {
  await login(page, /registratur/i);
  const word = freshWord('gutachten');
  const place = await freshPlace(page, `Enger ${word}`);
  await page.goto(`${baseUrl()}/vorgaenge/${place.vorgang.id}`);
  await drop(page, '.zone', [letter(`${word}.pdf`, 'Nur für wenige')]);
  await expect(bar(page)).toContainText('ist abgelegt');
  const [made] = (await api<{ eintraege: { id: string }[] }>(page, 'GET', `/vorgaenge/${place.vorgang.id}/dokumente`)).eintraege;
  await page.goto(`${baseUrl()}/dokumente/${made?.id ?? ''}`);
  await page.getByRole('tabpanel').getByLabel('Zugriff').selectOption('Posteingang Poststelle');
  await expect(page.getByText('Eigener Zugriff: Er folgt nicht dem Vorgang.')).toBeVisible();
});

test('all settings are saved as a file, looked at, read in, and taken back', async ({ page }) => {
  await login(page, ADMINISTRATION);
  const kurz = `P${String(Date.now()).slice(-6)}`;
  await page.goto(`${baseUrl()}/verwaltung/einstellungen`);
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Als Datei speichern' }).click()]);
  expect(download.suggestedFilename()).toBe('einstellungen.json');
  const datei = await api<{ organisationseinheiten: unknown[] }>(page, 'GET', '/einstellungen');
  datei.organisationseinheiten.push({ kurzzeichen: kurz, bezeichnung: 'Probeamt' });
  await page.locator('input[type=file]').setInputFiles({ name: 'einstellungen.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(datei)) });
  await expect(page.getByRole('row').filter({ hasText: kurz })).toContainText('Neu');
  await page.getByRole('button', { name: '1 Änderung übernehmen' }).click();
  await expect(bar(page)).toContainText('Die Einstellungen sind eingelesen.');
  await bar(page).getByRole('button', { name: 'Rückgängig' }).last().click();
  await expect(bar(page)).toContainText('wieder wie vorher');
  await page.goto(`${baseUrl()}/verwaltung/organisation`);
  await expect(page.getByRole('row').first()).toBeVisible();
  await expect(page.getByText(kurz)).toHaveCount(0);
});

test('a large Vorgang is parted into Teilvorgänge, which stand against its zdA until they are closed', async ({ page }) => {
  await login(page);
  const word = freshWord('teil');
  const place = await freshPlace(page, `Planung ${word}`);
  await page.goto(`${baseUrl()}/vorgaenge/${place.vorgang.id}`);
  await page.getByRole('tab', { name: 'Teilvorgänge' }).click();
  await expect(page.getByText('Kein Teilvorgang')).toBeVisible();
  await page.getByRole('button', { name: 'Neuer Teilvorgang' }).click();
  await page.getByLabel('Betreff des neuen Teilvorgangs').fill(`Anhörung ${word}`);
  await page.getByRole('button', { name: 'Anlegen', exact: true }).click();
  await expect(bar(page)).toContainText(`Teilvorgang ${place.vorgang.zeichen}.1 angelegt.`);
  // It is open now: the way to it names its Vorgang, and it holds Dokumente only.
  await expect(page.getByRole('heading', { level: 1, name: `Anhörung ${word}` })).toBeVisible();
  await expect(page.getByRole('tab', { name: 'Teilvorgänge' })).toHaveCount(0);
  await expect(page.getByText('Noch kein Dokument')).toBeVisible();
  const neighbours = page.getByRole('navigation', { name: 'Vorgänge in dieser Akte' });
  await expect(neighbours.getByRole('link', { name: `Anhörung ${word}` })).toHaveAttribute('aria-current', 'page');
  await drop(page, '.zone', [letter(`${word}.pdf`, 'Einwendung der Nachbarn')]);
  await expect(bar(page)).toContainText('ist abgelegt');
  await page.getByRole('navigation', { name: 'Ort im Aktenplan' }).getByRole('link', { name: `${place.vorgang.zeichen} Planung ${word}` }).click();

  await page.getByRole('tab', { name: 'Teilvorgänge' }).click();
  await expect(page.getByRole('tab', { name: 'Teilvorgänge' })).toContainText('1');
  await expect(row(page, `Anhörung ${word}`)).toContainText('1 Dokument');
  expect(await findings(page)).toEqual([]);
  await shot(page, 'teilvorgaenge');
  await page.getByRole('button', { name: 'Zustand' }).click();
  const dialog = page.getByRole('dialog');
  const solve = dialog.getByRole('button', { name: `Zu den Akten: ${place.vorgang.zeichen}.1` });
  await solve.click();
  await expect(solve).toHaveCount(0);
  await expect(dialog.getByRole('button', { name: 'Zu den Akten', exact: true })).toBeEnabled();
});
