// Requests as no client library sends them.
import { connect, type Socket } from 'node:net'

export const open = (url: string): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url)
    const socket = connect(Number(port), hostname, () => resolve(socket))
    socket.once('error', reject)
  })

/** Sends the pieces, closes our half, and gives all that came back until the server closed its own. */
export async function exchange(url: string, ...pieces: (string | Buffer)[]): Promise<string> {
  const socket = await open(url)
  const heard: Buffer[] = []
  socket.on('data', (piece: Buffer) => heard.push(piece))
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  socket.on('error', () => undefined) // a refused rest of a request ends in a reset
  for (const piece of pieces) await new Promise<void>((resolve) => socket.write(piece, () => resolve()))
  socket.end()
  await closed
  return Buffer.concat(heard).toString('latin1')
}

/** Sends the beginning of a request, and hangs up. */
export async function hangUp(url: string, ...pieces: (string | Buffer)[]): Promise<void> {
  const socket = await open(url)
  socket.on('error', () => undefined)
  for (const piece of pieces) await new Promise<void>((resolve) => socket.write(piece, () => resolve()))
  socket.destroy()
}
