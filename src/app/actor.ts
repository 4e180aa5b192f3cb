import { may, type Permission } from '../core/permissions.ts'
import type { Role } from '../core/vocabulary.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'

/** Who asks for something: a person of the desk or a machine of the platform, by pseudonym. */
export interface Actor {
  readonly operator: string
  readonly role: Role
}

/** The platform's own hand: the embedding program, the command line on the machine itself. */
export const SYSTEM: Actor = Object.freeze({ operator: 'system', role: 'admin' })

/**
 * First line of every use case that is somebody's to do.
 *
 * @throws MadoguchiError `not_allowed`.
 */
export function requirePermission({ role }: Actor, permission: Permission): void {
  if (!may(role, permission)) throw new MadoguchiError('not_allowed')
}
