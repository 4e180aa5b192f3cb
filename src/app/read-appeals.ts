import {
  isAppealOpen,
  OPEN_APPEAL_STATES,
  type AppealOpinion,
  type AppealRecord,
  type AppealState,
} from '../core/appeal.ts'
import { isId, type Id } from '../core/ids.ts'
import { mayKnowOf, maySee } from '../core/transition/who-decides.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import { requirePermission, type Actor } from './actor.ts'
import type { AppContext } from './context.ts'
import { openCursor, sealCursor } from './cursor.ts'
import { defang } from './defang.ts'
import { omit } from './omit.ts'
import { recordReading } from './record-reading.ts'
import { requireSight } from './require-sight.ts'

/** 異議の申出 as a line of the queue: without its words. */
export type AppealLine = Pick<
  AppealRecord,
  'id' | 'caseId' | 'decisionId' | 'by' | 'about' | 'state' | 'band' | 'receivedAt' | 'decidedAt'
>

/** One with its words, every URL dead. */
export interface AppealView extends AppealLine {
  readonly noticeId: Id<'ntc'> | null
  readonly text: string
  /** What a first person thinks is hidden from a second one. */
  readonly opinions: readonly (Omit<AppealOpinion, 'verdict'> & {
    readonly verdict: AppealOpinion['verdict'] | null
  })[]
  readonly words: AppealRecord['words']
  readonly reversalId: AppealRecord['reversalId']
}

/** One page; `nextCursor` is `null` on the last. */
export interface AppealsPage {
  readonly items: readonly AppealLine[]
  readonly nextCursor: string | null
}

export interface AppealsQuery {
  /** Default: whatever waits for people. */
  readonly state?: AppealState
  readonly limit: number
  readonly cursor?: string
}

/**
 * The queue of objections: that of somebody who may be in distress first, then the oldest.
 *
 * @throws MadoguchiError `not_allowed`, `invalid_input` for a cursor that isn't ours.
 */
export async function readAppeals(
  ctx: AppContext,
  actor: Actor,
  { state, limit, cursor }: AppealsQuery,
): Promise<AppealsPage> {
  requirePermission(actor, 'appeals.read')
  const states: readonly AppealState[] = state === undefined ? OPEN_APPEAL_STATES : [state]
  const after = cursor === undefined ? undefined : placeOf(cursor)
  const rows: AppealRecord[] = []
  for (const band of [0, 1] as const) {
    if (rows.length > limit || (after !== undefined && band < after.band)) continue
    const from = after?.band === band ? { after: after.id } : {}
    rows.push(...(await rowsOf(ctx, states, band, limit + 1, from)))
  }
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const known = await Promise.all(page.map((appeal) => isKnown(ctx, actor, appeal)))
  return {
    items: page.filter((_, at) => known[at]).map(lineOf),
    nextCursor: rows.length > limit && last ? sealCursor(`${last.band}:${last.id}`) : null,
  }
}

async function rowsOf(
  { read }: AppContext,
  states: readonly AppealState[],
  band: 0 | 1,
  limit: number,
  from: { readonly after?: string },
): Promise<AppealRecord[]> {
  const found = await Promise.all(
    states.map((state) => read.find('appeal', { state, band }, { orderBy: 'id', limit, ...from })),
  )
  return found
    .flat()
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .slice(0, limit)
}

function placeOf(cursor: string): { readonly band: number; readonly id: string } {
  const match = /^([01]):(apl_.{36})$/.exec(openCursor(cursor))
  if (match?.[2] === undefined)
    throw new MadoguchiError('invalid_input', {
      errors: [{ pointer: '/cursor', keyword: 'pattern' }],
    })
  return { band: Number(match[1]), id: match[2] }
}

async function isKnown(
  { read }: AppContext,
  { role }: Actor,
  { caseId }: AppealRecord,
): Promise<boolean> {
  const record = await read.get('case', { id: caseId })
  return record !== undefined && mayKnowOf(role, record) && maySee(role, record)
}

/**
 * Opens one objection; that it was read is kept.
 *
 * @throws MadoguchiError `not_allowed` (also on a no-view case), `not_found`.
 */
export async function readAppeal(ctx: AppContext, actor: Actor, id: string): Promise<AppealView> {
  requirePermission(actor, 'appeals.read')
  const appeal = isId('apl', id) ? await ctx.read.get('appeal', { id }) : undefined
  const record = appeal && (await ctx.read.get('case', { id: appeal.caseId }))
  if (appeal === undefined || record === undefined) throw new MadoguchiError('not_found')
  requireSight(actor, record)
  const what = record.noView ? 'no_view' : 'payload'
  await recordReading(ctx, actor, { what, subject: appeal.id, version: record.version })
  return viewAppeal(appeal, actor)
}

function lineOf(appeal: AppealRecord): AppealLine {
  const { id, caseId, decisionId, by, about, state, band, receivedAt, decidedAt } = appeal
  return { id, caseId, decisionId, by, about, state, band, receivedAt, decidedAt }
}

/** An objection as somebody who may see its case reads it. */
export function viewAppeal(appeal: AppealRecord, { operator }: Actor): AppealView {
  const { noticeId, text, opinions, words, reversalId } = appeal
  const isBlind = isAppealOpen(appeal) && opinions.every(({ by }) => by.operator !== operator)
  return {
    ...lineOf(appeal),
    noticeId,
    text: defang(text),
    opinions: opinions.map((opinion) => ({
      ...omit(opinion, 'verdict'),
      internalNote: isBlind ? null : opinion.internalNote,
      verdict: isBlind ? null : opinion.verdict,
    })),
    words,
    reversalId,
  }
}
