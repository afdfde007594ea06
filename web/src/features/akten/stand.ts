import { formatDay } from '../../base/dates';
import { languageTag } from '../../base/locale';
import { go, place } from '../../core/router.svelte';

/** The part of an address that names a past moment: a day, or a day and a time, in German local time. */
export const standQuery = (stand: string | undefined): string => (stand === undefined ? '' : `?stand=${stand}`);

/** The same screen at another moment; without one, today. */
export function goTo(stand: string | undefined): void {
  const query = new URLSearchParams(place.query);
  if (stand === undefined) query.delete('stand');
  else query.set('stand', stand);
  const text = query.toString().replaceAll('%3A', ':');
  go(`${place.path}${text === '' ? '' : `?${text}`}`);
}

/** "3.3.2026" or "3.3.2026, 12:00". */
export function formatStand(stand: string): string {
  if (stand.length <= 10) return formatDay(stand);
  const time = new Date(stand).toLocaleTimeString(languageTag(), { hour: '2-digit', minute: '2-digit' });
  return `${formatDay(stand)}, ${time}`;
}
