import { describe, expect, it } from 'vitest';
import { rankProposals, signsIn, type Clue, type Target } from './proposals';

const target = (id: string): Target => ({ id, zeichen: id, betreff: id });
const word = (text: string, ...ids: string[]): Clue => ({ art: 'wort', text, hits: ids.map(target) });

describe('proposals', () => {
  it('put first what shares most words', () => {
    const ranked = rankProposals([word('Straßenreinigung', 'a'), word('Lindenstraße', 'b', 'c'), word('Garage', 'c')], []);
    expect(ranked.map((one) => one.target.id)).toEqual(['c', 'a', 'b']);
    expect(ranked[0]?.reason).toEqual({ art: 'wort', text: 'Lindenstraße' });
  });
  it('put a named sign before any number of words', () => {
    const ranked = rankProposals([word('Carport', 'a'), word('Erlenweg', 'a'), { art: 'zeichen', text: '632-1/2026-2', hits: [target('b')] }], []);
    expect(ranked[0]).toEqual({ target: target('b'), reason: { art: 'zeichen', text: '632-1/2026-2' } });
  });
  it('fill up with what was used last, each place once', () => {
    const ranked = rankProposals([word('Salz', 'a')], [target('a'), target('b')]);
    expect(ranked.map((one) => [one.target.id, one.reason.art])).toEqual([['a', 'wort'], ['b', 'zuletzt']]);
  });
  it('are never more than three', () => {
    expect(rankProposals([], ['a', 'b', 'c', 'd'].map(target))).toHaveLength(3);
  });
});

describe('signs in a text', () => {
  it('are found where people write them', () => {
    expect(signsIn('Ihr Bescheid 632-1/2026-2 vom 3.9., dazu 632.10-4/2026.')).toEqual(['632-1/2026-2', '632.10-4/2026']);
  });
  it('are not telephone numbers, dates or amounts', () => {
    expect(signsIn('Tel. 03009 23125-984, am 2026-11-20, IBAN 12-3456-78, 1.200,00')).toEqual([]);
  });
});
