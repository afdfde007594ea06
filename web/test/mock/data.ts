import { createHash } from 'node:crypto';
import { makePdf } from '../../../tests/e2e/support/pdf';
import type * as T from '../../src/api/types';

/** What the stand-in remembers: the contract's objects plus file bytes, text and history. */
export interface Stored extends T.Dokument {
  bytes: Map<number, Buffer>;
  seitenText: string[];
  wartetSeit: string;
}

let counter = 0;
export function newId(): string {
  counter += 1;
  return `01930000-0000-7000-8000-${String(counter).padStart(12, '0')}`;
}
export const instant = (hoursAgo: number): string => new Date(Date.now() - hoursAgo * 3_600_000).toISOString();
const day = (daysAgo: number): string => instant(daysAgo * 24).slice(0, 10);

export const personen: T.Person[] = [
  ['Vera', 'Lindner', 'lindner'],
  ['Jonas', 'Ahrens', 'ahrens'],
  ['Miriam', 'Tellkamp', 'tellkamp'],
  ['Rolf', 'Sandmann', 'admin'],
].map(([vorname = '', nachname = '', anmeldename = '']) => ({ id: newId(), stand: 1, name: `${vorname} ${nachname}`, vorname, nachname, anmeldename, email: `${anmeldename}@musterlinden.example`, aktiv: true }));
export const kurz = (person: T.Person | undefined): T.PersonKurz => ({ id: person?.id ?? '', name: person?.name ?? '' });

export const einheiten: T.Organisationseinheit[] = [
  { id: newId(), stand: 1, kurzzeichen: '10', bezeichnung: 'Hauptamt' },
  { id: newId(), stand: 1, kurzzeichen: '60', bezeichnung: 'Bauamt' },
];
einheiten.push({ id: newId(), stand: 1, kurzzeichen: '63', bezeichnung: 'Bauordnung', ueber: einheiten[1]?.id ?? '' });
export const rollen: T.Rolle[] = [
  { kuerzel: 'SB', bezeichnung: 'Sachbearbeitung', rechte: ['akteAnlegen', 'akteAendern', 'vorgangAnlegen', 'vorgangAendern', 'vorgangZda', 'vorgangZdaAufheben', 'dokumentAnlegen', 'dokumentAendern', 'eingangErfassen', 'eingangAblegen'] },
  { kuerzel: 'RG', bezeichnung: 'Registratur', rechte: ['aktenplanPflegen', 'akteZda', 'akteZdaAufheben', 'zugriffSetzen'] },
  { kuerzel: 'LT', bezeichnung: 'Leitung', rechte: [] },
  { kuerzel: 'FA', bezeichnung: 'Fachadministration', rechte: ['organisationPflegen', 'personPflegen', 'zugriffPflegen', 'aktenplanPflegen'] },
];
export const stellen: T.Stelle[] = [
  { id: newId(), stand: 1, bezeichnung: 'Sachbearbeitung Bauordnung', organisationseinheit: einheiten[2]?.id ?? '', leitung: false, rollen: ['SB'], personen: [kurz(personen[0])] },
  { id: newId(), stand: 1, bezeichnung: 'Registratur', organisationseinheit: einheiten[0]?.id ?? '', leitung: false, rollen: ['RG', 'SB'], personen: [kurz(personen[1])] },
  { id: newId(), stand: 1, bezeichnung: 'Amtsleitung Bauamt', organisationseinheit: einheiten[1]?.id ?? '', leitung: true, rollen: ['LT', 'SB'], personen: [kurz(personen[2])] },
  { id: newId(), stand: 1, bezeichnung: 'Fachadministration', organisationseinheit: einheiten[0]?.id ?? '', leitung: false, rollen: ['FA', 'RG', 'SB'], personen: [kurz(personen[3])] },
];
export const zugriffe: T.Zugriff[] = [
  { id: newId(), stand: 1, bezeichnung: 'Ganze Verwaltung', eintraege: [{ traegerArt: 'alle', traegerName: 'Alle', stufe: 'bearbeiten' }] },
  { id: newId(), stand: 1, bezeichnung: 'Nur Bauamt', eintraege: [{ traegerArt: 'organisationseinheit', traeger: einheiten[1]?.id ?? '', traegerName: '60 Bauamt', stufe: 'bearbeiten' }] },
];
const offen: T.ZugriffKurz = { id: zugriffe[0]?.id ?? '', bezeichnung: 'Ganze Verwaltung' };

const PLAN = `0|Allgemeine Verwaltung
00|Gemeindeorgane
000|Gemeinderat|30|A
001|Ausschüsse|30|A
02|Organisation
020|Innere Organisation|10|B
025|Digitalisierung und E-Akte|10|B
1|Öffentliche Sicherheit
11|Ordnungsverwaltung
112|Versammlungen und Feste|10|V
115|Fundsachen|2|V
4|Soziales
46|Jugendhilfe
464|Kindertagesstätten|10|B
6|Bauen und Verkehr
61|Städteplanung
610|Bauleitplanung||A
63|Bauordnung
632|Baugenehmigungen|30|B
633|Baulasten||A
65|Straßen
650|Straßenbau|30|B
656|Straßenreinigung und Winterdienst|10|V
7|Öffentliche Einrichtungen
75|Friedhöfe
750|Grabstellen|30|V
752|Friedhofssatzung||A`;
const byKey = new Map<string, string>();
export const plan: T.Aktenplaneinheit[] = PLAN.split('\n').map((line) => {
  const [kennzeichen = '', titel = '', jahre, art] = line.split('|');
  const id = newId();
  byKey.set(kennzeichen, id);
  const ueber = byKey.get(kennzeichen.slice(0, -1));
  return {
    id, stand: 1, kennzeichen, titel, blatt: art !== undefined, gesperrt: false, akten: 0, zugriff: offen,
    aussonderungsart: art === 'A' || art === 'V' ? art : 'B',
    ...(ueber === undefined ? {} : { ueber }),
    ...(jahre === undefined || jahre === '' ? {} : { aufbewahrungsdauer: Number(jahre) }),
  };
});

export const akten: T.Akte[] = [];
export const vorgaenge: T.Vorgang[] = [];
export const dokumente: Stored[] = [];
export const historie = new Map<string, T.HistorienEintrag[]>();

export function log(id: string, person: T.PersonKurz | undefined, aktion: string, satz: string, aenderungen: T.HistorienEintrag['aenderungen'] = [], hoursAgo = 0): void {
  const list = historie.get(id) ?? [];
  list.unshift({ nr: list.length + 1, zeit: instant(hoursAgo), aktion, satz, aenderungen, ...(person === undefined ? {} : { person }) });
  historie.set(id, list);
}

export function newAkte(einheit: T.Aktenplaneinheit, betreff: string, person: T.PersonKurz, hoursAgo = 0): T.Akte {
  einheit.akten += 1;
  const akte: T.Akte = {
    id: newId(), stand: 1, zeichen: `${einheit.kennzeichen}-${einheit.akten}`, betreff, vorgaenge: 0, status: 'inBearbeitung', angelegt: instant(hoursAgo), zugriff: offen,
    aktenplaneinheit: { id: einheit.id, kennzeichen: einheit.kennzeichen, titel: einheit.titel },
    organisationseinheit: { id: einheiten[2]?.id ?? '', kurzzeichen: '63', bezeichnung: 'Bauordnung' },
    darf: ['akteAendern', 'akteZda', 'zugriffSetzen', 'vorgangAnlegen'],
  };
  akten.push(akte);
  log(akte.id, person, 'akte.angelegt', `${person.name} hat die Akte angelegt.`, [], hoursAgo);
  return akte;
}
export function newVorgang(akte: T.Akte, betreff: string, person: T.PersonKurz, hoursAgo = 0): T.Vorgang {
  akte.vorgaenge += 1;
  const { zugriff, aktenplaneinheit, organisationseinheit } = akte;
  const vorgang: T.Vorgang = {
    id: newId(), stand: 1, zeichen: `${akte.zeichen}/${akte.vorgaenge}-2026`, betreff, akte: { id: akte.id, zeichen: akte.zeichen, betreff: akte.betreff },
    aktenplaneinheit, organisationseinheit, bearbeitung: person, status: 'inBearbeitung', angelegt: instant(hoursAgo), zugriff, dokumente: 0,
    darf: ['vorgangAendern', 'vorgangZda', 'zugriffSetzen', 'dokumentAnlegen'],
  };
  vorgaenge.push(vorgang);
  log(vorgang.id, person, 'vorgang.angelegt', `${person.name} hat den Vorgang angelegt.`, [], hoursAgo);
  return vorgang;
}

/** Text of our own uncompressed PDFs, and of everything that is text; enough for a stand-in. */
function textOf(dateiname: string, bytes: Buffer): { format: string; seiten: string[] } {
  const extension = dateiname.toLowerCase().split('.').pop() ?? '';
  if (extension === 'pdf') {
    const pages = bytes.toString('latin1').split('endstream').slice(0, -1);
    return { format: 'application/pdf', seiten: pages.map((page) => [...page.matchAll(/\(((?:[^()\\]|\\.)*)\) Tj/g)].map((match) => (match[1] ?? '').replace(/\\(.)/g, '$1')).join('\n')) };
  }
  const formats: Record<string, string> = { txt: 'text/plain', md: 'text/markdown', html: 'text/html', eml: 'message/rfc822' };
  const text = bytes.toString('utf8');
  return { format: formats[extension] ?? 'application/octet-stream', seiten: [extension === 'html' ? text.replace(/<[^>]+>/g, ' ') : text] };
}

export function addVersion(dokument: Stored, dateiname: string, bytes: Buffer, person: T.PersonKurz, basis: number | undefined, hoursAgo = 0): void {
  const { format, seiten } = textOf(dateiname, bytes);
  const nr = dokument.versionen.length + 1;
  const textStatus = seiten.join('').trim() === '' ? 'leer' : 'ok';
  const konflikt = basis !== undefined && basis !== nr - 1;
  const count = format === 'application/pdf' ? { seiten: seiten.length } : {};
  dokument.versionen.unshift({ nr, dateiname, format, groesse: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex'), erstellt: instant(hoursAgo), ersteller: person, konflikt, textStatus, ...count, ...(basis === undefined ? {} : { basis }) });
  dokument.bytes.set(nr, bytes);
  Object.assign(dokument, { dateiname, format, groesse: bytes.length, version: nr, textStatus, seitenText: seiten, ...count });
}

export function newDokument(dateiname: string, bytes: Buffer, person: T.PersonKurz, fields: Partial<T.Dokument> = {}, hoursAgo = 0): Stored {
  const dokument: Stored = {
    id: newId(), stand: 1, betreff: dateiname.replace(/\.\w+$/, '').replace(/_/g, ' '), art: 'Eingang', dateiname, format: '', groesse: 0, version: 0, anlagen: 0, erstellt: instant(hoursAgo),
    eingangsdatum: instant(hoursAgo).slice(0, 10), textStatus: 'ok', status: 'inBearbeitung', darf: ['dokumentAendern', 'eingangAblegen'], versionen: [], anlagenListe: [],
    bytes: new Map(), seitenText: [], wartetSeit: instant(hoursAgo), ...fields,
  };
  addVersion(dokument, dateiname, bytes, person, undefined, hoursAgo);
  dokumente.push(dokument);
  log(dokument.id, person, 'dokument.empfangen', `${person.name} hat „${dateiname}“ in den Posteingang gelegt.`, [], hoursAgo);
  return dokument;
}
export function file(dokument: Stored, vorgang: T.Vorgang): void {
  vorgang.dokumente += 1;
  dokument.vorgang = { id: vorgang.id, zeichen: vorgang.zeichen, betreff: vorgang.betreff };
  dokument.akte = vorgang.akte;
  dokument.zeichen = `${vorgang.zeichen}-${vorgang.dokumente}`;
  dokument.zugriff = vorgang.zugriff;
}

const letter = (absender: string, betreff: string, ...text: string[]): Buffer =>
  makePdf([[absender, 'Lindenstraße 12 · 09999 Musterlinden', '', '', 'Stadt Musterlinden', 'Markt 1', '09999 Musterlinden', '', '', '', betreff, '', 'Sehr geehrte Damen und Herren,', '', ...text, '', 'Mit freundlichen Grüßen', '', absender], ['Anlage zum Schreiben', '', 'Flurstück 218/4, Gemarkung Musterlinden', 'Größe: 612 m²']]);

function seed(): void {
  const [lindner, ahrens] = personen;
  const einheit = (key: string): T.Aktenplaneinheit => {
    const found = plan.find((one) => one.kennzeichen === key);
    if (found === undefined) throw new Error(`no ${key} in the plan`);
    return found;
  };
  const garage = newAkte(einheit('632'), 'Bauanträge Lindenstraße', kurz(lindner), 900);
  const v1 = newVorgang(garage, 'Neubau einer Doppelgarage, Lindenstraße 12', kurz(lindner), 700);
  const v2 = newVorgang(garage, 'Anbau eines Wintergartens, Lindenstraße 40', kurz(lindner), 300);
  const fest = newAkte(einheit('112'), 'Stadtfest 2026', kurz(ahrens), 500);
  newVorgang(fest, 'Genehmigung Stadtfest 2026', kurz(lindner), 200);
  const winter = newAkte(einheit('656'), 'Winterdienst 2026/2027', kurz(ahrens), 400);
  newVorgang(winter, 'Vergabe Streusalz', kurz(lindner), 100);
  newVorgang(winter, 'Straßenreinigung Lindenstraße', kurz(lindner), 90);
  newVorgang(newAkte(einheit('750'), 'Grabstellen Nordfriedhof', kurz(ahrens), 300), 'Verlegung Grabstelle Feld C', kurz(ahrens), 60);
  newAkte(einheit('610'), 'Bebauungsplan Nr. 14 „Am Weiher“', kurz(lindner), 2000);
  const docs: [T.Vorgang, string, string, T.DokumentArt, string][] = [
    [v1, 'Bauantrag Doppelgarage', 'Familie Petermann', 'Eingang', 'hiermit beantragen wir die Genehmigung für den Neubau einer Doppelgarage.'],
    [v1, 'Nachforderung Lageplan', 'Stadt Musterlinden', 'Ausgang', 'für die Prüfung fehlt der amtliche Lageplan. Bitte reichen Sie ihn nach.'],
    [v1, 'Lageplan und Baubeschreibung', 'Vermessungsbüro Halbig', 'Eingang', 'anbei der amtliche Lageplan zu Ihrem Schreiben.'],
    [v2, 'Bauantrag Wintergarten', 'Herr Osterkamp', 'Eingang', 'ich beantrage den Anbau eines Wintergartens an mein Wohnhaus.'],
  ];
  for (const [index, [vorgang, betreff, absender, art, text]] of docs.entries()) {
    const dokument = newDokument(`${betreff.replace(/ /g, '_')}.pdf`, letter(absender, betreff, text), kurz(lindner), { betreff, absender, art, datum: day(20 - index * 3) }, 480 - index * 70);
    file(dokument, vorgang);
    log(dokument.id, kurz(lindner), 'dokument.abgelegt', `${lindner?.name ?? ''} hat das Dokument in ${vorgang.zeichen} abgelegt.`, [], 470 - index * 70);
  }
  const vermerk = newDokument('Vermerk_Ortstermin.txt', Buffer.from('Vermerk\n\nOrtstermin am 12.11.2026, 10 Uhr.\nAnwesend: Familie Petermann, Frau Lindner.\n\nDie Grenzabstände wurden vor Ort geprüft und sind eingehalten.\n'), kurz(lindner), { art: 'Intern', betreff: 'Vermerk Ortstermin', datum: day(11) }, 260);
  file(vermerk, v1);
  const post: [string, string, string, number][] = [
    ['Beschwerde Straßenreinigung', 'Frau Wendland', 'die Lindenstraße wurde seit drei Wochen nicht gereinigt. Bitte prüfen Sie das.', 75],
    ['Stellungnahme zum Bebauungsplan', 'Naturfreunde Musterlinden e. V.', 'zum Entwurf des Bebauungsplans Nr. 14 nehmen wir wie folgt Stellung.', 50],
    ['Antrag Verlegung Grabstelle', 'Herr Osterkamp', 'ich bitte um die Verlegung der Grabstelle meiner Mutter.', 26],
    ['Angebot Streusalz', 'Salzhandel Brückner GmbH', 'gern bieten wir Ihnen 40 Tonnen Streusalz für die Saison 2026/2027 an.', 3],
  ];
  for (const [betreff, absender, text, hours] of post) newDokument(`${betreff.replace(/ /g, '_')}.pdf`, letter(absender, betreff, text), kurz(ahrens), { betreff, absender, datum: day(Math.ceil(hours / 24) + 2) }, hours);
  newDokument('Anfrage_Kita-Platz.eml', Buffer.from('Von: Familie Kaltenbach\nAn: Stadt Musterlinden\nBetreff: Anfrage Kita-Platz\n\nGuten Tag,\n\nwir suchen ab August einen Platz in einer Kindertagesstätte.\n\nViele Grüße\nFamilie Kaltenbach\n'), kurz(ahrens), { absender: 'Familie Kaltenbach' }, 1);
}
seed();
