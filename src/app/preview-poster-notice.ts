import { isId } from '../core/ids.ts'
import { needsTwoPeople } from '../core/transition/who-decides.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import { toDecisionCommand } from '../schema/to-core.ts'
import { validateDecisionInput } from '../schema/validate.ts'
import { requirePermission, type Actor } from './actor.ts'
import { composePosterNotice, type Composed } from './compose-poster-notice.ts'
import type { AppContext } from './context.ts'
import { counts, noticesOfCase } from './notices-of-case.ts'
import { plannedMeasures } from './poster-effects.ts'
import { requireSight } from './require-sight.ts'

/**
 * 発信者への通知を確認する: exactly what the poster would get if this were decided now, but for the time and
 * the number; `null` where it would get nothing. Nothing is recorded or decided.
 *
 * @param document The decision that somebody is about to send, unchecked.
 * @throws MadoguchiError `not_allowed`, `not_found`, `invalid_input`.
 */
export async function previewPosterNotice(
  ctx: AppContext,
  actor: Actor,
  caseId: string,
  document: unknown,
): Promise<{ readonly notice: Composed | null }> {
  requirePermission(actor, 'posters.preview')
  const { input } = toDecisionCommand(validateDecisionInput(document))
  const record = isId('cas', caseId) ? await ctx.read.get('case', { id: caseId }) : undefined
  if (record === undefined) throw new MadoguchiError('not_found')
  requireSight(actor, record)
  const measures = plannedMeasures(input.actions, ctx.clock.now())
  if (measures.length === 0) return { notice: null }
  const all = await noticesOfCase(ctx.read, record.id)
  const two = needsTwoPeople(record)
  const notice = await composePosterNotice(ctx, ctx.read, {
    kind: 'measures',
    id: null,
    record,
    decision: {
      mode: two ? 'human_two_person' : 'human',
      by: two ? [actor, actor] : [actor],
      noticeIds: all.filter((one) => counts(record, one)).map(({ id }) => id),
      input,
    },
    measures,
    appeal: null,
    wasPostponed: false,
  })
  return { notice }
}
