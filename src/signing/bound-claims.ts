import { SECOND } from '../core/time.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import { fromBase64Url } from '../core/base64.ts'
import { sha256Base64url } from './sha256.ts'
import type { JsonObject } from './strict-json.ts'

/** Longest life of a token that binds one request, in seconds. */
export const MAX_LIFE_SECONDS = 300

/** The last second of year 9999, beyond which RFC 3339 can't write a time. */
export const LAST_SECOND = 253_402_300_799
const JTI_PATTERN = /^[A-Za-z0-9_-]{16,64}$/

/** The claims that tie a token to one request: who, to whom, when, which method, URL and bytes. */
export interface BoundClaims {
  readonly issuer: string
  readonly audience: string
  readonly issuedAt: number
  readonly expiresAt: number
  readonly notBefore: number
  readonly jti: string
  readonly method: string
  readonly url: string
  /** 43 characters of base64url. */
  readonly bodySha256: string
  readonly bodyHash: Uint8Array
}

/**
 * Reads the claims of profile `mdg-jwt-1` by type and form; whether they are true is for others to
 * check. `aud` is one text: an array would let one token serve many platforms. Further claims are left alone.
 *
 * Throws `malformed_claims` with the pointer of the first claim that fails.
 *
 * @param contentType What `cty` must say; `undefined` where it must be absent.
 */
export function readBoundClaims(claims: JsonObject, contentType: string | undefined): BoundClaims {
  const issuedAt = seconds(claims, 'iat')
  const expiresAt = seconds(claims, 'exp')
  const life = expiresAt - issuedAt
  if (life <= 0 || life > MAX_LIFE_SECONDS) fault('exp', 'maximum')
  if (claims['cty'] !== contentType) fault('cty', 'const')
  const bodySha256 = text(claims, 'body_sha256')
  const bodyHash = fromBase64Url(bodySha256)
  if (bodyHash?.length !== 32) fault('body_sha256', 'pattern')
  const jti = text(claims, 'jti')
  if (!JTI_PATTERN.test(jti)) fault('jti', 'pattern')
  return {
    issuer: text(claims, 'iss'),
    audience: text(claims, 'aud'),
    issuedAt: issuedAt * SECOND,
    expiresAt: expiresAt * SECOND,
    notBefore: (claims['nbf'] === undefined ? issuedAt : seconds(claims, 'nbf')) * SECOND,
    jti,
    method: text(claims, 'htm'),
    url: text(claims, 'htu'),
    bodySha256,
    bodyHash,
  }
}

/** What a token binds, as its maker knows it. */
export interface BoundRequest {
  readonly issuer: string
  readonly audience: string
  readonly method: string
  /** Absolute; query and fragment are left out of what is signed. */
  readonly url: string
  readonly body: Uint8Array
  /** `undefined` where nothing is sent. */
  readonly contentType: string | undefined
  /** Epoch ms. */
  readonly now: number
  /** New for every token. */
  readonly jti: string
}

/** The inverse of {@link readBoundClaims}: claims that live as long as they may. */
export function writeBoundClaims(request: BoundRequest): JsonObject {
  const iat = Math.floor(request.now / SECOND)
  return {
    iss: request.issuer,
    aud: request.audience,
    iat,
    exp: iat + MAX_LIFE_SECONDS,
    jti: request.jti,
    htm: request.method,
    htu: withoutQuery(request.url),
    ...(request.contentType === undefined ? {} : { cty: request.contentType }),
    body_sha256: sha256Base64url(request.body),
  }
}

/** `htu` of a URL: what stands before query and fragment. */
export function withoutQuery(url: string): string {
  return url.replace(/[?#].*$/s, '')
}

function text(claims: JsonObject, name: string): string {
  const value = claims[name]
  return typeof value === 'string' && value !== '' ? value : fault(name, 'type')
}

function seconds(claims: JsonObject, name: string): number {
  const value = claims[name]
  if (typeof value !== 'number' || !Number.isInteger(value)) fault(name, 'type')
  return value >= 0 && value <= LAST_SECOND ? value : fault(name, 'maximum')
}

function fault(name: string, keyword: string): never {
  throw new MadoguchiError('malformed_claims', { errors: [{ pointer: `/${name}`, keyword }] })
}
