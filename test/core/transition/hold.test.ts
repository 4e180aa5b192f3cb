import { describe, expect, it } from 'vitest'
import type { CaseRecord } from '../../../src/core/case.ts'
import { DAY } from '../../../src/core/time.ts'
import { transition } from '../../../src/core/transition.ts'
import { LONGEST_HOLD_MS, type HoldInput } from '../../../src/core/transition/hold-case.ts'
import type { TransitionResult } from '../../../src/core/transition/result.ts'
import {
  acting,
  claim,
  claimAndDecide,
  codeOf,
  done,
  join,
  LEASE,
  NOW,
  person,
  readyCase,
} from '../case-builder.ts'

const ATTACHED = [
  { id: 'ntc_1', atVersion: 1 },
  { id: 'ntc_2', atVersion: 2 },
] as const
const UNTIL = NOW + DAY

const hold = (state: CaseRecord, over: Partial<HoldInput> = {}, at = NOW): TransitionResult =>
  transition(
    state,
    {
      type: 'hold',
      by: person('a'),
      expectedVersion: state.version,
      until: UNTIL,
      reason: '社内で確認中',
      ...over,
    },
    { at, attached: ATTACHED, changes: [] },
  )
const resume = (state: CaseRecord, by = person('b'), at = NOW): TransitionResult =>
  transition(state, { type: 'resume', by }, { at })

const claimed = (state = readyCase()): CaseRecord => done(claim(state, person('a'))).next
const held = (): CaseRecord => done(hold(claimed())).next

describe('保留にする', () => {
  it('sets the case aside and lets go of it; goal, place and version stay', () => {
    const state = claimed()
    const { next, events } = done(hold(state))
    expect(next).toEqual({
      ...state,
      holdUntil: UNTIL,
      holdReason: '社内で確認中',
      claimedBy: null,
      claimUntil: null,
    })
    expect(events).toMatchObject([
      { type: 'case.held', detail: { by: person('a'), until: UNTIL, reason: '社内で確認中' } },
    ])
  })

  it.each([
    ['in the past', NOW, 'minimum'],
    ['too far ahead', NOW + LONGEST_HOLD_MS + 1, 'maximum'],
    ['no moment', Number.NaN, 'minimum'],
    ['no whole number', NOW + 0.5, 'maximum'],
  ])('until a time that is %s: refused', (_what, until, keyword) => {
    expect(hold(claimed(), { until })).toEqual({
      ok: false,
      refusal: { code: 'invalid_input', errors: [{ pointer: '/until', keyword }] },
    })
  })

  it('for at most fourteen days', () => {
    expect(LONGEST_HOLD_MS).toBe(14 * DAY)
    expect(codeOf(hold(claimed(), { until: NOW + 14 * DAY }))).toBe('ok')
  })

  it('only what one has claimed, in the version that one saw', () => {
    expect(codeOf(hold(readyCase()))).toBe('not_claimed')
    expect(codeOf(hold(claimed(), {}, NOW + LEASE))).toBe('not_claimed')
    expect(codeOf(hold(claimed(), { by: person('b') }))).toBe('claimed_by_other')
    expect(codeOf(hold(claimed(), { by: person('a', 'auditor') }))).toBe('not_allowed')
    expect(codeOf(hold({ ...claimed(), noView: true }))).toBe('not_allowed')
    expect(hold({ ...claimed(), version: 2 }, { expectedVersion: 1 })).toEqual({
      ok: false,
      refusal: {
        code: 'stale_version',
        difference: {
          version: 2,
          state: 'ready',
          noticesSince: ['ntc_2'],
          withdrawnSince: [],
          supersededSince: [],
          supplementsSince: [],
        },
      },
    })
  })

  it('never a matter of life, and nothing that is decided', () => {
    expect(codeOf(hold({ ...claimed(), band: 0 }))).toBe('life_does_not_wait')
    const { next } = done(claimAndDecide(readyCase(), person('a'), acting('remove')))
    expect(codeOf(hold(next))).toBe('already')
  })

  it('nobody claims it meanwhile; afterwards anybody', () => {
    expect(codeOf(claim(held(), person('b')))).toBe('on_hold')
    expect(codeOf(claim(held(), person('b'), UNTIL))).toBe('ok')
  })

  it.each<[string, (state: CaseRecord) => TransitionResult]>([
    ['a joining notice', (state) => join(state, { id: 'ntc_9' })],
    [
      'a mark of life',
      (state) =>
        transition(
          state,
          { type: 'mark_band0', by: person('b') },
          { at: NOW, slotAt: NOW, band0GoalMs: 1 },
        ),
    ],
    [
      'a call for help',
      (state) =>
        transition(
          state,
          { type: 'tell_emergency', by: person('b'), service: '110', note: null },
          { at: NOW, slotAt: NOW, band0GoalMs: 1 },
        ),
    ],
    ['becoming a no-view case', (state) => transition(state, { type: 'hide' }, { at: NOW })],
    ['a person', (state) => resume(state)],
  ])('%s ends it', (_what, happens) => {
    expect(done(happens(held())).next).toMatchObject({ holdUntil: null, holdReason: null })
  })
})

describe('保留を解除する', () => {
  it('says who did', () => {
    expect(done(resume(held())).events).toMatchObject([
      { type: 'case.resumed', detail: { by: person('b') } },
    ])
  })

  it('needs a hold that stands, and a role that claims', () => {
    expect(codeOf(resume(readyCase()))).toBe('already')
    expect(codeOf(resume(held(), person('b'), UNTIL))).toBe('already')
    expect(codeOf(resume(held(), person('x', 'auditor')))).toBe('not_allowed')
    expect(codeOf(resume({ ...held(), noView: true }))).toBe('not_allowed')
  })
})
