// What stands in the hands of people: an app that makes codes (RFC 6238), and a security key (W3C Web Authentication).
import { createHash, createHmac, createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'

const sha256 = (data: Buffer | string): Buffer => createHash('sha256').update(data).digest()

/** The code that an app with this key (base32) shows, `steps` half minutes from now. */
export function code(secret: string, steps = 0, now = Date.now()): string {
  const bits = [...secret].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(now / 30_000) + steps))
  const mac = createHmac('sha1', key).update(counter).digest()
  const at = (mac[19] ?? 0) & 15
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

/** Waits until the present half minute lasts a while, so that a test does not reach into the next. */
export async function calm(seconds = 10): Promise<void> {
  const left = 30_000 - (Date.now() % 30_000)
  if (left < seconds * 1000) await new Promise((resolve) => setTimeout(resolve, left))
}

export interface Lie {
  type?: string
  challenge?: string
  origin?: string
  rp?: string
  flags?: number
  count?: number
  key?: KeyObject
}

export class SecurityKey {
  readonly id = randomBytes(32).toString('base64url')
  private readonly pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  private count = 0

  constructor(
    readonly rp: string,
    readonly origin: string,
  ) {}

  get private(): KeyObject {
    return createPrivateKey(this.pair.privateKey.export({ type: 'pkcs8', format: 'pem' }))
  }

  private clientData(type: string, challenge: string, lie: Lie): Buffer {
    return Buffer.from(JSON.stringify({ type: lie.type ?? type, challenge: lie.challenge ?? challenge, origin: lie.origin ?? this.origin, crossOrigin: false }))
  }
  private head(flags: number, lie: Lie): Buffer {
    const count = Buffer.alloc(4)
    count.writeUInt32BE(lie.count ?? this.count)
    return Buffer.concat([sha256(lie.rp ?? this.rp), Buffer.from([lie.flags ?? flags]), count])
  }

  /** What the browser hands over for a new key, without attestation. */
  create(challenge: string, lie: Lie = {}): { clientData: string; authenticatorData: string } {
    const jwk = this.pair.publicKey.export({ format: 'jwk' })
    const x = Buffer.from(jwk.x ?? '', 'base64url')
    const y = Buffer.from(jwk.y ?? '', 'base64url')
    // COSE: {1: 2, 3: -7, -1: 1, -2: x, -3: y}
    const cose = Buffer.concat([Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]), x, Buffer.from([0x22, 0x58, 0x20]), y])
    const id = Buffer.from(this.id, 'base64url')
    const data = Buffer.concat([this.head(0x41, lie), Buffer.alloc(16), Buffer.from([0, id.length]), id, cose])
    return { clientData: this.clientData('webauthn.create', challenge, lie).toString('base64url'), authenticatorData: data.toString('base64url') }
  }

  /** What it hands over when it is touched. */
  get(challenge: string, lie: Lie = {}): { kennung: string; clientData: string; authenticatorData: string; signatur: string } {
    if (lie.count === undefined) ++this.count
    const clientData = this.clientData('webauthn.get', challenge, lie)
    const data = this.head(0x01, lie)
    const signature = sign('sha256', Buffer.concat([data, sha256(clientData)]), lie.key ?? this.private)
    return { kennung: this.id, clientData: clientData.toString('base64url'), authenticatorData: data.toString('base64url'), signatur: signature.toString('base64url') }
  }
}
