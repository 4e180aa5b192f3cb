import { describe, expect, it } from 'vitest'
import type { CaseRecord } from '../../../src/core/case.ts'
import type { DecidedBy } from '../../../src/core/decision.ts'
import { transition } from '../../../src/core/transition.ts'
import type { TransitionResult } from '../../../src/core/transition/result.ts'
import {
  acting,
  claim,
  claimAndDecide,
  codeOf,
  done,
  LEASE,
  newCase,
  NOW,
  person,
  readyCase,
} from '../case-builder.ts'

const claimed = (state = readyCase(), by = person('a')): CaseRecord => done(claim(state, by)).next

const release = (state: CaseRecord, by: DecidedBy, at = NOW): TransitionResult =>
  transition(state, { type: 'release', by }, { at })

const handOver = (state: CaseRecord, by: DecidedBy, to: DecidedBy, at = NOW): TransitionResult =>
  transition(state, { type: 'hand_over', by, to, note: 'see 2' }, { at, claimLeaseMs: LEASE })

describe('担当を外す', () => {
  it('is done by whoever has the claim, and leaves the version', () => {
    const state = claimed()
    const { next, events } = done(release(state, person('a')))
    expect(next).toEqual({ ...state, claimedBy: null, claimUntil: null })
    expect(events).toEqual([
      {
        type: 'case.released',
        at: NOW,
        caseId: state.id,
        noticeId: null,
        decisionId: null,
        detail: { by: person('a'), claimedBy: 'a' },
      },
    ])
    expect(codeOf(claim(next, person('b')))).toBe('ok')
  })

  it('a lead ends somebody else’s claim; on a no-view case another of child_safety', () => {
    expect(codeOf(release(claimed(), person('l', 'lead')))).toBe('ok')
    expect(release(claimed(), person('b'))).toEqual({
      ok: false,
      refusal: { code: 'claimed_by_other', claimUntil: NOW + LEASE },
    })
    expect(codeOf(release(claimed(), person('c', 'child_safety')))).toBe('claimed_by_other')
    const hidden = claimed(readyCase({ noView: true }), person('c', 'child_safety'))
    expect(codeOf(release(hidden, person('d', 'child_safety')))).toBe('ok')
    expect(codeOf(release(hidden, person('l', 'lead')))).toBe('not_allowed')
  })

  it('needs a claim that holds, and a role that claims', () => {
    expect(codeOf(release(readyCase(), person('a')))).toBe('not_claimed')
    expect(codeOf(release(claimed(), person('a'), NOW + LEASE))).toBe('not_claimed')
    expect(codeOf(release(claimed(), person('a', 'auditor')))).toBe('not_allowed')
  })
})

describe('引き継ぐ', () => {
  it('gives the case to a named person with a fresh lease', () => {
    const state = claimed()
    const { next, events } = done(handOver(state, person('a'), person('b'), NOW + 5))
    expect(next).toEqual({ ...state, claimedBy: 'b', claimUntil: NOW + 5 + LEASE })
    expect(events).toMatchObject([
      {
        type: 'case.handed_over',
        detail: { by: person('a'), to: person('b'), until: NOW + 5 + LEASE, note: 'see 2' },
      },
    ])
    expect(codeOf(release(next, person('a')))).toBe('claimed_by_other')
  })

  it('only to somebody who may decide it', () => {
    const { next } = done(claimAndDecide(readyCase({ grave: true }), person('a'), acting('remove')))
    const second = claimed(next, person('b'))
    expect(codeOf(handOver(second, person('b'), person('a')))).toBe('second_person_needed')
    expect(codeOf(handOver(claimed(), person('a'), person('x', 'auditor')))).toBe('not_allowed')
    const hidden = claimed(readyCase({ noView: true }), person('c', 'child_safety'))
    expect(codeOf(handOver(hidden, person('c', 'child_safety'), person('b')))).toBe('not_allowed')
    expect(codeOf(handOver(claimed(), person('a'), person('a')))).toBe('already')
  })

  it('only what one has, unless one is a lead', () => {
    expect(codeOf(handOver(readyCase(), person('a'), person('b')))).toBe('not_claimed')
    expect(codeOf(handOver(claimed(), person('b'), person('d')))).toBe('claimed_by_other')
    expect(codeOf(handOver(claimed(), person('l', 'lead'), person('d')))).toBe('ok')
  })

  it('a case of life at once, without a claim; but not one that somebody is on', () => {
    const urgent: CaseRecord = { ...readyCase(), band: 0 }
    expect(done(handOver(urgent, person('a'), person('b'))).next.claimedBy).toBe('b')
    expect(codeOf(handOver(claimed(urgent), person('b'), person('d')))).toBe('claimed_by_other')
    expect(codeOf(handOver({ ...newCase(), band: 0 }, person('a'), person('b')))).toBe(
      'not_allowed',
    )
  })

  it('nothing that waits for nobody', () => {
    const { next } = done(claimAndDecide(readyCase(), person('a'), acting('remove')))
    const urgent: CaseRecord = { ...next, band: 0 }
    expect(codeOf(handOver(urgent, person('a'), person('b')))).toBe('already')
    const flagged: CaseRecord = { ...urgent, flags: ['late_result'] }
    expect(codeOf(handOver(flagged, person('a'), person('b')))).toBe('ok')
    expect(codeOf(handOver({ ...flagged, state: 'merged' }, person('a'), person('b')))).toBe(
      'already',
    )
  })
})
