import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ActionKind } from '../../../src/core/action-kind.ts'
import type { CaseRecord } from '../../../src/core/case.ts'
import type { DecisionInput } from '../../../src/core/decision.ts'
import {
  acting,
  claimAndDecide,
  codeOf,
  declining,
  done,
  goneAlready,
  ground,
  person,
  readyCase,
} from '../case-builder.ts'

const grave = readyCase({ grave: true })
const A = person('A')
const B = person('B', 'second_reviewer')
const L = person('L', 'lead')
const step = (state: CaseRecord, by: typeof A, input: DecisionInput): ReturnType<typeof done> =>
  done(claimAndDecide(state, by, input))

describe('law 24: a grave case', () => {
  it.each([
    ['a measure', acting('remove')],
    ['no measure', declining],
    ['already gone', goneAlready],
  ])('waits for a second person on %s, then is decided by two', (_name, input) => {
    const once = step(grave, A, input)
    expect(once.next).toMatchObject({ state: 'awaiting_second', version: 2, claimedBy: null })
    expect([once.decision, once.actions]).toEqual([null, []])
    expect(once.events.map(({ type }) => type)).toEqual(['opinion.given'])
    const twice = step(once.next, B, input)
    expect(twice.decision).toMatchObject({ mode: 'human_two_person', by: [A, B] })
    expect(twice.next).toMatchObject({ state: 'decided', opinions: [] })
    expect(twice.events.map(({ type }) => type)).toEqual(['opinion.given', 'decision.made'])
    expect(twice.actions).toHaveLength(input.actions.length)
  })

  it('agrees on the same measures, whatever their order, ground and words', () => {
    const once = step(grave, A, acting('remove', 'warn_poster'))
    const other = {
      ...acting('warn_poster', 'remove'),
      ground: { ...ground, kind: 'tos_clause' },
      internalNote: 'x',
    }
    expect(step(once.next, B, other).decision?.input).toEqual(other)
  })

  it('refuses the same person twice, in any role', () => {
    const once = step(grave, A, declining).next
    for (const role of ['reviewer', 'lead', 'second_reviewer'] as const)
      expect(codeOf(claimAndDecide(once, person('A', role), declining))).toBe(
        'second_person_needed',
      )
  })

  it.each([
    ['measure and none', acting('remove'), declining],
    ['other measures', acting('remove'), acting('disable_access')],
    ['none and gone', declining, goneAlready],
  ])('is disagreed on %s', (_name, one, other) => {
    const { next, decision, events } = step(step(grave, A, one).next, B, other)
    expect(next).toMatchObject({ state: 'disagreed', version: 3 })
    expect(next.opinions).toHaveLength(2)
    expect(decision).toBeNull()
    expect(events.map(({ type }) => type)).toEqual(['opinion.given'])
  })

  it('is settled by a lead beside one of the two', () => {
    const disagreed = step(step(grave, A, acting('remove')).next, B, declining).next
    expect(step(disagreed, L, declining).decision).toMatchObject({
      mode: 'human_two_person',
      by: [B, L],
    })
    expect(step(disagreed, L, acting('disable_access')).decision).toMatchObject({ by: [A, L] })
    expect(codeOf(claimAndDecide(disagreed, L, goneAlready))).toBe('second_person_needed')
  })

  it('is not turned round by a lead against both', () => {
    const disagreed = step(step(grave, A, acting('remove')).next, B, acting('disable_access')).next
    expect(codeOf(claimAndDecide(disagreed, L, declining))).toBe('second_person_needed')
    expect(step(disagreed, L, acting('remove')).decision?.by).toEqual([A, B, L])
  })

  it('that is no-view is settled by another person of child_safety', () => {
    const [one, two, three] = ['A', 'B', 'C'].map((name) => person(name, 'child_safety'))
    const toxic = readyCase({ grave: true, noView: true })
    const disagreed = step(step(toxic, one!, declining).next, two!, acting('remove')).next
    expect(codeOf(claimAndDecide(disagreed, L, declining))).toBe('not_allowed')
    expect(step(disagreed, three!, declining).decision?.by).toEqual([one, three])
  })
})

it('law 8: an agency’s case takes two people too', () => {
  const agency = readyCase({ notice: { lane: 'agency' } })
  expect(step(agency, A, declining).next.state).toBe('awaiting_second')
})

describe('as properties', () => {
  const KINDS = ['remove', 'disable_access', 'warn_poster', 'demote'] as const
  const input = fc.oneof(
    fc.constant(declining),
    fc.constant(goneAlready),
    fc
      .uniqueArray(fc.constantFrom<ActionKind>(...KINDS), { minLength: 1 })
      .map((kinds) => acting(...kinds)),
  )
  const someone = fc
    .tuple(
      fc.constantFrom('A', 'B', 'C', 'D'),
      fc.constantFrom('reviewer', 'lead', 'second_reviewer'),
    )
    .map(([name, role]) => person(name, role as 'reviewer'))
  const attempts = fc.array(fc.tuple(someone, input), { minLength: 1, maxLength: 8 })

  it('law 4, law 24: no action without a decision record of persons; on grave cases of two', () => {
    fc.assert(
      fc.property(fc.boolean(), attempts, (isGrave, tries) => {
        let state = readyCase({ grave: isGrave })
        for (const [by, tried] of tries) {
          const result = claimAndDecide(state, by, tried)
          if (!result.ok) continue
          const { decision, actions } = result
          if (decision === null) expect(actions).toEqual([])
          else {
            const names = new Set(decision.by.map(({ operator }) => operator))
            expect(names.size).toBe(decision.by.length)
            expect(names.size).toBeGreaterThanOrEqual(isGrave ? 2 : 1)
            expect(decision.mode).toBe(isGrave ? 'human_two_person' : 'human')
            expect(actions.every(({ decisionId }) => decisionId === decision.id)).toBe(true)
            expect(actions.map(({ kind }) => kind)).toEqual(
              decision.input.actions.map(({ kind }) => kind),
            )
          }
          state = result.next
        }
      }),
    )
  })

  it('law 5: as many steps to decline as to act', () => {
    const stepsOf = (isGrave: boolean, chosen: DecisionInput): number => {
      let state = readyCase({ grave: isGrave })
      for (const [steps, name] of ['A', 'B', 'C'].entries()) {
        state = step(state, person(name), chosen).next
        if (state.state === 'decided') return steps + 1
      }
      return Number.NaN
    }
    fc.assert(
      fc.property(fc.boolean(), input, (isGrave, chosen) => {
        expect(stepsOf(isGrave, chosen)).toBe(stepsOf(isGrave, declining))
      }),
    )
  })
})
