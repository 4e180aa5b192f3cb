import { describe, expect, it } from 'vitest'
import type { ActionState } from '../../src/core/action.ts'
import type { ActionRecord } from '../../src/core/action.ts'
import { expiryStep, holdsUp, isLeftOver, restsOnSame } from '../../src/core/expiry.ts'
import { outcomeOf } from '../../src/core/outcome-of.ts'
import { reversalStep } from '../../src/core/reversal.ts'
import { action, NOW } from './case-builder.ts'

const one = (over: Partial<ActionRecord> = {}): ActionRecord => action({ id: 'act_1', ...over })
const counter = (state: ActionState): ActionRecord =>
  action({ id: 'act_2', kind: 'restore', state, reverses: 'act_1' })
const step = (
  over: Partial<ActionRecord>,
  others: readonly ActionRecord[] = [],
  isHeld = false,
): string => expiryStep(one(over), [one(over), ...others], isHeld)

describe('the end of an action', () => {
  it.each([
    ['planned', 'cancel'],
    ['pending', 'cancel'],
    ['executing', 'wait'],
    ['executed', 'counter'],
    ['failed', 'leave'],
    ['cancelled', 'leave'],
    ['simulated', 'leave'],
    ['reversed', 'leave'],
  ] as const)('of one that is %s: %s', (state, expected) => {
    expect(step({ state })).toBe(expected)
    expect(step({ state, endedAt: NOW })).toBe('leave')
    expect(step({ state, reverses: 'act_9' })).toBe('leave')
  })

  it('keeps what another decision rests on, and leaves what is being undone', () => {
    expect(step({ state: 'executed' }, [], true)).toBe('keep')
    expect(step({ state: 'planned' }, [], true)).toBe('cancel')
    expect(step({ state: 'executed' }, [counter('planned')])).toBe('leave')
    expect(step({ state: 'executed' }, [counter('failed')])).toBe('counter')
  })

  it('leaves an effect over that another decision holds up, until that one goes', () => {
    const left = one({ state: 'executed', endedAt: NOW })
    expect(isLeftOver(left, [left])).toBe(true)
    expect(isLeftOver(one({ state: 'executed' }), [])).toBe(false)
    expect(isLeftOver(one({ state: 'cancelled', endedAt: NOW }), [])).toBe(false)
    expect(isLeftOver(left, [left, counter('planned')])).toBe(false)
    expect(reversalStep(left, [left])).toBe('leave')
    expect(reversalStep(left, [left, counter('failed')])).toBe('counter')
  })

  it('an action holds its effect up from its plan to its end', () => {
    const holding = (['planned', 'executing', 'pending', 'executed', 'failed'] as const).filter(
      (state) => holdsUp(one({ state })),
    )
    expect(holding).toEqual(['planned', 'executing', 'pending', 'executed'])
    expect(holdsUp(one({ state: 'executed', endedAt: NOW }))).toBe(false)
    expect(holdsUp(counter('executed'))).toBe(false)
  })

  it('two actions rest on the same where undoing one would undo the other', () => {
    const places = (...territory: string[]): ActionRecord => one({ terms: { territory } })
    expect(restsOnSame(one(), one())).toBe(true)
    expect(restsOnSame(one(), one({ kind: 'demote' }))).toBe(false)
    expect(restsOnSame(one(), places('JP'))).toBe(true)
    expect(restsOnSame(places('JP', 'US'), places('JP'))).toBe(true)
    expect(restsOnSame(places('JP'), places('JP', 'US'))).toBe(false)
    expect(restsOnSame(places('JP'), one())).toBe(false)
    expect(restsOnSame(one({ terms: { template: 'a' } }), one())).toBe(false)
  })
})

describe('what is told of measures that ended', () => {
  const outcome = (
    isInterim: boolean,
    ...actions: readonly ActionRecord[]
  ): Partial<ReturnType<typeof outcomeOf>> => {
    const own = actions.filter(({ reverses }) => reverses === null)
    const chosen = own.map(({ kind }) => (isInterim ? { kind, interim: true as const } : { kind }))
    const input = { actions: chosen, alreadyGone: false, declineReason: null }
    const notice = { receivedAt: 1, observation: null, observedAt: null }
    const { status, asOf, measures } = outcomeOf({
      decision: { decidedAt: NOW, input },
      actions,
      notice,
    })
    return { status, asOf: asOf - NOW, measures }
  }
  const blocked = one({ kind: 'disable_access', state: 'executed', executedAt: NOW + 1 })
  const undone = { ...counter('executed'), executedAt: NOW + 9 }

  it('all of them: restored; of interim ones: nothing is decided yet', () => {
    const ended = { ...blocked, state: 'reversed', endedAt: NOW + 8 } as const
    expect(outcome(false, ended, undone)).toEqual({ status: 'restored', asOf: 9, measures: [] })
    expect(outcome(true, ended, undone)).toEqual({ status: 'under_review', asOf: 9, measures: [] })
    // With the decision of another case, which held it up.
    expect(outcome(false, ended)).toEqual({ status: 'restored', asOf: 8, measures: [] })
  })

  it('some of them: what stands, as of that end', () => {
    const ended = one({ kind: 'demote', state: 'reversed', executedAt: NOW + 1, endedAt: NOW + 8 })
    const stands = { ...blocked, id: 'act_3' } as const
    const told = { status: 'access_blocked', asOf: 9, measures: ['disable_access'] }
    expect(outcome(false, ended, undone, stands)).toEqual(told)
  })

  it('while a counter-action is under way the measures aren’t final, nor is it a measure', () => {
    const told = { status: 'under_review', asOf: 0, measures: ['disable_access'] }
    expect(outcome(false, blocked, counter('planned'))).toEqual(told)
  })

  it('an interim measure by its name; one on an account without, nor when it ended', () => {
    const told = { status: 'interim_measure', asOf: 1, measures: ['disable_access'] }
    expect(outcome(true, blocked)).toEqual(told)
    const account = one({ kind: 'suspend_account', state: 'executed', executedAt: NOW + 1 })
    expect(outcome(true, account)).toEqual({ status: 'interim_measure', asOf: 0, measures: [] })
    const ended = { ...account, state: 'reversed', endedAt: NOW + 8 } as const
    expect(outcome(false, ended, undone)).toEqual({ status: 'restored', asOf: 0, measures: [] })
  })
})
