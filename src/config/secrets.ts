import { createPrivateKey, type KeyObject } from 'node:crypto'
import type { Env } from './env.ts'
import { readQueueUrl } from './queue-setting.ts'
import type { SecretText } from './secret-text.ts'
import { readStoreUrl } from './store-setting.ts'

/**
 * The private keys and passwords, apart from everything that may be shown. A `KeyObject` gives its bytes away
 * neither in JSON nor in an inspection; still, never log this. `null`: not configured.
 */
export interface Secrets {
  /** P-256 or Ed25519. */
  readonly signingKey: KeyObject | null
  /** Ed25519. */
  readonly logKey: KeyObject | null
  /** Of a PostgreSQL database. */
  readonly storeUrl: SecretText | null
  /** Of a Redis. */
  readonly queueUrl: SecretText | null
}

/** Reads the keys; what is wrong is noted in `env.faults`. */
export function readSecrets(env: Env): Secrets {
  const signingKey = env.read('MADOGUCHI_SIGNING_KEY', 'bad_key', (pem) => {
    const key = parseKey(pem)
    return key && (isEd25519(key) || isP256(key)) ? key : undefined
  })
  const logKey = env.read('MADOGUCHI_LOG_KEY', 'bad_key', (pem) => {
    const key = parseKey(pem)
    return key && isEd25519(key) ? key : undefined
  })
  return Object.freeze({
    signingKey: signingKey ?? null,
    logKey: logKey ?? null,
    storeUrl: readStoreUrl(env),
    queueUrl: readQueueUrl(env),
  })
}

/** A line break may be written as `\n`, as files of variables often have it. */
function parseKey(pem: string): KeyObject | undefined {
  const text = pem.replaceAll('\\n', '\n').trim()
  if (!text.startsWith('-----BEGIN PRIVATE KEY-----')) return undefined
  try {
    return createPrivateKey(text)
  } catch {
    return undefined
  }
}

const isEd25519 = (key: KeyObject): boolean => key.asymmetricKeyType === 'ed25519'
const isP256 = (key: KeyObject): boolean =>
  key.asymmetricKeyDetails?.namedCurve === 'prime256v1' && key.asymmetricKeyType === 'ec'
