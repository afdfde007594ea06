import { describe, expect, test } from 'vitest';
import { hasPart, partsOf, searchAddress, togglePart } from './frage';

describe('a question', () => {
  test('falls into words, phrases and fields', () => {
    expect(partsOf('  haus "am Markt" von:"Stadt Aue" -typ:pdf az:632.10-4/2026 ')).toEqual(['haus', '"am Markt"', 'von:"Stadt Aue"', '-typ:pdf', 'az:632.10-4/2026']);
    expect(partsOf('')).toEqual([]);
    expect(partsOf('„am Markt“ von:"offen')).toEqual(['„am Markt“', 'von:"offen']);
  });
  test('takes a part and gives it back', () => {
    expect(togglePart('haus', 'typ:pdf')).toBe('haus typ:pdf');
    expect(togglePart('haus TYP:pdf markt', 'typ:pdf')).toBe('haus markt');
    expect(togglePart('von:"Stadt Aue"', 'von:"Stadt Aue"')).toBe('');
    expect(hasPart('haus von:"Stadt Aue"', 'von:"Stadt Aue"')).toBe(true);
    expect(hasPart('haus', 'ha')).toBe(false);
  });
  test('has an address', () => {
    expect(searchAddress('')).toBe('/suche');
    expect(searchAddress('a b', 'datum')).toBe('/suche?q=a+b&ordnung=datum');
  });
});
