import { describe, expect, it } from 'vitest'
import {
  isAppealOpen,
  judgeAppeal,
  type AppealOpinion,
  type AppealRecord,
  type AppealVerdict,
} from '../../src/core/appeal.ts'
import type { CaseRecord } from '../../src/core/case.ts'
import type { DecidedBy, DecisionRecord } from '../../src/core/decision.ts'
import { acting, claimAndDecide, done, NOW, person, readyCase } from './case-builder.ts'

const decidedCase = (over: Partial<CaseRecord> = {}): CaseRecord => ({
  ...done(claimAndDecide(readyCase(), person('a'), acting('remove'))).next,
  ...over,
})
const decision = (...by: DecidedBy[]): DecisionRecord =>
  ({ id: 'dec_1', by, reverses: null }) as unknown as DecisionRecord
const opinion = (operator: string, verdict: AppealVerdict): AppealOpinion => ({
  by: person(operator),
  at: NOW,
  verdict,
  internalNote: null,
})

function judge(
  by: DecidedBy,
  verdict: AppealVerdict,
  {
    record = decidedCase(),
    deciders = [person('a')],
    opinions = [],
    state = 'open',
  }: {
    record?: CaseRecord
    deciders?: DecidedBy[]
    opinions?: AppealOpinion[]
    state?: AppealRecord['state']
  } = {},
) {
  const judged = judgeAppeal(
    { state, opinions, decisionId: 'dec_1' },
    { by, verdict },
    { case: record, decision: decision(...deciders) },
  )
  if (judged.kind === 'refused') return judged.code
  return judged.kind === 'waiting' ? judged.state : judged.by.map(({ operator }) => operator)
}

describe.each(['uphold', 'change'] as const)('to %s an objected decision', (verdict) => {
  it('takes somebody who took no part in it', () => {
    expect(judge(person('b'), verdict)).toEqual(['b'])
    expect(judge(person('a'), verdict)).toBe('another_person_needed')
    expect(judge(person('b'), verdict, { deciders: [person('a'), person('b')] })).toBe(
      'another_person_needed',
    )
    expect(judge(person('b'), verdict, { deciders: [] })).toEqual(['b'])
  })

  it('takes as many people as the decision took, and as its category takes', () => {
    const two = { deciders: [person('a'), person('x')] }
    const grave = { record: decidedCase({ grave: true }) }
    for (const setting of [two, grave]) {
      expect(judge(person('b'), verdict, setting)).toBe('awaiting_second')
      const after = {
        ...setting,
        opinions: [opinion('b', verdict)],
        state: 'awaiting_second' as const,
      }
      expect(judge(person('b'), verdict, after)).toBe('second_person_needed')
      expect(judge(person('c'), verdict, after)).toEqual(['b', 'c'])
    }
  })

  it('is settled by a lead who is neither, where two differ', () => {
    const other = verdict === 'uphold' ? 'change' : 'uphold'
    const grave = decidedCase({ grave: true })
    const one = { record: grave, opinions: [opinion('b', other)] }
    expect(judge(person('c'), verdict, one)).toBe('disagreed')
    const both = { record: grave, opinions: [opinion('b', other), opinion('c', verdict)] }
    expect(judge(person('d'), verdict, both)).toBe('not_allowed')
    expect(judge(person('d', 'lead'), verdict, both)).toEqual(['c', 'd'])
    const hidden = { ...both, record: decidedCase({ grave: true, noView: true }) }
    expect(judge(person('d', 'child_safety'), verdict, hidden)).toEqual(['c', 'd'])
  })

  it('is for who decides, on its own cases', () => {
    for (const role of ['auditor', 'external_auditor', 'integrator', 'admin', 'legal'] as const)
      expect([role, judge(person('b', role), verdict)]).toEqual([role, 'not_allowed'])
    expect(judge(person('b'), verdict, { record: decidedCase({ noView: true }) })).toBe(
      'not_allowed',
    )
    const legal = decidedCase({ lane: 'legal_desk' })
    expect(judge(person('b', 'legal'), verdict, { record: legal })).toEqual(['b'])
  })

  it('is over where the decision no longer stands, or somebody judged before', () => {
    for (const record of [
      decidedCase({ decisionId: 'dec_2' }),
      decidedCase({ state: 'reversing' }),
      decidedCase({ state: 'ready' }),
    ])
      expect(judge(person('b'), verdict, { record })).toBe('already')
    for (const state of ['upheld', 'changed', 'overtaken'] as const) {
      expect(judge(person('b'), verdict, { state })).toBe('already')
      expect(isAppealOpen({ state })).toBe(false)
    }
  })
})
