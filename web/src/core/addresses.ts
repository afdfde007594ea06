import type { VorschlagArt } from '../api/types';

/** Where an object shows. The only place that knows the addresses of other features' screens. */
export function addressOf(object: { art: VorschlagArt; id: string }): string {
  switch (object.art) {
    case 'akte':
      return `/akten/${object.id}`;
    case 'vorgang':
      return `/vorgaenge/${object.id}`;
    case 'aktenplaneinheit':
      return `/aktenplan?eintrag=${object.id}`;
  }
}
