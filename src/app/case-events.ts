import { isLedgered } from '../core/event.ts'
import type { CaseRecord } from '../core/case.ts'
import type { CoreEvent } from '../core/transition/core-event.ts'
import type { PublicFacts } from '../ledger/entry.ts'
import type { EventDraft } from './command.ts'
import type { AppContext } from './context.ts'
import { onTrial } from './on-trial.ts'
import { ledgeredEvent, plainEvent } from './record-event.ts'

/** Turns what a transition made happen into an event with, for the ledgered types, its entry. */
export function caseEvent(
  ctx: AppContext,
  record: CaseRecord,
  event: CoreEvent,
  extra: Readonly<Record<string, unknown>> = {},
): EventDraft {
  const { type, at, caseId } = event
  const subject = {
    caseId,
    ...(event.noticeId === null ? {} : { noticeId: event.noticeId }),
    ...(event.decisionId === null ? {} : { decisionId: event.decisionId }),
  }
  // JSON leaves out what is undefined; the canonical form then refuses anything that isn't plain.
  const detail = JSON.parse(JSON.stringify(event.detail)) as Record<string, unknown>
  const { form, lane, category } = record
  const place = type === 'decision.made' ? { place: { form, lane, category } } : {}
  const payload = { v: 1, ...extra, ...place, ...detail }
  if (!isLedgered(type)) return plainEvent(type, at, subject, payload)
  return ledgeredEvent(
    { random: ctx.random, logOrigin: ctx.ledger.origin },
    {
      type,
      at,
      ...subject,
      // A hold on telling is sealed wherever it is.
      lane: type === 'poster.postponed' ? 'legal_desk' : record.lane,
      pub: publicFacts(record, event),
      target: record.targetKey,
      payload,
    },
  )
}

/** Words of lists only. What one person said of pressure stays inside altogether. */
function publicFacts(record: CaseRecord, event: CoreEvent): PublicFacts {
  const { form, lane, category } = record
  if (event.type === 'influence.noted') return { kind: event.detail.kind }
  if (event.type === 'decision.reversed') {
    const { mode, counters } = event.detail
    const actions = counters.map(({ kind }) => kind)
    return { form, lane, category, mode, actions, ...onTrial(record) }
  }
  if (event.type !== 'decision.made') return { form, lane, category, ...onTrial(record) }
  const { mode, input } = event.detail
  return {
    form,
    lane,
    category,
    mode,
    ...onTrial(event.detail),
    actions: input.actions.map(({ kind }) => kind),
    ...(input.ground === null ? {} : { ground: input.ground.kind }),
  }
}
