import { timingSafeEqual } from 'node:crypto'
import { formatTime } from '../core/time.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import { sha256 } from './sha256.ts'
import type { BoundClaims } from './bound-claims.ts'

/** How far two clocks may differ, in ms. */
export interface TimeWindow {
  readonly now: number
  /** How long after `exp` a token still passes: the other clock may be slow. */
  readonly toleranceMs: number
  /** How far `iat` and `nbf` may lie ahead: the other clock may be fast. */
  readonly leadMs: number
}

/** Throws `time_skew`, with the time here. */
export function checkTime(claims: BoundClaims, window: TimeWindow): void {
  const startsAt = Math.max(claims.issuedAt, claims.notBefore)
  const early = startsAt > window.now + window.leadMs
  const late = claims.expiresAt + window.toleranceMs <= window.now
  if (early || late) throw new MadoguchiError('time_skew', { serverTime: formatTime(window.now) })
}

/** Throws `wrong_audience`. */
export function checkAudience(claims: BoundClaims, audience: string): void {
  if (claims.audience !== audience) throw new MadoguchiError('wrong_audience')
}

/** Compares as written, without normalising. Throws `wrong_method_or_url`. */
export function checkMethodAndUrl(claims: BoundClaims, method: string, url: string): void {
  if (claims.method !== method || claims.url !== url) {
    throw new MadoguchiError('wrong_method_or_url')
  }
}

/** Throws `body_hash_mismatch`. */
export function checkBody(claims: BoundClaims, body: Uint8Array): void {
  if (!timingSafeEqual(claims.bodyHash, sha256(body))) {
    throw new MadoguchiError('body_hash_mismatch')
  }
}
