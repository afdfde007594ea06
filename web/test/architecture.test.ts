import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = resolve(__dirname, '../src');
const LONGEST_FILE = 500;

/** What each layer may import, besides itself. Left out: what lies outside, like Svelte. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  base: [],
  widgets: ['base'],
  api: ['base'],
  core: ['base', 'widgets', 'api'],
  features: ['base', 'widgets', 'api', 'core'],
  // The composition root: main.ts, App.svelte and the list of features.
  root: ['base', 'widgets', 'api', 'core', 'features', 'styles'],
};

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(ts|svelte)$/.test(name) && !name.endsWith('.d.ts'))
  .map((name) => ({ name: name.replaceAll('\\', '/'), text: readFileSync(join(SRC, name), 'utf8') }));

function layerOf(name: string): string {
  const [first = '', second = ''] = name.split('/');
  if (first in ALLOWED && second !== '') return name === 'features/index.ts' ? 'root' : first;
  return first === 'styles' ? 'styles' : 'root';
}
function featureOf(name: string): string | undefined {
  const [first, second = ''] = name.split('/');
  return first === 'features' && !second.endsWith('.ts') ? second : undefined;
}
function imports(file: { name: string; text: string }): string[] {
  const found = [...file.text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map((match) => match[1] ?? '');
  return found.map((path) => relative(SRC, resolve(SRC, dirname(file.name), path)).replaceAll('\\', '/'));
}
/** The script of a file without comments and texts, so that words in German sentences are no code. */
function code(file: { name: string; text: string }): string {
  const script = file.name.endsWith('.svelte') ? [...file.text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map((match) => match[1]).join('\n') : file.text;
  return script.replace(/^\s*import [^;]*;/gm, '').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '').replace(/'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/g, "''");
}
function violations(check: (file: (typeof files)[number]) => string[]): string[] {
  return files.flatMap((file) => check(file).map((what) => `${file.name}: ${what}`));
}

describe('the borders of the UI', () => {
  it('imports only go downwards', () => {
    expect(
      violations((file) => {
        const from = layerOf(file.name);
        return imports(file).filter((to) => from !== layerOf(to) && !(ALLOWED[from] ?? []).includes(layerOf(to)));
      }),
    ).toEqual([]);
  });
  it('features do not know each other', () => {
    expect(
      violations((file) => {
        const mine = featureOf(file.name);
        return mine === undefined ? [] : imports(file).filter((to) => featureOf(to) !== undefined && featureOf(to) !== mine);
      }),
    ).toEqual([]);
  });
  it('base knows no framework', () => {
    expect(violations((file) => (layerOf(file.name) === 'base' && /from 'svelte/.test(file.text) ? ['svelte'] : []))).toEqual([]);
  });
});

describe('the habits of the code', () => {
  it('has no any, no casts, no non-null assertions', () => {
    expect(
      violations((file) => {
        const text = code(file);
        return [...text.matchAll(/:\s*any\b|<any>|\bas\s+(?!const\b)[A-Za-z{[]|[\w)\]]!(?=[.[;,)])/g)].map((match) => match[0]);
      }),
    ).toEqual([]);
  });
  it('keeps files short', () => {
    expect(violations((file) => (file.text.split('\n').length > LONGEST_FILE ? ['too long'] : []))).toEqual([]);
  });
  it('writes no style attributes: the content security policy forbids them', () => {
    expect(violations((file) => (/<\w+[^>]*\sstyle(=|:)/.test(file.text) ? ['style attribute'] : []))).toEqual([]);
  });
});
