import { ApiError } from '../api/problem';

/** A table that is read in: first it is told row by row what would happen, then that is done. */
export class Einlesung<Bericht> {
  file = $state.raw<File>();
  bericht = $state.raw<Bericht>();
  problem = $state.raw<ApiError>();
  busy = $state(false);

  /** `ask` sends the file; with `anwenden` it is taken over. */
  constructor(private readonly ask: (file: File, anwenden: boolean) => Promise<Bericht>) {}

  /** Looks into the first of what was chosen or dropped. */
  look = (files: readonly File[]): void => {
    const [given] = files;
    if (given === undefined) return;
    this.file = given;
    this.bericht = undefined;
    void this.send(given, false);
  };

  /** Takes over what was looked into; gives what came of it, or nothing where there is a problem. */
  async apply(): Promise<Bericht | undefined> {
    return this.file === undefined || this.bericht === undefined ? undefined : await this.send(this.file, true);
  }

  private async send(given: File, anwenden: boolean): Promise<Bericht | undefined> {
    this.busy = true;
    this.problem = undefined;
    try {
      const bericht = await this.ask(given, anwenden);
      this.bericht = bericht;
      return bericht;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.problem = error;
      return undefined;
    } finally {
      this.busy = false;
    }
  }
}
