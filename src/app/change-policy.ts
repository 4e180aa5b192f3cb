import { toBase64Url } from '../core/base64.ts'
import { MEASURE_TEXTS } from '../core/measure-text.ts'
import { adoptionFaults } from '../core/policy-adoption.ts'
import type { PolicyName, PolicyRecord } from '../core/policy.ts'
import { dayInJapan } from '../core/time.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import type { Transaction } from '../ports/record-store.ts'
import { fromPolicyRule } from '../schema/policies.ts'
import { requirePermission, type Actor } from './actor.ts'
import { administrativeEvent } from './administrative-event.ts'
import type { EventDraft } from './command.ts'
import type { AppContext } from './context.ts'
import { policyLock } from './locks.ts'
import { viewPolicy, type PolicyView } from './read-policies.ts'

const SEED_BYTES = 32

/** What a step makes of a version, in a transaction that holds its lock. */
type Step = (
  tx: Transaction,
  policy: PolicyRecord,
) => Promise<{ readonly next: PolicyRecord; readonly events: readonly EventDraft[] }>

/**
 * 採択: one person proposes a draft for use. Here, and nowhere else, it is measured against the laws that
 * bind a policy (law 19); what doesn't pass is never used.
 *
 * @throws MadoguchiError `not_allowed`, `not_found`, `policy_state_conflict`, `policy_not_adoptable`
 *   with the members that go too far.
 */
export function adoptPolicy(ctx: AppContext, actor: Actor, name: PolicyName): Promise<PolicyView> {
  return changePolicy(ctx, actor, name, async (tx, policy) => {
    requireState(policy, 'draft')
    await requireAdoptable(ctx, tx, policy)
    const next: PolicyRecord = {
      ...policy,
      state: 'adopted',
      adoptedBy: actor,
      adoptedAt: ctx.clock.now(),
    }
    const detail = { rule: fromPolicyRule(policy), version: policy.version }
    return { next, events: [administrativeEvent(ctx, actor, 'policy.adopted', { detail })] }
  })
}

/**
 * 採択（二人目）: another person puts it into use. It is used on what arrives from then on, by the order of
 * the log (law 4); an earlier version that was in use is retired.
 *
 * @throws MadoguchiError as {@link adoptPolicy}, and `second_person_needed`.
 */
export function activatePolicy(
  ctx: AppContext,
  actor: Actor,
  name: PolicyName,
): Promise<PolicyView> {
  return changePolicy(ctx, actor, name, async (tx, policy) => {
    requireState(policy, 'adopted')
    if (policy.adoptedBy?.operator === actor.operator)
      throw new MadoguchiError('second_person_needed')
    // What was a clause in force when it was adopted may have ended.
    await requireAdoptable(ctx, tx, policy)
    const retired = await retireEarlier(ctx, tx, actor, policy)
    const reviewSeed = toBase64Url(ctx.random.bytes(SEED_BYTES))
    const next: PolicyRecord = {
      ...policy,
      state: 'active',
      activatedBy: actor,
      activatedAt: ctx.clock.now(),
      reviewSeed,
    }
    const { id, version } = policy
    const detail = { policy: id, version, adopted_by: policy.adoptedBy, review_seed: reviewSeed }
    const activated: EventDraft = {
      ...administrativeEvent(ctx, actor, 'policy.activated', { detail }),
      indexed: async (inner, activeIndex) => {
        await inner.update('policy', { id, version }, { activeIndex })
      },
    }
    return { next, events: [...retired, activated] }
  })
}

/**
 * 廃止: it is used no more. What was decided by it stands until a person reverses it.
 *
 * @throws MadoguchiError `not_allowed`, `not_found`, `already`.
 */
export function retirePolicy(ctx: AppContext, actor: Actor, name: PolicyName): Promise<PolicyView> {
  return changePolicy(ctx, actor, name, (_tx, policy) => {
    if (policy.state === 'retired') throw new MadoguchiError('already')
    return Promise.resolve(retired(ctx, actor, policy))
  })
}

async function changePolicy(
  ctx: AppContext,
  actor: Actor,
  { id, version }: PolicyName,
  step: Step,
): Promise<PolicyView> {
  requirePermission(actor, 'policies.write')
  const by: Actor = { operator: actor.operator, role: actor.role }
  await ctx.committer.submit({
    name: 'policy.change',
    bytes: 8_192,
    locks: [policyLock(id)],
    run: async (tx) => {
      const policy = await tx.get('policy', { id, version })
      if (policy === undefined) throw new MadoguchiError('not_found')
      const { next, events } = await step(tx, policy)
      await tx.put('policy', { ...next })
      return { result: undefined, events }
    },
  })
  const changed = await ctx.read.get('policy', { id, version })
  if (changed === undefined) throw new MadoguchiError('not_found')
  return viewPolicy(changed, by)
}

function requireState(policy: PolicyRecord, state: PolicyRecord['state']): void {
  if (policy.state !== state) throw new MadoguchiError('policy_state_conflict')
}

async function requireAdoptable(
  { config, clock }: AppContext,
  tx: Transaction,
  policy: PolicyRecord,
): Promise<void> {
  const { ground } = policy
  const errors = adoptionFaults(policy, {
    standards: ground === null ? [] : await tx.find('standard', { id: ground.standard }),
    day: dayInJapan(clock.now()),
    graveCategories: config.graveCategories,
    texts: MEASURE_TEXTS,
  })
  if (errors.length > 0) throw new MadoguchiError('policy_not_adoptable', { errors })
}

async function retireEarlier(
  ctx: AppContext,
  tx: Transaction,
  actor: Actor,
  { id }: PolicyRecord,
): Promise<EventDraft[]> {
  const events: EventDraft[] = []
  for (const earlier of await tx.find('policy', { id, state: 'active' })) {
    const { next, events: made } = retired(ctx, actor, earlier)
    await tx.put('policy', next)
    events.push(...made)
  }
  return events
}

function retired(ctx: AppContext, actor: Actor, policy: PolicyRecord): Awaited<ReturnType<Step>> {
  const { id, version } = policy
  return {
    next: { ...policy, state: 'retired', retiredAt: ctx.clock.now() },
    events: [
      administrativeEvent(ctx, actor, 'policy.retired', { detail: { policy: id, version } }),
    ],
  }
}
