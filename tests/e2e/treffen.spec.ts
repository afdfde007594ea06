// Meeting in the browser: sign up for an event with a waiting list, coach and be coached, order a newsletter and end it.
import type { Page } from '@playwright/test';
import { ADMINISTRATION, bar, baseUrl, expect, login, loginAs, test } from './support/app';

const HAUPTAMT = /Hauptamt, Soziales/i;
const open = async (page: Page, path: string): Promise<void> => {
  await page.goto(`${baseUrl()}/netz/${path}`);
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
};
async function loginIn(page: Page, town: string, name: string): Promise<void> {
  await page.context().clearCookies();
  await page.goto(`${baseUrl()}/anmeldung`);
  await page.getByLabel('Anmeldename').fill(name);
  await page.getByLabel('Verwaltung', { exact: true }).selectOption(town);
  await page.getByLabel('Passwort').fill('lotse-demo');
  await page.getByRole('button', { name: 'Anmelden', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Heute' })).toBeVisible();
}

test('a full course of the other Land: one waits, and moves up when somebody withdraws', async ({ page }) => {
  await login(page, HAUPTAMT);
  await open(page, 'termine');
  await page.getByLabel('Veranstaltung suchen').fill('Datenschutz');
  await page.getByRole('link', { name: 'Basisbefähigung: Datenschutz' }).click();
  await expect(page.getByText('1 von 1 Plätzen belegt')).toBeVisible();
  await page.getByRole('button', { name: 'Auf die Warteliste' }).click();
  await expect(bar(page)).toContainText('rücken von selbst nach');
  await expect(page.getByText('Sie stehen auf der Warteliste, Platz 1.')).toBeVisible();
  await loginAs(page, 'strassberger');
  await open(page, 'termine');
  await page.getByRole('button', { name: 'Meine', exact: true }).click();
  await page.getByRole('link', { name: 'Basisbefähigung: Datenschutz' }).click();
  await page.getByRole('button', { name: 'Abmelden', exact: true }).click();
  await expect(bar(page)).toContainText('Sie sind abgemeldet');
  await page.context().clearCookies();
  await login(page, HAUPTAMT);
  await open(page, 'termine');
  await page.getByRole('button', { name: 'Meine', exact: true }).click();
  await expect(page.getByRole('article').filter({ hasText: 'Datenschutz' })).toContainText('Sie sind angemeldet.');
});

test('the town agrees to its Lotse, both keep the log, and a next step goes into the checklist', async ({ page }) => {
  await loginIn(page, 'haselrode', 'schuelke');
  await open(page, 'begleitung');
  const mine = page.getByRole('article').filter({ hasText: 'Stadt Auenbrück' });
  await expect(mine).toContainText('angefragt, noch keine Zustimmung');
  await page.context().clearCookies();
  await login(page, ADMINISTRATION);
  await open(page, 'begleitung');
  const entry = page.getByRole('article').filter({ hasText: 'Lotse Harzvorland begleitet' });
  await entry.getByRole('button', { name: 'Zustimmen' }).click();
  await expect(bar(page)).toContainText('Der Lotse sieht jetzt');
  await loginIn(page, 'haselrode', 'schuelke');
  await open(page, 'begleitung');
  await expect(mine).toContainText('zugestimmt seit');
  await mine.getByRole('button', { name: 'Coaching-Protokoll' }).click();
  await mine.getByRole('button', { name: 'Eintrag schreiben' }).click();
  await mine.getByLabel('Thema').fill('Scannen am Empfang');
  await mine.getByLabel('Was besprochen wurde').fill('Ein Gerät reicht zu Beginn.');
  await mine.getByLabel('Nächster Schritt').fill('Scanner eine Woche ausleihen');
  await mine.getByRole('button', { name: 'Speichern' }).click();
  await expect(bar(page)).toContainText('gespeichert');
  await page.context().clearCookies();
  await login(page, ADMINISTRATION);
  await open(page, 'begleitung');
  await entry.getByRole('button', { name: 'Coaching-Protokoll' }).click();
  await expect(entry).toContainText('Ein Gerät reicht zu Beginn.');
  await entry.getByRole('button', { name: 'In die Checkliste' }).click();
  await expect(bar(page)).toContainText('Eigene Punkte');
  await entry.getByRole('button', { name: 'Zustimmung zurücknehmen' }).click();
  await expect(bar(page)).toContainText('Der Lotse sieht davon nichts mehr');
});

test('a stranger reads the press release, and orders mail without a login', async ({ page }) => {
  await page.context().clearCookies();
  await page.goto(`${baseUrl()}/oeffentlich/presse`);
  await expect(page.getByRole('heading', { name: 'Per Mail bekommen' })).toBeVisible();
  await expect(page.getByLabel('Mailadresse')).toBeVisible();
  await page.getByRole('link', { name: /Über die Landesgrenze/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Gäste aus Sachsen-Anhalt');
  await page.getByRole('link', { name: 'Per Mail bekommen' }).click();
  await page.getByLabel('Was möchten Sie bekommen?').selectOption('presse');
  await page.getByLabel('Mailadresse').fill('leser@presse.example');
  await page.getByRole('button', { name: 'Bestellen' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Postfach');
});

test('what came out of a workshop is taken from its minutes, and becomes a cooperation', async ({ page }) => {
  await login(page, ADMINISTRATION);
  await open(page, 'termine');
  await page.getByRole('button', { name: 'Veranstaltung planen' }).click();
  await page.getByRole('textbox', { name: 'Titel', exact: true }).fill('Werkstatt Scannen im Browser');
  await page.getByLabel('Ort', { exact: true }).fill('Rathaus');
  await page.getByRole('button', { name: 'Speichern' }).click();
  await page.getByRole('button', { name: 'Einladen' }).click();
  await page.getByRole('button', { name: 'Protokoll und Material eintragen' }).click();
  await page.getByLabel('Protokoll').fill('Es waren zwölf da.\nRisiko: Der Scanner fehlt\nMaßnahme: Leihgerät vom Kreis\nKooperation: Gemeinsame Scanstelle');
  await page.getByRole('button', { name: 'Speichern' }).click();
  await page.getByRole('button', { name: 'Ergebnisse aus dem Protokoll übernehmen' }).click();
  const results = page.getByRole('region', { name: 'Ergebnisse und Beiträge' });
  await expect(results).toContainText('Leihgerät vom Kreis');
  await results.getByRole('button', { name: 'Als Kooperation ausschreiben' }).click();
  await results.getByRole('link', { name: 'zur Kooperation' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Gemeinsame Scanstelle' })).toBeVisible();
  await page.getByRole('link', { name: 'Werkstatt Scannen im Browser' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Werkstatt Scannen im Browser' })).toBeVisible();
});

test('what the network reached is a picture, with the table beside it', async ({ page }) => {
  await login(page, ADMINISTRATION);
  await open(page, 'bericht');
  await expect(page.getByRole('img', { name: /Erreichte Kommunen/ })).toBeVisible();
  await expect(page.getByRole('row', { name: /Erzgebirgskreis/ })).toBeVisible();
});
