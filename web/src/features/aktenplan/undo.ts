import { api } from '../../api/calls';
import { notices } from '../../core/notices.svelte';
import { t } from './texts';

/** Says what happened, with the way back: the entry of the journal, or the newest one of the object. */
export function tell(text: string, way: { eintrag: number } | { einheit: string }, after: () => void): void {
  const run = async (): Promise<void> => {
    const nr = 'eintrag' in way ? way.eintrag : (await api.historie('aktenplaneinheiten', way.einheit, { limit: 1 })).eintraege[0]?.nr;
    if (nr === undefined) return;
    await api.rueckgaengig(nr);
    after();
    notices.show({ text: t('zurueckgenommen') });
  };
  notices.show({ text, action: { label: t('rueckgaengig'), run } });
}
