import type { KeyObject } from 'node:crypto'
import jwt from 'jsonwebtoken'
import { writeBoundClaims, type BoundRequest } from './bound-claims.ts'
import { algorithmOf } from './key-pem.ts'
import { createKeySigner } from './key-signer.ts'
import { signJws } from './sign-jws.ts'
import { TOKEN_TYPES } from './token-type.ts'

export interface RequestTokenFields extends BoundRequest {
  /** On P-256 or Ed25519; tells the algorithm. */
  readonly privateKey: KeyObject
  readonly kid: string
  /** Claims that replace or join those of the profile, to show what is refused. */
  readonly overrides?: Readonly<Record<string, unknown>>
}

/**
 * What a sender's client does: makes the `mdg-req+jwt` of one request, for
 * `Authorization: Bearer`. Lives 300 s.
 *
 * Throws `invalid_input` for a key of another kind.
 */
export async function makeRequestToken(fields: RequestTokenFields): Promise<string> {
  const claims = { ...writeBoundClaims(fields), ...fields.overrides }
  if (algorithmOf(fields.privateKey) === 'EdDSA') {
    return signJws(createKeySigner(fields.privateKey, fields.kid), TOKEN_TYPES.request, claims)
  }
  const header = { alg: 'ES256', typ: TOKEN_TYPES.request, kid: fields.kid } as const
  return jwt.sign(claims, fields.privateKey, { algorithm: 'ES256', header })
}
