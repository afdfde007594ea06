import { api, renditionUrl } from '../../api/calls';
import type { Renditionen } from '../../api/types';
import { t } from '../texts';

const EVERY = 1500;
/** Formats of which something is made after they have come in. */
const MADE = ['pdf', 'tiff', 'png', 'jpeg', 'docx', 'xlsx', 'pptx', 'odt', 'ods', 'odp', 'rtf', 'doc', 'xls', 'ppt'];

const isOpen = (step: Renditionen['pdf'] | undefined): boolean => step?.stand === 'wartet' || step?.stand === 'laeuft';

/** What is made of a version, asked again as long as something is under way. */
export class VersionRenditionen {
  value = $state.raw<Renditionen>();
  /** Whether it is known what there is. */
  asked = $state(false);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #gone = new AbortController();

  constructor(
    private readonly dokument: string,
    private readonly nr: number,
    format: string,
    /** Told once the text was recognised while one looked on. */
    private readonly onread: () => void,
  ) {
    if (MADE.includes(format)) void this.#ask().finally(() => (this.asked = true));
    else this.asked = true;
  }

  stop(): void {
    this.#gone.abort();
    clearTimeout(this.#timer);
  }

  async #ask(): Promise<void> {
    const reading = isOpen(this.value?.texterkennung);
    try {
      this.value = await api.renditionen(this.dokument, this.nr, this.#gone.signal);
    } catch {
      // The preview goes on without.
      return;
    }
    if (this.#gone.signal.aborted) return;
    if (reading && this.value.texterkennung.stand === 'fertig') this.onread();
    if (this.running) this.#timer = setTimeout(() => void this.#ask(), EVERY);
  }

  get running(): boolean {
    const { value } = this;
    return value !== undefined && [value.texterkennung, value.vorschau, value.pdf].some(isOpen);
  }

  has(art: 'durchsuchbar' | 'pdf'): boolean {
    return this.value?.renditionen.some((one) => one.art === art) ?? false;
  }

  /** Pictures of all pages; made anew they have a new address, so that none is shown from the browser's memory. */
  get pictures(): { nr: number; url: string }[] {
    return (this.value?.renditionen ?? [])
      .filter((one) => one.art === 'vorschau' && one.seite > 0)
      .map((one) => ({ nr: one.seite, url: `${renditionUrl(this.dokument, this.nr, 'vorschau', one.seite)}#${one.erzeugt}` }));
  }

  /** What is happening, in words; empty when nothing is. */
  get sentence(): string {
    const { value } = this;
    if (value === undefined) return '';
    const { texterkennung: text, pdf } = value;
    if (text.gesamt === 0 && isOpen(text)) return ''; // only codes are looked for
    if (text.stand === 'laeuft' || (text.stand === 'wartet' && text.erledigt > 0)) return t('texterkennungLaeuft', { n: Math.min(text.erledigt + 1, text.gesamt), von: text.gesamt });
    if (text.stand === 'wartet') return t('texterkennungWartet');
    if (pdf.stand === 'laeuft' || pdf.stand === 'wartet') return t('pdfEntsteht');
    if (pdf.stand === 'nichtMoeglich') return t('pdfFehlt');
    if (pdf.stand === 'gescheitert') return t('pdfGescheitert');
    if (text.stand === 'gescheitert') return t('texterkennungGescheitert');
    return '';
  }
}
