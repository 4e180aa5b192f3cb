import type { CaseRecord } from '../core/case.ts'
import { orderSentence } from '../core/order-sentence.ts'
import { markedByPerson } from '../core/order.ts'
import type { NoticeRecord, OrderExplanation } from '../core/notice.ts'
import type { Bilingual } from '../core/vocabulary.ts'
import type { AppContext } from './context.ts'

/** この順番の理由: the numbers that were stored at receipt, and one sentence about them. */
export interface OrderView extends OrderExplanation {
  readonly sentence: Bilingual
}

/** The stored order with its sentence; nothing is computed anew. */
export function orderView(order: OrderExplanation): OrderView {
  return { ...order, sentence: orderSentence(order) }
}

/** Why a case stands where it stands: the order of the notice that gave it its place, or a person's mark. */
export function caseOrder(
  { config }: AppContext,
  record: CaseRecord,
  leading: NoticeRecord | undefined,
): OrderView | null {
  if (leading === undefined) return null
  const { order } = leading
  const isMarked = record.band === 0 && order.band !== 0
  return orderView(isMarked ? markedByPerson(order, config.band0GoalMs) : order)
}

/** The notice that gave a case its place: the position of a case is that of the notice. */
export async function leadingNotice(
  { read }: AppContext,
  { id, position }: CaseRecord,
): Promise<NoticeRecord | undefined> {
  const [notice] = await read.find(
    'notice',
    { caseId: id, position, leftVersion: null },
    { limit: 1 },
  )
  return notice
}
