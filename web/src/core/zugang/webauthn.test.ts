import { expect, test } from 'vitest';
import { fromBase64Url, toBase64Url } from './webauthn';

test('bytes go to text and back, of every length', () => {
  for (let length = 0; length < 40; ++length) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 89 + 251) % 256);
    const text = toBase64Url(bytes.buffer);
    expect(text).toMatch(/^[\w-]*$/);
    expect(fromBase64Url(text)).toEqual(bytes);
  }
});
