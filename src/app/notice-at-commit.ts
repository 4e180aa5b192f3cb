import type { Id } from '../core/ids.ts'
import type { NoticeRecord } from '../core/notice.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import type { Reader, Transaction } from '../ports/record-store.ts'
import { outcomesLock, senderLock, targetLock } from './locks.ts'

/** A notice as a command sees it before it has its locks. */
export interface SeenNotice {
  readonly notice: NoticeRecord
  /** Of its case; `null` while intake hasn't attached it. */
  readonly targetKey: string | null
  /** What a command locks that changes the notice and its case. */
  readonly locks: readonly string[]
}

/** Looks which locks a change of this notice and its case takes. */
export async function seeNotice(read: Reader, id: Id<'ntc'>): Promise<SeenNotice> {
  const notice = await read.get('notice', { id })
  if (notice === undefined) throw new MadoguchiError('not_found')
  const { caseId, senderId } = notice
  const record = caseId === null ? undefined : await read.get('case', { id: caseId })
  const targetKey = record?.targetKey ?? null
  const own = [senderLock(senderId), outcomesLock(id)]
  const locks = [...own, ...(targetKey === null ? [] : [targetLock(targetKey)])]
  return { notice, targetKey, locks }
}

/**
 * The notice inside the transaction; `undefined` where intake or a merge put it under another target
 * before the locks were held: then the caller looks again. Intake holds the sender's lock, so what is
 * seen here stays.
 */
export async function noticeAtCommit(
  tx: Transaction,
  { notice: { id }, targetKey }: SeenNotice,
): Promise<NoticeRecord | undefined> {
  const notice = await tx.get('notice', { id })
  const caseId = notice?.caseId ?? null
  const record = caseId === null ? undefined : await tx.get('case', { id: caseId })
  return (record?.targetKey ?? null) === targetKey ? notice : undefined
}

/** @throws MadoguchiError `notice_superseded`, `notice_withdrawn`. */
export function requireLive({ state }: Pick<NoticeRecord, 'state'>): void {
  if (state === 'superseded') throw new MadoguchiError('notice_superseded')
  if (state === 'withdrawn') throw new MadoguchiError('notice_withdrawn')
}
