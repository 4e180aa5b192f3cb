import type { DecidedBy } from './decision.ts'
import type { Id } from './ids.ts'
import { may } from './permissions.ts'
import { DAY } from './time.ts'

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

const LONGEST_DAYS: Readonly<Record<PostponementReason, number>> = {
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

export interface PostponeInput {
  readonly by: DecidedBy
  readonly reason: PostponementReason
  readonly until: number
  readonly note: string | null
}

/** What the target has of postponements now. */
export interface PostponementFacts {
  readonly at: number
  readonly asked: PostponementRecord | null
  readonly active: PostponementRecord | null
}

export type PostponeResult =
  | { readonly ok: true; readonly step: 'ask' | 'decide' }
  | { readonly ok: false; readonly code: PostponeRefusal }
export type PostponeRefusal = 'not_allowed' | 'second_person_needed' | 'recheck_out_of_range'

/** Whether it is in force at a time. */
export function isPostponed(
  active: Pick<PostponementRecord, 'state' | 'until'> | null | undefined,
  at: number,
): boolean {
  return active?.state === 'active' && at < active.until
}

/**
 * 発信者への通知を延期する: a decision of its own by two people, who say the same reason and date. What one
 * person asks for stands until another asks for the same, or for something else.
 */
export function postpone(input: PostponeInput, { at, asked }: PostponementFacts): PostponeResult {
  const { by, reason, until } = input
  if (!may(by.role, 'posters.postpone')) return { ok: false, code: 'not_allowed' }
  if (until <= at || until > at + LONGEST_DAYS[reason] * DAY)
    return { ok: false, code: 'recheck_out_of_range' }
  const isSame = asked?.reason === reason && asked.until === until
  if (!isSame) return { ok: true, step: 'ask' }
  const isOther = asked.by.every(({ operator }) => operator !== by.operator)
  return isOther ? { ok: true, step: 'decide' } : { ok: false, code: 'second_person_needed' }
}

/** 延期を終える: any person who may decide; what a court ordered lasts until its date. */
export function refuseToEnd(
  { role }: DecidedBy,
  { at, active }: PostponementFacts,
): 'not_allowed' | 'already' | undefined {
  if (!may(role, 'posters.postpone')) return 'not_allowed'
  if (!isPostponed(active, at)) return 'already'
  return active?.reason === 'secrecy_ordered' ? 'not_allowed' : undefined
}
