import type { Feature } from '../../core/features';
import { t } from './texts';
import { waiting } from './waiting.svelte';

const load = (): Promise<typeof import('./Posteingang.svelte')> => import('./Posteingang.svelte');
const screen = { title: () => t('titel'), load };

export const posteingang: Feature = {
  screens: [
    { pattern: '/posteingang', ...screen },
    { pattern: '/trennblatt', title: () => t('trennblatt'), load: () => import('./TrennblattPage.svelte') },
    { pattern: '/posteingang/:id', ...screen },
  ],
  nav: [{ path: '/posteingang', label: () => t('titel'), rechte: ['eingangErfassen', 'eingangAblegen'], count: () => waiting.count }],
};
