import type { Id } from '../core/ids.ts'
import type { PosterNoticeState } from '../core/poster-notice.ts'
import { mayKnowOf } from '../core/transition/who-decides.ts'
import { requirePermission, type Actor } from './actor.ts'
import type { AppContext } from './context.ts'
import { openCursor, sealCursor } from './cursor.ts'
import { viewPosterNotice, type PosterNoticeView } from './view-poster-notice.ts'

/** One page; `nextCursor` is `null` on the last. */
export interface PosterNoticesPage {
  readonly items: readonly PosterNoticeView[]
  readonly nextCursor: string | null
}

/**
 * 発信者への通知の一覧: oldest first, without their words; `by_platform`, `pending` and `failed` are what
 * somebody still has to see to.
 *
 * @throws MadoguchiError `not_allowed`, `invalid_input` for a cursor that isn't ours.
 */
export async function readPosterNotices(
  ctx: AppContext,
  actor: Actor,
  query: { readonly state?: PosterNoticeState; readonly limit: number; readonly cursor?: string },
): Promise<PosterNoticesPage> {
  requirePermission(actor, 'posters.read')
  const { state, limit, cursor } = query
  const rows = await ctx.read.find('posterNotice', state === undefined ? {} : { state }, {
    orderBy: 'id',
    limit: limit + 1,
    ...(cursor === undefined ? {} : { after: openCursor(cursor) }),
  })
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const known = await Promise.all(page.map((notice) => isKnownTo(ctx, actor, notice)))
  return {
    items: page.filter((_, at) => known[at]).map(viewPosterNotice),
    nextCursor: rows.length > limit && last ? sealCursor(last.id) : null,
  }
}

/** Of the legal desk's cases nobody else is told that they are there. */
export async function isKnownTo(
  { read }: AppContext,
  { role }: Actor,
  { caseId }: { readonly caseId: Id<'cas'> },
): Promise<boolean> {
  const record = await read.get('case', { id: caseId })
  return record !== undefined && mayKnowOf(role, record)
}
