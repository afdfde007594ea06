import { api } from '../../api/calls';
import { ApiError } from '../../api/problem';
import { live } from '../../core/live.svelte';
import { session } from '../../core/session.svelte';

/** How many letters wait, as far as this browser knows; shown in the main menu. */
class Waiting {
  count = $state<number>();

  async ask(): Promise<void> {
    if (!session.hat('eingangErfassen') && !session.hat('eingangAblegen')) return;
    try {
      this.count = (await api.posteingang({ limit: 1 })).anzahl;
    } catch (problem) {
      if (!(problem instanceof ApiError)) throw problem; // the number stays as it was
    }
  }
}

export const waiting = new Waiting();
live.on('posteingang', () => void waiting.ask());
