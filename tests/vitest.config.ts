import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

// Which routes the tests called, so that the last test can name those that none did.
const calls = mkdtempSync(join(tmpdir(), 'aktenlotse-calls-'))
process.env['AKTENLOTSE_TEST_CALLS'] = calls
process.once('exit', () => rmSync(calls, { recursive: true, force: true }))

// The tests of api/ run once on each engine. Each file starts its own server on a free port, so files may run side by side.
const onEngine = (name: string) => ({
  test: { name, include: ['api/*.test.ts'], globalSetup: 'api/support/setup.ts', testTimeout: 120_000, hookTimeout: 240_000 },
})
export default defineConfig({
  test: {
    projects: [
      { test: { name: 'demo', include: ['demo/**/*.test.ts'], testTimeout: 60_000 } },
      onEngine('sqlite'),
      onEngine('postgres'),
      { test: { name: 'routes', include: ['api/last/*.test.ts'], sequence: { groupOrder: 1 } } },
    ],
  },
})
