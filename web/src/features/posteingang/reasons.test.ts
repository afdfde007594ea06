import { describe, expect, it } from 'vitest';
import type { EingangVorschlag, Erkannt, Grund } from '../../api/types';
import { euro, marked, nameOf, reason, reasons } from './reasons';

const grund = (art: Grund['art'], more: Partial<Grund> = {}): Grund => ({ art, text: '', worte: [], anzahl: 0, stellen: [], ...more });
const proposal = (...gruende: Grund[]): EingangVorschlag => ({ art: 'vorgang', id: 'x', zeichen: '632-1/2026-2', betreff: 'Carport', sicherheit: 90, sicher: true, gruende });
const place = (wort: string): { von: number; bis: number; wort: string } => ({ von: 0, bis: wort.length, wort });

describe('reasons', () => {
  it('are sentences in the words of the letter', () => {
    expect(reason(grund('zeichen', { text: '632-1/2026-2' }))).toBe('das Schreiben nennt 632-1/2026-2');
    expect(reason(grund('absender', { text: 'Simone Schröder <s@example.org>', anzahl: 3 }))).toContain('Simone Schröder');
    expect(reason(grund('worte', { worte: ['Rolltor', 'Sickerschacht'] }))).toContain('„Rolltor“, „Sickerschacht“');
  });
  it('are never more than two', () => {
    expect(reasons(proposal(grund('zeichen', { text: 'a' }), grund('bezug', { text: 'b' }), grund('gewohnheit', { anzahl: 2 }))).split(' · ')).toHaveLength(2);
  });
  it('name a sender without his address', () => {
    expect(nameOf('"Festverein, Henry Fritzsche" <verein@example.org>')).toBe('Festverein, Henry Fritzsche');
    expect(nameOf('<verein@example.org>')).toBe('<verein@example.org>');
  });
});

describe('marked places', () => {
  const erkannt: Erkannt = {
    datum: { wert: '2026-11-18', stelle: place('18. November 2026') },
    absender: { wert: 'Harzmann OHG', stelle: place('Harzmann OHG') },
    schreiben: 'Rechnung',
    fristen: [{ datum: '2026-12-18', wortlaut: 'bis 18. Dezember 2026', stelle: place('18. Dezember\n2026') }],
    betraege: [{ cent: 9240, gesamt: false, stelle: place('92,40 €') }, { cent: 533456, gesamt: true, stelle: place('5.334,56 €') }],
  };
  it('are those of fields, deadlines, the sum and the reasons, line by line', () => {
    const words = marked(erkannt, [proposal(grund('zeichen', { stellen: [place('713-1/2026-2')] }), grund('worte', { worte: ['Streusalz'] }))]);
    expect(words).toEqual(expect.arrayContaining(['18. November 2026', 'Harzmann OHG', '18. Dezember', '2026', '5.334,56 €', '713-1/2026-2', 'Streusalz']));
    expect(words).not.toContain('92,40 €');
  });
});

it('amounts are German', () => expect(euro(533456).replace(/\s/g, ' ')).toBe('5.334,56 €'));
