/** Calls `run` once, `milliseconds` after the last call; `cancel` forgets a waiting one. */
export function debounce<Args extends unknown[]>(milliseconds: number, run: (...args: Args) => void): ((...args: Args) => void) & { cancel: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const cancel = (): void => clearTimeout(timer);
  const call = (...args: Args): void => {
    cancel();
    timer = setTimeout(() => run(...args), milliseconds);
  };
  return Object.assign(call, { cancel });
}

/** Wraps an asynchronous question so that only the answer to the newest one arrives; older ones are aborted. */
export function latest<Args extends unknown[], Answer>(ask: (signal: AbortSignal, ...args: Args) => Promise<Answer>): (...args: Args) => Promise<Answer | undefined> {
  let controller: AbortController | undefined;
  return async (...args) => {
    controller?.abort();
    const mine = new AbortController();
    controller = mine;
    try {
      const answer = await ask(mine.signal, ...args);
      return mine.signal.aborted ? undefined : answer;
    } catch (error) {
      if (mine.signal.aborted) return undefined;
      throw error;
    }
  };
}
