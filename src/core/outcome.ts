import type { Id } from './ids.ts'
import type { Handover } from './letter.ts'
import type { OutcomeStatus } from './vocabulary.ts'

/** 対応結果: what is reported to one sender about its notice. A new one supersedes; nothing is edited. */
export interface OutcomeRecord {
  readonly id: Id<'out'>
  readonly noticeId: Id<'ntc'>
  readonly senderId: string
  /** `null`: nothing is decided yet; the outcome asks the sender. */
  readonly decisionId: Id<'dec'> | null
  /** What it asks, if so. */
  readonly questionId: Id<'qst'> | null
  readonly revision: number
  readonly supersedes: Id<'out'> | null
  readonly status: OutcomeStatus
  readonly asOf: number
  /** Compact JWS (`mdg-outcome+jwt`, no `exp`), made once, sent byte-equal. */
  readonly jws: string
  readonly leafHash: string
  readonly entryIndex: number
  /** Its sender can fetch it: nobody acknowledged or refused it yet, and no newer one stands for it. */
  readonly awaited: boolean
}

export const DELIVERY_STATES = [
  'waiting',
  'delivered',
  'acknowledged',
  'skipped',
  'given_up',
] as const
export type DeliveryState = (typeof DELIVERY_STATES)[number]

/** To the registered endpoint; fetched by its sender, where there is none; or by hand as the answer to a letter. */
export const DELIVERY_CHANNELS = ['push', 'poll', 'hand'] as const
export type DeliveryChannel = (typeof DELIVERY_CHANNELS)[number]

/** 送付: the handing over of one outcome to its sender, who may fetch it whether or not it is sent. */
export interface DeliveryRecord {
  readonly id: Id<'dlv'>
  readonly outcomeId: Id<'out'>
  readonly noticeId: Id<'ntc'>
  readonly senderId: string
  readonly channel: DeliveryChannel
  readonly state: DeliveryState
  readonly createdAt: number
  readonly attempts: number
  readonly nextAt: number | null
  /** HTTP status or fault code of the last attempt, or the code that the sender gave; never a body or URL. */
  readonly lastResult: string | null
  readonly doneAt: number | null
  /** Who sent it and how; only by hand, and only once it was sent. */
  readonly handed: Handover | null
}
