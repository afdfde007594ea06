import { afterEach, describe, expect, it } from 'vitest';
import { setLocale } from './locale';
import { fill, texts } from './texts';

afterEach(() => setLocale('de'));

describe('fill', () => {
  it('puts values in', () => expect(fill('In {ort} abgelegt', { ort: '632.10-4/2026' })).toBe('In 632.10-4/2026 abgelegt'));
  it('chooses the plural', () => {
    expect(fill('{n} {n:Dokument|Dokumente}', { n: 1 })).toBe('1 Dokument');
    expect(fill('{n} {n:Dokument|Dokumente}', { n: 0 })).toBe('0 Dokumente');
  });
  it('leaves an unknown name visible', () => expect(fill('{x}', {})).toBe('{x}'));
});

describe('texts', () => {
  it('speaks the language that is set now', () => {
    const t = texts({ de: { ja: 'Ja' }, en: { ja: 'Yes' } });
    expect(t('ja')).toBe('Ja');
    setLocale('en');
    expect(t('ja')).toBe('Yes');
  });
});
