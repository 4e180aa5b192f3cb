import type { Id } from './ids.ts'
import type { PolicySignal } from './policy.ts'

/** Why a signal is over. */
export const SIGNAL_ENDS = ['withdrawn', 'item_gone'] as const
export type SignalEnd = (typeof SIGNAL_ENDS)[number]

/**
 * 参考情報: what the platform itself saw at an item. No request, nobody's notice, and nobody is answered.
 * It ends when the warning is taken back or the item is gone.
 */
export interface SignalRecord {
  readonly id: Id<'sig'>
  readonly kind: PolicySignal
  readonly targetKey: string
  /** As the platform gave it; for its own executors. */
  readonly targetRef: unknown
  /** Pseudonymous account of the item; nothing else of its poster. */
  readonly targetAccount: string | null
  /** The account of the platform's own list that replied. */
  readonly account: string
  readonly observedAt: number
  readonly entryIndex: number
  /** The case that a policy decided by it; `null`: nothing came of it. */
  readonly caseId: Id<'cas'> | null
  readonly endedAt: number | null
  readonly ended: SignalEnd | null
}

/** 合計: below five, or so near to all that the rest would be below five, nothing is told (law 9). */
export interface SignalTotals {
  readonly noted: number | null
  readonly labelled: number | null
  /** Items that disappeared later, by whomever. */
  readonly goneLater: number | null
}

const MIN_CELL = 5

/** Counts of signals, each told only where nobody can be read out of it. */
export function totalsOf(signals: readonly Pick<SignalRecord, 'caseId' | 'ended'>[]): SignalTotals {
  const all = signals.length
  const told = (part: number): number | null =>
    part < MIN_CELL || (all - part > 0 && all - part < MIN_CELL) ? null : part
  return {
    noted: told(all),
    labelled: told(signals.filter(({ caseId }) => caseId !== null).length),
    goneLater: told(signals.filter(({ ended }) => ended === 'item_gone').length),
  }
}
