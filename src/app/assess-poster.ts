import type { DecidedBy } from '../core/decision.ts'
import type { Id } from '../core/ids.ts'
import type { SelfHarmPoster } from '../core/poster-statement.ts'
import { transition } from '../core/transition.ts'
import { commandCase, type CaseAnswer } from './case-command.ts'
import type { AppContext } from './context.ts'

export interface AssessPosterRequest {
  readonly commandId: string
  readonly poster: SelfHarmPoster
}

/**
 * 発信者についての見立てを記録する.
 *
 * @throws MadoguchiError `not_found`, `command_id_reused`.
 */
export function assessPoster(
  ctx: AppContext,
  by: DecidedBy,
  caseId: Id<'cas'>,
  { commandId, poster }: AssessPosterRequest,
): Promise<CaseAnswer> {
  return commandCase(ctx, {
    name: 'poster.assess',
    caseId,
    once: { commandId, content: { command: 'assess_poster', caseId, by, poster } },
    change: (state) =>
      Promise.resolve(
        transition(state, { type: 'assess_poster', by, poster }, { at: ctx.clock.now() }),
      ),
  })
}
