import { describe, expect, it } from 'vitest';
import { formatDay, formatMoment, formatWaiting, formatWhen, isoDay, parseDay } from './dates';

const now = new Date(2026, 10, 23, 10, 15);
const at = (...parts: [number, number, number, number, number]): string => new Date(...parts).toISOString();

describe('dates in words', () => {
  it('reads a day without shifting it', () => expect(parseDay('2026-03-01').getDate()).toBe(1));
  it('writes a day as the API wants it', () => expect(isoDay(now)).toBe('2026-11-23'));
  it('writes a day as people do', () => {
    expect(formatDay('2026-11-03')).toBe('03.11.2026');
    expect(formatDay(undefined)).toBe('');
  });
  it('names near days', () => {
    expect(formatMoment(at(2026, 10, 23, 8, 5), now)).toBe('heute, 08:05');
    expect(formatWhen(at(2026, 10, 22, 23, 59), now)).toBe('gestern');
    expect(formatWhen(at(2026, 2, 3, 1, 0), now)).toBe('3. März');
    expect(formatWhen(at(2025, 2, 3, 1, 0), now)).toBe('03.03.2025');
  });
  it('says how long something waits', () => {
    expect(formatWaiting(at(2026, 10, 23, 10, 0), now)).toBe('gerade eben');
    expect(formatWaiting(at(2026, 10, 23, 8, 0), now)).toBe('seit 2 Stunden');
    expect(formatWaiting(at(2026, 10, 22, 8, 0), now)).toBe('seit 1 Tag');
    expect(formatWaiting(at(2026, 9, 1, 8, 0), now)).toBe('seit 7 Wochen');
  });
});
