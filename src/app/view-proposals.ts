import type { CaseRecord } from '../core/case.ts'
import type { PolicyDocument } from '../generated/types.ts'
import type { Reader } from '../ports/record-store.ts'
import { fromPolicyRule } from '../schema/policies.ts'

/** 方針による案: what a standing policy would choose. Shown beside the others; nothing is preselected by it. */
export type ProposalView = Pick<PolicyDocument, 'id' | 'title' | 'ground'> &
  Pick<PolicyDocument['effect'], 'measures'> & { readonly version: number }

export async function viewProposals(
  read: Reader,
  { id: caseId }: Pick<CaseRecord, 'id'>,
): Promise<ProposalView[]> {
  const uses = await read.find('policyUse', { caseId, effect: 'propose' })
  const found = await Promise.all(
    uses.map(({ policyId: id, version }) => read.get('policy', { id, version })),
  )
  return found.flatMap((policy) => {
    if (policy === undefined) return []
    const { id, title, ground, effect } = fromPolicyRule(policy)
    return [{ id, version: policy.version, title, ground, measures: effect.measures }]
  })
}
