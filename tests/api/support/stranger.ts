import type { Server } from './server'

interface Answer {
  status: number
  bytes: Buffer
  text: string
  headers: Headers
}

/** Makes requests of a stranger, as a browser without a login makes them; noted as calls of their routes. */
export const strangerTo =
  (server: () => Server) =>
  async (address: string, init: RequestInit = {}): Promise<Answer> => {
    const reply = await fetch(server().url + address, { redirect: 'manual', ...init })
    const bytes = Buffer.from(await reply.arrayBuffer())
    const contract = server().contract
    for (const operation of contract.operations.values())
      if (operation.method === (init.method ?? 'GET') && new RegExp(`^${operation.path.replace('{id}', '[^/]+').replace('.', '\\.')}(\\?|$)`).test(address) && reply.status < 300) contract.called.add(operation.operationId)
    return { status: reply.status, bytes, text: bytes.toString('utf8'), headers: reply.headers }
  }
