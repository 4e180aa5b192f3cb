import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import type { SigningAlgorithm } from '../core/sender.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'

/** Makes a new private key: P-256 for ES256, Ed25519 for EdDSA. */
export function generatePrivateKey(alg: SigningAlgorithm): KeyObject {
  return alg === 'ES256'
    ? generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
    : generateKeyPairSync('ed25519').privateKey
}

/** PKCS#8 PEM (RFC 5958), not encrypted: for a file that only its owner can read. */
export function exportPrivateKeyPem(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString()
}

/** Reads a private key on P-256 or Ed25519. Throws `invalid_input`, without a word of the text. */
export function importPrivateKeyPem(pem: string): KeyObject {
  const key = parse(pem)
  algorithmOf(key)
  return key
}

/** The one algorithm that a private key is used with. Throws `invalid_input` for keys of other kinds. */
export function algorithmOf(key: KeyObject): SigningAlgorithm {
  if (key.type !== 'private') refuse('keyType')
  if (key.asymmetricKeyType === 'ed25519') return 'EdDSA'
  if (key.asymmetricKeyDetails?.namedCurve === 'prime256v1') return 'ES256'
  return refuse('keyType')
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
