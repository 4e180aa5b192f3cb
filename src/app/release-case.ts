import type { DecidedBy } from '../core/decision.ts'
import type { Id } from '../core/ids.ts'
import { transition } from '../core/transition.ts'
import { commandCase, type CaseAnswer } from './case-command.ts'
import type { AppContext } from './context.ts'

/** 担当を外す. */
export function releaseCase(
  ctx: AppContext,
  by: DecidedBy,
  caseId: Id<'cas'>,
  { commandId }: { readonly commandId: string },
): Promise<CaseAnswer> {
  return commandCase(ctx, {
    name: 'case.release',
    caseId,
    once: { commandId, content: { command: 'release', caseId, by } },
    change: (state) =>
      Promise.resolve(transition(state, { type: 'release', by }, { at: ctx.clock.now() })),
  })
}
