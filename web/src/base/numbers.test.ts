import { describe, expect, it } from 'vitest';
import { formatAmount } from './numbers';

describe('formatAmount', () => {
  it('writes an amount with its groups, two digits and the currency', () => {
    expect(formatAmount('1234.5', 'EUR')).toBe('1.234,50 EUR');
    expect(formatAmount('-225.14', undefined)).toBe('-225,14');
    expect(formatAmount('12829687.50', '')).toBe('12.829.687,50');
  });
});
