import type { Werkzeugart } from '../../api/types';

export const WERKZEUGARTEN: readonly Werkzeugart[] = ['checkliste', 'handreichung', 'vorlage', 'schulung'];

/** What a version is followed by when nobody says more: the last number grows by one. */
export function naechsteVersion(now: string): string {
  const parts = now.split('.');
  const last = Number(parts.at(-1));
  return Number.isInteger(last) && parts.length > 1 ? [...parts.slice(0, -1), last + 1].join('.') : `${now}.1`;
}
