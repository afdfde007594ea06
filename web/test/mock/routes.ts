import type * as T from '../../src/api/types';
import * as data from './data';
import { Refusal, sitzung, type Handler } from './server';

const tokens: T.Token[] = [];

function one<Item extends { id: string }>(list: readonly Item[], id: unknown): Item {
  const found = list.find((item) => item.id === id);
  if (found === undefined) throw new Refusal(404, 'nicht_gefunden', 'Das gibt es nicht, oder Sie dürfen es nicht sehen.');
  return found;
}
function text(body: Record<string, unknown>, key: string): string {
  const value = body[key];
  if (typeof value !== 'string' || value.trim() === '') throw new Refusal(422, 'feld_fehlt', 'Bitte füllen Sie dieses Feld aus.', key);
  return value;
}
function page<Item>(list: readonly Item[], query: URLSearchParams): T.Liste<Item> {
  const from = Number(query.get('nach') ?? 0);
  const limit = Number(query.get('limit') ?? 50);
  return { eintraege: list.slice(from, from + limit), anzahl: list.length, ...(from + limit < list.length ? { nach: String(from + limit) } : {}) };
}
function bare(dokument: data.Stored): T.Dokument {
  const { bytes: _bytes, seitenText: _text, ...rest } = dokument;
  return rest;
}
function change<Item extends { id: string; stand: number }>(list: readonly Item[], name: string): Handler {
  return ({ params, body, match, person }) => {
    const item = one(list, params['id']);
    if ('betreff' in body) text(body, 'betreff');
    match(item);
    const before: Record<string, unknown> = { ...item };
    const changes = Object.entries(body).map(([feld, neu]) => ({ feld, alt: String(before[feld] ?? ''), neu: String(neu) }));
    Object.assign(item, body);
    data.log(item.id, data.kurz(person), `${name}.geaendert`, `${person.name} hat ${changes.map((one) => one.feld).join(', ')} geändert.`, changes);
    return 'bytes' in item ? bare(one(data.dokumente, item.id)) : item;
  };
}
function close(list: readonly { id: string; stand: number; status: T.Status; darf: T.Recht[]; zdaDatum?: string }[], art: 'akte' | 'vorgang', closed: boolean): Handler {
  const open: Readonly<Record<typeof art, T.Recht[]>> = {
    akte: ['akteAendern', 'akteZda', 'zugriffSetzen', 'vorgangAnlegen'],
    vorgang: ['vorgangAendern', 'vorgangZda', 'zugriffSetzen', 'dokumentAnlegen'],
  };
  return ({ params, match, person }) => {
    const item = one(list, params['id']);
    match(item);
    item.status = closed ? 'abgeschlossen' : 'inBearbeitung';
    item.darf = closed ? [art === 'akte' ? 'akteZdaAufheben' : 'vorgangZdaAufheben'] : open[art];
    if (closed) item.zdaDatum = new Date().toISOString();
    else delete item.zdaDatum;
    data.log(item.id, data.kurz(person), closed ? 'zda' : 'zda-aufgehoben', closed ? `${person.name} hat zdA verfügt.` : `${person.name} hat zdA aufgehoben.`);
    return item;
  };
}
const fold = (value: string): string => value.toLowerCase().replace(/ß/g, 'ss').normalize('NFD').replace(/\p{M}/gu, '');

function snippet(pages: readonly string[], words: readonly string[]): T.Ausschnitt[] {
  const all = pages.join(' ').replace(/\s+/g, ' ');
  const at = Math.max(0, fold(all).indexOf(words[0] ?? '') - 50);
  return all.slice(at, at + 180).split(/(\p{L}+)/u).map((part) => ({ text: part, treffer: words.some((word) => fold(part).startsWith(word)) }));
}
const suche: Handler = ({ query }) => {
  const words = fold(query.get('q') ?? '').split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  const hits = words.length === 0 ? [] : data.dokumente.filter((dokument) => words.every((word) => fold([dokument.betreff, dokument.absender, ...dokument.seitenText].join(' ')).includes(word)));
  const eintraege = hits.map((dokument): T.Suchtreffer => ({ dokument: bare(dokument), ausschnitt: snippet(dokument.seitenText, words), ...(dokument.vorgang === undefined ? {} : { vorgang: dokument.vorgang }), ...(dokument.akte === undefined ? {} : { akte: dokument.akte }) }));
  return page(eintraege, query);
};
const vorschlaege: Handler = ({ query }) => {
  const words = fold(query.get('q') ?? '').split(/\s+/).filter((word) => word !== '');
  const arten = (query.get('arten') ?? 'akte,vorgang,dokument,aktenplaneinheit').split(',');
  const all: T.Vorschlag[] = [
    ...data.vorgaenge.map((one): T.Vorschlag => ({ art: 'vorgang', id: one.id, zeichen: one.zeichen, betreff: one.betreff, ort: `${one.akte.zeichen} ${one.akte.betreff}` })),
    ...data.akten.map((one): T.Vorschlag => ({ art: 'akte', id: one.id, zeichen: one.zeichen, betreff: one.betreff, ort: one.aktenplaneinheit.titel })),
    ...data.plan.map((one): T.Vorschlag => ({ art: 'aktenplaneinheit', id: one.id, zeichen: one.kennzeichen, betreff: one.titel, ort: 'Aktenplan' })),
    ...data.dokumente.map((one): T.Vorschlag => ({ art: 'dokument', id: one.id, zeichen: one.zeichen ?? '', betreff: one.betreff, ort: one.vorgang?.betreff ?? 'Posteingang' })),
  ];
  return { eintraege: all.filter((hit) => arten.includes(hit.art) && words.every((word) => fold(`${hit.zeichen} ${hit.betreff}`).includes(word))).slice(0, 10) };
};
const upload = (target: (dokument: data.Stored, params: Readonly<Record<string, string>>) => void): Handler => ({ params, query, raw, person }) => {
  const dokument = data.newDokument(query.get('dateiname') ?? 'Datei', raw, data.kurz(person));
  target(dokument, params);
  return bare(dokument);
};
const waiting = (): data.Stored[] => data.dokumente.filter((dokument) => dokument.vorgang === undefined && dokument.uebergeordnet === undefined).sort((a, b) => a.wartetSeit.localeCompare(b.wartetSeit));

export const routes: readonly [string, Handler][] = [
  ['GET /start', () => ({ version: '0.1.0', demo: true, mandanten: [{ schluessel: 'musterlinden', name: 'Stadt Musterlinden' }], logins: data.personen.map((person, index) => ({ mandant: 'musterlinden', name: person.anmeldename, passwort: 'demo', beschreibung: ['Sachbearbeitung', 'Registratur', 'Amtsleitung', 'Fachadministration'][index] ?? '' })) })],
  ['POST /anmeldung', ({ body }) => {
    const person = data.personen.find((one) => one.anmeldename === body['name']);
    if (person === undefined || body['passwort'] !== 'demo') throw new Refusal(401, 'anmeldung_falsch', 'Anmeldename oder Passwort stimmt nicht.');
    return sitzung(person);
  }],
  ['GET /anmeldung', ({ person }) => sitzung(person)],
  ['DELETE /anmeldung', () => undefined],
  ['DELETE /anmeldung/alle', () => undefined],
  ['PUT /anmeldung/passwort', ({ body }) => {
    if (text(body, 'alt') !== 'demo') throw new Refusal(422, 'passwort_falsch', 'Das bisherige Passwort stimmt nicht.', 'alt');
    return undefined;
  }],
  ['GET /token', () => ({ eintraege: tokens })],
  ['POST /token', ({ body }) => {
    const token: T.Token = { id: data.newId(), bezeichnung: text(body, 'bezeichnung'), umfang: body['umfang'] === 'schreiben' ? 'schreiben' : 'lesen', ende: text(body, 'ende'), erstellt: data.instant(0) };
    tokens.push(token);
    return { ...token, geheimnis: `al_${token.id.replace(/-/g, '')}` };
  }],
  ['DELETE /token/:id', ({ params }) => void tokens.splice(tokens.findIndex((token) => token.id === params['id']), 1)],

  ['GET /organisationseinheiten', () => ({ eintraege: data.einheiten })],
  ['POST /organisationseinheiten', ({ body }) => {
    const einheit: T.Organisationseinheit = { id: data.newId(), stand: 1, kurzzeichen: text(body, 'kurzzeichen'), bezeichnung: text(body, 'bezeichnung'), ...(typeof body['ueber'] === 'string' ? { ueber: body['ueber'] } : {}) };
    data.einheiten.push(einheit);
    return einheit;
  }],
  ['PATCH /organisationseinheiten/:id', change(data.einheiten, 'organisationseinheit')],
  ['GET /stellen', () => ({ eintraege: data.stellen })],
  ['POST /stellen', ({ body }) => {
    const rollen = Array.isArray(body['rollen']) ? body['rollen'].map(String) : [];
    const stelle: T.Stelle = { id: data.newId(), stand: 1, bezeichnung: text(body, 'bezeichnung'), organisationseinheit: text(body, 'organisationseinheit'), leitung: body['leitung'] === true, rollen, personen: [] };
    data.stellen.push(stelle);
    return stelle;
  }],
  ['PATCH /stellen/:id', change(data.stellen, 'stelle')],
  ['PUT /stellen/:id/besetzung', ({ params, body, match }) => {
    const stelle = one(data.stellen, params['id']);
    match(stelle);
    stelle.personen = (Array.isArray(body['personen']) ? body['personen'] : []).map((id) => data.kurz(one(data.personen, id)));
    return stelle;
  }],
  ['GET /personen', () => ({ eintraege: data.personen })],
  ['POST /personen', ({ body }) => {
    const [vorname, nachname, anmeldename] = [text(body, 'vorname'), text(body, 'nachname'), text(body, 'anmeldename')];
    if (data.personen.some((person) => person.anmeldename === anmeldename)) throw new Refusal(409, 'anmeldename_vergeben', 'Dieser Anmeldename ist vergeben.', 'anmeldename');
    text(body, 'passwort');
    const person: T.Person = { id: data.newId(), stand: 1, vorname, nachname, anmeldename, name: `${vorname} ${nachname}`, aktiv: true };
    data.personen.push(person);
    return person;
  }],
  ['PATCH /personen/:id', change(data.personen, 'person')],
  ['POST /personen/:id/passwort', ({ body }) => void text(body, 'passwort')],
  ['DELETE /personen/:id/sitzungen', () => undefined],
  ['GET /rollen', () => ({ eintraege: data.rollen })],
  ['GET /zugriffe', () => ({ eintraege: data.zugriffe })],
  ['POST /zugriffe', ({ body }) => {
    const zugriff: T.Zugriff = { id: data.newId(), stand: 1, bezeichnung: text(body, 'bezeichnung'), eintraege: [] };
    data.zugriffe.push(zugriff);
    return zugriff;
  }],
  ['PUT /zugriffe/:id', change(data.zugriffe, 'zugriff')],

  ['GET /aktenplan', () => ({ eintraege: [...data.plan].sort((a, b) => a.kennzeichen.localeCompare(b.kennzeichen)) })],
  ['GET /aktenplaneinheiten/:id', ({ params }) => one(data.plan, params['id'])],
  ['POST /aktenplaneinheiten', ({ body }) => {
    const einheit: T.Aktenplaneinheit = { id: data.newId(), stand: 1, kennzeichen: text(body, 'kennzeichen'), titel: text(body, 'titel'), aussonderungsart: 'B', blatt: true, gesperrt: false, akten: 0, ...(typeof body['ueber'] === 'string' ? { ueber: body['ueber'] } : {}) };
    data.plan.push(einheit);
    return einheit;
  }],
  ['PATCH /aktenplaneinheiten/:id', change(data.plan, 'aktenplaneinheit')],
  ['GET /akten', ({ query }) => page(data.akten.filter((akte) => akte.aktenplaneinheit.id === query.get('aktenplaneinheit')), query)],
  ['POST /akten', ({ body, person }) => data.newAkte(one(data.plan, body['aktenplaneinheit']), text(body, 'betreff'), data.kurz(person))],
  ['GET /akten/:id', ({ params }) => one(data.akten, params['id'])],
  ['PATCH /akten/:id', change(data.akten, 'akte')],
  ['POST /akten/:id/zda', close(data.akten, 'akte', true)],
  ['POST /akten/:id/zda-aufheben', close(data.akten, 'akte', false)],
  ['GET /vorgaenge', ({ query }) => page(data.vorgaenge.filter((vorgang) => vorgang.akte.id === query.get('akte')), query)],
  ['POST /vorgaenge', ({ body, person }) => data.newVorgang(one(data.akten, body['akte']), text(body, 'betreff'), data.kurz(person))],
  ['GET /vorgaenge/:id', ({ params }) => one(data.vorgaenge, params['id'])],
  ['PATCH /vorgaenge/:id', change(data.vorgaenge, 'vorgang')],
  ['POST /vorgaenge/:id/zda', close(data.vorgaenge, 'vorgang', true)],
  ['POST /vorgaenge/:id/zda-aufheben', close(data.vorgaenge, 'vorgang', false)],
  ['GET /vorgaenge/:id/dokumente', ({ params, query }) => page(data.dokumente.filter((dokument) => dokument.vorgang?.id === params['id'] && dokument.uebergeordnet === undefined).map(bare), query)],
  ['POST /vorgaenge/:id/dokumente', upload((dokument, params) => data.file(dokument, one(data.vorgaenge, params['id'])))],
  ['GET /dokumente/:id', ({ params }) => bare(one(data.dokumente, params['id']))],
  ['PATCH /dokumente/:id', change(data.dokumente, 'dokument')],
  ['POST /dokumente/:id/versionen', ({ params, query, raw, person }) => {
    const dokument = one(data.dokumente, params['id']);
    data.addVersion(dokument, query.get('dateiname') ?? 'Datei', raw, data.kurz(person), Number(query.get('basis')));
    dokument.stand += 1;
    data.log(dokument.id, data.kurz(person), 'dokument.version', `${person.name} hat Version ${dokument.version} gespeichert.`);
    return bare(dokument);
  }],
  ['POST /dokumente/:id/anlagen', upload((anlage, params) => {
    const dokument = one(data.dokumente, params['id']);
    anlage.uebergeordnet = dokument.id;
    dokument.anlagen += 1;
    dokument.anlagenListe.push(bare(anlage));
  })],
  ['GET /dokumente/:id/versionen/:nr/inhalt', ({ params }) => one(data.dokumente, params['id']).bytes.get(Number(params['nr'])) ?? Buffer.alloc(0)],
  ['GET /dokumente/:id/versionen/:nr/text', ({ params }) => {
    const seiten = one(data.dokumente, params['id']).seitenText;
    return { text: seiten.join('\n'), seiten };
  }],
  ['POST /dokumente/:id/ablegen', ({ params, body, match, person }) => {
    const dokument = one(data.dokumente, params['id']);
    const { vorgang: id, ...fields } = body;
    const vorgang = one(data.vorgaenge, id);
    match(dokument);
    Object.assign(dokument, fields);
    data.file(dokument, vorgang);
    data.log(dokument.id, data.kurz(person), 'dokument.abgelegt', `${person.name} hat das Dokument in ${vorgang.zeichen} abgelegt.`);
    return bare(dokument);
  }],
  ['POST /dokumente/:id/zurueck-in-posteingang', ({ params, match, person }) => {
    const dokument = one(data.dokumente, params['id']);
    match(dokument);
    const vorgang = data.vorgaenge.find((other) => other.id === dokument.vorgang?.id);
    if (vorgang !== undefined) vorgang.dokumente -= 1;
    delete dokument.vorgang;
    delete dokument.akte;
    delete dokument.zeichen;
    data.log(dokument.id, data.kurz(person), 'dokument.zurueck', `${person.name} hat das Dokument in den Posteingang zurückgelegt.`);
    return bare(dokument);
  }],
  ['GET /posteingang', ({ query }) => page(waiting().map(bare), query)],
  ['POST /posteingang', upload(() => undefined)],
  ['GET /:art/:id/historie', ({ params, query }) => page(data.historie.get(params['id'] ?? '') ?? [], query)],
  ['GET /suche', suche],
  ['GET /vorschlaege', vorschlaege],
  ['GET /heute', ({ person }) => ({
    posteingang: waiting().length,
    offeneVorgaenge: data.vorgaenge.filter((vorgang) => vorgang.status === 'inBearbeitung').length,
    zuletzt: data.dokumente.filter((dokument) => dokument.vorgang !== undefined).slice(-5).reverse().map((dokument) => ({ art: 'dokument', id: dokument.id, zeichen: dokument.zeichen ?? '', betreff: dokument.betreff, zeit: dokument.erstellt })),
    meine: data.vorgaenge.filter((vorgang) => vorgang.bearbeitung?.id === person.id && vorgang.status === 'inBearbeitung').slice(0, 10),
  })],
];
