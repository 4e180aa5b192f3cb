import { describe, expect, it } from 'vitest'
import { ACTION_KINDS, type ActionKind } from '../../src/core/action-kind.ts'
import type { ActionState } from '../../src/core/action.ts'
import type { Observation } from '../../src/core/notice.ts'
import { outcomeOf, type OutcomeFacts, type OutcomeQuery } from '../../src/core/outcome-of.ts'
import { INSIDE_REASONS, outwardAbsence, outwardReason } from '../../src/core/outward.ts'
import { OUTWARD_REASONS } from '../../src/core/outward-reasons.ts'

const RECEIVED = 1_000_000
const DECIDED = 2_000_000
const notice = { receivedAt: RECEIVED, observation: null, observedAt: null }

type Did = readonly [kind: ActionKind, state: ActionState, executedAt?: number]

function after(...did: readonly Did[]): OutcomeFacts {
  return outcomeOf({
    decision: {
      decidedAt: DECIDED,
      input: { actions: did.map(([kind]) => ({ kind })), alreadyGone: false, declineReason: null },
    },
    actions: did.map(([kind, state, executedAt = null], index) => ({
      id: `act_${index}` as const,
      kind,
      state,
      executedAt,
      reverses: null,
      endedAt: null,
    })),
    notice,
  })
}

function without(
  over: Partial<OutcomeQuery['decision']['input']>,
  seen: Partial<typeof notice> & object = {},
): OutcomeFacts {
  const input = { actions: [], alreadyGone: false, declineReason: null, ...over }
  return outcomeOf({
    decision: { decidedAt: DECIDED, input },
    actions: [],
    notice: { ...notice, ...seen },
  })
}

describe('measures that took effect', () => {
  it.each([
    ['remove', 'deleted'],
    ['disable_access', 'access_blocked'],
    ['geo_block_jp', 'access_blocked'],
    ['label_informational', 'other_measure_taken'],
    ['demonetize_item', 'other_measure_taken'],
    ['warn_poster', 'other_measure_taken'],
  ] as const)('%s is reported as %s', (kind, status) => {
    expect(after([kind, 'executed', DECIDED + 1])).toEqual({
      status,
      asOf: DECIDED + 1,
      measures: [kind],
      declineReason: null,
    })
  })

  it('one on the service is told without its name, as of the decision', () => {
    expect(after(['user_advisory', 'executed', DECIDED + 1])).toEqual({
      status: 'other_measure_taken',
      asOf: DECIDED,
      measures: [],
      declineReason: null,
    })
  })

  it('the strongest gives status, time and name', () => {
    const facts = after(
      ['warn_poster', 'executed', DECIDED + 9],
      ['remove', 'executed', DECIDED + 4],
      ['disable_access', 'executed', DECIDED + 6],
    )
    expect(facts).toMatchObject({ status: 'deleted', asOf: DECIDED + 4, measures: ['remove'] })
  })

  it('lesser ones are named together, as of the last', () => {
    const facts = after(
      ['label_informational', 'executed', DECIDED + 1],
      ['demonetize_item', 'executed', DECIDED + 2],
    )
    expect(facts).toMatchObject({
      asOf: DECIDED + 2,
      measures: ['label_informational', 'demonetize_item'],
    })
  })

  it('one that was taken back in time is no part of it', () => {
    expect(after(['remove', 'cancelled'], ['demote', 'executed', DECIDED + 1])).toMatchObject({
      status: 'other_measure_taken',
      measures: ['demote'],
    })
  })

  it('falls back to the time of the decision', () => {
    expect(after(['remove', 'executed']).asOf).toBe(DECIDED)
  })

  it('law 22: an account measure shows in no name and no time', () => {
    const account = (Object.keys(ACTION_KINDS) as ActionKind[]).filter(
      (kind) => ACTION_KINDS[kind].scope === 'account',
    )
    expect(account).toHaveLength(5)
    for (const kind of account) {
      const alone = after([kind, 'executed', DECIDED + 77])
      expect(alone).toEqual({
        status: 'other_measure_taken',
        asOf: DECIDED,
        measures: [],
        declineReason: null,
      })
      const beside = after(
        ['disable_access', 'executed', DECIDED + 2],
        [kind, 'executed', DECIDED + 77],
      )
      expect(beside).toEqual(after(['disable_access', 'executed', DECIDED + 2]))
    }
  })
})

describe('measures under way', () => {
  it.each(['planned', 'executing', 'pending'] as const)(
    '%s: under review, with what is decided',
    (state) => {
      expect(
        after(['remove', state], ['suspend_account', state], ['demote', 'executed', DECIDED + 1]),
      ).toEqual({
        status: 'under_review',
        asOf: DECIDED,
        measures: ['remove', 'demote'],
        declineReason: null,
      })
    },
  )

  it('failed for good: under review, and the failed one is not announced', () => {
    expect(after(['remove', 'failed'], ['demote', 'executed', DECIDED + 1])).toMatchObject({
      status: 'under_review',
      measures: ['demote'],
    })
  })

  it.each(['cancelled', 'reversed'] as const)(
    'all %s: under review, until a person decides',
    (state) => {
      expect(after(['remove', state])).toMatchObject({ status: 'under_review', measures: [] })
    },
  )
})

describe('no measure', () => {
  it('is reported with its reason', () => {
    expect(without({ declineReason: 'public_interest' })).toEqual({
      status: 'no_measure',
      asOf: DECIDED,
      measures: [],
      declineReason: 'public_interest',
    })
    expect(without({}).declineReason).toBe('unspecified')
  })

  it('has a status of its own where the item is not ours', () => {
    expect(without({ declineReason: 'not_administrator' })).toMatchObject({
      status: 'not_administrator',
      declineReason: 'not_administrator',
    })
  })

  it('law 21: no inside reason gets out', () => {
    for (const inside of Object.keys(INSIDE_REASONS)) {
      expect(outwardReason(inside)).toBe('unspecified')
      expect(JSON.stringify(without({ declineReason: inside }))).not.toContain(`"${inside}"`)
    }
    expect(Object.keys(OUTWARD_REASONS).filter((id) => id in INSIDE_REASONS)).toEqual([])
    expect(outwardReason('made up')).toBe('unspecified')
    expect(outwardReason('toString')).toBe('unspecified')
  })
})

describe('already gone', () => {
  const seen: readonly [string, Observation | null, number | null, string, number][] = [
    [
      'gone since before',
      { state: 'gone', since: RECEIVED - 1 },
      RECEIVED + 90_000,
      'gone_before_receipt',
      RECEIVED + 90_000,
    ],
    [
      'looked at within 60 s',
      { state: 'gone' },
      RECEIVED + 60_000,
      'gone_before_receipt',
      RECEIVED + 60_000,
    ],
    [
      'looked at later',
      { state: 'gone' },
      RECEIVED + 60_001,
      'gone_without_measure',
      RECEIVED + 60_001,
    ],
    [
      'gone since receipt',
      { state: 'gone', since: RECEIVED },
      RECEIVED + 60_001,
      'gone_without_measure',
      RECEIVED + 60_001,
    ],
    ['never looked at', { state: 'gone' }, null, 'gone_without_measure', DECIDED],
    ['present at receipt', { state: 'present' }, RECEIVED + 5, 'gone_without_measure', DECIDED],
    ['unknown', { state: 'unknown' }, RECEIVED + 5, 'not_located', RECEIVED + 5],
    ['unresolved', null, null, 'not_located', DECIDED],
  ]
  it.each(seen)('%s', (_name, observation, observedAt, status, asOf) => {
    const decision = {
      decidedAt: DECIDED,
      input: { actions: [], alreadyGone: true, declineReason: null },
    }
    const facts = outcomeOf({
      decision,
      actions: [],
      notice: { ...notice, observation, observedAt },
    })
    expect(facts).toEqual({ status, asOf, measures: [], declineReason: null })
  })

  it('law 21: is the same whoever took it down', () => {
    const by = ['poster', 'platform', 'other', undefined].map((who) =>
      outwardAbsence({
        receivedAt: RECEIVED,
        observation: {
          state: 'gone',
          since: RECEIVED - 5,
          ...(who === undefined ? {} : { by: who }),
        },
        observedAt: RECEIVED + 1,
      }),
    )
    expect(new Set(by.map((one) => JSON.stringify(one))).size).toBe(1)
  })
})

it('a measure whose end came is dated by what undid it, else by its end', () => {
  const ended = { kind: 'remove', state: 'reversed', executedAt: DECIDED + 1 } as const
  const facts = (undone: boolean): OutcomeFacts =>
    outcomeOf({
      decision: {
        decidedAt: DECIDED,
        input: { actions: [{ kind: 'remove' }], alreadyGone: false, declineReason: null },
      },
      actions: [
        { ...ended, id: 'act_1', reverses: null, endedAt: DECIDED + 5 },
        ...(undone
          ? ([
              {
                id: 'act_2',
                kind: 'restore',
                state: 'executed',
                executedAt: DECIDED + 9,
                reverses: 'act_1',
                endedAt: null,
              },
            ] as const)
          : []),
      ],
      notice,
    })
  expect(facts(true)).toMatchObject({ status: 'restored', asOf: DECIDED + 9 })
  expect(facts(false)).toMatchObject({ status: 'restored', asOf: DECIDED + 5 })
})
