import type { Id } from './ids.ts'
import type { Role } from './vocabulary.ts'

/** A member of the desk or a machine of the platform, known by a pseudonym. */
export interface OperatorRecord {
  readonly id: Id<'opr'>
  readonly name: string
  readonly role: Role
  /** base64url SHA-256 of the bearer token, which is printed once and not kept. */
  readonly tokenSha256: string
  readonly state: 'active' | 'removed'
  readonly createdAt: number
  /** From then on the token is refused; `null`: until removal. Always set for `external_auditor`. */
  readonly expiresAt: number | null
}

/** Whether the time of an operator's access is over, by our clock. */
export function isExpired({ expiresAt }: Pick<OperatorRecord, 'expiresAt'>, now: number): boolean {
  return expiresAt !== null && now >= expiresAt
}
