import type { Feldart, FeldFrage } from '../../api/types';

/** How a field is asked for: a part of its text, or its order. */
export type Operator = 'enthaelt' | 'gleich' | 'ab' | 'bis' | 'zwischen';

/** Numbers and days have an order; the rest is text. */
export const operatorsOf = (feld: Feldart): readonly Operator[] =>
  feld.art === 'zahl' || feld.art === 'datum' ? ['gleich', 'ab', 'bis', 'zwischen'] : ['enthaelt'];

/** What the server is asked; nothing while a value is missing. */
export function feldFrage(feld: Feldart, operator: Operator, wert: string, bis: string): FeldFrage | undefined {
  const [from, to] = [wert.trim(), bis.trim()];
  if (from === '' || (operator === 'zwischen' && to === '')) return undefined;
  if (operator === 'enthaelt') return { feld: feld.id, wert: from };
  if (operator === 'ab') return { feld: feld.id, von: from };
  if (operator === 'bis') return { feld: feld.id, bis: from };
  return { feld: feld.id, von: from, bis: operator === 'gleich' ? from : to };
}

/**
 * A question of the search box that asks for a field by its name: „Flurstück:12/3“, „Baukosten>=1000“,
 * „Baubeginn:2027-01-01..2027-03-31“. Nothing where no field is called so.
 */
export function typedField(q: string, felder: readonly Feldart[]): { feld: Feldart; operator: Operator; wert: string; bis: string } | undefined {
  const text = q.trim().toLowerCase();
  const named = felder.filter((feld) => text.startsWith(feld.bezeichnung.toLowerCase())).sort((a, b) => b.bezeichnung.length - a.bezeichnung.length);
  for (const feld of named) {
    const rest = /^\s*(>=|<=|[:=<>])\s*(.+)$/su.exec(q.trim().slice(feld.bezeichnung.length));
    const [, sign = '', given = ''] = rest ?? [];
    if (rest === null) continue;
    const wert = given.replace(/^["„“](.*)["“”]$/su, '$1').trim();
    const [first] = operatorsOf(feld);
    if (first === 'enthaelt' || first === undefined) return { feld, operator: 'enthaelt', wert, bis: '' };
    const [von = '', bis] = wert.split('..');
    if (bis !== undefined) {
      if (von === '') return { feld, operator: 'bis', wert: bis, bis: '' };
      return bis === '' ? { feld, operator: 'ab', wert: von, bis: '' } : { feld, operator: 'zwischen', wert: von, bis };
    }
    return { feld, operator: sign.startsWith('>') ? 'ab' : sign.startsWith('<') ? 'bis' : 'gleich', wert, bis: '' };
  }
  return undefined;
}

/** The address of such a question, so that each is a link. */
export function feldAddress(feld: Feldart, operator: Operator, wert: string, bis: string): string {
  const parameters = new URLSearchParams({ feld: feld.id, operator, wert });
  if (operator === 'zwischen') parameters.set('bis', bis);
  return `/suche/felder?${parameters}`;
}
