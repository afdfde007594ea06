/** What the server says, by the names of the API contract. The one file to change when the contract changes. */

export interface Liste<Eintrag> {
  eintraege: Eintrag[];
  nach?: string;
  anzahl?: number;
}
export interface Verweis { id: string; zeichen: string; betreff: string }
export interface PersonKurz { id: string; name: string }
/** What a role may do, and (as `darf`) what this person may do to this object now. */
export type Recht =
  | 'akteAnlegen' | 'akteAendern' | 'akteZda' | 'akteZdaAufheben' | 'vorgangAnlegen' | 'vorgangAendern' | 'vorgangZda' | 'vorgangZdaAufheben'
  | 'dokumentAnlegen' | 'dokumentAendern' | 'eingangErfassen' | 'eingangAblegen' | 'zugriffSetzen'
  | 'aktenplanPflegen' | 'organisationPflegen' | 'personPflegen' | 'zugriffPflegen';

export interface DemoLogin { mandant: string; name: string; passwort: string; beschreibung: string }
export interface StartInfo { version: string; demo: boolean; mandanten: { schluessel: string; name: string }[]; logins?: DemoLogin[] }
export interface Sitzung {
  person: { id: string; name: string; anmeldename: string };
  mandant: { schluessel: string; name: string; land: string };
  rollen: string[];
  rechte: Recht[];
  stellen: { id: string; bezeichnung: string; organisationseinheit: OrganisationKurz }[];
  csrf: string;
}
export interface Token { id: string; bezeichnung: string; umfang: 'lesen' | 'schreiben'; ende: string; erstellt: string; geheimnis?: string }

export interface Organisationseinheit { id: string; stand: number; kurzzeichen: string; bezeichnung: string; ueber?: string }
export interface Stelle { id: string; stand: number; bezeichnung: string; organisationseinheit: string; leitung: boolean; rollen: string[]; personen: PersonKurz[] }
export interface Person { id: string; stand: number; name: string; vorname: string; nachname: string; anmeldename: string; email?: string; aktiv: boolean }
export interface Rolle { kuerzel: string; bezeichnung: string; rechte: Recht[] }
export type TraegerArt = 'alle' | 'organisationseinheit' | 'stelle' | 'person' | 'rolle';
export interface ZugriffEintrag { traegerArt: TraegerArt; traeger?: string; traegerName?: string; stufe: 'lesen' | 'bearbeiten' }
export interface Zugriff { id: string; stand: number; bezeichnung: string; eintraege: ZugriffEintrag[] }
export interface ZugriffKurz { id: string; bezeichnung: string }

export type Aussonderungsart = 'A' | 'B' | 'V';
export interface Aktenplaneinheit {
  id: string;
  stand: number;
  ueber?: string;
  kennzeichen: string;
  titel: string;
  beschreibung?: string;
  aufbewahrungsdauer?: number;
  aussonderungsart: Aussonderungsart;
  blatt: boolean;
  gesperrt: boolean;
  akten: number;
  zugriff?: ZugriffKurz;
}
export interface AktenplanKurz { id: string; kennzeichen: string; titel: string }
export interface OrganisationKurz { id: string; kurzzeichen: string; bezeichnung: string }
export type Status = 'inBearbeitung' | 'abgeschlossen';

interface Schriftgut {
  id: string;
  stand: number;
  zeichen: string;
  betreff: string;
  aktenplaneinheit: AktenplanKurz;
  organisationseinheit: OrganisationKurz;
  status: Status;
  angelegt: string;
  zdaDatum?: string;
  aufbewahrungBis?: string;
  zugriff: ZugriffKurz;
  darf: Recht[];
}
export interface Akte extends Schriftgut { vorgaenge: number }
export interface Vorgang extends Schriftgut { akte: Verweis; bearbeitung?: PersonKurz; dokumente: number }

export type DokumentArt = 'Eingang' | 'Ausgang' | 'Intern';
export type TextStatus = 'ok' | 'leer' | 'fehler' | 'gesperrt';
export interface DokumentKurz {
  id: string;
  stand: number;
  zeichen?: string;
  betreff: string;
  art: DokumentArt;
  datum?: string;
  eingangsdatum?: string;
  absender?: string;
  dateiname: string;
  format: string;
  groesse: number;
  seiten?: number;
  version: number;
  anlagen: number;
  erstellt: string;
  textStatus: TextStatus;
}
export interface PosteingangEintrag extends DokumentKurz { wartetSeit: string; organisationseinheit?: OrganisationKurz }
export interface Version {
  nr: number;
  dateiname: string;
  format: string;
  groesse: number;
  sha256: string;
  seiten?: number;
  erstellt: string;
  ersteller: PersonKurz;
  basis?: number;
  konflikt: boolean;
  textStatus: TextStatus;
  textHinweis?: string;
}
export interface Dokument extends DokumentKurz {
  vorgang?: Verweis;
  akte?: Verweis;
  uebergeordnet?: string;
  fremdesGeschaeftszeichen?: string;
  status: Status;
  zugriff?: ZugriffKurz;
  darf: Recht[];
  textHinweis?: string;
  versionen: Version[];
  anlagenListe: DokumentKurz[];
}
/** What a person may change about a Dokument. */
export interface DokumentFelder {
  betreff: string;
  art: DokumentArt;
  datum: string;
  eingangsdatum: string;
  absender: string;
  fremdesGeschaeftszeichen: string;
}
export interface TextInhalt { text: string; seiten: string[] }

export interface HistorienEintrag {
  nr: number;
  zeit: string;
  person?: PersonKurz;
  vertretungFuer?: PersonKurz;
  aktion: string;
  satz: string;
  aenderungen: { feld: string; alt?: string; neu?: string }[];
}
export type HistorienArt = 'aktenplaneinheiten' | 'akten' | 'vorgaenge' | 'dokumente' | 'personen' | 'stellen' | 'organisationseinheiten' | 'zugriffe';

export interface Ausschnitt { text: string; treffer: boolean }
export interface Suchtreffer { dokument: DokumentKurz; vorgang?: Verweis; akte?: Verweis; ausschnitt: Ausschnitt[] }
export interface Suchergebnis extends Liste<Suchtreffer> { hinweis?: string }
export type ObjektArt = 'akte' | 'vorgang' | 'dokument' | 'aktenplaneinheit';
export interface Vorschlag { art: ObjektArt; id: string; zeichen: string; betreff: string; ort?: string }
export interface Heute {
  posteingang: number;
  offeneVorgaenge: number;
  zuletzt: { art: ObjektArt; id: string; zeichen: string; betreff: string; zeit: string }[];
  meine: Vorgang[];
}
