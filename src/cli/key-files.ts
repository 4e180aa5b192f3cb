import { createPublicKey, type KeyObject } from 'node:crypto'
import { closeSync, existsSync, fchmodSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import type { SigningAlgorithm } from '../core/sender.ts'
import { thumbprint } from '../signing/jwk.ts'
import { exportPrivateKeyPem, generatePrivateKey, importPrivateKeyPem } from '../signing/key-pem.ts'
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
      '鍵のファイルを読めません。PEM（PKCS#8、P-256 又は Ed25519）の秘密鍵を指定してください。',
      'The key file cannot be read. Name a private key in PEM (PKCS #8, P-256 or Ed25519).',
    )
  }
}

/** The public JWK of a private key, with its thumbprint as `kid`. */
export function publicJwkOf(key: KeyObject): Readonly<Record<string, unknown>> {
  const { kty, crv, x, y } = createPublicKey(key).export({ format: 'jwk' })
  const jwk = { kty, crv, x, ...(y === undefined ? {} : { y }) }
  return { ...jwk, kid: thumbprint(jwk), alg: kty === 'EC' ? 'ES256' : 'EdDSA', use: 'sig' }
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
