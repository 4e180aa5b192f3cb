import { describe, expect, it } from 'vitest'
import { classOf, type CaseRecord } from '../../../src/core/case.ts'
import type { DecidedBy } from '../../../src/core/decision.ts'
import { transition } from '../../../src/core/transition.ts'
import type {
  ReclassifyFacts,
  ReclassifyInput,
} from '../../../src/core/transition/reclassify-case.ts'
import type { TransitionResult } from '../../../src/core/transition/result.ts'
import {
  acting,
  attachedOne,
  claim,
  claimAndDecide,
  codeOf,
  decide,
  declining,
  done,
  goneAlready,
  ground,
  newCase,
  NOW,
  person,
  readyCase,
} from '../case-builder.ts'

const [A, B] = [person('a'), person('b')]
const publicOrder = { form: 'public_order', lane: 'voluntary_public_order' } as const
const ready = (over: { grave?: boolean; noView?: boolean } = {}): CaseRecord =>
  readyCase({ notice: publicOrder, ...over })

const reclassify = (
  state: CaseRecord,
  over: Partial<ReclassifyInput> = {},
  facts: Partial<ReclassifyFacts> = {},
  by: DecidedBy = A,
): TransitionResult =>
  transition(
    state,
    {
      type: 'reclassify',
      by,
      expectedVersion: state.version,
      class: 'illegal_information',
      category: 'drugs_advertising',
      reason: '隠語の意味を確認した',
      ...over,
    },
    { at: NOW, grave: false, noView: false, attached: [attachedOne], changes: [], ...facts },
  )
const held = (state: CaseRecord, by = A): CaseRecord => done(claim(state, by)).next
const taken = (state = ready()): CaseRecord => done(reclassify(held(state))).next
const illegal = { ...acting('remove'), ground: { ...ground, kind: 'illegal_own_assessment' } }

describe('a public-order case', () => {
  it('ends on a ground of illegality only after the platform re-classified it (law 6)', () => {
    expect(codeOf(claimAndDecide(ready(), A, illegal))).toBe('ground_not_for_form')
    const state = taken()
    expect(codeOf(decide(state, A, illegal))).toBe('ok')
    expect(codeOf(decide(state, A, acting('remove')))).toBe('ok')
    const cited = { ...illegal, ground: { ...ground, provisions: ['大麻取締法'] } }
    expect(codeOf(decide(state, A, cited))).toBe('ok')
  })

  it('keeps what the sender said, and where it stands', () => {
    const before = ready()
    const { next, events } = done(reclassify(held(before)))
    expect(next).toMatchObject({
      form: 'public_order',
      lane: 'voluntary_public_order',
      category: before.category,
      reclassified: { class: 'illegal_information', category: 'drugs_advertising' },
      version: before.version + 1,
      goalAt: before.goalAt,
      // Whoever has it goes on with it.
      claimedBy: 'a',
    })
    expect(classOf(next)).toBe('illegal_information')
    expect(events).toMatchObject([
      {
        type: 'case.reclassified',
        detail: {
          by: A,
          from: { class: 'public_order', category: before.category },
          to: { class: 'illegal_information', category: 'drugs_advertising' },
          reason: '隠語の意味を確認した',
        },
      },
    ])
  })

  it('relies on no finding of the sender for that: it found nothing unlawful', () => {
    const input = { ...illegal, weightGiven: 'relied_after_own_check' as const }
    expect(codeOf(decide(taken(), A, input))).toBe('weight_not_for_form')
  })

  it('can be taken back, and then it is as before', () => {
    const back = done(reclassify(taken(), { class: 'public_order', category: 'other' })).next
    expect(back.reclassified).toBeNull()
    expect(codeOf(decide(back, A, illegal))).toBe('ground_not_for_form')
    const other = done(reclassify(taken(), { category: 'firearms' })).next
    expect(other.reclassified?.category).toBe('firearms')
  })

  it('opinions on the old class no longer count', () => {
    const first = done(claimAndDecide(ready({ grave: true }), A, declining)).next
    const { next, events } = done(reclassify(held(first, B), {}, {}, B))
    expect(next).toMatchObject({ state: 'ready', opinions: [] })
    expect(events).toMatchObject([{ detail: { opinionsDropped: 1 } }])
  })

  it('of a grave or no-view category is from then on treated as one', () => {
    const { next } = done(reclassify(held(ready()), {}, { grave: true, noView: true }))
    expect(next).toMatchObject({ grave: true, noView: true, claimedBy: null, claimUntil: null })
    const state = held(ready({ grave: true }))
    expect(done(reclassify(state)).next).toMatchObject({ grave: true, claimedBy: 'a' })
    const S = person('s', 'child_safety')
    const hidden = held(ready({ noView: true }), S)
    expect(done(reclassify(hidden, {}, {}, S)).next).toMatchObject({ noView: true, claimedBy: 's' })
  })
})

it('is refused by the name of what stands in the way', () => {
  const state = ready()
  const code = (...args: Parameters<typeof reclassify>): string => codeOf(reclassify(...args))
  expect(code(state)).toBe('not_claimed')
  expect(code(held(state, B))).toBe('claimed_by_other')
  expect(code(held(state), { expectedVersion: 99 })).toBe('stale_version')
  expect(code(held(state), {}, {}, person('x', 'auditor'))).toBe('not_allowed')
  expect(code(newCase({ notice: publicOrder }))).toBe('not_allowed')
  expect(code(held(readyCase()))).toBe('not_allowed')
  expect(code(done(claimAndDecide(state, A, goneAlready)).next)).toBe('already')
  expect(code(taken())).toBe('already')
  expect(code(held(state), { class: 'public_order' })).toBe('already')
  expect(
    reclassify(held(state), { class: 'other' as never, category: 'X', reason: ' ' }),
  ).toMatchObject({
    refusal: {
      errors: [{ pointer: '/class' }, { pointer: '/category' }, { pointer: '/reason' }],
    },
  })
})
