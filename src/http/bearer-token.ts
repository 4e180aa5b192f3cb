import { MadoguchiError } from '../errors/madoguchi-error.ts'
import type { Request } from './request.ts'

/** The scheme is compared without case (RFC 9110 §11.1); the token is one word (RFC 6750 §2.1). */
const BEARER = /^Bearer ([A-Za-z0-9._~+/-]+=*)$/i

/** The token of `Authorization: Bearer`; `undefined` for an absent header or another scheme. */
export function bearerToken(req: Request): string | undefined {
  return BEARER.exec(req.headers.authorization ?? '')?.[1]
}

/**
 * The one signature of a sender's request: `Authorization: Bearer`, or `Madoguchi-Signature` where a
 * gateway needs the other header for itself.
 *
 * @throws MadoguchiError `signature_missing`; `malformed_token` for both headers at once, or one that
 *   doesn't hold a token.
 */
export function requireSignature(req: Request): string {
  const { authorization, 'madoguchi-signature': other } = req.headers
  if (authorization === undefined && other === undefined)
    throw new MadoguchiError('signature_missing')
  const token = authorization === undefined ? other : bearerToken(req)
  const isBoth = authorization !== undefined && other !== undefined
  if (isBoth || typeof token !== 'string') throw new MadoguchiError('malformed_token')
  return token
}

/** The same for a diagnosis, whatever is wrong with it. */
export function signatureIfAny(req: Request): string | undefined {
  const other = req.headers['madoguchi-signature']
  return bearerToken(req) ?? (typeof other === 'string' ? other : undefined)
}
