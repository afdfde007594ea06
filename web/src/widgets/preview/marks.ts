/** Splits a text at the found words; case does not matter, longer words win. */
export function splitAtWords(text: string, words: readonly string[]): { text: string; treffer: boolean }[] {
  const wanted = [...new Set(words.map((word) => word.trim()).filter((word) => word.length > 1))].sort((a, b) => b.length - a.length);
  if (wanted.length === 0) return [{ text, treffer: false }];
  const pattern = new RegExp(`(${wanted.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})`, 'giu');
  return text
    .split(pattern)
    .map((part, index) => ({ text: part, treffer: index % 2 === 1 }))
    .filter((part) => part.text !== '');
}

/** Marks the words inside elements that hold plain text only (the lines of a text layer). */
export function markWords(container: Element, words: readonly string[]): void {
  for (const line of container.querySelectorAll('span')) {
    const parts = splitAtWords(line.textContent ?? '', words);
    if (!parts.some((part) => part.treffer)) continue;
    line.replaceChildren(
      ...parts.map((part) => {
        if (!part.treffer) return document.createTextNode(part.text);
        const mark = document.createElement('mark');
        mark.textContent = part.text;
        return mark;
      }),
    );
  }
}

/** A word and its place on a page, in 10,000ths of its width and height. */
export interface Place {
  text: string;
  x: number;
  y: number;
  breite: number;
  hoehe: number;
  zeile: number;
}

/** The places whose words match; a word that is broken over two lines is marked in both halves. */
export function markedPlaces(places: readonly Place[], words: readonly string[]): Place[] {
  const matches = (text: string): boolean => splitAtWords(text, words).some((part) => part.treffer);
  const marked = new Set<Place>();
  places.forEach((place, index) => {
    if (matches(place.text)) marked.add(place);
    const next = places[index + 1];
    if (next === undefined || next.zeile === place.zeile || !/\p{L}-$/u.test(place.text) || !/^\p{Ll}/u.test(next.text)) return;
    if (matches(place.text.slice(0, -1) + next.text) && !matches(next.text)) marked.add(place).add(next);
  });
  return places.filter((place) => marked.has(place));
}
