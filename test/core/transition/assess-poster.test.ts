import { describe, expect, it } from 'vitest'
import type { ActionKind } from '../../../src/core/action-kind.ts'
import type { CaseRecord } from '../../../src/core/case.ts'
import type { SelfHarmPoster } from '../../../src/core/poster-statement.ts'
import { transition } from '../../../src/core/transition.ts'
import { needsTwoPeople } from '../../../src/core/transition/who-decides.ts'
import {
  acting,
  claimAndDecide,
  codeOf,
  declining,
  done,
  goneAlready,
  NOW,
  person,
  readyCase,
} from '../case-builder.ts'

const assess = (state: CaseRecord, poster: SelfHarmPoster, by = person('a')) =>
  transition(state, { type: 'assess_poster', by, poster }, { at: NOW })
const about = (category: string): CaseRecord => readyCase({ notice: { category } })
const decide = (state: CaseRecord, ...kinds: ActionKind[]) =>
  codeOf(claimAndDecide(state, person('a'), acting(...kinds)))

describe('what a person finds the poster to be after', () => {
  it('stands on the case, and drops what was thought of it before', () => {
    const one = {
      ...readyCase({ grave: true }),
      opinions: [{ by: person('x'), at: NOW, input: acting('remove') }],
    }
    const waiting: CaseRecord = { ...one, state: 'awaiting_second' }
    const { next, events } = done(assess(waiting, 'seeking'))
    expect(next).toMatchObject({
      selfHarm: 'seeking',
      opinions: [],
      state: 'ready',
      version: waiting.version + 1,
    })
    expect(events).toMatchObject([
      {
        type: 'poster.assessed',
        detail: { poster: 'seeking', opinionsDropped: 1, version: next.version },
      },
    ])
    expect(codeOf(assess(next, 'seeking'))).toBe('already')
  })

  it('who lures is treated as in any grave category, also if somebody thinks otherwise later', () => {
    const luring = done(assess(readyCase(), 'luring')).next
    expect(needsTwoPeople(luring)).toBe(true)
    expect(needsTwoPeople(done(assess(luring, 'seeking')).next)).toBe(true)
    expect(needsTwoPeople(done(assess(readyCase(), 'seeking')).next)).toBe(false)
  })

  it('can be said of a decided case too, which stays decided', () => {
    const decided = done(claimAndDecide(readyCase(), person('a'), declining)).next
    expect(done(assess(decided, 'seeking')).next).toMatchObject({
      state: 'decided',
      selfHarm: 'seeking',
    })
    const over: CaseRecord = { ...readyCase(), state: 'merged' }
    expect(codeOf(assess(over, 'seeking'))).toBe('already')
  })

  it('is said by who decides', () => {
    expect(codeOf(assess(readyCase(), 'seeking', person('x', 'auditor')))).toBe('not_allowed')
    expect(codeOf(assess(readyCase({ noView: true }), 'seeking'))).toBe('not_allowed')
  })
})

describe('help comes first', () => {
  const BLAMING: ActionKind[] = [
    'warn_poster',
    'demonetize_account',
    'restrict_feature',
    'suspend_account',
    'terminate_account',
  ]

  it.each(BLAMING)('%s is refused where the poster seeks help', (kind) => {
    const seeking = done(assess(readyCase(), 'seeking')).next
    expect(decide(seeking, kind)).toBe('help_comes_first')
    expect(decide(seeking, 'remove', kind)).toBe('help_comes_first')
    expect(decide(readyCase(), kind)).toBe('ok')
  })

  it('in these categories as long as nobody says that the poster lures', () => {
    for (const category of ['suicide_inducement', 'suicide_assistance']) {
      expect(decide(about(category), 'suspend_account')).toBe('help_comes_first')
      const luring = done(assess(about(category), 'luring')).next
      expect(decide(luring, 'suspend_account')).toBe('ok')
    }
  })

  it('measures on the post, none, and that it is gone already stay open', () => {
    const state = about('suicide_inducement')
    expect(decide(state, 'disable_access', 'demote', 'label_interstitial')).toBe('ok')
    for (const input of [declining, goneAlready])
      expect(codeOf(claimAndDecide(state, person('a'), input))).toBe('ok')
  })
})
