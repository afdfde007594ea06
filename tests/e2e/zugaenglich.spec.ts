import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import { ADMINISTRATION, baseUrl, drop, expect, freshPlace, freshWord, letter, login, row, SACHBEARBEITUNG, test } from './support/app';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Finding {
  id: string;
  impact: string;
  nodes: { target: string[]; html: string }[];
}
/** What axe-core finds on the page as it is now. Run through the debugger, so that the security policy stays as it is. */
async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  const found = await page.evaluate<Finding[]>('axe.run(document, { resultTypes: ["violations"] }).then((result) => result.violations)');
  return found.flatMap((finding) => finding.nodes.map((node) => `${finding.id}: ${node.target.join(' ')} ${node.html.slice(0, 160)}`));
}

interface View {
  name: string;
  open: (page: Page) => Promise<void>;
  as?: RegExp;
}
const visit = (path: string) => async (page: Page): Promise<void> => {
  await page.goto(baseUrl() + path);
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeAttached();
  await page.waitForLoadState('networkidle');
};
const filled = (path: (id: string) => string) => async (page: Page): Promise<void> => {
  const word = freshWord('ansicht');
  const place = await freshPlace(page, `Ansicht ${word}`);
  await page.goto(`${baseUrl()}/vorgaenge/${place.vorgang.id}`);
  await drop(page, '.zone', [letter(`${word}.pdf`, 'Ein Schreiben zur Ansicht.')]);
  await expect(row(page, word)).toBeVisible();
  await page.goto(baseUrl() + path(place.vorgang.id));
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeAttached();
  await page.waitForLoadState('networkidle');
};
const views: readonly View[] = [
  { name: 'Heute', open: visit('/') },
  { name: 'Posteingang', open: visit('/posteingang') },
  { name: 'Aktenplan', open: visit('/aktenplan') },
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
    name: 'Dokument',
    open: async (page) => {
      await filled((id) => `/vorgaenge/${id}`)(page);
      await row(page, 'ansicht').dblclick();
      await expect(page.getByRole('tab', { name: /Versionen/ })).toBeVisible();
      await page.getByRole('tab', { name: 'Verlauf' }).click();
      await page.waitForLoadState('networkidle');
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
  { name: 'Personen', open: visit('/verwaltung/personen'), as: ADMINISTRATION },
  { name: 'Neue Person', open: visit('/verwaltung/personen/neu'), as: ADMINISTRATION },
  { name: 'Organisationseinheiten', open: visit('/verwaltung/organisation'), as: ADMINISTRATION },
  { name: 'Stellen', open: visit('/verwaltung/stellen'), as: ADMINISTRATION },
  { name: 'Neue Stelle', open: visit('/verwaltung/stellen/neu'), as: ADMINISTRATION },
  { name: 'Zugriffe', open: visit('/verwaltung/zugriffe'), as: ADMINISTRATION },
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
