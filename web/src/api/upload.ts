import { commonHeaders, refuse, request, unreachable, url } from './client';
import type { Dokument } from './types';

export type UploadTarget =
  | { art: 'posteingang'; organisationseinheit?: string }
  | { art: 'vorgang'; vorgang: string }
  | { art: 'version'; dokument: string; basis: number; anlass?: 'hochgeladen' | 'abgelegt'; neben?: boolean }
  | { art: 'anlage'; dokument: string };

function address(target: UploadTarget, dateiname: string): string {
  const ziel = target.art;
  switch (target.art) {
    case 'posteingang':
      return url('/uploads', { ziel, dateiname, organisationseinheit: target.organisationseinheit });
    case 'vorgang':
      return url('/uploads', { ziel, dateiname, objekt: target.vorgang });
    case 'version':
      return url('/uploads', { ziel, dateiname, objekt: target.dokument, basis: target.basis });
    case 'anlage':
      return url('/uploads', { ziel, dateiname, objekt: target.dokument });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Pauses before going on after a break, in milliseconds: a good half minute in all. */
const retryDelays = [300, 1000, 3000, 5000, 10_000, 15_000];

/**
 * Sends a file so that it goes on where it was when the connection breaks, the server is restarted, or the same file is
 * dropped on the same place again (tus 1.0). `onProgress` gets the share that was sent, 0 to 1.
 */
export async function upload(target: UploadTarget, file: File, onProgress: (share: number) => void): Promise<Dokument> {
  const tus = await import('tus-js-client');
  const id = await new Promise<string>((resolve, reject) => {
    const sending = new tus.Upload(file, {
      endpoint: address(target, file.name),
      headers: commonHeaders('POST'),
      retryDelays,
      removeFingerprintOnSuccess: true,
      onProgress: (sent, total) => onProgress(total === 0 ? 1 : sent / total),
      onSuccess: () => resolve(sending.url?.split('/').pop() ?? ''),
      onError: (error) => {
        const response = 'originalResponse' in error ? error.originalResponse : undefined;
        const status = response?.getStatus() ?? 0;
        reject(status === 0 ? unreachable() : refuse(status, parsed(response?.getBody() ?? '')));
      },
    });
    void sending.findPreviousUploads().then((earlier) => {
      if (earlier[0] !== undefined) sending.resumeFromPreviousUpload(earlier[0]);
      sending.start();
    });
  });
  const { ergebnis } = await request<{ ergebnis?: Dokument }>('GET', `/uploads/${id}`);
  if (ergebnis === undefined) throw unreachable();
  return ergebnis;
}

/** Sends a file as the raw body where nobody waits to see how far it has come; gives the answer. */
export async function sendFile<Answer>(path: string, query: Parameters<typeof url>[1], file: File): Promise<Answer> {
  let response: Response;
  try {
    response = await fetch(url(path, query), { method: 'POST', headers: { ...commonHeaders('POST'), 'Content-Type': 'application/octet-stream' }, credentials: 'same-origin', body: file });
  } catch {
    throw unreachable();
  }
  const text = await response.text();
  if (!response.ok) throw refuse(response.status, parsed(text));
  const answer: Answer = JSON.parse(text);
  return answer;
}
