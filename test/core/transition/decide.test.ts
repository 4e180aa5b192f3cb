import { describe, expect, it } from 'vitest'
import { ACTION_KINDS, type ActionKind } from '../../../src/core/action-kind.ts'
import type { CaseRecord } from '../../../src/core/case.ts'
import type { DecisionInput } from '../../../src/core/decision.ts'
import { INSIDE_REASONS } from '../../../src/core/outward.ts'
import { OUTWARD_REASONS } from '../../../src/core/outward-reasons.ts'
import { transition } from '../../../src/core/transition.ts'
import { ERRORS } from '../../../src/errors/madoguchi-error.ts'
import {
  acting,
  attachedOne,
  claim,
  claimAndDecide,
  codeOf,
  decide,
  declining,
  done,
  goneAlready,
  ground,
  join,
  LEASE,
  NOW,
  newCase,
  person,
  readyCase,
  standard,
  UNDO,
} from '../case-builder.ts'

const A = person('A')
const held = done(claim(readyCase(), A)).next
const publicOrder = readyCase({ notice: { form: 'public_order', lane: 'voluntary_public_order' } })

describe('a decision', () => {
  it('to act plans its measures in order, none inside the undo window', () => {
    const input: DecisionInput = {
      ...acting('remove'),
      actions: [{ kind: 'remove' }, { kind: 'warn_poster', notBefore: NOW + 2 * UNDO }],
    }
    const { next, events, decision, actions } = done(decide(held, A, input))
    expect(next).toMatchObject({
      state: 'decided',
      version: 2,
      decisionId: 'dec_1',
      claimedBy: null,
      claimUntil: null,
      assessedAt: NOW,
    })
    expect(decision).toEqual({
      id: 'dec_1',
      caseId: 'cas_1',
      trial: null,
      noticeIds: ['ntc_1'],
      mode: 'human',
      policy: null,
      by: [A],
      decidedAt: NOW,
      input,
      replaces: null,
      reverses: null,
      reversalReason: null,
      reported: 'nothing',
    })
    expect(
      actions.map(({ kind, position, notBefore, state }) => [kind, position, notBefore, state]),
    ).toEqual([
      ['remove', 0, NOW + UNDO, 'planned'],
      ['warn_poster', 1, NOW + 2 * UNDO, 'planned'],
    ])
    expect(events).toMatchObject([
      {
        type: 'decision.made',
        decisionId: 'dec_1',
        detail: { version: 1, mode: 'human', by: [A] },
      },
    ])
  })

  it('law 5: to decline takes the same steps and no reason', () => {
    const { next, decision, actions, events } = done(decide(held, A, declining))
    expect(next.state).toBe('decided')
    expect(decision?.input).toEqual({ ...declining, declineReason: 'unspecified' })
    expect(actions).toEqual([])
    expect(events.map(({ type }) => type)).toEqual(['decision.made'])
    const grounded = { ...declining, ground, declineReason: 'public_interest' }
    expect(done(decide(held, A, grounded)).decision?.input).toEqual(grounded)
  })

  it('that nothing was left assesses nothing and needs no ground', () => {
    const { next, decision } = done(decide(held, A, goneAlready))
    expect(next).toMatchObject({ state: 'decided', assessedAt: null })
    expect(decision?.input).toMatchObject({ alreadyGone: true, ground: null, declineReason: null })
  })

  it('covers exactly the notices attached at its version', () => {
    const joined = done(join(held, { id: 'ntc_2' })).next
    const attached = [attachedOne, { ...attachedOne, id: 'ntc_2', atVersion: 2 } as const]
    expect(decide(joined, A, declining, { attached }, 1)).toEqual({
      ok: false,
      refusal: {
        code: 'stale_version',
        difference: {
          version: 2,
          state: 'ready',
          noticesSince: ['ntc_2'],
          withdrawnSince: [],
          supersededSince: [],
          supplementsSince: [],
        },
      },
    })
    expect(done(decide(joined, A, declining, { attached })).decision?.noticeIds).toEqual([
      'ntc_1',
      'ntc_2',
    ])
    expect(codeOf(decide(joined, A, declining, { attached }, 3))).toBe('stale_version')
  })
})

describe('a decision is refused', () => {
  it('without a live claim of one’s own', () => {
    expect(codeOf(decide(readyCase(), A, declining))).toBe('not_claimed')
    expect(codeOf(decide(held, A, declining, { at: NOW + LEASE }))).toBe('not_claimed')
    expect(decide(held, person('B'), declining)).toEqual({
      ok: false,
      refusal: { code: 'claimed_by_other', claimUntil: NOW + LEASE },
    })
  })

  it('on a case that was withdrawn: a change for who looked at an older version', () => {
    const withdrawn: CaseRecord = { ...held, state: 'withdrawn', version: 3 }
    const changes = [
      { atVersion: 1, kind: 'superseded', id: 'ntc_8' },
      { atVersion: 2, kind: 'supplement', id: 'msg_1' },
      { atVersion: 2, kind: 'superseded', id: 'ntc_9' },
      { atVersion: 3, kind: 'withdrawn', id: 'ntc_1' },
    ] as const
    expect(codeOf(decide(withdrawn, A, declining, { changes }))).toBe('already')
    expect(decide(withdrawn, A, declining, { changes }, 1)).toMatchObject({
      refusal: {
        code: 'stale_version',
        difference: {
          state: 'withdrawn',
          withdrawnSince: ['ntc_1'],
          supersededSince: ['ntc_9'],
          supplementsSince: ['msg_1'],
        },
      },
    })
  })

  it('on a new or decided case', () => {
    expect(codeOf(decide(newCase(), A, declining))).toBe('not_allowed')
    const decided = done(decide(held, A, declining)).next
    expect(codeOf(decide(decided, A, declining))).toBe('already')
    const late = done(transition(decided, { type: 'flag', flag: 'late_result' }, { at: NOW })).next
    expect(codeOf(claimAndDecide(late, A, declining))).toBe('already')
  })

  it('to whoever may not decide', () => {
    for (const role of ['auditor', 'integrator', 'admin'] as const)
      expect(codeOf(decide(held, person('A', role), declining))).toBe('not_allowed')
  })

  const refusals: readonly [string, CaseRecord, DecisionInput, string][] = [
    ['a measure without a ground', held, { ...acting('remove'), ground: null }, 'ground_missing'],
    [
      'a clause not in force',
      held,
      { ...acting('remove'), ground: { ...ground, clause: '9' } },
      'clause_not_in_force',
    ],
    ['restoring', held, acting('restore'), 'not_allowed'],
    ['a renewed verification', held, acting('require_reverification'), 'not_allowed'],
    [
      'an inside reason',
      held,
      { ...declining, declineReason: 'poster_dispute_pending' },
      'decline_reason_not_outward',
    ],
    [
      'a reason beside a measure',
      held,
      { ...acting('remove'), declineReason: 'unspecified' },
      'invalid_input',
    ],
    ['the same measure twice', held, acting('remove', 'remove'), 'invalid_input'],
    [
      'gone and a measure',
      held,
      { ...goneAlready, actions: [{ kind: 'remove' }] },
      'invalid_input',
    ],
    ['gone and a ground', held, { ...goneAlready, ground }, 'invalid_input'],
    ['gone and a reason', held, { ...goneAlready, declineReason: 'unspecified' }, 'invalid_input'],
    [
      'a time that is none',
      held,
      { ...acting('remove'), actions: [{ kind: 'remove', notBefore: 0.5 }] },
      'invalid_input',
    ],
    [
      'a kind of measure that is none',
      held,
      { ...acting('remove'), actions: [{ kind: 'arrest' as ActionKind }] },
      'invalid_input',
    ],
  ]
  it.each(refusals)('for %s', (_name, state, input, code) => {
    expect(codeOf(decide(state, A, input))).toBe(code)
    expect(ERRORS).toHaveProperty(code)
  })

  it('with the members that are wrong', () => {
    expect(
      decide(held, A, { ...goneAlready, ...acting('remove', 'remove'), alreadyGone: true }),
    ).toEqual({
      ok: false,
      refusal: {
        code: 'invalid_input',
        errors: [
          { pointer: '/actions/1/kind', keyword: 'uniqueItems' },
          { pointer: '/actions', keyword: 'maxItems' },
          { pointer: '/ground', keyword: 'const' },
        ],
      },
    })
  })

  it('law 21: for every inside reason, while every outward one passes', () => {
    for (const declineReason of Object.keys(INSIDE_REASONS))
      expect(codeOf(decide(held, A, { ...declining, declineReason }))).toBe(
        'decline_reason_not_outward',
      )
    for (const declineReason of Object.keys(OUTWARD_REASONS))
      expect(codeOf(decide(held, A, { ...declining, declineReason }))).toBe('ok')
  })

  it('for a clause that ended the day before in Japan', () => {
    const standards = [{ ...standard, endsOn: '2026-11-22' }]
    const lastMoment = Date.parse('2026-11-22T14:59:59.999Z')
    const until = (at: number): string =>
      codeOf(claimAndDecide(readyCase(), A, acting('remove'), { at, standards }))
    expect(until(lastMoment)).toBe('ok')
    expect(until(lastMoment + 1)).toBe('clause_not_in_force')
  })
})

describe('on the public-order form', () => {
  it('law 6: an illegality ground ends no case, whether with a measure or none', () => {
    const illegal = { ...ground, kind: 'illegal_own_assessment' }
    for (const input of [acting('remove'), declining])
      expect(codeOf(claimAndDecide(publicOrder, A, { ...input, ground: illegal }))).toBe(
        'ground_not_for_form',
      )
    expect(codeOf(decide(held, A, { ...acting('remove'), ground: illegal }))).toBe('ok')
  })

  it.each(['none', 'considered', 'relied_after_own_check', 'relied_without_own_check'] as const)(
    'the weight %s follows the guideline',
    (weightGiven) => {
      const input = { ...acting('remove'), weightGiven }
      expect(codeOf(decide(held, A, input))).toBe('ok')
      const relies = weightGiven.startsWith('relied')
      expect(codeOf(claimAndDecide(publicOrder, A, input))).toBe(
        relies ? 'weight_not_for_form' : 'ok',
      )
    },
  )
})

describe('asked as server administrator or IP holder', () => {
  const codes = (
    ...roles: readonly ('site_administrator' | 'server_administrator' | 'ip_holder')[]
  ): string[] =>
    (['remove', 'suspend_account', 'user_advisory'] as const).map((kind) => {
      const attached = roles.map((addresseeRole) => ({ ...attachedOne, addresseeRole }))
      return codeOf(decide(held, A, acting(kind), { attached }))
    })

  it('only the item can be measured', () => {
    const onlyItem = ['ok', 'measure_too_wide', 'measure_too_wide']
    expect(codes('server_administrator')).toEqual(onlyItem)
    expect(codes('ip_holder', 'server_administrator')).toEqual(onlyItem)
  })

  it('unless a notice addresses the site’s administrator too', () => {
    expect(codes('site_administrator')).toEqual(['ok', 'ok', 'ok'])
    expect(codes('ip_holder', 'site_administrator')).toEqual(['ok', 'ok', 'ok'])
    expect(codes()).toEqual(['ok', 'ok', 'ok'])
  })
})

it('takes every other kind of measure', () => {
  const kinds = Object.keys(ACTION_KINDS) as ActionKind[]
  const refusedKinds = kinds.filter((kind) => codeOf(decide(held, A, acting(kind))) !== 'ok')
  // The first needs more than a kind: the basis of the label. The second is a policy's alone (law 9).
  expect(refusedKinds).toEqual([
    'label_ai_generated',
    'label_police_warning',
    'require_reverification',
    'restore',
  ])
})

describe('after an action failed for good', () => {
  const decided = done(decide(held, A, acting('remove'))).next
  const failed = done(
    transition(decided, { type: 'flag', flag: 'action_failed' }, { at: NOW }),
  ).next

  it('the case is decided anew, replacing', () => {
    const { next, decision } = done(
      claimAndDecide(failed, A, acting('disable_access'), { decisionId: 'dec_2' }),
    )
    expect(next).toMatchObject({ state: 'decided', flags: [], decisionId: 'dec_2' })
    expect(decision).toMatchObject({ id: 'dec_2', replaces: 'dec_1' })
  })

  it('a grave one stays decided while it waits for the second person', () => {
    const once = done(
      claimAndDecide({ ...failed, grave: true }, A, declining, { decisionId: 'dec_2' }),
    )
    expect(once.next).toMatchObject({
      state: 'decided',
      decisionId: 'dec_1',
      flags: ['action_failed'],
    })
    expect(once.decision).toBeNull()
    const twice = claimAndDecide(once.next, person('B'), declining, { decisionId: 'dec_2' })
    expect(done(twice).decision).toMatchObject({ replaces: 'dec_1', mode: 'human_two_person' })
  })

  it('a further flag drops an opinion that did not know of it', () => {
    const once = done(claimAndDecide({ ...failed, grave: true }, A, declining)).next
    expect(once.opinions).toHaveLength(1)
    const flagged = done(transition(once, { type: 'flag', flag: 'late_result' }, { at: NOW })).next
    expect(flagged.opinions).toEqual([])
  })
})
