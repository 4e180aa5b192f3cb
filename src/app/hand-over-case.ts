import type { DecidedBy } from '../core/decision.ts'
import type { Id } from '../core/ids.ts'
import { transition } from '../core/transition.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import type { Transaction } from '../ports/record-store.ts'
import { commandCase, type CaseAnswer } from './case-command.ts'
import type { AppContext } from './context.ts'

export interface HandOverRequest {
  readonly commandId: string
  /** Pseudonym of an active operator. */
  readonly to: string
  readonly note: string | null
}

/**
 * 引き継ぐ.
 *
 * @throws MadoguchiError `not_found`, `command_id_reused`; `invalid_input` where nobody active has that name.
 */
export function handOverCase(
  ctx: AppContext,
  by: DecidedBy,
  caseId: Id<'cas'>,
  { commandId, to, note }: HandOverRequest,
): Promise<CaseAnswer> {
  const { clock, config } = ctx
  return commandCase(ctx, {
    name: 'case.hand_over',
    caseId,
    once: { commandId, content: { command: 'hand_over', caseId, by, to, note } },
    change: async (state, tx) =>
      transition(
        state,
        { type: 'hand_over', by, to: await activeOperator(tx, to), note },
        { at: clock.now(), claimLeaseMs: config.claimLeaseMs },
      ),
  })
}

async function activeOperator(tx: Transaction, name: string): Promise<DecidedBy> {
  const [found] = await tx.find('operator', { name, state: 'active' }, { limit: 1 })
  if (found !== undefined) return { operator: found.name, role: found.role }
  throw new MadoguchiError('invalid_input', { errors: [{ pointer: '/to', keyword: 'enum' }] })
}
