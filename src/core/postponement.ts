import type { DecidedBy } from './decision.ts'
import type { Id } from './ids.ts'

/** Why telling the poster may be put off: a closed list (law 23). A wish for silence by word of mouth is none. */
export const POSTPONEMENT_REASONS = [
  'life_or_safety',
  'child_victim',
  'secrecy_asked',
  'secrecy_ordered',
  'already_told_same',
  'unreachable',
] as const
export type PostponementReason = (typeof POSTPONEMENT_REASONS)[number]

/** How far away the re-check may be. */
export const LONGEST_DAYS: Readonly<Record<PostponementReason, number>> = {
  life_or_safety: 30,
  child_victim: 30,
  // 刑訴法197条5項: asked in writing, followed by choice.
  secrecy_asked: 30,
  // 刑訴法218条3項: binding until its date, which is at most a year away.
  secrecy_ordered: 366,
  already_told_same: 30,
  unreachable: 30,
}

/** 通知の延期: of everything that the poster of one item would be told, whichever case it comes from. */
export interface PostponementRecord {
  readonly id: Id<'ppn'>
  readonly caseId: Id<'cas'>
  readonly targetKey: string
  /** `asked`: one person wants it, and nothing is put off by that. */
  readonly state: 'asked' | 'active' | 'ended'
  readonly reason: PostponementReason
  /** 再確認の日: then the poster is told, unless two people put it off again. */
  readonly until: number
  readonly by: readonly DecidedBy[]
  readonly askedAt: number
  readonly decidedAt: number | null
  readonly endedAt: number | null
  /** Inside only. */
  readonly note: string | null
}

/** Whether it is in force at a time. */
export function isPostponed(
  active: Pick<PostponementRecord, 'state' | 'until'> | null | undefined,
  at: number,
): boolean {
  return active?.state === 'active' && at < active.until
}
