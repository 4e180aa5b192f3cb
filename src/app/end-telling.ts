import { canonicalJson } from '../core/canonical-json.ts'
import type { CaseFlag } from '../core/case.ts'
import type { Id } from '../core/ids.ts'
import type { PosterNoticeRecord } from '../core/poster-notice.ts'
import { formatTime } from '../core/time.ts'
import { transition } from '../core/transition.ts'
import type { Transaction } from '../ports/record-store.ts'
import { sha256Base64url } from '../signing/sha256.ts'
import type { Change, EventDraft } from './command.ts'
import type { AppContext } from './context.ts'
import { flag } from './end-notice.ts'
import { ledgeredEvent, plainEvent } from './record-event.ts'
import type { Settlement } from './settle-action.ts'
import { workOf } from './work-rows.ts'

/**
 * Writes how telling a poster went: told, with its entry; taken over by the platform; or given up, which
 * puts the case before people. Called with the target locked.
 */
export async function endTelling(
  ctx: AppContext,
  tx: Transaction,
  notice: PosterNoticeRecord,
  settlement: Settlement,
): Promise<Change<undefined>> {
  const { id, caseId, decisionId, kind } = notice
  const work = await workOf(tx, 'tell', id)
  if (work !== undefined) await tx.delete('work', { id: work.id })
  if (settlement.kind === 'executed') {
    const told = { toldAt: Math.min(settlement.at, ctx.clock.now()), toldBy: settlement.by }
    await tx.update('posterNotice', { id }, { ...told, state: 'told', failureCode: null })
    await clearFlags(tx, notice)
    return { result: undefined, events: [await toldEvent(ctx, tx, { ...notice, ...told })] }
  }
  if (settlement.kind === 'pending' || settlement.kind === 'simulated') {
    await tx.update('posterNotice', { id }, { state: 'pending' })
    return { result: undefined, events: [] }
  }
  const { code } = settlement
  await tx.update('posterNotice', { id }, { state: 'failed', failureCode: code })
  const record = await tx.get('case', { id: caseId })
  const flagged = record === undefined ? [] : await flag(ctx, tx, record, 'poster_not_told')
  const payload = { v: 1, poster_notice: id, kind, failure: code }
  const failed = plainEvent('poster.not_told', ctx.clock.now(), { caseId, decisionId }, payload)
  return { result: undefined, events: [failed, ...flagged] }
}

/** The entry holds that the poster was told, what exactly by its hash, and that it was put off, if so. */
async function toldEvent(
  ctx: AppContext,
  tx: Transaction,
  notice: PosterNoticeRecord,
): Promise<EventDraft> {
  const { id, caseId, decisionId, kind, toldAt, toldBy, text, actionIds, postponedFor } = notice
  const record = await tx.get('case', { id: caseId })
  const decision = await tx.get('decision', { id: decisionId })
  const { form, lane, category } = record ?? {}
  return ledgeredEvent(
    { random: ctx.random, logOrigin: ctx.ledger.origin },
    {
      type: 'poster.told',
      lane: lane ?? null,
      at: ctx.clock.now(),
      caseId,
      decisionId,
      pub: form && lane && category ? { form, lane, category } : {},
      payload: {
        v: 1,
        poster_notice: id,
        kind,
        told_at: formatTime(toldAt ?? ctx.clock.now()),
        told_by: toldBy,
        actions: actionIds,
        postponed_for: postponedFor,
        text_sha256: text === null ? null : sha256Base64url(canonicalJson(text)),
        previous: decision?.leafHash ?? null,
      },
    },
  )
}

/** Once nothing of the case is left untold, nobody has to look for that reason. */
async function clearFlags(tx: Transaction, { id, caseId }: PosterNoticeRecord): Promise<void> {
  const failed = await tx.find('posterNotice', { caseId, state: 'failed' })
  if (failed.every((one) => one.id === id)) await clearFlag(tx, caseId, 'poster_not_told')
  await clearFlag(tx, caseId, 'postponement_recheck')
}

/** What a person had to look at is settled. */
export async function clearFlag(tx: Transaction, id: Id<'cas'>, flag: CaseFlag): Promise<void> {
  const record = await tx.get('case', { id })
  if (record === undefined) return
  const cleared = transition(record, { type: 'clear_flag', flag }, {})
  if (cleared.ok) await tx.put('case', cleared.next)
}
