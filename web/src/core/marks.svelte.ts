import { SvelteSet } from 'svelte/reactivity';

/** The rows of a list that are marked for work on many at once. */
export class Marks {
  readonly ids = new SvelteSet<string>();

  set = (items: readonly { id: string }[], on: boolean): void => {
    for (const item of items) {
      if (on) this.ids.add(item.id);
      else this.ids.delete(item.id);
    }
  };
  /** All of a list, or as many as are worked on at once. */
  async setAll(list: { upTo(count: number): Promise<readonly { id: string }[]> }): Promise<void> {
    this.set(await list.upTo(10_000), true);
  }
  clear(): void {
    this.ids.clear();
  }
}
