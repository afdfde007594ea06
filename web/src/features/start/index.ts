import type { Feature } from '../../core/features';
import { t } from './texts';

export const start: Feature = {
  screens: [{ pattern: '/', title: () => t('titel'), load: () => import('./Start.svelte') }],
  nav: [{ path: '/', label: () => t('titel') }],
};
