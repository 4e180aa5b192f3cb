import type { CaseRecord } from '../core/case.ts'
import type { DecidedBy } from '../core/decision.ts'
import type { Id } from '../core/ids.ts'
import type { ReclassifyFacts, ReclassifyInput } from '../core/transition/reclassify-case.ts'
import { transition } from '../core/transition.ts'
import type { Transaction } from '../ports/record-store.ts'
import { changesOfCase } from './case-changes.ts'
import { commandCase, type CaseAnswer } from './case-command.ts'
import type { AppContext } from './context.ts'

export interface ReclassifyRequest extends Omit<ReclassifyInput, 'by'> {
  readonly commandId: string
}

/**
 * 区分を見直す: see the transition.
 *
 * @throws MadoguchiError `not_found`, `command_id_reused`.
 */
export function reclassifyCase(
  ctx: AppContext,
  by: DecidedBy,
  caseId: Id<'cas'>,
  { commandId, ...request }: ReclassifyRequest,
): Promise<CaseAnswer> {
  return commandCase(ctx, {
    name: 'case.reclassify',
    caseId,
    once: { commandId, content: { command: 'reclassify', caseId, by, ...request } },
    change: async (state, tx) =>
      transition(
        state,
        { type: 'reclassify', by, ...request },
        await reclassifyFacts(ctx, tx, state, request),
      ),
  })
}

async function reclassifyFacts(
  { config, clock }: AppContext,
  tx: Transaction,
  state: CaseRecord,
  { category }: Pick<ReclassifyRequest, 'category'>,
): Promise<ReclassifyFacts> {
  return {
    at: clock.now(),
    grave: config.graveCategories.has(category),
    noView: config.noViewCategories.has(category),
    ...(await changesOfCase(tx, state)),
  }
}
