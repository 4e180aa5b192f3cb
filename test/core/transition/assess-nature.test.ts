import { describe, expect, it } from 'vitest'
import type { CaseRecord } from '../../../src/core/case.ts'
import { transition } from '../../../src/core/transition.ts'
import type { AssessFacts, AssessInput } from '../../../src/core/transition/assess-nature.ts'
import type { TransitionResult } from '../../../src/core/transition/result.ts'
import { ROLES } from '../../../src/core/vocabulary.ts'
import {
  attachedOne,
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

const counted = (id: `ntc_${string}` = 'ntc_1') => ({ ...noticeFor({ id }), pausedAt: null })
const toCourt: AssessInput = {
  by: person('H', 'legal'),
  expectedVersion: 1,
  noticeId: 'ntc_1',
  nature: 'court_order',
  reason: '裁判所の決定書を確認した',
  document: '決定書（架空）令和8年（ヨ）第1号',
}
const facts: AssessFacts = {
  at: NOW + 5,
  counting: [counted()],
  band0GoalMs: 900_000,
  changes: { attached: [attachedOne], changes: [] },
  notice: { id: 'ntc_1', nature: 'voluntary_request', lane: 'voluntary_illegal' },
  lane: 'legal_desk',
  isDuty: false,
  other: null,
  previous: null,
}
const assess = (
  state: CaseRecord,
  input: Partial<AssessInput> = {},
  over: Partial<AssessFacts> = {},
): TransitionResult =>
  transition(state, { type: 'assess_nature', ...toCourt, ...input }, { ...facts, ...over })

describe('law 7: raising or lowering', () => {
  it('takes the case to its new procedure, by hand, reason and document', () => {
    const state = done(
      claim(readyCase(), toCourt.by.role === 'legal' ? person('H') : toCourt.by),
    ).next
    const { next, events } = done(assess(state))
    expect(next).toMatchObject({
      id: state.id,
      lane: 'legal_desk',
      nature: 'court_order',
      round: 1,
      previousCaseId: null,
      version: 2,
      state: 'ready',
      claimedBy: null,
    })
    expect(events).toMatchObject([
      {
        type: 'nature.assessed',
        noticeId: 'ntc_1',
        detail: {
          by: toCourt.by,
          version: 2,
          from: { nature: 'voluntary_request', lane: 'voluntary_illegal' },
          to: { nature: 'court_order', lane: 'legal_desk' },
          reason: toCourt.reason,
          document: toCourt.document,
          opinionsDropped: 0,
        },
      },
    ])
  })

  it('begins the next round of that procedure', () => {
    const { next } = done(assess(readyCase(), {}, { previous: { id: 'cas_0', round: 3 } }))
    expect([next.round, next.previousCaseId]).toEqual([4, 'cas_0'])
  })

  it('drops what was thought of it under the old nature', () => {
    const opined = done(claimAndDecide(readyCase({ grave: true }), person('A'), declining)).next
    const { next, events } = done(assess(opined, { expectedVersion: opined.version }))
    expect([next.opinions, next.state]).toEqual([[], 'ready'])
    expect(events[0]).toMatchObject({ detail: { opinionsDropped: 1 } })
  })

  it('inside one lane changes the nature and nothing of the key', () => {
    const state = readyCase({ notice: { lane: 'agency', nature: 'administrative_guidance' } })
    const { next } = done(
      assess(
        state,
        { nature: 'voluntary_request', by: person('L', 'lead') },
        {
          lane: 'agency',
          notice: { id: 'ntc_1', nature: 'administrative_guidance', lane: 'agency' },
        },
      ),
    )
    expect(next).toEqual({ ...state, nature: 'voluntary_request', version: 2 })
  })

  it('of one notice of several takes that one away; the others keep their case', () => {
    const { next } = done(assess(readyCase(), {}, { counting: [counted(), counted('ntc_2')] }))
    expect(next).toMatchObject({ lane: 'voluntary_illegal', state: 'ready', version: 2 })
    const same = done(
      assess(
        readyCase(),
        { nature: 'administrative_guidance', by: person('L', 'lead') },
        { lane: 'voluntary_illegal', counting: [counted(), counted('ntc_2')] },
      ),
    ).next
    expect(same.nature).toBe('voluntary_request')
  })

  it('where a case is open there, this one is over and names it', () => {
    expect(done(assess(readyCase(), {}, { other: 'cas_9' })).next).toMatchObject({
      state: 'merged',
      mergedInto: 'cas_9',
      lane: 'voluntary_illegal',
    })
  })
})

describe('is refused', () => {
  it('to whoever has no right to it; to and from the legal desk only that may', () => {
    const legal = readyCase({ notice: { lane: 'legal_desk', nature: 'court_order' } })
    for (const role of ROLES) {
      const by = person('Z', role)
      const raise = codeOf(assess(readyCase(), { by }))
      const guidance = { nature: 'administrative_guidance', by } as const
      const inside = codeOf(assess(readyCase(), guidance, { lane: 'agency' }))
      const lower = codeOf(
        assess(
          legal,
          { by, nature: 'voluntary_request' },
          { lane: 'agency', notice: { ...facts.notice, nature: 'court_order' } },
        ),
      )
      const hidden = codeOf(assess(readyCase({ noView: true }), { by }))
      expect([role, raise, inside, lower, hidden]).toEqual([
        role,
        ['legal', 'child_safety'].includes(role) ? 'ok' : 'not_allowed',
        ['lead', 'child_safety', 'legal'].includes(role) ? 'ok' : 'not_allowed',
        role === 'legal' ? 'ok' : 'not_allowed',
        role === 'child_safety' ? 'ok' : 'not_allowed',
      ])
    }
  })

  it.each([
    ['no document', { document: ' ' }, {}, 'invalid_input'],
    ['no reason', { reason: ' ' }, {}, 'invalid_input'],
    ['a duty that nobody declared', { nature: 'statutory_duty' }, {}, 'invalid_input'],
    ['a duty that is there', { nature: 'statutory_duty' }, { isDuty: true }, 'ok'],
    ['what it is already', { nature: 'voluntary_request' }, {}, 'already'],
    ['a notice that no longer counts', { noticeId: 'ntc_7' }, {}, 'already'],
    ['an older version', { expectedVersion: 0 }, {}, 'stale_version'],
  ] as const)('%s: %s', (_what, input, over, code) => {
    expect(codeOf(assess(readyCase(), input, over))).toBe(code)
  })

  it('while the machine is at it, while another person is, and after the decision', () => {
    expect(codeOf(assess(newCase()))).toBe('not_allowed')
    expect(codeOf(assess(done(claim(readyCase(), person('A'))).next))).toBe('claimed_by_other')
    const decided = done(claimAndDecide(readyCase(), person('A'), declining)).next
    expect(codeOf(assess(decided))).toBe('already')
  })
})
