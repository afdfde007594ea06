import type { Vorschlag } from '../../api/types';

export type Target = Pick<Vorschlag, 'id' | 'zeichen' | 'betreff'> & { ort?: string | undefined };
/** Why a place is proposed: the letter names its sign, shares a word with its Betreff, or it was simply used last. */
export type Reason = { art: 'zeichen' | 'wort'; text: string } | { art: 'zuletzt' };
export interface Proposal {
  target: Target;
  reason: Reason;
}
/** What was found for one clue in the letter. */
export interface Clue {
  art: 'zeichen' | 'wort';
  text: string;
  hits: readonly Target[];
}

const OFFERED = 3;

/** Signs that a text names, e.g. 632.10-4/2026-2: digits with dots, a dash, more digits, perhaps a year and a number. */
export function signsIn(text: string): string[] {
  const found = text.match(/(?<![\d.,/-])\d{1,4}(?:\.\d{1,4})*-\d{1,6}(?:\/\d{2,4}(?:-\d{1,6}){0,2})?(?![\d/-])/g) ?? [];
  return [...new Set(found)];
}

/**
 * At most three places for a letter. First those whose sign it names, then those that share most words with it
 * (most telling word first), then those used last here. Each one says why.
 */
export function rankProposals(clues: readonly Clue[], recent: readonly Target[]): Proposal[] {
  const found = new Map<string, { proposal: Proposal; weight: number }>();
  for (const { art, text, hits } of clues) {
    for (const target of hits) {
      const weight = art === 'zeichen' ? 100 : 1;
      const known = found.get(target.id);
      if (known === undefined) found.set(target.id, { proposal: { target, reason: { art, text } }, weight });
      else known.weight += weight;
    }
  }
  const best = [...found.values()].sort((a, b) => b.weight - a.weight).map((entry) => entry.proposal);
  const rest = recent.filter((target) => !found.has(target.id)).map((target): Proposal => ({ target, reason: { art: 'zuletzt' } }));
  return [...best, ...rest].slice(0, OFFERED);
}
