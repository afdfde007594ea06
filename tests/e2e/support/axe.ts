import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Finding {
  id: string;
  impact: string;
  nodes: { target: string[]; html: string }[];
}
/** What axe-core finds on the page as it is now. Run through the debugger, so that the security policy stays as it is. */
export async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  const found = await page.evaluate<Finding[]>('axe.run(document, { resultTypes: ["violations"] }).then((result) => result.violations)');
  return found.flatMap((finding) => finding.nodes.map((node) => `${finding.id}: ${node.target.join(' ')} ${node.html.slice(0, 160)}`));
}
