import type { Feature } from '../../core/features';
import { t } from './texts';

export const auswertung: Feature = {
  screens: [
    { pattern: '/auswertung', title: () => t('titel'), load: () => import('./AuswertungPage.svelte') },
    { pattern: '/lage', title: () => t('lage'), load: () => import('./LagePage.svelte') },
  ],
  // Heads of units sign finally; that one heads a unit is no right of its own, so the server has the last word.
  nav: [{ path: '/auswertung', label: () => t('titel'), rechte: ['schlusszeichnen', 'organisationPflegen'] }],
};
