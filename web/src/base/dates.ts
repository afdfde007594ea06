import { languageTag } from './locale';
import { texts } from './texts';

const t = texts({
  de: { heute: 'heute', gestern: 'gestern', morgen: 'morgen', um: '{tag}, {zeit}', tage: 'seit {n} {n:Tag|Tagen}', wochen: 'seit {n} {n:Woche|Wochen}', stunden: 'seit {n} {n:Stunde|Stunden}', eben: 'gerade eben' },
  en: { heute: 'today', gestern: 'yesterday', morgen: 'tomorrow', um: '{tag}, {zeit}', tage: 'for {n} {n:day|days}', wochen: 'for {n} {n:week|weeks}', stunden: 'for {n} {n:hour|hours}', eben: 'just now' },
});

const DAY = 86_400_000;

/** `YYYY-MM-DD` is a day of the calendar, not an instant: read as local midnight, so that no time zone shifts it. */
export function parseDay(day: string): Date {
  const [year = 1970, month = 1, date = 1] = day.slice(0, 10).split('-').map(Number);
  return new Date(year, month - 1, date);
}

function startOfDay(moment: Date): number {
  return new Date(moment.getFullYear(), moment.getMonth(), moment.getDate()).getTime();
}

/** Today as `YYYY-MM-DD` in local time, the form of date inputs and of the API. */
export function isoDay(moment: Date = new Date()): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}

/** 23.11.2026 (or 23/11/2026); an empty string for no date. */
export function formatDay(day: string | undefined): string {
  if (day === undefined || day === '') return '';
  return parseDay(day).toLocaleDateString(languageTag(), { day: '2-digit', month: '2-digit', year: 'numeric' });
}

/** "Montag, 23. November 2026" */
export function formatLongDay(moment: Date): string {
  return moment.toLocaleDateString(languageTag(), { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
}

function nameOfDay(moment: Date, now: Date): string {
  const distance = Math.round((startOfDay(moment) - startOfDay(now)) / DAY);
  if (distance === 0) return t('heute');
  if (distance === -1) return t('gestern');
  if (distance === 1) return t('morgen');
  const sameYear = moment.getFullYear() === now.getFullYear();
  return moment.toLocaleDateString(languageTag(), sameYear ? { day: 'numeric', month: 'long' } : { day: '2-digit', month: '2-digit', year: 'numeric' });
}

/** "heute, 10:15", "gestern, 08:00", "3. März, 14:20" for an instant (ISO 8601, UTC). */
export function formatMoment(instant: string, now: Date = new Date()): string {
  const moment = new Date(instant);
  const zeit = moment.toLocaleTimeString(languageTag(), { hour: '2-digit', minute: '2-digit' });
  return t('um', { tag: nameOfDay(moment, now), zeit });
}

/** The same without the hour: "heute", "gestern", "3. März". */
export function formatWhen(instant: string, now: Date = new Date()): string {
  return nameOfDay(new Date(instant), now);
}

/** "seit 3 Tagen": how long something has waited since an instant. */
export function formatWaiting(since: string, now: Date = new Date()): string {
  const start = new Date(since);
  const hours = Math.floor((now.getTime() - start.getTime()) / 3_600_000);
  if (hours < 1) return t('eben');
  const days = Math.round((startOfDay(now) - startOfDay(start)) / DAY);
  if (days < 1) return t('stunden', { n: hours });
  return days < 21 ? t('tage', { n: days }) : t('wochen', { n: Math.floor(days / 7) });
}
