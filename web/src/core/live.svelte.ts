import { url } from '../api/client';

/** Lists that the server says have changed for this person. It says no more: whoever shows one asks for it again. */
export type Ereignis = 'postkorb' | 'posteingang' | 'abonnement';
const ALLE: readonly Ereignis[] = ['postkorb', 'posteingang', 'abonnement'];

/** What comes in quick succession is asked for once. */
const PAUSE = 1_000;
/** Where the stream cannot be had, all is asked for from time to time. */
const OHNE_STROM = 60_000;

class Live {
  private readonly listeners = new Map<Ereignis, Set<() => void>>();
  private readonly resting = new Map<Ereignis, boolean>();
  private source: EventSource | undefined;

  /** Calls `listener` whenever this list may be another one. Gives what ends that. */
  on(ereignis: Ereignis, listener: () => void): () => void {
    const all = this.listeners.get(ereignis) ?? new Set();
    this.listeners.set(ereignis, all);
    all.add(listener);
    return () => all.delete(listener);
  }

  /** Listens while somebody is logged in and the window is in sight: a hidden one needs no stream, and asks when it is back. */
  follow(): () => void {
    const look = (): void => {
      if (document.visibilityState === 'visible') this.connect();
      else this.close();
    };
    const timer = setInterval(() => {
      if (document.visibilityState !== 'visible' || this.source?.readyState === EventSource.OPEN) return;
      for (const one of ALLE) this.ring(one);
      if (this.source?.readyState === EventSource.CLOSED) this.connect();
    }, OHNE_STROM);
    document.addEventListener('visibilitychange', look);
    look();
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
      this.close();
    };
  }

  private connect(): void {
    this.close();
    const source = new EventSource(url('/ereignisse'));
    this.source = source;
    // Of what happened while nobody listened nothing is known.
    source.addEventListener('open', () => ALLE.forEach((one) => this.ring(one)));
    for (const one of ALLE) source.addEventListener(one, () => this.ring(one));
  }
  private close(): void {
    this.source?.close();
    this.source = undefined;
  }

  private ring(ereignis: Ereignis): void {
    if (this.resting.has(ereignis)) {
      this.resting.set(ereignis, true);
      return;
    }
    this.resting.set(ereignis, false);
    setTimeout(() => {
      const again = this.resting.get(ereignis) === true;
      this.resting.delete(ereignis);
      if (again) this.ring(ereignis);
    }, PAUSE);
    this.listeners.get(ereignis)?.forEach((listener) => listener());
  }
}

export const live = new Live();
