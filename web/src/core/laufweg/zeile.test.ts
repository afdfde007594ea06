import { describe, expect, it } from 'vitest';
import { ersetze, stufen, zerteile } from './zeile';

describe('zerteile', () => {
  it('marks what was not understood and loses no letter', () => {
    expect(zerteile('@ba mx bis Fr', [{ von: 4, bis: 6 }])).toEqual([
      { text: '@ba ', falsch: false },
      { text: 'mx', falsch: true },
      { text: ' bis Fr', falsch: false },
    ]);
    for (const places of [[{ von: 0, bis: 3 }, { von: 2, bis: 5 }], [{ von: 8, bis: 99 }], [{ von: 5, bis: 5 }], []])
      expect(zerteile('abcdefghij', places).map((one) => one.text).join('')).toBe('abcdefghij');
  });
});

describe('ersetze', () => {
  it('puts a word in its place', () => {
    expect(ersetze('@bau', { von: 0, bis: 4 }, '@BA')).toEqual({ zeile: '@BA ', stelle: 4 });
    expect(ersetze('@bau mz', { von: 0, bis: 4 }, '@BA')).toEqual({ zeile: '@BA mz', stelle: 3 });
  });
});

describe('stufen', () => {
  it('puts steps side by side', () => expect(stufen([{ stufe: 1 }, { stufe: 1 }, { stufe: 2 }]).map((one) => one.length)).toEqual([2, 1]));
});
