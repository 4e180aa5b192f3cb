import { isId, type Id } from '../core/ids.ts'
import { TELLABLE_BY_HAND, type PosterNoticeRecord } from '../core/poster-notice.ts'
import { parseTime } from '../core/time.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import { requirePermission, type Actor } from './actor.ts'
import type { AppContext } from './context.ts'
import { endTelling } from './end-telling.ts'
import { targetLock } from './locks.ts'
import { viewPosterNotice, type PosterNoticeView } from './view-poster-notice.ts'
import { isKnownTo } from './read-poster-notices.ts'
import { readInput } from './read-input.ts'
import { checkSettlement, type Settlement } from './settle-action.ts'

type Ended = Extract<Settlement, { kind: 'executed' | 'failed' }>

/**
 * Says from outside how telling a poster went: the platform that tells by itself or later, or a person.
 *
 * @throws MadoguchiError `not_found`; `already` where there is nothing to tell yet or it was told;
 *   `invalid_input` for what is no moment or no code.
 */
export async function settlePosterNotice(
  ctx: AppContext,
  id: Id<'pnt'>,
  settlement: Ended,
): Promise<PosterNoticeRecord> {
  checkSettlement(settlement)
  const found = await ctx.read.get('posterNotice', { id })
  if (found === undefined) throw new MadoguchiError('not_found')
  const { result } = await ctx.committer.submit({
    name: 'poster.settle',
    bytes: 256,
    locks: [targetLock(found.targetKey)],
    run: async (tx) => {
      const notice = await tx.get('posterNotice', { id })
      if (notice === undefined || !TELLABLE_BY_HAND.has(notice.state))
        throw new MadoguchiError('already')
      const ended = await endTelling(ctx, tx, notice, settlement)
      return { ...ended, result: (await tx.get('posterNotice', { id })) ?? notice }
    },
  })
  return result
}

/**
 * 発信者に伝えたことを記録する.
 *
 * @param input `{ state: 'told', told_at? }` or `{ state: 'failed', code? }`, unchecked.
 * @throws MadoguchiError `not_allowed`, `invalid_input`, `not_found`, `already`.
 */
export async function settlePosterNoticeByOperator(
  ctx: AppContext,
  actor: Actor,
  id: string,
  input: unknown,
): Promise<PosterNoticeView> {
  requirePermission(actor, 'posters.tell')
  const settlement = readEnd(input, actor, ctx.clock.now())
  const notice = isId('pnt', id) ? await ctx.read.get('posterNotice', { id }) : undefined
  if (notice === undefined || !(await isKnownTo(ctx, actor, notice)))
    throw new MadoguchiError('not_found')
  return viewPosterNotice(await settlePosterNotice(ctx, notice.id, settlement))
}

function readEnd(input: unknown, { operator }: Actor, now: number): Ended {
  const members = readInput(input)
  const state = members.oneOf('state', ['told', 'failed'])
  const toldAt = members.optionalText('told_at', { max: 24 })
  const code = members.optionalText('code', { max: 64, pattern: /^[a-z][a-z0-9_]*$/ })
  members.done()
  if (state === 'failed') return { kind: 'failed', code: code ?? 'unspecified' }
  const at = toldAt === null ? now : parseTime(toldAt)
  if (at !== undefined && at <= now) return { kind: 'executed', at, by: operator }
  throw new MadoguchiError('invalid_input', {
    errors: [{ pointer: '/told_at', keyword: 'format' }],
  })
}
