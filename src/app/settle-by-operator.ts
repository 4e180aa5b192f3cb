import { isId } from '../core/ids.ts'
import { parseTime } from '../core/time.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import type { ActionDocument } from '../generated/types.ts'
import { fromAction } from '../schema/to-core.ts'
import { requirePermission, type Actor } from './actor.ts'
import type { AppContext } from './context.ts'
import { readInput } from './read-input.ts'
import { settleAction, type Settlement } from './settle-action.ts'

/**
 * An operator says how a pending action went: a manual one that was carried out, or one that won't be.
 *
 * @param input `{ state: 'executed', executed_at? }` or `{ state: 'failed', code? }`, unchecked.
 * @throws MadoguchiError `not_allowed`, `invalid_input`, `not_found`, `already`.
 */
export async function settleByOperator(
  ctx: AppContext,
  actor: Actor,
  actionId: string,
  input: unknown,
): Promise<ActionDocument> {
  requirePermission(actor, 'actions.settle')
  const settlement = readSettlement(input, actor, ctx.clock.now())
  if (!isId('act', actionId)) throw new MadoguchiError('not_found')
  return fromAction(await settleAction(ctx, actionId, settlement))
}

function readSettlement(input: unknown, { operator }: Actor, now: number): Settlement {
  const members = readInput(input)
  const state = members.oneOf('state', ['executed', 'failed'])
  const executedAt = members.optionalText('executed_at', { max: 24 })
  const code = members.optionalText('code', { max: 64, pattern: /^[a-z][a-z0-9_]*$/ })
  members.done()
  if (state === 'failed') return { kind: 'failed', code: code ?? 'unspecified' }
  const at = executedAt === null ? now : parseTime(executedAt)
  if (at !== undefined && at <= now) return { kind: 'executed', at, by: operator }
  throw new MadoguchiError('invalid_input', {
    errors: [{ pointer: '/executed_at', keyword: 'format' }],
  })
}
