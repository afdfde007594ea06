// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { isTyping, keyName } from './keys';

const key = (name: string, modifiers = {}): string => keyName({ key: name, ctrlKey: false, metaKey: false, altKey: false, ...modifiers });

describe('keys', () => {
  it('are named as people read them', () => {
    expect(key('j')).toBe('j');
    expect(key('k', { ctrlKey: true })).toBe('Strg+K');
    expect(key('Enter', { metaKey: true })).toBe('Strg+Enter');
  });
  it('belong to the field one types in', () => {
    const input = document.createElement('input');
    const box = document.createElement('input');
    box.type = 'checkbox';
    expect([isTyping(input), isTyping(box), isTyping(document.body), isTyping(null)]).toEqual([true, false, false, false]);
  });
});
