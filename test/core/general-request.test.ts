import { expect, it } from 'vitest'
import {
  ACCOUNT_OPENING_VERIFICATION,
  answerFaults,
  type GeneralAnswerInput,
  type MeasureAnswer,
} from '../../src/core/general-request.ts'

const measure = (position: number, over: Partial<MeasureAnswer> = {}): MeasureAnswer => ({
  position,
  kind: 'user_advisory',
  answer: 'considering',
  text: null,
  effectOnAnonymousSpeech: null,
  ...over,
})

const answer = (...measures: MeasureAnswer[]): GeneralAnswerInput => ({
  appliesToUs: true,
  appliesReason: '要請の基準に当たる',
  measures,
  explainedOn: null,
  explanationNote: null,
})

it('answers every measure once, each by itself', () => {
  expect(answerFaults(2, answer(measure(1), measure(0)))).toEqual([])
  for (const measures of [
    [measure(0)],
    [measure(0), measure(0)],
    [measure(0), measure(2)],
    [measure(0), measure(-1)],
    [measure(0), measure(0.5)],
  ])
    expect(answerFaults(2, answer(...measures))).toEqual([
      { pointer: '/measures', keyword: 'uniqueItems' },
    ])
})

it('says why it applies or not, and what an identity check does to speaking without a name', () => {
  expect(answerFaults(0, { ...answer(), appliesReason: ' ' })).toMatchObject([
    { pointer: '/applies_reason' },
  ])
  const kind = ACCOUNT_OPENING_VERIFICATION
  const said = measure(0, { kind, effectOnAnonymousSpeech: '匿名での発信が難しくなる' })
  expect(answerFaults(1, answer(said))).toEqual([])
  for (const effectOnAnonymousSpeech of [null, '  '])
    expect(answerFaults(1, answer(measure(0, { kind, effectOnAnonymousSpeech })))).toEqual([
      { pointer: '/measures/0/effect_on_anonymous_speech', keyword: 'required' },
    ])
})
