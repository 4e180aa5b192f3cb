import { describe, expect, it } from 'vitest'
import type { ActionKind } from '../../../src/core/action-kind.ts'
import type { DecisionInput } from '../../../src/core/decision.ts'
import type { AcceptedFacts, Happening, Story } from '../../../src/core/statistics/story.ts'
import { tell } from '../../../src/core/statistics/told.ts'
import { HOUR, formatTime } from '../../../src/core/time.ts'

const T = Date.parse('2026-11-22T03:00:00.000Z')

const ACCEPTED: AcceptedFacts = {
  notice: 'ntc_1',
  received_at: formatTime(T),
  lane: 'voluntary_illegal',
  form: 'illegal_information',
  category: 'firearms',
  nature: 'voluntary_request',
  assurance: 'signed',
  sender_type: 'hotline_private',
  commission: null,
  provisions: ['A法1条', 'A法1条', 'B法2条'],
}

const DECLINED: DecisionInput = {
  actions: [],
  alreadyGone: false,
  ground: null,
  awarenessCause: 'hotline_request',
  weightGiven: 'none',
  senderFinding: null,
  contextConsidered: null,
  declineReason: 'unspecified',
  publicNote: null,
  internalNote: null,
}
const CLAUSE = { standard: 's', version: '1', clause: '1', kind: 'published_standard_clause' }
const REMOVED: DecisionInput = {
  ...DECLINED,
  declineReason: null,
  actions: [{ kind: 'remove' }],
  ground: { ...CLAUSE, provisions: ['B法2条'] },
}
const INTERIM: DecisionInput = { ...REMOVED, actions: [{ kind: 'remove', interim: true }] }
const GONE: DecisionInput = { ...DECLINED, alreadyGone: true, declineReason: null }

type Made = Extract<Happening, { readonly type: 'decision.made' }>['facts']

const made = (
  id: string,
  input: DecisionInput,
  more: Partial<Made> = {},
  at = T + HOUR,
): Happening => ({
  type: 'decision.made',
  at,
  caseId: 'cas_1',
  decisionId: id,
  facts: {
    noticeIds: ['ntc_1'],
    trial: null,
    mode: 'human',
    input,
    place: { lane: 'voluntary_illegal', form: 'illegal_information', category: 'firearms' },
    absent: {},
    ...more,
  },
})
const took = (
  decisionId: string,
  action: string,
  kind: ActionKind = 'remove',
  at = T + 2 * HOUR,
): Happening => ({
  type: 'action.executed',
  at,
  caseId: 'cas_1',
  decisionId,
  facts: { action, kind, executed_at: formatTime(at) },
})
const undone = (action: string): Happening => ({
  type: 'action.reversed',
  at: T + 4 * HOUR,
  caseId: 'cas_1',
  decisionId: 'dec_r',
  facts: { action },
})
const takenBack = (reverses: string, noticeIds = ['ntc_1']): Happening => ({
  type: 'decision.reversed',
  at: T + 3 * HOUR,
  caseId: 'cas_1',
  decisionId: 'dec_r',
  facts: { reverses, noticeIds },
})

const story = (happenings: readonly Happening[], more: Partial<Story> = {}): Story => ({
  accepted: ACCEPTED,
  acceptedAt: T,
  ids: new Set(['ntc_1']),
  isWithdrawn: false,
  assessed: null,
  opened: new Set(['cas_1']),
  happenings,
  ...more,
})

describe('what a notice has come to', () => {
  it.each([
    ['nothing yet', [], 'open'],
    ['a decline', [made('d', DECLINED)], 'no_measure'],
    ['a measure that is still to take effect', [made('d', REMOVED)], 'open'],
    ['a measure', [made('d', REMOVED), took('d', 'a')], 'measures'],
    ['a decline on trial', [made('d', DECLINED, { trial: 'observe' })], 'open'],
    ['a decision about others', [made('d', DECLINED, { noticeIds: ['ntc_2'] })], 'open'],
    [
      'gone before it came',
      [made('d', GONE, { absent: { ntc_1: 'gone_before_receipt' } })],
      'gone_before_receipt',
    ],
    [
      'gone since',
      [made('d', GONE, { absent: { ntc_1: 'gone_without_measure' } })],
      'gone_without_measure',
    ],
    ['not found', [made('d', GONE, { absent: { ntc_1: 'not_located' } })], 'gone_without_measure'],
    [
      'gone, but of another notice',
      [made('d', GONE, { absent: { ntc_2: 'gone_before_receipt' } })],
      'gone_without_measure',
    ],
    [
      'a measure that was undone',
      [made('d', REMOVED), took('d', 'a'), takenBack('d'), undone('a')],
      'no_measure',
    ],
    [
      'a measure that is being undone',
      [made('d', REMOVED), took('d', 'a'), takenBack('d')],
      'measures',
    ],
    [
      'a measure that came to its end',
      [made('d', REMOVED), took('d', 'a'), took('d', 'b', 'restore'), undone('a')],
      'measures',
    ],
    ['an interim measure', [made('i', INTERIM), took('i', 'a')], 'measures'],
    [
      'an interim measure that ended, with nothing decided',
      [made('i', INTERIM), took('i', 'a'), took('i', 'b', 'restore'), undone('a')],
      'open',
    ],
    [
      'an interim measure, then a decline',
      [made('i', INTERIM), took('i', 'a'), made('d', DECLINED), undone('a')],
      'no_measure',
    ],
    ['a decline that was taken back', [made('d', DECLINED), takenBack('d')], 'open'],
    [
      'a decline, then a measure',
      [made('d', DECLINED), takenBack('d'), made('e', REMOVED), took('e', 'a')],
      'measures',
    ],
    [
      'a measure that ended by itself',
      [made('d', REMOVED), took('d', 'a'), undone('a')],
      'measures',
    ],
    [
      'a decision that others took back',
      [made('d', DECLINED), takenBack('x', ['ntc_2'])],
      'no_measure',
    ],
    ['an effect of another decision', [took('x', 'a'), undone('a')], 'open'],
  ] as const)('%s', (_, happenings, result) => {
    expect(tell(story(happenings)).result).toBe(result)
  })

  it('what its sender took back waits no longer; what was decided before stays decided', () => {
    expect(tell(story([], { isWithdrawn: true })).result).toBe('withdrawn')
    expect(tell(story([made('d', DECLINED)], { isWithdrawn: true })).result).toBe('no_measure')
  })

  it('a revision is no further notice: what is decided on it is decided on the first', () => {
    const revised = { ids: new Set(['ntc_1', 'ntc_9']) }
    const decided = [made('d', REMOVED, { noticeIds: ['ntc_9'] }), took('d', 'a')]
    expect(tell(story(decided, revised))).toMatchObject({ result: 'measures', measures: [{}] })
  })
})

describe('by what it is counted', () => {
  it('by what it was when it came, and by its last decision', () => {
    const { of, lane, acted, declineReason } = tell(story([made('d', REMOVED), took('d', 'a')]))
    expect(of).toEqual({
      sender_type: ['hotline_private'],
      commission: ['none'],
      form: ['illegal_information'],
      category: ['firearms'],
      nature: ['voluntary_request'],
      assurance: ['signed'],
      provision_cited: ['A法1条', 'B法2条'],
      mode: ['human'],
      awareness_cause: ['hotline_request'],
      legal_result: ['none'],
    })
    expect({ lane, acted, declineReason }).toEqual({
      lane: 'voluntary_illegal',
      acted: 'transmission_prevention',
      declineReason: null,
    })
    const bare = { ...ACCEPTED, provisions: [], commission: '警察庁' }
    expect(tell(story([], { accepted: bare })).of).toMatchObject({
      provision_cited: ['none'],
      commission: ['警察庁'],
      mode: ['none'],
      awareness_cause: ['none'],
    })
  })

  it('under the procedure in which it was decided', () => {
    const place = { lane: 'legal_desk', form: 'illegal_information', category: 'other' } as const
    expect(tell(story([made('d', DECLINED, { place })])).lane).toBe('legal_desk')
  })

  it('as what a person took it for', () => {
    const assessed = { nature: 'court_order', lane: 'legal_desk' } as const
    const told = tell(story([], { assessed }))
    expect([told.lane, told.of.nature]).toEqual(['legal_desk', ['court_order']])
  })

  it('an order is complied with, contested or impossible, and never declined', () => {
    const legal = { result: 'contested', document: '令和8年(ヨ)1' } as const
    const told = tell(story([made('d', { ...DECLINED, legal })]))
    expect([told.of.legal_result, told.declineReason]).toEqual([['contested'], null])
  })

  it('no reason of the inside is told', () => {
    const input = { ...DECLINED, declineReason: 'poster_dispute_pending' }
    expect(tell(story([made('d', input)])).declineReason).toBe('unspecified')
    expect(tell(story([made('d', { ...DECLINED, declineReason: null })])).declineReason).toBe(
      'unspecified',
    )
    expect(
      tell(story([made('d', { ...DECLINED, declineReason: 'cannot_verify' })])).declineReason,
    ).toBe('cannot_verify')
  })
})

describe('measures', () => {
  const two = { ...REMOVED, actions: [{ kind: 'remove' }, { kind: 'demote' }] } as const

  it('are counted once, under the notice whose decision made them', () => {
    const both = { noticeIds: ['ntc_1', 'ntc_2'] }
    const happenings = [made('d', two, both), took('d', 'a'), took('d', 'b', 'demote')]
    expect(tell(story(happenings)).measures).toHaveLength(2)
    const second = tell(story(happenings, { ids: new Set(['ntc_2']) }))
    expect(second).toMatchObject({
      result: 'measures',
      acted: 'transmission_prevention',
      measures: [],
    })
  })

  it('are never the result of a notice that came later', () => {
    const earlier = [made('d', REMOVED, { noticeIds: ['ntc_0'] }), took('d', 'a')]
    const told = tell(story([...earlier, made('e', DECLINED)]))
    expect(told).toMatchObject({ result: 'no_measure', measures: [], acted: null })
    expect(told.times.take_effect).toBeNull()
  })

  it('say what they were, on what they rest, and whether they stand', () => {
    const place = {
      lane: 'voluntary_illegal',
      form: 'illegal_information',
      category: 'as_found',
    } as const
    const happenings = [
      made('d', { ...two, ground: CLAUSE }, { place }),
      took('d', 'a'),
      took('d', 'b', 'demote'),
      undone('b'),
    ]
    const [remove, demote] = tell(story(happenings)).measures
    expect(remove).toEqual({
      lane: 'voluntary_illegal',
      state: 'standing',
      of: {
        kind: ['remove'],
        transmission_prevention: ['yes'],
        sender_type: ['hotline_private'],
        category: ['as_found'],
        ground: ['published_standard_clause'],
        mode: ['human'],
        awareness_cause: ['hotline_request'],
        provision_found: ['none'],
        territory: ['everywhere'],
        interim: ['no'],
      },
    })
    expect(demote).toMatchObject({ state: 'ended', of: { transmission_prevention: ['no'] } })
    expect(
      tell(story([made('d', REMOVED), took('d', 'a')])).measures[0]?.of.provision_found,
    ).toEqual(['B法2条'])
    expect(
      tell(story([made('d', { ...two, ground: null }), took('d', 'b', 'demote')])),
    ).toMatchObject({
      acted: 'other_measure',
      measures: [{ of: { ground: ['none'] } }],
    })
  })

  it('are told apart by how they ended, where they hold and whether they were interim', () => {
    const taken = [made('d', REMOVED), took('d', 'a'), takenBack('d'), undone('a')]
    expect(tell(story(taken)).measures).toMatchObject([{ state: 'reversed' }])
    const expired: Happening = {
      type: 'action.expired',
      at: T + 4 * HOUR,
      caseId: 'cas_1',
      decisionId: 'd',
      facts: { action: 'a' },
    }
    const interim = { ...REMOVED, actions: [{ kind: 'remove' as const, interim: true as const }] }
    expect(tell(story([made('d', interim), took('d', 'a'), expired]))).toMatchObject({
      result: 'open',
      measures: [{ state: 'ended', of: { interim: ['yes'] } }],
    })
    const inPlaces = {
      ...REMOVED,
      actions: [
        { kind: 'demote' as const, territory: ['JP', 'US'] },
        { kind: 'geo_block_jp' as const },
      ],
    }
    const told = tell(
      story([made('d', inPlaces), took('d', 'a', 'demote'), took('d', 'b', 'geo_block_jp')]),
    )
    expect(told.measures.map(({ of }) => of.territory)).toEqual([['JP', 'US'], ['JP']])
  })

  it('a decision that was taken back is counted once, under the same notice', () => {
    const both = { noticeIds: ['ntc_1', 'ntc_2'] }
    const happenings = [made('d', DECLINED, both), takenBack('d', ['ntc_1', 'ntc_2'])]
    expect(tell(story(happenings)).changed).toBe(1)
    expect(tell(story(happenings, { ids: new Set(['ntc_2']) })).changed).toBe(0)
  })
})

describe('times', () => {
  it('count from arrival to the receipt, to the first decision, to the first effect', () => {
    const happenings = [
      made('d', DECLINED),
      takenBack('d'),
      made('e', REMOVED, {}, T + 5 * HOUR),
      took('e', 'b', 'remove', T + 9 * HOUR),
      took('e', 'a', 'remove', T + 7 * HOUR),
    ]
    expect(tell(story(happenings)).times).toEqual({
      acknowledge: 0,
      decide: HOUR,
      take_effect: 7 * HOUR,
    })
    const interim = [made('i', INTERIM), made('d', DECLINED, {}, T + 3 * HOUR)]
    expect(tell(story(interim)).times.decide).toBe(3 * HOUR)
    expect(tell(story([])).times).toEqual({ acknowledge: 0, decide: null, take_effect: null })
  })

  it('of a letter from the day of its arrival, not from when somebody typed it in', () => {
    const letter = { ...ACCEPTED, arrived_on: '2026-11-21' }
    // 22 November, noon in Japan.
    expect(tell(story([made('d', DECLINED)], { accepted: letter })).times).toMatchObject({
      acknowledge: 36 * HOUR,
      decide: 37 * HOUR,
    })
    expect(
      tell(story([], { accepted: { ...letter, arrived_on: 'some day' } })).times.acknowledge,
    ).toBe(0)
  })

  it('an effect that is dated before the notice took no time', () => {
    expect(
      tell(story([made('d', REMOVED), took('d', 'a', 'remove', T - HOUR)])).times.take_effect,
    ).toBe(0)
  })
})

describe('what happened beside', () => {
  const beside = <T extends Happening['type']>(
    type: T,
    facts: Extract<Happening, { readonly type: T }>['facts'],
    caseId = 'cas_1',
  ): Happening => ({ type, at: T, caseId, decisionId: null, facts }) as unknown as Happening

  it('is counted once, under the notice that opened the case', () => {
    const happenings = [
      beside('appeal.received', { by: 'poster' }),
      beside('appeal.received', {}),
      beside('appeal.received', { by: 'poster' }, 'cas_2'),
      beside('appeal.decided', { by: 'poster', result: 'changed' }),
      beside('appeal.decided', { by: 'poster', result: 'of_later_times' }, 'cas_2'),
      beside('influence.noted', { kind: 'date_demanded' }),
      beside('poster.postponed', {}),
    ]
    expect(tell(story(happenings)).aside).toEqual({
      objections: [
        ['poster', 2],
        ['sender', 0],
      ],
      influence: ['date_demanded'],
      postponed: 1,
    })
    expect(tell(story(happenings, { opened: new Set() })).aside).toEqual({
      objections: [],
      influence: [],
      postponed: 0,
    })
    expect(tell(story(happenings, { opened: new Set(['cas_2']) })).aside.objections).toEqual([
      ['poster', 0],
    ])
  })
})
