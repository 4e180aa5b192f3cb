import { expect, it } from 'vitest'
import type { DecisionInput } from '../../../src/core/decision.ts'
import { UNFORESEEN } from '../../../src/core/grounds.ts'
import type { DecideFacts } from '../../../src/core/transition/decide-case.ts'
import {
  changeDue,
  decisionMade,
  draftDecision,
} from '../../../src/core/transition/draft-decision.ts'
import { transition } from '../../../src/core/transition.ts'
import {
  acting,
  codeOf,
  decideFacts,
  done,
  ground,
  NOW,
  person,
  readyCase,
} from '../case-builder.ts'

const state = readyCase()
const emergency: DecisionInput = { ...acting('remove'), ground: { ...ground, kind: UNFORESEEN } }

function dueAfter(input: DecisionInput, over: Partial<DecideFacts> = {}): readonly unknown[] {
  const facts = decideFacts({ designated: true, ...over })
  const decision = draftDecision(state, { by: [person('a')], mode: 'human', input }, facts)
  expect(decisionMade(state, decision, [], facts).type).toBe('decision.made')
  return changeDue(state, decision, facts)
}

it('an emergency on a designated platform asks for a change of its standard', () => {
  const { standard, version } = ground
  expect(dueAfter(emergency)).toMatchObject([
    { type: 'standard.change_due', detail: { standard, version } },
  ])
  expect(dueAfter(emergency, { designated: false })).toEqual([])
  expect(dueAfter(emergency, { trial: 'observe' })).toEqual([])
  expect(dueAfter(acting('remove'))).toEqual([])
  expect(dueAfter({ ...emergency, ground: null })).toEqual([])
  expect(dueAfter({ ...emergency, actions: [{ kind: 'label_informational' }] })).toEqual([])
})

it('what a person had to look at is taken off once, and changes nothing else', () => {
  const flagged = { ...state, state: 'decided', flags: ['late_result', 'action_failed'] } as const
  const command = { type: 'clear_flag', flag: 'late_result' } as const
  const cleared = done(transition(flagged, command, { at: NOW }))
  expect(cleared.next).toEqual({ ...flagged, flags: ['action_failed'] })
  expect(codeOf(transition(cleared.next, command, { at: NOW }))).toBe('already')
})
