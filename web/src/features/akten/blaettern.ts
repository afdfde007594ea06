/** Pages under each other in something that scrolls, by the distance of their upper edge from the first one's. */
export interface Blatt {
  oben: number;
  hoehe: number;
}

/** Where the pages stand: 2.25 is a quarter down the third page. Between two pages it is the end of the first. */
export function stelleVon(oben: number, blaetter: readonly Blatt[]): number {
  const index = Math.max(0, blaetter.filter((blatt) => blatt.oben <= oben).length - 1);
  const blatt = blaetter[index];
  if (blatt === undefined || blatt.hoehe === 0) return 0;
  return index + Math.min(1, Math.max(0, (oben - blatt.oben) / blatt.hoehe));
}

/** The other way round; what lies before the first page or behind the last is cut off. */
export function obenVon(stelle: number, blaetter: readonly Blatt[]): number {
  const index = Math.min(Math.max(0, Math.floor(stelle)), blaetter.length - 1);
  const blatt = blaetter[index];
  if (blatt === undefined) return 0;
  return blatt.oben + blatt.hoehe * Math.min(1, Math.max(0, stelle - index));
}

/** The part of a preview that scrolls. */
const rollend = (seite: Element): HTMLElement | null => seite.querySelector<HTMLElement>('[role="region"]');

function blaetterIn(region: HTMLElement): Blatt[] {
  const all = [...region.children].filter((child): child is HTMLElement => child instanceof HTMLElement);
  const first = all[0]?.offsetTop ?? 0;
  return all.map((child) => ({ oben: child.offsetTop - first, hoehe: child.offsetHeight }));
}

/** Two previews whose pages scroll together, page by page, however large each of them is. */
export class Gemeinsam {
  /** How many pages the right side is ahead of the left one: set by scrolling one of them alone. */
  #versatz = 0;
  /** What was scrolled by us, and to where: its event is no wish of the person. */
  #gesetzt = new WeakMap<HTMLElement, number>();

  constructor(private readonly seiten: () => readonly Element[]) {}

  #stelle(region: HTMLElement): number {
    return stelleVon(region.scrollTop, blaetterIn(region));
  }
  #setze(region: HTMLElement, stelle: number): void {
    region.scrollTop = obenVon(stelle, blaetterIn(region));
    this.#gesetzt.set(region, region.scrollTop);
  }

  /** Keeps the distance that the two have now. */
  binde(): void {
    const [links, rechts] = this.seiten().map(rollend);
    if (links && rechts) this.#versatz = this.#stelle(rechts) - this.#stelle(links);
  }

  folge(event: Event): void {
    const region = event.target;
    if (!(region instanceof HTMLElement)) return;
    const own = this.#gesetzt.get(region);
    this.#gesetzt.delete(region);
    if (own !== undefined && Math.abs(own - region.scrollTop) < 1) return;
    const [links, rechts] = this.seiten().map(rollend);
    if (!links || !rechts) return;
    if (region === links) this.#setze(rechts, this.#stelle(links) + this.#versatz);
    else if (region === rechts) this.#setze(links, this.#stelle(rechts) - this.#versatz);
  }

  /** To the beginning of the next page, or of the one before. */
  blaettere(schritt: 1 | -1): void {
    const region = this.seiten().map(rollend).find((one) => one !== null);
    if (!region) return;
    const stelle = this.#stelle(region);
    // A little of the page before is still to be seen when one has turned to a page.
    const to = schritt > 0 ? Math.floor(stelle + 0.02) + 1 : Math.ceil(stelle - 0.02) - 1;
    region.scrollTop = obenVon(to, blaetterIn(region));
  }
}
