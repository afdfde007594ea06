import { startServer } from './server';

/** Starts what the journeys run against, tells the tests its address, and stops it at the end. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const server = await startServer();
  process.env['AKTENLOTSE_E2E_URL'] = server.url;
  return server.stop;
}
