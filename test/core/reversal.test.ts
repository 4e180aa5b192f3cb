import { describe, expect, it } from 'vitest'
import { ACTION_KINDS, counterOf, type ActionKind } from '../../src/core/action-kind.ts'
import type { ActionRecord, ActionState } from '../../src/core/action.ts'
import { outcomeOfReversal } from '../../src/core/outcome-of-reversal.ts'
import { counterDraft, hasCounter, reversalEnd, reversalStep } from '../../src/core/reversal.ts'
import { action, NOW } from './case-builder.ts'

const original = (state: ActionState, kind: ActionKind = 'remove'): ActionRecord =>
  action({ id: 'act_1', state, kind, executedAt: state === 'executed' ? NOW : null })
const counter = (state: ActionState): ActionRecord =>
  action({ id: 'act_2', state, kind: 'restore', reverses: 'act_1', executedAt: NOW + 9 })

it('every kind that can be undone is undone by restoring, and no other', () => {
  const undone = (Object.keys(ACTION_KINDS) as ActionKind[]).filter((kind) => counterOf(kind))
  expect(undone).toContain('remove')
  for (const kind of Object.keys(ACTION_KINDS) as ActionKind[])
    expect(counterOf(kind), kind).toBe(ACTION_KINDS[kind].reversible ? 'restore' : null)
  for (const kind of ['warn_poster', 'user_advisory', 'terminate_account', 'restore'] as const)
    expect(counterOf(kind)).toBeNull()
})

describe('what is done about one action', () => {
  it.each<[ActionState, string]>([
    ['planned', 'cancel'],
    ['pending', 'cancel'],
    ['executing', 'wait'],
    ['executed', 'counter'],
    ['failed', 'leave'],
    ['cancelled', 'leave'],
    ['simulated', 'leave'],
    ['reversed', 'leave'],
  ])('%s: %s', (state, step) => {
    expect(reversalStep(original(state), [original(state)])).toBe(step)
  })

  it('nothing about a counter-action, and nothing that can’t be undone', () => {
    expect(reversalStep(counter('planned'), [original('executed'), counter('planned')])).toBe(
      'leave',
    )
    expect(reversalStep(original('executed', 'warn_poster'), [])).toBe('leave')
  })

  it.each<[ActionState, ActionState, string]>([
    ['executed', 'planned', 'leave'],
    ['executed', 'executed', 'leave'],
    ['executed', 'failed', 'counter'],
    ['executed', 'cancelled', 'counter'],
    ['cancelled', 'failed', 'counter'],
    ['cancelled', 'pending', 'leave'],
  ])('%s with a counter-action that is %s: %s', (state, other, step) => {
    const all = [original(state), counter(other)]
    expect(reversalStep(original(state), all)).toBe(step)
    expect(hasCounter(original(state), all)).toBe(step === 'leave')
  })

  it('a counter-action is one of its own, at once, and names what it undoes', () => {
    expect(counterDraft(original('executed'), 'dec_9', NOW)).toMatchObject({
      kind: 'restore',
      decisionId: 'dec_9',
      state: 'planned',
      notBefore: NOW,
      executedAt: null,
      reverses: 'act_1',
    })
    expect(counterDraft(original('executed', 'warn_poster'), 'dec_9', NOW)).toBeNull()
  })
})

it.each<[string, readonly ActionRecord[], string]>([
  ['no action', [], 'undone'],
  ['cancelled', [original('cancelled')], 'undone'],
  ['failed', [original('failed')], 'undone'],
  ['simulated', [original('simulated')], 'undone'],
  ['being carried out', [original('executing')], 'open'],
  ['what can’t be undone', [original('executed', 'warn_poster')], 'reversed'],
  ['waits for its counter-action', [original('executed'), counter('pending')], 'open'],
  ['its counter-action failed', [original('executed'), counter('failed')], 'open'],
  ['undone', [original('reversed'), counter('executed')], 'reversed'],
  ['at the second try', [original('reversed'), counter('failed')], 'reversed'],
  ['unknown, being undone', [original('cancelled'), counter('planned')], 'open'],
])('how far it has come: %s', (_what, all, end) => {
  expect(reversalEnd(all)).toBe(end)
})

describe('what senders are told', () => {
  const told = (...actions: ActionRecord[]): ReturnType<typeof outcomeOfReversal> =>
    outcomeOfReversal({ decision: { decidedAt: NOW + 5 }, actions })

  it('restored, as of when it was, without a word on measures or reasons', () => {
    expect(told(original('reversed'), counter('executed'))).toEqual({
      status: 'restored',
      asOf: NOW + 9,
      measures: [],
      declineReason: null,
    })
    expect(told(original('reversed'), { ...counter('executed'), executedAt: null }).asOf).toBe(
      NOW + 5,
    )
  })

  it('what stands is told as it stands', () => {
    expect(told(original('executed', 'warn_poster'))).toMatchObject({
      status: 'other_measure_taken',
      measures: ['warn_poster'],
    })
    expect(told(original('executed'))).toMatchObject({ status: 'deleted', measures: ['remove'] })
  })

  it('under review while it goes on, and where nothing was done', () => {
    const underReview = { status: 'under_review', asOf: NOW + 5, measures: [], declineReason: null }
    expect(told(original('executed'), counter('planned'))).toEqual(underReview)
    expect(told(original('cancelled'))).toEqual(underReview)
  })
})
