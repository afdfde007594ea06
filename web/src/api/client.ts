import { locale } from '../base/locale';
import { uuid } from '../base/uuid';
import { ApiError, problemFrom } from './problem';

type Query = Readonly<Record<string, string | number | boolean | undefined>>;
type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface Call {
  query?: Query;
  body?: unknown;
  /** The `stand` that was read; sent as If-Match. */
  stand?: number;
  /** True for POSTs that make something: a repeated request then makes it once. */
  creates?: boolean;
  signal?: AbortSignal;
}

/** What a window asks for by itself, so long after the last act of the person, does not keep the session from ending. */
const OHNE_ZUTUN = 60_000;
let lastAct = Date.now();
for (const kind of ['pointerdown', 'keydown', 'wheel']) globalThis.addEventListener?.(kind, () => (lastAct = Date.now()), { capture: true, passive: true });

let csrf = '';
let onSignedOut = (): void => {};

export function setCsrf(token: string): void {
  csrf = token;
}

/** Called whenever the server no longer knows the session. */
export function whenSignedOut(handler: () => void): void {
  onSignedOut = handler;
}

export function url(path: string, query: Query = {}): string {
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) if (value !== undefined && value !== '') parameters.set(key, String(value));
  const text = parameters.toString();
  return `/api${path}${text === '' ? '' : `?${text}`}`;
}

/** Headers that every request carries; writes need the token against cross-site requests. */
export function commonHeaders(method: Method, call: Pick<Call, 'stand' | 'creates'> = {}): Record<string, string> {
  const headers: Record<string, string> = { 'Accept-Language': locale() };
  if (method !== 'GET') headers['X-CSRF-Token'] = csrf;
  if (Date.now() - lastAct > OHNE_ZUTUN) headers['X-Ohne-Zutun'] = '1';
  if (call.stand !== undefined) headers['If-Match'] = `"${call.stand}"`;
  if (call.creates === true) headers['Idempotency-Key'] = uuid();
  return headers;
}

/** Turns a refused or broken answer into an ApiError; 401 also ends the session on screen. */
export function refuse(status: number, body: unknown): ApiError {
  const error = problemFrom(status, body);
  if (status === 401 && error.code === 'nicht_angemeldet') onSignedOut();
  return error;
}

export function unreachable(): ApiError {
  const german = locale() === 'de';
  return new ApiError(
    0,
    'nicht_erreichbar',
    german ? 'Der Server ist nicht erreichbar.' : 'The server cannot be reached.',
    '',
    german ? 'Prüfen Sie die Verbindung. Ihre Eingaben bleiben stehen.' : 'Check the connection. What you typed is kept.',
    undefined,
  );
}

async function bodyOf(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}

/** One request to the API. Rejects with ApiError, or with AbortError when `signal` was aborted. */
export async function request<Answer>(method: Method, path: string, call: Call = {}): Promise<Answer> {
  const headers = commonHeaders(method, call);
  if (call.body !== undefined) headers['Content-Type'] = 'application/json';
  let response: Response;
  try {
    response = await fetch(url(path, call.query), {
      method,
      headers,
      credentials: 'same-origin',
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
      ...(call.signal === undefined ? {} : { signal: call.signal }),
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw unreachable();
  }
  if (!response.ok) throw refuse(response.status, await bodyOf(response));
  const answer: Answer = response.status === 204 ? undefined : await response.json();
  return answer;
}
