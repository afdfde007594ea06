import { describe, expect, it } from 'vitest';
import { vergleiche, type Zeile } from './vergleich';

const side = (rows: Zeile[], which: 'links' | 'rechts', art: string): string[] => rows.flatMap((row) => (row.art === 'anders' ? row[which].filter((one) => one.art === art).map((one) => one.text) : []));

describe('two texts side by side', () => {
  it('are nothing when they are the same', () => expect(vergleiche('a\nb', 'a\nb')).toEqual([]));
  it('mark the words that changed, each on its side', () => {
    const rows = vergleiche('Der Antrag wird abgelehnt.\nGruß', 'Der Antrag wird genehmigt.\nGruß');
    expect(side(rows, 'links', 'weg')).toEqual(['abgelehnt']);
    expect(side(rows, 'rechts', 'neu')).toEqual(['genehmigt']);
    expect(rows.at(-1)).toEqual({ art: 'gleich', text: 'Gruß' });
  });
  it('mark lines that came or went whole', () => {
    expect(side(vergleiche('a\nc', 'a\nb\nc'), 'rechts', 'neu')).toEqual(['b']);
    expect(side(vergleiche('a\nb\nc', 'a\nc'), 'links', 'weg')).toEqual(['b']);
    expect(side(vergleiche('', 'x'), 'rechts', 'neu')).toEqual(['x']);
  });
  it('leave out what is equal and far from a change', () => {
    const many = Array.from({ length: 100 }, (_, nr) => `Zeile ${nr}`);
    const rows = vergleiche([...many, 'alt', ...many].join('\n'), [...many, 'neu', ...many].join('\n'));
    expect(rows.map((row) => row.art)).toEqual(['ausgelassen', 'gleich', 'anders', 'gleich', 'ausgelassen']);
    expect(rows[0]).toEqual({ art: 'ausgelassen', anzahl: 97 });
  });
  it('lose nothing of either text', () => {
    const texts = ['eins zwei\ndrei\n\nvier', 'eins zwo\n\nvier fünf\nsechs', 'ganz anders', ''];
    for (const alt of texts)
      for (const neu of texts) {
        const rows = vergleiche(alt, neu);
        if (alt === neu) continue;
        const whole = (which: 'links' | 'rechts'): string => rows.flatMap((row) => (row.art === 'gleich' ? [row.text] : row.art === 'anders' && row[which].length > 0 ? [row[which].map((one) => one.text).join('')] : [])).join('\n');
        expect(whole('links')).toBe(alt);
        expect(whole('rechts')).toBe(neu);
      }
  });
  it('take long blocks whole', () => {
    const rows = vergleiche('a '.repeat(20_000), 'b '.repeat(20_000));
    expect(side(rows, 'links', 'weg')).toHaveLength(1);
  });
});
