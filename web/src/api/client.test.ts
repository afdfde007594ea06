import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { request, setCsrf, url, whenSignedOut } from './client';
import { ApiError, problemFrom } from './problem';

const fetchMock = vi.fn<typeof fetch>();
const answer = (status: number, body: unknown): Response => new Response(status === 204 ? null : JSON.stringify(body), { status });

beforeEach(() => vi.stubGlobal('fetch', fetchMock));
afterEach(() => {
  vi.unstubAllGlobals();
  fetchMock.mockReset();
});

async function failure(promise: Promise<unknown>): Promise<ApiError> {
  const error: unknown = await promise.catch((reason: unknown) => reason);
  if (error instanceof ApiError) return error;
  throw new Error('expected an ApiError');
}

describe('request', () => {
  it('sends the read revision, the CSRF token and a key for creates', async () => {
    setCsrf('c1');
    fetchMock.mockResolvedValue(answer(200, { id: 'a' }));
    await request('POST', '/akten', { body: { betreff: 'x' }, stand: 7, creates: true });
    const headers = new Headers(fetchMock.mock.calls[0]?.[1]?.headers);
    expect(headers.get('If-Match')).toBe('"7"');
    expect(headers.get('X-CSRF-Token')).toBe('c1');
    expect(headers.get('Idempotency-Key')).toMatch(/-/);
  });
  it('sends no token when it only reads', async () => {
    fetchMock.mockResolvedValue(answer(200, {}));
    await request('GET', '/heute');
    expect(new Headers(fetchMock.mock.calls[0]?.[1]?.headers).has('X-CSRF-Token')).toBe(false);
  });
  it('turns problem+json into an error with field and hint', async () => {
    fetchMock.mockResolvedValue(answer(422, { title: 'Ungültig', code: 'betreff_fehlt', detail: 'Der Betreff fehlt.', hinweis: 'Bitte ausfüllen.', feld: 'betreff' }));
    const error = await failure(request('POST', '/akten', { body: {} }));
    expect([error.code, error.feld, error.message, error.hinweis]).toEqual(['betreff_fehlt', 'betreff', 'Der Betreff fehlt.', 'Bitte ausfüllen.']);
  });
  it('says so when the server cannot be reached', async () => {
    fetchMock.mockRejectedValue(new TypeError('network'));
    expect((await failure(request('GET', '/heute'))).code).toBe('nicht_erreichbar');
  });
  it('tells the session when it has ended', async () => {
    const ended = vi.fn();
    whenSignedOut(ended);
    fetchMock.mockResolvedValue(answer(401, { code: 'nicht_angemeldet' }));
    await failure(request('GET', '/heute'));
    expect(ended).toHaveBeenCalledOnce();
  });
});

describe('addresses and problems', () => {
  it('leave out what is not given', () => expect(url('/suche', { q: 'a b', nach: undefined })).toBe('/api/suche?q=a+b'));
  it('survive an error page that is not JSON', () => expect(problemFrom(502, undefined).title).toBe('HTTP 502'));
});
