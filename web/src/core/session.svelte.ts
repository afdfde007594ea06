import { api } from '../api/calls';
import { setCsrf, whenSignedOut } from '../api/client';
import { ApiError } from '../api/problem';
import type { Recht, Sitzung } from '../api/types';

class Session {
  /** undefined while nobody is logged in. */
  current = $state.raw<Sitzung>();
  /** The first question to the server is still under way. */
  loading = $state(true);
  /** The server ended the session while a screen was open: the screen stays, a login comes over it. */
  expired = $state(false);

  constructor() {
    whenSignedOut(() => {
      if (this.current !== undefined) this.expired = true;
    });
  }

  async restore(): Promise<void> {
    try {
      this.enter(await api.sitzung());
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
    } finally {
      this.loading = false;
    }
  }

  enter(sitzung: Sitzung): void {
    setCsrf(sitzung.csrf);
    this.current = sitzung;
    this.expired = false;
  }

  async leave(everywhere = false): Promise<void> {
    await (everywhere ? api.ueberallAbmelden() : api.abmelden());
    this.current = undefined;
    this.expired = false;
    setCsrf('');
  }

  /** True when the logged-in person has the right; screens hide what would be refused, the server still decides. */
  hat(recht: Recht): boolean {
    return this.current?.rechte.includes(recht) ?? false;
  }
  /** Whether the person heads a unit. */
  get leitet(): boolean {
    return this.current?.stellen.some((stelle) => stelle.leitung) ?? false;
  }
}

export const session = new Session();
