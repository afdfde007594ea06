// A mail server that keeps what it is given. It refuses one address for good and one for now.
import type { AddressInfo } from 'node:net'
import { simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'

export interface Mail {
  from: string
  to: string[]
  raw: string
  subject: string
  text: string
}

export class PostServer {
  private constructor(
    private readonly server: SMTPServer,
    readonly mails: Mail[],
  ) {}

  static async start(user: string, password: string): Promise<PostServer> {
    const refusal = (code: number): Error => Object.assign(new Error('Mailbox unavailable'), { responseCode: code })
    const mails: Mail[] = []
    const server = new SMTPServer({
      allowInsecureAuth: true,
      disabledCommands: ['STARTTLS'],
      onAuth: ({ username, password: given }, _session, done) => (username === user && given === password ? done(null, { user }) : done(new Error('wrong password'))),
      onRcptTo: ({ address }, _session, done) => done(address.startsWith('niemand') ? refusal(550) : address.startsWith('spaeter') ? refusal(451) : null),
      onData: (stream, session, done) => {
        const pieces: Buffer[] = []
        stream.on('data', (piece: Buffer) => pieces.push(piece))
        stream.on('end', () => {
          const raw = Buffer.concat(pieces).toString()
          const { mailFrom, rcptTo } = session.envelope
          void simpleParser(raw, { skipTextToHtml: true }).then(({ subject, text }) => {
            const body = Buffer.from(raw.split('\r\n\r\n').slice(1).join(''), 'base64').toString()
            mails.push({ from: mailFrom ? mailFrom.address : '', to: rcptTo.map((to) => to.address), raw, subject: subject ?? '', text: text === undefined ? '' : body })
            done()
          })
        })
      },
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return new PostServer(server, mails)
  }

  get port(): number {
    return (this.server.server.address() as AddressInfo).port
  }
  stop(): Promise<void> {
    return new Promise((resolve) => this.server.close(resolve))
  }
}
