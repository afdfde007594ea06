import { api } from '../../api/calls';
import { notices } from '../../core/notices.svelte';
import { go } from '../../core/router.svelte';
import { t } from './texts';

/** Takes back that an Akte or a Vorgang was made of others, where nothing hangs on it yet, and goes to where that was. */
export async function takeBack(art: 'akten' | 'vorgaenge', made: { id: string }, back: string): Promise<void> {
  const nr = (await api.historie(art, made.id, { limit: 1 })).eintraege[0]?.nr;
  if (nr !== undefined) await api.rueckgaengig(nr);
  go(back);
  notices.show({ text: t('zurueckgenommen') });
}
