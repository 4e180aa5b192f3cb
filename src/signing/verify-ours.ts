import { MadoguchiError } from '../errors/madoguchi-error.ts'
import {
  checkAudience,
  checkBody,
  checkMethodAndUrl,
  checkTime,
  type TimeWindow,
} from './binding-checks.ts'
import { readBoundClaims, withoutQuery } from './bound-claims.ts'
import { parseCompactJws } from './compact-jws.ts'
import { importPublicJwk } from './jwk.ts'
import type { JsonObject } from './strict-json.ts'
import { TOKEN_TYPES, type TokenType } from './token-type.ts'
import { signatureHolds } from './verify-signature.ts'

/** A key set as `/.well-known/jwks.json` serves it (RFC 7517 §5). */
export interface Jwks {
  readonly keys: readonly Readonly<Record<string, unknown>>[]
}

const MAX_OURS_LENGTH = 65_536

/**
 * What a sender does with a receipt, an outcome or a push token: checks that a key of ours signed it
 * and that it is of the kind expected. Claims are returned as signed; whether `iss`, `aud` and the
 * hashes are the expected ones is the caller's to compare.
 *
 * Throws `malformed_token`, `malformed_claims`, `signature_rejected`.
 */
export function verifyOurs(token: string, typ: TokenType, jwks: Jwks): JsonObject {
  const jws = parseCompactJws(token, { maxLength: MAX_OURS_LENGTH })
  if (jws.typ !== typ) throw new MadoguchiError('malformed_token')
  const jwk = jwks.keys.find((key) => key['kid'] === jws.kid)
  if (jwk === undefined) throw new MadoguchiError('signature_rejected')
  if (!signatureHolds(token, jws, importPublicJwk(jwk), { ignoreExpiration: true })) {
    throw new MadoguchiError('signature_rejected')
  }
  return jws.claims
}

/** The request that carried a push, as the sender's endpoint saw it. */
export interface ReceivedPush extends TimeWindow {
  readonly token: string
  /** Ours, as registered with the sender. */
  readonly issuer: string
  /** The sender's own identifier. */
  readonly audience: string
  readonly url: string
  readonly body: Uint8Array
}

/**
 * What a sender's endpoint does before it believes a push. Throws as {@link verifyOurs}, and
 * `time_skew`, `wrong_audience`, `wrong_method_or_url`, `body_hash_mismatch`.
 */
export function verifyPush(push: ReceivedPush, jwks: Jwks): void {
  const claims = readBoundClaims(verifyOurs(push.token, TOKEN_TYPES.push, jwks), 'application/json')
  if (claims.issuer !== push.issuer) throw new MadoguchiError('signature_rejected')
  checkTime(claims, push)
  checkAudience(claims, push.audience)
  checkMethodAndUrl(claims, 'POST', withoutQuery(push.url))
  checkBody(claims, push.body)
}
