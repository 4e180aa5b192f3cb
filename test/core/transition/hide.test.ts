import { expect, it } from 'vitest'
import { transition } from '../../../src/core/transition.ts'
import { claim, codeOf, done, NOW, person, readyCase } from '../case-builder.ts'

it('law 11: hides a case from all but child_safety, and drops the claim on it', () => {
  const claimed = done(claim(readyCase(), person('A'))).next
  const { next, events } = done(transition(claimed, { type: 'hide' }, { at: NOW }))
  expect(next).toEqual({
    ...claimed,
    noView: true,
    version: claimed.version + 1,
    claimedBy: null,
    claimUntil: null,
  })
  expect(events).toMatchObject([{ type: 'case.hidden', detail: { version: next.version } }])
  expect(codeOf(claim(next, person('A')))).toBe('not_allowed')
})

it('says so where it is hidden already', () => {
  const result = transition(readyCase({ noView: true }), { type: 'hide' }, { at: NOW })
  expect(codeOf(result)).toBe('already')
})
