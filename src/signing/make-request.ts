import type { KeyObject } from 'node:crypto'
import jwt from 'jsonwebtoken'
import { writeBoundClaims, type BoundRequest } from './bound-claims.ts'
import { algorithmOf } from './key-pem.ts'
import { createKeySigner } from './key-signer.ts'
import { signJws } from './sign-jws.ts'
import { TOKEN_TYPES } from './token-type.ts'

export interface RequestTokenFields extends BoundRequest {
  /** On P-256 or Ed25519 or of RSA; tells the algorithm, but for RSA. */
  readonly privateKey: KeyObject
  /** Which of the two an RSA key is registered for. Default: RS256. */
  readonly rsaAlgorithm?: 'PS256' | 'RS256'
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
  const alg = algorithmOf(fields.privateKey, fields.rsaAlgorithm)
  if (alg === 'EdDSA') {
    return signJws(createKeySigner(fields.privateKey, fields.kid), TOKEN_TYPES.request, claims)
  }
  const header = { alg, typ: TOKEN_TYPES.request, kid: fields.kid }
  return jwt.sign(claims, fields.privateKey, { algorithm: alg, header })
}
