import { describe, expect, test } from 'vitest';
import type { Aktenplaneinheit } from '../../api/types';
import { closed, closedBy, mayMove } from './plan';

const entry = (id: string, more: Partial<Aktenplaneinheit> = {}): Aktenplaneinheit => ({
  id, stand: 1, kennzeichen: id, titel: id, aussonderungsart: 'B', art: 'Betreffseinheit', artGesetzt: false, blatt: true, gesperrt: false, stillgelegt: false, akten: 0, zugriff: { id: 'z', bezeichnung: 'Alle' }, ...more,
});
const plan = [entry('6'), entry('63', { ueber: '6' }), entry('632', { ueber: '63', akten: 2 }), entry('7'), entry('71', { ueber: '7', art: 'Betreffseinheit', artGesetzt: true })];
const at = (id: string): Aktenplaneinheit => plan.find((item) => item.id === id) ?? entry(`no ${id}`);

describe('closed entries', () => {
  test('by lock, retirement and validity, whose days belong to it', () => {
    expect(closed(entry('1'), '2026-11-27')).toBe(false);
    expect(closed(entry('1', { gesperrt: true }), '2026-11-27')).toBe(true);
    expect(closed(entry('1', { stillgelegt: true }), '2026-11-27')).toBe(true);
    expect(closed(entry('1', { gueltigVon: '2026-11-27', gueltigBis: '2026-11-27' }), '2026-11-27')).toBe(false);
    expect(closed(entry('1', { gueltigVon: '2026-11-28' }), '2026-11-27')).toBe(true);
    expect(closed(entry('1', { gueltigBis: '2026-11-26' }), '2026-11-27')).toBe(true);
  });
  test('what is above closes what is below', () => {
    const shut = plan.map((item) => (item.id === '6' ? { ...item, gesperrt: true } : item));
    expect(closedBy(shut, at('632'), '2026-11-27')?.id).toBe('6');
    expect(closedBy(shut, at('71'), '2026-11-27')).toBeUndefined();
  });
});

test('an entry moves where it may', () => {
  expect(mayMove(plan, at('63'), at('7'))).toBe(true);
  expect(mayMove(plan, at('6'), at('632'))).toBe(false);
  expect(mayMove(plan, at('6'), at('63'))).toBe(false);
  expect(mayMove(plan, at('63'), at('63'))).toBe(false);
  expect(mayMove(plan, at('63'), at('6'))).toBe(false);
  expect(mayMove(plan, at('7'), at('632'))).toBe(false);
  expect(mayMove(plan, at('6'), at('71'))).toBe(false);
  expect(mayMove(plan, at('6'), undefined)).toBe(false);
  expect(mayMove(plan, at('63'), undefined)).toBe(true);
});
