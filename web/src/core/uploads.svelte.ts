import { ApiError } from '../api/problem';
import type { Dokument } from '../api/types';
import { upload, type UploadTarget } from '../api/upload';

export interface Upload {
  readonly nr: number;
  readonly file: File;
  readonly target: UploadTarget;
  share: number;
  state: 'wartet' | 'laeuft' | 'fertig' | 'fehler';
  error?: string;
}

type Done = (dokument: Dokument) => void;
const AT_ONCE = 2;

/** Files on their way to the server. Lives beside the screens, so that it goes on when one leaves them. */
class Uploads {
  list = $state<Upload[]>([]);
  private next = 1;
  private done = new Map<number, Done>();

  add(files: Iterable<File>, target: UploadTarget, done: Done): void {
    for (const file of files) {
      const nr = this.next++;
      this.done.set(nr, done);
      this.list.push({ nr, file, target, share: 0, state: 'wartet' });
    }
    this.pump();
  }
  retry(nr: number): void {
    const item = this.list.find((other) => other.nr === nr);
    if (item === undefined || item.state !== 'fehler') return;
    item.state = 'wartet';
    this.pump();
  }
  dismiss(nr: number): void {
    this.list = this.list.filter((other) => other.nr !== nr || other.state === 'laeuft');
  }
  get open(): number {
    return this.list.filter((item) => item.state === 'wartet' || item.state === 'laeuft').length;
  }

  private pump(): void {
    const running = this.list.filter((item) => item.state === 'laeuft').length;
    for (const item of this.list.filter((other) => other.state === 'wartet').slice(0, AT_ONCE - running)) void this.send(item);
  }

  private async send(item: Upload): Promise<void> {
    item.state = 'laeuft';
    try {
      const dokument = await upload(item.target, item.file, (share) => (item.share = share));
      item.state = 'fertig';
      this.done.get(item.nr)?.(dokument);
      this.list = this.list.filter((other) => other.nr !== item.nr);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      item.state = 'fehler';
      item.error = [error.message, error.hinweis].filter((part) => part !== '').join(' ');
    } finally {
      this.pump();
    }
  }
}

export const uploads = new Uploads();
