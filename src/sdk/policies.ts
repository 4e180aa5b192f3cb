import type { Actor } from '../app/actor.ts'
import { addPolicy } from '../app/add-policy.ts'
import { activatePolicy, adoptPolicy, retirePolicy } from '../app/change-policy.ts'
import type { AppContext } from '../app/context.ts'
import { exportPolicy, readPolicies, readPolicy, type PolicyView } from '../app/read-policies.ts'
import {
  readPolicyUses,
  reviewPolicyUse,
  type PolicyUsesPage,
  type PolicyUsesQuery,
} from '../app/review-policy-use.ts'
import { tryPolicy, type PolicyTrial, type TryPeriod } from '../app/try-policy.ts'
import type { Id } from '../core/ids.ts'
import type { PolicyName, PolicyUse, ReviewFinding } from '../core/policy.ts'
import type { PolicyDocument } from '../generated/types.ts'

/** 事前方針 through the SDK. Every call is somebody's: adopting and activating take two people. */
export interface PoliciesSdk {
  list(by: Actor): Promise<PolicyView[]>
  show(name: PolicyName, by: Actor): Promise<PolicyView>
  /** Writes down a version as a draft. */
  add(policy: PolicyDocument, by: Actor): Promise<PolicyView>
  /** The same with a rule that another platform exported. */
  import(policy: PolicyDocument, by: Actor): Promise<PolicyView>
  export(name: PolicyName, by: Actor): Promise<PolicyDocument>
  adopt(name: PolicyName, by: Actor): Promise<PolicyView>
  activate(name: PolicyName, by: Actor): Promise<PolicyView>
  retire(name: PolicyName, by: Actor): Promise<PolicyView>
  /** What it would have done in a period; changes nothing. */
  try(name: PolicyName, by: Actor, period?: TryPeriod): Promise<PolicyTrial>
  /** What policies were used on; `review: 'due'` for what waits for a look afterwards. */
  uses(query: PolicyUsesQuery, by: Actor): Promise<PolicyUsesPage>
  review(
    id: Id<'use'>,
    found: { readonly finding: ReviewFinding; readonly note?: string },
    by: Actor,
  ): Promise<PolicyUse>
}

export function policiesSdk(ctx: AppContext): PoliciesSdk {
  return {
    list: (by) => readPolicies(ctx, by),
    show: (name, by) => readPolicy(ctx, by, name),
    add: (policy, by) => addPolicy(ctx, by, policy),
    import: (policy, by) => addPolicy(ctx, by, policy, { imported: true }),
    export: (name, by) => exportPolicy(ctx, by, name),
    adopt: (name, by) => adoptPolicy(ctx, by, name),
    activate: (name, by) => activatePolicy(ctx, by, name),
    retire: (name, by) => retirePolicy(ctx, by, name),
    try: (name, by, period) => tryPolicy(ctx, by, name, period),
    uses: (query, by) => readPolicyUses(ctx, by, query),
    review: (id, found, by) => reviewPolicyUse(ctx, by, id, found),
  }
}
