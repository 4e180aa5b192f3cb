import type { NoticeRecord } from '../core/notice.ts'
import type { Transaction } from '../ports/record-store.ts'
import type { AppContext } from './context.ts'
import { newWork } from './work-rows.ts'

/**
 * Puts down what is to be done first about an accepted notice, in its own place. A general request is
 * about no item: nothing is looked for, no case is opened, and nothing follows from it by itself (M-29).
 */
export async function queueIntake(
  { random }: AppContext,
  tx: Transaction,
  notice: NoticeRecord,
  position: number,
): Promise<void> {
  if (notice.form === 'general_request') return
  const { band, goalAt } = notice.order
  await tx.insert(
    'work',
    newWork(random, {
      kind: 'intake',
      subjectId: notice.id,
      nextAt: notice.receivedAt,
      position,
      band,
      goalAt,
    }),
  )
}
