import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { pdfAssets } from './tools/pdf-assets';
import { sizeLimit } from './tools/size-limit';

/** The server's own policy (server/http/static_files.cpp), so that `vite preview` breaks what it would break. */
const policy =
  "default-src 'self'; style-src 'self'; script-src 'self'; img-src 'self' data: blob:; font-src 'self'; worker-src 'self' blob:; frame-src 'self' blob:; object-src 'none'; base-uri 'self'; frame-ancestors 'self'";

/** The server that `npm run dev` and `vite preview` ask: one that runs anyway, e.g. `aktenlotse serve --demo`. */
const server = process.env['AKTENLOTSE_URL'] ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [
    svelte({ compilerOptions: { runes: true } }),
    pdfAssets(),
    sizeLimit({ limitBytes: 150 * 1024 }),
  ],
  preview: { headers: { 'Content-Security-Policy': policy } },
  server: { proxy: { '/api': { target: server } } },
  build: {
    target: 'es2022',
    // No data: URLs for scripts or fonts: the content security policy allows them for images only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      output: {
        // Servers and proxies know the MIME type of .js for certain, of .mjs not always.
        assetFileNames: (asset) =>
          asset.names.some((name) => name.endsWith('.mjs')) ? 'assets/[name]-[hash].js' : 'assets/[name]-[hash][extname]',
      },
    },
  },
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'tools/**/*.test.ts'],
    environment: 'node',
  },
  resolve: process.env['VITEST'] === undefined ? {} : { conditions: ['browser'] },
});
