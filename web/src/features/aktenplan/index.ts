import type { Feature } from '../../core/features';
import { t } from './texts';

export const aktenplan: Feature = {
  screens: [{ pattern: '/aktenplan', title: () => t('titel'), load: () => import('./Aktenplan.svelte') }],
  nav: [{ path: '/aktenplan', label: () => t('titel') }],
};
