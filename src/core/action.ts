import type { ActionKind } from './action-kind.ts'
import type { Id } from './ids.ts'
import type { MeasureTerms } from './measure-terms.ts'

/**
 * 措置: one measure with its own life.
 *
 * `planned` → `executing` → `executed` | `pending` | `failed`; `pending` → `executed` | `failed`;
 * `planned` → `cancelled`, or `simulated` where its decision is on trial; `executed` → `reversed` (by a
 * counter-action). A reversal also cancels what is `pending`, and attempts whose result isn't known;
 * these can still turn out `executed`, or be `reversed` by a counter-action.
 */
export const ACTION_STATES = [
  'planned',
  'executing',
  'executed',
  'pending',
  'failed',
  'cancelled',
  'simulated',
  'reversed',
] as const
export type ActionState = (typeof ACTION_STATES)[number]

export interface ActionRecord {
  readonly id: Id<'act'>
  readonly decisionId: Id<'dec'>
  readonly caseId: Id<'cas'>
  readonly targetKey: string
  readonly kind: ActionKind
  readonly state: ActionState
  /** Place in the decision. */
  readonly position: number
  readonly notBefore: number | null
  /** Then it ends by itself; `null`: only by a reversal. */
  readonly endsAt: number | null
  /** It came to its end: it holds its effect up for no other action any more. */
  readonly endedAt: number | null
  /** `null`: everywhere, on nobody's terms. */
  readonly terms: MeasureTerms | null
  /** The one key under which the platform's executor may have an effect, however often it is called. */
  readonly idempotencyKey: string
  readonly attempt: number
  readonly executedAt: number | null
  /** `executor`, or the operator who confirmed. */
  readonly settledBy: string | null
  readonly failureCode: string | null
  /** Results of attempts whose lease had run out; kept, never applied. */
  readonly lateResults: readonly {
    readonly attempt: number
    readonly result: string
    readonly at: number
  }[]
  /** 取消しの措置: the action whose effect this one undoes. */
  readonly reverses: Id<'act'> | null
}

/** No executor, no result to wait for: the action won't change by itself any more. */
export function isSettled(state: ActionState): boolean {
  return SETTLED.has(state)
}

const SETTLED: ReadonlySet<ActionState> = new Set<ActionState>([
  'executed',
  'failed',
  'cancelled',
  'simulated',
  'reversed',
])
