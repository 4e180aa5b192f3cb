import type { KeyObject } from 'node:crypto'
import type { InboundNotice } from '../core/notice.ts'
import { keyRefusal, type Sender, type SenderKey, type SigningAlgorithm } from '../core/sender.ts'
import { SECOND } from '../core/time.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import { sha256Base64url } from './sha256.ts'
import {
  checkAudience,
  checkBody,
  checkMethodAndUrl,
  checkTime,
  type TimeWindow,
} from './binding-checks.ts'
import { readBoundClaims, type BoundClaims } from './bound-claims.ts'
import { parseCompactJws, type CompactJws } from './compact-jws.ts'
import { decoyKey } from './decoy-key.ts'
import { publicKeyOf } from './jwk.ts'
import { TOKEN_TYPES } from './token-type.ts'
import { isSigningAlgorithm, signatureHolds, signatureLengthOf } from './verify-signature.ts'

const verified: unique symbol = Symbol('verified')

/**
 * Who signed what arrived, for us, now, for this method and URL: a notice, or any other request of a
 * sender (a GET has a body of zero bytes). Only {@link verifyRequest} makes one, so what takes this
 * type can't be reached without the checks.
 */
export interface VerifiedRequest {
  readonly [verified]: true
  readonly inbound: InboundNotice
  readonly senderId: string
  /** As registered when the key was looked up; read again where it must hold at commit. */
  readonly sender: Sender
  readonly kid: string
  readonly jti: string
  /** Epoch ms, by the sender's clock. */
  readonly issuedAt: number
  /** Epoch ms, by the sender's clock; the token passes until the tolerance is over as well. */
  readonly expiresAt: number
  /** base64url. */
  readonly bodySha256: string
  /** base64url SHA-256 of the compact JWS. */
  readonly tokenSha256: string
  readonly profile: 'mdg-jwt-1'
}

/** A registered key with the sender that it belongs to. */
export interface SenderKeyWithSender {
  readonly key: SenderKey
  readonly sender: Sender
}

/** Finds a key in the registry, in whatever state it is; `undefined` for an unknown sender or key. */
export type SenderKeyLookup = (
  senderId: string,
  kid: string,
) => Promise<SenderKeyWithSender | undefined>

export interface VerifyDeps extends TimeWindow {
  /** Our issuer, the one `aud` that we take. */
  readonly audience: string
  readonly lookup: SenderKeyLookup
}

type RequestToken = CompactJws & { readonly alg: SigningAlgorithm }

/**
 * Verifies a signed request of profile `mdg-jwt-1` and says who sent it.
 *
 * The order is a security decision. Form before meaning: no library and no registry sees what isn't
 * well-formed. What the sender can mend by itself is named before its key is looked up, so those
 * answers depend on nothing that we know. Unknown sender, unknown key and wrong signature are one
 * answer that takes one time. What we know of a key or sender is told to nobody but its holder:
 * states are looked at only after the signature held. Replays are the committer's, as it alone knows what was stored.
 *
 * Throws `malformed_token`, `malformed_claims`, `time_skew`, `wrong_audience`, `wrong_method_or_url`,
 * `body_hash_mismatch`, `signature_rejected`, `key_not_active`, `key_revoked` or `sender_suspended`, in this order; and
 * what `lookup` throws.
 */
export async function verifyRequest(
  inbound: InboundNotice,
  deps: VerifyDeps,
): Promise<VerifiedRequest> {
  const token = readToken(inbound.token)
  const claims = readBoundClaims(token.claims, inbound.contentType)
  checkTime(claims, deps)
  checkAudience(claims, deps.audience)
  checkMethodAndUrl(claims, inbound.method, inbound.url)
  checkBody(claims, inbound.body)
  const found = await deps.lookup(claims.issuer, token.kid)
  const { key, sender } = checkSignature(inbound.token, token, claims, found, deps)
  checkKeyState(key, deps.now)
  checkSenderState(sender)
  return vouch(inbound, claims, key, sender)
}

/** Algorithms outside the profile, `none` among them, end here. */
function readToken(text: string): RequestToken {
  const token = parseCompactJws(text, { optional: ['cty'] })
  const { alg } = token
  if (token.typ !== TOKEN_TYPES.request || !isSigningAlgorithm(alg)) {
    throw new MadoguchiError('malformed_token')
  }
  return { ...token, alg }
}

function checkSignature(
  text: string,
  token: RequestToken,
  claims: BoundClaims,
  found: SenderKeyWithSender | undefined,
  deps: VerifyDeps,
): SenderKeyWithSender {
  const fitting = found === undefined ? undefined : keyFor(token, found.key)
  const key = fitting ?? decoyKey(token.alg, token.signature.length)
  const holds = signatureHolds(text, token, key, {
    issuer: claims.issuer,
    audience: deps.audience,
    clockTimestamp: Math.floor(deps.now / SECOND),
    // Whole seconds of the library: never narrower than the window that was checked to the ms.
    clockTolerance: Math.ceil(Math.max(deps.toleranceMs, deps.leadMs) / SECOND) + 1,
  })
  if (found === undefined || fitting === undefined || !holds)
    throw new MadoguchiError('signature_rejected')
  return found
}

/**
 * A registered key, where a token is one that it could have signed: its algorithm, and a signature of
 * its length. Else the time that refusing takes would tell what is registered.
 */
function keyFor(
  { alg, signature }: RequestToken,
  key: SenderKey,
): { readonly alg: SigningAlgorithm; readonly publicKey: KeyObject } | undefined {
  if (key.alg !== alg) return undefined
  const publicKey = publicKeyOf(key.jwk)
  return signatureLengthOf(publicKey) === signature.length ? { alg, publicKey } : undefined
}

function checkKeyState(key: SenderKey, now: number): void {
  const refusal = keyRefusal(key, now)
  if (refusal !== undefined) throw new MadoguchiError(refusal)
}

function checkSenderState({ state }: Sender): void {
  if (state === 'suspended') throw new MadoguchiError('sender_suspended')
}

function vouch(
  inbound: InboundNotice,
  claims: BoundClaims,
  key: SenderKey,
  sender: Sender,
): VerifiedRequest {
  return Object.freeze<VerifiedRequest>({
    [verified]: true,
    inbound,
    senderId: sender.id,
    sender,
    kid: key.kid,
    jti: claims.jti,
    issuedAt: claims.issuedAt,
    expiresAt: claims.expiresAt,
    bodySha256: claims.bodySha256,
    tokenSha256: sha256Base64url(inbound.token),
    profile: 'mdg-jwt-1',
  })
}
