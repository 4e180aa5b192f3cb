import { isInForce, type Standard } from '../core/standard.ts'
import { dayInJapan } from '../core/time.ts'
import { requirePermission, type Actor } from './actor.ts'
import type { AppContext } from './context.ts'

/** A version of a standard, and whether its clauses can be cited today. */
export type StandardView = Standard & { readonly inForce: boolean }

/** Every version of every standard. */
export async function readStandards(ctx: AppContext, actor: Actor): Promise<StandardView[]> {
  requirePermission(actor, 'standards.read')
  return allStandards(ctx)
}

/** The same for the public: standards are published rules. */
export async function allStandards({ read, clock }: AppContext): Promise<StandardView[]> {
  const today = dayInJapan(clock.now())
  const rows = await read.find('standard', {})
  return rows.map((row) => ({ ...row, inForce: isInForce(row, today) }))
}
