import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import type { SigningAlgorithm } from '../core/sender.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import { RSA_BYTES } from './jwk.ts'
import type { Signer } from '../ports/signer.ts'

/** Algorithms of our own signatures. A sender may have others. */
export type OwnAlgorithm = Signer['alg']

/** Of new RSA keys: good for longer than 2,048 bits. */
const NEW_RSA_BITS = 3_072

/** Makes a new private key: P-256 for ES256, Ed25519 for EdDSA, RSA of 3,072 bits for the others. */
export function generatePrivateKey(alg: SigningAlgorithm): KeyObject {
  if (alg === 'ES256') return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
  if (alg === 'EdDSA') return generateKeyPairSync('ed25519').privateKey
  return generateKeyPairSync('rsa', { modulusLength: NEW_RSA_BITS }).privateKey
}

/** PKCS#8 PEM (RFC 5958), not encrypted: for a file that only its owner can read. */
export function exportPrivateKeyPem(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString()
}

/** Reads a private key on P-256 or Ed25519 or of RSA. Throws `invalid_input`, without a word of the text. */
export function importPrivateKeyPem(pem: string): KeyObject {
  const key = parse(pem)
  algorithmOf(key)
  return key
}

/**
 * The one algorithm that a private key is used with. An RSA key can be used with two and doesn't say
 * which: then it is `forRsa`. Throws `invalid_input` for keys of other kinds.
 */
export function algorithmOf(key: KeyObject, forRsa: 'PS256' | 'RS256' = 'RS256'): SigningAlgorithm {
  if (key.type !== 'private') refuse('keyType')
  if (key.asymmetricKeyType === 'ed25519') return 'EdDSA'
  if (key.asymmetricKeyType === 'rsa' && isSafeSize(key)) return forRsa
  if (key.asymmetricKeyDetails?.namedCurve === 'prime256v1') return 'ES256'
  return refuse('keyType')
}

/** The same for a key of our own. Throws `invalid_input` for RSA, too. */
export function ownAlgorithmOf(key: KeyObject): OwnAlgorithm {
  const alg = algorithmOf(key)
  return alg === 'ES256' || alg === 'EdDSA' ? alg : refuse('keyType')
}

function isSafeSize({ asymmetricKeyDetails }: KeyObject): boolean {
  return RSA_BYTES.some((bytes) => bytes * 8 === asymmetricKeyDetails?.modulusLength)
}

function parse(pem: string): KeyObject {
  try {
    return createPrivateKey({ key: pem, format: 'pem' })
  } catch {
    return refuse('pem')
  }
}

function refuse(keyword: string): never {
  throw new MadoguchiError('invalid_input', { errors: [{ pointer: '', keyword }] })
}
