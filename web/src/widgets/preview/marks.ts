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
