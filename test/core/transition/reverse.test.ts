import { describe, expect, it } from 'vitest'
import type { CaseRecord } from '../../../src/core/case.ts'
import type { DecidedBy, DecisionInput, DecisionRecord } from '../../../src/core/decision.ts'
import { transition } from '../../../src/core/transition.ts'
import type { TransitionResult } from '../../../src/core/transition/result.ts'
import type { ReverseFacts, ReverseInput } from '../../../src/core/transition/reverse-case.ts'
import {
  acting,
  action,
  claim,
  claimAndDecide,
  codeOf,
  decide,
  declining,
  done,
  noticeFor,
  NOW,
  person,
  readyCase,
} from '../case-builder.ts'

interface Decided {
  readonly state: CaseRecord
  readonly decision: DecisionRecord
}

function decided(
  input: DecisionInput = acting('remove'),
  setting: Parameters<typeof readyCase>[0] = {},
): Decided {
  let state = readyCase(setting)
  for (const name of setting.grave === true ? ['a', 'b'] : ['a']) {
    const made = done(claimAndDecide(state, person(name), input))
    if (made.decision !== null)
      return { state: made.next, decision: { ...made.decision, leafHash: 'l', entryIndex: 1 } }
    state = made.next
  }
  throw new Error('not decided')
}

const COUNTING = { ...noticeFor(), pausedAt: null }
const PLANNED = action({ id: 'act_1' })
const EXECUTED = action({ id: 'act_1', state: 'executed', attempt: 1, executedAt: NOW })

const reverse = (
  { state, decision }: Decided,
  facts: Partial<ReverseFacts> = {},
  command: Partial<ReverseInput> = {},
): TransitionResult =>
  transition(
    state,
    {
      type: 'reverse',
      by: person('c'),
      expectedVersion: state.version,
      reason: 'own_recheck',
      internalNote: 'n',
      ...command,
    },
    {
      at: NOW,
      decisionId: 'dec_2',
      decision,
      actions: [EXECUTED],
      heldElsewhere: new Set(),
      openRound: null,
      attached: [{ id: 'ntc_1', atVersion: 1 }],
      changes: [],
      counting: [COUNTING],
      band0GoalMs: 1,
      ...facts,
    },
  )

const told = (one: Decided, reported: DecisionRecord['reported'] = 'final'): Decided => ({
  ...one,
  decision: { ...one.decision, reported },
})

describe('a reversal', () => {
  it('is a decision of its own that plans a counter-action for what took effect', () => {
    const one = told(decided())
    const { next, decision, actions, events } = done(reverse(one))
    expect(next).toMatchObject({ state: 'reversing', decisionId: 'dec_2', claimedBy: null })
    expect(next.version).toBe(one.state.version + 1)
    expect(decision).toMatchObject({
      id: 'dec_2',
      reverses: 'dec_1',
      replaces: null,
      reversalReason: 'own_recheck',
      by: [person('c')],
      mode: 'human',
      noticeIds: ['ntc_1'],
      reported: 'under_review',
      input: { actions: [], ground: null, publicNote: null, internalNote: 'n' },
    })
    expect(actions).toMatchObject([{ kind: 'restore', reverses: 'act_1', state: 'planned' }])
    expect(events).toMatchObject([
      {
        type: 'decision.reversed',
        decisionId: 'dec_2',
        detail: {
          version: one.state.version,
          reverses: 'dec_1',
          cancelled: [],
          waitsFor: [],
          counters: [{ kind: 'restore', reverses: 'act_1' }],
        },
      },
    ])
  })

  it('cancels what is planned or pending, and waits for what is being carried out', () => {
    const actions = [
      action({ id: 'act_1', state: 'executing' }),
      action({ id: 'act_2', kind: 'demote' }),
      action({ id: 'act_3', kind: 'ad_stop', state: 'pending' }),
    ]
    const { next, events } = done(reverse(decided(), { actions }))
    expect(next.state).toBe('reversing')
    expect(events[0]).toMatchObject({
      detail: { cancelled: ['act_2', 'act_3'], waitsFor: ['act_1'] },
    })
  })

  it('goes on without what can’t be undone', () => {
    const actions = [action({ id: 'act_1', kind: 'warn_poster', state: 'executed' })]
    const reversed = done(reverse(told(decided()), { actions }))
    expect(reversed.next.state).toBe('reversed')
    expect(reversed.actions).toEqual([])
    expect(reversed.events.map(({ type }) => type)).toEqual(['decision.reversed', 'case.reversed'])
  })

  it('leaves what the decision of another case rests on too', () => {
    const facts = { heldElsewhere: new Set(['act_1'] as const) }
    const { next, actions } = done(reverse(told(decided()), facts))
    expect([next.state, actions]).toEqual(['reversed', []])
  })

  it('is made in the version that was seen, by who may, and not over another person’s claim', () => {
    const one = told(decided())
    expect(codeOf(reverse(one, {}, { by: person('x', 'auditor') }))).toBe('not_allowed')
    expect(codeOf(reverse(one, {}, { expectedVersion: 1 }))).toBe('stale_version')
    expect(codeOf(reverse(one, { decision: null }))).toBe('not_allowed')
    const hidden = { ...one, state: { ...one.state, noView: true } }
    expect(codeOf(reverse(hidden))).toBe('not_allowed')
    const held: CaseRecord = { ...one.state, claimedBy: 'x', claimUntil: NOW + 1 }
    expect(codeOf(reverse({ ...one, state: held }))).toBe('claimed_by_other')
    expect(codeOf(reverse({ ...one, state: held }, {}, { by: person('x') }))).toBe('ok')
  })

  it('only of a decision that stands', () => {
    const one = told(decided())
    expect(codeOf(reverse({ ...one, state: readyCase() }))).toBe('not_allowed')
    for (const state of ['reversing', 'reversed', 'merged'] as const)
      expect(codeOf(reverse({ ...one, state: { ...one.state, state } }))).toBe('already')
  })

  it('is asked for again after a counter-action failed for good', () => {
    const one = told(decided())
    const first = done(reverse(one))
    const state: CaseRecord = { ...first.next, flags: ['action_failed'] }
    const decision = { ...first.decision!, leafHash: 'm', entryIndex: 2 }
    const failed = action({ id: 'act_2', kind: 'restore', state: 'failed', reverses: 'act_1' })
    const facts = { decisionId: 'dec_3', actions: [EXECUTED, failed] } as const
    const again = done(reverse({ state, decision }, facts))
    expect(again.decision).toMatchObject({ reverses: 'dec_1', replaces: 'dec_2' })
    expect(again.actions).toMatchObject([{ reverses: 'act_1', decisionId: 'dec_3' }])
    expect(again.next.flags).toEqual([])
  })
})

describe('取り消す: as long as nothing has begun and nobody was told', () => {
  it.each<[string, DecisionInput, readonly (typeof PLANNED)[]]>([
    ['a measure', acting('remove'), [PLANNED]],
    ['no measure', declining, []],
  ])('%s: the case waits for its decision again', (_what, input, actions) => {
    const one = decided(input)
    const { next, decision, events } = done(reverse(one, { actions }))
    expect(next).toMatchObject({ state: 'ready', opinions: [], flags: [], claimedBy: null })
    expect(decision?.reported).toBe('nothing')
    expect(events.map(({ type }) => type)).toEqual(['decision.reversed', 'case.ready'])
    const anew = done(claimAndDecide(next, person('a'), declining, { decisionId: 'dec_3' }))
    expect(anew.decision).toMatchObject({ replaces: 'dec_2', reverses: null })
  })

  it('what is on trial is taken back on trial', () => {
    const { state, decision } = decided()
    const actions = [action({ id: 'act_1', state: 'simulated' })]
    const reversal = done(
      reverse({ state, decision: { ...decision, trial: 'observe' } }, { actions }),
    )
    expect([reversal.next.state, reversal.decision?.trial]).toEqual(['ready', 'observe'])
  })

  it('also where an earlier decision’s measures were cancelled', () => {
    const actions = [PLANNED, action({ id: 'act_2', kind: 'demote', state: 'cancelled' })]
    expect(done(reverse(decided(), { actions })).next.state).toBe('ready')
  })

  it('goes into the round that is open by then', () => {
    const { next } = done(reverse(decided(), { actions: [PLANNED], openRound: 'cas_2' }))
    expect(next).toMatchObject({ state: 'merged', mergedInto: 'cas_2' })
  })

  it('what was withdrawn meanwhile needs no decision', () => {
    const { next, events } = done(reverse(decided(), { actions: [PLANNED], counting: [] }))
    expect(next.state).toBe('withdrawn')
    expect(events.map(({ type }) => type)).toEqual(['decision.reversed', 'case.withdrawn'])
  })

  it('stands where its notices stand by now', () => {
    const { order } = COUNTING
    const counting = [{ ...COUNTING, order: { ...order, goalAt: NOW + 77 }, position: 9 }]
    const { next } = done(reverse(decided(), { actions: [PLANNED], counting }))
    expect(next).toMatchObject({ goalAt: NOW + 77, position: 9 })
  })

  it('one person does it, also where two decided: nothing is decided by it', () => {
    const one = decided(acting('remove'), { grave: true })
    expect(done(reverse(one, { actions: [PLANNED] })).next.state).toBe('ready')
  })

  it('a decline that was told is under review again', () => {
    const { next, decision } = done(reverse(told(decided(declining)), { actions: [] }))
    expect([next.state, decision?.reported]).toEqual(['ready', 'under_review'])
  })
})

describe('where two people decided', () => {
  const by = (name: string): { by: DecidedBy } => ({ by: person(name) })
  const one = told(decided(acting('remove'), { grave: true }))

  it('two reverse', () => {
    const asked = done(reverse(one, {}, by('c')))
    expect(asked.next).toMatchObject({
      state: 'decided',
      version: one.state.version + 1,
      reversalAsked: { by: person('c'), at: NOW, reason: 'own_recheck', internalNote: 'n' },
    })
    expect([asked.decision, asked.actions]).toEqual([null, []])
    expect(asked.events).toMatchObject([{ type: 'reversal.asked', detail: by('c') }])
    const waiting = { ...one, state: asked.next }
    expect(codeOf(reverse(waiting, {}, by('c')))).toBe('second_person_needed')
    const { decision, next } = done(reverse(waiting, {}, by('d')))
    expect(decision).toMatchObject({
      mode: 'human_two_person',
      by: [person('c'), person('d')],
    })
    expect(next.reversalAsked).toBeNull()
  })

  it('what happens in between makes the first one ask again', () => {
    const asked = done(reverse(one, {}, by('c'))).next
    const flagged = done(transition(asked, { type: 'flag', flag: 'late_result' }, { at: NOW })).next
    expect(flagged.reversalAsked).toBeNull()
  })
})

describe('the end of a reversal', () => {
  const reversing = done(reverse(told(decided()))).next
  const end = (
    state: CaseRecord,
    how: 'open' | 'undone' | 'reversed',
    openRound: CaseRecord['id'] | null = null,
  ): TransitionResult =>
    transition(
      state,
      { type: 'end_reversal', end: how },
      { at: NOW, openRound, counting: [COUNTING], band0GoalMs: 1 },
    )

  it('the case rests, is open again, or goes into its open round', () => {
    expect(done(end(reversing, 'reversed')).next.state).toBe('reversed')
    expect(done(end(reversing, 'undone')).next.state).toBe('ready')
    expect(done(end(reversing, 'undone', 'cas_2')).next).toMatchObject({
      state: 'merged',
      mergedInto: 'cas_2',
    })
    expect(codeOf(end(reversing, 'open'))).toBe('not_allowed')
    expect(codeOf(end(decided().state, 'reversed'))).toBe('not_allowed')
  })

  it('a reversed case may be decided anew; one that is being reversed only after a failure', () => {
    const { next } = done(end(reversing, 'reversed'))
    expect(codeOf(claimAndDecide(next, person('a'), acting('demote')))).toBe('ok')
    expect(codeOf(claim(reversing, person('a')))).toBe('already')
    const claimed: CaseRecord = { ...reversing, claimedBy: 'a', claimUntil: NOW + 1 }
    expect(codeOf(decide(claimed, person('a'), declining))).toBe('already')
    const failed: CaseRecord = { ...reversing, flags: ['action_failed'] }
    expect(codeOf(claimAndDecide(failed, person('a'), declining))).toBe('ok')
  })

  it('a person is asked to look again while it goes on, and afterwards', () => {
    for (const state of [reversing, done(end(reversing, 'reversed')).next])
      expect(codeOf(transition(state, { type: 'flag', flag: 'late_result' }, { at: NOW }))).toBe(
        'ok',
      )
  })
})
