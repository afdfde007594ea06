import type { Beitragart, Beitragstatus, Schreibenart, Terminart } from '../../api/types';

export const TERMINARTEN: readonly Terminart[] = ['fruehstueck', 'sprechstunde', 'kurs', 'workshop', 'netzwerktreffen'];
export const BEITRAGSTATUS: readonly Beitragstatus[] = ['offen', 'inArbeit', 'wirksam', 'unwirksam', 'erledigt'];
export const SCHREIBENARTEN: readonly Schreibenart[] = ['rundschreiben', 'newsletter', 'presse'];
/** What a risk or a question is answered by. */
export const ANTWORTART: Partial<Record<Beitragart, Beitragart>> = { risiko: 'massnahme', frage: 'antwort' };

const zone = 'Europe/Berlin';
const long = new Intl.DateTimeFormat('de-DE', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: zone });
const clock = new Intl.DateTimeFormat('de-DE', { hour: '2-digit', minute: '2-digit', timeZone: zone });
const iso = new Intl.DateTimeFormat('sv-SE', { timeZone: zone });

/** „Freitag, 18. Dezember 2026, 09:30 bis 10:30 Uhr“. */
export function spanne(beginn: string, ende: string): string {
  return `${long.format(new Date(beginn))}, ${clock.format(new Date(beginn))} bis ${clock.format(new Date(ende))} Uhr`;
}
export function uhrzeit(moment: string): string {
  return clock.format(new Date(moment));
}
export function tagOf(moment: string): string {
  return iso.format(new Date(moment));
}
/** „09:30“ and minutes later. */
export function spaeter(von: string, minuten: number): string {
  const [stunde = 0, minute = 0] = von.split(':').map(Number);
  const all = Math.min(23 * 60 + 59, stunde * 60 + minute + minuten);
  return `${String(Math.floor(all / 60)).padStart(2, '0')}:${String(all % 60).padStart(2, '0')}`;
}
/** Lines of „title https://…“. */
export function materialOf(text: string): { titel: string; adresse: string }[] {
  return text.split('\n').map((line) => line.trim()).filter((line) => line !== '').map((line) => {
    const at = line.lastIndexOf(' ');
    return at < 0 ? { titel: line, adresse: line } : { titel: line.slice(0, at).trim(), adresse: line.slice(at + 1) };
  });
}
