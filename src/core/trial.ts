import type { Bilingual } from './vocabulary.ts'

/**
 * 試行: why something is recorded and moves nothing outside. `test`: a 試験用の通知, as its sender says in
 * the signed body. `observe`: the desk ran in 試行モード when it accepted or decided. What is on trial
 * stays so: no executor is called for it, no outcome is issued, no statistics count it, and it is never
 * in one case with what isn't.
 */
export const TRIALS = ['test', 'observe'] as const
export type Trial = (typeof TRIALS)[number]

/** How a desk runs. */
export const DESK_MODES = ['act', 'observe'] as const
export type DeskMode = (typeof DESK_MODES)[number]

/** What a notice is that arrives now. */
export function trialOf(isTest: boolean, mode: DeskMode): Trial | null {
  if (isTest) return 'test'
  return mode === 'observe' ? 'observe' : null
}

/** A test stays a test; of the rest, what is decided while the desk only observes moves nothing. */
export function trialOfDecision(ofCase: Trial | null, mode: DeskMode): Trial | null {
  return ofCase ?? (mode === 'observe' ? 'observe' : null)
}

const RECEIVED: Readonly<Record<Trial, Bilingual>> = {
  test: {
    ja: '試験用の通知として受け付けました。措置は行わず、対応結果は送付しません。',
    en: 'It was accepted as a test notice: no measure is taken on it and no outcome is sent.',
  },
  observe: {
    ja: '当社は試行モードで受け付けました。措置は行わず、対応結果は送付しません。',
    en: 'It was accepted while the desk only observes: no measure is taken on it and no outcome is sent.',
  },
}

/** The sentence of a receipt, with what is said beside it where the notice is on trial. */
export function receiptSentence(sentence: Bilingual, trial: Trial | null): Bilingual {
  if (trial === null) return sentence
  const { ja, en } = RECEIVED[trial]
  return { ja: `${sentence.ja}${ja}`, en: `${sentence.en} ${en}` }
}
