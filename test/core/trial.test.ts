import { describe, expect, it } from 'vitest'
import { transition } from '../../src/core/transition.ts'
import { isResolved, resolvedKey, unresolvedKey } from '../../src/core/target-key.ts'
import { receiptSentence, trialOf, trialOfDecision } from '../../src/core/trial.ts'
import {
  claimAndDecide,
  codeOf,
  declining,
  done,
  noticeFor,
  NOW,
  person,
  readyCase,
} from './case-builder.ts'

it.each([
  [true, 'act', 'test'],
  [true, 'observe', 'test'],
  [false, 'observe', 'observe'],
  [false, 'act', null],
] as const)('a notice with test %s on a desk that runs in %s is %s', (isTest, mode, trial) => {
  expect(trialOf(isTest, mode)).toBe(trial)
})

it('a decision is what its case is, and on trial wherever the desk only observes', () => {
  expect(trialOfDecision('test', 'act')).toBe('test')
  expect(trialOfDecision('observe', 'act')).toBe('observe')
  expect(trialOfDecision(null, 'observe')).toBe('observe')
  expect(trialOfDecision(null, 'act')).toBeNull()
})

it('a receipt says what comes of a notice on trial', () => {
  const sentence = { ja: '受領しました。', en: 'Received.' }
  expect(receiptSentence(sentence, null)).toEqual(sentence)
  expect(receiptSentence(sentence, 'test').ja).toContain('受領しました。試験用')
  expect(receiptSentence(sentence, 'observe').en).toContain('Received. It was accepted while')
})

it('one item has another key in each', () => {
  const trials = [null, 'test', 'observe'] as const
  const keys = trials.flatMap((one) => [resolvedKey('1', one), unresolvedKey('ntc_1', one)])
  expect(keys).toEqual([
    'ref:1',
    'notice:ntc_1',
    'test:ref:1',
    'test:notice:ntc_1',
    'observe:ref:1',
    'observe:notice:ntc_1',
  ])
  expect(keys.map(isResolved)).toEqual([true, false, true, false, true, false])
})

describe('a case', () => {
  it('takes no notice that is of another kind of trial', () => {
    const notice = noticeFor({ id: 'ntc_2', trial: 'test' })
    const facts = { at: NOW, grave: false, noView: false }
    const joined = transition(readyCase(), { type: 'join', notice }, facts)
    expect(codeOf(joined)).toBe('not_allowed')
  })

  it('that was only practised on is decided again, and for good then', () => {
    const by = person('a')
    const practised = done(claimAndDecide(readyCase(), by, declining, { trial: 'observe' }))
    expect(practised.next.flags).toEqual(['only_observed'])
    const again = done(claimAndDecide(practised.next, by, declining))
    expect(again.next.flags).toEqual([])
    expect(again.decision).toMatchObject({ trial: null, replaces: 'dec_1' })
    expect(codeOf(claimAndDecide(again.next, by, declining))).toBe('already')
  })

  it('of a test is decided once, as any other', () => {
    const by = person('a')
    const ofTest = readyCase({ notice: { trial: 'test' } })
    const decided = done(claimAndDecide(ofTest, by, declining, { trial: 'test' }))
    expect(decided.next.flags).toEqual([])
  })
})
