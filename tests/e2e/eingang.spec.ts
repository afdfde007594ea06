// What comes in beside the daily filing: quarantine, the same file twice, another office's letter; scans, jobs, mailboxes.
import { Clamd } from '../api/support/clamd';
import { ADMINISTRATION, api, bar, baseUrl, drop, expect, freshWord, letter, login, test } from './support/app';

interface Eingang {
  id: string;
  stand: number;
  dateiname: string;
}
const waiting = async (page: Parameters<typeof api>[0], name: string): Promise<Eingang | undefined> =>
  (await api<{ eintraege: Eingang[] }>(page, 'GET', '/posteingang?limit=200')).eintraege.find((one) => one.dateiname === name);

test('a file with malware goes into the Quarantäne, is seen with its reason, and is released by the administration', async ({ page }) => {
  await login(page);
  const word = freshWord('fund');
  await page.goto(`${baseUrl()}/posteingang`);
  await drop(page, '.zone', [{ name: `${word}.txt`, type: 'text/plain', bytes: Buffer.from(`${Clamd.malware} ${word}`) }]);
  await expect(bar(page)).toContainText('liegt in der Quarantäne');
  await page.getByRole('link', { name: /Quarantäne: \d+ Datei/ }).click();
  const entry = page.getByRole('listitem').filter({ hasText: word });
  await expect(entry).toContainText('In Quarantäne: Aktenlotse.Probe');
  await expect(entry.getByRole('button')).toHaveCount(0);
  await entry.getByRole('link', { name: word }).click();
  await expect(page.getByText('Der Virenscanner hat „Aktenlotse.Probe“ gefunden')).toBeVisible();

  await page.context().clearCookies();
  await login(page, ADMINISTRATION);
  await page.goto(`${baseUrl()}/verwaltung/quarantaene`);
  await page.getByRole('button', { name: `${word}.txt freigeben` }).click();
  await page.getByRole('button', { name: 'Freigeben', exact: true }).click();
  await expect(page.getByText('Bitte füllen Sie dieses Feld aus.')).toBeVisible();
  await page.getByLabel('Begründung').fill('Mit dem Absender geklärt');
  await page.getByRole('button', { name: 'Freigeben', exact: true }).click();
  await expect(bar(page)).toContainText('ist freigegeben');
  await expect(page.getByRole('listitem').filter({ hasText: word })).toHaveCount(0);
  await page.getByLabel('Auch Entschiedenes zeigen').check();
  await expect(page.getByRole('listitem').filter({ hasText: word })).toContainText('Mit dem Absender geklärt');
});

test.describe('what is handed on', () => {
  // What lies with another office may be out of one's sight at once.
  test.use({ provoked: '404' });
  test('the same file twice is said; a letter for another office is handed there, and back', async ({ page }) => {
    await login(page);
    const word = freshWord('doppelt');
    const file = letter(`${word}.pdf`, `Ein Schreiben ${word}`);
    await page.goto(`${baseUrl()}/posteingang`);
    await drop(page, '.zone', [file]);
    await expect(bar(page)).toContainText('ist im Posteingang');
    await drop(page, '.zone', [{ ...file, name: `${word}-2.pdf` }]);
    await expect.poll(() => waiting(page, `${word}-2.pdf`)).toBeDefined();
    const second = await waiting(page, `${word}-2.pdf`);
    await page.goto(`${baseUrl()}/posteingang/${second?.id}`);
    await expect(page.getByRole('note').filter({ hasText: 'Dieselbe Datei liegt schon hier' }).getByRole('link')).toHaveCount(1);

    const select = page.getByLabel('An ein anderes Amt geben');
    const name = (await select.locator('option').nth(1).textContent()) ?? '';
    await select.selectOption({ index: 1 });
    await page.getByRole('button', { name: 'Weiterreichen' }).click();
    await expect(bar(page)).toContainText(`An ${name} weitergereicht`);
    const history = await api<{ eintraege: { satz: string }[] }>(page, 'GET', `/dokumente/${second?.id}/historie`).catch(() => undefined);
    if (history !== undefined) expect(history.eintraege[0]?.satz).toContain('anderen Organisationseinheit gegeben');
  });
});

test('a scan of the sample is looked at, and its paper seen off', async ({ page }) => {
  await login(page, /registratur/i);
  const town = await api<{ stand: number }>(page, 'GET', '/mandant');
  await api(page, 'PATCH', '/mandant', { stichprobe: 1, originaltage: 30 }, town.stand);
  const word = freshWord('papier');
  const session = await (await page.request.get(`${baseUrl()}/api/anmeldung`)).json();
  const made = await page.request.post(`${baseUrl()}/api/posteingang?dateiname=${word}.txt&geraet=Scanplatz`, { headers: { 'X-CSRF-Token': session.csrf, 'Content-Type': 'application/octet-stream' }, data: `Von Papier ${word}` });
  expect(made.ok(), await made.text()).toBe(true);
  await page.goto(`${baseUrl()}/verwaltung/scans`);
  const entry = page.getByRole('listitem').filter({ hasText: word });
  await expect(entry).toContainText('Transfervermerk: Von Papier übertragen');
  await entry.getByRole('button', { name: /Erneut scannen/ }).click();
  await page.getByLabel('Was fällt auf?').fill('Rand fehlt');
  await page.getByRole('button', { name: 'Speichern' }).click();
  await expect(bar(page)).toContainText('erneut zu scannen');
  await expect(entry).toContainText('Rand fehlt');
  await entry.getByRole('button', { name: /Stimmt überein/ }).click();
  await expect(bar(page)).toContainText('ist geprüft');
  await expect(entry).toHaveCount(0);

  await page.getByLabel('Zeigen').selectOption({ label: 'Papier ist aufbewahrt' });
  await entry.getByRole('button', { name: /Papier aufbewahren bis/ }).click();
  await page.getByLabel('Papier aufbewahren bis', { exact: true }).fill('2026-01-31');
  await page.getByRole('button', { name: 'Speichern' }).click();
  await expect(bar(page)).toContainText('bis dahin aufbewahrt');
  await page.getByLabel('Zeigen').selectOption({ label: 'Papier darf vernichtet werden' });
  await entry.getByRole('button', { name: /Papier von Scan \d+ ist vernichtet/ }).click();
  await page.getByLabel('Durch wen, wie?').fill('Aktenvernichter P-4, Poststelle');
  await page.getByRole('button', { name: 'Speichern' }).click();
  await expect(bar(page)).toContainText('ist vernichtet');
  await page.getByLabel('Zeigen').selectOption({ label: 'Alle Scans' });
  await expect(entry).toContainText('vernichtet: Aktenvernichter P-4, Poststelle');
  await entry.getByRole('link', { name: word }).click();
  await expect(page.getByRole('heading', { name: 'Transfervermerk' })).toBeVisible();
});

test('a mailbox is added and tested, and the job that failed says why and is repeated', async ({ page }) => {
  await login(page, ADMINISTRATION);
  const name = freshWord('Postfach');
  await page.goto(`${baseUrl()}/verwaltung/postfaecher`);
  await page.getByRole('link', { name: 'Neues Postfach' }).click();
  await page.getByLabel('Bezeichnung').fill(name);
  await page.getByLabel('Organisationseinheit').selectOption({ index: 1 });
  await page.getByLabel('Rechner').fill('mail.example');
  await page.getByLabel(/^Anmeldung/).fill('post');
  await page.getByLabel('Passwortdatei').fill('post.txt');
  await page.getByLabel('Wird abgeholt').uncheck();
  await page.getByRole('button', { name: 'Anlegen' }).click();
  await expect(bar(page)).toContainText(`${name} ist angelegt`);
  await expect(page.getByText('Die Passwortdatei fehlt noch.')).toBeVisible();
  await page.getByRole('button', { name: 'Verbindung prüfen' }).click();
  await expect(page.getByText(/Gescheitert: Die Passwortdatei des Postfachs fehlt/)).toBeVisible();
  await page.getByLabel('Alle … Minuten').fill('30');
  await page.getByRole('button', { name: 'Speichern' }).click();
  await expect(bar(page)).toContainText(`${name} ist gespeichert`);

  await page.goto(`${baseUrl()}/verwaltung/auftraege`);
  const failed = page.getByRole('row').filter({ hasText: 'Postfach prüfen' }).first();
  await expect(failed).toContainText('Passwortdatei des Postfachs fehlt');
  await failed.getByRole('button', { name: /Wiederholen/ }).click();
  await expect(bar(page)).toContainText('„Postfach prüfen“ wartet wieder');
});

test('rules are reached from the menu of the administration', async ({ page }) => {
  await login(page);
  await page.getByRole('navigation').getByRole('link', { name: 'Verwaltung' }).first().click();
  await page.getByRole('link', { name: 'Regeln' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Regeln' })).toBeVisible();
});

test('the administration sees that all files are in order, and has them read again', async ({ page }) => {
  await login(page, ADMINISTRATION);
  await page.goto(`${baseUrl()}/verwaltung/dateipruefung`);
  await expect(page.getByRole('heading', { level: 1, name: 'Dateiprüfung' })).toBeVisible();
  await page.getByRole('button', { name: 'Jetzt alle prüfen' }).click();
  await expect(bar(page)).toContainText('Alle Dateien werden jetzt im Hintergrund geprüft.');
  await expect(async () => {
    await page.getByRole('button', { name: 'Aktualisieren' }).click();
    await expect(page.getByText('100 % dieser Runde sind geschafft')).toBeVisible({ timeout: 1000 });
  }).toPass();
  await expect(page.getByText('Alle geprüften Dateien sind in Ordnung.')).toBeVisible();
});
