import type { KeyObject } from 'node:crypto'
import type { SigningAlgorithm } from '../core/sender.ts'
import { publicKeyOf } from './jwk.ts'

/** Points whose private halves were thrown away. Nothing verified with them counts. */
const DECOYS = {
  ES256: {
    kty: 'EC',
    crv: 'P-256',
    x: 'cosf1D98HdvRiOH3ydp3PyA63C1lF_UUtRKhTIcrIog',
    y: '0cTqHsbW_tipSQb2d0pXY0HazPZIQNYEa-WQ8LCcqWU',
  },
  EdDSA: { kty: 'OKP', crv: 'Ed25519', x: 'dMAzPgxODw7uKJqg1x3hRjWBz9xhowGav3r15Tezfr0' },
} as const satisfies Record<SigningAlgorithm, Readonly<Record<string, string>>>

/**
 * A key to verify with where there is none, so that an unknown sender or key takes as long to refuse
 * as a wrong signature.
 */
export function decoyKey(alg: SigningAlgorithm): { alg: SigningAlgorithm; publicKey: KeyObject } {
  return { alg, publicKey: publicKeyOf(DECOYS[alg]) }
}
