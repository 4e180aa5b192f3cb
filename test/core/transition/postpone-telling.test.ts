import { describe, expect, it } from 'vitest'
import { isPostponed, LONGEST_DAYS, POSTPONEMENT_REASONS } from '../../../src/core/postponement.ts'
import type { PostponementReason, PostponementRecord } from '../../../src/core/postponement.ts'
import { DAY } from '../../../src/core/time.ts'
import { transition } from '../../../src/core/transition.ts'
import type { PostponeFacts } from '../../../src/core/transition/postpone-telling.ts'
import { codeOf, done, NOW, person, readyCase } from '../case-builder.ts'

const UNTIL = NOW + 5 * DAY
const asked = (over: Partial<PostponementRecord> = {}): PostponementRecord => ({
  id: 'ppn_1',
  caseId: 'cas_1',
  targetKey: 'post:1',
  state: 'asked',
  reason: 'life_or_safety',
  until: UNTIL,
  by: [person('a')],
  askedAt: NOW,
  decidedAt: null,
  endedAt: null,
  note: 'first',
  ...over,
})

const postpone = (
  by = person('b'),
  facts: Partial<PostponeFacts> = {},
  over: { reason?: PostponementReason; until?: number; note?: string | null } = {},
  state = readyCase(),
) =>
  transition(
    state,
    { type: 'postpone', by, reason: 'life_or_safety', until: UNTIL, note: null, ...over },
    { at: NOW, asked: null, active: null, ...facts },
  )

describe('telling the poster is put off', () => {
  it('by two people who say the same; one of them puts nothing off', () => {
    const first = done(postpone(person('a')))
    expect(first.events).toMatchObject([
      { type: 'postponement.asked', detail: { reason: 'life_or_safety' } },
    ])
    expect(codeOf(postpone(person('a'), { asked: asked() }))).toBe('second_person_needed')
    const second = done(postpone(person('b'), { asked: asked() }))
    expect(second.events).toMatchObject([
      {
        type: 'poster.postponed',
        detail: { by: [{ operator: 'a' }, { operator: 'b' }], until: UNTIL, note: 'first' },
      },
    ])
    expect(
      done(postpone(person('b'), { asked: asked() }, { note: 'second' })).events[0]?.detail,
    ).toMatchObject({
      note: 'second',
    })
  })

  it('and changes nothing of what is decided on the case', () => {
    const state = readyCase()
    expect(done(postpone(person('a'), {}, {}, state)).next).toEqual(state)
    expect(done(postpone(person('b'), { asked: asked() }, {}, state)).next).toEqual(state)
  })

  it('for another reason or to another day it is asked for anew', () => {
    for (const over of [{ reason: 'child_victim' as const }, { until: UNTIL + 1 }])
      expect(done(postpone(person('b'), { asked: asked() }, over)).events[0]?.type).toBe(
        'postponement.asked',
      )
  })

  it.each(POSTPONEMENT_REASONS)('no longer than the reason allows: %s', (reason) => {
    const longest = NOW + LONGEST_DAYS[reason] * DAY
    expect(codeOf(postpone(person('a'), {}, { reason, until: longest }))).toBe('ok')
    expect(codeOf(postpone(person('a'), {}, { reason, until: longest + 1 }))).toBe(
      'recheck_out_of_range',
    )
    expect(codeOf(postpone(person('a'), {}, { reason, until: NOW }))).toBe('recheck_out_of_range')
    if (reason !== 'secrecy_ordered') expect(LONGEST_DAYS[reason]).toBeLessThanOrEqual(30)
  })

  it('only by who decides, and on no-view cases by child_safety', () => {
    expect(codeOf(postpone(person('i', 'integrator')))).toBe('not_allowed')
    const hidden = readyCase({ noView: true })
    expect(codeOf(postpone(person('a'), {}, {}, hidden))).toBe('not_allowed')
    expect(codeOf(postpone(person('a', 'child_safety'), {}, {}, hidden))).toBe('ok')
  })
})

describe('a postponement ends', () => {
  const end = (active: PostponementRecord | null, by = person('c'), at = NOW) =>
    transition(readyCase(), { type: 'end_postponement', by }, { at, asked: null, active })
  const active = (over: Partial<PostponementRecord> = {}) => asked({ state: 'active', ...over })

  it('by one person, whoever may decide', () => {
    expect(done(end(active())).events).toMatchObject([{ type: 'postponement.ended' }])
    expect(codeOf(end(active(), person('x', 'auditor')))).toBe('not_allowed')
  })

  it('by its date; then there is nothing left to end', () => {
    expect(isPostponed(active(), UNTIL - 1)).toBe(true)
    expect(isPostponed(active(), UNTIL)).toBe(false)
    expect(isPostponed(asked(), NOW)).toBe(false)
    expect(isPostponed(null, NOW)).toBe(false)
    expect(codeOf(end(active(), person('c'), UNTIL))).toBe('already')
    expect(codeOf(end(null))).toBe('already')
  })

  it('not before its date where secrecy was ordered', () => {
    expect(codeOf(end(active({ reason: 'secrecy_ordered' })))).toBe('not_allowed')
    expect(codeOf(end(active({ reason: 'secrecy_asked' })))).toBe('ok')
  })
})
