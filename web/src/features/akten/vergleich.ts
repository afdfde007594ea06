import { diffArrays, diffWordsWithSpace } from 'diff';

export interface Stueck {
  text: string;
  art: 'gleich' | 'weg' | 'neu';
}
/** A row of two columns; lines that are the same on both sides are told by their number only, where they are many. */
export type Zeile = { art: 'gleich'; text: string } | { art: 'ausgelassen'; anzahl: number } | { art: 'anders'; links: Stueck[]; rechts: Stueck[] };

/** How many equal lines stay around a change. */
const UMGEBUNG = 3;
/** Longer blocks are marked whole: their words would take too long, and nobody reads them word by word. */
const LAENGSTER_BLOCK = 20_000;

function worte(alt: string, neu: string): { links: Stueck[]; rechts: Stueck[] } {
  const parts = alt.length + neu.length > LAENGSTER_BLOCK ? undefined : diffWordsWithSpace(alt, neu, { timeout: 500 });
  if (parts === undefined) return { links: alt === '' ? [] : [{ text: alt, art: 'weg' }], rechts: neu === '' ? [] : [{ text: neu, art: 'neu' }] };
  const links: Stueck[] = [];
  const rechts: Stueck[] = [];
  for (const part of parts) {
    if (!part.added) links.push({ text: part.value, art: part.removed ? 'weg' : 'gleich' });
    if (!part.removed) rechts.push({ text: part.value, art: part.added ? 'neu' : 'gleich' });
  }
  return { links, rechts };
}

function gleiche(lines: readonly string[], first: boolean, last: boolean): Zeile[] {
  const before = first ? 0 : UMGEBUNG;
  const after = last ? 0 : UMGEBUNG;
  if (lines.length <= before + after + 1) return [{ art: 'gleich', text: lines.join('\n') }];
  const out: Zeile[] = [{ art: 'ausgelassen', anzahl: lines.length - before - after }];
  if (before > 0) out.unshift({ art: 'gleich', text: lines.slice(0, before).join('\n') });
  if (after > 0) out.push({ art: 'gleich', text: lines.slice(-after).join('\n') });
  return out;
}

/** Two texts side by side: lines are matched first, then the words within what differs. Nothing when they are the same. */
export function vergleiche(alt: string, neu: string): Zeile[] {
  if (alt === neu) return [];
  const parts = diffArrays(alt.split('\n'), neu.split('\n'));
  const out: Zeile[] = [];
  for (let index = 0; index < parts.length; index += 1) {
    const part = parts[index];
    if (part === undefined) break;
    if (!part.added && !part.removed) {
      out.push(...gleiche(part.value, index === 0, index === parts.length - 1));
      continue;
    }
    const next = parts[index + 1];
    const paired = part.removed && next?.added === true ? next : undefined;
    if (paired !== undefined) index += 1;
    const removed = part.removed ? part.value.join('\n') : '';
    const added = part.added ? part.value.join('\n') : (paired?.value.join('\n') ?? '');
    out.push({ art: 'anders', ...worte(removed, added) });
  }
  return out;
}
