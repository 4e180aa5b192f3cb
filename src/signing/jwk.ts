import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto'
import type { SenderKey, SigningAlgorithm } from '../core/sender.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import { fromBase64Url } from '../core/base64.ts'
import { sha256Base64url } from './sha256.ts'
import { KID_PATTERN } from './compact-jws.ts'

/** A public key that passed the import checks, reduced to the members that make it one. */
export interface ImportedJwk {
  readonly alg: SigningAlgorithm
  /** The key's own `kid`, else its RFC 7638 thumbprint. */
  readonly kid: string
  /** `kty`, `crv`, `x` and, on P-256, `y`: what the registry keeps. */
  readonly jwk: Readonly<Record<string, string>>
  readonly publicKey: KeyObject
}

const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'] as const

/** Kinds of key by `kty/crv`; `members` in the order of RFC 7638 §3.2 and RFC 8037 §2. */
const KINDS: Readonly<
  Partial<
    Record<string, { readonly alg: SigningAlgorithm; readonly coordinates: readonly string[] }>
  >
> = {
  'EC/P-256': { alg: 'ES256', coordinates: ['x', 'y'] },
  'OKP/Ed25519': { alg: 'EdDSA', coordinates: ['x'] },
}

/**
 * Checks a sender's public JWK before it is registered (RFC 7517): P-256 or Ed25519, coordinates of
 * 32 bytes and, on P-256, a point of the curve; made for signatures by `use`, `key_ops` and `alg`
 * where these are given; no private member.
 *
 * Throws `invalid_input` with the pointer of the first member that fails; never its value.
 */
export function importPublicJwk(input: unknown): ImportedJwk {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) fault('', 'type')
  const given = input as Readonly<Record<string, unknown>>
  const kind = KINDS[`${text(given['kty'])}/${text(given['crv'])}`] ?? fault('/crv', 'enum')
  checkPurpose(given, kind.alg)
  const jwk: Record<string, string> = { kty: text(given['kty']), crv: text(given['crv']) }
  for (const name of kind.coordinates) {
    const value = text(given[name])
    if (fromBase64Url(value)?.length !== 32) fault(`/${name}`, 'pattern')
    jwk[name] = value
  }
  const publicKey = importPoint(jwk)
  const kid = given['kid'] === undefined ? thumbprint(jwk) : text(given['kid'])
  if (!KID_PATTERN.test(kid)) fault('/kid', 'pattern')
  return { alg: kind.alg, kid, jwk, publicKey }
}

/**
 * RFC 7638 thumbprint (SHA-256, base64url) of a public JWK on P-256 or Ed25519.
 * Throws `invalid_input` for other keys.
 */
export function thumbprint(jwk: Readonly<Record<string, unknown>>): string {
  const kind = KINDS[`${text(jwk['kty'])}/${text(jwk['crv'])}`] ?? fault('/crv', 'enum')
  const names = ['crv', 'kty', ...kind.coordinates]
  const members = Object.fromEntries(names.map((name) => [name, text(jwk[name])]))
  return sha256Base64url(JSON.stringify(members))
}

const MAX_REMEMBERED = 1_000
const remembered = new Map<string, KeyObject>()

/** A registered key as the crypto library takes it. The latest are remembered: making one costs as much as using it. */
export function publicKeyOf(jwk: SenderKey['jwk']): KeyObject {
  const name = `${text(jwk['crv'])}.${text(jwk['x'])}.${text(jwk['y'])}`
  const made = remembered.get(name) ?? importPublicJwk(jwk).publicKey
  remembered.delete(name)
  remembered.set(name, made)
  for (const oldest of remembered.keys()) {
    if (remembered.size <= MAX_REMEMBERED) break
    remembered.delete(oldest)
  }
  return made
}

function checkPurpose(given: Readonly<Record<string, unknown>>, alg: SigningAlgorithm): void {
  for (const name of PRIVATE_MEMBERS) {
    if (given[name] !== undefined) fault(`/${name}`, 'not')
  }
  if (given['use'] !== undefined && given['use'] !== 'sig') fault('/use', 'const')
  if (given['alg'] !== undefined && given['alg'] !== alg) fault('/alg', 'const')
  const operations = given['key_ops']
  if (operations === undefined) return
  if (!Array.isArray(operations) || !operations.includes('verify')) fault('/key_ops', 'contains')
}

function importPoint(jwk: Readonly<Record<string, string>>): KeyObject {
  try {
    return createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' })
  } catch {
    return fault('/x', 'curve')
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function fault(pointer: string, keyword: string): never {
  throw new MadoguchiError('invalid_input', { errors: [{ pointer, keyword }] })
}
