import type { Feature } from '../../core/features';
import { go } from '../../core/router.svelte';
import { t } from './texts';

export const suche: Feature = {
  screens: [
    { pattern: '/suche', title: () => t('titel'), load: () => import('./Suche.svelte') },
    { pattern: '/suche/felder', title: () => t('felderTitel'), load: () => import('./Feldsuche.svelte') },
  ],
  nav: [{ path: '/suche', label: () => t('titel') }],
  commands: [{ label: () => t('befehl'), run: () => go('/suche') }, { label: () => t('felderTitel'), run: () => go('/suche/felder') }],
};
