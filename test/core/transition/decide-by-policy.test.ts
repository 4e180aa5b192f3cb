import { describe, expect, it } from 'vitest'
import type { PolicyRecord } from '../../../src/core/policy.ts'
import { HOUR } from '../../../src/core/time.ts'
import { transition } from '../../../src/core/transition.ts'
import type { DecideByPolicyFacts } from '../../../src/core/transition/decide-by-policy.ts'
import type { TransitionResult } from '../../../src/core/transition/result.ts'
import { codeOf, decideFacts, done, newCase, NOW, readyCase, UNDO } from '../case-builder.ts'
import { policy, seen } from '../policy-builder.ts'

const facts = (over: Partial<DecideByPolicyFacts> = {}): DecideByPolicyFacts => ({
  ...decideFacts(),
  seen: seen(),
  ...over,
})

const TWO = [{ eyes: 'before_execution' as const }]

const by = (
  used: PolicyRecord,
  over: Partial<DecideByPolicyFacts> = {},
  state = newCase(),
): TransitionResult =>
  transition(
    state,
    { type: 'decide_by_policy', policy: used, awarenessCause: 'hotline_request' },
    facts(over),
  )

it('decides for nobody, on the version that is there, and assesses nothing', () => {
  const { next, decision, actions, events } = done(by(policy()))
  expect(next).toMatchObject({
    state: 'decided',
    version: 2,
    decisionId: 'dec_1',
    assessedAt: null,
    readyAt: null,
    flags: [],
  })
  expect(decision).toMatchObject({
    mode: 'standing_policy',
    policy: { id: 'label-reported', version: 1 },
    by: [],
    noticeIds: ['ntc_1'],
    replaces: null,
  })
  expect(actions).toMatchObject([{ kind: 'label_informational', notBefore: NOW + UNDO }])
  expect(events).toMatchObject([
    { type: 'decision.made', detail: { mode: 'standing_policy', version: 1, by: [] } },
  ])
})

it('keeps a real case for people where the desk only observes', () => {
  expect(done(by(policy(), { trial: 'observe' })).next.flags).toEqual(['only_observed'])
})

it('takes an interim measure and leaves the case as new as it was', () => {
  const interim = policy({
    effect: { kind: 'interim', measures: [{ kind: 'disable_access', hours: 6 }] },
  })
  const { next, actions } = done(by(interim, { fourEyes: TWO }, newCase({ grave: true })))
  expect(next).toMatchObject({ state: 'new', interimUntil: NOW + 6 * HOUR, decisionId: 'dec_1' })
  expect(actions).toMatchObject([{ endsAt: NOW + 6 * HOUR, terms: { interim: true } }])
})

describe('refuses, whoever chose the policy,', () => {
  it.each<[string, TransitionResult, string]>([
    ['a retired one', by(policy({}, { state: 'retired' })), 'not_allowed'],
    [
      'one that only proposes',
      by(policy({ effect: { kind: 'propose', measures: [] } })),
      'not_allowed',
    ],
    ['one that does not match', by(policy({ when: { categories: ['other'] } })), 'not_allowed'],
    ['one that is younger', by(policy({}, { activeIndex: 11 })), 'not_allowed'],
    ['a case that people are offered', by(policy(), {}, readyCase()), 'not_allowed'],
    ['a grave case', by(policy(), {}, newCase({ grave: true })), 'not_allowed'],
    ['what takes two people', by(policy(), { fourEyes: TWO }), 'second_person_needed'],
    ['a clause that has ended', by(policy(), { standards: [] }), 'clause_not_in_force'],
    [
      'a text that is not there any more',
      by(
        policy({
          effect: {
            kind: 'measures',
            measures: [{ kind: 'label_informational', hours: null, template: 'gone' }],
          },
        }),
      ),
      'text_not_for_measure',
    ],
  ])('%s', (_name, result, code) => {
    expect(codeOf(result)).toBe(code)
  })
})
