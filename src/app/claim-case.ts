import type { DecidedBy } from '../core/decision.ts'
import type { Id } from '../core/ids.ts'
import { transition } from '../core/transition.ts'
import { commandCase, type CaseAnswer } from './case-command.ts'
import type { AppContext } from './context.ts'

/** 担当する: takes, or extends, the lease on a case. */
export function claimCase(ctx: AppContext, by: DecidedBy, caseId: Id<'cas'>): Promise<CaseAnswer> {
  const { claimLeaseMs } = ctx.config
  return commandCase(ctx, {
    name: 'case.claim',
    caseId,
    change: (state) =>
      Promise.resolve(
        transition(state, { type: 'claim', by }, { at: ctx.clock.now(), claimLeaseMs }),
      ),
  })
}
