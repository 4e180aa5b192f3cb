import type { CaseRecord } from '../core/case.ts'
import type { DecidedBy } from '../core/decision.ts'
import type { Id } from '../core/ids.ts'
import { laneOf } from '../core/lane.ts'
import type { NoticeRecord } from '../core/notice.ts'
import { dutyFor } from '../core/procedures.ts'
import { dayInJapan } from '../core/time.ts'
import type { AssessFacts, AssessInput } from '../core/transition/assess-nature.ts'
import type { OpenCase, Transitioned } from '../core/transition/result.ts'
import { transition } from '../core/transition.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import type { Transaction } from '../ports/record-store.ts'
import { openOrJoin } from './attach-notice.ts'
import { changesOfCase } from './case-changes.ts'
import { commandCase, type CaseAnswer } from './case-command.ts'
import { caseEvent } from './case-events.ts'
import type { Change } from './command.ts'
import type { AppContext } from './context.ts'
import { senderLock } from './locks.ts'
import { countingNotices } from './notices-of-case.ts'
import { openQuestion } from './questions.ts'

export interface AssessRequest extends Omit<AssessInput, 'by'> {
  readonly commandId: string
  /** The open case that the notice is to join, where there is one under its new procedure. */
  readonly into: OpenCase | null
}

/**
 * 法的性質を評価する (law 7): see the transition. Where a case is open with the new key, the person names it.
 * The answer is the case that was assessed, which may have another lane now, or be merged.
 *
 * @throws MadoguchiError `not_found`, `command_id_reused`.
 */
export async function assessNature(
  ctx: AppContext,
  by: DecidedBy,
  caseId: Id<'cas'>,
  { commandId, into, ...request }: AssessRequest,
): Promise<CaseAnswer> {
  const seen = await ctx.read.get('notice', { id: request.noticeId })
  if (seen?.caseId !== caseId) throw new MadoguchiError('not_found')
  return commandCase(ctx, {
    name: 'nature.assess',
    caseId,
    locks: [senderLock(seen.senderId)],
    once: { commandId, content: { command: 'assess_nature', caseId, by, into, ...request } },
    change: async (state, tx) => {
      const facts = await assessFacts(ctx, tx, state, request)
      const done = transition(state, { type: 'assess_nature', by, ...request }, facts)
      if (!done.ok || facts.other === null) return done
      const open = await tx.get('case', { id: facts.other })
      if (open === undefined) throw new MadoguchiError('internal_error')
      if (into?.id === open.id && into.version === open.version) return done
      const { id, version } = open
      return { ok: false, refusal: { code: 'case_open_there', open: { id, version } } }
    },
    write: (tx, done) => record(ctx, tx, done, request),
  })
}

async function assessFacts(
  { config, clock }: AppContext,
  tx: Transaction,
  state: CaseRecord,
  { noticeId, nature }: Pick<AssessRequest, 'noticeId' | 'nature'>,
): Promise<AssessFacts> {
  const notice = await tx.get('notice', { id: noticeId })
  const sender = notice && (await tx.get('sender', { id: notice.senderId }))
  // A merge may have taken it away before the locks were held.
  if (notice?.caseId !== state.id || sender === undefined) throw new MadoguchiError('not_found')
  const { form, category } = notice
  const lane = laneOf({ form, senderType: sender.type, nature })
  const key = { targetKey: state.targetKey, lane, form }
  const other = lane === state.lane ? undefined : await tx.openCase(key)
  const previous = lane === state.lane ? undefined : await tx.lastCase(key)
  const at = clock.now()
  return {
    at,
    changes: await changesOfCase(tx, state),
    counting: await countingNotices(tx, state),
    band0GoalMs: config.band0GoalMs,
    notice,
    lane,
    // The other form claims nothing illegal (law 6).
    isDuty:
      form !== 'public_order' && dutyFor(config.procedures, category, dayInJapan(at)) !== undefined,
    other: other?.id ?? null,
    previous: previous ?? null,
  }
}

/** The notice with its new nature, in the case that it belongs to now. */
async function record(
  ctx: AppContext,
  tx: Transaction,
  { next, events }: Transitioned,
  { noticeId, nature }: Pick<AssessRequest, 'noticeId' | 'nature'>,
): Promise<Change<undefined>> {
  const before = await tx.get('notice', { id: noticeId })
  const sender = before && (await tx.get('sender', { id: before.senderId }))
  if (before === undefined || sender === undefined) throw new MadoguchiError('internal_error')
  const lane = laneOf({ form: before.form, senderType: sender.type, nature })
  const natureAssessedAt = ctx.clock.now()
  await tx.update('notice', { id: noticeId }, { nature, lane, natureAssessedAt })
  const touchesLegalDesk = [before.lane, lane].includes('legal_desk')
  const said = events.map((event) =>
    caseEvent(ctx, { ...next, lane: touchesLegalDesk ? 'legal_desk' : lane }, event, {
      notice: noticeId,
      refs: [before.leafHash],
    }),
  )
  if (next.lane === lane && next.state !== 'merged') return { result: undefined, events: said }
  const moved: NoticeRecord = { ...before, nature, lane, natureAssessedAt }
  const { record: home, events: arrived } = await openOrJoin(ctx, tx, moved, next.targetKey)
  await tx.put('case', home)
  await tx.update('notice', { id: noticeId }, { caseId: home.id, caseVersion: home.version })
  const question = await openQuestion(tx, noticeId)
  if (question !== undefined) await tx.update('question', { id: question.id }, { caseId: home.id })
  return { result: undefined, events: [...said, ...arrived] }
}
