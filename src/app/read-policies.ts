import type { PolicyName, PolicyRecord } from '../core/policy.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import type { PolicyDocument } from '../generated/types.ts'
import { exportedPolicy, fromPolicyRule } from '../schema/policies.ts'
import { requirePermission, type Actor } from './actor.ts'
import type { AppContext } from './context.ts'

/** A version with what became of it; the rule with the wire's names. */
export type PolicyView = Omit<PolicyRecord, keyof PolicyRuleMembers | 'reviewSeed'> &
  Required<Pick<PolicyDocument, 'prompted_by'>> &
  Omit<PolicyDocument, 'prompted_by'>

type PolicyRuleMembers = Pick<
  PolicyRecord,
  'title' | 'when' | 'effect' | 'ground' | 'reviewPercent' | 'promptedBy'
>

/** Every version, the newest of each policy first. */
export async function readPolicies(ctx: AppContext, actor: Actor): Promise<PolicyView[]> {
  requirePermission(actor, 'policies.read')
  const rows = await ctx.read.find('policy', {})
  return rows
    .sort((a, b) => (a.id === b.id ? b.version - a.version : a.id < b.id ? -1 : 1))
    .map((policy) => viewPolicy(policy, actor))
}

/** @throws MadoguchiError `not_allowed`, `not_found`. */
export async function readPolicy(
  ctx: AppContext,
  actor: Actor,
  name: PolicyName,
): Promise<PolicyView> {
  requirePermission(actor, 'policies.read')
  return viewPolicy(await policyOf(ctx, name), actor)
}

/**
 * 書き出し: the rule for other platforms, see {@link exportedPolicy}.
 *
 * @throws MadoguchiError `not_allowed`, `not_found`.
 */
export async function exportPolicy(
  ctx: AppContext,
  actor: Actor,
  name: PolicyName,
): Promise<PolicyDocument> {
  requirePermission(actor, 'policies.read')
  return exportedPolicy(await policyOf(ctx, name))
}

/** A version by its name. Throws `not_found`. */
export async function policyOf(
  { read }: Pick<AppContext, 'read'>,
  { id, version }: PolicyName,
): Promise<PolicyRecord> {
  const policy = await read.get('policy', { id, version })
  if (policy === undefined) throw new MadoguchiError('not_found')
  return policy
}

/** For somebody of the desk; who looks from outside sees no pseudonyms. */
export function viewPolicy(policy: PolicyRecord, { role }: Actor): PolicyView {
  const { version, state, imported, createdAt, adoptedAt, activatedAt, activeIndex, retiredAt } =
    policy
  const isOutside = role === 'external_auditor'
  return {
    prompted_by: policy.promptedBy,
    ...fromPolicyRule(policy),
    ...{ version, state, imported, createdAt, adoptedAt, activatedAt, activeIndex, retiredAt },
    adoptedBy: isOutside ? null : policy.adoptedBy,
    activatedBy: isOutside ? null : policy.activatedBy,
  }
}
