import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import openapiTS, { astToString } from 'openapi-typescript';
import { expect, it } from 'vitest';

it('the types of the API are those of its description (npm run types makes them)', async () => {
  const api = resolve(__dirname, '../src/api');
  const made = astToString(await openapiTS(new URL(`file://${api}/openapi.json`)));
  expect(readFileSync(`${api}/openapi.d.ts`, 'utf8').endsWith(made)).toBe(true);
});
