import type { Dokument, DokumentAendern, Vorgang, VorgangAendern } from '../../api/types';

/** What a person may change about a Dokument, as fields of a form: nothing there is an empty text. */
export interface DokumentFelder {
  betreff: string;
  art: Dokument['art'];
  datum: string;
  eingangsdatum: string;
  absender: string;
  fremdesGeschaeftszeichen: string;
  bemerkung: string;
}
export interface VorgangFelder {
  betreff: string;
  bearbeitung: string;
  fremdesGeschaeftszeichen: string;
  bemerkung: string;
}

export function dokumentFelder(dokument: Dokument): DokumentFelder {
  const { betreff, art, datum = '', eingangsdatum = '', absender = '', fremdesGeschaeftszeichen = '', bemerkung = '' } = dokument;
  return { betreff, art, datum, eingangsdatum, absender, fremdesGeschaeftszeichen, bemerkung };
}
export function vorgangFelder(vorgang: Vorgang): VorgangFelder {
  const { betreff, bearbeitung, fremdesGeschaeftszeichen = '', bemerkung = '' } = vorgang;
  return { betreff, bearbeitung: bearbeitung?.id ?? '', fremdesGeschaeftszeichen, bemerkung };
}

/** An emptied field clears the value: null in the API. The Betreff alone must not be empty, and the server says so. */
function cleared<Fields extends object>(changes: Partial<Fields>): object {
  return Object.fromEntries(Object.entries(changes).map(([key, value]) => [key, value === '' && key !== 'betreff' ? null : value]));
}
export function dokumentAenderung(changes: Partial<DokumentFelder>): DokumentAendern {
  return cleared(changes);
}
export function vorgangAenderung(changes: Partial<VorgangFelder>): VorgangAendern {
  return cleared(changes);
}
