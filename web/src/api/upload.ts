import { commonHeaders, refuse, unreachable, url } from './client';
import type { Dokument } from './types';

export type UploadTarget =
  | { art: 'posteingang'; organisationseinheit?: string }
  | { art: 'vorgang'; vorgang: string }
  | { art: 'version'; dokument: string; basis: number }
  | { art: 'anlage'; dokument: string };

function address(target: UploadTarget, dateiname: string): string {
  switch (target.art) {
    case 'posteingang':
      return url('/posteingang', { dateiname, organisationseinheit: target.organisationseinheit });
    case 'vorgang':
      return url(`/vorgaenge/${target.vorgang}/dokumente`, { dateiname });
    case 'version':
      return url(`/dokumente/${target.dokument}/versionen`, { dateiname, basis: target.basis });
    case 'anlage':
      return url(`/dokumente/${target.dokument}/anlagen`, { dateiname });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Sends a file as the raw body. XMLHttpRequest, because fetch cannot tell how far an upload has come.
 * `onProgress` gets the share that was sent, 0 to 1.
 */
export function upload(target: UploadTarget, file: File, onProgress: (share: number) => void): Promise<Dokument> {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    xhr.open('POST', address(target, file.name));
    for (const [name, value] of Object.entries(commonHeaders('POST', { creates: true }))) xhr.setRequestHeader(name, value);
    xhr.setRequestHeader('Content-Type', file.type === '' ? 'application/octet-stream' : file.type);
    xhr.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    });
    xhr.addEventListener('load', () => {
      if (xhr.status >= 200 && xhr.status < 300) {
        const dokument: Dokument = JSON.parse(xhr.responseText);
        resolve(dokument);
      } else {
        reject(refuse(xhr.status, parsed(xhr.responseText)));
      }
    });
    xhr.addEventListener('error', () => reject(unreachable()));
    xhr.send(file);
  });
}
