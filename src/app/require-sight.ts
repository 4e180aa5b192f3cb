import { maySee, type Whose } from '../core/transition/who-decides.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import type { Actor } from './actor.ts'

/**
 * Before anything of a case is shown. Of the legal desk's cases nobody else is told that they are there.
 *
 * @throws MadoguchiError `not_allowed` for a no-view case, `not_found` for one of the legal desk.
 */
export function requireSight({ role }: Actor, whose: Whose): void {
  if (maySee(role, whose)) return
  throw new MadoguchiError(whose.lane === 'legal_desk' ? 'not_found' : 'not_allowed')
}
