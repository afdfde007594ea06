import type { EingangVorschlag, Erkannt, Grund } from '../../api/types';
import { formatDay } from '../../base/dates';
import { t } from './texts';

/** Where a letter may go: a Vorgang as lists and proposals name it. */
export interface Target {
  id: string;
  zeichen: string;
  betreff: string;
  ort?: string | undefined;
}

const MOST_WORDS = 4;

/** One reason as a sentence, in the words of the letter. */
export function reason(grund: Grund): string {
  const words = grund.worte.slice(0, MOST_WORDS).map((word) => `„${word}“`).join(', ');
  switch (grund.art) {
    case 'regel':
      return t('grundRegel', { text: grund.text, wann: formatDay(grund.datum) });
    case 'zeichen':
      return t('grundZeichen', { text: grund.text });
    case 'zeichenUngenau':
      return t('grundZeichenUngenau', { text: grund.text });
    case 'akteZeichen':
      return t('grundAkteZeichen', { text: grund.text });
    case 'fremdesZeichen':
      return t('grundFremdesZeichen', { text: grund.text });
    case 'bezug':
      return t('grundBezug', { text: grund.text });
    case 'antwort':
      return t('grundAntwort', { text: grund.text });
    case 'absender':
      return t('grundAbsender', { text: nameOf(grund.text), n: grund.anzahl });
    case 'absenderGenannt':
      return t('grundAbsenderGenannt', { text: nameOf(grund.text) });
    case 'worte':
      return t('grundWorte', { text: words });
    case 'betreff':
      return t('grundBetreff', { text: words });
    case 'gewohnheit':
      return t('grundGewohnheit', { n: grund.anzahl });
  }
}

/** The name in `Name <name@example.org>`. */
export function nameOf(absender: string): string {
  const name = absender.replace(/<[^>]*>/g, '').replace(/^"|"$/g, '').replaceAll('"', '').trim();
  return name === '' ? absender : name;
}

/** The two strongest reasons; more would not be read. */
export function reasons(proposal: EingangVorschlag): string {
  return proposal.gruende.slice(0, 2).map(reason).join(' · ');
}

/** What to mark in the letter: where fields and reasons were read. */
export function marked(erkannt: Erkannt, proposals: readonly EingangVorschlag[]): string[] {
  const places = [
    erkannt.absender?.stelle, erkannt.datum?.stelle, erkannt.fremdesZeichen?.stelle,
    ...erkannt.fristen.map((frist) => frist.stelle),
    ...erkannt.betraege.filter((betrag) => betrag.gesamt).map((betrag) => betrag.stelle),
    ...proposals.flatMap((proposal) => proposal.gruende.flatMap((grund) => grund.stellen)),
  ];
  const words = proposals.flatMap((proposal) => proposal.gruende.flatMap((grund) => (grund.art === 'worte' ? grund.worte : [])));
  const lines = places.flatMap((place) => place?.wort.split('\n') ?? []).map((line) => line.trim());
  return [...new Set([...lines, ...words].filter((word) => word.length > 2))];
}

/** An amount in German form. */
export function euro(cent: number): string {
  return new Intl.NumberFormat('de-DE', { style: 'currency', currency: 'EUR' }).format(cent / 100);
}
