import { verify, type KeyObject } from 'node:crypto'
import jwt, { type VerifyOptions } from 'jsonwebtoken'
import { SIGNING_ALGORITHMS, type SigningAlgorithm } from '../core/sender.ts'
import type { CompactJws } from './compact-jws.ts'

/** What the token must say beside being signed, for the library to check once more. */
export type LibraryChecks = Pick<
  VerifyOptions,
  'issuer' | 'audience' | 'clockTimestamp' | 'clockTolerance' | 'ignoreExpiration'
>

/** r‖s of P-256 (RFC 7518 §3.4) and R‖S of Ed25519 (RFC 8032 §5.1.6) are equally long. */
const POINT_SIGNATURE_LENGTH = 64

/** How long signatures of a key are, in bytes: of RSA as long as the modulus (RFC 8017 §8). */
export function signatureLengthOf(publicKey: KeyObject): number {
  const bits = publicKey.asymmetricKeyDetails?.modulusLength
  return bits === undefined ? POINT_SIGNATURE_LENGTH : Math.ceil(bits / 8)
}

/** Whether a name is that of an algorithm that a key here can have; letter case counts. */
export function isSigningAlgorithm(alg: string): alg is SigningAlgorithm {
  return (SIGNING_ALGORITHMS as readonly string[]).includes(alg)
}

/**
 * Whether the signature of a token is that of a key. The algorithm is the one registered with the
 * key, never the token's own word; `token` must have passed `parseCompactJws` as `jws`.
 *
 * A key of another kind than `alg` is a fault of ours and throws.
 */
export function signatureHolds(
  token: string,
  jws: CompactJws,
  key: { readonly alg: SigningAlgorithm; readonly publicKey: KeyObject },
  checks: LibraryChecks,
): boolean {
  if (jws.alg !== key.alg || jws.signature.length !== signatureLengthOf(key.publicKey)) return false
  if (key.alg === 'EdDSA') return verify(null, jws.signingInput, key.publicKey, jws.signature)
  try {
    jwt.verify(token, key.publicKey, { ...checks, algorithms: [key.alg], complete: true })
    return true
  } catch (error) {
    if (error instanceof jwt.JsonWebTokenError) return false
    throw error
  }
}
