import { hash } from 'node:crypto'
import { toBase64Url } from '../core/base64.ts'
import { canonicalJson } from '../core/canonical-json.ts'

/**
 * Salted commitments in the form of SD-JWT disclosures (RFC 9901 §4.2.1, §4.2.3). The value that a
 * disclosure names is the digest of stored bytes, so that bytes and salt together can be erased and
 * what stays tells nothing.
 */

/** What every entry commits to, sorted. What doesn't apply is committed as null. */
export const COMMITTED_NAMES = ['case', 'payload', 'sender', 'target'] as const
export type CommittedName = (typeof COMMITTED_NAMES)[number]

/** Bytes of a salt; fresh for each commitment. */
export const SALT_SIZE = 32

/**
 * The digest that stands in an entry:
 * base64url(SHA-256(ASCII(base64url(JCS([base64url(salt), name, base64url(SHA-256(value)) or null]))))).
 */
export function commitmentOf(name: string, salt: Uint8Array, value: Uint8Array | null): string {
  const content = value === null ? null : hash('sha256', value, 'base64url')
  const disclosure = toBase64Url(canonicalJson([toBase64Url(salt), name, content]))
  return hash('sha256', disclosure, 'base64url')
}
