import type { CaseRecord } from '../core/case.ts'
import type { DecidedBy } from '../core/decision.ts'
import type { Id } from '../core/ids.ts'
import type { OutwardText, QuestionRecord } from '../core/message.ts'
import { transition } from '../core/transition.ts'
import type { Transitioned } from '../core/transition/result.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import type { Transaction } from '../ports/record-store.ts'
import { caseEvent } from './case-events.ts'
import { commandCase, type CaseAnswer } from './case-command.ts'
import type { Change } from './command.ts'
import type { AppContext } from './context.ts'
import { countingNotices } from './notices-of-case.ts'
import { openQuestion } from './questions.ts'
import { newWork } from './work-rows.ts'

export interface AskRequest {
  /** Chosen by the caller, one for each intent; a retry with it gets the same answer. */
  readonly commandId: string
  /** The notice whose sender is asked. */
  readonly noticeId: Id<'ntc'>
  /** In one language or both; goes outward as it is. */
  readonly text: OutwardText
}

/**
 * 補足をお願いする: asks the sender of one notice of an open case. That notice waits, and no other; the
 * sender hears it as an interim outcome.
 *
 * @throws MadoguchiError `not_found`, also for a notice of another case; `invalid_input` without a text;
 *   `command_id_reused`.
 */
export async function askSender(
  ctx: AppContext,
  by: DecidedBy,
  caseId: Id<'cas'>,
  { commandId, noticeId, text }: AskRequest,
): Promise<CaseAnswer> {
  if (text.ja === undefined && text.en === undefined)
    throw new MadoguchiError('invalid_input', { errors: [{ pointer: '/ja', keyword: 'required' }] })
  const questionId = ctx.random.id('qst')
  return commandCase(ctx, {
    name: 'case.ask',
    caseId,
    once: { commandId, content: { caseId, by, noticeId, text } },
    change: async (state, tx) => {
      const at = ctx.clock.now()
      const notice = await tx.get('notice', { id: noticeId })
      if (notice?.caseId !== caseId) throw new MadoguchiError('not_found')
      const counting = await countingNotices(tx, state)
      return transition(
        state,
        { type: 'ask', by, noticeId, questionId, text },
        {
          at,
          isAsked: (await openQuestion(tx, noticeId)) !== undefined,
          counting: counting.map((one) => (one.id === noticeId ? { ...one, pausedAt: at } : one)),
          band0GoalMs: ctx.config.band0GoalMs,
          isObserving: ctx.config.mode === 'observe',
        },
      )
    },
    write: (tx, done) => record(ctx, tx, done, { id: questionId, caseId, noticeId, text, by }),
  })
}

async function record(
  ctx: AppContext,
  tx: Transaction,
  { next, events }: Transitioned,
  asked: Pick<QuestionRecord, 'id' | 'caseId' | 'noticeId' | 'text' | 'by'>,
): Promise<Change<undefined>> {
  const askedAt = ctx.clock.now()
  await tx.insert('question', { ...asked, askedAt, state: 'open', closedAt: null })
  await tx.update('notice', { id: asked.noticeId }, { pausedAt: askedAt })
  await tx.insert('work', reportWork(ctx, asked.id, next, askedAt))
  const notice = await tx.get('notice', { id: asked.noticeId })
  const extra = { notice: asked.noticeId, refs: notice === undefined ? [] : [notice.leafHash] }
  return {
    result: undefined,
    events: events.map((event) => caseEvent(ctx, next, event, extra)),
    rings: ['report'],
  }
}

function reportWork(
  { random }: AppContext,
  subjectId: Id<'qst'>,
  { band, goalAt, position }: CaseRecord,
  nextAt: number,
): ReturnType<typeof newWork> {
  return newWork(random, { kind: 'report', subjectId, position, nextAt, band, goalAt })
}
