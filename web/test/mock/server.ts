import type { IncomingMessage, ServerResponse } from 'node:http';
import type * as T from '../../src/api/types';
import * as data from './data';
import { routes } from './routes';

/** A refusal in the contract's form. */
export class Refusal extends Error {
  constructor(readonly status: number, readonly code: string, readonly detail: string, readonly feld?: string) {
    super(code);
  }
}
export interface Context {
  params: Readonly<Record<string, string>>;
  query: URLSearchParams;
  raw: Buffer;
  body: Record<string, unknown>;
  person: T.Person;
  /** Checks If-Match against the object's revision, as the contract asks. */
  match: (object: { stand: number }) => void;
}
export type Handler = (context: Context) => unknown;

function kurzOf(id: string): T.OrganisationKurz {
  const einheit = data.einheiten.find((one) => one.id === id);
  return { id, kurzzeichen: einheit?.kurzzeichen ?? '', bezeichnung: einheit?.bezeichnung ?? '' };
}

export const sessions = new Map<string, string>();
const CSRF = 'mock-csrf';

export function sitzung(person: T.Person): T.Sitzung {
  const posts = data.stellen.filter((stelle) => stelle.personen.some((one) => one.id === person.id));
  const rollen = [...new Set(posts.flatMap((stelle) => stelle.rollen))];
  return {
    person: { id: person.id, name: person.name, anmeldename: person.anmeldename },
    mandant: { schluessel: 'musterlinden', name: 'Stadt Musterlinden', land: 'SN' },
    rollen,
    rechte: [...new Set(data.rollen.filter((rolle) => rollen.includes(rolle.kuerzel)).flatMap((rolle) => rolle.rechte))],
    stellen: posts.map((stelle) => ({ id: stelle.id, bezeichnung: stelle.bezeichnung, organisationseinheit: kurzOf(stelle.organisationseinheit) })),
    csrf: CSRF,
  };
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}
function json(raw: Buffer, type: string | undefined): Record<string, unknown> {
  if (type?.startsWith('application/json') !== true || raw.length === 0) return {};
  const body: Record<string, unknown> = JSON.parse(raw.toString('utf8'));
  return body;
}
function find(method: string, path: string): { handler: Handler; params: Record<string, string> } | undefined {
  for (const [pattern, handler] of routes) {
    const [verb, address = ''] = pattern.split(' ');
    if (verb !== method) continue;
    const names = [...address.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '');
    const match = new RegExp(`^${address.replace(/:\w+/g, '([^/]+)')}$`).exec(path);
    if (match !== null) return { handler, params: Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(match[index + 1] ?? '')])) };
  }
  return undefined;
}

function send(response: ServerResponse, result: unknown): void {
  if (Buffer.isBuffer(result)) {
    response.end(result);
  } else if (result === undefined) {
    response.statusCode = 204;
    response.end();
  } else {
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify(result));
  }
}

export async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const address = new URL(request.url ?? '/', 'http://mock');
  const path = address.pathname.replace(/^\/api/, '');
  const method = request.method ?? 'GET';
  try {
    const raw = await read(request);
    const token = /aktenlotse_sitzung=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1] ?? '';
    const person = data.personen.find((one) => one.id === sessions.get(token));
    const open = path === '/start' || `${method} ${path}` === 'POST /anmeldung';
    if (person === undefined && !open) throw new Refusal(401, 'nicht_angemeldet', 'Bitte melden Sie sich an.');
    if (method !== 'GET' && !open && request.headers['x-csrf-token'] !== CSRF) throw new Refusal(403, 'csrf', 'Die Anfrage trägt kein gültiges Merkmal.');
    const route = find(method, path);
    const nobody = data.personen[0];
    if (route === undefined || nobody === undefined) throw new Refusal(404, 'nicht_gefunden', 'Das gibt es nicht.');
    const match = (object: { stand: number }): void => {
      const given = request.headers['if-match'];
      if (given === undefined) throw new Refusal(428, 'bedingung_fehlt', 'If-Match fehlt.');
      if (given !== `"${object.stand}"`) throw new Refusal(412, 'veraltet', 'Inzwischen hat jemand anderes gespeichert.');
      object.stand += 1;
    };
    const result = await route.handler({ params: route.params, query: address.searchParams, raw, body: json(raw, request.headers['content-type']), person: person ?? nobody, match });
    if (`${method} ${path}` === 'POST /anmeldung' && result !== undefined) {
      const fresh = `s${sessions.size + 1}-${Date.now()}`;
      sessions.set(fresh, data.personen.find((one) => one.anmeldename === String(json(raw, 'application/json')['name']))?.id ?? '');
      response.setHeader('Set-Cookie', `aktenlotse_sitzung=${fresh}; HttpOnly; SameSite=Strict; Path=/`);
    }
    if (method === 'DELETE' && path.startsWith('/anmeldung')) sessions.delete(token);
    if (path.endsWith('/inhalt')) response.setHeader('Content-Type', 'application/octet-stream');
    send(response, result);
  } catch (error) {
    const refusal = error instanceof Refusal ? error : new Refusal(500, 'fehler', String(error));
    response.statusCode = refusal.status;
    response.setHeader('Content-Type', 'application/problem+json');
    response.end(JSON.stringify({ type: 'about:blank', title: refusal.detail, status: refusal.status, code: refusal.code, detail: refusal.detail, hinweis: '', feld: refusal.feld }));
  }
}
