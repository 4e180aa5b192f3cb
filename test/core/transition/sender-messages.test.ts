import { TRIALS } from '../../../src/core/trial.ts'
import { describe, expect, it } from 'vitest'
import { standingOf, type CountingNotice } from '../../../src/core/case-place.ts'
import type { CaseRecord } from '../../../src/core/case.ts'
import { noticeStatus } from '../../../src/core/notice-status.ts'
import { transition } from '../../../src/core/transition.ts'
import type { TransitionResult } from '../../../src/core/transition/result.ts'
import {
  claim,
  codeOf,
  decide,
  declining,
  done,
  join,
  NOW,
  noticeFor,
  person,
  readyCase,
} from '../case-builder.ts'

const A = person('A')
const GOAL = 900_000
const counting = (over: Partial<CountingNotice> = {}): CountingNotice => ({
  ...noticeFor(),
  pausedAt: null,
  ...over,
})
const facts = (...all: readonly CountingNotice[]) => ({ at: NOW, counting: all, band0GoalMs: GOAL })
const order = (goalAt: number, band: 0 | 1 = 1) => ({ ...noticeFor().order, goalAt, band })

const leave = (state: CaseRecord, ...left: readonly CountingNotice[]): TransitionResult =>
  transition(state, { type: 'leave', noticeId: 'ntc_1', cause: 'withdrawn' }, facts(...left))
const supplement = (state: CaseRecord, ...all: readonly CountingNotice[]): TransitionResult =>
  transition(state, { type: 'supplement', noticeId: 'ntc_1', messageId: 'msg_1' }, facts(...all))
const replace = (
  state: CaseRecord,
  notice = noticeFor({ id: 'ntc_2' }),
  { grave = false, noView = false } = {},
): TransitionResult =>
  transition(
    state,
    { type: 'replace', earlierId: 'ntc_1', notice },
    { ...facts(counting({ ...notice })), grave, noView },
  )
const ask = (
  state: CaseRecord,
  { by = A, isAsked = false, isObserving = false, all = [counting({ pausedAt: NOW })] } = {},
): TransitionResult =>
  transition(
    state,
    { type: 'ask', by, noticeId: 'ntc_1', questionId: 'qst_1', text: { en: 'Where?' } },
    { ...facts(...all), isAsked, isObserving },
  )

const closed = (): CaseRecord => done(leave(readyCase())).next
const decidedCase = (): CaseRecord =>
  done(decide(done(claim(readyCase(), A)).next, A, declining)).next
const withOpinion = (): CaseRecord =>
  done(decide(done(claim(readyCase({ grave: true }), A)).next, A, declining)).next

describe('a notice leaves its case', () => {
  it('takes its place away, and the opinions that were given with it', () => {
    const second = counting({ id: 'ntc_2', order: order(NOW + 5_000), position: 9 })
    const { next, events } = done(
      leave({ ...withOpinion(), holdUntil: NOW + 1, holdReason: 'x' }, second),
    )
    expect(next).toMatchObject({
      state: 'ready',
      version: 3,
      opinions: [],
      goalAt: NOW + 5_000,
      position: 9,
      holdUntil: null,
      holdReason: null,
    })
    expect(events).toMatchObject([
      {
        type: 'case.left',
        noticeId: 'ntc_1',
        detail: { version: 3, cause: 'withdrawn', opinionsDropped: 1 },
      },
    ])
  })

  it('closes a case that has no other, whoever holds it', () => {
    const held = done(claim(readyCase(), A)).next
    const { next, events } = done(leave(held))
    expect(next).toMatchObject({
      state: 'withdrawn',
      version: 2,
      claimedBy: null,
      claimUntil: null,
    })
    expect(events.map(({ type }) => type)).toEqual(['case.left', 'case.withdrawn'])
    expect(codeOf(claim(next, A))).toBe('already')
    expect(codeOf(decide(next, A, declining))).toBe('already')
    expect(codeOf(decide(next, A, declining, {}, 1))).toBe('stale_version')
    expect(codeOf(join(next, { id: 'ntc_3' }))).toBe('already')
    expect(codeOf(transition(next, { type: 'flag', flag: 'notice_withdrawn' }, { at: NOW }))).toBe(
      'not_allowed',
    )
    const opened = transition(
      null,
      { type: 'open', notice: noticeFor() },
      {
        at: NOW,
        caseId: 'cas_2',
        targetKey: 'post:1',
        previous: next,
        grave: false,
        noView: false,
      },
    )
    expect(done(opened).next).toMatchObject({ round: 2, previousCaseId: 'cas_1' })
  })

  it('stays new while machine steps are under way', () => {
    const state: CaseRecord = { ...readyCase(), state: 'new' }
    expect(done(leave(state, counting({ id: 'ntc_2' }))).next.state).toBe('new')
  })

  it.each([
    ['decided', decidedCase],
    ['withdrawn', closed],
  ])('is refused on a %s case, as every such change', (_name, state) => {
    const results = [leave(state()), supplement(state()), replace(state()), ask(state())]
    expect(results.map(codeOf)).toEqual(results.map(() => 'already'))
  })
})

describe('a revision takes the place of a notice', () => {
  it('joins in one step; what is grave or no-view of it is so for the case, and takes the claim', () => {
    const held = done(claim(readyCase(), A)).next
    const { next, events } = done(replace(held))
    expect(next).toMatchObject({ version: 2, claimedBy: 'A', grave: false, noView: false })
    expect(events).toMatchObject([
      { type: 'case.left', noticeId: 'ntc_1', detail: { cause: 'superseded' } },
      { type: 'case.joined', noticeId: 'ntc_2', detail: { version: 2 } },
    ])
    const hidden = done(
      replace(held, noticeFor({ id: 'ntc_2' }), { grave: true, noView: true }),
    ).next
    expect(hidden).toMatchObject({ grave: true, noView: true, claimedBy: null, claimUntil: null })
  })

  it('brings its category, where no other notice says the old one', () => {
    const notice = noticeFor({ id: 'ntc_2', category: 'drug_ads' })
    expect(done(replace(readyCase(), notice)).next.category).toBe('drug_ads')
  })

  it.each([{ lane: 'agency' }, { form: 'public_order' }, { trial: 'test' }] as const)(
    'of another case is none: %j',
    (over) => {
      expect(codeOf(replace(readyCase(), noticeFor({ id: 'ntc_2', ...over })))).toBe('not_allowed')
    },
  )
})

it('a supplement bumps the version, drops opinions and ends the wait', () => {
  const waiting = { ...withOpinion(), allPausedAt: NOW - 5 }
  const { next, events } = done(supplement(waiting, counting()))
  expect(next).toMatchObject({ state: 'ready', version: 3, opinions: [], allPausedAt: null })
  expect(events).toMatchObject([
    { type: 'case.supplemented', detail: { version: 3, message: 'msg_1', opinionsDropped: 1 } },
  ])
})

describe('asking a sender', () => {
  it('pauses the case where all its notices wait, and changes no version', () => {
    const { next, events } = done(ask(readyCase()))
    expect(next).toEqual({ ...readyCase(), allPausedAt: NOW })
    expect(events).toMatchObject([
      { type: 'information.requested', noticeId: 'ntc_1', detail: { by: A, question: 'qst_1' } },
    ])
    const again = done(ask({ ...next, allPausedAt: NOW - 7 }))
    expect(again.next.allPausedAt).toBe(NOW - 7)
  })

  it('is for who may decide it, on an offered case that nobody else holds, once', () => {
    expect(codeOf(ask(readyCase(), { by: person('B', 'auditor') }))).toBe('not_allowed')
    expect(codeOf(ask(readyCase({ noView: true })))).toBe('not_allowed')
    expect(codeOf(ask({ ...readyCase(), state: 'new' }))).toBe('not_allowed')
    expect(codeOf(ask(done(claim(readyCase(), person('B'))).next))).toBe('claimed_by_other')
    expect(codeOf(ask(done(claim(readyCase(), A)).next))).toBe('ok')
    expect(codeOf(ask(readyCase(), { isAsked: true }))).toBe('already')
    expect(codeOf(ask(readyCase(), { all: [counting({ id: 'ntc_2' })] }))).toBe('already')
  })

  it('is for what is no trial, at a desk that sends', () => {
    for (const trial of TRIALS)
      expect(codeOf(ask({ ...readyCase(), trial })), trial).toBe('not_allowed')
    expect(codeOf(ask(readyCase(), { isObserving: true }))).toBe('not_allowed')
  })

  it('a notice that joins ends the wait and gives the place', () => {
    const waiting = done(ask(readyCase())).next
    const later = order(NOW + 50_000)
    expect(done(join(waiting, { id: 'ntc_2', order: later, position: 9 })).next).toMatchObject({
      allPausedAt: null,
      goalAt: NOW + 50_000,
      position: 9,
    })
  })
})

describe('where a case stands', () => {
  const early = counting({ id: 'ntc_1', order: order(NOW + 10), position: 3 })
  const late = counting({ id: 'ntc_2', order: order(NOW + 20), position: 4 })

  it('is the smallest place of the notices that wait for nobody', () => {
    expect(standingOf(readyCase(), facts(late, early))).toMatchObject({
      goalAt: NOW + 10,
      position: 3,
    })
    const paused = { ...early, pausedAt: NOW }
    expect(standingOf(readyCase(), facts(paused, late))).toMatchObject({
      goalAt: NOW + 20,
      position: 4,
      allPausedAt: null,
    })
    expect(standingOf(readyCase(), facts(paused, { ...late, pausedAt: NOW }))).toMatchObject({
      goalAt: NOW + 10,
      allPausedAt: NOW,
    })
  })

  it('is in front where life is at stake, whoever is asked: by table or by a mark', () => {
    const urgent = counting({ id: 'ntc_3', order: order(NOW + 99, 0), pausedAt: NOW })
    expect(standingOf(readyCase(), facts(urgent, late))).toMatchObject({
      band: 0,
      goalAt: NOW + 99,
      allPausedAt: null,
    })
    const marked = { ...readyCase(), band: 0 as const, band0Marked: true }
    expect(standingOf(marked, facts({ ...late, pausedAt: NOW }))).toMatchObject({
      band: 0,
      goalAt: NOW + 20,
      allPausedAt: null,
    })
  })

  it('falls back when the only urgent notice left, unless a person marked it', () => {
    const state: CaseRecord = { ...readyCase(), band: 0, goalAt: NOW - 1 }
    expect(standingOf(state, facts(late))).toMatchObject({ band: 1, goalAt: NOW + 20 })
    expect(standingOf({ ...state, band0Marked: true }, facts(late)).band).toBe(0)
  })

  it('stays as it is where nothing counts', () => {
    const state = readyCase()
    const { band, goalAt, position, category } = state
    expect(standingOf(state, facts())).toEqual({
      band,
      goalAt,
      position,
      category,
      allPausedAt: NOW,
    })
  })
})

it.each([
  [{}, undefined, 'received'],
  [{ caseId: 'cas_1' }, undefined, 'under_review'],
  [{ caseId: 'cas_1' }, 'under_review', 'under_review'],
  [{ caseId: 'cas_1', pausedAt: 1 }, undefined, 'information_requested'],
  [{ caseId: 'cas_1' }, 'information_requested', 'under_review'],
  [{ state: 'withdrawn' }, 'information_requested', 'withdrawn'],
  [{ state: 'superseded', caseId: 'cas_1' }, undefined, 'superseded'],
  [{ state: 'withdrawn', caseId: 'cas_1' }, 'deleted', 'deleted'],
  [{ caseId: 'cas_1', pausedAt: 1, trial: 'test' }, undefined, 'received'],
] as const)('a notice %j with the outcome %s stands as %s', (over, outcome, status) => {
  const notice = { state: 'live', caseId: null, pausedAt: null, trial: null, ...over } as const
  expect(noticeStatus(notice, outcome)).toBe(status)
})
