import { expect, it } from 'vitest'
import { actionsOf, inputOf } from '../../src/core/policy-actions.ts'
import { HOUR } from '../../src/core/time.ts'
import { NOW } from './case-builder.ts'
import { measure, rule } from './policy-builder.ts'

it('takes the measures of a rule as a decision has them', () => {
  const label = { kind: 'label_informational', hours: 2, template: 'official_sources' } as const
  const demote = { kind: 'demote', hours: null } as const
  expect(actionsOf({ kind: 'measures', measures: [label, demote] }, NOW)).toEqual([
    { kind: 'label_informational', template: 'official_sources', endsAt: NOW + 2 * HOUR },
    { kind: 'demote' },
  ])
  expect(actionsOf({ kind: 'interim', measures: [label] }, NOW)).toEqual([
    {
      kind: 'label_informational',
      template: 'official_sources',
      endsAt: NOW + 2 * HOUR,
      interim: true,
    },
  ])
})

it('says nothing in words: the clause, and that what a sender found was considered', () => {
  expect(inputOf(rule(), 'hotline_request', NOW)).toMatchObject({
    actions: [{ kind: 'label_informational' }],
    ground: measure.ground,
    weightGiven: 'considered',
    awarenessCause: 'hotline_request',
    senderFinding: null,
    publicNote: null,
    declineReason: null,
  })
  const signal = rule({ when: { signal: 'police_warning' } })
  expect(inputOf(signal, 'police', NOW)).toMatchObject({ weightGiven: 'none' })
})
