import type { CaseRecord } from '../core/case.ts'
import type { PosterNoticeRecord, PosterText } from '../core/poster-notice.ts'
import { helpFirst } from '../core/poster-statement.ts'
import type { PostponementRecord } from '../core/postponement.ts'
import { answerOf, composePosterNotice } from './compose-poster-notice.ts'
import type { AppContext } from './context.ts'
import { plannedMeasures, posterEffects } from './poster-effects.ts'
import { postponeFacts } from './postponements.ts'
import { viewPosterNotice, type PosterNoticeView } from './view-poster-notice.ts'

/** 発信者への対応: what the poster of a case was told, will be told, and said. */
export interface PosterSide {
  readonly helpFirst: boolean
  /** Oldest first, each with the words that the poster got, or would get now. */
  readonly notices: readonly (PosterNoticeView & { readonly text: PosterText | null })[]
  readonly postponement: PostponementView | null
}

/** Which is asked for, or in force, now. */
export type PostponementView = Omit<PostponementRecord, 'targetKey' | 'endedAt'>

export async function readPosterSide(ctx: AppContext, record: CaseRecord): Promise<PosterSide> {
  const { read } = ctx
  const notices = await read.find('posterNotice', { caseId: record.id }, { orderBy: 'id' })
  return {
    helpFirst: helpFirst(record),
    notices: await Promise.all(
      notices.map(async (notice) => ({
        ...viewPosterNotice(notice),
        text: notice.text ?? (await textNow(ctx, record, notice)),
      })),
    ),
    postponement: await postponementOf(ctx, record),
  }
}

/** What would be told if it were told now; `null` for what is told nobody. */
async function textNow(
  ctx: AppContext,
  record: CaseRecord,
  notice: PosterNoticeRecord,
): Promise<PosterText | null> {
  const { id, kind, decisionId, state, postponedFor } = notice
  const decision = await ctx.read.get('decision', { id: decisionId })
  if (state === 'dropped' || decision === undefined) return null
  const effects = await posterEffects(ctx.read, notice)
  const measures =
    effects.measures.length > 0
      ? effects.measures
      : plannedMeasures(decision.input.actions, ctx.clock.now())
  const wasPostponed = state === 'postponed' || postponedFor !== null
  const appeal = await answerOf(ctx.read, notice)
  const query = { kind, id, record, decision, measures, appeal, wasPostponed }
  return (await composePosterNotice(ctx, ctx.read, query)).text
}

async function postponementOf(
  { read, clock }: AppContext,
  { targetKey }: CaseRecord,
): Promise<PostponementView | null> {
  const { asked, active } = await postponeFacts(read, targetKey, clock.now())
  // What is asked for now would change what is in force.
  const found = asked ?? active
  if (found === null) return null
  const { id, caseId, state, reason, until, by, askedAt, decidedAt, note } = found
  return { id, caseId, state, reason, until, by, askedAt, decidedAt, note }
}
