import { describe, expect, it } from 'vitest';
import { baue, ersetze, stufen, teile, verschiebe, zerteile } from './zeile';

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

describe('the list of a line', () => {
  const slip = [
    { stufe: 1, quorum: 'einer' as const, zeile: '@BA Mz' },
    { stufe: 1, quorum: 'einer' as const, zeile: '@FI Mz' },
    { stufe: 2, quorum: 'alle' as const, zeile: '@wicazowa Sz' },
    { stufe: 3, quorum: 'alle' as const, zeile: 'zdA' },
  ];
  it('gives the line again, with what runs at once', () => {
    expect(baue(teile(slip))).toBe('einer von @BA Mz und @FI Mz, dann @wicazowa Sz, dann zdA');
    expect(baue([])).toBe('');
  });
  it('moves steps; the first is beside nothing', () => {
    expect(baue(verschiebe(teile(slip), 1, 0))).toBe('@FI Mz, dann @BA Mz, dann @wicazowa Sz, dann zdA');
    expect(baue(verschiebe(teile(slip), 2, 3))).toBe('einer von @BA Mz und @FI Mz, dann zdA, dann @wicazowa Sz');
    expect(verschiebe(teile(slip), 9, 0)).toHaveLength(4);
  });
});
