import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OPEN_CASE_STATES, type CaseRecord } from '../../../src/core/case.ts'
import { transition } from '../../../src/core/transition.ts'
import { EMERGENCY_SERVICES } from '../../../src/core/transition/core-event.ts'
import { INFLUENCE_KINDS, ROLES, TIERS, type Role } from '../../../src/core/vocabulary.ts'
import {
  acting,
  claim,
  claimAndDecide,
  codeOf,
  declining,
  done,
  newCase,
  noticeFor,
  NOW,
  person,
  readyCase,
} from '../case-builder.ts'

const facts = { at: NOW + 5, slotAt: NOW - 100, band0GoalMs: 50 }
const tell = (state: CaseRecord, by = person('Z')): ReturnType<typeof transition> =>
  transition(state, { type: 'tell_emergency', by, service: '110', note: null }, facts)
const mark = (state: CaseRecord, by = person('Z')): ReturnType<typeof transition> =>
  transition(state, { type: 'mark_band0', by }, facts)

const once = done(claimAndDecide(readyCase({ grave: true }), person('A'), acting('remove'))).next
const everyState: readonly CaseRecord[] = [
  newCase(),
  readyCase(),
  done(claim(readyCase(), person('A'))).next,
  once,
  done(claimAndDecide(once, person('B'), declining)).next,
  done(claimAndDecide(readyCase(), person('A'), declining)).next,
]

describe('law 18: telling the emergency services', () => {
  it('names police, fire and ambulance', () => {
    expect(EMERGENCY_SERVICES).toEqual(['110', '119'])
  })

  it('waits for no state, claim or second person, and decides nothing', () => {
    for (const state of everyState)
      for (const by of [person('A'), person('Z', 'child_safety')]) {
        const { next, decision, actions } = done(tell(state, by))
        expect(next).toEqual({
          ...state,
          band: state.state === 'decided' ? 1 : 0,
          goalAt: state.state === 'decided' ? state.goalAt : NOW - 50,
          band0Marked: state.state !== 'decided',
          emergencyToldAt: NOW + 5,
        })
        expect([decision, actions]).toEqual([null, []])
      }
  })

  it('is itself a mark of a person, once', () => {
    const first = done(tell(readyCase()))
    expect(first.events.map(({ type }) => type)).toEqual(['case.band0_marked', 'emergency.told'])
    const second = done(
      transition(
        first.next,
        { type: 'tell_emergency', by: person('Z'), service: '119', note: 'x' },
        { ...facts, at: NOW + 99 },
      ),
    )
    expect(second.events).toMatchObject([
      { type: 'emergency.told', detail: { service: '119', note: 'x' } },
    ])
    expect(second.next.emergencyToldAt).toBe(NOW + 5)
  })

  it('is for the people who decide', () => {
    const deciders: readonly Role[] = [
      'reviewer',
      'second_reviewer',
      'lead',
      'child_safety',
      'legal',
    ]
    for (const role of ROLES)
      expect(codeOf(tell(readyCase(), person('Z', role))), role).toBe(
        deciders.includes(role) ? 'ok' : 'not_allowed',
      )
  })
})

describe('mark_band0', () => {
  it('brings an open case to the front and leaves the rest', () => {
    for (const state of everyState.filter((one) =>
      OPEN_CASE_STATES.some((open) => open === one.state),
    )) {
      const { next, events } = done(mark(state))
      expect(next).toEqual({ ...state, band: 0, goalAt: NOW - 50, band0Marked: true })
      expect(events).toMatchObject([{ type: 'case.band0_marked', detail: { goalAt: NOW - 50 } }])
    }
  })

  it('never sets a goal back', () => {
    const early = { ...readyCase(), goalAt: NOW - 9_999 }
    expect(done(mark(early)).next.goalAt).toBe(NOW - 9_999)
  })

  it('is done once, before the decision, by who may', () => {
    expect(codeOf(mark(done(mark(readyCase())).next))).toBe('already')
    expect(codeOf(mark(everyState.at(-1)!))).toBe('already')
    expect(codeOf(mark(readyCase(), person('Z', 'auditor')))).toBe('not_allowed')
  })
})

describe('law 20: noting influence', () => {
  it('is open to everybody of the desk in every state and changes nothing', () => {
    for (const state of everyState)
      for (const role of ROLES.filter((one) => one !== 'external_auditor'))
        for (const kind of INFLUENCE_KINDS) {
          const by = person('Z', role)
          const result = done(
            transition(
              state,
              { type: 'note_influence', by, kind, note: null, noticeId: 'ntc_1' },
              { at: NOW },
            ),
          )
          expect(result.next).toBe(state)
          expect(result.events).toMatchObject([
            { type: 'influence.noted', noticeId: 'ntc_1', detail: { by, kind } },
          ])
        }
  })

  it('refuses whoever is no one of the desk', () => {
    const by = { operator: 'Z', role: 'stranger' as 'auditor' }
    const command = {
      type: 'note_influence',
      by,
      kind: 'date_demanded',
      note: null,
      noticeId: null,
    } as const
    expect(codeOf(transition(readyCase(), command, { at: NOW }))).toBe('not_allowed')
  })
})

it('law 3: notices that differ in tier alone become cases with the same possible ends', () => {
  const tier = fc.constantFrom(...TIERS)
  const input = fc.constantFrom(acting('remove'), acting('warn_poster', 'demote'), declining)
  fc.assert(
    fc.property(tier, tier, fc.boolean(), input, (one, other, grave, chosen) => {
      const endOf = (of: typeof one): unknown => {
        const order = { ...noticeFor().order, tier: of }
        return claimAndDecide(readyCase({ grave, notice: { order } }), person('A'), chosen)
      }
      expect(endOf(one)).toEqual(endOf(other))
    }),
  )
})
