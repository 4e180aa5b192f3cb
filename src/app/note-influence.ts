import type { DecidedBy } from '../core/decision.ts'
import type { Id } from '../core/ids.ts'
import { transition } from '../core/transition.ts'
import type { NoteInfluenceInput } from '../core/transition/note-influence.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import { commandCase, type CaseAnswer } from './case-command.ts'
import type { AppContext } from './context.ts'

/**
 * 働きかけを記録する (law 20).
 *
 * @throws MadoguchiError `not_found`, also for a notice of another case.
 */
export function noteInfluence(
  ctx: AppContext,
  by: DecidedBy,
  caseId: Id<'cas'>,
  noted: Omit<NoteInfluenceInput, 'by'>,
): Promise<CaseAnswer> {
  return commandCase(ctx, {
    name: 'influence.note',
    caseId,
    change: async (state, tx) => {
      const { noticeId } = noted
      const notice = noticeId === null ? undefined : await tx.get('notice', { id: noticeId })
      if (noticeId !== null && notice?.caseId !== caseId) throw new MadoguchiError('not_found')
      return transition(state, { type: 'note_influence', by, ...noted }, { at: ctx.clock.now() })
    },
  })
}
