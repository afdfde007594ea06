import { defineConfig } from 'vitest/config'

// Each file in api/ starts its own server on a free port, so files may run side by side.
export default defineConfig({
  test: { include: ['api/**/*.test.ts', 'demo/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 120_000 },
})
