import { expect, it } from 'vitest'
import type { CaseRecord } from '../../src/core/case.ts'
import {
  agreeLeaveUp,
  LONGEST_LEAVE_UP_MS,
  refuseLeaveUp,
  type LeaveUpRecord,
} from '../../src/core/leave-up.ts'
import { claim, done, newCase, NOW, person, readyCase } from './case-builder.ts'

const A = person('a', 'legal')
const B = person('b', 'legal')
const wish = { requestedBy: '架空県警察', document: '照会 第7号', until: NOW + 1 }
const proposed: LeaveUpRecord = {
  ...wish,
  id: 'lup_1',
  caseId: 'cas_1',
  proposedBy: A,
  proposedAt: NOW,
  agreedBy: null,
  agreedAt: null,
}
const codeFor = (state: CaseRecord, over: Partial<typeof wish> = {}, by = A): string =>
  refuseLeaveUp(state, by, { ...wish, ...over }, NOW)?.code ?? 'ok'

it('is heard in writing, for two weeks at most, never where life or a child may be at stake', () => {
  const state = readyCase()
  expect(codeFor(state)).toBe('ok')
  expect(codeFor(state, { until: NOW + LONGEST_LEAVE_UP_MS })).toBe('ok')
  expect(codeFor(state, {}, person('a'))).toBe('not_allowed')
  expect(codeFor({ ...state, noView: true })).toBe('not_allowed')
  expect(codeFor({ ...state, band: 0 })).toBe('life_does_not_wait')
  expect(codeFor({ ...state, band0Marked: true })).toBe('life_does_not_wait')
  expect(codeFor({ ...state, state: 'decided' })).toBe('already')
  expect(codeFor(newCase())).toBe('already')
  for (const over of [
    { requestedBy: ' ' },
    { document: '' },
    { until: NOW },
    { until: NOW + LONGEST_LEAVE_UP_MS + 1 },
  ])
    expect(codeFor(state, over)).toBe('invalid_input')
})

it('takes a second person, and sets the case aside without a word', () => {
  const state = readyCase()
  const agree = (by = B, over: Partial<LeaveUpRecord> = {}, at = state): unknown =>
    agreeLeaveUp(at, by, { ...proposed, ...over }, NOW)
  expect(agree()).toEqual({
    ok: true,
    next: { ...state, holdUntil: wish.until, holdReason: null },
  })
  expect(agree(A)).toMatchObject({ refusal: { code: 'second_person_needed' } })
  expect(agree(B, { agreedBy: B })).toMatchObject({ refusal: { code: 'already' } })
  expect(agree(person('b'))).toMatchObject({ refusal: { code: 'not_allowed' } })
  const claimed = done(claim(state, person('c'))).next
  expect(agree(B, {}, claimed)).toMatchObject({ refusal: { code: 'claimed_by_other' } })
})
