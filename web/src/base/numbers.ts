import { languageTag } from './locale';

export function formatCount(value: number): string {
  return value.toLocaleString(languageTag());
}

/** Bytes in the unit people read: 812 B, 14 KB, 2,3 MB. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const units = ['KB', 'MB', 'GB', 'TB'];
  let value = bytes / 1000;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${value.toLocaleString(languageTag(), { maximumFractionDigits: value < 10 ? 1 : 0 })} ${units[unit] ?? ''}`;
}

/** An amount of money as people read it: 1.234,50 EUR. `amount` is a decimal number with a point. */
export function formatAmount(amount: string, currency: string | undefined): string {
  const value = Number(amount).toLocaleString(languageTag(), { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return currency === undefined || currency === '' ? value : `${value} ${currency}`;
}
