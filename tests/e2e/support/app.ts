import { expect, test as base, type APIRequestContext, type Page, type Request } from '@playwright/test';
import { makePdf } from './pdf';

interface Login {
  mandant: string;
  name: string;
  passwort: string;
  beschreibung: string;
}
interface Sitzung {
  csrf: string;
  person: { id: string; name: string };
}
export interface Place {
  akte: { id: string; zeichen: string };
  vorgang: { id: string; zeichen: string; betreff: string };
}

export const baseUrl = (): string => process.env['AKTENLOTSE_E2E_URL'] ?? '';

let counter = 0;
/** A word that no demo data contains and no earlier test has used. */
export function freshWord(stem: string): string {
  counter += 1;
  const letters = [...`${Date.now()}${counter}`].map((digit) => 'abcdefghij'[Number(digit)] ?? '').join('');
  return `${stem}${letters}`;
}

/** What each page is asking for at the moment. The stream of events is always open, and of workers the browser never says that they are loaded. */
const asking = new WeakMap<Page, Set<Request>>();
function watchRequests(page: Page): void {
  const open = new Set<Request>();
  let leaving = false;
  asking.set(page, open);
  page.on('request', (request) => {
    leaving ||= request.isNavigationRequest() && request.frame() === page.mainFrame();
    if (!/\/api\/ereignisse$|\.worker\b/.test(request.url())) open.add(request);
  });
  page.on('requestfinished', (request) => open.delete(request));
  page.on('requestfailed', (request) => open.delete(request));
  // Of what the page before had still asked for, the browser no longer says how it ended.
  page.on('framenavigated', (frame) => {
    if (!leaving || frame !== page.mainFrame()) return;
    leaving = false;
    for (const request of open) if (!request.isNavigationRequest()) open.delete(request);
  });
}

/** Until the page has what it asked for. What it asks again and again, as the progress of a job, does not hold this up. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('load');
  let before: string[] | undefined;
  await expect
    .poll(() => {
      const now = [...(asking.get(page) ?? [])].map((request) => request.url());
      const quiet = before?.length === 0 && now.length === 0;
      before = now;
      return quiet ? 'quiet' : now;
    }, { intervals: [100] })
    .toBe('quiet');
}

/** What the browser complains about; a journey fails on anything but the question who is logged in, and what it says that it provokes. */
export const test = base.extend<{ complaints: string[]; provoked: string }>({
  provoked: ['', { option: true }],
  complaints: [
    async ({ page, provoked }, use) => {
      const complaints: string[] = [];
      watchRequests(page);
      page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
      page.on('console', (message) => {
        if (message.type() === 'error' && !/status of (401|409|412|422)|net::ERR_FAILED/.test(message.text()) && !(provoked !== '' && message.text().includes(`status of ${provoked}`))) complaints.push(message.text());
      });
      await use(complaints);
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});
export { expect };

/** A demo login whose description fits; the demo prints them all. */
export async function demoLogin(request: APIRequestContext, fits: RegExp): Promise<Login> {
  const answer = await request.get(`${baseUrl()}/api/start`);
  const info: { logins?: Login[] } = await answer.json();
  const login = info.logins?.find((one) => fits.test(one.beschreibung)) ?? info.logins?.[0];
  if (login === undefined) throw new Error('these journeys need a server with demo logins');
  return login;
}

export const SACHBEARBEITUNG = /sachbearbeit/i;
export const ADMINISTRATION = /(fach|dom[äa]nen)?administr/i;

async function enter(page: Page, mandant: string, name: string, passwort: string): Promise<void> {
  await page.goto(`${baseUrl()}/anmeldung`);
  const towns = page.getByLabel('Verwaltung', { exact: true });
  await page.getByLabel('Anmeldename').fill(name);
  if (await towns.isVisible()) await towns.selectOption(mandant);
  await page.getByLabel('Passwort').fill(passwort);
  await page.getByRole('button', { name: 'Anmelden', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Heute' })).toBeVisible();
}

/** Logs in on the screen, as a person does. */
export async function login(page: Page, fits: RegExp = SACHBEARBEITUNG): Promise<Login> {
  const who = await demoLogin(page.request, fits);
  await enter(page, who.mandant, who.name, who.passwort);
  return who;
}

/** The same as anyone of the demo's larger town, whoever was logged in before. */
export async function loginAs(page: Page, name: string): Promise<void> {
  await page.context().clearCookies();
  await enter(page, 'auenbrueck', name, 'lotse-demo');
}

/** A call to the API within the session of the page, for what a journey needs beforehand. */
export async function api<Answer>(page: Page, method: 'GET' | 'POST' | 'PATCH' | 'PUT', path: string, body?: unknown, stand?: number): Promise<Answer> {
  const session: Sitzung = await (await page.request.get(`${baseUrl()}/api/anmeldung`)).json();
  const answer = await page.request.fetch(`${baseUrl()}/api${path}`, {
    method,
    headers: { 'X-CSRF-Token': session.csrf, 'Content-Type': 'application/json', ...(stand === undefined ? {} : { 'If-Match': `"${stand}"` }) },
    ...(body === undefined ? {} : { data: JSON.stringify(body) }),
  });
  expect(answer.ok(), `${method} ${path}: ${await answer.text()}`).toBe(true);
  const value: Answer = await answer.json();
  return value;
}

/** A fresh Akte with a Vorgang somewhere in the plan. */
export async function freshPlace(page: Page, betreff: string): Promise<Place> {
  const plan = await api<{ eintraege: { id: string; blatt: boolean; gesperrt: boolean }[] }>(page, 'GET', '/aktenplan');
  const leaf = plan.eintraege.find((entry) => entry.blatt && !entry.gesperrt);
  if (leaf === undefined) throw new Error('the demo plan has no leaf');
  const akte = await api<Place['akte']>(page, 'POST', '/akten', { aktenplaneinheit: leaf.id, betreff: `Akte ${betreff}` });
  const vorgang = await api<Place['vorgang']>(page, 'POST', '/vorgaenge', { akte: akte.id, betreff });
  return { akte, vorgang };
}

export interface Vorgang {
  id: string;
  zeichen: string;
  stand: number;
}

/** A Vorgang of the Bauamt, which the Bürgermeisterin may read. */
export async function bauVorgang(page: Page, betreff: string): Promise<Vorgang> {
  const plan = await api<{ eintraege: { id: string; kennzeichen: string }[] }>(page, 'GET', '/aktenplan');
  const akte = await api<{ id: string }>(page, 'POST', '/akten', { aktenplaneinheit: plan.eintraege.find((one) => one.kennzeichen === '632')?.id, betreff: `Akte ${betreff}` });
  return api<Vorgang>(page, 'POST', '/vorgaenge', { akte: akte.id, betreff });
}

export interface DroppedFile {
  name: string;
  type: string;
  bytes: Buffer;
}
export function letter(name: string, ...lines: string[]): DroppedFile {
  return { name, type: 'application/pdf', bytes: makePdf([['Familie Petermann', 'Lindenweg 3', '', ...lines], ['Anlage zum Schreiben']]) };
}

/** Drags files onto the element with this selector and lets go. */
export async function drop(page: Page, selector: string, files: readonly DroppedFile[]): Promise<void> {
  const data = files.map((file) => ({ name: file.name, type: file.type, base64: file.bytes.toString('base64') }));
  const transfer = await page.evaluateHandle((list) => {
    const result = new DataTransfer();
    for (const { name, type, base64 } of list) result.items.add(new File([Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))], name, { type }));
    return result;
  }, data);
  for (const event of ['dragenter', 'dragover', 'drop']) await page.locator(selector).first().dispatchEvent(event, { dataTransfer: transfer });
}

/** The row of a letter or document in a list. */
export const row = (page: Page, text: string) => page.getByRole('option').filter({ hasText: text });
/** The bar at the bottom that says what happened. */
export const bar = (page: Page) => page.getByRole('region', { name: 'Meldungen' });

/** A picture of the page, where somebody wants to look at it (AKTENLOTSE_SHOTS names a folder). */
export async function shot(page: Page, name: string): Promise<void> {
  const folder = process.env['AKTENLOTSE_SHOTS'];
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}
