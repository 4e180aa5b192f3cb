import { toBase64Url } from '../core/base64.ts'
import type { Random } from '../ports/runtime.ts'

/** `mdgo_` and 32 random bytes; the prefix lets secret scanners find a lost one. */
export const OPERATOR_TOKEN = /^mdgo_[A-Za-z0-9_-]{43}$/

/** A new bearer token of an operator. */
export function newOperatorToken(random: Random): string {
  return `mdgo_${toBase64Url(random.bytes(32))}`
}
