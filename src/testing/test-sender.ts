import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { systemClock } from '../adapters/system/clock.ts'
import { createSystemRandom } from '../adapters/system/random.ts'
import { SYSTEM } from '../app/actor.ts'
import { registerKey } from '../app/register-key.ts'
import { registerSender } from '../app/register-sender.ts'
import { revokeKey } from '../app/revoke-key.ts'
import { publicJwkOf } from '../cli/key-files.ts'
import type { SenderDocument } from '../generated/types.ts'
import type { Madoguchi } from '../madoguchi.ts'
import type { Clock } from '../ports/runtime.ts'

/** What is different from a hotline with a state's commission, 500 notices a day and an ES256 key. */
export interface TestSenderOptions extends Partial<SenderDocument> {
  readonly alg?: 'ES256' | 'EdDSA'
  /** By which it signs; give it the clock of the desk. Default: the machine's own. */
  readonly clock?: Clock
}

/** A sender of a test: its registration, a key that holds and one that is revoked. */
export class TestSender {
  readonly document: SenderDocument
  readonly clock: Clock
  readonly key: KeyObject
  readonly revokedKey: KeyObject

  constructor({ alg = 'ES256', clock = systemClock, ...document }: TestSenderOptions = {}) {
    this.clock = clock
    this.key = newKey(alg)
    this.revokedKey = newKey(alg)
    const random = createSystemRandom(clock)
    this.document = {
      id: `https://hotline-${random.id('rcp').slice(-12)}.example/`,
      name: '試験用ホットライン（架空）',
      type: 'hotline_state_commissioned',
      tier: 'ordinary',
      commission: { by: '見本庁（架空）', purpose: '試験', since: '2025-04-01' },
      agreed_rate_per_day: 500,
      agreed_band0_rate_per_day: 50,
      callback_url: null,
      ...document,
    }
  }

  get id(): string {
    return this.document.id
  }

  /** Public keys as a registration wants them, for a desk in another process. */
  get jwk(): Readonly<Record<string, unknown>> {
    return publicJwkOf(this.key)
  }

  get revokedJwk(): Readonly<Record<string, unknown>> {
    return publicJwkOf(this.revokedKey)
  }

  /** Registers sender and keys at a desk of this process, and revokes the one key. */
  async register(madoguchi: Madoguchi, changes: Partial<SenderDocument> = {}): Promise<void> {
    const { ctx } = madoguchi.internals
    await registerSender(ctx, SYSTEM, { ...this.document, ...changes })
    await registerKey(ctx, SYSTEM, this.id, this.jwk)
    const { kid } = await registerKey(ctx, SYSTEM, this.id, this.revokedJwk)
    await revokeKey(ctx, SYSTEM, this.id, kid)
  }
}

function newKey(alg: 'ES256' | 'EdDSA'): KeyObject {
  return alg === 'ES256'
    ? generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
    : generateKeyPairSync('ed25519').privateKey
}
