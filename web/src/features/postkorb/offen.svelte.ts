import { api } from '../../api/calls';
import { ApiError } from '../../api/problem';
import { live } from '../../core/live.svelte';
import { session } from '../../core/session.svelte';

/** How much is this person's to do, as far as this browser knows; shown in the main menu. */
class Offen {
  count = $state<number>();

  async ask(): Promise<void> {
    if (!session.hat('schrittErledigen')) return;
    try {
      this.count = (await api.postkorb('meine', { limit: 1 })).zahlen.meine;
    } catch (problem) {
      if (!(problem instanceof ApiError)) throw problem; // the number stays as it was
    }
  }
}

export const offen = new Offen();
live.on('postkorb', () => void offen.ask());
