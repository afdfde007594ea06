import { describe, expect, it } from 'vitest';
import { mergeFields } from './merge';

const base = { betreff: 'Antrag', absender: 'Meier', datum: '2026-11-01' };

describe('mergeFields', () => {
  it('keeps my change when the other person changed another field', () => {
    expect(mergeFields(base, { betreff: 'Bauantrag' }, { ...base, absender: 'Meyer' })).toEqual({ apply: { betreff: 'Bauantrag' }, conflicts: [] });
  });
  it('asks when both changed the same field', () => {
    expect(mergeFields(base, { betreff: 'Bauantrag' }, { ...base, betreff: 'Anfrage' })).toEqual({ apply: {}, conflicts: ['betreff'] });
  });
  it('has nothing to do when both wrote the same', () => {
    expect(mergeFields(base, { betreff: 'Anfrage' }, { ...base, betreff: 'Anfrage' })).toEqual({ apply: {}, conflicts: [] });
  });
});
