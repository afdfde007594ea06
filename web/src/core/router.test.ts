// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { findScreen, matchPath, type Screen } from './router.svelte';

const screen = (pattern: string): Screen => ({ pattern, title: () => pattern, load: () => Promise.reject(new Error('not loaded in this test')) });

describe('router', () => {
  it('takes parameters from the path', () => {
    expect(matchPath('/vorgaenge/:id/dokumente/:dokId', '/vorgaenge/a/dokumente/b')).toEqual({ id: 'a', dokId: 'b' });
    expect(matchPath('/', '/')).toEqual({});
  });
  it('refuses what does not fit', () => {
    expect(matchPath('/akten/:id', '/akten')).toBeUndefined();
    expect(matchPath('/akten/:id', '/vorgaenge/a')).toBeUndefined();
  });
  it('finds the screen', () => {
    const screens = [screen('/'), screen('/posteingang'), screen('/posteingang/:id')];
    expect(findScreen(screens, '/posteingang/7')?.screen.pattern).toBe('/posteingang/:id');
    expect(findScreen(screens, '/nirgends')).toBeUndefined();
  });
});
