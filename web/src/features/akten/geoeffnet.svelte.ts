import { onMount } from 'svelte';
import { api } from '../../api/calls';
import type { UmfeldArt } from '../../api/types';
import { live } from '../../core/live.svelte';

/** What is left again at once was not looked at. */
const NACH = 1_500;

/**
 * Notes that the person has this object open: it is one of those opened last, and what is new in it was seen. When
 * somebody else changes what he has subscribed to, `reload` is called; it may be this object.
 */
export function offenHalten(art: UmfeldArt, id: () => string | undefined, reload: () => void): void {
  const note = (now: string): void => void api.merken(art, now, { art: 'zuletzt', an: true }).catch(() => undefined);
  $effect(() => {
    const now = id();
    if (now === undefined) return;
    const timer = setTimeout(() => note(now), NACH);
    return () => clearTimeout(timer);
  });
  onMount(() =>
    live.on('abonnement', () => {
      const now = id();
      if (now === undefined) return;
      reload();
      note(now);
    }),
  );
}
