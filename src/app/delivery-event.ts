import type { Handover } from '../core/letter.ts'
import type { DeliveryRecord, OutcomeRecord } from '../core/outcome.ts'
import { formatTime } from '../core/time.ts'
import type { Reader } from '../ports/record-store.ts'
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
export async function deliveryEvent(
  { random, ledger, clock }: Pick<AppContext, 'random' | 'ledger' | 'clock'>,
  read: Reader,
  outcome: OutcomeRecord,
  deliveryId: DeliveryRecord['id'],
  end: DeliveryEnd,
): Promise<EventDraft> {
  const now = clock.now()
  const notice = await read.get('notice', { id: outcome.noticeId })
  return ledgeredEvent(
    { random, logOrigin: ledger.origin },
    {
      type: `outcome.${end.state}`,
      at: now,
      noticeId: outcome.noticeId,
      lane: notice?.lane ?? null,
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
