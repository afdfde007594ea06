import { describe, expect, it } from 'vitest';
import { ApiError } from '../api/problem';
import { Paged, Resource } from './resource.svelte';

const refused = new ApiError(500, 'x', 'Fehler', '', '', undefined);

describe('Resource', () => {
  it('ignores an older answer that comes late', async () => {
    const resource = new Resource<string>();
    let late: (value: string) => void = () => {};
    const first = resource.ask(() => new Promise((resolve) => (late = resolve)));
    await resource.ask(() => Promise.resolve('new'));
    late('old');
    await first;
    expect(resource.value).toBe('new');
  });
  it('keeps what it has when a reload is refused', async () => {
    const resource = new Resource<string>();
    await resource.ask(() => Promise.resolve('there'));
    await resource.ask(() => Promise.reject(refused));
    expect([resource.value, resource.error?.code, resource.loading]).toEqual(['there', 'x', false]);
  });
});

describe('Paged', () => {
  it('adds page to page until there is none', async () => {
    const pages = new Map([[undefined, { eintraege: [1, 2], nach: 'b' }], ['b', { eintraege: [3] }]]);
    const list = new Paged<number>((nach) => Promise.resolve(pages.get(nach) ?? { eintraege: [] }));
    await list.reload();
    await list.more();
    await list.more();
    expect(list.items).toEqual([1, 2, 3]);
  });
  it('goes on from a page that is under way to as many as are wanted', async () => {
    const list = new Paged<number>((nach) => new Promise((resolve) => setTimeout(() => resolve({ eintraege: [Number(nach ?? 0)], nach: String(Number(nach ?? 0) + 1) }), 1)));
    await list.reload();
    void list.more();
    expect(await list.upTo(4)).toEqual([0, 1, 2, 3]);
    expect(await list.upTo(2)).toEqual([0, 1]);
  });
  it('stops where a page does not come, and goes on when asked again', async () => {
    let away = false;
    const list = new Paged<number>((nach) => (away ? Promise.reject(refused) : Promise.resolve({ eintraege: [Number(nach ?? 0)], ...(nach === '2' ? {} : { nach: String(Number(nach ?? 0) + 1) }) })));
    await list.reload();
    away = true;
    expect(await list.upTo(10)).toEqual([0]);
    expect(list.error).toBe(refused);
    away = false;
    expect(await list.upTo(10)).toEqual([0, 1, 2]);
  });
});
