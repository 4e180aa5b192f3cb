import { requirePermission, type Actor } from './actor.ts'
import type { OperatorView } from './add-operator.ts'
import type { AppContext } from './context.ts'
import { omit } from './omit.ts'

/** Everybody of the desk, oldest first, those who were removed included. */
export async function readOperators(ctx: AppContext, actor: Actor): Promise<OperatorView[]> {
  requirePermission(actor, 'operators.read')
  const rows = await ctx.read.find('operator', {}, { orderBy: 'createdAt' })
  return rows.map((row) => omit(row, 'tokenSha256'))
}
