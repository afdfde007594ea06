import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { baseUrl, expect, test } from './support/app';

test('the UI was built from the description that the server gives', async ({ request }) => {
  const file = resolve(dirname(fileURLToPath(import.meta.url)), '../../web/src/api/openapi.json');
  const server: unknown = await (await request.get(`${baseUrl()}/api/openapi.json`)).json();
  expect(server, 'fetch /api/openapi.json into web/src/api/openapi.json, then `npm run types` in web').toEqual(JSON.parse(readFileSync(file, 'utf8')));
});
