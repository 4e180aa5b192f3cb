import type { CaseRecord } from '../core/case.ts'
import { earliestSlot } from '../core/case-place.ts'
import type { DecidedBy } from '../core/decision.ts'
import type { Id } from '../core/ids.ts'
import { transition } from '../core/transition.ts'
import type { MarkBand0Facts } from '../core/transition/mark-band0.ts'
import type { TellEmergencyInput } from '../core/transition/tell-emergency.ts'
import type { Transaction } from '../ports/record-store.ts'
import { commandCase, type CaseAnswer } from './case-command.ts'
import type { AppContext } from './context.ts'
import { countingNotices } from './notices-of-case.ts'

/** 緊急の連絡を記録する: needs no claim, no second person and no version (law 18). */
export function tellEmergency(
  ctx: AppContext,
  by: DecidedBy,
  caseId: Id<'cas'>,
  told: Omit<TellEmergencyInput, 'by'>,
): Promise<CaseAnswer> {
  return commandCase(ctx, {
    name: 'emergency.tell',
    caseId,
    change: async (state, tx) =>
      transition(state, { type: 'tell_emergency', by, ...told }, await lifeFacts(ctx, state, tx)),
  })
}

/** 人命に関わる事案として扱う: brings an open case to the front by a person's mark. */
export function markBand0(ctx: AppContext, by: DecidedBy, caseId: Id<'cas'>): Promise<CaseAnswer> {
  return commandCase(ctx, {
    name: 'case.mark_band0',
    caseId,
    change: async (state, tx) =>
      transition(state, { type: 'mark_band0', by }, await lifeFacts(ctx, state, tx)),
  })
}

async function lifeFacts(
  { config, clock }: AppContext,
  state: CaseRecord,
  tx: Transaction,
): Promise<MarkBand0Facts> {
  return {
    at: clock.now(),
    slotAt: earliestSlot(state, await countingNotices(tx, state)),
    band0GoalMs: config.band0GoalMs,
  }
}
