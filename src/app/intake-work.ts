import type { NoticeRecord } from '../core/notice.ts'
import type { WorkRecord } from '../core/work.ts'
import type { AppContext } from './context.ts'
import { newWork } from './work-rows.ts'

/** What is to be done first about an accepted notice, in its own place. */
export function intakeWork(
  { random }: AppContext,
  notice: NoticeRecord,
  position: number,
): WorkRecord {
  const { band, goalAt } = notice.order
  return newWork(random, {
    kind: 'intake',
    subjectId: notice.id,
    nextAt: notice.receivedAt,
    position,
    band,
    goalAt,
  })
}
