import { isId, type Id } from '../core/ids.ts'
import type { Whose } from '../core/transition/who-decides.ts'
import type { WorkKind, WorkRecord } from '../core/work.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import { fromAction } from '../schema/to-core.ts'
import { parseStrictJson } from '../signing/strict-json.ts'
import { requirePermission, type Actor } from './actor.ts'
import type { AppContext } from './context.ts'
import { defangDeep } from './defang.ts'
import { viewDecision } from './read-case.ts'
import { toDeadLetter, type DeadLetter } from './read-dead-letters.ts'
import { recordReading } from './record-reading.ts'
import { requireSight } from './require-sight.ts'
import { viewNotice } from './view-notice.ts'

/** A dead letter with what it would have carried, every URL dead. */
export interface DeadLetterPayload extends DeadLetter {
  readonly payload: unknown
}

/** Whose content the work carries, and how the content is shown. */
interface Carried {
  readonly noticeId?: Id<'ntc'> | null
  readonly caseId?: Id<'cas'> | null
  readonly show: () => Promise<unknown>
}

/**
 * Opens a dead letter (M R-25): for those who decide, and recorded. Those who keep the system running
 * see that it is there, and its code.
 *
 * @throws MadoguchiError `not_allowed` (also for no-view content and any role but `child_safety`),
 *   `not_found`.
 */
export async function readDeadLetterPayload(
  ctx: AppContext,
  actor: Actor,
  workId: string,
): Promise<DeadLetterPayload> {
  requirePermission(actor, 'dead_letters.payload')
  const work = isId('wrk', workId) ? await ctx.read.get('work', { id: workId }) : undefined
  const carried = work?.state === 'dead' ? await CARRIED[work.kind](ctx, work) : undefined
  if (work === undefined || carried === undefined) throw new MadoguchiError('not_found')
  const whose = await whoseIs(ctx, carried)
  requireSight(actor, whose)
  const what = whose.noView ? 'no_view' : 'dead_letter_payload'
  await recordReading(ctx, actor, { what, subject: work.id })
  return { ...toDeadLetter(work), payload: await carried.show() }
}

/** Rows of the record that work of each kind is about. */
const CARRIED: Readonly<
  Record<WorkKind, (ctx: AppContext, work: WorkRecord) => Promise<Carried | undefined>>
> = {
  intake: async (ctx, { subjectId }) => {
    const notice = await ctx.read.get('notice', { id: subjectId as Id<'ntc'> })
    return notice && { noticeId: notice.id, show: () => viewNotice(ctx, notice) }
  },
  act: carriedAction,
  expire: carriedAction,
  report: async ({ read }, { subjectId }) => {
    const decision = await read.get('decision', { id: subjectId as Id<'dec'> })
    return (
      decision && {
        caseId: decision.caseId,
        show: () => Promise.resolve(defangDeep(viewDecision(decision))),
      }
    )
  },
  tell: async ({ read }, { subjectId }) => {
    const notice = await read.get('posterNotice', { id: subjectId as Id<'pnt'> })
    return notice && { caseId: notice.caseId, show: () => Promise.resolve({ text: notice.text }) }
  },
  deliver: async ({ read }, { subjectId }) => {
    const delivery = await read.get('delivery', { id: subjectId as Id<'dlv'> })
    if (delivery === undefined) return undefined
    const show = async (): Promise<unknown> => {
      const outcome = await read.get('outcome', { id: delivery.outcomeId })
      return outcome === undefined ? null : { outcome: outcome.jws }
    }
    return { noticeId: delivery.noticeId, show }
  },
  handle: async ({ read }, { subjectId }) => {
    const event = await read.get('event', { id: subjectId as Id<'evt'> })
    if (event === undefined) return undefined
    const { type, at, noticeId, caseId, payload } = event
    const detail = defangDeep(parseStrictJson(payload))
    return { noticeId, caseId, show: () => Promise.resolve({ event: type, at, detail }) }
  },
}

async function carriedAction(
  { read }: AppContext,
  { subjectId }: WorkRecord,
): Promise<Carried | undefined> {
  const action = await read.get('action', { id: subjectId as Id<'act'> })
  return action && { caseId: action.caseId, show: () => Promise.resolve(fromAction(action)) }
}

/** Whose it is to see: by its case or, before there is one, by its notice. What is of none is anybody's. */
export async function whoseIs(
  { read, config }: Pick<AppContext, 'read' | 'config'>,
  { noticeId, caseId }: Pick<Carried, 'noticeId' | 'caseId'>,
): Promise<Whose> {
  const notice = noticeId ? await read.get('notice', { id: noticeId }) : undefined
  const id = caseId ?? notice?.caseId
  const record = id ? await read.get('case', { id }) : undefined
  const isHidden = notice !== undefined && config.noViewCategories.has(notice.category)
  const { noView = false, lane = 'quarantine' } = record ?? { lane: notice?.lane }
  return { noView: noView || isHidden, lane }
}
