import { createPublicKey, sign, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import type { Signer } from '../ports/signer.ts'
import { importPublicJwk } from './jwk.ts'
import { ownAlgorithmOf } from './key-pem.ts'

const signOnPool = promisify(sign)

/**
 * A signer whose private key is in this process. Signs on the thread pool, so that the event loop
 * goes on. Throws `invalid_input` unless the key is on P-256 or Ed25519.
 *
 * @param kid Default: the RFC 7638 thumbprint.
 */
export function createKeySigner(privateKey: KeyObject, kid?: string): Signer {
  const alg = ownAlgorithmOf(privateKey)
  const imported = importPublicJwk({
    ...createPublicKey(privateKey).export({ format: 'jwk' }),
    ...(kid === undefined ? {} : { kid }),
  })
  const key = { key: privateKey, dsaEncoding: 'ieee-p1363' as const }
  const digest = alg === 'ES256' ? 'sha256' : null
  return Object.freeze<Signer>({
    kid: imported.kid,
    alg,
    publicJwk: Object.freeze({ ...imported.jwk, kid: imported.kid, alg, use: 'sig' }),
    sign: (bytes) => signOnPool(digest, bytes, key),
  })
}
