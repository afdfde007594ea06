import type { Recht } from '../api/types';
import type { Screen } from './router.svelte';

/** An entry of the main menu. */
export interface NavEntry {
  path: string;
  label: () => string;
  /** Shown only when one of these rights is there; without the list, for everybody. */
  rechte?: readonly Recht[];
  /** Small number beside the label, e.g. what waits. */
  count?: () => number | undefined;
}

/** Something the command palette can do besides going to a screen. */
export interface Command {
  label: () => string;
  keys?: string;
  run: () => void;
}

/** What a feature gives to the program. The composition root (app.ts) lists them; features do not know each other. */
export interface Feature {
  screens: readonly Screen[];
  nav?: readonly NavEntry[];
  commands?: readonly Command[];
}

let registered: readonly Feature[] = [];

export function register(features: readonly Feature[]): void {
  registered = features;
}
export function screens(): Screen[] {
  return registered.flatMap((feature) => [...feature.screens]);
}
export function navigation(): NavEntry[] {
  return registered.flatMap((feature) => [...(feature.nav ?? [])]);
}
export function commands(): Command[] {
  return registered.flatMap((feature) => [...(feature.commands ?? [])]);
}
