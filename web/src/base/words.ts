const STOP = new Set(['für', 'und', 'oder', 'der', 'die', 'das', 'den', 'dem', 'des', 'ein', 'eine', 'einer', 'vom', 'von', 'zum', 'zur', 'mit', 'auf', 'aus', 'über', 'betreff', 'schreiben', 'brief', 'anlage', 'scan', 'dokument', 'datei', 'entwurf', 'kopie', 'sehr', 'geehrte']);

/** The words of a text that say most about it, longest first: what a search for similar Vorgänge can use. */
export function tellingWords(text: string, count: number): string[] {
  const words = text.normalize('NFC').match(/[\p{L}]{4,}/gu) ?? [];
  const unique = [...new Map(words.map((word) => [word.toLocaleLowerCase('de'), word])).values()];
  return unique
    .filter((word) => !STOP.has(word.toLocaleLowerCase('de')))
    .sort((a, b) => b.length - a.length)
    .slice(0, count);
}
