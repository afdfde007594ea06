import { expect, it } from 'vitest';
import { gruppeOf, gruppiere } from './gruppen';

it('groups by what is due', () => {
  expect(gruppeOf('2026-11-26', '2026-11-27')).toBe('ueberfaellig');
  expect(gruppeOf('2026-11-27', '2026-11-27')).toBe('heute');
  expect(gruppeOf('2026-12-04', '2026-11-27')).toBe('woche');
  expect(gruppeOf('2026-12-05', '2026-11-27')).toBe('spaeter');
  expect(gruppeOf(undefined, '2026-11-27')).toBe('ohne');
  expect(gruppiere([{}, { termin: '2026-11-01' }], '2026-11-27').map((one) => one.gruppe)).toEqual(['ueberfaellig', 'ohne']);
});
