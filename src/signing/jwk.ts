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
  /** The members that make the key, and no others: what the registry keeps. */
  readonly jwk: Readonly<Record<string, string>>
  readonly publicKey: KeyObject
}

type Given = Readonly<Record<string, unknown>>

/** One kind of key: what it may sign with, and which members make it. */
interface KeyKind {
  /** The only one, or those of which the key must name one. */
  readonly algorithms: readonly SigningAlgorithm[]
  /** Names of the members in the order of RFC 7638 §3.2 and RFC 8037 §2. */
  readonly members: readonly string[]
  /** Throws for a member that can't be of a good key. */
  readonly check: (given: Given) => void
}

const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'] as const

/** Sizes of RSA keys, in bytes of the modulus: 2,048, 3,072 and 4,096 bits. Fewer are weak, more are a cost to us. */
export const RSA_BYTES = [256, 384, 512] as const
/** 65,537, which every tool makes: a smaller one invites forgery wherever padding is read loosely, a larger one costs us. */
const RSA_EXPONENT = 'AQAB'

const KINDS: Readonly<Partial<Record<string, KeyKind>>> = {
  'EC/P-256': {
    algorithms: ['ES256'],
    members: ['crv', 'kty', 'x', 'y'],
    check: checkPoint(['x', 'y']),
  },
  'OKP/Ed25519': { algorithms: ['EdDSA'], members: ['crv', 'kty', 'x'], check: checkPoint(['x']) },
  'RSA/': { algorithms: ['PS256', 'RS256'], members: ['e', 'kty', 'n'], check: checkRsa },
}

/**
 * Checks a sender's public JWK before it is registered (RFC 7517): P-256, Ed25519 or RSA, of a size that
 * is safe; made for signatures by `use`, `key_ops` and `alg` where these are given; no private member.
 * An RSA key says by `alg` which of its two algorithms it is for: one key, one algorithm.
 *
 * Throws `invalid_input` with the pointer of the first member that fails; never its value.
 */
export function importPublicJwk(input: unknown): ImportedJwk {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) fault('', 'type')
  const given = input as Given
  const kind = kindOf(given)
  const alg = checkPurpose(given, kind)
  kind.check(given)
  const jwk = membersOf(given, kind)
  const publicKey = importKey(jwk)
  const kid = given['kid'] === undefined ? thumbprint(jwk) : text(given['kid'])
  if (!KID_PATTERN.test(kid)) fault('/kid', 'pattern')
  return { alg, kid, jwk, publicKey }
}

/**
 * RFC 7638 thumbprint (SHA-256, base64url) of a public JWK on P-256 or Ed25519 or of RSA.
 * Throws `invalid_input` for other keys.
 */
export function thumbprint(jwk: Given): string {
  return sha256Base64url(JSON.stringify(membersOf(jwk, kindOf(jwk))))
}

const MAX_REMEMBERED = 1_000
const remembered = new Map<string, KeyObject>()

/** A registered key as the crypto library takes it. The latest are remembered: making one costs as much as using it. */
export function publicKeyOf(jwk: SenderKey['jwk']): KeyObject {
  const name = Object.values(membersOf(jwk, kindOf(jwk))).join('.')
  const made = remembered.get(name) ?? importKey(jwk)
  remembered.delete(name)
  remembered.set(name, made)
  for (const oldest of remembered.keys()) {
    if (remembered.size <= MAX_REMEMBERED) break
    remembered.delete(oldest)
  }
  return made
}

function kindOf(given: Given): KeyKind {
  const curve = text(given['crv'])
  return KINDS[`${text(given['kty'])}/${curve}`] ?? fault(curve === '' ? '/kty' : '/crv', 'enum')
}

/** In one order, so that the same key always gives the same text. */
function membersOf(given: Given, { members }: KeyKind): Record<string, string> {
  return Object.fromEntries(members.map((name) => [name, text(given[name])]))
}

function checkPurpose(given: Given, { algorithms }: KeyKind): SigningAlgorithm {
  for (const name of PRIVATE_MEMBERS) {
    if (given[name] !== undefined) fault(`/${name}`, 'not')
  }
  if (given['use'] !== undefined && given['use'] !== 'sig') fault('/use', 'const')
  const operations = given['key_ops']
  if (operations !== undefined && !(Array.isArray(operations) && operations.includes('verify')))
    fault('/key_ops', 'contains')
  return algorithmFor(given['alg'], algorithms)
}

/** A key that can be used with one algorithm needn't name it. */
function algorithmFor(named: unknown, algorithms: readonly SigningAlgorithm[]): SigningAlgorithm {
  const [only, ...others] = algorithms
  if (named === undefined && others.length > 0) fault('/alg', 'required')
  return algorithms.find((alg) => alg === (named ?? only)) ?? fault('/alg', 'enum')
}

function checkPoint(coordinates: readonly string[]): KeyKind['check'] {
  return (given) => {
    for (const name of coordinates) {
      if (fromBase64Url(text(given[name]))?.length !== 32) fault(`/${name}`, 'pattern')
    }
  }
}

/** RFC 7518 §6.3.1: no leading zero octets; the topmost bit stands, so that a size is what it says. */
function checkRsa(given: Given): void {
  const modulus = Buffer.from(fromBase64Url(text(given['n'])) ?? fault('/n', 'pattern'))
  if (!RSA_BYTES.some((bytes) => bytes === modulus.length)) fault('/n', 'size')
  if (modulus.readUInt8(0) < 0x80) fault('/n', 'size')
  if (modulus.readUInt8(modulus.length - 1) % 2 === 0) fault('/n', 'odd')
  if (given['e'] !== RSA_EXPONENT) fault('/e', 'const')
}

function importKey(jwk: Readonly<Record<string, string>>): KeyObject {
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
