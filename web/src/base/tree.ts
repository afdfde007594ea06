export interface Node<Item> {
  item: Item;
  level: number;
  parent?: string;
  children: Node<Item>[];
}

interface Nested {
  id: string;
  ueber?: string | undefined;
}

/** Builds the forest from a flat list in its order; an entry whose parent is not in the list becomes a root. */
export function buildTree<Item extends Nested>(items: readonly Item[]): Node<Item>[] {
  const nodes = new Map<string, Node<Item>>(items.map((item) => [item.id, { item, level: 1, children: [] }]));
  const roots: Node<Item>[] = [];
  for (const node of nodes.values()) {
    const parent = node.item.ueber === undefined ? undefined : nodes.get(node.item.ueber);
    if (parent === undefined || parent === node) roots.push(node);
    else {
      node.parent = parent.item.id;
      parent.children.push(node);
    }
  }
  const setLevels = (list: Node<Item>[], level: number): void => {
    for (const node of list) {
      node.level = level;
      setLevels(node.children, level + 1);
    }
  };
  setLevels(roots, 1);
  return roots;
}

/** The rows that show when the nodes in `open` are unfolded, top to bottom. */
export function visibleRows<Item extends Nested>(roots: readonly Node<Item>[], open: ReadonlySet<string>): Node<Item>[] {
  return roots.flatMap((node) => [node, ...(open.has(node.item.id) ? visibleRows(node.children, open) : [])]);
}

/** Ids from the root down to the parent of `id`. */
export function ancestors<Item extends Nested>(items: readonly Item[], id: string): string[] {
  const parents = new Map(items.map((item) => [item.id, item.ueber]));
  const path: string[] = [];
  for (let next = parents.get(id); next !== undefined && !path.includes(next); next = parents.get(next)) path.unshift(next);
  return path;
}

/** Entries that match a filter, and everything above them, so that the matches keep their place in the tree. */
export function filterWithAncestors<Item extends Nested>(items: readonly Item[], matches: (item: Item) => boolean): Item[] {
  const keep = new Set<string>();
  for (const item of items) if (matches(item)) for (const id of [...ancestors(items, item.id), item.id]) keep.add(id);
  return items.filter((item) => keep.has(item.id));
}
