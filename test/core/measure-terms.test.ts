import { describe, expect, it } from 'vitest'
import { ACTION_KINDS, type ActionKind } from '../../src/core/action-kind.ts'
import type { PlannedAction } from '../../src/core/decision.ts'
import { MEASURE_TEXTS } from '../../src/core/measure-text.ts'
import {
  endOf,
  isInterimOnly,
  refuseTerms,
  termFaults,
  termsOf,
} from '../../src/core/measure-terms.ts'
import { isTerritory } from '../../src/core/territory.ts'
import { DAY, HOUR } from '../../src/core/time.ts'
import {
  acting,
  claimAndDecide,
  codeOf,
  done,
  NOW,
  person,
  readyCase,
  UNDO,
} from './case-builder.ts'

const refusal = (action: PlannedAction, byPerson = true): string | undefined =>
  refuseTerms([action], { at: NOW, byPerson, texts: MEASURE_TEXTS })
const KINDS = Object.keys(ACTION_KINDS) as ActionKind[]

describe('the end of a measure', () => {
  it('exists for whatever can be undone, and for nothing else', () => {
    for (const kind of KINDS) {
      const basis = kind === 'label_ai_generated' ? { labelBasis: 'own_detection' as const } : {}
      const expected = ACTION_KINDS[kind].reversible ? undefined : 'measure_cannot_end'
      expect(refusal({ kind, endsAt: NOW + DAY, ...basis }), kind).toBe(expected)
      expect(refusal({ kind, interim: true, ...basis }), kind).toBe(expected)
    }
  })

  it('lies after its start', () => {
    const impossible = 'measure_end_impossible'
    expect(refusal({ kind: 'demote', endsAt: NOW })).toBe(impossible)
    expect(refusal({ kind: 'demote', endsAt: NOW + 1 })).toBeUndefined()
    const later = { kind: 'demote', notBefore: NOW + HOUR } as const
    expect(refusal({ ...later, endsAt: NOW + HOUR })).toBe(impossible)
    expect(refusal({ ...later, endsAt: NOW + HOUR + 1 })).toBeUndefined()
    expect(refusal({ ...later, notBefore: NOW + 2 * DAY, interim: true })).toBe(impossible)
  })

  it('of an interim measure comes within 24 hours, said or not', () => {
    const interim = { kind: 'disable_access', interim: true } as const
    expect(endOf(interim, NOW)).toBe(NOW + DAY)
    expect(endOf({ ...interim, endsAt: NOW + HOUR }, NOW)).toBe(NOW + HOUR)
    expect(endOf({ kind: 'disable_access' }, NOW)).toBeNull()
    expect(refusal({ ...interim, endsAt: NOW + DAY })).toBeUndefined()
    expect(refusal({ ...interim, endsAt: NOW + DAY + 1 })).toBe('measure_end_impossible')
  })

  it('interim and other measures are decided apart', () => {
    const interim = { kind: 'demote', interim: true } as const
    const mixed = [interim, { kind: 'disable_access' } as const]
    const facts = { at: NOW, byPerson: true, texts: [] }
    expect(refuseTerms(mixed, facts)).toBe('interim_stands_alone')
    expect(refuseTerms([interim, { kind: 'exclude_search', interim: true }], facts)).toBeUndefined()
    expect([isInterimOnly([interim]), isInterimOnly(mixed), isInterimOnly([])]).toEqual([
      true,
      false,
      false,
    ])
  })
})

describe('a territory', () => {
  it('belongs to what is shown', () => {
    const taking = KINDS.filter(
      (kind) => kind !== 'label_ai_generated' && refusal({ kind, territory: ['JP'] }) === undefined,
    )
    expect(taking).toEqual([
      'user_advisory',
      'prominence_trusted_source',
      'label_informational',
      'label_police_warning',
      'demonetize_item',
      'ad_stop',
      'label_interstitial',
      'demote',
      'exclude_recommendation',
      'exclude_search',
      'limit_interaction',
      'age_restrict',
      'disable_access',
      'remove',
    ])
  })

  it('is one of the list, once', () => {
    expect([isTerritory('JP'), isTerritory('XX'), isTerritory('jp')]).toEqual([true, false, false])
    const faults = (territory: unknown): unknown =>
      termFaults({ kind: 'demote', territory: territory as string[] })
    expect(faults(['JP', 'US'])).toEqual([])
    for (const wrong of [[], ['XX'], ['JP', 'JP'], 'JP'])
      expect(faults(wrong)).toEqual([['territory', 'enum']])
  })
})

describe('a label', () => {
  it('of generated content says on what it rests; a claim alone needs a person (M-23)', () => {
    const kind = 'label_ai_generated'
    expect(refusal({ kind })).toBe('label_basis_missing')
    expect(refusal({ kind, labelBasis: 'sender_claim' })).toBeUndefined()
    expect(refusal({ kind, labelBasis: 'sender_claim' }, false)).toBe('label_basis_needs_person')
    expect(refusal({ kind, labelBasis: 'generation_mark' }, false)).toBeUndefined()
    expect(termFaults({ kind, labelBasis: 'own_detection' })).toEqual([])
    expect(termFaults({ kind: 'demote', labelBasis: 'own_detection' })).toEqual([
      ['labelBasis', 'const'],
    ])
  })

  it('shows a text for its kind', () => {
    expect(refusal({ kind: 'label_informational', template: 'rescue_119' })).toBeUndefined()
    expect(refusal({ kind: 'label_informational', template: 'police_warning' })).toBe(
      'text_not_for_measure',
    )
    expect(refusal({ kind: 'label_informational', template: 'unknown' })).toBe(
      'text_not_for_measure',
    )
  })
})

describe('a decision', () => {
  const tried = (action: PlannedAction): ReturnType<typeof claimAndDecide> =>
    claimAndDecide(readyCase(), person('a'), { ...acting(), actions: [action] })

  it('plans its actions on the terms that were asked for', () => {
    const terms = { territory: ['JP'], template: 'official_sources' }
    const { actions } = done(tried({ kind: 'label_interstitial', endsAt: NOW + DAY, ...terms }))
    expect(actions).toMatchObject([{ endsAt: NOW + DAY, endedAt: null, terms }])
    expect(done(tried({ kind: 'demote' })).actions).toMatchObject([{ endsAt: null, terms: null }])
    expect(termsOf({ kind: 'demote', interim: true })).toEqual({ interim: true })
    expect(termsOf({ kind: 'label_ai_generated', labelBasis: 'own_detection' })).toEqual({
      labelBasis: 'own_detection',
    })
    expect(actions[0]?.notBefore).toBe(NOW + UNDO)
  })

  it('is refused by the name of what can’t be', () => {
    expect(codeOf(tried({ kind: 'warn_poster', endsAt: NOW + DAY }))).toBe('measure_cannot_end')
    expect(codeOf(tried({ kind: 'suspend_account', territory: ['JP'] }))).toBe(
      'territory_not_for_measure',
    )
    const half = tried({ kind: 'demote', endsAt: 0.5, notBefore: 0.5 })
    expect(half).toMatchObject({
      refusal: {
        code: 'invalid_input',
        errors: [{ pointer: '/actions/0/notBefore' }, { pointer: '/actions/0/endsAt' }],
      },
    })
  })

  it('of two people differs by place or days, not by minutes', () => {
    const opinion = (action: PlannedAction, other: PlannedAction): string => {
      const grave = readyCase({ grave: true })
      const first = done(
        claimAndDecide(grave, person('a'), { ...acting(), actions: [action] }),
      ).next
      const later = { at: NOW + 10 * 60_000 }
      const input = { ...acting(), actions: [other] }
      return done(claimAndDecide(first, person('b'), input, later)).next.state
    }
    const week = { kind: 'demote', endsAt: NOW + 7 * DAY } as const
    expect(opinion(week, { ...week, endsAt: NOW + 7 * DAY + HOUR })).toBe('decided')
    expect(opinion(week, { ...week, endsAt: NOW + 8 * DAY })).toBe('disagreed')
    expect(opinion(week, { kind: 'demote' })).toBe('disagreed')
    const places = ['JP', 'US']
    expect(
      opinion({ ...week, territory: places }, { ...week, territory: [...places].reverse() }),
    ).toBe('decided')
    expect(opinion({ ...week, territory: places }, week)).toBe('disagreed')
  })
})
