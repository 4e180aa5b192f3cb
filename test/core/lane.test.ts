import { describe, expect, expectTypeOf, it } from 'vitest'
import {
  admitLane,
  defaultNatureOf,
  laneOf,
  legalNatureOf,
  type LaneQuery,
} from '../../src/core/lane.ts'
import type { Lane } from '../../src/core/vocabulary.ts'

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
    [{ nature: 'court_order' }, 'legal_desk'],
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

describe('legal nature', () => {
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
