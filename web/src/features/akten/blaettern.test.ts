// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { Gemeinsam, obenVon, stelleVon, type Blatt } from './blaettern';

const hoch: Blatt[] = [0, 1, 2].map((nr) => ({ oben: nr * 1016, hoehe: 1000 }));
const quer: Blatt[] = [0, 1, 2, 3].map((nr) => ({ oben: nr * 516, hoehe: 500 }));

describe('pages that scroll together', () => {
  it('stand at the same part of the same page, however large it is', () => {
    expect(stelleVon(1016 + 250, hoch)).toBe(1.25);
    expect(obenVon(1.25, quer)).toBe(516 + 125);
    for (const stelle of [0, 0.5, 1, 2.75]) expect(stelleVon(obenVon(stelle, quer), quer)).toBeCloseTo(stelle);
  });
  it('wait at the end where the other has more of them', () => {
    expect(obenVon(3.5, hoch)).toBe(2 * 1016 + 1000);
    expect(obenVon(-1, hoch)).toBe(0);
    expect(stelleVon(1008, hoch)).toBe(1);
    expect([stelleVon(10, []), obenVon(2, [])]).toEqual([0, 0]);
  });
  it('keep the distance that was chosen, and do not answer each other', () => {
    const side = (blaetter: readonly Blatt[]): { whole: HTMLElement; region: HTMLElement } => {
      const whole = document.createElement('section');
      const region = whole.appendChild(document.createElement('div'));
      region.setAttribute('role', 'region');
      for (const { oben, hoehe } of blaetter) {
        const page = region.appendChild(document.createElement('div'));
        Object.defineProperties(page, { offsetTop: { value: oben + 16 }, offsetHeight: { value: hoehe } });
      }
      return { whole, region };
    };
    const [links, rechts] = [side(hoch), side(quer)];
    const both = new Gemeinsam(() => [links.whole, rechts.whole]);
    const scroll = (region: HTMLElement): void => {
      const event = new Event('scroll');
      Object.defineProperty(event, 'target', { value: region });
      both.folge(event);
    };
    links.region.scrollTop = 1016 + 500;
    scroll(links.region);
    expect(rechts.region.scrollTop).toBe(516 + 250);
    scroll(rechts.region);
    expect(links.region.scrollTop).toBe(1016 + 500);
    // One page more on the right.
    rechts.region.scrollTop = 2 * 516 + 250;
    both.binde();
    both.blaettere(-1);
    expect(links.region.scrollTop).toBe(1016);
    scroll(links.region);
    expect(rechts.region.scrollTop).toBe(2 * 516);
    both.blaettere(1);
    expect(links.region.scrollTop).toBe(2 * 1016);
  });
});
