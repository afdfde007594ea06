import type { Feature } from '../../core/features';
import { t } from './texts';

export const aktenplan: Feature = {
  screens: [
    { pattern: '/aktenplan', title: () => t('titel'), load: () => import('./Aktenplan.svelte') },
    { pattern: '/aktenplan/einlesen', title: () => t('einlesenTitel'), load: () => import('./Einlesen.svelte') },
  ],
  nav: [{ path: '/aktenplan', label: () => t('titel') }],
};
