import { describe, expect, it } from 'vitest'
import type { DecisionInput, LegalResult } from '../../../src/core/decision.ts'
import { outcomeOf } from '../../../src/core/outcome-of.ts'
import { mayHandle, mayKnowOf, maySee } from '../../../src/core/transition/who-decides.ts'
import { LEGAL_RESULTS, ROLES, type Role } from '../../../src/core/vocabulary.ts'
import {
  acting,
  action,
  claim,
  claimAndDecide,
  codeOf,
  declining,
  done,
  goneAlready,
  person,
  readyCase,
  type Setting,
} from '../case-builder.ts'

const legalCase = (over: Omit<Setting, 'notice'> = {}) =>
  readyCase({ notice: { lane: 'legal_desk', nature: 'court_order' }, ...over })
const counsel = person('H', 'legal')
const complied: LegalResult = { result: 'complied', document: '令和8年（ヨ）第1号（架空）' }
const contested: LegalResult = { ...complied, result: 'contested' }
const impossible: LegalResult = { ...complied, result: 'impossible' }
const plain: DecisionInput = { ...declining, weightGiven: 'none' }
const removing: DecisionInput = { ...plain, actions: [{ kind: 'remove' }] }

const pointersOf = (result: ReturnType<typeof claimAndDecide>): unknown =>
  !result.ok && result.refusal.code === 'invalid_input'
    ? result.refusal.errors.map(({ pointer }) => pointer)
    : codeOf(result)

describe('R-11: under an order there is compliance, contest or impossibility, and no decline', () => {
  it.each([
    ['a decline', plain, ['/legal']],
    ['a measure on a clause', acting('remove'), ['/legal']],
    ['compliance without a measure', { ...plain, legal: complied }, ['/actions']],
    ['a contest beside a measure', { ...removing, legal: contested }, ['/actions']],
    ['what is impossible and done', { ...removing, legal: impossible }, ['/actions']],
    ['a contest of what is gone', { ...goneAlready, legal: contested }, ['/alreadyGone']],
    ['a clause beside the order', { ...acting('remove'), legal: complied }, ['/ground']],
    [
      'a reason for no measure',
      { ...plain, declineReason: 'unspecified', legal: contested },
      ['/declineReason'],
    ],
    ['no document', { ...removing, legal: { ...complied, document: ' ' } }, ['/legal/document']],
  ] as const)('%s is refused', (_what, input, pointers) => {
    expect(pointersOf(claimAndDecide(legalCase(), counsel, input))).toEqual(pointers)
  })

  it.each([
    ['compliance', { ...removing, legal: complied }, 1],
    ['compliance with what is gone', { ...goneAlready, legal: complied }, 0],
    ['a contest', { ...plain, legal: contested }, 0],
    ['impossibility', { ...plain, legal: impossible }, 0],
  ] as const)('%s is recorded, with its document and no reason', (_what, input, actions) => {
    const { decision, actions: planned } = done(claimAndDecide(legalCase(), counsel, input))
    expect(decision?.input).toEqual(input)
    expect(planned).toHaveLength(actions)
  })

  it('elsewhere nothing is an order', () => {
    const input = { ...acting('remove'), legal: complied }
    expect(pointersOf(claimAndDecide(readyCase(), person('A'), input))).toEqual(['/legal'])
  })

  it('two people agree on a grave one only where they came to the same', () => {
    const first = done(
      claimAndDecide(legalCase({ grave: true }), counsel, { ...plain, legal: contested }),
    ).next
    expect(first.state).toBe('awaiting_second')
    const other = { ...plain, legal: impossible }
    const second = person('I', 'legal')
    const differed = done(claimAndDecide(first, second, other)).next
    expect(differed.state).toBe('disagreed')
    const third = done(claimAndDecide(differed, person('J', 'legal'), other))
    expect(third.decision?.by.map(({ operator }) => operator)).toEqual(['I', 'J'])
    expect(done(claimAndDecide(first, second, { ...plain, legal: contested })).decision?.mode).toBe(
      'human_two_person',
    )
  })

  it('goes outward as what was done, or as impossible; that it is contested stays inside (law 21)', () => {
    const told = LEGAL_RESULTS.map((result) => {
      const input = {
        ...(result === 'complied' ? removing : plain),
        legal: { ...complied, result },
      }
      const actions =
        result === 'complied' ? [action({ id: 'act_1', state: 'executed', executedAt: 5 })] : []
      const notice = { receivedAt: 1, observation: null, observedAt: null }
      const { status, declineReason } = outcomeOf({
        decision: { decidedAt: 4, input },
        actions,
        notice,
      })
      return [result, status, declineReason]
    })
    expect(told).toEqual([
      ['complied', 'deleted', null],
      ['contested', 'no_measure', 'unspecified'],
      ['impossible', 'no_measure', 'no_technical_means'],
    ])
  })
})

describe('whose a case is', () => {
  const of = (
    who: (role: Role, whose: { noView: boolean; lane: 'agency' | 'legal_desk' }) => boolean,
  ) =>
    ([false, true] as const).map((noView) =>
      (['agency', 'legal_desk'] as const).map((lane) =>
        ROLES.filter((role) => who(role, { noView, lane })).join(' '),
      ),
    )
  const deciders = 'reviewer second_reviewer lead child_safety'

  it('the legal desk sees its own, and nobody works on what is the other’s', () => {
    expect(of(maySee)).toEqual([
      [`${deciders} auditor legal`, 'auditor legal'],
      ['child_safety', 'child_safety'],
    ])
    expect(of(mayHandle)).toEqual([
      [deciders, 'legal'],
      ['child_safety', 'child_safety'],
    ])
  })

  it('of a case of the legal desk nobody else is told that it is there', () => {
    const all = ROLES.join(' ')
    expect(of(mayKnowOf)).toEqual([
      [all, 'auditor legal'],
      [all, 'child_safety auditor legal'],
    ])
  })

  it('claims follow it', () => {
    for (const role of ROLES) {
      expect([role, codeOf(claim(legalCase(), person('A', role)))]).toEqual([
        role,
        role === 'legal' ? 'ok' : 'not_allowed',
      ])
      expect([role, codeOf(claim(readyCase(), person('A', role)))]).toEqual([
        role,
        deciders.split(' ').includes(role) ? 'ok' : 'not_allowed',
      ])
    }
  })
})
