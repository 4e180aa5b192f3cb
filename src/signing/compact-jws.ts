import { MadoguchiError } from '../errors/madoguchi-error.ts'
import { fromBase64Url } from '../core/base64.ts'
import { isJsonObject, parseStrictJson, type JsonObject } from './strict-json.ts'

/** Largest token that a request may carry, in characters. */
export const MAX_TOKEN_LENGTH = 8_192

export const KID_PATTERN = /^[A-Za-z0-9._-]{1,64}$/

/** The parts of a compact JWS (RFC 7515 §7.1). Nothing of it is verified. */
export interface CompactJws {
  readonly alg: string
  readonly typ: string
  readonly kid: string
  readonly claims: JsonObject
  /** The ASCII bytes that the signature is over. */
  readonly signingInput: Uint8Array
  readonly signature: Uint8Array
}

export interface CompactJwsLimits {
  /** Header members that may stand beside `alg`, `typ` and `kid`. Their values are not looked at. */
  readonly optional?: readonly string[]
  /** In characters; default {@link MAX_TOKEN_LENGTH}. */
  readonly maxLength?: number
}

/**
 * Takes a compact JWS apart before any library sees it. The header is an allow-list: `crit`, `b64`,
 * `zip`, `jku`, `jwk` and `x5*` are refused because they aren't on it, and so is a member that comes
 * twice or isn't text.
 *
 * Throws `malformed_token`; `malformed_claims` where only the payload isn't a strict JSON object.
 */
export function parseCompactJws(token: string, limits: CompactJwsLimits = {}): CompactJws {
  if (token.length > (limits.maxLength ?? MAX_TOKEN_LENGTH)) malformed()
  const segments = token.split('.', 4)
  const [headerBytes, payload, signature] = segments.map(fromBase64Url)
  if (segments.length !== 3 || !headerBytes || !payload || !signature?.length) malformed()
  const header = readHeader(headerBytes, limits.optional ?? [])
  const signingInput = new TextEncoder().encode(token.slice(0, token.lastIndexOf('.')))
  return { ...header, claims: readClaims(payload), signingInput, signature }
}

function readHeader(
  bytes: Uint8Array,
  optional: readonly string[],
): Pick<CompactJws, 'alg' | 'typ' | 'kid'> {
  const header = parseObject(bytes) ?? malformed()
  const allowed = ['alg', 'typ', 'kid', ...optional]
  for (const [name, value] of Object.entries(header)) {
    if (!allowed.includes(name) || typeof value !== 'string') malformed()
  }
  const { alg, typ, kid } = header as Readonly<Record<string, string | undefined>>
  if (alg === undefined || typ === undefined || kid === undefined) malformed()
  if (!KID_PATTERN.test(kid)) malformed()
  return { alg, typ, kid }
}

function readClaims(payload: Uint8Array): JsonObject {
  const claims = parseObject(payload)
  if (claims === undefined) throw new MadoguchiError('malformed_claims')
  return claims
}

function parseObject(bytes: Uint8Array): JsonObject | undefined {
  try {
    const value = parseStrictJson(bytes)
    return isJsonObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

function malformed(): never {
  throw new MadoguchiError('malformed_token')
}
