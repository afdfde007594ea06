import { describe, expect, it } from 'vitest';
import { ancestors, buildTree, filterWithAncestors, visibleRows } from './tree';

const plan = [
  { id: '6', titel: 'Bauen' },
  { id: '63', ueber: '6', titel: 'Bauordnung' },
  { id: '632', ueber: '63', titel: 'Bauanträge' },
  { id: '7', titel: 'Umwelt' },
  { id: 'x', ueber: 'hidden', titel: 'Above it is not visible' },
];

describe('tree', () => {
  it('nests, and keeps an entry whose parent may not be seen', () => {
    const roots = buildTree(plan);
    expect(roots.map((node) => node.item.id)).toEqual(['6', '7', 'x']);
    expect(roots[0]?.children[0]?.children[0]?.level).toBe(3);
  });
  it('shows only what is unfolded', () => {
    const roots = buildTree(plan);
    expect(visibleRows(roots, new Set(['6'])).map((node) => node.item.id)).toEqual(['6', '63', '7', 'x']);
  });
  it('knows the way down', () => expect(ancestors(plan, '632')).toEqual(['6', '63']));
  it('survives a circle in the data', () => {
    const circle = [{ id: 'a', ueber: 'b' }, { id: 'b', ueber: 'a' }];
    expect(ancestors(circle, 'a')).toEqual(['a', 'b']);
  });
  it('filters with the place of each match', () => {
    expect(filterWithAncestors(plan, (item) => item.titel === 'Bauanträge').map((item) => item.id)).toEqual(['6', '63', '632']);
  });
});
