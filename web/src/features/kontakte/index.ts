import type { Feature } from '../../core/features';
import { t } from './texts';

export const kontakte: Feature = {
  screens: [{ pattern: '/kontakte', title: () => t('titel'), load: () => import('./Kontakte.svelte') }],
  nav: [{ path: '/kontakte', label: () => t('titel') }],
};
