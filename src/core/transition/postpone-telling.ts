import type { CaseRecord } from '../case.ts'
import type { DecidedBy } from '../decision.ts'
import { may } from '../permissions.ts'
import {
  isPostponed,
  LONGEST_DAYS,
  type PostponementReason,
  type PostponementRecord,
} from '../postponement.ts'
import { DAY } from '../time.ts'
import type { CoreEvent } from './core-event.ts'
import { changed, refused, type TransitionResult } from './result.ts'
import { mayHandle } from './who-decides.ts'

export interface PostponeInput {
  readonly by: DecidedBy
  readonly reason: PostponementReason
  /** Epoch ms: 再確認の日. */
  readonly until: number
  /** Inside only. */
  readonly note: string | null
}

/** What the item of the case has of postponements now. */
export interface PostponeFacts {
  readonly at: number
  readonly asked: PostponementRecord | null
  readonly active: PostponementRecord | null
}

/**
 * 発信者への通知を延期する: a decision of its own by two people, who say the same reason and date (law 23).
 * What one person asks for puts nothing off, and stands until another asks for the same, or for something
 * else. It changes nothing of what is decided on the case.
 */
export function postponeTelling(
  state: CaseRecord,
  { by, reason, until, note }: PostponeInput,
  { at, asked }: PostponeFacts,
): TransitionResult {
  if (!may(by.role, 'posters.postpone') || !mayHandle(by.role, state)) return refused('not_allowed')
  if (until <= at || until > at + LONGEST_DAYS[reason] * DAY) return refused('recheck_out_of_range')
  const isSame = asked?.reason === reason && asked.until === until
  if (!isSame)
    return changed(state, {
      ...about(state, at),
      type: 'postponement.asked',
      detail: { by, reason, until, note },
    })
  if (asked.by.some(({ operator }) => operator === by.operator))
    return refused('second_person_needed')
  const people = [...asked.by, by]
  return changed(state, {
    ...about(state, at),
    type: 'poster.postponed',
    detail: { by: people, reason, until, note: note ?? asked.note },
  })
}

export interface EndPostponementInput {
  readonly by: DecidedBy
}

/** 延期を終える: any one person who may decide; what a court ordered lasts until its date. */
export function endPostponement(
  state: CaseRecord,
  { by }: EndPostponementInput,
  { at, active }: PostponeFacts,
): TransitionResult {
  if (!may(by.role, 'posters.postpone') || !mayHandle(by.role, state)) return refused('not_allowed')
  if (active === null || !isPostponed(active, at)) return refused('already')
  if (active.reason === 'secrecy_ordered') return refused('not_allowed')
  const { reason, until } = active
  return changed(state, {
    ...about(state, at),
    type: 'postponement.ended',
    detail: { by, reason, until },
  })
}

function about(
  { id: caseId, decisionId }: CaseRecord,
  at: number,
): Pick<CoreEvent, 'at' | 'caseId' | 'noticeId' | 'decisionId'> {
  return { at, caseId, noticeId: null, decisionId }
}
