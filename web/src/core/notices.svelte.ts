import { ApiError } from '../api/problem';

export interface Notice {
  text: string;
  /** What one can do about it, e.g. Rückgängig. */
  action?: { label: string; run: () => void | Promise<void> };
  link?: { label: string; href: string };
  tone?: 'done' | 'problem';
}

const SHOWN_MILLISECONDS = 10_000;

/** The bar at the bottom: one sentence about what just happened. A new one replaces the old one. */
class Notices {
  current = $state.raw<Notice>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  show(notice: Notice): void {
    this.current = notice;
    this.resume();
  }
  problem(error: unknown): void {
    if (!(error instanceof ApiError)) throw error;
    this.show({ text: [error.message, error.hinweis].filter((part) => part !== '').join(' '), tone: 'problem' });
  }
  close(): void {
    clearTimeout(this.timer);
    this.current = undefined;
  }
  /** Someone reads or reaches for it: it stays. */
  hold(): void {
    clearTimeout(this.timer);
  }
  resume(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.close(), SHOWN_MILLISECONDS);
  }
  async act(): Promise<void> {
    const action = this.current?.action;
    this.close();
    if (action === undefined) return;
    try {
      await action.run();
    } catch (error) {
      this.problem(error);
    }
  }
}

export const notices = new Notices();
