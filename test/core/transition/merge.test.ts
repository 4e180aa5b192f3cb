import { describe, expect, it } from 'vitest'
import type { CaseRecord } from '../../../src/core/case.ts'
import type { CountingNotice } from '../../../src/core/case-place.ts'
import { resolvedKey, unresolvedKey } from '../../../src/core/target-key.ts'
import { transition } from '../../../src/core/transition.ts'
import { survivorOf, type MergeInput } from '../../../src/core/transition/merge-case.ts'
import type { TransitionResult } from '../../../src/core/transition/result.ts'
import {
  acting,
  claimAndDecide,
  codeOf,
  done,
  newCase,
  noticeFor,
  NOW,
  person,
  readyCase,
} from '../case-builder.ts'

const A: CaseRecord = { ...readyCase(), targetKey: unresolvedKey('ntc_1') }
const B: CaseRecord = {
  ...readyCase({ notice: { id: 'ntc_2', position: 3 } }),
  id: 'cas_2',
  targetKey: unresolvedKey('ntc_2'),
}

/** A notice of each case, with the place that the case has. */
const noticeOf = ({ band, goalAt, position }: CaseRecord, id: `ntc_${string}`): CountingNotice => {
  const { order, ...notice } = noticeFor({ id, position })
  return { ...notice, order: { ...order, band, goalAt }, pausedAt: null }
}

const merge = (
  state: CaseRecord,
  other: CaseRecord,
  command: Partial<MergeInput> = {},
): TransitionResult =>
  transition(
    state,
    {
      type: 'merge',
      by: person('a'),
      expectedVersion: state.version,
      otherVersion: other.version,
      ...command,
    },
    {
      at: NOW,
      other,
      noticeIds: ['ntc_2'],
      counting: [noticeOf(state, 'ntc_1'), noticeOf(other, 'ntc_2')],
      band0GoalMs: 1,
      changes: { attached: [{ id: 'ntc_1', atVersion: 1 }], changes: [] },
      otherChanges: { attached: [{ id: 'ntc_2', atVersion: 1 }], changes: [] },
    },
  )

describe('統合する', () => {
  it('takes over notices and the smaller place; opinions and a hold end', () => {
    const opinion = { by: person('x'), at: NOW, input: acting('remove') }
    const state: CaseRecord = { ...A, opinions: [opinion], holdUntil: NOW + 9, holdReason: 'r' }
    const { next, events } = done(merge(state, { ...B, emergencyToldAt: 7, opinions: [opinion] }))
    expect(next).toEqual({ ...A, version: 2, position: 3, emergencyToldAt: 7 })
    expect(events).toEqual([
      {
        type: 'case.merged',
        at: NOW,
        caseId: 'cas_1',
        noticeId: null,
        decisionId: null,
        detail: {
          by: person('a'),
          from: 'cas_2',
          version: 2,
          noticeIds: ['ntc_2'],
          opinionsDropped: 2,
        },
      },
    ])
  })

  it('a case that came first keeps its place', () => {
    expect(done(merge(B, A)).next).toMatchObject({ id: 'cas_2', position: B.position })
  })

  it('a person’s mark goes with the notices, and waits for no answer', () => {
    const marked: CaseRecord = { ...B, band: 0, band0Marked: true }
    expect(done(merge({ ...A, allPausedAt: NOW }, marked)).next).toMatchObject({
      band: 0,
      band0Marked: true,
      allPausedAt: null,
    })
  })

  it('grave, no-view and life spread; who may not see it any more loses the claim', () => {
    const child = person('c', 'child_safety')
    const other: CaseRecord = { ...B, grave: true, noView: true, band: 0, goalAt: NOW + 9e9 }
    const state: CaseRecord = { ...A, claimedBy: 'c', claimUntil: NOW + 1 }
    const { next } = done(merge(state, other, { by: child }))
    expect(next).toMatchObject({ grave: true, noView: true, band: 0, goalAt: NOW + 9e9 })
    expect(next.claimedBy).toBeNull()
    const kept = done(merge({ ...state, noView: true }, other, { by: child })).next
    expect(kept.claimedBy).toBe('c')
    expect(codeOf(merge(state, other))).toBe('not_allowed')
  })

  it.each<[string, CaseRecord, CaseRecord]>([
    ['one case', A, A],
    ['another form', A, { ...B, form: 'public_order' }],
    ['another lane', A, { ...B, lane: 'agency' }],
    [
      'two known items',
      { ...A, targetKey: resolvedKey('1') },
      { ...B, targetKey: resolvedKey('2') },
    ],
    ['a trial and the real thing', A, { ...B, trial: 'test' }],
    ['a decided case', A, { ...B, state: 'decided' }],
    ['a case that machines are on', { ...newCase(), targetKey: A.targetKey }, B],
  ])('not %s', (_what, state, other) => {
    expect(codeOf(merge(state, other))).toBe('not_mergeable')
  })

  it('both as they were seen, and nobody else on either', () => {
    expect(codeOf(merge(A, B, { by: person('x', 'auditor') }))).toBe('not_allowed')
    expect(merge(A, { ...B, version: 2 }, { otherVersion: 1 })).toMatchObject({
      refusal: { code: 'stale_version', difference: { version: 2 } },
    })
    expect(merge({ ...A, version: 3 }, B, { expectedVersion: 1 })).toMatchObject({
      refusal: { code: 'stale_version', difference: { version: 3 } },
    })
    const claim = { claimedBy: 'x', claimUntil: NOW + 1 }
    expect(codeOf(merge({ ...A, ...claim }, B))).toBe('claimed_by_other')
    expect(codeOf(merge(A, { ...B, ...claim }))).toBe('claimed_by_other')
    expect(codeOf(merge(A, { ...B, ...claim }, { by: person('x') }))).toBe('ok')
  })

  it('the case whose item is known stays, else the first', () => {
    const known: CaseRecord = { ...B, targetKey: resolvedKey('1') }
    expect(survivorOf(A, B)).toBe(A)
    expect(survivorOf(A, known)).toBe(known)
    expect(survivorOf(known, A)).toBe(known)
  })
})

describe('the case that goes', () => {
  const give = (state: CaseRecord, noView = false): TransitionResult =>
    transition(state, { type: 'give_away', into: 'cas_1' }, { noView })

  it('is over, and names the other', () => {
    expect(done(give({ ...B, claimedBy: 'a', claimUntil: NOW + 1 })).next).toEqual({
      ...B,
      state: 'merged',
      mergedInto: 'cas_1',
      version: 2,
    })
    expect(done(give(B, true)).next.noView).toBe(true)
    expect(done(give({ ...B, noView: true })).next.noView).toBe(true)
  })

  it('only once, and only while it is open', () => {
    const { next } = done(give(B))
    expect(codeOf(give(next))).toBe('not_allowed')
    expect(codeOf(transition(next, { type: 'flag', flag: 'late_result' }, { at: NOW }))).toBe(
      'not_allowed',
    )
    expect(codeOf(claimAndDecide(next, person('a'), acting('remove')))).toBe('already')
  })
})

describe('an undone case goes into its open round', () => {
  const absorb = (state: CaseRecord): TransitionResult =>
    transition(
      state,
      { type: 'absorb' },
      {
        at: NOW,
        other: B,
        noticeIds: ['ntc_2'],
        counting: [noticeOf(A, 'ntc_1'), noticeOf(B, 'ntc_2')],
        band0GoalMs: 1,
      },
    )

  it('which takes it as it is, whatever it is at', () => {
    expect(done(absorb(A)).events).toMatchObject([{ detail: { by: null, from: 'cas_2' } }])
    expect(done(absorb(newCase())).next.state).toBe('new')
    expect(codeOf(absorb({ ...A, state: 'decided' }))).toBe('not_allowed')
  })
})
