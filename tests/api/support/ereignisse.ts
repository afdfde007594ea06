// Listens to the stream of events as a browser's EventSource does.
import { expect, vi } from 'vitest'
import type { Client } from './client'

export class Ereignisse {
  readonly gehoert: string[] = []
  ended = false
  private readonly abort = new AbortController()

  static async open(client: Client): Promise<Ereignisse> {
    const stream = new Ereignisse()
    const reply = await fetch(`${client.url}/api/ereignisse`, { headers: { cookie: client.cookie }, signal: stream.abort.signal })
    expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'text/event-stream'])
    void stream.read(reply)
    return stream
  }

  private async read(reply: Response): Promise<void> {
    let text = ''
    try {
      for await (const piece of reply.body as unknown as AsyncIterable<Uint8Array>) {
        text += Buffer.from(piece).toString('utf8')
        for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
          const lines = text.slice(0, end).split('\n')
          text = text.slice(end + 2)
          const event = lines.find((line) => line.startsWith('event: '))?.slice(7)
          // Names only: whatever else came would be a leak.
          expect(lines.filter((line) => !/^(event: (postkorb|posteingang|abonnement)|data: neu|:|retry: \d+)$/.test(line))).toEqual([])
          if (event !== undefined) this.gehoert.push(event)
        }
      }
    } catch (error) {
      if (!this.abort.signal.aborted) throw error
    }
    this.ended = true
  }

  /** Waits until this was heard once more than `before` times. */
  async heard(event: string, before = 0): Promise<void> {
    await vi.waitFor(() => expect(this.count(event)).toBeGreaterThan(before), { timeout: 10_000, interval: 20 })
  }
  count(event: string): number {
    return this.gehoert.filter((one) => one === event).length
  }
  async closed(): Promise<void> {
    await vi.waitFor(() => expect(this.ended).toBe(true), { timeout: 15_000, interval: 20 })
  }
  close(): void {
    this.abort.abort()
  }
}
