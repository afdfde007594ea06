import { expect, test } from 'vitest';
import { KACHELN, kuerzel, lege, SPALTEN, stufe, ZEILEN } from './kacheln';

test('every district has a place of its own inside the picture', () => {
  const places = Object.values(KACHELN).map(([x, y]) => `${x},${y}`);
  expect(new Set(places).size).toBe(places.length);
  expect(places).toHaveLength(27);
  for (const [x, y] of Object.values(KACHELN)) expect(x < SPALTEN && y < ZEILEN).toBe(true);
});
test('short names are short, and say which district', () => {
  expect(kuerzel('Erzgebirgskreis')).toBe('Erz');
  expect(kuerzel('Sächsische Schweiz-Osterzgebirge')).toBe('SSO');
  expect(kuerzel('Halle (Saale), Stadt')).toBe('Hal');
});
test('one town of many is more than none', () => {
  expect([stufe(0, 60), stufe(1, 60), stufe(30, 60), stufe(60, 60), stufe(0, 0)]).toEqual([0, 1, 3, 5, 0]);
});
test('districts of Länder that were read in have places of their own too, each Land in its rows', () => {
  const known = Object.keys(KACHELN).map((kreis) => ({ kreis, land: kreis.startsWith('14') ? 'Sachsen' : 'Sachsen-Anhalt' }));
  const more = Array.from({ length: 9 }, (_, i) => ({ kreis: `1606${i}`, land: 'Thüringen' }));
  const { platz, zeilen } = lege([...known, ...more, { kreis: '12051', land: 'Brandenburg' }]);
  expect(platz).toHaveLength(37);
  expect(new Set(platz.map(({ x, y }) => `${x},${y}`)).size).toBe(37);
  expect(zeilen).toBe(ZEILEN + 2 + 1);
  expect(platz.every(({ x, y }) => x < SPALTEN && y < zeilen)).toBe(true);
  expect(lege(known).zeilen).toBe(ZEILEN);
});
