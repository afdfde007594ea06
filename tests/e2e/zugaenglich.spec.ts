import type { Page } from '@playwright/test';
import { ADMINISTRATION, api, baseUrl, drop, expect, freshPlace, freshWord, letter, login, row, SACHBEARBEITUNG, settled, test } from './support/app';
import { findings } from './support/axe';

interface View {
  name: string;
  open: (page: Page) => Promise<void>;
  as?: RegExp;
}
const visit = (path: string) => async (page: Page): Promise<void> => {
  await page.goto(baseUrl() + path);
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeAttached();
  await settled(page);
};
const filled = (path: (id: string) => string) => async (page: Page): Promise<void> => {
  const word = freshWord('ansicht');
  const place = await freshPlace(page, `Ansicht ${word}`);
  await page.goto(`${baseUrl()}/vorgaenge/${place.vorgang.id}`);
  await drop(page, '.zone', [letter(`${word}.pdf`, 'Ein Schreiben zur Ansicht.')]);
  await expect(row(page, word)).toBeVisible();
  await page.goto(baseUrl() + path(place.vorgang.id));
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeAttached();
  await settled(page);
};
const inAkte = (then: (page: Page) => Promise<void>) => async (page: Page): Promise<void> => {
  const place = await freshPlace(page, `Ansicht ${freshWord('ansicht')}`);
  await page.goto(`${baseUrl()}/akten/${place.akte.id}`);
  await then(page);
  await settled(page);
};
/** A Vorgang with a running slip. */
const withSlip = async (page: Page, zeile: string, path: (id: string) => string): Promise<void> => {
  const { vorgang } = await freshPlace(page, `Laufweg ${freshWord('ansicht')}`);
  const { stand } = await api<{ stand: number }>(page, 'GET', `/vorgaenge/${vorgang.id}`);
  await api(page, 'POST', `/vorgaenge/${vorgang.id}/laufwege`, { zeile }, stand);
  await page.goto(baseUrl() + path(vorgang.id));
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeAttached();
  await settled(page);
};
/** An empty letter. */
const draft = async (page: Page): Promise<{ id: string }> => {
  const { vorgang } = await freshPlace(page, `Schreiben ${freshWord('ansicht')}`);
  const { stand } = await api<{ stand: number }>(page, 'GET', `/vorgaenge/${vorgang.id}`);
  const { eintraege } = await api<{ eintraege: { id: string }[] }>(page, 'POST', `/vorgaenge/${vorgang.id}/schreiben`, { art: 'Ausgang', betreff: 'Leeres Schreiben', empfaenger: [] }, stand);
  if (eintraege[0] === undefined) throw new Error('no draft');
  return eintraege[0];
};
const views: readonly View[] = [
  { name: 'Heute', open: visit('/') },
  { name: 'Posteingang', open: visit('/posteingang') },
  { name: 'Aktenplan', open: visit('/aktenplan') },
  ...['praxis', 'werkzeuge', 'werkzeuge/bereitschaftscheck', 'kommunen', 'kommunen/14999010', 'karte', 'menschen', 'uebernommen', 'schluessel', 'kooperationen', 'verbund', 'verzeichnis', 'termine', 'begleitung', 'basis', 'schreiben', 'organisationen', 'bericht'].map((path) => ({ name: `Netz ${path}`, open: visit(`/netz/${path}`), as: ADMINISTRATION })),
  {
    name: 'Netz Veranstaltung',
    as: ADMINISTRATION,
    open: async (page) => {
      await visit('/netz/termine')(page);
      await page.getByRole('link', { name: 'Basisbefähigung: Datenschutz' }).click();
      await expect(page.getByRole('heading', { name: 'Teilnehmende' })).toBeVisible();
    },
  },
  {
    name: 'Netz Veranstaltung planen',
    as: ADMINISTRATION,
    open: async (page) => {
      await visit('/netz/termine')(page);
      await page.getByRole('button', { name: 'Veranstaltung planen' }).click();
      await page.getByLabel('Fertiges Format').selectOption('workshop-risiken');
    },
  },
  ...['presse', 'abo?von=auenbrueck'].map((path) => ({ name: `Öffentlich ${path}`, open: visit(`/oeffentlich/${path}`) })),
  {
    name: 'Plan einlesen',
    as: /registratur/i,
    open: async (page) => {
      await visit('/aktenplan/einlesen')(page);
      await page.locator('input[type=file]').setInputFiles({ name: 'plan.csv', mimeType: 'text/csv', buffer: Buffer.from('Kennzeichen;Titel;Aufbewahrungsdauer\r\n96;Neues;30\r\n961;Falsches;ewig\r\n') });
      await expect(row(page, 'ewig')).toBeVisible();
    },
  },
  {
    name: 'Eintrag bearbeiten',
    as: /registratur/i,
    open: async (page) => {
      await visit('/aktenplan')(page);
      await page.getByRole('treeitem').first().click();
      await page.getByRole('button', { name: 'Eintrag bearbeiten' }).click();
      await expect(page.getByLabel('Art des Eintrags')).toBeVisible();
    },
  },
  {
    name: 'Akte, Umfeld',
    as: /registratur/i,
    open: inAkte(async (page) => {
      await page.getByRole('tab', { name: 'Umfeld' }).click();
      await page.getByRole('button', { name: 'Warum?' }).click();
      await page.getByRole('button', { name: 'Wer sieht das?' }).click();
      await expect(page.getByRole('heading', { name: 'Warum Sie es sehen' })).toBeVisible();
    }),
  },
  {
    name: 'Akte, Metadaten',
    as: /registratur/i,
    open: inAkte(async (page) => {
      await page.getByRole('tab', { name: 'Metadaten' }).click();
      await expect(page.getByLabel('Aussonderungsart')).toBeVisible();
      await expect(page.getByLabel('Medium')).toBeVisible();
    }),
  },
  {
    name: 'Markierte',
    open: inAkte(async (page) => {
      await page.getByRole('option').first().locator('.box').click();
      await page.getByRole('button', { name: 'Verschlagworten' }).click();
      await page.getByLabel('Schlagwort').fill('Umzug');
      await page.getByRole('button', { name: 'Vorschau' }).click();
      await expect(page.getByRole('button', { name: 'Für 1 ausführen' })).toBeVisible();
    }),
  },
  {
    name: 'Kontakt',
    open: async (page) => {
      const nachname = freshWord('Ansicht');
      for (const ort of ['Bautzen', 'Pirna']) await api(page, 'POST', '/kontakte', { art: 'person', vorname: 'Jana', nachname, ort });
      const { eintraege } = await api<{ eintraege: { id: string }[] }>(page, 'GET', `/kontakte?q=${nachname}`);
      await visit(`/kontakte?kontakt=${eintraege[0]?.id}`)(page);
      await expect(page.getByRole('heading', { name: 'Vielleicht derselbe Kontakt' })).toBeVisible();
    },
  },
  {
    name: 'Neuer Kontakt',
    open: async (page) => {
      await visit('/kontakte')(page);
      await page.getByRole('button', { name: 'Neuer Kontakt' }).first().click();
      await expect(page.getByLabel('Nachname')).toBeFocused();
    },
  },
  { name: 'Quarantäne', as: ADMINISTRATION, open: visit('/verwaltung/quarantaene') },
  { name: 'Aufträge', as: ADMINISTRATION, open: visit('/verwaltung/auftraege') },
  { name: 'Dateiprüfung', as: ADMINISTRATION, open: visit('/verwaltung/dateipruefung') },
  { name: 'Neues Postfach', as: ADMINISTRATION, open: visit('/verwaltung/postfaecher/neu') },
  { name: 'Scans', as: /registratur/i, open: visit('/verwaltung/scans') },
  { name: 'Suche leer', open: visit('/suche') },
  { name: 'Suche mit Treffern', open: visit('/suche?q=stadt') },
  { name: 'Suche mit Feldern', open: visit('/suche?q=stadt%20typ:eingang&ordnung=datum') },
  { name: 'Vorgang', open: filled((id) => `/vorgaenge/${id}`) },
  {
    name: 'Vorgang, Metadaten',
    open: async (page) => {
      await filled((id) => `/vorgaenge/${id}`)(page);
      await page.getByRole('tab', { name: 'Metadaten' }).click();
    },
  },
  {
    name: 'Vorgang, Geschäftsgang',
    open: async (page) => {
      await withSlip(page, '@hoenicke mz bis Fr "Bitte prüfen", dann @kuehnel sz, Wv in 1 Woche, zdA', (id) => `/vorgaenge/${id}?ansicht=geschaeftsgang`);
      await expect(page.getByRole('article')).toBeVisible();
      await page.getByRole('textbox', { name: /^Laufweg/ }).fill('@hoenicke mz, mitzeihnung');
      await expect(page.getByText('verstehe ich nicht').first()).toBeVisible();
    },
    as: /registratur/i,
  },
  {
    name: 'Postkorb',
    open: async (page) => {
      await withSlip(page, 'Wv heute "Antwort da?"', () => '/postkorb');
      await page.getByRole('main').getByRole('listitem').getByRole('button').first().click();
      await expect(page.getByRole('list', { name: 'Laufweg' })).toBeVisible();
    },
  },
  { name: 'Frist', open: visit('/frist') },
  { name: 'Vertretung', open: visit('/verwaltung/vertretung') },
  { name: 'Kalender und Nachrichten', open: visit('/verwaltung/nachrichten') },
  {
    name: 'Dokument',
    open: async (page) => {
      await filled((id) => `/vorgaenge/${id}`)(page);
      await row(page, 'ansicht').dblclick();
      await expect(page.getByRole('tab', { name: /Versionen/ })).toBeVisible();
      await page.getByRole('tab', { name: 'Verlauf' }).click();
      await settled(page);
    },
  },
  {
    name: 'Befehle',
    open: async (page) => {
      await visit('/')(page);
      await page.keyboard.press('Control+k');
      await expect(page.getByRole('dialog')).toBeVisible();
    },
  },
  {
    name: 'Konto',
    open: async (page) => {
      await visit('/')(page);
      await page.getByRole('button', { name: 'Konto und Darstellung' }).click();
    },
  },
  { name: 'Neues Schreiben', open: filled((id) => `/vorgaenge/${id}/schreiben`) },
  { name: 'Akteneinsicht', open: filled((id) => `/vorgaenge/${id}/akteneinsicht`) },
  {
    name: 'Versand',
    open: async (page) => {
      const { id } = await draft(page);
      await visit(`/dokumente/${id}?ansicht=versand`)(page);
      await expect(page.getByRole('heading', { name: 'Reinschrift' })).toBeVisible();
      await page.getByRole('button', { name: 'Weiterer Empfänger' }).click();
    },
  },
  {
    name: 'Text bearbeiten',
    open: async (page) => {
      const { id } = await draft(page);
      await visit(`/dokumente/${id}/bearbeiten`)(page);
      await expect(page.getByLabel('Inhalt')).toBeVisible();
    },
  },
  {
    name: 'Schwärzen',
    open: async (page) => {
      await filled((id) => `/vorgaenge/${id}`)(page);
      await row(page, 'ansicht').click();
      await expect(page).toHaveURL(/dokumente/);
      await visit(`/dokumente/${page.url().split('/').pop()}/schwaerzen`)(page);
      await page.getByRole('button', { name: 'Stelle hinzufügen: Seite 1' }).click();
    },
  },
  { name: 'Auswertung', open: visit('/auswertung'), as: ADMINISTRATION },
  { name: 'Lage', open: visit('/lage'), as: ADMINISTRATION },
  { name: 'Briefkopf', open: visit('/verwaltung/briefkopf'), as: /registratur/i },
  { name: 'Schreibvorlagen', open: visit('/verwaltung/vorlagen/neu'), as: /registratur/i },
  { name: 'Textbausteine', open: visit('/verwaltung/textbausteine/neu'), as: /registratur/i },
  { name: 'Personen', open: visit('/verwaltung/personen'), as: ADMINISTRATION },
  { name: 'Neue Person', open: visit('/verwaltung/personen/neu'), as: ADMINISTRATION },
  { name: 'Organisationseinheiten', open: visit('/verwaltung/organisation'), as: ADMINISTRATION },
  { name: 'Stellen', open: visit('/verwaltung/stellen'), as: ADMINISTRATION },
  { name: 'Neue Stelle', open: visit('/verwaltung/stellen/neu'), as: ADMINISTRATION },
  { name: 'Zugriffe', open: visit('/verwaltung/zugriffe'), as: ADMINISTRATION },
  { name: 'Organisation einlesen', open: visit('/verwaltung/einlesen'), as: ADMINISTRATION },
  { name: 'Neues Feld', open: visit('/verwaltung/felder/neu'), as: ADMINISTRATION },
  { name: 'Token', open: visit('/verwaltung/token') },
  { name: 'Mein Zugang', open: visit('/verwaltung/zugang') },
  { name: 'Nichts', open: visit('/gibt-es-nicht') },
];

test.describe('axe finds nothing', () => {
  test('Anmeldung', async ({ page }) => {
    await page.goto(`${baseUrl()}/anmeldung`);
    await expect(page.getByLabel('Anmeldename')).toBeVisible();
    expect(await findings(page)).toEqual([]);
  });
  for (const view of views) {
    for (const scheme of ['light', 'dark'] as const) {
      test(`${view.name}, ${scheme}`, async ({ page }) => {
        await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
        await login(page, view.as ?? SACHBEARBEITUNG);
        await view.open(page);
        expect(await findings(page)).toEqual([]);
      });
    }
  }
});

test.describe('nothing is cut off at 320 pixels', () => {
  test.use({ viewport: { width: 320, height: 640 } });
  for (const view of views.filter((one) => one.name !== 'Dokument')) {
    test(view.name, async ({ page }) => {
      await login(page, view.as ?? SACHBEARBEITUNG);
      await view.open(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
      expect(await findings(page)).toEqual([]);
    });
  }
});

test('the screens speak English', async ({ page }) => {
  await login(page);
  await page.getByRole('button', { name: 'Konto und Darstellung' }).click();
  await page.getByLabel('English').click();
  await expect(page.getByRole('heading', { level: 1, name: 'Today' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
});
