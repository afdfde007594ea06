import { readSetting, writeSetting } from './storage';

export type Locale = 'de' | 'en';

let current: Locale = readSetting('sprache') === 'en' ? 'en' : 'de';

export function locale(): Locale {
  return current;
}

/** Changes the language of all later texts; who shows texts must render them again. */
export function setLocale(next: Locale): void {
  current = next;
  writeSetting('sprache', next);
}

/** BCP 47 tag for Intl: English with European order of dates. */
export function languageTag(): string {
  return current === 'de' ? 'de-DE' : 'en-GB';
}
