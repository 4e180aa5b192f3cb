import { createPublicKey, type KeyObject } from 'node:crypto'
import { closeSync, existsSync, fchmodSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import type { SigningAlgorithm } from '../core/sender.ts'
import { importPublicJwk } from '../signing/jwk.ts'
import {
  algorithmOf,
  exportPrivateKeyPem,
  generatePrivateKey,
  importPrivateKeyPem,
} from '../signing/key-pem.ts'
import { UsageError } from './usage-error.ts'

/** Makes a private key in a new file that only its owner can read. Never overwrites. */
export function writeNewKey(path: string, alg: SigningAlgorithm): KeyObject {
  const key = generatePrivateKey(alg)
  writeSecret(path, exportPrivateKeyPem(key), 'wx')
  return key
}

/** The key of a file, made where there is none. */
export function keyOfFile(path: string, alg: SigningAlgorithm): KeyObject {
  return existsSync(path) ? importPrivateKeyPem(readFileSync(path, 'utf8')) : writeNewKey(path, alg)
}

/** Reads a private key of a sender. @throws UsageError where there is none. */
export function readPrivateKey(path: string): KeyObject {
  try {
    return importPrivateKeyPem(readFileSync(path, 'utf8'))
  } catch {
    throw new UsageError(
      '鍵のファイルを読めません。PEM（PKCS#8、P-256・Ed25519・RSA）の秘密鍵を指定してください。',
      'The key file cannot be read. Name a private key in PEM (PKCS #8: P-256, Ed25519 or RSA).',
    )
  }
}

/**
 * The public JWK of a private key, with its thumbprint as `kid`.
 *
 * @param forRsa Which of its two algorithms an RSA key is for. Default: RS256.
 */
export function publicJwkOf(
  key: KeyObject,
  forRsa?: 'PS256' | 'RS256',
): Readonly<Record<string, unknown>> {
  const alg = algorithmOf(key, forRsa)
  const { kid, jwk } = importPublicJwk({
    ...createPublicKey(key).export({ format: 'jwk' }),
    alg,
  })
  return { ...jwk, kid, alg, use: 'sig' }
}

/** Writes a file that only its owner can read, whatever stood there with which permissions. */
export function writeSecret(path: string, text: string, flag: 'w' | 'wx' = 'w'): void {
  const file = openSync(path, flag, 0o600)
  try {
    fchmodSync(file, 0o600)
    writeFileSync(file, text)
  } finally {
    closeSync(file)
  }
}
