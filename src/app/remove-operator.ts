import { isId } from '../core/ids.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import { requirePermission, type Actor } from './actor.ts'
import type { OperatorView } from './add-operator.ts'
import type { AppContext } from './context.ts'
import { omit } from './omit.ts'
import { plainEvent } from './record-event.ts'

/**
 * Ends an operator's access at once. What the operator did stays under its pseudonym.
 *
 * @throws MadoguchiError `not_allowed`, `not_found`, `already`.
 */
export async function removeOperator(
  ctx: AppContext,
  actor: Actor,
  id: string,
): Promise<OperatorView> {
  requirePermission(actor, 'operators.write')
  const { result } = await ctx.committer.submit({
    name: 'operator.remove',
    bytes: 128,
    locks: [`operator:${id}`],
    run: async (tx) => {
      const row = isId('opr', id) ? await tx.get('operator', { id }) : undefined
      if (row === undefined) throw new MadoguchiError('not_found')
      if (row.state === 'removed') throw new MadoguchiError('already')
      await tx.update('operator', { id: row.id }, { state: 'removed' })
      const payload = { v: 1, operator: row.id, by: { ...actor } }
      const event = plainEvent('operator.removed', ctx.clock.now(), {}, payload)
      return { result: { ...omit(row, 'tokenSha256'), state: 'removed' as const }, events: [event] }
    },
  })
  return result
}
