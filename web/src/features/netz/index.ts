import type { Feature } from '../../core/features';
import { t } from './texts';

const screen = { title: () => t('titel'), load: () => import('./Netz.svelte') };

export const netz: Feature = {
  screens: [
    { pattern: '/netz', ...screen },
    { pattern: '/netz/:bereich', ...screen },
    { pattern: '/netz/:bereich/:id', ...screen },
  ],
  nav: [{ path: '/netz', label: () => t('titel') }],
};
