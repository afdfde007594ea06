import type { Target } from './proposals';

const KEPT = 5;
let list: readonly Target[] = [];

/** The Vorgänge that letters were filed into last, newest first; forgotten when the page is closed. */
export function recentTargets(): readonly Target[] {
  return list;
}
export function remember(target: Target): void {
  list = [target, ...list.filter((other) => other.id !== target.id)].slice(0, KEPT);
}
