import { notices } from '../../core/notices.svelte';
import { t } from './texts';

interface ZdaCalls<Item> {
  close: (item: Item) => Promise<Item>;
  reopen: (item: Item) => Promise<Item>;
  accept: (item: Item) => void;
  /** Whether the way back is open to this person. */
  reversible: (item: Item) => boolean;
}

/** Files an Akte or a Vorgang away, or opens it again; the bar at the bottom offers the way back. */
export async function setZda<Item extends { zeichen: string }>(item: Item, closed: boolean, calls: ZdaCalls<Item>): Promise<void> {
  try {
    const next = await (closed ? calls.close(item) : calls.reopen(item));
    calls.accept(next);
    const back = { label: t('rueckgaengig'), run: () => setZda(next, !closed, calls) };
    notices.show({ text: t(closed ? 'zdaGeschehen' : 'zdaAufgehoben', { zeichen: next.zeichen }), ...(calls.reversible(next) ? { action: back } : {}) });
  } catch (error) {
    notices.problem(error);
  }
}
