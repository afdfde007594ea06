import type { Feature } from '../../core/features';
import { t } from './texts';

export const anmeldung: Feature = {
  screens: [{ pattern: '/anmeldung', title: () => t('titel'), open: true, load: () => import('./Login.svelte') }],
};
