import type { Signer } from '../ports/signer.ts'
import { writeBoundClaims, type BoundRequest } from './bound-claims.ts'
import { signJws } from './sign-jws.ts'
import { TOKEN_TYPES } from './token-type.ts'

/** What a push token binds; method and content type are always the same. */
export type PushFields = Omit<BoundRequest, 'method' | 'contentType'>

/**
 * Authenticates one attempt to hand an outcome to a registered endpoint: a token of at most 300 s over
 * exactly this body and URL. Each attempt gets its own.
 */
export function makePushToken(signer: Signer, fields: PushFields): Promise<string> {
  const claims = writeBoundClaims({ ...fields, method: 'POST', contentType: 'application/json' })
  return signJws(signer, TOKEN_TYPES.push, claims)
}
