import type { DecidedBy } from '../core/decision.ts'
import type { Id } from '../core/ids.ts'
import { transition } from '../core/transition.ts'
import { changesOfCase } from './case-changes.ts'
import { commandCase, type CaseAnswer } from './case-command.ts'
import type { AppContext } from './context.ts'

export interface HoldRequest {
  readonly commandId: string
  readonly expectedVersion: number
  /** Epoch ms, at most 14 days ahead. */
  readonly until: number
  readonly reason: string
}

/** 保留にする. */
export function holdCase(
  ctx: AppContext,
  by: DecidedBy,
  caseId: Id<'cas'>,
  { commandId, ...request }: HoldRequest,
): Promise<CaseAnswer> {
  return commandCase(ctx, {
    name: 'case.hold',
    caseId,
    once: { commandId, content: { command: 'hold', caseId, by, ...request } },
    change: async (state, tx) =>
      transition(
        state,
        { type: 'hold', by, ...request },
        { at: ctx.clock.now(), ...(await changesOfCase(tx, state)) },
      ),
  })
}
