import type { components } from './openapi';

/**
 * What the server says, by the names the screens use. The shapes come from the server's own description
 * (openapi.json, `npm run types`); this file only gives them names.
 */
type Schemas = components['schemas'];

/** A page of a list; `nach` asks for the next one. */
export interface Liste<Eintrag> {
  eintraege: Eintrag[];
  nach?: string;
  anzahl?: number;
}
export type Verweis = Schemas['Verweis'];
export type PersonKurz = Schemas['PersonKurz'];
/** What a role may do, and (as `darf`) what this person may do to this object now. */
export type Recht = Schemas['Recht'];

export type DemoLogin = Schemas['DemoLogin'];
export type StartInfo = Schemas['Start'];
export type Sitzung = Schemas['Sitzung'];
export type Token = Schemas['TokenAusgabe'];
export type TokenNeu = Schemas['TokenEingabe'];

export type Organisationseinheit = Schemas['OrganisationseinheitAusgabe'];
export type OrganisationseinheitNeu = Schemas['OrganisationseinheitNeu'];
export type OrganisationseinheitAendern = Schemas['OrganisationseinheitAendern'];
export type OrganisationKurz = Schemas['OrganisationseinheitKurz'];
export type Stelle = Schemas['StelleAusgabe'];
export type StelleNeu = Schemas['StelleNeu'];
export type StelleAendern = Schemas['StelleAendern'];
export type Person = Schemas['PersonAusgabe'];
export type PersonNeu = Schemas['PersonNeu'];
export type PersonAendern = Schemas['PersonAendern'];
export type Rolle = Schemas['RolleAusgabe'];
export type RolleKuerzel = Schemas['Rolle'];
export type TraegerArt = Schemas['TraegerArt'];
export type Zugriff = Schemas['ZugriffAusgabe'];
export type ZugriffNeu = Schemas['ZugriffNeu'];
export type ZugriffEintrag = Schemas['EintragNeu'];
export type ZugriffKurz = Schemas['ZugriffKurz'];
export type Mandant = Schemas['MandantAusgabe'];
export type MandantAendern = Schemas['MandantAendern'];

export type Aussonderungsart = Schemas['Aussonderungsart'];
export type Aktenplaneinheit = Schemas['AktenplaneinheitAusgabe'];
export type AktenplaneinheitNeu = Schemas['AktenplaneinheitNeu'];
export type AktenplaneinheitAendern = Schemas['AktenplaneinheitAendern'];
export type Einheitart = Schemas['Einheitart'];
export type AussonderungSetzen = Schemas['AussonderungSetzen'];
export type Gebrauch = Schemas['GebrauchAusgabe'];
export type EinleseBericht = Schemas['EinleseBericht'];
export type EinleseZeile = Schemas['EinleseZeile'];
export type RueckgaengigAusgabe = Schemas['RueckgaengigAusgabe'];
export type Umfeld = Schemas['UmfeldAusgabe'];
export type UmfeldArt = 'akten' | 'vorgaenge' | 'dokumente';
export type Warum = Schemas['WarumAusgabe'];
export type Felder = Schemas['FelderAusgabe'];
export type FelderSetzen = Schemas['FelderSetzen'];
export type OrganisationBericht = Schemas['OrganisationBericht'];
export type Feldart = Schemas['FeldartAusgabe'];
export type FeldartNeu = Schemas['FeldartNeu'];
export type Standort = Schemas['StandortAusgabe'];
export type StandortSetzen = Schemas['StandortSetzen'];
export type Ausleihen = Schemas['Ausleihen'];
export type Antwort = Schemas['Antwort'];
export type Sehender = Schemas['Sehender'];
export type StapelNeu = Schemas['StapelNeu'];
export type StapelVorschau = Schemas['StapelVorschau'];
export type Stapel = Schemas['StapelAusgabe'];
export type VerweisNeu = Schemas['VerweisNeu'];
export type Verweisart = Schemas['Verweisart'];
export type BeteiligungNeu = Schemas['BeteiligungNeu'];
export type MerkenSetzen = Schemas['MerkenSetzen'];
export type Gemerkt = Schemas['MerkAusgabe'];
export type Vorlage = Schemas['VorlageAusgabe'];
export type ZeichenTreffer = Schemas['ZeichenAusgabe'];
export type Kontakt = Schemas['KontaktAusgabe'];
export type KontaktBild = Schemas['KontaktBild'];
export type KontaktNeu = Schemas['KontaktNeu'];
export type AkteUmschreiben = Schemas['AkteUmschreiben'];
export type AkteKopieren = Schemas['AkteKopieren'];
export type VorgangKopieren = Schemas['VorgangKopieren'];
export type VorgangTeilen = Schemas['VorgangTeilen'];
export type VorgaengeZusammenlegen = Schemas['VorgaengeZusammenlegen'];
export type Akte = Schemas['AkteAusgabe'];
export type AkteNeu = Schemas['AkteNeu'];
export type AkteAendern = Schemas['AkteAendern'];
export type Vorgang = Schemas['VorgangAusgabe'];
export type VorgangNeu = Schemas['VorgangNeu'];
export type VorgangAendern = Schemas['VorgangAendern'];
export type Status = Schemas['Status'];
export type Uebergang = Schemas['Uebergang'];
export type Uebergaenge = Schemas['UebergaengeAusgabe'];
export type UebergangMoeglich = Schemas['UebergangAusgabe'];
export type Hindernis = Schemas['HindernisAusgabe'];
export type Unterschied = Schemas['UnterschiedAusgabe'];
export type Loeschung = Schemas['LoeschungAusgabe'];

export type DokumentVorschlaege = Schemas['VorschlaegeAusgabe'];
export type EingangVorschlag = Schemas['EingangVorschlag'];
export type Erkannt = Schemas['ErkanntAusgabe'];
export type Grund = Schemas['GrundAusgabe'];
export type Regelangebot = Schemas['AngebotAusgabe'];
export type Ablageregel = Schemas['RegelAusgabe'];
export type AblageregelNeu = Schemas['AblageregelNeu'];

export type Quarantaene = Schemas['QuarantaeneAusgabe'];
export type Scan = Schemas['ScanAusgabe'];
export type Scanauswahl = Schemas['Scanauswahl'];
export type Stichprobe = Schemas['Stichprobe'];
export type Postfach = Schemas['PostfachAusgabe'];
export type PostfachNeu = Schemas['PostfachNeu'];
export type Auftrag = Schemas['AuftragAusgabe'];
export type Auftragsstatus = Schemas['Auftragsstatus'];
export type Dublette = Schemas['Dublette'];
export type Weitergereicht = Schemas['Weitergereicht'];

export type DokumentArt = Schemas['Dokumentart'];
export type TextStatus = Schemas['TextStatus'];
export type DokumentKurz = Schemas['DokumentKurz'];
export type Rechnung = Schemas['RechnungAusgabe'];
export type Dokument = Schemas['DokumentAusgabe'];
export type DokumentAendern = Schemas['DokumentAendern'];
export type DokumentAblegen = Schemas['DokumentAblegen'];
export type Version = Schemas['VersionAusgabe'];
export type PosteingangEintrag = Schemas['EingangAusgabe'];
export type TextInhalt = Schemas['TextAusgabe'];

export type Schrittart = Schemas['Schrittart'];
export type Schrittstatus = Schemas['Schrittstatus'];
export type Handlung = Schemas['Schritthandlung'];
export type SchrittHandeln = Schemas['SchrittHandeln'];
export type LaufwegSchritt = Schemas['LaufwegSchrittAusgabe'];
export type Laufweg = Schemas['LaufwegAusgabe'];
export type LaufwegListe = Schemas['LaufwegListe'];
export type LaufwegEntwurf = Schemas['EntwurfAusgabe'];
export type LaufwegErgaenzung = Schemas['ErgaenzungAusgabe'];
export type Zeichnung = Schemas['ZeichnungAusgabe'];
export type PostkorbEintrag = Schemas['PostkorbEintrag'];
export type PostkorbZahlen = Schemas['PostkorbZahlen'];
export type Postkorb = Schemas['PostkorbAusgabe'];
export type MappeErgebnis = Schemas['MappeErgebnis'];
export type Frist = Schemas['FristAusgabe'];
export type FristEinheit = Schemas['Einheit'];
export type FristBeginn = Schemas['Beginn'];
export type FristLand = Schemas['Land'];

export type HistorienEintrag = Schemas['HistorieEintrag'];
export type HistorienArt = 'aktenplaneinheiten' | 'akten' | 'vorgaenge' | 'dokumente' | 'personen' | 'stellen' | 'organisationseinheiten' | 'zugriffe' | 'kontakte';

export type Ausschnitt = Schemas['Stueck'];
export type Suchtreffer = Schemas['TrefferAusgabe'];
export type Suchergebnis = Schemas['SucheAusgabe'];
export type GemerkteSuche = Schemas['GemerktAusgabe'];
export type SucheMerken = Schemas['GemerktNeu'];
export type SuchFacetten = Schemas['FacettenAusgabe'];
export type SuchFacette = Schemas['FacetteAusgabe'];
export type Vorschlag = Schemas['VorschlagAusgabe'];
export type VorschlagArt = Schemas['VorschlagArt'];
export type Heute = Schemas['HeuteAusgabe'];

export type Renditionen = Schemas['RenditionenAusgabe'];
export type RenditionArt = Schemas['RenditionArt'];
export type Worte = Schemas['WorteAusgabe'];
export type Trennblatt = Schemas['TrennblattAusgabe'];
