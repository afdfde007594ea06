// The work of the Registratur in the browser: a plan read in, many at once, another place, contacts that are one, and why.
import type { Page } from '@playwright/test';
import { ADMINISTRATION, api, bar, baseUrl, drop, expect, freshPlace, freshWord, letter, login, row, test } from './support/app';

const REGISTRATUR = /registratur/i;
const undo = (page: Page): Promise<void> => bar(page).getByRole('button', { name: 'Rückgängig' }).last().click();
const tree = (page: Page) => page.getByRole('tree', { name: 'Einträge des Aktenplans' });
const bulk = (page: Page) => page.getByRole('region', { name: 'Markierte bearbeiten' });

test('a plan is read in: told row by row, taken over in one step, taken back in one step', async ({ page }) => {
  await login(page, REGISTRATUR);
  const titel = freshWord('Sonderaufgabe');
  await page.goto(`${baseUrl()}/aktenplan`);
  await page.getByRole('link', { name: 'Plan einlesen' }).click();
  const csv = `Kennzeichen;Titel;Aufbewahrungsdauer;Aussonderungsart\r\n97;${titel};30;A\r\n971;Jubiläen;;\r\n972;Fehlerhaft;ewig;V\r\n`;
  await page.locator('input[type=file]').setInputFiles({ name: 'plan.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  await expect(row(page, titel)).toContainText('Neu');
  await expect(row(page, '971')).toContainText('unter 97');
  await page.getByRole('button', { name: /^Fehler/ }).click();
  await expect(row(page, '972')).toContainText('ewig');
  await expect(page.getByRole('option')).toHaveCount(1);
  await page.getByRole('button', { name: '2 Einträge übernehmen' }).click();
  await expect(bar(page)).toContainText('Der Plan ist eingelesen: 2 neu');
  await page.getByLabel('Im Aktenplan suchen').fill(titel);
  await expect(tree(page).getByRole('treeitem').filter({ hasText: titel })).toContainText('97');
  await undo(page);
  await expect(bar(page)).toContainText('rückgängig gemacht');
  await page.goto(`${baseUrl()}/aktenplan`);
  await page.getByLabel('Im Aktenplan suchen').fill(titel);
  await expect(page.getByText('Kein Eintrag passt.')).toBeVisible();
});

test('an entry of the plan is found, renamed in place, moved by keyboard, and that is taken back', async ({ page }) => {
  await login(page, REGISTRATUR);
  const titel = freshWord('Baulast');
  const plan = await api<{ eintraege: { id: string; kennzeichen: string }[] }>(page, 'GET', '/aktenplan');
  const ueber = plan.eintraege.find((entry) => entry.kennzeichen === '63')?.id;
  await api(page, 'POST', '/aktenplaneinheiten', { ueber, kennzeichen: `63${String(Date.now()).slice(-5)}`, titel });
  await page.goto(`${baseUrl()}/aktenplan`);
  await page.getByLabel('Im Aktenplan suchen').fill(titel);
  const entry = tree(page).getByRole('treeitem', { name: new RegExp(titel) }).last();
  await entry.click();
  await expect(page.getByRole('heading', { level: 2, name: titel })).toBeVisible();
  await entry.press('F2');
  await page.getByRole('textbox', { name: 'Titel' }).fill(`${titel} neu`);
  await page.keyboard.press('Enter');
  await expect(bar(page)).toContainText(`${titel} neu ist gespeichert`);
  await expect(page.getByRole('heading', { level: 2, name: `${titel} neu` })).toBeVisible();
  await page.getByLabel('Im Aktenplan suchen').fill('');
  await entry.press('Control+x');
  await tree(page).getByRole('treeitem', { name: /^5 / }).first().press('Control+v');
  await expect(bar(page)).toContainText('liegt jetzt unter 5.');
  await undo(page);
  await expect(bar(page)).toContainText('rückgängig gemacht');
});

test('an entry of the plan is dragged onto another, and that is taken back', async ({ page }) => {
  await login(page, REGISTRATUR);
  const titel = freshWord('Ziehen');
  const nr = String(Date.now()).slice(-5);
  const [von, nach] = [await api<{ id: string }>(page, 'POST', '/aktenplaneinheiten', { kennzeichen: `9${nr}1`, titel: `${titel} Quelle`, aussonderungsart: 'B' }), await api<{ id: string }>(page, 'POST', '/aktenplaneinheiten', { kennzeichen: `9${nr}2`, titel: `${titel} Ziel`, aussonderungsart: 'B' })];
  await page.goto(`${baseUrl()}/aktenplan`);
  await page.getByLabel('Im Aktenplan suchen').fill(titel);
  await tree(page).getByRole('treeitem', { name: new RegExp(`${titel} Quelle`) }).dragTo(tree(page).getByRole('treeitem', { name: new RegExp(`${titel} Ziel`) }));
  await expect(bar(page)).toContainText(`liegt jetzt unter 9${nr}2.`);
  const above = async (): Promise<string | undefined> => (await api<{ ueber?: string }>(page, 'GET', `/aktenplaneinheiten/${von.id}`)).ueber;
  expect(await above()).toBe(nach.id);
  await undo(page);
  await expect(bar(page)).toContainText('rückgängig gemacht');
  expect(await above()).toBeUndefined();
});

test('many are marked, tagged with a preview, and taken back as a whole', async ({ page }) => {
  await login(page);
  const word = freshWord('stapel');
  const place = await freshPlace(page, `Erster ${word}`);
  for (const name of ['Zweiter', 'Dritter']) await api(page, 'POST', '/vorgaenge', { akte: place.akte.id, betreff: `${name} ${word}` });
  const closed = await api<{ id: string; stand: number }>(page, 'GET', `/vorgaenge/${place.vorgang.id}`);
  await api(page, 'POST', `/vorgaenge/${closed.id}/zda`, {}, closed.stand);
  await page.goto(`${baseUrl()}/akten/${place.akte.id}`);
  await row(page, `Dritter ${word}`).locator('.box').click();
  await expect(bulk(page)).toContainText('1 markiert');
  await page.getByRole('listbox', { name: 'Vorgänge der Akte' }).press('Control+a');
  await expect(bulk(page)).toContainText('3 markiert');
  await bulk(page).getByRole('button', { name: 'Verschlagworten' }).click();
  await bulk(page).getByLabel('Schlagwort').fill(word);
  await bulk(page).getByRole('button', { name: 'Vorschau' }).click();
  await expect(bulk(page)).toContainText('2 gehen, 1 geht nicht.');
  await expect(bulk(page).getByRole('listitem')).toContainText(place.vorgang.zeichen);
  await bulk(page).getByRole('button', { name: 'Für 2 ausführen' }).click();
  await expect(bar(page)).toContainText('2 erledigt, 1 nicht.');
  const words = async (): Promise<number> => {
    const list = await api<{ eintraege: { id: string }[] }>(page, 'GET', `/vorgaenge?akte=${place.akte.id}`);
    const around = await Promise.all(list.eintraege.map((one) => api<{ schlagworte: string[] }>(page, 'GET', `/vorgaenge/${one.id}/umfeld`)));
    return around.filter((one) => one.schlagworte.includes(word)).length;
  };
  expect(await words()).toBe(2);
  await undo(page);
  await expect(bar(page)).toContainText('2 zurückgenommen');
  expect(await words()).toBe(0);
});

test('an Akte is moved in the plan, its old sign still finds it, and it goes back', async ({ page }) => {
  await login(page, REGISTRATUR);
  const place = await freshPlace(page, `Umzug ${freshWord('umzug')}`);
  const akte = await api<{ aktenplaneinheit: { id: string } }>(page, 'GET', `/akten/${place.akte.id}`);
  const plan = await api<{ eintraege: { id: string; kennzeichen: string; titel: string; blatt: boolean; gesperrt: boolean }[] }>(page, 'GET', '/aktenplan');
  const target = plan.eintraege.find((entry) => entry.blatt && !entry.gesperrt && entry.id !== akte.aktenplaneinheit.id);
  await page.goto(`${baseUrl()}/akten/${place.akte.id}`);
  await page.getByRole('tab', { name: 'Metadaten' }).click();
  await page.getByRole('combobox', { name: 'Neuer Ort im Aktenplan' }).fill(target?.kennzeichen ?? '');
  await page.getByRole('option').filter({ hasText: target?.titel ?? '' }).first().click();
  await expect(bar(page)).toContainText(`${place.akte.zeichen} ist umgeschrieben und heißt jetzt ${target?.kennzeichen}`);
  await page.getByRole('tab', { name: 'Umfeld' }).click();
  await expect(page.getByRole('region', { name: 'Frühere Zeichen' })).toContainText(place.akte.zeichen);
  await undo(page);
  await expect(page.getByRole('region', { name: 'Frühere Zeichen' })).toHaveCount(0);
  expect((await api<{ zeichen: string }>(page, 'GET', `/akten/${place.akte.id}`)).zeichen).toBe(place.akte.zeichen);
});

test('two contacts that are one are found, merged, and taken apart again', async ({ page }) => {
  await login(page);
  const name = freshWord('Lehmann');
  await page.goto(`${baseUrl()}/kontakte`);
  for (const ort of ['', 'Bautzen']) {
    await page.getByRole('button', { name: 'Neuer Kontakt' }).click();
    await page.getByLabel('Nachname').fill(ort === '' ? name : name.toUpperCase());
    await page.getByLabel('Ort', { exact: true }).fill(ort);
    await page.getByRole('button', { name: 'Anlegen' }).click();
    await expect(bar(page)).toContainText('ist gespeichert');
  }
  await page.getByLabel('Kontakte suchen').fill(name.slice(0, -2));
  await expect(row(page, new RegExp(name, 'i').source.slice(0, 7))).toHaveCount(2);
  await page.getByRole('option').filter({ hasText: 'Bautzen' }).click();
  const double = page.getByRole('region', { name: 'Vielleicht derselbe Kontakt' });
  await double.getByRole('button', { name: 'Mit diesem vereinen' }).click();
  await expect(bar(page)).toContainText('ist vereint');
  await expect(double).toHaveCount(0);
  await undo(page);
  await expect(double).toBeVisible();
});

test('why may I see it, why not change it, who sees it: answered in words', async ({ page }) => {
  await login(page, REGISTRATUR);
  const place = await freshPlace(page, `Warum ${freshWord('warum')}`);
  await page.goto(`${baseUrl()}/akten/${place.akte.id}`);
  await page.getByRole('tab', { name: 'Umfeld' }).click();
  await page.getByRole('button', { name: 'Warum?' }).click();
  const why = page.getByRole('region', { name: 'Warum?' });
  await expect(why).toContainText('Ihre Rolle Registratur');
  await expect(why).toContainText(`Der Vorgang ${place.vorgang.zeichen}`);
  await why.getByRole('button', { name: 'Wer sieht das?' }).click();
  await expect(why.getByRole('heading', { name: /sehen es$/ })).toBeVisible();
});

test('Vorgänge are merged out of the list, and a letter goes into a Vorgang of its own', async ({ page }) => {
  await login(page);
  const word = freshWord('eins');
  const place = await freshPlace(page, `Erster ${word}`);
  await api(page, 'POST', '/vorgaenge', { akte: place.akte.id, betreff: `Zweiter ${word}` });
  await page.goto(`${baseUrl()}/vorgaenge/${place.vorgang.id}`);
  await drop(page, '.zone', [letter(`${word}.pdf`, 'Ein Brief.')]);
  await expect(row(page, word)).toBeVisible();
  await page.goto(`${baseUrl()}/akten/${place.akte.id}`);
  await expect(page.getByRole('option')).toHaveCount(2);
  await page.getByRole('listbox', { name: 'Vorgänge der Akte' }).press('Control+a');
  await bulk(page).getByRole('button', { name: 'Zusammenlegen' }).click();
  await bulk(page).getByLabel('Betreff des Vorgangs').fill(`Beide ${word}`);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: `Beide ${word}` })).toBeVisible();
  await row(page, word).locator('.box').click();
  await bulk(page).getByRole('button', { name: 'In einen neuen Vorgang' }).click();
  await bulk(page).getByLabel('Betreff des Vorgangs').fill(`Allein ${word}`);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: `Allein ${word}` })).toBeVisible();
  await expect(row(page, word)).toBeVisible();
});

test('an Akte is offered as a template, and the next one begins from it', async ({ page }) => {
  await login(page, REGISTRATUR);
  const word = freshWord('muster');
  const place = await freshPlace(page, `Antrag ${word}`);
  const { aktenplaneinheit } = await api<{ aktenplaneinheit: { id: string } }>(page, 'GET', `/akten/${place.akte.id}`);
  await page.goto(`${baseUrl()}/akten/${place.akte.id}`);
  await page.getByRole('tab', { name: 'Metadaten' }).click();
  await page.getByLabel('Als Vorlage anbieten unter dem Namen').fill(`Muster ${word}`);
  await page.keyboard.press('Tab');
  await expect(bar(page)).toContainText('als Vorlage angeboten');
  await page.goto(`${baseUrl()}/aktenplan?eintrag=${aktenplaneinheit.id}`);
  await page.getByRole('button', { name: 'Neue Akte' }).first().click();
  await page.getByLabel('Betreff der neuen Akte').fill(`Nach Muster ${word}`);
  await page.getByLabel('Vorlage', { exact: true }).selectOption(`Muster ${word}`);
  await page.getByRole('button', { name: 'Anlegen', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: `Nach Muster ${word}` })).toBeVisible();
  await expect(row(page, `Antrag ${word}`)).toBeVisible();
});

test('people come from a table, row by row, and a kind of Vorgang gets a field of its own', async ({ page }) => {
  await login(page, ADMINISTRATION);
  const name = freshWord('kessler');
  await page.goto(`${baseUrl()}/verwaltung/einlesen`);
  const csv = `Anmeldename;Vorname;Nachname;OE;Stelle;Rollen\r\n${name};Olena;Keßler;BA;Probe ${name};SB\r\nfalsch;A;B;BA;Probe;XX\r\n`;
  await page.locator('input[type=file]').setInputFiles({ name: 'personen.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  await expect(page.getByRole('row').filter({ hasText: 'Fehler' })).toContainText('Die Rolle XX gibt es nicht.');
  await page.getByRole('button', { name: '1 Zeile übernehmen' }).click();
  await expect(bar(page)).toContainText('Die Tabelle ist eingelesen');
  await page.getByRole('main').getByRole('link', { name: 'Personen' }).last().click();
  await expect(page.getByRole('row').filter({ hasText: name })).toContainText('Keßler');

  await page.goto(`${baseUrl()}/verwaltung/felder/neu`);
  await page.getByLabel('Art des Schriftguts').fill(`Antrag ${name}`);
  await page.getByLabel('Bezeichnung').fill('Flurstück');
  await page.getByRole('button', { name: 'Anlegen' }).click();
  await expect(bar(page)).toContainText('Flurstück');
  const place = await freshPlace(page, `Felder ${name}`);
  await page.goto(`${baseUrl()}/vorgaenge/${place.vorgang.id}`);
  await page.getByRole('tab', { name: 'Metadaten' }).click();
  await page.getByLabel('Art des Vorgangs').selectOption(`Antrag ${name}`);
  await page.getByLabel('Flurstück').fill('12/3');
  await page.keyboard.press('Tab');
  await expect.poll(async () => (await api<{ felder: { wert?: string }[] }>(page, 'GET', `/vorgaenge/${place.vorgang.id}/felder`)).felder[0]?.wert).toBe('12/3');
});

test('a mail address is given to a unit, handed on, removed, and that is taken back', async ({ page }) => {
  await login(page, ADMINISTRATION);
  const adresse = `${freshWord('post')}@auenbrueck.example`;
  await page.goto(`${baseUrl()}/verwaltung/eingangsadressen`);
  await expect(page.getByRole('heading', { level: 1, name: 'Eingangsadressen' })).toBeVisible();
  await page.getByRole('textbox', { name: /^Adresse/ }).fill(adresse);
  await page.getByLabel('Organisationseinheit', { exact: true }).selectOption({ label: 'BA Bauamt' });
  await page.getByRole('button', { name: 'Anlegen' }).click();
  await expect(bar(page)).toContainText(`${adresse} ist angelegt.`);
  await page.getByLabel(`Einheit für ${adresse}`).selectOption({ label: 'OA Ordnungsamt' });
  await expect(bar(page)).toContainText(`${adresse} ist gespeichert.`);
  await page.getByRole('button', { name: `${adresse} entfernen` }).click();
  await expect(page.getByLabel(`Einheit für ${adresse}`)).toHaveCount(0);
  await undo(page);
  await expect(page.getByLabel(`Einheit für ${adresse}`)).toBeVisible();
});

test('two units become one, and all of it is taken back', async ({ page }) => {
  await login(page, ADMINISTRATION);
  const [alt, neu] = [freshWord('Amtalt'), freshWord('Amtneu')];
  for (const [i, bezeichnung] of [alt, neu].entries()) await api(page, 'POST', '/organisationseinheiten', { kurzzeichen: `Z${i}${String(Date.now()).slice(-6)}`, bezeichnung });
  await page.goto(`${baseUrl()}/verwaltung/reorganisation`);
  const label = async (field: string, name: string): Promise<string> => (await page.getByLabel(field, { exact: true }).getByRole('option').filter({ hasText: name }).textContent()) ?? '';
  await expect(page.getByLabel('Organisationseinheit, um die es geht').getByRole('option').filter({ hasText: alt })).toBeAttached();
  await page.getByLabel('Organisationseinheit, um die es geht').selectOption({ label: await label('Organisationseinheit, um die es geht', alt) });
  await page.getByLabel('Geht an').selectOption({ label: await label('Geht an', neu) });
  await page.getByRole('button', { name: 'Ansehen, was mitgeht' }).click();
  await page.getByRole('button', { name: /^Zum .* planen$/ }).click();
  const line = page.getByRole('row').filter({ hasText: alt });
  await expect(async () => {
    await page.reload();
    await expect(line).toContainText('erledigt', { timeout: 1000 });
  }).toPass({ timeout: 20_000 });
  await line.getByRole('button', { name: 'Zurücknehmen' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('0 Objekte gehen zurück.');
  await dialog.getByRole('button', { name: 'Alles zurücknehmen' }).click();
  await expect(async () => {
    await page.reload();
    await expect(line).toContainText('zurückgenommen', { timeout: 1000 });
  }).toPass({ timeout: 20_000 });
});

test('what stands in a field of the town is found by field and value, and from the search box', async ({ page }) => {
  const word = freshWord('flur');
  await login(page, REGISTRATUR);
  const feld = await api<{ id: string }>(page, 'POST', '/feldarten', { typ: `Typ ${word}`, bezeichnung: `Kosten ${word}`, art: 'zahl' });
  const place = await freshPlace(page, `Mit Feld ${word}`);
  const now = await api<{ stand: number }>(page, 'GET', `/vorgaenge/${place.vorgang.id}`);
  await api(page, 'PUT', `/vorgaenge/${place.vorgang.id}/felder`, { typ: `Typ ${word}`, werte: [{ feld: feld.id, wert: '1234' }] }, now.stand);
  await page.goto(`${baseUrl()}/suche`);
  await page.getByRole('searchbox').fill(`Kosten ${word}>=1000`);
  await page.getByRole('link', { name: `Im Feld „Kosten ${word}“ suchen: 1000` }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Suche nach eigenen Feldern' })).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: `Mit Feld ${word}` })).toContainText('1234');
  await page.getByLabel('Vergleich').selectOption({ label: 'höchstens, bis' });
  await page.getByRole('button', { name: 'Suchen', exact: true }).click();
  await expect(page.getByText('Kein Feld mit diesem Wert gefunden.')).toBeVisible();
  await page.getByLabel('Vergleich').selectOption({ label: 'zwischen' });
  await page.getByLabel('Bis', { exact: true }).fill('2000');
  await page.getByRole('button', { name: 'Suchen', exact: true }).click();
  await page.getByRole('link', { name: place.vorgang.zeichen }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(`Mit Feld ${word}`);
});
