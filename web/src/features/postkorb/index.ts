import type { Feature } from '../../core/features';
import { go } from '../../core/router.svelte';
import { offen } from './offen.svelte';
import { t } from './texts';

const load = (): Promise<typeof import('./Postkorb.svelte')> => import('./Postkorb.svelte');
const screen = { title: () => t('titel'), load };

export const postkorb: Feature = {
  screens: [
    { pattern: '/postkorb', ...screen },
    { pattern: '/postkorb/:id', ...screen },
    { pattern: '/frist', title: () => t('frist'), load: () => import('./Frist.svelte') },
  ],
  nav: [{ path: '/postkorb', label: () => t('titel'), rechte: ['schrittErledigen'], count: () => offen.count }],
  commands: [{ label: () => t('frist'), run: () => go('/frist') }],
};
