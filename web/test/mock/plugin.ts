import type { Plugin } from 'vite';
import { answer } from './server';

/** The production policy, so that whatever would break it breaks here first. */
const POLICY =
  "default-src 'self'; style-src 'self'; script-src 'self'; img-src 'self' data: blob:; font-src 'self'; worker-src 'self' blob:; frame-src 'self'; object-src 'none'";

/** Lets `vite` and `vite preview` answer /api without a server: for development and tests only, in memory, gone at the end. */
export function mockServer(): Plugin {
  return {
    name: 'mock-server',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        if (request.url?.startsWith('/api/') === true) void answer(request, response);
        else next();
      });
    },
    configurePreviewServer(server) {
      server.middlewares.use((request, response, next) => {
        response.setHeader('Content-Security-Policy', POLICY);
        if (request.url?.startsWith('/api/') === true) void answer(request, response);
        else next();
      });
    },
  };
}
