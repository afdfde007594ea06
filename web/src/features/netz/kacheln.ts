/** Where the tile of a district lies: column and row of a picture that has the neighbours of the land, not its borders. */
export const KACHELN: Readonly<Record<string, readonly [number, number]>> = {
  '15081': [1, 0], '15090': [2, 0], '15083': [1, 1], '15003': [2, 1], '15086': [3, 1],
  '15085': [0, 2], '15089': [1, 2], '15082': [2, 2], '15001': [3, 2], '15091': [4, 2],
  '15087': [0, 3], '15002': [1, 3], '15088': [1, 4], '15084': [1, 5],
  '14730': [3, 3], '14713': [2, 4], '14729': [2, 5], '14627': [4, 4], '14625': [5, 3], '14626': [6, 4],
  '14612': [5, 4], '14522': [3, 5], '14628': [5, 5], '14524': [2, 6], '14511': [3, 6], '14521': [4, 6], '14523': [2, 7],
};
export const SPALTEN = 7;
export const ZEILEN = 8;

/** Tiles with their places, and how many rows they take: districts of other Länder lie in rows of their own below. */
export function lege<T extends { kreis: string; land: string }>(kreise: readonly T[]): { platz: { kreis: T; x: number; y: number }[]; zeilen: number } {
  const platz: { kreis: T; x: number; y: number }[] = [];
  const weitere = new Map<string, T[]>();
  for (const kreis of kreise) {
    const at = KACHELN[kreis.kreis];
    if (at !== undefined) platz.push({ kreis, x: at[0], y: at[1] });
    else weitere.set(kreis.land, [...(weitere.get(kreis.land) ?? []), kreis]);
  }
  let zeilen = ZEILEN;
  for (const here of weitere.values()) {
    here.forEach((kreis, i) => platz.push({ kreis, x: i % SPALTEN, y: zeilen + Math.floor(i / SPALTEN) }));
    zeilen += Math.ceil(here.length / SPALTEN);
  }
  return { platz, zeilen };
}

/** Two or three letters of a district, for its tile. */
export function kuerzel(name: string): string {
  const words = name.replace(/,.*/, '').replace(/\(.*\)/, '').split(/[\s-]+/).filter((word) => word !== '');
  const first = words[0] ?? '';
  return words.length > 1 ? words.slice(0, 3).map((word) => word.charAt(0).toUpperCase()).join('') : first.slice(0, 3);
}

/** In how many fifths a share lies, so that few towns are not none: 0 for none, 1 to 5. */
export function stufe(teil: number, ganzes: number): number {
  if (ganzes === 0 || teil === 0) return 0;
  return Math.min(5, Math.max(1, Math.ceil((teil / ganzes) * 5)));
}
