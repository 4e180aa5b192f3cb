import { describe, expect, it } from 'vitest'
import type { CaseRecord } from '../../../src/core/case.ts'
import type { DecisionInput } from '../../../src/core/decision.ts'
import { DAY, HOUR } from '../../../src/core/time.ts'
import {
  acting,
  action,
  claimAndDecide,
  codeOf,
  declining,
  done,
  join,
  NOW,
  person,
  readyCase,
  UNDO,
} from '../case-builder.ts'

const [A, B, C] = [person('a'), person('b'), person('c')]
const interim: DecisionInput = {
  ...acting(),
  actions: [{ kind: 'disable_access', interim: true }],
}
const taken = (state: CaseRecord, by = A): CaseRecord =>
  done(claimAndDecide(state, by, interim)).next
const standing = action({
  id: 'act_1',
  kind: 'disable_access',
  state: 'executed',
  terms: { interim: true },
})

describe('an interim measure', () => {
  it('is taken by one person also where two decide, and the case goes on', () => {
    for (const grave of [false, true]) {
      const state = readyCase({ grave })
      const result = done(claimAndDecide(state, A, interim))
      expect(result.decision).toMatchObject({ mode: 'human', by: [A], replaces: null })
      expect(result.actions).toMatchObject([{ endsAt: NOW + DAY, terms: { interim: true } }])
      expect(result.next).toMatchObject({
        state: 'ready',
        version: state.version + 1,
        claimedBy: null,
        decisionId: 'dec_1',
        interimUntil: NOW + DAY,
        // Nobody judged the item by it (law 24).
        assessedAt: null,
        opinions: [],
      })
      expect(result.events).toMatchObject([{ type: 'decision.made', detail: { ends: [] } }])
    }
  })

  it('waits for no opinion and drops none', () => {
    const first = done(claimAndDecide(readyCase({ grave: true }), A, declining)).next
    const next = taken(first, B)
    expect(next).toMatchObject({ state: 'awaiting_second', opinions: [{ by: A }] })
    const second = done(claimAndDecide(next, B, declining))
    expect(second.decision).toMatchObject({ by: [A, B], replaces: 'dec_1' })
  })

  it('ends at the last of its ends', () => {
    const input: DecisionInput = {
      ...interim,
      actions: [
        { kind: 'demote', interim: true, endsAt: NOW + 2 * HOUR },
        { kind: 'disable_access', interim: true, endsAt: NOW + HOUR },
      ],
    }
    const { next } = done(claimAndDecide(readyCase(), A, input))
    expect(next.interimUntil).toBe(NOW + 2 * HOUR)
  })

  it('is taken once: it is neither extended nor repeated', () => {
    const again = taken(readyCase())
    expect(codeOf(claimAndDecide(again, B, interim))).toBe('interim_taken')
    const joined = done(join(again, { id: 'ntc_2' })).next
    expect(codeOf(claimAndDecide(joined, B, interim))).toBe('interim_taken')
  })

  it('is never taken for an agency, nor on a case that is decided', () => {
    for (const lane of ['agency', 'legal_desk'] as const) {
      const agency = readyCase({ notice: { lane } })
      const by = lane === 'agency' ? A : person('l', 'legal')
      const legal = { result: 'complied', document: '令和8年（ヨ）第1号（架空）' } as const
      const input = lane === 'agency' ? interim : { ...interim, ground: null, legal }
      expect(codeOf(claimAndDecide(agency, by, input))).toBe('interim_not_here')
    }
    const decided = done(claimAndDecide(readyCase(), A, acting('remove'))).next
    const failed: CaseRecord = { ...decided, flags: ['action_failed'] }
    expect(codeOf(claimAndDecide(failed, A, interim))).toBe('interim_not_here')
  })

  it('rests on a clause like every measure', () => {
    expect(codeOf(claimAndDecide(readyCase(), A, { ...interim, ground: null }))).toBe(
      'ground_missing',
    )
  })
})

describe('a decision after an interim measure', () => {
  const facts = {
    actions: [standing],
    heldElsewhere: new Set<never>(),
    decisionId: 'dec_2',
  } as const

  it('to take none undoes it, under this decision', () => {
    const { actions, events, decision } = done(
      claimAndDecide(taken(readyCase()), B, declining, facts),
    )
    expect(decision).toMatchObject({ replaces: 'dec_1' })
    const counter = { decisionId: 'dec_2', kind: 'restore', reverses: 'act_1', terms: null }
    expect(actions).toMatchObject([{ ...counter, notBefore: NOW + UNDO }])
    expect(events).toMatchObject([{ detail: { ends: [{ action: 'act_1', step: 'counter' }] } }])
  })

  it('for the same measure holds it up; for another one doesn’t', () => {
    const after = (kind: 'disable_access' | 'remove'): unknown => {
      const { actions, events } = done(claimAndDecide(taken(readyCase()), B, acting(kind), facts))
      return [actions.map((each) => [each.kind, each.reverses]), events[0]?.detail]
    }
    expect(after('disable_access')).toMatchObject([
      [['disable_access', null]],
      { ends: [{ step: 'keep' }] },
    ])
    expect(after('remove')).toMatchObject([
      [
        ['remove', null],
        ['restore', 'act_1'],
      ],
      { ends: [{ step: 'counter' }] },
    ])
  })

  it('leaves what is over, and what a sibling holds up', () => {
    const ended = { ...standing, endedAt: NOW }
    const decide = (over: object): ReturnType<typeof done> =>
      done(claimAndDecide(taken(readyCase()), B, declining, { ...facts, ...over }))
    expect(decide({ actions: [ended] }).actions).toEqual([])
    const held = decide({ heldElsewhere: new Set(['act_1']) })
    expect(held.actions).toEqual([])
    expect(held.events).toMatchObject([{ detail: { ends: [{ step: 'keep' }] } }])
    const others = decide({ actions: [{ ...standing, terms: null }] })
    expect(others.actions).toEqual([])
  })

  it('of a grave case takes two people, of whom the first acted alone may be one', () => {
    const state = taken(readyCase({ grave: true }))
    const first = done(claimAndDecide(state, A, declining, facts)).next
    expect(first).toMatchObject({ state: 'awaiting_second' })
    expect(codeOf(claimAndDecide(first, A, declining, facts))).toBe('second_person_needed')
    expect(done(claimAndDecide(first, C, declining, facts)).decision).toMatchObject({ by: [A, C] })
  })
})
