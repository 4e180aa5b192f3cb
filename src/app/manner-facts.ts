import type { ActionRecord } from '../core/action.ts'
import { isAppealOpen } from '../core/appeal.ts'
import type { CaseRecord } from '../core/case.ts'
import {
  isRestriction,
  MANNER_WINDOW_MS,
  NO_MANNER,
  type MannerCounts,
  type MannerFacts,
} from '../core/manner.ts'
import type { NoticeRecord } from '../core/notice.ts'
import { helpFirst } from '../core/poster-statement.ts'
import type { Reader, Transaction } from '../ports/record-store.ts'
import type { RestrictionRecord } from '../ports/record-tables.ts'

/** So many restrictions of one account or content are looked at; more says nothing new. */
const MOST = 200

/** What an item is counted by; `null`: the platform gave nothing. */
export interface MannerSubject {
  readonly targetKey: string
  readonly account: string | null
  /** Keyed by the platform (law 11). */
  readonly digest: string | null
}

/** By what the item of these notices is counted. */
export function mannerSubject(
  targetKey: string,
  notices: readonly Pick<NoticeRecord, 'targetAccount' | 'observation'>[],
): MannerSubject {
  const accounts = notices.map(({ targetAccount }) => targetAccount)
  const digests = notices.map(({ observation }) => observation?.digest ?? null)
  return {
    targetKey,
    account: accounts.findLast((one) => one !== null) ?? null,
    digest: digests.findLast((one) => one !== null) ?? null,
  }
}

/** 態様 of the item of a case: counted facts, and what the platform says of it. */
export async function mannerFacts(
  reader: Reader,
  { targetKey }: Pick<CaseRecord, 'targetKey'>,
  notices: readonly Pick<NoticeRecord, 'targetAccount' | 'observation'>[],
  now: number,
): Promise<MannerFacts> {
  const supplied = notices.findLast(({ observation }) => observation !== null)?.observation?.manner
  const counts = await countManner(reader, mannerSubject(targetKey, notices), now)
  return { ...NO_MANNER, ...counts, supplied: supplied ?? [] }
}

/** Other items of the same account, and others with the same content, on which a restriction stands. */
export async function countManner(
  reader: Reader,
  { targetKey, account, digest }: MannerSubject,
  now: number,
): Promise<MannerCounts> {
  const count = async (where: Partial<RestrictionRecord>): Promise<number> => {
    const rows = await reader.find('restriction', where, {
      orderBy: 'executedAt',
      after: now - MANNER_WINDOW_MS,
      limit: MOST,
    })
    const others = rows.filter((row) => row.targetKey !== targetKey)
    const standing = await Promise.all(others.map((row) => isFinal(reader, row)))
    return new Set(others.filter((_, at) => standing[at]).map((row) => row.targetKey)).size
  }
  return {
    repeat: account === null ? 0 : await count({ account }),
    duplicate: digest === null ? 0 : await count({ digest }),
  }
}

/** Neither undone nor about to be, and nobody objects; and its poster wasn't one who seeks help. */
async function isFinal(reader: Reader, { actionId, caseId }: RestrictionRecord): Promise<boolean> {
  const action = await reader.get('action', { id: actionId })
  const record = await reader.get('case', { id: caseId })
  const stands = action?.state === 'executed' && action.endedAt === null
  if (!stands || record?.state !== 'decided' || helpFirst(record)) return false
  const appeals = await reader.find('appeal', { caseId })
  return !appeals.some(isAppealOpen)
}

/** Keeps that a restriction took effect, by what its item is counted by, if by anything. */
export async function keepRestriction(tx: Transaction, action: ActionRecord): Promise<void> {
  const { id, decisionId, caseId, targetKey, executedAt, reverses } = action
  if (executedAt === null || reverses !== null || !isRestriction(action.kind, action.terms)) return
  const decision = await tx.get('decision', { id: decisionId })
  const notices: NoticeRecord[] = []
  for (const noticeId of decision?.noticeIds ?? []) {
    const notice = await tx.get('notice', { id: noticeId })
    if (notice !== undefined) notices.push(notice)
  }
  const { account, digest } = mannerSubject(targetKey, notices)
  if (account === null && digest === null) return
  await tx.put('restriction', { actionId: id, caseId, targetKey, account, digest, executedAt })
}
