/** The parts of a question as typed: words, "phrases", field:value and field:"value". */
export function partsOf(q: string): string[] {
  return q.match(/-?(?:[a-z]+:)?["„“][^"“”]*["“”]?|\S+/giu) ?? [];
}

export const hasPart = (q: string, part: string): boolean => partsOf(q).some((one) => one.toLowerCase() === part.toLowerCase());

/** The question with the part, or without it if it was there. */
export function togglePart(q: string, part: string): string {
  const parts = partsOf(q);
  const others = parts.filter((one) => one.toLowerCase() !== part.toLowerCase());
  return (others.length < parts.length ? others : [...parts, part]).join(' ');
}

export type Ordnung = 'relevanz' | 'datum';

/** The address of a search, so that each is a link. */
export function searchAddress(q: string, ordnung: Ordnung = 'relevanz'): string {
  const parameters = new URLSearchParams();
  if (q !== '') parameters.set('q', q);
  if (ordnung !== 'relevanz') parameters.set('ordnung', ordnung);
  const text = parameters.toString();
  return text === '' ? '/suche' : `/suche?${text}`;
}
