import { describe, expect, it } from 'vitest'
import {
  agencyFactsOf,
  agencyQuestions,
  competenceOf,
  daysOfHalfYear,
  halfYearOf,
  missingOfPower,
  type AgencyMembers,
  type AgencyQuestionQuery,
} from '../../src/core/agency.ts'
import {
  countRequests,
  publishRequest,
  resultOf,
  type CountedRequest,
} from '../../src/core/agency-counts.ts'

const LAW = '職業安定法'
const request: AgencyMembers = {
  responsible_officer: { office: '見本労働局（架空）' },
  legal_provisions: [`${LAW}（昭和22年法律第141号）第5条の4`],
  power: { invoked: false },
}

describe('所管', () => {
  it.each([
    [[`${LAW}第5条の4`], [LAW], 'inside'],
    [[`職業 安定法　第5条の4`], [LAW], 'inside'],
    [['景品表示法5条', LAW], [LAW], 'inside'],
    [['景品表示法5条'], [LAW], 'outside'],
    [[`旧${LAW}`], [LAW], 'outside'],
    [[LAW], [], 'outside'],
    [[], [LAW], 'not_stated'],
    [[LAW], null, 'not_established'],
    [[], null, 'not_established'],
  ] as const)('%j of %j is %s', (cited, inCharge, competence) => {
    expect(competenceOf(cited, inCharge)).toBe(competence)
  })
})

it('keeps of a request what is counted, and no person', () => {
  const full = {
    ...request,
    responsible_officer: { office: '見本労働局（架空）', post: '局長', name: '仮名 一' },
    power: { invoked: true },
    answer_wanted_on: '2026-11-20',
    asked_measure: '削除',
  }
  expect(agencyFactsOf(full, { statutesInCharge: [LAW] })).toEqual({
    office: '見本労働局（架空）',
    statutes: [`${LAW}（昭和22年法律第141号）第5条の4`],
    competence: 'inside',
    powerInvoked: true,
    answerWantedOn: '2026-11-20',
    askedMeasure: '削除',
  })
  const { responsible_officer, power } = request
  expect(agencyFactsOf({ responsible_officer, power }, { statutesInCharge: null })).toEqual({
    office: '見本労働局（架空）',
    statutes: [],
    competence: 'not_established',
    powerInvoked: false,
    answerWantedOn: null,
    askedMeasure: null,
  })
})

it('行政手続法35条2項: names what a request that mentions a power leaves out', () => {
  expect(missingOfPower(request)).toEqual([])
  expect(missingOfPower({ power: { invoked: true } })).toEqual([
    'provision',
    'requirements',
    'reason',
  ])
  const whole = { invoked: true, provision: 'a', requirements: 'b', reason: 'c' }
  expect(missingOfPower({ power: whole })).toEqual([])
})

describe('R-09: what can be asked, and as what', () => {
  const national = { type: 'administrative_agency', licensingPowers: true }
  const facts = { competence: 'inside', powerInvoked: true, answerWantedOn: null } as const
  const asked = (over: Partial<AgencyQuestionQuery> = {}): unknown =>
    agencyQuestions({ sender: national, facts, isOral: true, ...over }).map(({ id, basis }) => [
      id,
      basis,
    ])

  it('is a right of the law only to national bodies with powers of licence', () => {
    expect(asked()).toEqual([
      ['written_copy', 'right'],
      ['reasons', 'right'],
      ['withdrawal', 'courtesy'],
    ])
    for (const sender of [
      { ...national, licensingPowers: false },
      { type: 'local_government', licensingPowers: true },
      { type: 'police_prefectural', licensingPowers: true },
      { type: 'police_national', licensingPowers: true },
    ])
      expect(asked({ sender })).toEqual([
        ['written_copy', 'courtesy'],
        ['reasons', 'courtesy'],
        ['withdrawal', 'courtesy'],
      ])
  })

  it('is a courtesy where no power is mentioned, or where it is asked only to be informed', () => {
    expect(asked({ facts: { ...facts, powerInvoked: false } })).toEqual([
      ['written_copy', 'right'],
      ['reasons', 'courtesy'],
      ['withdrawal', 'courtesy'],
    ])
    expect(asked({ facts: { ...facts, answerWantedOn: '2026-11-20' } })).toEqual([
      ['written_copy', 'courtesy'],
      ['reasons', 'courtesy'],
      ['withdrawal', 'courtesy'],
    ])
  })

  it('asks for no writing of what is in writing, and for the competence where it is outside', () => {
    expect(asked({ isOral: false, facts: { ...facts, competence: 'outside' } })).toEqual([
      ['reasons', 'right'],
      ['competence', 'courtesy'],
      ['withdrawal', 'courtesy'],
    ])
  })

  it('calls nothing a right in its words that is none', () => {
    for (const isOral of [true, false])
      for (const licensingPowers of [true, false]) {
        const sender = { ...national, licensingPowers }
        for (const { basis, ja, en } of agencyQuestions({ sender, facts, isOral })) {
          expect(/求めます/.test(ja), ja).toBe(basis === 'right')
          expect(/Administrative Procedure Act/.test(en), en).toBe(basis === 'right')
        }
      }
  })
})

describe('半期', () => {
  it.each([
    ['2026-01-01', '2026-H1'],
    ['2026-06-30', '2026-H1'],
    ['2026-07-01', '2026-H2'],
    ['2026-12-31', '2026-H2'],
  ] as const)('%s is in %s', (day, half) => {
    expect(halfYearOf(day)).toBe(half)
    const { from = '', to = '' } = daysOfHalfYear(half) ?? {}
    expect(from <= day && day <= to).toBe(true)
  })

  it('is written in one way', () => {
    for (const text of ['2026', '2026-H3', '26-H1', '2026-h1', '2026-H1 '])
      expect(daysOfHalfYear(text)).toBeUndefined()
  })
})

describe('counts of bodies of the state (M-18)', () => {
  const counted = (over: Partial<CountedRequest> = {}): CountedRequest => ({
    agency: '見本省（架空）',
    facts: agencyFactsOf(request, { statutesInCharge: [LAW] }),
    receivedOn: '2026-11-05',
    isWithdrawn: false,
    decision: null,
    wasDecided: false,
    influences: new Set(),
    isAgain: false,
    ...over,
  })
  const acted = counted({
    wasDecided: true,
    decision: { alreadyGone: false, measures: ['label_informational', 'remove'] },
  })
  const declined = counted({ wasDecided: true, decision: { alreadyGone: false, measures: [] } })

  it.each([
    [counted(), 'under_review'],
    [counted({ isWithdrawn: true }), 'withdrawn'],
    [acted, 'acted'],
    [{ ...acted, isWithdrawn: true }, 'acted'],
    [declined, 'no_measure'],
    [counted({ wasDecided: true, decision: { alreadyGone: true, measures: [] } }), 'already_gone'],
    [counted({ wasDecided: true, decision: null }), 'no_measure'],
  ] as const)('case %#: %s', (request_, result) => {
    expect(resultOf(request_)).toBe(result)
  })

  it('shows excess, whether the request said it or the desk noted it', () => {
    const loud = {
      ...request,
      legal_provisions: ['景品表示法5条'],
      power: { invoked: true },
      answer_wanted_on: '2026-11-20',
    }
    const said = counted({ facts: agencyFactsOf(loud, { statutesInCharge: [LAW] }), isAgain: true })
    const noted = counted({
      influences: new Set([
        'powers_mentioned',
        'date_demanded',
        'repeated_asking',
        'disadvantage_hinted',
      ]),
    })
    const other = { ...declined, agency: '見本市（架空）' }
    const gone = counted({ isWithdrawn: true })
    expect(countRequests([acted, said, other, noted, gone, declined])).toEqual([
      {
        agency: '見本省（架空）',
        asked: 5,
        acted: 1,
        noMeasure: 1,
        alreadyGone: 0,
        underReview: 2,
        outsideCompetence: 1,
        powersMentioned: 2,
        dateDemanded: 2,
        repeated: 2,
        disadvantageHinted: 1,
        withdrawn: 1,
      },
      {
        agency: '見本市（架空）',
        asked: 1,
        acted: 0,
        noMeasure: 1,
        alreadyGone: 0,
        underReview: 0,
        outsideCompetence: 0,
        powersMentioned: 0,
        dateDemanded: 0,
        repeated: 0,
        disadvantageHinted: 0,
        withdrawn: 0,
      },
    ])
  })

  it('publishes agency, office, statute, measures, result and month, and nothing else', () => {
    expect(publishRequest(acted)).toEqual({
      agency: '見本省（架空）',
      office: '見本労働局（架空）',
      statutes: [`${LAW}（昭和22年法律第141号）第5条の4`],
      outsideCompetence: false,
      measures: ['label_informational', 'remove'],
      result: 'acted',
      month: '2026-11',
    })
    expect(publishRequest(counted()).measures).toEqual([])
  })
})
