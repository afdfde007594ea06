import { expect, test } from 'vitest';
import { materialOf, spaeter, spanne, tagOf } from './treffen';
import { treffenworte } from './treffenworte';

test('moments are told in German time', () => {
  expect(spanne('2026-12-18T08:30:00.000Z', '2026-12-18T09:30:00.000Z')).toBe('Freitag, 18. Dezember 2026, 09:30 bis 10:30 Uhr');
  expect(tagOf('2026-06-30T22:30:00.000Z')).toBe('2026-07-01');
  expect(spaeter('09:30', 150)).toBe('12:00');
  expect(spaeter('23:30', 90)).toBe('23:59');
});
test('material is a title and an address', () => {
  expect(materialOf('Folien zum Impuls https://lotsen.example/f\n\n https://lotsen.example/x')).toEqual([{ titel: 'Folien zum Impuls', adresse: 'https://lotsen.example/f' }, { titel: 'https://lotsen.example/x', adresse: 'https://lotsen.example/x' }]);
});
test('both languages have the same words', () => {
  expect(Object.keys(treffenworte.en).sort()).toEqual(Object.keys(treffenworte.de).sort());
});
