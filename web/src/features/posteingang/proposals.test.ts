import { describe, expect, it } from 'vitest';
import { rankProposals, type Target } from './proposals';

const target = (id: string): Target => ({ id, zeichen: id, betreff: id });

describe('proposals', () => {
  it('put first what shares most words', () => {
    const found = new Map([['Straßenreinigung', [target('a')]], ['Lindenstraße', [target('b'), target('c')]], ['Garage', [target('c')]]]);
    const ranked = rankProposals(found, []);
    expect(ranked.map((one) => one.target.id)).toEqual(['c', 'a', 'b']);
    expect(ranked[0]?.word).toBe('Lindenstraße');
  });
  it('fill up with what was used last, each place once', () => {
    const ranked = rankProposals(new Map([['Salz', [target('a')]]]), [target('a'), target('b')]);
    expect(ranked.map((one) => [one.target.id, one.word])).toEqual([['a', 'Salz'], ['b', undefined]]);
  });
  it('are never more than three', () => {
    expect(rankProposals(new Map(), ['a', 'b', 'c', 'd'].map(target))).toHaveLength(3);
  });
});
