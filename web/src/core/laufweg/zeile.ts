/** A place of the line that was not understood. */
interface Stelle {
  von: number;
  bis: number;
}

export interface Stueck {
  text: string;
  falsch: boolean;
}

/** Cuts the line where underlining begins and ends; places that touch or overlap become one. */
export function zerteile(zeile: string, stellen: readonly Stelle[]): Stueck[] {
  const out: Stueck[] = [];
  let at = 0;
  for (const { von, bis } of [...stellen].sort((a, b) => a.von - b.von)) {
    const start = Math.max(at, Math.min(von, zeile.length));
    const end = Math.min(Math.max(bis, start), zeile.length);
    if (start > at) out.push({ text: zeile.slice(at, start), falsch: false });
    if (end > start) out.push({ text: zeile.slice(start, end), falsch: true });
    at = Math.max(at, end);
  }
  if (at < zeile.length) out.push({ text: zeile.slice(at), falsch: false });
  return out;
}

/** Puts a text in the place of another; a completion is followed by a space. */
export function ersetze(zeile: string, { von, bis }: Stelle, text: string): { zeile: string; stelle: number } {
  const after = zeile.slice(bis);
  const gap = after === '' ? ' ' : '';
  return { zeile: zeile.slice(0, von) + text + gap + after, stelle: von + text.length + gap.length };
}

/** Steps by stage, in order. */
export function stufen<Schritt extends { stufe: number }>(schritte: readonly Schritt[]): Schritt[][] {
  const out: Schritt[][] = [];
  for (const schritt of schritte) {
    const last = out.at(-1);
    if (last?.[0]?.stufe === schritt.stufe) last.push(schritt);
    else out.push([schritt]);
  }
  return out;
}
