import type { Feature } from '../../core/features';
import { t } from './texts';

const einsicht = { title: () => t('einsicht'), load: () => import('./EinsichtPage.svelte') };

export const schreiben: Feature = {
  screens: [
    { pattern: '/vorgaenge/:id/schreiben', title: () => t('neuesSchreiben'), load: () => import('./EntwurfPage.svelte') },
    { pattern: '/dokumente/:id/bearbeiten', title: () => t('bearbeiten'), load: () => import('./TextPage.svelte') },
    { pattern: '/dokumente/:id/schwaerzen', title: () => t('schwaerzen'), load: () => import('./SchwaerzenPage.svelte') },
    { pattern: '/vorgaenge/:id/akteneinsicht', ...einsicht },
    { pattern: '/akten/:id/akteneinsicht', ...einsicht },
  ],
};
