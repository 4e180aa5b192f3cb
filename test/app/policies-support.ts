import type { PolicyView } from '../../src/app/read-policies.ts'
import type { PolicyDocument } from '../../src/generated/types.ts'
import type { Desk } from '../support/desk.ts'
import { GROUND } from './support.ts'

export const ADOPTER = { operator: 'toukatsu-a', role: 'lead' } as const
export const SECOND = { operator: 'toukatsu-b', role: 'lead' } as const

/** A rule that labels what is reported as recruitment. */
export const labelRule: PolicyDocument = {
  id: 'label-reported',
  title: { ja: '通知された募集情報への注記', en: 'Label on reported recruitment' },
  when: { forms: ['illegal_information'], categories: ['crime_recruitment'] },
  effect: { kind: 'measures', measures: [{ kind: 'label_informational' }] },
  ground: GROUND,
  review_percent: 100,
}

/** Writes a policy down, adopts and activates it, by two people. */
export async function putIntoUse(
  { madoguchi: { policies } }: Desk,
  rule: PolicyDocument = labelRule,
): Promise<PolicyView> {
  const { id, version } = await policies.add(rule, ADOPTER)
  await policies.adopt({ id, version }, ADOPTER)
  return policies.activate({ id, version }, SECOND)
}
