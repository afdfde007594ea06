import { defineConfig } from '@playwright/test';
import suite from './playwright.config';

/** What is measured in a browser, of a server that runs already (bench/registratur starts it). */
const { globalSetup: _ownServer, ...rest } = suite;
export default defineConfig({ ...rest, testDir: './bench', testMatch: '*.bench.ts', reporter: [['line']], timeout: 120_000 });
