import type { IncomingMessage, ServerResponse } from 'node:http';

export async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  response.statusCode = 404;
  response.end(request.url);
}
