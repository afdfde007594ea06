import { describe, expect, it } from 'vitest';
import { exampleSign } from './zeichen';

describe('the example of a template', () => {
  it('fills in every part', () => expect(exampleSign('{OE} {Aktenplan}-{Akte}/{Jahr}-{Lfd:4}')).toBe('BA 632.10-4/2026-0017'));
  it('leaves what it does not know', () => expect(exampleSign('{Wort}-{Akte}')).toBe('{Wort}-4'));
});
