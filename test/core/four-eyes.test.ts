import { describe, expect, it } from 'vitest'
import type { DecisionInput } from '../../src/core/decision.ts'
import { takesTwoByTable, type FourEyesQuery, type FourEyesRule } from '../../src/core/four-eyes.ts'
import {
  acting,
  action,
  claimAndDecide,
  codeOf,
  declining,
  done,
  NOW,
  person,
  readyCase,
} from './case-builder.ts'
import { transition } from '../../src/core/transition.ts'

const eyes = 'before_execution' as const
const takesTwo = (rule: Omit<FourEyesRule, 'eyes'>, over: Partial<FourEyesQuery> = {}): boolean =>
  takesTwoByTable([{ eyes, ...rule }], {
    categories: ['firearms'],
    kinds: ['remove'],
    senderTypes: ['hotline_private'],
    ...over,
  })

describe('a rule of the table', () => {
  it('without anything holds for everything, also for a decline (law 5)', () => {
    expect([takesTwo({}), takesTwo({}, { kinds: [] })]).toEqual([true, true])
    expect(takesTwoByTable([], { categories: [], kinds: [], senderTypes: [] })).toBe(false)
  })

  it.each([
    ['its category', { categories: ['firearms'] }, {}, true],
    ['another category', { categories: ['drugs'] }, {}, false],
    [
      'the category of the platform',
      { categories: ['drugs'] },
      { categories: ['a', 'drugs'] },
      true,
    ],
    ['its measure', { actions: ['remove'] }, {}, true],
    ['one of several measures', { actions: ['remove'] }, { kinds: ['demote', 'remove'] }, true],
    ['another measure', { actions: ['terminate_account'] }, {}, false],
    ['its measure, and none is taken', { actions: ['remove'] }, { kinds: [] }, false],
    ['its type of sender', { senderTypes: ['hotline_private'] }, {}, true],
    ['another type of sender', { senderTypes: ['trusted_flagger'] }, {}, false],
    ['what can be undone', { reversible: true }, {}, true],
    ['what can’t be undone', { reversible: false }, {}, false],
    ['what can’t be undone', { reversible: false }, { kinds: ['terminate_account'] }, true],
    [
      'both',
      { actions: ['remove'], reversible: false },
      { kinds: ['remove', 'warn_poster'] },
      false,
    ],
  ] as const)('%s', (_name, rule, over, expected) => {
    expect(takesTwo(rule, over)).toBe(expected)
  })
})

describe('a decision that the table wants two people for', () => {
  const [A, B, L] = [person('a'), person('b'), person('l', 'lead')]
  const fourEyes: readonly FourEyesRule[] = [{ eyes, actions: ['remove'] }]
  const facts = { fourEyes, senderTypes: [] }
  const remove = acting('remove')
  const demote = acting('demote')

  it('waits for another one, who agrees', () => {
    const state = readyCase()
    const first = done(claimAndDecide(state, A, remove, facts))
    expect(first).toMatchObject({ decision: null, next: { state: 'awaiting_second' } })
    expect(codeOf(claimAndDecide(first.next, A, remove, facts))).toBe('second_person_needed')
    const second = done(claimAndDecide(first.next, B, remove, facts))
    expect(second.decision).toMatchObject({ mode: 'human_two_person', by: [A, B] })
  })

  it('goes to a lead where the two differ, whatever the second one alone would have needed', () => {
    const first = done(claimAndDecide(readyCase(), A, remove, facts)).next
    for (const input of [demote, declining]) {
      const second = done(claimAndDecide(first, B, input, facts)).next
      expect(second.state).toBe('disagreed')
      expect(codeOf(claimAndDecide(second, person('c'), input, facts))).toBe('not_allowed')
      const by = done(claimAndDecide(second, L, remove, facts)).decision?.by
      expect(by).toEqual(expect.arrayContaining([A, L]))
    }
  })

  it('what the table says nothing of one person decides', () => {
    for (const input of [demote, declining])
      expect(done(claimAndDecide(readyCase(), A, input, facts)).decision).toMatchObject({
        mode: 'human',
        by: [A],
      })
  })

  it('also by the category that the platform itself took it for', () => {
    const rules: readonly FourEyesRule[] = [{ eyes, categories: ['drugs'] }]
    const state = readyCase()
    const own = { class: 'illegal_information', category: 'drugs' } as const
    const by = { fourEyes: rules }
    expect(done(claimAndDecide(state, A, declining, by)).next.state).toBe('decided')
    expect(done(claimAndDecide({ ...state, reclassified: own }, A, declining, by)).next.state).toBe(
      'awaiting_second',
    )
  })

  it('in an emergency one person takes an interim measure first, and the two decide after it', () => {
    const interim: DecisionInput = { ...remove, actions: [{ kind: 'remove', interim: true }] }
    const taken = done(claimAndDecide(readyCase(), A, interim, facts))
    expect(taken.decision?.by).toEqual([A])
    expect(done(claimAndDecide(taken.next, B, remove, facts)).next.state).toBe('awaiting_second')
  })

  it('takes two people to take it back', () => {
    const first = done(claimAndDecide(readyCase(), A, remove, facts)).next
    const { next, decision } = done(claimAndDecide(first, B, remove, facts))
    const reverse = transition(
      next,
      {
        type: 'reverse',
        by: A,
        expectedVersion: next.version,
        reason: 'own_recheck',
        internalNote: null,
      },
      {
        at: NOW,
        decisionId: 'dec_2',
        decision: { ...decision!, leafHash: '', entryIndex: 1, reported: 'final' },
        actions: [action({ id: 'act_1', state: 'executed' })],
        heldElsewhere: new Set(),
        openRound: null,
        counting: [],
        band0GoalMs: 0,
        attached: [],
        changes: [],
      },
    )
    expect(done(reverse)).toMatchObject({ decision: null, next: { reversalAsked: { by: A } } })
  })
})
