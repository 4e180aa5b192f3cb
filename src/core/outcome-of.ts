import type { ActionKind } from './action-kind.ts'
import { isSettled, type ActionRecord } from './action.ts'
import type { DecisionRecord } from './decision.ts'
import { outwardAbsence, outwardMeasures, outwardReason, type AbsenceQuery } from './outward.ts'
import type { OutwardReasonId } from './outward-reasons.ts'
import type { OutcomeStatus } from './vocabulary.ts'

/** What one sender is told about its notice, before words and signature. */
export interface OutcomeFacts {
  readonly status: OutcomeStatus
  /** Epoch ms at which the status held. */
  readonly asOf: number
  /** Measures that the status speaks of, in the order of the decision; none on an account. */
  readonly measures: readonly ActionKind[]
  /** Only with `no_measure` and `not_administrator`. */
  readonly declineReason: OutwardReasonId | null
}

export interface OutcomeQuery {
  readonly decision: Pick<DecisionRecord, 'decidedAt'> & {
    readonly input: Pick<
      DecisionRecord['input'],
      'actions' | 'alreadyGone' | 'declineReason' | 'legal'
    >
  }
  /** The actions of this decision. */
  readonly actions: readonly Pick<ActionRecord, 'kind' | 'state' | 'executedAt'>[]
  readonly notice: AbsenceQuery
}

type ActionFacts = OutcomeQuery['actions'][number]

/** Statuses that a measure on the item leads to, strongest first; all other measures: the last one. */
const STATUS_OF_MEASURES: readonly {
  readonly status: OutcomeStatus
  readonly kinds: ReadonlySet<ActionKind>
}[] = [
  { status: 'deleted', kinds: new Set<ActionKind>(['remove']) },
  { status: 'access_blocked', kinds: new Set<ActionKind>(['disable_access', 'geo_block_jp']) },
]

/**
 * 対応結果: derives status, time and measures of an outcome from what was decided, carried out and
 * seen. It is the same for every sender of the case but for what was seen at its receipt (law 17).
 */
export function outcomeOf({ decision, actions, notice }: OutcomeQuery): OutcomeFacts {
  const { input, decidedAt } = decision
  if (input.alreadyGone) {
    const { status, asOf } = outwardAbsence(notice)
    return { status, asOf: asOf ?? decidedAt, measures: [], declineReason: null }
  }
  if (input.actions.length === 0) {
    const declineReason = reasonOf(input)
    const status = declineReason === 'not_administrator' ? declineReason : 'no_measure'
    return { status, asOf: decidedAt, measures: [], declineReason }
  }
  return isCarriedOut(actions) ? afterMeasures(actions, decidedAt) : whileOpen(actions, decidedAt)
}

/** Of the legal desk only goes out that something can't be done, never that it is contested (law 21). */
function reasonOf({ declineReason, legal }: OutcomeQuery['decision']['input']): OutwardReasonId {
  return legal?.result === 'impossible' ? 'no_technical_means' : outwardReason(declineReason)
}

/** Every action is settled, none failed for good, and at least one took effect. */
function isCarriedOut(actions: readonly ActionFacts[]): boolean {
  return (
    actions.every(({ state }) => isSettled(state) && state !== 'failed') &&
    actions.some(({ state }) => state === 'executed')
  )
}

/** 検討中, with what was decided and still stands; a failed or withdrawn measure isn't announced. */
function whileOpen(actions: readonly ActionFacts[], decidedAt: number): OutcomeFacts {
  const standing = actions.filter(({ state }) => state === 'executed' || !isSettled(state))
  const measures = outwardMeasures(standing.map(({ kind }) => kind))
  return { status: 'under_review', asOf: decidedAt, measures, declineReason: null }
}

export function afterMeasures(actions: readonly ActionFacts[], decidedAt: number): OutcomeFacts {
  const executed = actions.filter(({ state }) => state === 'executed')
  const kinds = outwardMeasures(executed.map(({ kind }) => kind))
  const row = STATUS_OF_MEASURES.find((one) => kinds.some((kind) => one.kinds.has(kind)))
  const measures = row === undefined ? kinds : kinds.filter((kind) => row.kinds.has(kind))
  const times = executed
    .filter(({ kind }) => measures.includes(kind))
    .map(({ executedAt }) => executedAt ?? decidedAt)
  return {
    status: row?.status ?? 'other_measure_taken',
    asOf: Math.max(decidedAt, ...times),
    measures,
    declineReason: null,
  }
}
