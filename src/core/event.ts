import type { Id } from './ids.ts'

/** Events that have exactly one ledger entry. */
export const LEDGERED_EVENTS = [
  'log.genesis',
  'notice.accepted',
  'notice.superseded',
  'notice.withdrawn',
  'notice.supplemented',
  'case.opened',
  'case.joined',
  'case.merged',
  'case.reclassified',
  'information.requested',
  'decision.made',
  'decision.reversed',
  'action.executed',
  'action.failed',
  'action.reversed',
  'action.expired',
  'outcome.issued',
  'outcome.delivered',
  'outcome.acknowledged',
  'outcome.given_up',
  'poster.told',
  'poster.postponed',
  'appeal.received',
  'appeal.decided',
  'nature.assessed',
  /** Their entries are always sealed. */
  'leave_up.proposed',
  'leave_up.agreed',
  'general_request.answered',
  'influence.noted',
  'emergency.told',
  'standard.published',
  'sender.registered',
  'sender.changed',
  'key.registered',
  'key.activated',
  'key.retired',
  'key.revoked',
  'clock.reset',
  'sample.drawn',
  'mode.changed',
  'procedures.changed',
  'policy.adopted',
  'policy.activated',
  'policy.retired',
  'policy.proposed',
  'signal.noted',
  'signal.ended',
] as const
export type LedgeredEvent = (typeof LEDGERED_EVENTS)[number]

/** Events without an entry: they are no promise to anybody outside. */
export const PLAIN_EVENTS = [
  'case.ready',
  'case.claimed',
  'case.released',
  'case.handed_over',
  'case.held',
  'case.resumed',
  'opinion.given',
  'case.flagged',
  'case.left',
  'case.supplemented',
  'case.withdrawn',
  'case.band0_marked',
  'case.hidden',
  'reversal.asked',
  'poster.assessed',
  'poster.left_to_platform',
  'poster.not_told',
  'postponement.asked',
  'postponement.ended',
  'appeal.opinion_given',
  'case.reversed',
  'action.started',
  'action.pending',
  'action.cancelled',
  'action.late_result',
  'action.simulated',
  'standard.change_due',
  'notice.first_viewed',
  'notice.moved',
  'delivery.resent',
  'work.revived',
  'operator.added',
  'operator.removed',
  'policy.added',
  'policy.reviewed',
] as const
export type EventType = LedgeredEvent | (typeof PLAIN_EVENTS)[number]

/** One thing that happened. The payload is the full, erasable part; the ledger holds its commitment. */
export interface EventRecord {
  readonly id: Id<'evt'>
  /** Grows by commit order; assigned by the store. */
  readonly seq: number
  readonly type: EventType
  readonly at: number
  readonly noticeId: Id<'ntc'> | null
  readonly caseId: Id<'cas'> | null
  readonly decisionId: Id<'dec'> | null
  /** Canonical JSON (RFC 8785) bytes. */
  readonly payload: Uint8Array
  readonly leafHash: string | null
  readonly entryIndex: number | null
}

/** Whether events of a type have a ledger entry. */
export function isLedgered(type: EventType): type is LedgeredEvent {
  return LEDGERED_EVENTS.some((ledgered) => ledgered === type)
}
