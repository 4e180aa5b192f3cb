import { createHash } from 'node:crypto'
import { toBase64Url } from '../core/base64.ts'

/** SHA-256, 32 bytes. */
export function sha256(bytes: Uint8Array | string): Uint8Array {
  return createHash('sha256').update(bytes).digest()
}

/** SHA-256 as 43 characters of base64url: the form of `body_sha256`. */
export function sha256Base64url(bytes: Uint8Array | string): string {
  return toBase64Url(sha256(bytes))
}
