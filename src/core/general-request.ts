import type { DecidedBy } from './decision.ts'
import type { Id } from './ids.ts'
import { isDocument } from './transition/check-input.ts'
import type { InputFault } from '../errors/madoguchi-error.ts'

/** 措置ごとの回答 to a general request. Nothing is done by saying so. */
export const MEASURE_ANSWERS = ['considering', 'done', 'partly', 'not_done'] as const
export type MeasureAnswerKind = (typeof MEASURE_ANSWERS)[number]

/** A measure that reaches everybody who opens an account, and so what is said without a name (M-20). */
export const ACCOUNT_OPENING_VERIFICATION = 'account_opening_verification'

export interface MeasureAnswer {
  /** Place in the request, from 0. */
  readonly position: number
  /** Open list; by the request, else as the platform takes it. */
  readonly kind: string
  readonly answer: MeasureAnswerKind
  readonly text: string | null
  /** Needed with {@link ACCOUNT_OPENING_VERIFICATION}. */
  readonly effectOnAnonymousSpeech: string | null
}

/** 回答: what the platform answers. A later one stands for it; nothing is edited. */
export interface GeneralAnswerInput {
  /** Whether the platform is one that the request addresses, by its criterion as written, and why (M-28). */
  readonly appliesToUs: boolean
  readonly appliesReason: string
  readonly measures: readonly MeasureAnswer[]
  /** Day in Japan on which it was explained, where that was asked for and done. */
  readonly explainedOn: string | null
  readonly explanationNote: string | null
}

export interface GeneralAnswerRecord extends GeneralAnswerInput {
  readonly id: Id<'gra'>
  readonly noticeId: Id<'ntc'>
  readonly revision: number
  readonly by: DecidedBy
  readonly answeredAt: number
  readonly leafHash: string
}

/** What is wrong with an answer: every measure is answered once, each by itself. */
export function answerFaults(asked: number, input: GeneralAnswerInput): readonly InputFault[] {
  const { measures, appliesReason } = input
  const places = new Set(measures.map(({ position }) => position))
  const isWhole =
    measures.length === asked &&
    places.size === asked &&
    [...places].every((place) => Number.isSafeInteger(place) && place >= 0 && place < asked)
  return [
    ...(isDocument(appliesReason) ? [] : [{ pointer: '/applies_reason', keyword: 'pattern' }]),
    ...(isWhole ? [] : [{ pointer: '/measures', keyword: 'uniqueItems' }]),
    ...measures.flatMap(({ kind, effectOnAnonymousSpeech: effect }, index) =>
      kind === ACCOUNT_OPENING_VERIFICATION && (effect ?? '').trim() === ''
        ? [{ pointer: `/measures/${index}/effect_on_anonymous_speech`, keyword: 'required' }]
        : [],
    ),
  ]
}
