/** One spoke of the picture: how much of what applies is done, 0 to 1. */
export interface Speiche {
  titel: string;
  anteil: number;
}
const RADIUS = 120;
const MITTE = 200;

function point(index: number, of: number, share: number): readonly [number, number] {
  const angle = (index / of) * 2 * Math.PI - Math.PI / 2;
  return [MITTE + Math.cos(angle) * RADIUS * share, MITTE + Math.sin(angle) * RADIUS * share];
}
const text = (points: readonly (readonly [number, number])[]): string => points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ');

/** The polygon of the shares, rings at the fifths, spokes with the place of their names. */
export function netzbild(speichen: readonly Speiche[]): { flaeche: string; ringe: string[]; namen: { titel: string; x: number; y: number; anker: 'start' | 'middle' | 'end' }[]; strahlen: (readonly [number, number])[] } {
  const all = speichen.map((_, i) => i);
  return {
    flaeche: text(speichen.map(({ anteil }, i) => point(i, speichen.length, Math.max(0, Math.min(1, anteil))))),
    ringe: [0.2, 0.4, 0.6, 0.8, 1].map((ring) => text(all.map((i) => point(i, speichen.length, ring)))),
    strahlen: all.map((i) => point(i, speichen.length, 1)),
    namen: speichen.map(({ titel }, i) => {
      const [x, y] = point(i, speichen.length, 1.16);
      return { titel, x, y, anker: Math.abs(x - MITTE) < 5 ? 'middle' : x > MITTE ? 'start' : 'end' };
    }),
  };
}

/** What the result says in one sentence: the weakest part, where one is clearly weaker than all is. */
export function schwaechste(speichen: readonly Speiche[]): Speiche | undefined {
  const lowest = [...speichen].sort((a, b) => a.anteil - b.anteil)[0];
  return lowest !== undefined && lowest.anteil < 1 ? lowest : undefined;
}
