import { describe, expect, expectTypeOf, it } from 'vitest'
import {
  admitLane,
  defaultNatureOf,
  laneOf,
  isAgencyType,
  isOrder,
  legalNatureOf,
  natureAtReceipt,
  type LaneQuery,
} from '../../src/core/lane.ts'
import { LEGAL_NATURES, ORDERS, type Lane, type LegalNature } from '../../src/core/vocabulary.ts'

const OPEN: ReadonlySet<Lane> = new Set<Lane>(['voluntary_illegal', 'voluntary_public_order'])
const query = (over: Partial<Omit<LaneQuery, 'tier'>>): LaneQuery => ({
  form: 'illegal_information',
  senderType: 'hotline_state_commissioned',
  nature: 'voluntary_request',
  ...over,
})

describe('laneOf', () => {
  it.each([
    [{}, 'voluntary_illegal'],
    [{ form: 'public_order' }, 'voluntary_public_order'],
    [{ senderType: 'a_type_of_tomorrow' }, 'voluntary_illegal'],
    [{ senderType: 'police_prefectural' }, 'agency'],
    [{ senderType: 'administrative_agency', form: 'public_order' }, 'agency'],
    [{ nature: 'administrative_guidance' }, 'agency'],
    [{ nature: 'statutory_request' }, 'statutory_rights'],
    [{ nature: 'statutory_duty' }, 'legal_desk'],
    [{ nature: 'administrative_order' }, 'legal_desk'],
    [{ nature: 'court_order' }, 'legal_desk'],
    [{ nature: 'compulsory_measure' }, 'legal_desk'],
    [{ form: 'agency_request', nature: 'administrative_guidance' }, 'agency'],
    [{ form: 'agency_request', nature: 'court_order' }, 'legal_desk'],
    [{ form: 'general_request', nature: 'court_order' }, 'agency'],
    [{ nature: 'public_warning' }, 'signal'],
    [{ form: 'agency_request' }, 'agency'],
    [{ form: 'general_request' }, 'agency'],
    [{ form: 'individual_warning' }, 'signal'],
    [{ form: 'rights_request' }, 'statutory_rights'],
    [{ form: 'inquiry' }, 'legal_desk'],
  ] as const)('%j → %s', (over, lane) => {
    expect(laneOf(query(over))).toBe(lane)
  })

  it('law 3: takes no tier', () => {
    expectTypeOf<LaneQuery['tier']>().toEqualTypeOf<undefined>()
  })
})

describe('admitLane', () => {
  it('takes an open lane', () => {
    expect(admitLane(query({}), OPEN)).toEqual({ ok: true, lane: 'voluntary_illegal' })
  })

  it.each([
    ['police_national', 'illegal_information'],
    ['local_government', 'public_order'],
    ['administrative_agency', 'illegal_information'],
    ['human_rights_organ', 'illegal_information'],
    ['hotline_private', 'agency_request'],
  ] as const)('law 8, law 9: refuses %s with %s as not open', (senderType, form) => {
    expect(admitLane(query({ senderType, form }), OPEN)).toEqual({
      ok: false,
      code: 'form_not_open',
    })
  })
})

describe('admitLane, once agencies are let in', () => {
  const ALL: ReadonlySet<Lane> = new Set<Lane>([...OPEN, 'agency', 'legal_desk'])
  const guidance = { nature: 'administrative_guidance' } as const

  it.each([
    [{ senderType: 'administrative_agency', form: 'agency_request', ...guidance }, 'agency'],
    [{ senderType: 'police_prefectural', form: 'general_request', ...guidance }, 'agency'],
    [
      { senderType: 'prosecutor_or_court', form: 'agency_request', nature: 'court_order' },
      'legal_desk',
    ],
    [{ nature: 'statutory_duty' }, 'legal_desk'],
    [{ senderType: 'prosecutor_or_court', nature: 'court_order' }, 'legal_desk'],
  ] as const)('%j → %s', (over, lane) => {
    expect(admitLane(query(over), ALL)).toEqual({ ok: true, lane })
  })

  it.each([
    [{ senderType: 'administrative_agency', ...guidance }],
    [{ senderType: 'police_national', form: 'public_order' }],
    [guidance],
    [{ form: 'agency_request' }],
    [{ form: 'general_request', senderType: 'industry_body' }],
  ] as const)('law 8: agencies, and they alone, write on their own forms: %j', (over) => {
    expect(admitLane(query(over), ALL)).toEqual({ ok: false, code: 'form_not_for_sender' })
  })

  it.each([
    [{ form: 'rights_request' }, 'rightsRequests'],
    [{ senderType: 'rights_holder', nature: 'statutory_request' }, 'rightsRequests'],
    [{ form: 'inquiry', senderType: 'police_national', ...guidance }, 'inquiries'],
  ] as const)('R-15: %j is for another window', (over, window) => {
    expect(admitLane(query(over), ALL)).toEqual({ ok: false, code: 'other_window', window })
  })
})

describe('natureAtReceipt', () => {
  const duties = [{ category: 'dating_site_solicitation', law: '法', from: '2026-04-01' }]
  const notice = { form: 'illegal_information', category: 'dating_site_solicitation' } as const
  const at = (nature: LegalNature, over: Partial<typeof notice> = {}, day = '2026-04-01') =>
    natureAtReceipt({ nature }, { ...notice, ...over }, { duties }, day)

  it('law 7: is that of the sender, but for a category on which a law puts a duty', () => {
    expect(at('voluntary_request')).toBe('statutory_duty')
    expect(at('administrative_guidance')).toBe('statutory_duty')
    expect(at('voluntary_request', {}, '2026-03-31')).toBe('voluntary_request')
    const other = { category: 'crime_recruitment' } as unknown as Partial<typeof notice>
    expect(at('voluntary_request', other)).toBe('voluntary_request')
  })

  it('an order stays one, and the other form claims nothing illegal', () => {
    for (const order of ORDERS) expect(at(order)).toBe(order)
    const form = { form: 'public_order' } as unknown as Partial<typeof notice>
    expect(at('voluntary_request', form)).toBe('voluntary_request')
  })
})

describe('legal nature', () => {
  it('binds where it is an order', () => {
    expect(LEGAL_NATURES.filter(isOrder)).toEqual([...ORDERS])
    expect(isAgencyType('police_national')).toBe(true)
    expect(isAgencyType('hotline_state_commissioned')).toBe(false)
  })

  it('law 7: is what was assessed, whatever the type', () => {
    expect(legalNatureOf({ nature: 'administrative_guidance' })).toBe('administrative_guidance')
  })

  it.each([
    ['hotline_state_commissioned', 'voluntary_request'],
    ['trusted_flagger', 'voluntary_request'],
    ['fact_checker', 'voluntary_request'],
    ['unheard_of', 'voluntary_request'],
    ['administrative_agency', 'administrative_guidance'],
    ['local_government', 'administrative_guidance'],
    ['police_national', 'administrative_guidance'],
    ['rights_holder', 'statutory_request'],
    ['prosecutor_or_court', 'court_order'],
  ] as const)('begins for %s as %s', (type, nature) => {
    expect(defaultNatureOf(type)).toBe(nature)
  })
})
