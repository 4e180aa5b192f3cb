import type { DecidedBy } from '../core/decision.ts'
import type { Id } from '../core/ids.ts'
import { toDecisionCommand } from '../schema/to-core.ts'
import { validateDecisionInput } from '../schema/validate.ts'
import type { CaseAnswer } from './case-command.ts'
import type { AppContext } from './context.ts'
import { decideCase } from './decide-case.ts'

/**
 * 判断を確定する, from a document of `decision.schema.json`, unchecked.
 *
 * @throws MadoguchiError `invalid_input`, `not_found`, `command_id_reused`.
 */
export function decideByDocument(
  ctx: AppContext,
  by: DecidedBy,
  caseId: Id<'cas'>,
  document: unknown,
): Promise<CaseAnswer> {
  const { input, ...head } = toDecisionCommand(validateDecisionInput(document))
  return decideCase(ctx, by, caseId, { ...input, ...head })
}
