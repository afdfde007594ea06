import { isTyping, keyName } from '../base/keys';

export interface Shortcut {
  /** As `keyName` writes it; several keys may do the same. */
  keys: readonly string[];
  label: string;
  run: () => void;
  /** Also works inside a text field (only for combinations with Strg). */
  whileTyping?: boolean;
}

class Shortcuts {
  // Not reactive: it is read when a key is pressed, not when something is shown.
  private layers: readonly (() => readonly Shortcut[])[] = [];

  add(layer: () => readonly Shortcut[]): () => void {
    this.layers = [...this.layers, layer];
    return () => {
      this.layers = this.layers.filter((other) => other !== layer);
    };
  }

  /** All keys that work now, the innermost screen's first. */
  all(): Shortcut[] {
    return [...this.layers].reverse().flatMap((layer) => [...layer()]);
  }

  handle(event: KeyboardEvent): void {
    if (event.defaultPrevented || document.querySelector('dialog[open]') !== null) return;
    const name = keyName(event);
    const typing = isTyping(event.target);
    const hit = this.all().find((shortcut) => shortcut.keys.includes(name) && (!typing || shortcut.whileTyping === true));
    if (hit === undefined) return;
    // Enter and space on a focused control belong to that control.
    const onControl = event.target instanceof Element && event.target.closest('a, button, summary, [role="tab"], [role="option"], [role="treeitem"]') !== null;
    if (name === 'Enter' && onControl) return;
    event.preventDefault();
    hit.run();
  }
}

export const shortcuts = new Shortcuts();

/** Binds keys for as long as the component that calls it is on the screen. */
export function useShortcuts(layer: () => readonly Shortcut[]): void {
  $effect(() => shortcuts.add(layer));
}
