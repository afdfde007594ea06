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

/** A step of a list that is a line: its own words, and whether it runs beside the one before. */
export interface Teil {
  zeile: string;
  daneben: boolean;
  /** Of the stage that it begins. */
  quorum: 'alle' | 'einer' | 'mehrheit';
}

export function teile(schritte: readonly { stufe: number; quorum: Teil['quorum']; zeile: string }[]): Teil[] {
  return schritte.map((one, i) => ({ zeile: one.zeile, daneben: i > 0 && schritte[i - 1]?.stufe === one.stufe, quorum: one.quorum }));
}
/** The line of a list; it means the same steps again. */
export function baue(liste: readonly Teil[]): string {
  return liste
    .map((one, i) => {
      const many = !one.daneben && liste[i + 1]?.daneben === true;
      const quorum = !many || one.quorum === 'alle' ? '' : one.quorum === 'einer' ? 'einer von ' : 'Mehrheit von ';
      return `${i === 0 ? '' : one.daneben ? ' und ' : ', dann '}${quorum}${one.zeile}`;
    })
    .join('');
}
/** The same list with one of its steps at another place; the first runs beside nothing. */
export function verschiebe(liste: readonly Teil[], von: number, nach: number): Teil[] {
  const out = liste.filter((_, i) => i !== von);
  const one = liste[von];
  if (one !== undefined) out.splice(nach, 0, one);
  return out.map((teil, i) => (i === 0 ? { ...teil, daneben: false } : teil));
}
