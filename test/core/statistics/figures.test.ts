import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  figuresOf,
  type Figures,
  type Table,
  type Unit,
} from '../../../src/core/statistics/figures.ts'
import { SMALLEST } from '../../../src/core/statistics/small-cells.ts'
import { Tally } from '../../../src/core/statistics/tally.ts'
import { RESULTS, type ToldMeasure, type ToldNotice } from '../../../src/core/statistics/told.ts'
import { MINUTE } from '../../../src/core/time.ts'

const MEASURE: ToldMeasure = {
  lane: 'voluntary_illegal',
  state: 'standing',
  of: {
    kind: ['remove'],
    transmission_prevention: ['yes'],
    sender_type: ['hotline_private'],
    category: ['firearms'],
    ground: ['tos_clause'],
    mode: ['human'],
    awareness_cause: ['hotline_request'],
    provision_found: ['none'],
    territory: ['everywhere'],
    interim: ['no'],
  },
}

const told = (more: Partial<ToldNotice> = {}, of: Partial<ToldNotice['of']> = {}): ToldNotice => ({
  lane: 'voluntary_illegal',
  result: 'open',
  acted: null,
  declineReason: null,
  measures: [],
  changed: 0,
  aside: { objections: [], influence: [], postponed: 0 },
  times: { acknowledge: 0, decide: null, take_effect: null },
  ...more,
  of: {
    sender_type: ['hotline_private'],
    commission: ['none'],
    form: ['illegal_information'],
    category: ['firearms'],
    nature: ['voluntary_request'],
    assurance: ['signed'],
    provision_cited: ['none'],
    mode: ['none'],
    awareness_cause: ['none'],
    legal_result: ['none'],
    ...of,
  },
})

const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value)
const figures = (notices: readonly ToldNotice[], commissionedIsPublicBody = false): Figures => {
  const tally = new Tally({ commissionedIsPublicBody })
  for (const notice of notices) tally.add(notice)
  return figuresOf(tally)
}
const tableBy = (unit: Unit | null | undefined, by: string): Table | undefined =>
  unit?.tables.find((table) => table.by === by)

describe('figures', () => {
  it('stand in two tables: notices by what they have come to, measures by what they were', () => {
    const acted = told({
      result: 'measures',
      acted: 'transmission_prevention',
      measures: [MEASURE, MEASURE],
    })
    const [lane] = figures([
      ...times(6, acted),
      ...times(5, told({ result: 'no_measure', declineReason: 'unspecified' })),
      ...times(7, told({ result: 'gone_before_receipt' }, { category: ['drugs'] })),
    ]).lanes
    expect(lane?.notices).toMatchObject({
      total: 18,
      columns: RESULTS.map((result) => [result]),
      counts: [0, 0, 7, 0, 6, 5],
    })
    expect(tableBy(lane?.notices, 'category')).toMatchObject({
      rows: [
        { value: 'firearms', counts: [0, 0, 0, 0, 6, 5] },
        { value: 'drugs', counts: [0, 0, 7, 0, 0, 0] },
      ],
      merged: null,
    })
    expect(lane?.measures).toMatchObject({
      total: 12,
      columns: [['standing'], ['ended'], ['reversed']],
      counts: [12, 0, 0],
    })
    expect(tableBy(lane?.measures, 'kind')?.rows).toEqual([{ value: 'remove', counts: [12, 0, 0] }])
    expect(lane?.declines?.rows).toEqual([{ value: 'unspecified', counts: [5] }])
  })

  it('of fewer than five notices say nothing', () => {
    expect(
      figures(
        times(
          4,
          told({
            changed: 1,
            measures: [MEASURE],
            aside: { objections: [['poster', 0]], influence: ['date_demanded'], postponed: 1 },
          }),
        ),
      ).lanes,
    ).toEqual([
      {
        lane: 'voluntary_illegal',
        notices: null,
        declines: null,
        measures: null,
        changed: null,
        objections: null,
        influence: null,
        postponed: null,
        times: [],
      },
    ])
    expect(figures([])).toEqual({ lanes: [], requests: [] })
  })

  it('put what is small together, in columns and in rows', () => {
    const [lane] = figures([
      ...times(9, told({ result: 'measures' })),
      ...times(2, told({ result: 'measures' }, { category: ['drugs'] })),
      ...times(3, told({ result: 'no_measure', declineReason: 'cannot_verify' })),
      told({ result: 'open' }),
    ]).lanes
    expect(lane?.notices).toMatchObject({
      total: 15,
      columns: [
        ['open', 'measures', 'no_measure'],
        ['withdrawn'],
        ['gone_before_receipt'],
        ['gone_without_measure'],
      ],
      counts: [15, 0, 0, 0],
    })
    expect(tableBy(lane?.notices, 'category')).toMatchObject({
      rows: [],
      merged: { values: 2, counts: [15, 0, 0, 0] },
    })
    expect(lane?.declines).toBeNull()
  })

  it('never add lanes up: orders and duties stand apart', () => {
    const { lanes } = figures([
      ...times(6, told()),
      ...times(6, told({ lane: 'legal_desk', measures: [{ ...MEASURE, lane: 'agency' }] })),
    ])
    expect(
      lanes.map(({ lane, notices, measures }) => [lane, notices?.total, measures?.total]),
    ).toEqual([
      ['voluntary_illegal', 6, 0],
      ['agency', 0, 6],
      ['legal_desk', 6, 0],
    ])
  })

  it('tell how long it took, and how many decisions were taken back', () => {
    const slow = (minutes: number): ToldNotice =>
      told({ times: { acknowledge: 0, decide: minutes * MINUTE, take_effect: null }, changed: 1 })
    const [lane] = figures([1, 2, 3, 4, 5].map(slow)).lanes
    expect(lane).toMatchObject({
      changed: 5,
      times: [
        { of: 'acknowledge', count: 5, median: 0 },
        { of: 'decide', count: 5, median: 180, p90: 300 },
      ],
    })
  })

  it('count what happened beside: objections by what came of them, pressure by its kind, notices put off', () => {
    const aside = {
      objections: [
        ['poster', 2],
        ['sender', 1],
      ],
      influence: ['date_demanded', 'repeated_asking'],
      postponed: 1,
    } as const
    const [lane] = figures(times(5, told({ aside }))).lanes
    expect(lane).toMatchObject({
      objections: {
        total: 10,
        counts: [0, 5, 5, 0],
        tables: [
          {
            by: 'who',
            rows: [
              { value: 'poster', counts: [0, 0, 5, 0] },
              { value: 'sender', counts: [0, 5, 0, 0] },
            ],
          },
        ],
      },
      influence: { total: 10, counts: [10] },
      postponed: 5,
    })
  })

  it('tell no more than a thousand values of one dimension apart', () => {
    const tally = new Tally({ commissionedIsPublicBody: false })
    for (let at = 0; at < 1_500; at += 1) tally.add(told({}, { provision_cited: [`法${at}条`] }))
    const counts = tally.lanes.get('voluntary_illegal')?.notices.provision_cited
    expect(counts?.size).toBe(1_001)
    expect(counts?.get('other')).toEqual([500, 0, 0, 0, 0, 0])
  })
})

describe('requests of public bodies (施行規則18条5項四・五)', () => {
  const agency = (more: Partial<ToldNotice>, category = 'firearms'): ToldNotice =>
    told({ lane: 'agency', ...more }, { sender_type: ['police_prefectural'], category: [category] })

  it('by what they were about: asked, acted, not acted', () => {
    const { requests } = figures([
      ...times(5, agency({ result: 'measures', acted: 'transmission_prevention' })),
      ...times(6, agency({ result: 'measures', acted: 'other_measure' })),
      ...times(7, agency({ result: 'no_measure' })),
      ...times(1, agency({ result: 'gone_before_receipt' })),
      ...times(8, agency({ result: 'open' }, 'drugs')),
      ...times(9, agency({ result: 'withdrawn' }, 'drugs')),
      ...times(9, told({ lane: 'legal_desk' }, { sender_type: ['prosecutor_or_court'] })),
    ])
    expect(requests).toHaveLength(1)
    expect(requests[0]).toMatchObject({
      by: 'public_body',
      requests: {
        total: 36,
        columns: [
          ['transmission_prevention'],
          ['other_measure'],
          ['not_acted'],
          ['open'],
          ['withdrawn'],
        ],
        counts: [5, 6, 8, 8, 9],
        tables: [
          {
            by: 'category',
            rows: [
              { value: 'firearms', counts: [5, 6, 8, 0, 0] },
              { value: 'drugs', counts: [0, 0, 0, 8, 9] },
            ],
          },
        ],
      },
    })
  })

  it('of bodies that the state commissions are counted apart unless the platform says otherwise', () => {
    const commissioned = told(
      {},
      { sender_type: ['hotline_state_commissioned'], commission: ['警察庁'] },
    )
    const notices = [...times(5, commissioned), ...times(6, agency({}))]
    expect(figures(notices).requests.map(({ by, requests }) => [by, requests?.total])).toEqual([
      ['public_body', 6],
      ['commissioned', 5],
    ])
    expect(
      figures(notices, true).requests.map(({ by, requests }) => [by, requests?.total]),
    ).toEqual([['public_body', 11]])
  })
})

describe('whatever is counted', () => {
  const notice = fc.record({
    lane: fc.constantFrom('voluntary_illegal' as const, 'agency' as const),
    result: fc.constantFrom(...RESULTS),
    type: fc.constantFrom('hotline_private', 'police_national', 'trusted_flagger'),
    category: fc.constantFrom('a', 'b', 'c', 'd'),
    provisions: fc.uniqueArray(fc.constantFrom('1条', '2条', '3条'), { minLength: 1 }),
  })

  it('no number below five stands anywhere in the figures but zero', () => {
    fc.assert(
      fc.property(fc.array(notice, { maxLength: 60 }), (drawn) => {
        const shown = figures(
          drawn.map(({ lane, result, type, category, provisions }) =>
            told(
              {
                lane,
                result,
                acted: result === 'measures' ? 'other_measure' : null,
                declineReason: result === 'no_measure' ? 'unspecified' : null,
                measures: result === 'measures' ? [{ ...MEASURE, lane }] : [],
                changed: result === 'open' ? 1 : 0,
                aside: {
                  objections: result === 'measures' ? [['poster', 1]] : [],
                  influence: result === 'no_measure' ? ['date_demanded'] : [],
                  postponed: result === 'withdrawn' ? 1 : 0,
                },
              },
              { sender_type: [type], category: [category], provision_cited: provisions },
            ),
          ),
        )
        const small: number[] = []
        JSON.stringify(shown, (name, value: unknown) => {
          const isCount = typeof value === 'number' && !/^(median|p90|values)$/.test(name)
          if (isCount && value > 0 && value < SMALLEST) small.push(value)
          return value
        })
        expect(small).toEqual([])
      }),
    )
  })
})
