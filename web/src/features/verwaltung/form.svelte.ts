import { ApiError } from '../../api/problem';
import { t } from './texts';

/** What every form here shares: being sent once, errors at their field, what was typed kept. */
export class FormState {
  problem = $state.raw<ApiError>();
  tried = $state(false);
  busy = $state(false);

  /** The message for a field: from the server, or that a required one is empty. */
  error(feld: string, value?: string): string | undefined {
    if (this.problem?.feld === feld) return this.problem.message;
    return this.tried && value !== undefined && value.trim() === '' ? t('pflicht') : undefined;
  }
  /** A problem that belongs to no single field. */
  get general(): ApiError | undefined {
    return this.problem?.feld === undefined ? this.problem : undefined;
  }

  /** Sends when all required values are there; true when the server accepted. `onstale` fetches the newer revision. */
  async send(required: readonly string[], run: () => Promise<void>, onstale?: () => Promise<void>): Promise<boolean> {
    this.tried = true;
    if (this.busy || required.some((value) => value.trim() === '')) return false;
    this.busy = true;
    this.problem = undefined;
    try {
      await run();
      this.tried = false;
      return true;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.problem = error.isStale ? new ApiError(412, error.code, t('veraltet'), '', '', undefined) : error;
      if (error.isStale) await onstale?.();
      return false;
    } finally {
      this.busy = false;
    }
  }
}
