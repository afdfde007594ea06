import { ApiError } from '../../api/problem';
import { mergeFields } from '../../base/merge';
import { notices } from '../notices.svelte';
import { t } from '../texts';

interface Revised {
  id: string;
  stand: number;
}
export interface Conflict<Fields> {
  key: keyof Fields & string;
  mine: string;
  theirs: string;
}
export interface EditorOptions<Item extends Revised, Fields> {
  /** The object as the screen shows it now. */
  item: () => Item | undefined;
  fields: (item: Item) => Fields;
  save: (item: Item, changes: Partial<Fields>) => Promise<Item>;
  reload: (id: string) => Promise<Item>;
  accept: (item: Item) => void;
}

/**
 * Edits an object in place, one field at a time. When somebody else saved meanwhile, a change to another field is
 * sent again on top of theirs; only a field that both changed asks the person (`conflicts`).
 */
export class Editor<Item extends Revised, Fields extends { [Key in keyof Fields]: string }> {
  conflicts = $state.raw<readonly Conflict<Fields>[]>([]);
  errors = $state.raw<Readonly<Record<string, string>>>({});
  saving = $state(false);

  constructor(private readonly options: EditorOptions<Item, Fields>) {}

  async set(changes: Partial<Fields>): Promise<void> {
    const item = this.options.item();
    if (item === undefined) return;
    await this.send(item, changes, true);
  }

  /** The person's choice in a conflict. */
  async resolve(key: keyof Fields & string, take: 'mine' | 'theirs'): Promise<void> {
    const conflict = this.conflicts.find((one) => one.key === key);
    const item = this.options.item();
    this.conflicts = this.conflicts.filter((one) => one.key !== key);
    if (conflict === undefined || item === undefined || take === 'theirs') return;
    const changes: Partial<Fields> = {};
    Object.assign(changes, { [key]: conflict.mine });
    await this.send(item, changes, true);
  }

  private async send(item: Item, changes: Partial<Fields>, mayMerge: boolean): Promise<void> {
    this.saving = true;
    try {
      const saved = await this.options.save(item, changes);
      this.errors = {};
      this.options.accept(saved);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.isStale && mayMerge) await this.merge(item, changes);
      else if (error.feld !== undefined && error.feld in changes) this.errors = { ...this.errors, [error.feld]: error.message };
      else notices.problem(error);
    } finally {
      this.saving = false;
    }
  }

  private async merge(item: Item, changes: Partial<Fields>): Promise<void> {
    const theirs = await this.options.reload(item.id);
    const now = this.options.fields(theirs);
    const { apply, conflicts } = mergeFields(this.options.fields(item), changes, now);
    this.options.accept(theirs);
    const open: Conflict<Fields>[] = [];
    for (const key in changes) if (conflicts.includes(key)) open.push({ key, mine: String(changes[key] ?? ''), theirs: now[key] });
    this.conflicts = open;
    if (Object.keys(apply).length === 0) return;
    await this.send(theirs, apply, false);
    notices.show({ text: t('inzwischenGeaendert') });
  }
}
