import { ApiError } from '../api/problem';
import type { Liste } from '../api/types';

/** Something loaded from the server for a key that may change; an older answer never overwrites a newer one. */
export class Resource<Value> {
  value = $state.raw<Value>();
  error = $state.raw<ApiError>();
  loading = $state(false);
  private run = 0;
  private again: (() => Promise<void>) | undefined;

  /** Asks; a rejected question ends in `error` and leaves the last value standing. */
  async ask(question: () => Promise<Value>): Promise<void> {
    this.again = () => this.ask(question);
    const mine = ++this.run;
    this.loading = true;
    try {
      const value = await question();
      if (mine !== this.run) return;
      this.value = value;
      this.error = undefined;
    } catch (error) {
      if (mine !== this.run) return;
      if (!(error instanceof ApiError)) throw error;
      this.error = error;
    } finally {
      if (mine === this.run) this.loading = false;
    }
  }
  async reload(): Promise<void> {
    await this.again?.();
  }
  clear(): void {
    this.run += 1;
    this.value = undefined;
    this.error = undefined;
    this.loading = false;
  }
}

/** Loads anew whenever `key` changes; without a key there is nothing. Call while a component is set up. */
export function resource<Value>(key: () => string | undefined, question: (key: string) => Promise<Value>): Resource<Value> {
  const result = new Resource<Value>();
  let shown: string | undefined;
  $effect(() => {
    const now = key();
    if (now !== shown) result.clear();
    shown = now;
    if (now !== undefined) void result.ask(() => question(now));
  });
  return result;
}

/** A list that comes in pages; `more` is called when the end comes into view. */
export class Paged<Item> {
  items = $state.raw<readonly Item[]>([]);
  error = $state.raw<ApiError>();
  loading = $state(false);
  /** The first page has arrived. */
  ready = $state(false);
  total = $state<number>();
  private next = $state<string>();
  private run = 0;
  private running = Promise.resolve();

  constructor(private readonly page: (nach: string | undefined) => Promise<Liste<Item>>) {}

  async reload(): Promise<void> {
    this.run += 1;
    await this.fetch(undefined);
  }
  get hasMore(): boolean {
    return this.next !== undefined;
  }
  async more(): Promise<void> {
    if (this.loading) await this.running;
    else if (this.next !== undefined) await this.fetch(this.next);
  }
  /** The first `count` items, or as many as there are; what was there before when a page does not come. */
  async upTo(count: number): Promise<readonly Item[]> {
    while (this.items.length < count && (this.loading || this.hasMore)) {
      await this.more();
      if (this.error !== undefined) break;
    }
    return this.items.slice(0, count);
  }
  /** Takes items out of what is shown, without asking the server. */
  remove(matches: (item: Item) => boolean): void {
    this.items = this.items.filter((item) => !matches(item));
    if (this.total !== undefined) this.total = Math.max(0, this.total - 1);
  }

  private fetch(nach: string | undefined): Promise<void> {
    return (this.running = this.load(nach));
  }
  private async load(nach: string | undefined): Promise<void> {
    const mine = this.run;
    this.loading = true;
    try {
      const answer = await this.page(nach);
      if (mine !== this.run) return;
      this.items = nach === undefined ? answer.eintraege : [...this.items, ...answer.eintraege];
      this.next = answer.nach;
      this.total = answer.anzahl;
      this.error = undefined;
      this.ready = true;
    } catch (error) {
      if (mine !== this.run) return;
      if (!(error instanceof ApiError)) throw error;
      this.error = error;
    } finally {
      if (mine === this.run) this.loading = false;
    }
  }
}
