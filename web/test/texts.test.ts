import { describe, expect, it } from 'vitest';

interface Dictionaries {
  de: Readonly<Record<string, string>>;
  en: Readonly<Record<string, string>>;
}
const modules = import.meta.glob<Record<string, unknown>>(['../src/**/texts.ts', '../src/widgets/glossary.ts', '../src/base/dates.ts', '!../src/base/texts.ts'], { eager: true });

function isTexts(value: unknown): value is { dictionaries: Dictionaries } {
  return typeof value === 'function' && 'dictionaries' in value;
}
const all = Object.entries(modules).flatMap(([path, module]) =>
  Object.values(module)
    .filter(isTexts)
    .map((texts) => ({ path, ...texts.dictionaries })),
);
const names = (text: string): string[] => [...text.matchAll(/\{(\w+)/g)].map((match) => match[1] ?? '').sort();

describe('German and English', () => {
  it('are found wherever there are texts', () => expect(all.length).toBeGreaterThanOrEqual(9));

  it.each(all)('have the same keys in $path', ({ de, en }) => expect(Object.keys(en).sort()).toEqual(Object.keys(de).sort()));

  it.each(all)('fill in the same values in $path', ({ de, en }) => {
    for (const [key, text] of Object.entries(de)) expect([key, [...new Set(names(en[key] ?? ''))]]).toEqual([key, [...new Set(names(text))]]);
  });
  it.each(all)('are never empty and never shout in $path', ({ de, en }) => {
    const bad = [de, en].flatMap((dictionary) => Object.entries(dictionary).filter(([, text]) => text.trim() === '' || text.includes('!')));
    expect(bad).toEqual([]);
  });
});
