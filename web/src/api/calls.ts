import { request, url, type Call } from './client';
import { sendFile } from './upload';
import type * as T from './types';
import type { RenditionArt } from './types';

type Page = { limit?: number; nach?: string | undefined };
/** Only what lies behind this Registerblatt. */
type Behind = { registerblatt?: string | undefined };
type Stand = { id: string; stand: number };

const get = <Answer>(path: string, query?: Call['query'], signal?: AbortSignal): Promise<Answer> =>
  request('GET', path, { ...(query === undefined ? {} : { query }), ...(signal === undefined ? {} : { signal }) });
const create = <Answer>(path: string, body: unknown): Promise<Answer> => request('POST', path, { body, creates: true });
const change = <Answer>(path: string, stand: number, body: unknown): Promise<Answer> => request('PATCH', path, { body, stand });
const act = <Answer>(path: string, stand: number, body: unknown = {}): Promise<Answer> => request('POST', path, { body, stand });
const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** Every call of the API that the screens use, one function each, named as the contract names it. */
export const api = {
  start: (): Promise<T.StartInfo> => get('/start'),
  sitzung: (): Promise<T.Sitzung> => get('/anmeldung'),
  anmelden: (body: { mandant: string; name: string; passwort: string }): Promise<T.Sitzung> => request('POST', '/anmeldung', { body }),
  abmelden: (): Promise<void> => request('DELETE', '/anmeldung'),
  ueberallAbmelden: (): Promise<void> => request('DELETE', '/anmeldung/alle'),
  passwortAendern: (body: { alt: string; neu: string }): Promise<void> => request('PUT', '/anmeldung/passwort', { body }),
  token: (): Promise<T.Liste<T.Token>> => get('/token'),
  tokenAnlegen: (body: T.TokenNeu): Promise<T.Token> => create('/token', body),
  tokenLoeschen: (id: string): Promise<void> => request('DELETE', `/token/${id}`),

  organisationseinheiten: (): Promise<T.Liste<T.Organisationseinheit>> => get('/organisationseinheiten'),
  organisationseinheitAnlegen: (body: T.OrganisationseinheitNeu): Promise<T.Organisationseinheit> => create('/organisationseinheiten', body),
  organisationseinheitAendern: (of: Stand, body: T.OrganisationseinheitAendern): Promise<T.Organisationseinheit> => change(`/organisationseinheiten/${of.id}`, of.stand, body),
  stellen: (): Promise<T.Liste<T.Stelle>> => get('/stellen'),
  stelleAnlegen: (body: T.StelleNeu): Promise<T.Stelle> => create('/stellen', body),
  stelleAendern: (of: Stand, body: T.StelleAendern): Promise<T.Stelle> => change(`/stellen/${of.id}`, of.stand, body),
  besetzen: (of: Stand, personen: string[]): Promise<T.Stelle> => request('PUT', `/stellen/${of.id}/besetzung`, { stand: of.stand, body: { personen } }),
  personen: (): Promise<T.Liste<T.Person>> => get('/personen'),
  personAnlegen: (body: T.PersonNeu): Promise<T.Person> => create('/personen', body),
  personAendern: (of: Stand, body: T.PersonAendern): Promise<T.Person> => change(`/personen/${of.id}`, of.stand, body),
  passwortSetzen: (id: string, passwort: string): Promise<void> => request('POST', `/personen/${id}/passwort`, { body: { passwort } }),
  sitzungenBeenden: (id: string): Promise<void> => request('DELETE', `/personen/${id}/sitzungen`),
  vertretungen: (): Promise<T.VertretungListe> => get('/vertretungen'),
  vertretungSetzen: (body: T.VertretungNeu): Promise<T.Vertretung> => create('/vertretungen', body),
  vertretungBeenden: (of: Stand, bis: string): Promise<T.VertretungListe> => act(`/vertretungen/${of.id}/beenden`, of.stand, { bis }),
  rollen: (): Promise<T.Liste<T.Rolle>> => get('/rollen'),
  zugriffe: (): Promise<T.Liste<T.Zugriff>> => get('/zugriffe'),
  zugriffAnlegen: (body: T.ZugriffNeu): Promise<T.Zugriff> => create('/zugriffe', body),
  zugriffAendern: (of: Stand, body: T.ZugriffNeu): Promise<T.Zugriff> => request('PUT', `/zugriffe/${of.id}`, { stand: of.stand, body }),

  mandant: (): Promise<T.Mandant> => get('/mandant'),
  mandantAendern: (stand: number, body: T.MandantAendern): Promise<T.Mandant> => change('/mandant', stand, body),
  einstellungen: (): Promise<T.Einstellungen> => get('/einstellungen'),
  einstellungenEinlesen: (datei: T.Einstellungen, pruefsumme?: string): Promise<T.EinstellungenBericht> => request('POST', '/einstellungen/einlesen', { body: datei, query: { pruefsumme } }),
  reorganisationen: (): Promise<T.Liste<T.Reorganisation>> => get('/reorganisationen'),
  reorganisationVorschau: (body: T.ReorganisationNeu): Promise<T.ReorganisationVorschau> => request('POST', '/reorganisationen/vorschau', { body }),
  reorganisationPlanen: (body: T.ReorganisationNeu): Promise<T.Reorganisation> => create('/reorganisationen', body),
  reorganisationAbsagen: (of: Stand): Promise<T.Reorganisation> => act(`/reorganisationen/${of.id}/absagen`, of.stand),
  aktenplan: (): Promise<T.Liste<T.Aktenplaneinheit>> => get('/aktenplan'),
  aktenplaneinheit: (id: string): Promise<T.Aktenplaneinheit> => get(`/aktenplaneinheiten/${id}`),
  aktenplaneinheitAnlegen: (body: T.AktenplaneinheitNeu): Promise<T.Aktenplaneinheit> => create('/aktenplaneinheiten', body),
  aktenplaneinheitAendern: (of: Stand, body: T.AktenplaneinheitAendern): Promise<T.Aktenplaneinheit> => change(`/aktenplaneinheiten/${of.id}`, of.stand, body),

  umfeld: (art: T.UmfeldArt, id: string): Promise<T.Umfeld> => get(`/${art}/${id}/umfeld`),
  schlagworteSetzen: (art: T.UmfeldArt, of: Stand, worte: string[]): Promise<T.Umfeld> => request('PUT', `/${art}/${of.id}/schlagworte`, { stand: of.stand, body: { worte } }),
  verweisSetzen: (art: T.UmfeldArt, of: Stand, body: T.VerweisNeu): Promise<T.Umfeld> => act(`/${art}/${of.id}/verweise`, of.stand, body),
  verweisEntfernen: (art: T.UmfeldArt, of: Stand, id: string): Promise<T.Umfeld> => act(`/${art}/${of.id}/verweise/entfernen`, of.stand, { id }),
  beteiligen: (art: T.UmfeldArt, of: Stand, body: T.BeteiligungNeu): Promise<T.Umfeld> => act(`/${art}/${of.id}/beteiligte`, of.stand, body),
  beteiligungEntfernen: (art: T.UmfeldArt, of: Stand, id: string): Promise<T.Umfeld> => act(`/${art}/${of.id}/beteiligte/entfernen`, of.stand, { id }),
  vorlageSetzen: (art: 'akten' | 'vorgaenge', of: Stand, bezeichnung: string | null): Promise<T.Umfeld> => request('PUT', `/${art}/${of.id}/vorlage`, { stand: of.stand, body: { bezeichnung } }),
  merken: (art: T.UmfeldArt, id: string, body: T.MerkenSetzen): Promise<T.Umfeld> => request('PUT', `/${art}/${id}/merken`, { body }),
  merkliste: (art: T.MerkenSetzen['art']): Promise<T.Liste<T.Gemerkt>> => get('/merkliste', { art }),
  vorlagen: (): Promise<T.Liste<T.Vorlage>> => get('/vorlagen'),
  zeichen: (zeichen: string): Promise<T.ZeichenTreffer> => get('/zeichen', { zeichen }),
  kontakte: (q: string, page: Page = {}, signal?: AbortSignal): Promise<T.Liste<T.Kontakt>> => get('/kontakte', { q, ...page }, signal),
  kontakt: (id: string): Promise<T.KontaktBild> => get(`/kontakte/${id}`),
  kontaktAnlegen: (body: T.KontaktNeu): Promise<T.KontaktBild> => create('/kontakte', body),
  kontaktAendern: (of: Stand, body: T.KontaktNeu): Promise<T.KontaktBild> => request('PUT', `/kontakte/${of.id}`, { stand: of.stand, body }),
  kontaktVereinen: (of: Stand, doppelt: string): Promise<T.KontaktBild> => act(`/kontakte/${of.id}/vereinen`, of.stand, { doppelt }),
  akteUmschreiben: (of: Stand, body: T.AkteUmschreiben): Promise<T.Akte> => act(`/akten/${of.id}/umschreiben`, of.stand, body),
  akteKopieren: (of: Stand, body: T.AkteKopieren): Promise<T.Akte> => act(`/akten/${of.id}/kopieren`, of.stand, body),
  vorgangUmschreiben: (of: Stand, akte: string): Promise<T.Vorgang> => act(`/vorgaenge/${of.id}/umschreiben`, of.stand, { akte }),
  vorgangKopieren: (of: Stand, body: T.VorgangKopieren): Promise<T.Vorgang> => act(`/vorgaenge/${of.id}/kopieren`, of.stand, body),
  vorgangTeilen: (of: Stand, body: T.VorgangTeilen): Promise<T.Vorgang> => act(`/vorgaenge/${of.id}/teilen`, of.stand, body),
  zusammenlegen: (of: Stand, body: T.VorgaengeZusammenlegen): Promise<T.Vorgang> => act(`/akten/${of.id}/zusammenlegen`, of.stand, body),
  felder: (art: T.UmfeldArt, id: string): Promise<T.Felder> => get(`/${art}/${id}/felder`),
  felderSetzen: (art: T.UmfeldArt, of: Stand, body: T.FelderSetzen): Promise<T.Felder> => request('PUT', `/${art}/${of.id}/felder`, { stand: of.stand, body }),
  register: (art: T.RegisterArt, id: string): Promise<T.Register> => get(`/${art}/${id}/register`),
  registerAnlegen: (art: T.RegisterArt, of: Stand, body: T.BlattNeu): Promise<T.Register> => act(`/${art}/${of.id}/register`, of.stand, body),
  registerAendern: (art: T.RegisterArt, of: Stand, body: T.BlattAendern): Promise<T.Register> => request('PUT', `/${art}/${of.id}/register`, { stand: of.stand, body }),
  registerEntfernen: (art: T.RegisterArt, of: Stand, id: string): Promise<T.Register> => act(`/${art}/${of.id}/register/entfernen`, of.stand, { id }),
  vorgangGliedern: (of: Stand, registerblatt: string | null): Promise<T.Vorgang> => request('PUT', `/vorgaenge/${of.id}/gliedern`, { stand: of.stand, body: { registerblatt } }),
  dokumentGliedern: (of: Stand, registerblatt: string | null): Promise<T.Dokument> => request('PUT', `/dokumente/${of.id}/gliedern`, { stand: of.stand, body: { registerblatt } }),
  feldarten: (): Promise<T.Liste<T.Feldart>> => get('/feldarten'),
  feldartAnlegen: (body: T.FeldartNeu): Promise<T.Feldart> => create('/feldarten', body),
  feldartAendern: (of: Stand, body: T.FeldartNeu): Promise<T.Feldart> => request('PUT', `/feldarten/${of.id}`, { stand: of.stand, body }),
  akteStandort: (id: string): Promise<T.Standort> => get(`/akten/${id}/standort`),
  akteStandortSetzen: (of: Stand, body: T.StandortSetzen): Promise<T.Standort> => request('PUT', `/akten/${of.id}/standort`, { stand: of.stand, body }),
  akteAusleihen: (of: Stand, body: T.Ausleihen): Promise<T.Standort> => act(`/akten/${of.id}/ausleihen`, of.stand, body),
  akteZurueckgeben: (of: Stand): Promise<T.Standort> => act(`/akten/${of.id}/zurueckgeben`, of.stand),
  warum: (art: T.UmfeldArt, id: string): Promise<T.Warum> => get(`/${art}/${id}/warum`),
  sehende: (art: T.UmfeldArt, id: string): Promise<T.Liste<T.Sehender>> => get(`/${art}/${id}/sehende`),
  stapelVorschau: (body: T.StapelNeu): Promise<T.Liste<T.StapelVorschau>> => request('POST', '/stapel/vorschau', { body }),
  stapelAnlegen: (body: T.StapelNeu): Promise<T.Stapel> => request('POST', '/stapel', { body }),
  stapel: (nr: number): Promise<T.Stapel> => get(`/stapel/${nr}`),
  stapelRueckgaengig: (nr: number): Promise<T.Stapel> => request('POST', `/stapel/${nr}/rueckgaengig`),
  aktenplaneinheitEntfernen: (of: Stand): Promise<T.RueckgaengigAusgabe> => request('DELETE', `/aktenplaneinheiten/${of.id}`, { stand: of.stand }),
  akteAussonderung: (of: Stand, body: T.AussonderungSetzen): Promise<T.Akte> => request('PUT', `/akten/${of.id}/aussonderung`, { stand: of.stand, body }),
  vorgangAussonderung: (of: Stand, body: T.AussonderungSetzen): Promise<T.Vorgang> => request('PUT', `/vorgaenge/${of.id}/aussonderung`, { stand: of.stand, body }),
  aktenplaneinheitAussonderung: (of: Stand, body: T.AussonderungSetzen): Promise<T.Aktenplaneinheit> => request('PUT', `/aktenplaneinheiten/${of.id}/aussonderung`, { stand: of.stand, body }),
  aktenplaneinheitGebrauch: (id: string): Promise<T.Gebrauch> => get(`/aktenplaneinheiten/${id}/gebrauch`),
  aktenplanEinlesen: (file: File, pruefsumme?: string): Promise<T.EinleseBericht> => sendFile('/aktenplan/einlesen', { dateiname: file.name, pruefsumme }, file),
  organisationEinlesen: (file: File, anwenden: boolean): Promise<T.OrganisationBericht> => sendFile('/organisation/einlesen', { dateiname: file.name, ...(anwenden ? { anwenden: 'true' } : {}) }, file),
  rueckgaengig: (nr: number): Promise<T.RueckgaengigAusgabe> => request('POST', `/historie/${nr}/rueckgaengig`),

  akten: (aktenplaneinheit: string, page: Page = {}): Promise<T.Liste<T.Akte>> => get('/akten', { aktenplaneinheit, ...page }),
  akte: (id: string): Promise<T.Akte> => get(`/akten/${id}`),
  akteAnlegen: (body: T.AkteNeu): Promise<T.Akte> => create('/akten', body),
  akteAendern: (of: Stand, body: T.AkteAendern): Promise<T.Akte> => change(`/akten/${of.id}`, of.stand, body),
  akteZugriff: (of: Stand, zugriff: string): Promise<T.Akte> => request('PUT', `/akten/${of.id}/zugriff`, { stand: of.stand, body: { zugriff } }),

  vorgaenge: (akte: string, page: Page & Behind = {}): Promise<T.Liste<T.Vorgang>> => get('/vorgaenge', { akte, ...page }),
  vorgang: (id: string): Promise<T.Vorgang> => get(`/vorgaenge/${id}`),
  vorgangAnlegen: (body: T.VorgangNeu): Promise<T.Vorgang> => create('/vorgaenge', body),
  vorgangAendern: (of: Stand, body: T.VorgangAendern): Promise<T.Vorgang> => change(`/vorgaenge/${of.id}`, of.stand, body),
  vorgangZugriff: (of: Stand, zugriff: string): Promise<T.Vorgang> => request('PUT', `/vorgaenge/${of.id}/zugriff`, { stand: of.stand, body: { zugriff } }),

  dokumente: (vorgang: string, page: Page & Behind = {}): Promise<T.Liste<T.DokumentKurz>> => get(`/vorgaenge/${vorgang}/dokumente`, { ...page }),
  dokument: (id: string, signal?: AbortSignal): Promise<T.Dokument> => get(`/dokumente/${id}`, {}, signal),
  dokumentAendern: (of: Stand, body: T.DokumentAendern): Promise<T.Dokument> => change(`/dokumente/${of.id}`, of.stand, body),
  dokumentZugriff: (of: Stand, zugriff: string): Promise<T.Dokument> => request('PUT', `/dokumente/${of.id}/zugriff`, { stand: of.stand, body: { zugriff } }),
  text: (id: string, nr: number, signal?: AbortSignal): Promise<T.TextInhalt> => get(`/dokumente/${id}/versionen/${nr}/text`, {}, signal),
  renditionen: (id: string, nr: number, signal?: AbortSignal): Promise<T.Renditionen> => get(`/dokumente/${id}/versionen/${nr}/renditionen`, {}, signal),
  worte: (id: string, nr: number, seite: number): Promise<T.Worte> => get(`/dokumente/${id}/versionen/${nr}/worte`, { seite }),
  trennblatt: (vorgang?: string): Promise<T.Trennblatt> => get(vorgang === undefined ? '/trennblatt' : `/vorgaenge/${vorgang}/trennblatt`),
  ablegen: (of: Stand, body: T.DokumentAblegen): Promise<T.Dokument> => act(`/dokumente/${of.id}/ablegen`, of.stand, body),
  zurueckInPosteingang: (of: Stand): Promise<T.Dokument> => act(`/dokumente/${of.id}/zurueck-in-posteingang`, of.stand),
  posteingang: (page: Page = {}): Promise<T.Liste<T.PosteingangEintrag>> => get('/posteingang', { ...page }),
  dubletten: (id: string): Promise<T.Liste<T.Dublette>> => get(`/dokumente/${id}/dubletten`),
  weiterreichen: (of: Stand, organisationseinheit: string): Promise<T.Weitergereicht> => act(`/dokumente/${of.id}/weiterreichen`, of.stand, { organisationseinheit }),
  quarantaene: (alle: boolean): Promise<T.Liste<T.Quarantaene>> => get('/quarantaene', { alle }),
  quarantaeneEntscheiden: (of: Stand, was: 'freigeben' | 'kassieren', grund: string): Promise<T.Quarantaene> => act(`/quarantaene/${of.id}/${was}`, of.stand, { grund }),
  scans: (auswahl: T.Scanauswahl, page: Page = {}): Promise<T.Liste<T.Scan>> => get('/scans', { auswahl, ...page }),
  dokumentScan: (id: string): Promise<{ scan?: T.Scan }> => get(`/dokumente/${id}/scan`),
  scanPruefen: (of: Stand, ergebnis: T.Stichprobe, bemerkung: string): Promise<T.Scan> => act(`/scans/${of.id}/pruefung`, of.stand, { ergebnis, ...(bemerkung === '' ? {} : { bemerkung }) }),
  scanPapier: (of: Stand, originalBis: string | null): Promise<T.Scan> => act(`/scans/${of.id}/papier`, of.stand, { originalBis }),
  scanVernichtet: (of: Stand, vermerk: string): Promise<T.Scan> => act(`/scans/${of.id}/vernichtet`, of.stand, { vermerk }),
  postfaecher: (): Promise<T.Liste<T.Postfach>> => get('/postfaecher'),
  postfachAnlegen: (body: T.PostfachNeu): Promise<T.Postfach> => create('/postfaecher', body),
  postfachAendern: (of: Stand, body: T.PostfachNeu): Promise<T.Postfach> => request('PUT', `/postfaecher/${of.id}`, { stand: of.stand, body }),
  postfachStarten: (id: string, was: 'abholen' | 'pruefen'): Promise<{ auftrag: string }> => request('POST', `/postfaecher/${id}/${was}`),
  auftraege: (status: T.Auftragsstatus | undefined, page: Page = {}): Promise<T.Liste<T.Auftrag>> => get('/auftraege', { status, ...page }),
  auftrag: (id: string): Promise<T.Auftrag> => get(`/auftraege/${id}`),
  dateipruefung: (): Promise<T.Dateipruefung> => get('/dateipruefung'),
  dateienPruefen: (): Promise<T.Dateipruefung> => request('POST', '/dateipruefung/alles'),
  auftragHandeln: (id: string, was: 'wiederholen' | 'abbrechen'): Promise<T.Auftrag> => request('POST', `/auftraege/${id}/${was}`),
  dokumentVorschlaege: (id: string): Promise<T.DokumentVorschlaege> => get(`/dokumente/${id}/vorschlaege`),
  regelangebot: (id: string): Promise<T.Regelangebot> => get(`/dokumente/${id}/regelangebot`),
  ablageregeln: (): Promise<T.Liste<T.Ablageregel>> => get('/ablageregeln'),
  ablageregelAnlegen: (body: T.AblageregelNeu): Promise<T.Ablageregel> => create('/ablageregeln', body),
  ablageregelEntfernen: (of: Stand): Promise<void> => request('DELETE', `/ablageregeln/${of.id}`, { stand: of.stand }),
  akteStand: (id: string, am: string): Promise<T.Akte> => get(`/akten/${id}/stand`, { am }),
  akteStandVorgaenge: (id: string, am: string, page: Page = {}): Promise<T.Liste<T.Vorgang>> => get(`/akten/${id}/stand/vorgaenge`, { am, ...page }),
  vorgangStand: (id: string, am: string): Promise<T.Vorgang> => get(`/vorgaenge/${id}/stand`, { am }),
  vorgangStandDokumente: (id: string, am: string, page: Page = {}): Promise<T.Liste<T.DokumentKurz>> => get(`/vorgaenge/${id}/stand/dokumente`, { am, ...page }),
  dokumentStand: (id: string, am: string): Promise<T.Dokument> => get(`/dokumente/${id}/stand`, { am }),
  unterschied: (art: string, id: string, von: string): Promise<T.Unterschied> => get(`/${art}/${id}/unterschied`, { von }),
  versionWiederherstellen: (of: Stand, nr: number): Promise<T.Dokument> => act(`/dokumente/${of.id}/versionen/${nr}/wiederherstellen`, of.stand),
  uebergaenge: (art: string, id: string): Promise<T.Uebergaenge> => get(`/${art}/${id}/uebergaenge`),
  wechseln: <Item>(art: string, of: Stand, uebergang: T.Uebergang, grund?: string): Promise<Item> =>
    act(`/${art}/${of.id}/${kebab(uebergang)}`, of.stand, grund === undefined ? {} : { grund }),
  loeschungBestaetigen: (art: string, of: Stand): Promise<T.Loeschung> => act(`/${art}/${of.id}/loeschung-bestaetigen`, of.stand),
  loeschungen: (ergebnis: string | undefined, page: Page = {}): Promise<T.Liste<T.Loeschung>> => get('/loeschungen', { ergebnis, ...page }),
  historie: (art: T.HistorienArt, id: string, page: Page = {}): Promise<T.Liste<T.HistorienEintrag>> => get(`/${art}/${id}/historie`, { ...page }),

  laufwege: (vorgang: string): Promise<T.LaufwegListe> => get(`/vorgaenge/${vorgang}/laufwege`),
  laufwegEntwurf: (vorgang: string, q: string, stelle: number, signal: AbortSignal): Promise<T.LaufwegEntwurf> => get(`/vorgaenge/${vorgang}/laufweg-entwurf`, { q, stelle }, signal),
  laufwegStarten: (of: Stand, zeile: string, dokument?: string, umlaufmappe?: string): Promise<T.LaufwegListe> => act(`/vorgaenge/${of.id}/laufwege`, of.stand, { zeile, dokument, umlaufmappe }),
  laufwegZurueckholen: (of: Stand, laufweg: string, grund: string): Promise<T.LaufwegListe> => act(`/vorgaenge/${of.id}/laufweg-zurueckholen`, of.stand, { laufweg, grund }),
  schrittHandeln: (of: Stand, body: T.SchrittHandeln): Promise<T.LaufwegListe> => act(`/vorgaenge/${of.id}/schritt`, of.stand, body),
  schritteEinfuegen: (of: Stand, schritt: string, zeile: string): Promise<T.LaufwegListe> => act(`/vorgaenge/${of.id}/schritte-einfuegen`, of.stand, { schritt, zeile }),
  umlaufmappen: (vorgang: string): Promise<T.UmlaufmappenListe> => get(`/vorgaenge/${vorgang}/umlaufmappen`),
  umlaufmappeAnlegen: (of: Stand, titel: string, dokumente: string[]): Promise<T.UmlaufmappenListe> => act(`/vorgaenge/${of.id}/umlaufmappen`, of.stand, { titel, dokumente }),
  umlaufmappeFuellen: (of: Stand, umlaufmappe: string, dokumente: string[]): Promise<T.UmlaufmappenListe> => act(`/vorgaenge/${of.id}/umlaufmappe-fuellen`, of.stand, { umlaufmappe, dokumente }),
  anmerkungen: (dokument: string): Promise<T.AnmerkungListe> => get(`/dokumente/${dokument}/anmerkungen`),
  anmerken: (of: Stand, body: T.AnmerkungNeu): Promise<T.AnmerkungListe> => act(`/dokumente/${of.id}/anmerkungen`, of.stand, body),
  anmerkungEntfernen: (of: Stand, anmerkung: string): Promise<T.AnmerkungListe> => act(`/dokumente/${of.id}/anmerkung-entfernen`, of.stand, { anmerkung }),
  laufwegeBpmn: (vorgang: string, laufweg: string): Promise<T.Liste<T.LaufwegBpmn>> => get(`/vorgaenge/${vorgang}/laufwege-bpmn`, { laufweg }),
  vorgangLaufwegvorlagen: (vorgang: string): Promise<T.Liste<T.Laufwegvorlage>> => get(`/vorgaenge/${vorgang}/laufwegvorlagen`),
  laufwegvorlagen: (): Promise<T.Liste<T.Laufwegvorlage>> => get('/laufwegvorlagen'),
  laufwegvorlageAnlegen: (body: T.LaufwegvorlageNeu): Promise<T.Laufwegvorlage> => create('/laufwegvorlagen', body),
  laufwegvorlageAendern: (of: Stand, body: T.LaufwegvorlageNeu): Promise<T.Laufwegvorlage> => request('PUT', `/laufwegvorlagen/${of.id}`, { stand: of.stand, body }),
  laufwegvorlageEntfernen: (of: Stand): Promise<void> => act(`/laufwegvorlagen/${of.id}/entfernen`, of.stand),
  bpmnLesen: (xml: string): Promise<T.BpmnGelesen> => request('POST', '/bpmn', { body: { xml } }),
  kalender: (): Promise<T.Kalender> => get('/kalender'),
  kalenderErneuern: (): Promise<T.Kalender> => request('POST', '/kalender'),
  kalenderBeenden: (): Promise<T.Kalender> => request('DELETE', '/kalender'),
  benachrichtigung: (): Promise<T.Nachricht> => get('/benachrichtigung'),
  benachrichtigungSetzen: (wahl: T.Nachricht['wahl']): Promise<T.Nachricht> => request('PUT', '/benachrichtigung', { body: { wahl } }),
  zeichnungen: (dokument: string): Promise<T.Liste<T.Zeichnung>> => get(`/dokumente/${dokument}/zeichnungen`),
  postkorb: (korb: T.Korb, page: Page = {}): Promise<T.Postkorb> => get('/postkorb', { korb, ...page }),
  postkorbZeichnen: (schritte: string[]): Promise<T.Liste<T.MappeErgebnis>> => request('POST', '/postkorb/zeichnen', { body: { schritte } }),
  frist: (frage: { von: string; dauer: number; einheit: T.FristEinheit; beginn: T.FristBeginn; land: T.FristLand | undefined; fronleichnam: boolean | undefined }): Promise<T.Frist> => get('/frist', frage),

  schreiben: (dokument: string): Promise<T.Schreiben> => get(`/dokumente/${dokument}/schreiben`),
  schreibenAnlegen: (of: Stand, body: T.SchreibenNeu): Promise<T.Liste<T.DokumentKurz>> => act(`/vorgaenge/${of.id}/schreiben`, of.stand, body),
  reinschriftErzeugen: (of: Stand): Promise<T.Schreiben> => act(`/dokumente/${of.id}/reinschrift`, of.stand),
  reinschriftAufheben: (of: Stand): Promise<T.Schreiben> => act(`/dokumente/${of.id}/reinschrift-aufheben`, of.stand),
  versenden: (of: Stand, body: T.VersandNeu): Promise<T.Schreiben> => act(`/dokumente/${of.id}/versenden`, of.stand, body),
  dokumentvorlagen: (): Promise<T.Liste<T.Dokumentvorlage> & { felder: T.Vorlagenfeld[] }> => get('/dokumentvorlagen'),
  dokumentvorlageAnlegen: (file: File, bezeichnung: string, art: T.DokumentArt): Promise<T.Dokumentvorlage> => sendFile('/dokumentvorlagen', { dateiname: file.name, bezeichnung, art }, file),
  vorlagenfassungAnlegen: (id: string, file: File): Promise<T.Dokumentvorlage> => sendFile(`/dokumentvorlagen/${id}/fassungen`, { dateiname: file.name }, file),
  dokumentvorlageAendern: (of: Stand, body: T.DokumentvorlageAendern): Promise<T.Dokumentvorlage> => change(`/dokumentvorlagen/${of.id}`, of.stand, body),
  textbausteine: (): Promise<T.Liste<T.Textbaustein>> => get('/textbausteine'),
  textbausteinAnlegen: (body: T.TextbausteinNeu): Promise<T.Textbaustein> => create('/textbausteine', body),
  textbausteinAendern: (of: Stand, body: T.TextbausteinAendern): Promise<T.Textbaustein> => change(`/textbausteine/${of.id}`, of.stand, body),
  briefkopf: (): Promise<T.Briefkopf> => get('/briefkopf'),
  briefkopfSetzen: (stand: number, body: T.BriefkopfSetzen): Promise<T.Briefkopf> => change('/briefkopf', stand, body),
  /** What was typed becomes a version; of two that are saved at once both are kept. */
  textSpeichern: (of: { id: string; dateiname: string; version: number }, text: string): Promise<T.Dokument> =>
    sendFile(`/dokumente/${of.id}/versionen`, { dateiname: of.dateiname, basis: of.version }, new File([text], of.dateiname)),
  schwaerzungen: (dokument: string): Promise<T.Liste<T.Schwaerzung>> => get(`/dokumente/${dokument}/schwaerzungen`),
  schwaerzen: (of: Stand, body: T.SchwaerzungNeu): Promise<T.Liste<T.Schwaerzung>> => act(`/dokumente/${of.id}/schwaerzungen`, of.stand, body),
  einsichten: (art: T.EinsichtArt, id: string): Promise<T.Einsichten> => get(`/${art}/${id}/akteneinsichten`),
  einsichtAnlegen: (art: T.EinsichtArt, of: Stand, body: T.EinsichtNeu): Promise<T.Einsichten> => act(`/${art}/${of.id}/akteneinsichten`, of.stand, body),
  auswertungsregelSetzen: (stand: number, personen: boolean): Promise<T.Auswertung> => request('PUT', '/auswertung/regel', { stand, body: { personen } }),
  auswertung: (frage: { von: string; bis: string; organisationseinheit: string | undefined }): Promise<T.Auswertung> => get('/auswertung', frage),

  suche: (q: string, page: Page & { ordnung?: 'relevanz' | 'datum'; facetten?: boolean }, signal?: AbortSignal): Promise<T.Suchergebnis> => get('/suche', { q, ...page }, signal),
  suchen: (): Promise<T.Liste<T.GemerkteSuche>> => get('/suchen'),
  sucheMerken: (body: T.SucheMerken): Promise<T.GemerkteSuche> => create('/suchen', body),
  sucheGesehen: (id: string): Promise<void> => request('POST', `/suchen/${id}/gesehen`),
  sucheVergessen: (id: string): Promise<void> => request('DELETE', `/suchen/${id}`),
  vorschlaege: (q: string, arten: readonly T.VorschlagArt[], signal?: AbortSignal): Promise<T.Liste<T.Vorschlag>> => get('/vorschlaege', { q, arten: arten.join(',') }, signal),
  heute: (): Promise<T.Heute> => get('/heute'),

  netzKommunen: (frage: Page & { q: string; land: string; groesse: string; einfuehrung: string; kreis: string; dabei?: boolean }): Promise<T.Liste<T.NetzKommuneKurz>> => get('/netz/kommunen', frage),
  netzKommune: (ags: string): Promise<T.NetzKommune> => get('/netz/kommune', { ags }),
  netzAbdeckung: (): Promise<T.NetzAbdeckung> => get('/netz/abdeckung'),
  netzProgramme: (): Promise<T.Liste<T.NetzProgramm>> => get('/netz/programme'),
  netzProfil: (): Promise<T.NetzProfil> => get('/netz/profil'),
  netzProfilSetzen: (stand: number, body: T.ProfilSetzen): Promise<T.NetzProfil> => request('PUT', '/netz/profil', { stand, body }),
  netzMitglieder: (frage: Page & { q?: string; programm?: string; rolle?: string }): Promise<T.Liste<T.NetzMitglied>> => get('/netz/mitglieder', frage),
  netzMitgliedEinladen: (body: T.MitgliedNeu): Promise<T.NetzMitglied> => create('/netz/mitglieder', body),
  netzMitgliedZustand: (of: Stand, zustand: 'aktiv' | 'ausgeschieden'): Promise<T.NetzMitglied> => act(`/netz/mitglieder/${of.id}/zustand`, of.stand, { zustand }),
  netzMitgliedAngaben: (of: Stand, angaben: T.AngabeSetzen[]): Promise<T.NetzMitglied> => request('PUT', `/netz/mitglieder/${of.id}/angaben`, { stand: of.stand, body: { angaben } }),
  netzMitgliedBetreuung: (of: Stand, ags: string[]): Promise<T.NetzMitglied> => request('PUT', `/netz/mitglieder/${of.id}/betreuung`, { stand: of.stand, body: { ags } }),
  netzWerkzeuge: (): Promise<T.Liste<T.WerkzeugKurz>> => get('/netz/werkzeuge'),
  netzWerkzeug: (schluessel: string, version: string | undefined): Promise<T.WerkzeugBild> => get('/netz/werkzeug', { schluessel, version }),
  netzChecklisten: (): Promise<T.Liste<T.NetzChecklisteKurz>> => get('/netz/checklisten'),
  netzCheckliste: (id: string): Promise<T.NetzCheckliste> => get(`/netz/checklisten/${id}`),
  netzChecklisteBeginnen: (body: T.ChecklisteNeu): Promise<T.NetzCheckliste> => create('/netz/checklisten', body),
  netzPunktSetzen: (of: Stand, body: T.PunktSetzen): Promise<T.NetzCheckliste> => request('PUT', `/netz/checklisten/${of.id}/punkt`, { stand: of.stand, body }),
  netzChecklisteAendern: (of: Stand, body: T.ChecklisteAendern): Promise<T.NetzCheckliste> => change(`/netz/checklisten/${of.id}`, of.stand, body),
  netzPraktiken: (frage: Page & { q: string; land: string }): Promise<T.Liste<T.NetzPraxisKurz>> => get('/netz/praktiken', frage),
  netzPraxis: (praxis: string): Promise<T.NetzPraxis> => get('/netz/praxis', { praxis }),
  netzEntwuerfe: (): Promise<T.Liste<T.PraxisEntwurf>> => get('/netz/entwuerfe'),
  netzPraxisAnlegen: (body: T.PraxisNeu): Promise<T.NetzPraxis> => create('/netz/praktiken', body),
  netzPraxisAendern: (of: Stand, body: T.PraxisNeu): Promise<T.NetzPraxis> => request('PUT', `/netz/praktiken/${of.id}`, { stand: of.stand, body }),
  netzPraxisZustand: (of: Stand, status: T.Praxisstatus): Promise<T.NetzPraxis> => act(`/netz/praktiken/${of.id}/zustand`, of.stand, { status }),
  netzPraxisBestaetigen: (of: Stand): Promise<T.NetzPraxis> => request('POST', `/netz/praktiken/${of.id}/bestaetigen`, { stand: of.stand }),
  netzBausteinSchnueren: (of: Stand, body: T.BausteinSchnueren): Promise<T.NetzPraxis> => request('PUT', `/netz/praktiken/${of.id}/baustein`, { stand: of.stand, body }),
  netzBausteinVorschau: (body: T.BausteinAnnehmen): Promise<T.NetzVorschau> => request('POST', '/netz/bausteine/vorschau', { body }),
  netzBausteinUebernehmen: (body: T.BausteinAnnehmen): Promise<T.NetzUebernahme> => create('/netz/uebernahmen', body),
  netzUebernahmen: (): Promise<T.Liste<T.NetzUebernahme>> => get('/netz/uebernahmen'),
  netzUebernahmeZurueck: (of: Stand): Promise<T.NetzUebernahme> => request('POST', `/netz/uebernahmen/${of.id}/zurueck`, { stand: of.stand }),
  netzVertrauen: (): Promise<T.NetzVertrauenListe> => get('/netz/vertrauen'),
  netzVertrauenSetzen: (body: T.VertrauenSetzen): Promise<T.NetzVertrauenListe> => request('PUT', '/netz/vertrauen', { body }),
};

/** Address of a version's bytes, to show or (`herunterladen`) to save. */
export function inhaltUrl(dokument: string, nr: number, herunterladen = false): string {
  return url(`/dokumente/${dokument}/versionen/${nr}/inhalt`, herunterladen ? { herunterladen: 1 } : {});
}

/** Address of a rendition's bytes; `seite` 0 is the whole, or the small picture. */
export function renditionUrl(dokument: string, nr: number, art: RenditionArt, seite = 0): string {
  return url(`/dokumente/${dokument}/versionen/${nr}/rendition`, { art, seite });
}

/** Address of what belongs to a letter: "reinschrift", "versand/1/stueck", "schwaerzungen/2". */
export function schreibenUrl(dokument: string, was: string): string {
  return url(`/dokumente/${dokument}/${was}`, {});
}
export function einsichtUrl(art: T.EinsichtArt, id: string, nr: number): string {
  return url(`/${art}/${id}/akteneinsichten/${nr}`, {});
}
export function vorlagenfassungUrl(id: string, nr: number): string {
  return url(`/dokumentvorlagen/${id}/fassungen/${nr}`, {});
}
export function auswertungCsvUrl(frage: { von: string; bis: string; organisationseinheit: string | undefined }): string {
  return url('/auswertung/csv', frage);
}
/** Address of a practice's Baustein as a file. */
export function netzBausteinUrl(praxis: string): string {
  return url('/netz/baustein', { praxis });
}
