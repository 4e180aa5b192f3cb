import type { Signer } from '../ports/signer.ts'
import { toBase64Url } from '../core/base64.ts'
import type { TokenType } from './token-type.ts'

/**
 * Makes a compact JWS (RFC 7515 §7.1) with header `alg`, `typ`, `kid` and nothing else. Rejects with
 * what the signer rejects with.
 */
export async function signJws(signer: Signer, typ: TokenType, claims: object): Promise<string> {
  const input = `${encodeJson({ alg: signer.alg, typ, kid: signer.kid })}.${encodeJson(claims)}`
  const signature = await signer.sign(new TextEncoder().encode(input))
  return `${input}.${toBase64Url(signature)}`
}

function encodeJson(value: object): string {
  return toBase64Url(new TextEncoder().encode(JSON.stringify(value)))
}
