import type { PolicyRecord } from '../core/policy.ts'
import { toPolicyRule } from '../schema/policies.ts'
import { validatePolicy } from '../schema/validate.ts'
import { requirePermission, type Actor } from './actor.ts'
import type { AppContext } from './context.ts'
import { policyLock } from './locks.ts'
import { viewPolicy, type PolicyView } from './read-policies.ts'
import { plainEvent } from './record-event.ts'

/**
 * Writes down a new version of a policy, as a draft that nothing is done by. Versions count up from 1.
 *
 * @param input A document of `policy.schema.json`, unchecked.
 * @param imported Whether it comes from another platform; `prompted_by` then has no meaning here.
 * @throws MadoguchiError `not_allowed`, `invalid_input`.
 */
export async function addPolicy(
  ctx: AppContext,
  actor: Actor,
  input: unknown,
  { imported }: { readonly imported: boolean } = { imported: false },
): Promise<PolicyView> {
  requirePermission(actor, 'policies.write')
  const rule = toPolicyRule(validatePolicy(input))
  const { result } = await ctx.committer.submit({
    name: 'policy.add',
    bytes: 8_192,
    locks: [policyLock(rule.id)],
    run: async (tx) => {
      const [last] = await tx.find(
        'policy',
        { id: rule.id },
        { orderBy: 'version', descending: true, limit: 1 },
      )
      const at = ctx.clock.now()
      const policy: PolicyRecord = {
        ...rule,
        promptedBy: imported ? null : rule.promptedBy,
        version: (last?.version ?? 0) + 1,
        state: 'draft',
        imported,
        createdAt: at,
        ...NOTHING_YET,
      }
      await tx.insert('policy', policy)
      const { id, version } = policy
      const payload = { v: 1, policy: id, version, imported, by: { ...actor } }
      return { result: policy, events: [plainEvent('policy.added', at, {}, payload)] }
    },
  })
  return viewPolicy(result, actor)
}

const NOTHING_YET = {
  adoptedBy: null,
  adoptedAt: null,
  activatedBy: null,
  activatedAt: null,
  activeIndex: null,
  reviewSeed: null,
  retiredAt: null,
} as const
