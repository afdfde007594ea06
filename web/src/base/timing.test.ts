import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { debounce, latest } from './timing';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('debounce', () => {
  it('runs once with the last arguments', () => {
    const run = vi.fn();
    const call = debounce(50, run);
    call('a');
    call('ab');
    vi.advanceTimersByTime(60);
    expect(run.mock.calls).toEqual([['ab']]);
  });
  it('can be cancelled', () => {
    const run = vi.fn();
    const call = debounce(50, run);
    call();
    call.cancel();
    vi.advanceTimersByTime(60);
    expect(run).not.toHaveBeenCalled();
  });
});

describe('latest', () => {
  it('drops an older answer that arrives later', async () => {
    const answers = new Map<string, (value: string) => void>();
    const ask = latest((_signal, word: string) => new Promise<string>((resolve) => answers.set(word, resolve)));
    const first = ask('stra');
    const second = ask('strasse');
    answers.get('strasse')?.('new');
    answers.get('stra')?.('old');
    expect(await second).toBe('new');
    expect(await first).toBeUndefined();
  });
});
