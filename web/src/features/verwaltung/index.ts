import type { Feature } from '../../core/features';
import { t } from './texts';

const screen = { title: () => t('titel'), load: () => import('./Verwaltung.svelte') };

export const verwaltung: Feature = {
  screens: [
    { pattern: '/verwaltung', ...screen },
    { pattern: '/verwaltung/:bereich', ...screen },
    { pattern: '/verwaltung/:bereich/:id', ...screen },
  ],
  nav: [{ path: '/verwaltung', label: () => t('titel'), rechte: ['personPflegen', 'organisationPflegen', 'zugriffPflegen', 'aktenplanPflegen', 'auftragVerwalten', 'eingangAblegen', 'quarantaeneSehen', 'scanPruefen', 'loeschungBeantragen', 'loeschungBestaetigen'] }],
};
