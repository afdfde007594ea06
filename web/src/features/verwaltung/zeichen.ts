const EXAMPLE: Readonly<Record<string, string>> = { OE: 'BA', Aktenplan: '632.10', Akte: '4', Vorgang: '2', Dokument: '1', Jahr: '2026', Lfd: '17' };

/** What a template of signs makes, shown by an example: `{Aktenplan}-{Akte}` is 632.10-4; `{Lfd:4}` has four digits. */
export function exampleSign(template: string): string {
  return template.replace(/\{(\w+)(?::([1-9]))?\}/g, (whole: string, name: string, digits?: string) => {
    const value = EXAMPLE[name];
    return value === undefined ? whole : value.padStart(Number(digits ?? 0), '0');
  });
}
