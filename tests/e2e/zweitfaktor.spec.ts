// The second factor as a person meets it: setting up an app and a security key, logging in with each, and what the
// administration asks for and resets. The key is the browser's own, behind its debugging protocol.
import type { CDPSession, Page } from '@playwright/test';
import { createServer, type AddressInfo } from 'node:net';
import { calm, code } from '../api/support/authenticator';
import { expect, shot, test } from './support/app';
import { findings } from './support/axe';
import { startServer, type RunningServer } from './support/server';

const PASSWORT = 'lotse-demo';
let server: RunningServer;
let address: string;
/** Of the administrator, for the last journey. */
let recovery = '';

test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  const probe = createServer();
  const port = await new Promise<number>((resolve) => probe.listen(0, '127.0.0.1', () => resolve((probe.address() as AddressInfo).port)));
  await new Promise((resolve) => probe.close(resolve));
  address = `http://localhost:${port}`;
  server = await startServer('--port', String(port), '--adresse', address);
});
test.afterAll(() => server.stop());

async function password(page: Page, name: string): Promise<void> {
  await page.context().clearCookies();
  await page.goto(`${address}/anmeldung`);
  await page.getByLabel('Anmeldename').fill(name);
  await page.getByLabel('Verwaltung', { exact: true }).selectOption('auenbrueck');
  await page.getByLabel('Passwort').fill(PASSWORT);
  await page.getByRole('button', { name: 'Anmelden', exact: true }).click();
}
const today = (page: Page) => expect(page.getByRole('heading', { level: 1, name: 'Heute' })).toBeVisible();
async function own(page: Page): Promise<void> {
  await page.goto(`${address}/verwaltung/zugang`);
  await expect(page.getByRole('heading', { name: 'Zweiter Faktor', exact: true })).toBeVisible();
}
async function authenticator(page: Page): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  await session.send('WebAuthn.addVirtualAuthenticator', { options: { protocol: 'ctap2', transport: 'usb', hasResidentKey: false, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } });
  return session;
}

test('a password that the administration has set is changed at the first login, before anything else', async ({ page, request }) => {
  const name = `neu-${Date.now()}`;
  const login = await request.post(`${address}/api/anmeldung`, { data: { mandant: 'auenbrueck', name: 'nguyen', passwort: PASSWORT } });
  expect(login.ok()).toBe(true);
  const { csrf } = await login.json();
  const made = await request.post(`${address}/api/personen`, { headers: { 'X-CSRF-Token': csrf, 'Idempotency-Key': crypto.randomUUID() }, data: { vorname: 'Nele', nachname: 'Neu', anmeldename: name, passwort: 'vom-Amt-gesetzt' } });
  expect(made.ok(), await made.text()).toBe(true);

  await page.goto(`${address}/anmeldung`);
  await page.getByLabel('Anmeldename').fill(name);
  await page.getByLabel('Verwaltung', { exact: true }).selectOption('auenbrueck');
  await page.getByLabel('Passwort').fill('vom-Amt-gesetzt');
  await page.getByRole('button', { name: 'Anmelden', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Wählen Sie ein eigenes Passwort' })).toBeVisible();
  expect(await findings(page)).toEqual([]);
  const neu = page.getByLabel(/^Neues Passwort(?! noch)/);
  await neu.fill('vom-Amt-gesetzt');
  await page.getByLabel('Neues Passwort noch einmal').fill('vom-Amt-gesetzt');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Nehmen Sie ein anderes Passwort als das bisherige.')).toBeVisible();
  await neu.fill('ganz-mein-eigenes');
  await page.getByLabel('Neues Passwort noch einmal').fill('ganz-mein-anderes');
  await page.getByRole('button', { name: 'Speichern und weiter' }).click();
  await expect(page.getByText('Beide Eingaben sind verschieden.')).toBeVisible();
  await page.getByLabel('Neues Passwort noch einmal').fill('ganz-mein-eigenes');
  await page.getByRole('button', { name: 'Speichern und weiter' }).click();
  await today(page);
});

test('one sees where one is logged in, and ends what is left open elsewhere', async ({ page, browser }) => {
  const elsewhere = await browser.newPage();
  await password(elsewhere, 'hoenicke');
  await today(elsewhere);
  await password(page, 'hoenicke');
  await today(page);
  await own(page);
  const section = page.getByRole('region', { name: 'Wo Sie angemeldet sind' });
  await expect(section.getByRole('listitem')).toHaveCount(2);
  await expect(section.getByRole('listitem').filter({ hasText: '(hier)' }).getByRole('button')).toHaveCount(0);
  await shot(page, 'zugang-sitzungen');
  expect(await findings(page)).toEqual([]);
  await section.getByRole('button', { name: /^Anmeldung von .* beenden$/ }).click();
  await expect(page.getByText('Diese Anmeldung ist beendet.')).toBeVisible();
  await expect(section.getByRole('listitem')).toHaveCount(1);
  await elsewhere.goto(`${address}/vorgaenge`);
  await expect(elsewhere.getByLabel('Passwort')).toBeVisible();
  await elsewhere.close();
});

test('a security key is registered, opens the next login, and is removed', async ({ page }) => {
  await authenticator(page);
  await password(page, 'grossmann');
  await today(page);
  await own(page);
  await shot(page, 'zugang-ohne');
  expect(await findings(page)).toEqual([]);
  await page.getByRole('button', { name: 'Faktor einrichten' }).click();
  await expect(page.getByLabel('Sicherheitsschlüssel')).toBeChecked();
  await shot(page, 'einrichten-art');
  expect(await findings(page)).toEqual([]);
  await page.getByLabel('Ihr Passwort').fill(PASSWORT);
  await page.getByRole('button', { name: 'Weiter' }).click();
  await page.getByLabel(/^Name/).fill('Schlüssel am Bund');
  await shot(page, 'einrichten-schluessel');
  expect(await findings(page)).toEqual([]);
  await page.getByRole('button', { name: 'Einrichten', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Ihre Wiederherstellungscodes' })).toBeFocused();
  await expect(page.getByRole('listitem').filter({ hasText: /^([A-Z2-7]{4}-){5}[A-Z2-7]{4}$/ })).toHaveCount(10);
  await shot(page, 'codes');
  expect(await findings(page)).toEqual([]);
  const mine = await page.locator('ol code').first().innerText();
  await page.getByRole('button', { name: 'Ich habe die Codes verwahrt' }).click();
  await expect(page.getByText('Schlüssel am Bund')).toBeVisible();
  await expect(page.getByText('Noch 10 Wiederherstellungscodes.')).toBeVisible();
  await shot(page, 'zugang-mit');
  expect(await findings(page)).toEqual([]);

  await password(page, 'grossmann');
  await expect(page.getByRole('heading', { name: 'Zweiter Faktor' })).toBeVisible();
  await shot(page, 'anmelden-schluessel');
  expect(await findings(page)).toEqual([]);
  await page.getByRole('button', { name: 'Mit Sicherheitsschlüssel anmelden' }).click();
  await today(page);

  await password(page, 'grossmann');
  await page.getByLabel('Wiederherstellungscode').fill(mine);
  await page.getByRole('button', { name: 'Anmelden', exact: true }).click();
  await today(page);

  await own(page);
  await expect(page.getByText('Noch 9 Wiederherstellungscodes.')).toBeVisible();
  await page.getByRole('button', { name: 'Entfernen: Schlüssel am Bund' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Bisheriges Passwort').fill('falsch');
  await dialog.getByRole('button', { name: 'Entfernen' }).click();
  await expect(dialog.getByText('Das Passwort stimmt nicht.')).toBeVisible();
  await shot(page, 'entfernen');
  expect(await findings(page)).toEqual([]);
  await dialog.getByLabel('Bisheriges Passwort').fill(PASSWORT);
  await dialog.getByRole('button', { name: 'Entfernen' }).click();
  await expect(page.getByText('Sie melden sich bisher nur mit dem Passwort an.')).toBeVisible();
  await password(page, 'grossmann');
  await today(page);
});

test('a key that does not answer is told, and what was typed stays', async ({ page }) => {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', { options: { protocol: 'ctap2', transport: 'usb', automaticPresenceSimulation: true } });
  await password(page, 'hoenicke');
  await today(page);
  await own(page);
  await page.getByRole('button', { name: 'Faktor einrichten' }).click();
  await page.getByLabel('Ihr Passwort').fill(PASSWORT);
  await page.getByRole('button', { name: 'Weiter' }).click();
  await page.getByLabel(/^Name/).fill('Zweiter Versuch');
  // The browser's dialog is closed by the person.
  await page.evaluate(() => {
    const real = navigator.credentials.create.bind(navigator.credentials);
    navigator.credentials.create = () => {
      navigator.credentials.create = real;
      return Promise.reject(new DOMException('closed', 'NotAllowedError'));
    };
  });
  await page.getByRole('button', { name: 'Einrichten', exact: true }).click();
  await expect(page.getByText('Der Sicherheitsschlüssel hat nicht geantwortet.')).toBeVisible();
  await expect(page.getByLabel(/^Name/)).toHaveValue('Zweiter Versuch');
  await shot(page, 'schluessel-stumm');
  await page.getByRole('button', { name: 'Einrichten', exact: true }).click();
  await page.getByRole('button', { name: 'Ich habe die Codes verwahrt' }).click();
  await expect(page.getByText('Zweiter Versuch')).toBeVisible();
  await session.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId });
});

test('an app is set up from the picture, and its code opens the next login', async ({ page }) => {
  await password(page, 'nguyen');
  await today(page);
  await own(page);
  await page.getByRole('button', { name: 'Faktor einrichten' }).click();
  await page.getByLabel('App auf dem Telefon').check();
  await page.getByLabel('Ihr Passwort').fill(PASSWORT);
  await page.getByRole('button', { name: 'Weiter' }).click();
  await expect(page.getByRole('img', { name: 'Code zum Abfotografieren mit der App' })).toBeVisible();
  const secret = (await page.locator('.picture code').innerText()).replaceAll(' ', '');
  await shot(page, 'einrichten-app');
  expect(await findings(page)).toEqual([]);
  await page.getByLabel('Code aus der App').fill('000000');
  await page.getByRole('button', { name: 'Einrichten', exact: true }).click();
  await expect(page.getByText('Der Code stimmt nicht.')).toBeVisible();
  await calm(15);
  await page.getByLabel('Code aus der App').fill(code(secret, -1));
  await page.getByRole('button', { name: 'Einrichten', exact: true }).click();
  await expect(page.locator('ol code').first()).toBeVisible();
  recovery = await page.locator('ol code').first().innerText();
  await page.getByRole('button', { name: 'Ich habe die Codes verwahrt' }).click();

  await password(page, 'nguyen');
  await expect(page.getByLabel(/^Code/)).toBeFocused();
  await shot(page, 'anmelden-code');
  expect(await findings(page)).toEqual([]);
  await page.getByLabel(/^Code/).fill('000000');
  await page.getByRole('button', { name: 'Anmelden', exact: true }).click();
  await expect(page.getByText('Der Code stimmt nicht, oder er wurde schon benutzt.')).toBeVisible();
  await page.getByLabel(/^Code/).fill(code(secret));
  await page.keyboard.press('Enter');
  await today(page);

  // The administration asks everybody for one, and resets what is lost.
  await page.goto(`${address}/verwaltung/sicherheit`);
  await page.getByLabel('Alle', { exact: true }).check();
  await page.getByRole('button', { name: 'Speichern' }).click();
  await expect(page.getByText('Gespeichert.')).toBeVisible();
  await shot(page, 'pflicht');
  expect(await findings(page)).toEqual([]);
  await page.goto(`${address}/verwaltung/personen`);
  await page.getByRole('link', { name: /^Hönicke/ }).click();
  await page.getByRole('button', { name: 'Zweiten Faktor zurücksetzen' }).click();
  await shot(page, 'zuruecksetzen');
  expect(await findings(page)).toEqual([]);
  await page.getByRole('dialog').getByRole('button', { name: 'Zweiten Faktor zurücksetzen' }).click();
  await expect(page.getByText(/^Die zweiten Faktoren von .* sind zurückgesetzt\./)).toBeVisible();
  await expect(page.getByText(/hat die zweiten Faktoren von .* zurückgesetzt/)).toBeVisible();
});

test('who must have one and has none sets it up between password and work, in English too', async ({ page }) => {
  await authenticator(page);
  await password(page, 'hoenicke');
  await expect(page.getByRole('heading', { name: 'Zweiten Faktor einrichten' })).toBeVisible();
  await shot(page, 'pflicht-einrichten');
  expect(await findings(page)).toEqual([]);
  await page.getByRole('button', { name: 'Abbrechen' }).click();
  await expect(page.getByLabel('Passwort')).toHaveValue('');
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByLabel('Login name').fill('hoenicke');
  await page.getByLabel('Password').fill(PASSWORT);
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Set up a second factor' })).toBeVisible();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: 'Set up', exact: true }).click();
  await shot(page, 'codes-en');
  await page.getByRole('button', { name: 'I have put the codes away' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Today' })).toBeVisible();
});

test('on a phone nothing is cut off', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await authenticator(page);
  await password(page, 'zschaebitz');
  await expect(page.getByRole('heading', { name: 'Zweiten Faktor einrichten' })).toBeVisible();
  await page.getByLabel('App auf dem Telefon').check();
  await page.getByRole('button', { name: 'Weiter' }).click();
  await expect(page.getByRole('img', { name: 'Code zum Abfotografieren mit der App' })).toBeVisible();
  await shot(page, 'app-320');
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
  expect(await findings(page)).toEqual([]);
});

test('logging out leaves nothing of the session in the page', async ({ page }) => {
  await password(page, 'nguyen');
  await page.getByLabel(/^Code/).fill(recovery);
  await page.keyboard.press('Enter');
  await today(page);
  await page.evaluate(() => Object.assign(window, { __rest: 'noch da' }));
  await page.getByRole('button', { name: 'Konto und Darstellung' }).click();
  await page.getByRole('button', { name: 'Abmelden' }).click();
  await expect(page.getByLabel('Anmeldename')).toBeVisible();
  expect(await page.evaluate(() => (window as unknown as { __rest?: string }).__rest)).toBeUndefined();
  expect(await page.evaluate(() => Object.keys(localStorage).concat(Object.keys(sessionStorage)).filter((key) => !/^aktenlotse\.(mandant|locale|theme|airy|[a-z-]+)$/.test(key)))).toEqual([]);
});
