/** Settings of this browser. Storage can be switched off by policy: then they hold for the visit. */
const fallback = new Map<string, string>();

export function readSetting(key: string): string | undefined {
  try {
    return localStorage.getItem(`aktenlotse.${key}`) ?? undefined;
  } catch {
    return fallback.get(key);
  }
}

export function writeSetting(key: string, value: string): void {
  fallback.set(key, value);
  try {
    localStorage.setItem(`aktenlotse.${key}`, value);
  } catch {
    // The fallback above keeps it for this visit.
  }
}
