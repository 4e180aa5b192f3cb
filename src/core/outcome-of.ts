import { ACTION_KINDS, type ActionKind } from './action-kind.ts'
import { isSettled, type ActionRecord } from './action.ts'
import type { DecisionRecord } from './decision.ts'
import { isInterimOnly } from './measure-terms.ts'
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
  /** The actions of this decision, with the counter-actions of those that came to their end. */
  readonly actions: readonly Pick<
    ActionRecord,
    'id' | 'kind' | 'state' | 'executedAt' | 'reverses' | 'endedAt'
  >[]
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
  const own = actions.filter(({ reverses }) => reverses === null)
  const standing = own.filter(({ state }) => state === 'executed')
  const isOver = actions.every(({ state }) => isSettled(state) && state !== 'failed')
  const tookEffect = standing.length > 0 || own.some(isEnded)
  if (!isOver || !tookEffect) return whileOpen(own, decidedAt)
  const isInterim = isInterimOnly(input.actions)
  const facts =
    standing.length === 0
      ? afterEnd(isInterim, decidedAt)
      : whileStanding(isInterim, own, decidedAt)
  return { ...facts, asOf: Math.max(facts.asOf, ...endsOf(actions)) }
}

/** Of the legal desk only goes out that something can't be done, never that it is contested (law 21). */
function reasonOf({ declineReason, legal }: OutcomeQuery['decision']['input']): OutwardReasonId {
  return legal?.result === 'impossible' ? 'no_technical_means' : outwardReason(declineReason)
}

/** Every measure came to its end: the state before is back, or, after interim ones, nothing is decided yet. */
function afterEnd(isInterim: boolean, asOf: number): OutcomeFacts {
  const status = isInterim ? 'under_review' : 'restored'
  return { status, asOf, measures: [], declineReason: null }
}

function whileStanding(
  isInterim: boolean,
  own: readonly ActionFacts[],
  decidedAt: number,
): OutcomeFacts {
  const taken = afterMeasures(own, decidedAt)
  if (!isInterim) return taken
  const standing = own.filter(({ state }) => state === 'executed')
  const measures = outwardMeasures(standing.map(({ kind }) => kind))
  return { ...taken, status: 'interim_measure', measures }
}

/** Undone because its end came; what a reversal undid is told by that one. */
function isEnded(action: ActionFacts): action is ActionFacts & { readonly endedAt: number } {
  return action.state === 'reversed' && action.endedAt !== null
}

/** When measures on the item were undone at their end. */
function endsOf(actions: readonly ActionFacts[]): number[] {
  return actions
    .filter(isEnded)
    .filter(({ kind }) => ACTION_KINDS[kind].scope === 'item')
    .map(({ id, endedAt }) => {
      const counter = actions.find(({ reverses, state }) => reverses === id && state === 'executed')
      return counter?.executedAt ?? endedAt
    })
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
