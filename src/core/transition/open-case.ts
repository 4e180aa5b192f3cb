import { isOpen, NOT_HELD, type CaseRecord } from '../case.ts'
import type { Id } from '../ids.ts'
import type { NoticeRecord } from '../notice.ts'
import { changed, refused, type TransitionResult } from './result.ts'

/** What a case takes over from a notice. Nothing of the sender but its place in the order. */
export type NoticeForCase = Pick<
  NoticeRecord,
  'id' | 'lane' | 'form' | 'category' | 'nature' | 'trial' | 'order' | 'position'
>

/** What opens a case: a notice, or a signal that the platform saw, which nobody sent. */
export type CaseOpener = Omit<NoticeForCase, 'id' | 'order'> & {
  readonly id: Id<'ntc'> | null
  readonly order: Pick<NoticeRecord['order'], 'band' | 'goalAt'>
}

export interface OpenInput {
  readonly notice: CaseOpener
}

export interface OpenFacts {
  readonly at: number
  readonly caseId: Id<'cas'>
  readonly targetKey: string
  /** The latest case of the same key; it must not be open, else the notice joins it. */
  readonly previous: CaseRecord | null
  /** By the platform's tables for the category. */
  readonly grave: boolean
  readonly noView: boolean
}

/** A notice about a target on which no case of its procedure is open begins one: round n + 1. */
export function openCase(_state: null, { notice }: OpenInput, facts: OpenFacts): TransitionResult {
  const { at, caseId, previous } = facts
  if (previous !== null && isOpen(previous)) return refused('already')
  const { lane, form, category, nature, order } = notice
  const described = {
    lane,
    form,
    category,
    nature,
    grave: facts.grave,
    round: previous === null ? 1 : previous.round + 1,
    previousCaseId: previous?.id ?? null,
    version: 1,
    band: order.band,
    goalAt: order.goalAt,
  }
  const next: CaseRecord = {
    ...described,
    reclassified: null,
    id: caseId,
    targetKey: facts.targetKey,
    noView: facts.noView,
    trial: notice.trial,
    state: 'new',
    position: notice.position,
    band0Marked: false,
    allPausedAt: null,
    openedAt: at,
    readyAt: null,
    claimedBy: null,
    claimUntil: null,
    opinions: [],
    flags: [],
    decisionId: null,
    interimUntil: null,
    emergencyToldAt: null,
    assessedAt: null,
    ...NOT_HELD,
    mergedInto: null,
    reversalAsked: null,
    selfHarm: null,
  }
  return changed(next, {
    type: 'case.opened',
    at,
    caseId,
    noticeId: notice.id,
    decisionId: null,
    detail: described,
  })
}
