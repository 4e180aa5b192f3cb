import { SECOND } from '../core/time.ts'
import { LAST_SECOND } from './bound-claims.ts'
import { parseCompactJws } from './compact-jws.ts'

/** What a token says of itself. Anybody can write that: for a diagnosis, never for a decision. */
export interface ClaimedIdentity {
  readonly senderId: string
  readonly kid: string
  /** Epoch ms, by the sender's clock, of whole seconds up to year 9999; less the time here it is the skew. */
  readonly issuedAt: number | null
}

/** Reads, of a token that was refused, whose it claims to be; `undefined` where that can't be read. */
export function identifyToken(token: string): ClaimedIdentity | undefined {
  try {
    const { kid, claims } = parseCompactJws(token, { optional: ['cty'] })
    const { iss, iat } = claims
    if (typeof iss !== 'string') return undefined
    return { senderId: iss, kid, issuedAt: isMoment(iat) ? iat * SECOND : null }
  } catch {
    return undefined
  }
}

function isMoment(iat: unknown): iat is number {
  return Number.isInteger(iat) && Number(iat) >= 0 && Number(iat) <= LAST_SECOND
}
