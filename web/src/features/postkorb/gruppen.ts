import { isoDay, parseDay } from '../../base/dates';

export type Gruppe = 'ueberfaellig' | 'heute' | 'woche' | 'spaeter' | 'ohne';

/** When something is due, seen from today. */
export function gruppeOf(termin: string | undefined, heute: string): Gruppe {
  if (termin === undefined) return 'ohne';
  if (termin < heute) return 'ueberfaellig';
  if (termin === heute) return 'heute';
  const week = parseDay(heute);
  week.setDate(week.getDate() + 7);
  return termin <= isoDay(week) ? 'woche' : 'spaeter';
}

/** In order, without those that are empty. */
export function gruppiere<Eintrag extends { termin?: string | undefined }>(eintraege: readonly Eintrag[], heute: string): { gruppe: Gruppe; eintraege: Eintrag[] }[] {
  const order: readonly Gruppe[] = ['ueberfaellig', 'heute', 'woche', 'spaeter', 'ohne'];
  return order.map((gruppe) => ({ gruppe, eintraege: eintraege.filter((one) => gruppeOf(one.termin, heute) === gruppe) })).filter((one) => one.eintraege.length > 0);
}
