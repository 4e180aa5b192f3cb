import type { Handover } from '../core/letter.ts'
import type { DeliveryRecord, OutcomeRecord } from '../core/outcome.ts'
import { formatTime } from '../core/time.ts'
import type { EventDraft } from './command.ts'
import type { AppContext } from './context.ts'
import { ledgeredEvent } from './record-event.ts'

/** How a delivery ended. */
export interface DeliveryEnd {
  readonly state: 'delivered' | 'acknowledged' | 'given_up'
  readonly attempts: number
  readonly result: string
  /** The sender's own words, where it gave some: kept with the event, told to nobody unasked. */
  readonly said?: string
  /** Of an answer that a person sent. */
  readonly handed?: Handover
}

/** 送付の結果: the entry about how the delivery of an outcome ended. */
export function deliveryEvent(
  ctx: Pick<AppContext, 'random' | 'ledger'>,
  outcome: OutcomeRecord,
  deliveryId: DeliveryRecord['id'],
  end: DeliveryEnd,
  now: number,
): EventDraft {
  return ledgeredEvent(
    { random: ctx.random, logOrigin: ctx.ledger.origin },
    {
      type: `outcome.${end.state}`,
      at: now,
      noticeId: outcome.noticeId,
      pub: {},
      refs: [outcome.leafHash],
      sender: outcome.senderId,
      payload: {
        v: 1,
        outcome: outcome.id,
        delivery: deliveryId,
        attempts: end.attempts,
        result: end.result,
        ...(end.said === undefined ? {} : { said: end.said }),
        ...(end.handed === undefined ? {} : { by_hand: byHand(end.handed) }),
        at: formatTime(now),
      },
    },
  )
}

function byHand({ by, way, sentOn, note }: Handover): Readonly<Record<string, unknown>> {
  return { by, way, sent_on: sentOn, note }
}
