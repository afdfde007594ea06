/** What became of one changed field when somebody else saved meanwhile. */
export interface Merge<Fields> {
  /** My changes that touch nothing the other person changed: safe to send again. */
  apply: Partial<Fields>;
  /** Fields that both changed to different values: a person must choose. */
  conflicts: (keyof Fields)[];
}

/** Three-way merge per field: `base` is what I started from, `mine` what I want, `theirs` what the server has now. */
export function mergeFields<Fields extends object>(base: Fields, mine: Partial<Fields>, theirs: Fields): Merge<Fields> {
  const apply: Partial<Fields> = {};
  const conflicts: (keyof Fields)[] = [];
  for (const key in mine) {
    if (theirs[key] === mine[key]) continue;
    if (theirs[key] === base[key]) apply[key] = mine[key];
    else conflicts.push(key);
  }
  return { apply, conflicts };
}
