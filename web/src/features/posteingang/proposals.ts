import type { Vorschlag } from '../../api/types';

export type Target = Pick<Vorschlag, 'id' | 'zeichen' | 'betreff'> & { ort?: string | undefined };
export interface Proposal {
  target: Target;
  /** The word that led to it; none when it was simply used last. */
  word?: string;
}

const OFFERED = 3;

/**
 * At most three places for a letter: Vorgänge that share most words with it first (`found`: hits per word, most
 * telling word first), then those used last here. Each one names its reason.
 */
export function rankProposals(found: ReadonlyMap<string, readonly Target[]>, recent: readonly Target[]): Proposal[] {
  const shared = new Map<string, { proposal: Proposal; words: number }>();
  for (const [word, hits] of found) {
    for (const target of hits) {
      const known = shared.get(target.id);
      if (known === undefined) shared.set(target.id, { proposal: { target, word }, words: 1 });
      else known.words += 1;
    }
  }
  const best = [...shared.values()].sort((a, b) => b.words - a.words).map((entry) => entry.proposal);
  const rest = recent.filter((target) => !shared.has(target.id)).map((target) => ({ target }));
  return [...best, ...rest].slice(0, OFFERED);
}
