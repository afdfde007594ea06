import { ApiError } from '../../api/problem';
import type { NachweisAufgabe, SchluesselAntwort, SchluesselAufgabe } from '../../api/types';
import { t } from './texts';

/** Browsers give security keys to pages that came over TLS, and to localhost. */
export const keysPossible = (): boolean => window.isSecureContext && 'PublicKeyCredential' in window;

export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}
export function toBase64Url(bytes: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

const WAIT_MS = 120_000;

/** What the browser refuses is told as what the server refuses. */
async function asked<Answer extends AuthenticatorResponse>(kind: new () => Answer, ask: () => Promise<Credential | null>): Promise<{ id: string; response: Answer }> {
  try {
    const credential = await ask();
    if (credential instanceof PublicKeyCredential && credential.response instanceof kind) return { id: credential.id, response: credential.response };
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    if (error.name === 'InvalidStateError') throw new ApiError(0, 'schluessel_vorhanden', t('schluesselVorhanden'), '', '', undefined);
    if (error.name === 'SecurityError') throw new ApiError(0, 'schluessel_adresse', t('schluesselAdresse'), '', '', undefined);
  }
  throw new ApiError(0, 'schluessel_abgebrochen', t('schluesselAbgebrochen'), '', t('schluesselNochmal'), undefined);
}

/** Registers a new key. Rejects with ApiError when nothing came of it. */
export async function createKey(aufgabe: SchluesselAufgabe): Promise<{ clientData: string; authenticatorData: string }> {
  const { response } = await asked(AuthenticatorAttestationResponse, () =>
    navigator.credentials.create({
      publicKey: {
        challenge: fromBase64Url(aufgabe.aufgabe),
        rp: { id: aufgabe.partei, name: 'Aktenlotse' },
        user: { id: fromBase64Url(aufgabe.person), name: aufgabe.anmeldename, displayName: aufgabe.name },
        pubKeyCredParams: aufgabe.verfahren.map((alg) => ({ type: 'public-key' as const, alg })),
        excludeCredentials: aufgabe.vorhanden.map((id) => ({ type: 'public-key' as const, id: fromBase64Url(id) })),
        authenticatorSelection: { userVerification: 'preferred', residentKey: 'discouraged' },
        attestation: 'none',
        timeout: WAIT_MS,
      },
    }),
  );
  return { clientData: toBase64Url(response.clientDataJSON), authenticatorData: toBase64Url(response.getAuthenticatorData()) };
}

/** Asks one of the person's keys. */
export async function useKey(aufgabe: NachweisAufgabe): Promise<SchluesselAntwort> {
  const { id, response } = await asked(AuthenticatorAssertionResponse, () =>
    navigator.credentials.get({
      publicKey: {
        challenge: fromBase64Url(aufgabe.aufgabe),
        rpId: aufgabe.partei,
        allowCredentials: aufgabe.schluessel.map((one) => ({ type: 'public-key' as const, id: fromBase64Url(one) })),
        userVerification: 'preferred',
        timeout: WAIT_MS,
      },
    }),
  );
  return { kennung: id, clientData: toBase64Url(response.clientDataJSON), authenticatorData: toBase64Url(response.authenticatorData), signatur: toBase64Url(response.signature) };
}
