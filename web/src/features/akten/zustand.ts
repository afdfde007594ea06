import { api } from '../../api/calls';
import type { Recht, Status, Uebergang } from '../../api/types';
import { notices } from '../../core/notices.svelte';
import { t } from './texts';

export type Art = 'akten' | 'vorgaenge' | 'dokumente';
/** What every kind of object has that goes from state to state. */
export interface Wechselnd {
  id: string;
  stand: number;
  zeichen?: string;
  betreff: string;
  zustand: Status;
  uebergaenge: Uebergang[];
  darf: Recht[];
}

export const ARTEN = { akte: 'akten', vorgang: 'vorgaenge', dokument: 'dokumente' } as const;

/** What takes each one back; what has no way back is not here. */
const ZURUECK: Partial<Record<Uebergang, Uebergang>> = {
  zda: 'zdaAufheben',
  zdaAufheben: 'zda',
  stornieren: 'stornoAufheben',
  stornoAufheben: 'stornieren',
  weglegen: 'weglegenAufheben',
  weglegenAufheben: 'weglegen',
  loeschmarkierung: 'loeschmarkierungZurueckziehen',
};

export const nameOf = (item: { zeichen?: string | undefined; betreff: string }): string => (item.zeichen === undefined || item.zeichen === '' ? `„${item.betreff}“` : item.zeichen);

/** Does it, says so, and offers the way back. Throws what the server refuses. */
export async function wechsle<Item extends Wechselnd>(art: Art, item: Item, uebergang: Uebergang, accept: (next: Item) => void, grund?: string): Promise<void> {
  const next = await api.wechseln<Item>(art, item, uebergang, grund);
  accept(next);
  const back = ZURUECK[uebergang];
  const run = (): Promise<void> => (back === undefined ? Promise.resolve() : wechsle(art, next, back, accept));
  const offered = back !== undefined && next.uebergaenge.includes(back);
  notices.show({ text: t(`getan_${uebergang}`, { zeichen: nameOf(next) }), ...(offered ? { action: { label: t('rueckgaengig'), run } } : {}) });
}
