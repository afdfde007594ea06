import type { Feature } from '../../core/features';
import { t } from './texts';

const vorgang = { title: () => t('vorgang'), load: () => import('./VorgangPage.svelte') };

export const akten: Feature = {
  screens: [
    { pattern: '/akten/:id', title: () => t('akte'), load: () => import('./AktePage.svelte') },
    { pattern: '/vorgaenge/:id', ...vorgang },
    { pattern: '/vorgaenge/:id/trennblatt', title: () => t('trennblatt'), load: () => import('./TrennblattPage.svelte') },
    { pattern: '/vorgaenge/:id/dokumente/:dokId', ...vorgang },
    { pattern: '/dokumente/:id/vergleich', title: () => t('vergleich'), load: () => import('./VergleichPage.svelte') },
    { pattern: '/dokumente/:id', title: () => t('dokument'), load: () => import('./DokumentPage.svelte') },
  ],
};
