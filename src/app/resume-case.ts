import type { DecidedBy } from '../core/decision.ts'
import type { Id } from '../core/ids.ts'
import { transition } from '../core/transition.ts'
import { commandCase, type CaseAnswer } from './case-command.ts'
import type { AppContext } from './context.ts'

/** 保留を解除する. */
export function resumeCase(
  ctx: AppContext,
  by: DecidedBy,
  caseId: Id<'cas'>,
  { commandId }: { readonly commandId: string },
): Promise<CaseAnswer> {
  return commandCase(ctx, {
    name: 'case.resume',
    caseId,
    once: { commandId, content: { command: 'resume', caseId, by } },
    change: (state) =>
      Promise.resolve(transition(state, { type: 'resume', by }, { at: ctx.clock.now() })),
  })
}
