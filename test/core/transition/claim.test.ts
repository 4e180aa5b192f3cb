import { describe, expect, it } from 'vitest'
import { transition } from '../../../src/core/transition.ts'
import { ROLES, type Role } from '../../../src/core/vocabulary.ts'
import {
  acting,
  claim,
  claimAndDecide,
  codeOf,
  declining,
  done,
  LEASE,
  newCase,
  NOW,
  person,
  readyCase,
} from '../case-builder.ts'

describe('claim', () => {
  it('leases a ready case without touching its version', () => {
    const { next, events } = done(claim(readyCase(), person('A')))
    expect(next).toMatchObject({ claimedBy: 'A', claimUntil: NOW + LEASE, version: 1 })
    expect(events).toMatchObject([{ type: 'case.claimed', detail: { extended: false } }])
  })

  it('is extended by the same person', () => {
    const held = done(claim(readyCase(), person('A'))).next
    const { next, events } = done(claim(held, person('A'), NOW + 1_000))
    expect(next.claimUntil).toBe(NOW + 1_000 + LEASE)
    expect(events).toMatchObject([{ detail: { extended: true } }])
  })

  it('is refused while somebody else holds it, and free afterwards', () => {
    const held = done(claim(readyCase(), person('A'))).next
    expect(claim(held, person('B'), NOW + LEASE - 1)).toEqual({
      ok: false,
      refusal: { code: 'claimed_by_other', claimUntil: NOW + LEASE },
    })
    expect(done(claim(held, person('B'), NOW + LEASE)).next.claimedBy).toBe('B')
  })

  it('is for ready cases, and for decided ones that a person must look at again', () => {
    expect(codeOf(claim(newCase(), person('A')))).toBe('not_allowed')
    const decided = done(claimAndDecide(readyCase(), person('A'), declining)).next
    expect(codeOf(claim(decided, person('A')))).toBe('already')
    const flagged = done(
      transition(decided, { type: 'flag', flag: 'late_result' }, { at: NOW }),
    ).next
    expect(codeOf(claim(flagged, person('A')))).toBe('ok')
  })

  it.each<[string, boolean, readonly Role[]]>([
    ['an ordinary case', false, ['reviewer', 'second_reviewer', 'lead', 'child_safety']],
    ['a no-view case', true, ['child_safety']],
  ])('is open to these roles on %s', (_name, noView, allowed) => {
    const state = readyCase({ noView })
    for (const role of ROLES)
      expect(codeOf(claim(state, person('A', role))), role).toBe(
        allowed.includes(role) ? 'ok' : 'not_allowed',
      )
  })

  it('goes to a second person after a first opinion', () => {
    const waiting = done(claimAndDecide(readyCase({ grave: true }), person('A'), declining)).next
    expect(codeOf(claim(waiting, person('A')))).toBe('second_person_needed')
    for (const role of ['reviewer', 'second_reviewer', 'lead', 'child_safety'] as const)
      expect(codeOf(claim(waiting, person('B', role)))).toBe('ok')
  })

  it('goes to a lead who is neither after two that differ', () => {
    const first = done(
      claimAndDecide(readyCase({ grave: true }), person('A', 'lead'), declining),
    ).next
    const disagreed = done(claimAndDecide(first, person('B'), acting('remove'))).next
    expect(disagreed.state).toBe('disagreed')
    expect(codeOf(claim(disagreed, person('C')))).toBe('not_allowed')
    expect(codeOf(claim(disagreed, person('C', 'child_safety')))).toBe('not_allowed')
    expect(codeOf(claim(disagreed, person('A', 'lead')))).toBe('second_person_needed')
    expect(codeOf(claim(disagreed, person('D', 'lead')))).toBe('ok')
  })
})
