import { describe, expect, it } from 'vitest'
import { transition } from '../../../src/core/transition.ts'
import {
  acting,
  claim,
  claimAndDecide,
  codeOf,
  declining,
  done,
  join,
  newCase,
  NOW,
  noticeFor,
  person,
  readyCase,
} from '../case-builder.ts'

describe('open', () => {
  const facts = {
    at: NOW,
    caseId: 'cas_2',
    targetKey: 'post:1',
    grave: false,
    noView: false,
  } as const

  it('begins a new case with the place of its notice', () => {
    const { next, events, decision, actions } = done(
      transition(null, { type: 'open', notice: noticeFor() }, { ...facts, previous: null }),
    )
    expect(next).toMatchObject({
      id: 'cas_2',
      state: 'new',
      version: 1,
      round: 1,
      previousCaseId: null,
      band: 1,
      goalAt: NOW + 1_000,
      position: 7,
      claimedBy: null,
      decisionId: null,
    })
    expect(events).toMatchObject([
      { type: 'case.opened', noticeId: 'ntc_1', detail: { version: 1, round: 1 } },
    ])
    expect([decision, actions]).toEqual([null, []])
  })

  it('opens round n + 1 after a decided case, and only then', () => {
    const previous = done(claimAndDecide(readyCase(), person('A'), declining)).next
    const open = (state: typeof previous): ReturnType<typeof transition> =>
      transition(null, { type: 'open', notice: noticeFor() }, { ...facts, previous: state })
    expect(done(open(previous)).next).toMatchObject({ round: 2, previousCaseId: 'cas_1' })
    expect(codeOf(open(readyCase()))).toBe('already')
  })

  it('says nothing of the target or the sender in its event', () => {
    const result = transition(
      null,
      { type: 'open', notice: noticeFor() },
      { ...facts, previous: null },
    )
    expect(JSON.stringify(done(result).events)).not.toMatch(/post:1|tier/)
  })
})

describe('make_ready', () => {
  const make = (
    machineStepsDone: boolean,
    at: number,
    state = newCase(),
  ): ReturnType<typeof transition> =>
    transition(state, { type: 'make_ready', machineStepsDone }, { at, machineStepsMs: 60_000 })

  it('offers the case when the machine steps are done', () => {
    const { next, events } = done(make(true, NOW + 5))
    expect(next).toMatchObject({ state: 'ready', readyAt: NOW + 5, version: 1 })
    expect(events).toMatchObject([{ type: 'case.ready', detail: { cause: 'machine_steps_done' } }])
  })

  it('offers it after 60 s anyhow, not before', () => {
    expect(codeOf(make(false, NOW + 59_999))).toBe('not_allowed')
    expect(done(make(false, NOW + 60_000)).events).toMatchObject([
      { detail: { cause: 'waited_long_enough' } },
    ])
  })

  it('does so once', () => {
    expect(codeOf(make(true, NOW, readyCase()))).toBe('already')
  })
})

describe('join', () => {
  const earlier = { ...noticeFor().order, goalAt: NOW - 1 }

  it('bumps the version and can only bring the case forward', () => {
    const { next, events } = done(join(readyCase(), { id: 'ntc_2', order: earlier, position: 9 }))
    expect(next).toMatchObject({ version: 2, state: 'ready', goalAt: NOW - 1, position: 9 })
    expect(events).toMatchObject([
      { type: 'case.joined', noticeId: 'ntc_2', detail: { version: 2, opinionsDropped: 0 } },
    ])
    const later = { ...noticeFor().order, goalAt: NOW + 9_999 }
    expect(done(join(readyCase(), { id: 'ntc_2', order: later, position: 9 })).next).toMatchObject({
      goalAt: NOW + 1_000,
      position: 7,
    })
  })

  it('leaves a new case new', () => {
    expect(done(join(newCase(), { id: 'ntc_2' })).next.state).toBe('new')
  })

  it('drops opinions: they were given without it', () => {
    const waiting = done(
      claimAndDecide(readyCase({ grave: true }), person('A'), acting('remove')),
    ).next
    expect(waiting.state).toBe('awaiting_second')
    const { next, events } = done(join(waiting, { id: 'ntc_2' }))
    expect(next).toMatchObject({ state: 'ready', opinions: [], version: waiting.version + 1 })
    expect(events).toMatchObject([{ detail: { opinionsDropped: 1 } }])
    expect(codeOf(claim(next, person('A')))).toBe('ok')
  })

  it('makes the case grave or no-view with its notice, never the other way round', () => {
    const { next } = done(join(readyCase(), { id: 'ntc_2' }, { grave: true }))
    expect(next).toMatchObject({ grave: true, noView: false })
    expect(
      done(join(readyCase({ grave: true, noView: true }), { id: 'ntc_2' })).next,
    ).toMatchObject({
      grave: true,
      noView: true,
    })
  })

  it('keeps a claim, but takes a case that became no-view from whoever holds it', () => {
    const held = done(claim(readyCase(), person('A'))).next
    expect(done(join(held, { id: 'ntc_2' })).next.claimedBy).toBe('A')
    const toxic = done(join(held, { id: 'ntc_2' }, { noView: true })).next
    expect(toxic).toMatchObject({ claimedBy: null, claimUntil: null })
    const byChildSafety = done(claim(toxic, person('C', 'child_safety'))).next
    expect(done(join(byChildSafety, { id: 'ntc_3' }, { noView: true })).next.claimedBy).toBe('C')
  })

  it('law 6: joins no case of another form or lane', () => {
    expect(codeOf(join(readyCase(), { id: 'ntc_2', form: 'public_order' }))).toBe('not_allowed')
    expect(codeOf(join(readyCase(), { id: 'ntc_2', lane: 'agency' }))).toBe('not_allowed')
  })

  it('joins no decided case', () => {
    const decided = done(claimAndDecide(readyCase(), person('A'), declining)).next
    expect(codeOf(join(decided, { id: 'ntc_2' }))).toBe('already')
  })
})

describe('flag', () => {
  const flag = (
    state = newCase(),
    kind: 'action_failed' | 'late_result' = 'action_failed',
  ): ReturnType<typeof transition> => transition(state, { type: 'flag', flag: kind }, { at: NOW })
  const decided = done(claimAndDecide(readyCase(), person('A'), acting('remove'))).next

  it('asks a person again about a decided case, once for each reason', () => {
    const { next, events } = done(flag(decided))
    expect(next).toMatchObject({
      state: 'decided',
      flags: ['action_failed'],
      version: decided.version + 1,
    })
    expect(events).toMatchObject([
      { type: 'case.flagged', decisionId: 'dec_1', detail: { flag: 'action_failed' } },
    ])
    expect(codeOf(flag(next))).toBe('already')
    expect(done(flag(next, 'late_result')).next.flags).toEqual(['action_failed', 'late_result'])
  })

  it('has no meaning before a decision', () => {
    expect(codeOf(flag(readyCase()))).toBe('not_allowed')
  })
})
