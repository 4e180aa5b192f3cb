import { ACTION_KINDS, type ActionKind } from '../action-kind.ts'
import { isInterimOnly } from '../measure-terms.ts'
import { outwardReason } from '../outward.ts'
import { parseTime, startOfDayInJapan } from '../time.ts'
import type { Lane } from '../vocabulary.ts'
import type { DecidedFacts, Happening, Story } from './story.ts'

/** What a notice has come to. The first two aren't answers; the four others are columns of their own. */
export const RESULTS = [
  'open',
  'withdrawn',
  'gone_before_receipt',
  'gone_without_measure',
  'measures',
  'no_measure',
] as const
export type Result = (typeof RESULTS)[number]

/** By what notices are counted. */
export const NOTICE_DIMENSIONS = [
  'sender_type',
  'commission',
  'form',
  'category',
  'nature',
  'assurance',
  'provision_cited',
  'mode',
  'awareness_cause',
] as const
export type NoticeDimension = (typeof NOTICE_DIMENSIONS)[number]

/** By what measures are counted. */
export const MEASURE_DIMENSIONS = [
  'kind',
  'transmission_prevention',
  'sender_type',
  'category',
  'ground',
  'mode',
  'awareness_cause',
  'provision_found',
] as const
export type MeasureDimension = (typeof MEASURE_DIMENSIONS)[number]

/** One measure that took effect, under the notice whose decision made it. */
export interface ToldMeasure {
  readonly lane: Lane
  readonly of: Readonly<Record<MeasureDimension, readonly string[]>>
  readonly isReversed: boolean
}

/** One notice as it is counted. */
export interface ToldNotice {
  readonly lane: Lane
  readonly result: Result
  readonly of: Readonly<Record<NoticeDimension, readonly string[]>>
  /** What stands: a measure that prevents transmission, or another one. */
  readonly acted: 'transmission_prevention' | 'other_measure' | null
  readonly declineReason: string | null
  /** Only of decisions that name this notice first: each is counted once. */
  readonly measures: readonly ToldMeasure[]
  /** Decisions that were taken back, counted likewise. */
  readonly changed: number
  /** In ms since it arrived; `null`: it hasn't come to that. */
  readonly times: Readonly<Record<Span, number | null>>
}

export const SPANS = ['acknowledge', 'decide', 'take_effect'] as const
export type Span = (typeof SPANS)[number]

/** Stands where there is nothing to count by. */
const NONE = 'none'

interface Decision {
  readonly id: string
  readonly at: number
  readonly facts: DecidedFacts
}

interface Effect {
  readonly id: string
  readonly kind: ActionKind
  readonly executedAt: number
  readonly decision: Decision
  isReversed: boolean
}

interface Course {
  readonly decisions: readonly Decision[]
  readonly effects: readonly Effect[]
  /** The last that was made, unless it was taken back. */
  readonly standing: Decision | null
  readonly changed: number
}

/** What became of a notice, in the words of the tables. A measure that came before it is never its result. */
export function tell(story: Story): ToldNotice {
  const { accepted } = story
  const course = follow(story)
  const { decisions, effects, standing } = course
  const last = decisions.at(-1)
  const result = resultOf(story, course)
  const ofDecision = (value: (facts: DecidedFacts) => string): readonly string[] => [
    last === undefined ? NONE : value(last.facts),
  ]
  return {
    lane: last?.facts.place.lane ?? accepted.lane,
    result,
    of: {
      sender_type: [accepted.sender_type],
      commission: [accepted.commission ?? NONE],
      form: [accepted.form],
      category: [accepted.category],
      nature: [accepted.nature],
      assurance: [accepted.assurance],
      provision_cited: manyOf(accepted.provisions),
      mode: ofDecision(({ mode }) => mode),
      awareness_cause: ofDecision(({ input }) => input.awarenessCause),
    },
    acted: result === 'measures' ? actedOf(course) : null,
    declineReason: result === 'no_measure' ? reasonOf(standing) : null,
    measures: effects
      .filter(({ decision }) => leads(story, decision))
      .map((effect) => measureOf(effect, accepted.sender_type)),
    changed: course.changed,
    times: timesOf(story, course),
  }
}

function follow(story: Story): Course {
  const decisions: Decision[] = []
  const effects: Effect[] = []
  let standing: Decision | null = null
  let changed = 0
  for (const happening of story.happenings) {
    const made = decisionOf(story, happening)
    if (made !== undefined) {
      decisions.push(made)
      // An interim measure decides nothing.
      if (!isInterim(made)) standing = made
    }
    if (happening.type === 'decision.reversed' && concerns(story, happening.facts.noticeIds)) {
      const taken = decisions.find(({ id }) => id === happening.facts.reverses)
      if (taken !== undefined && leads(story, taken)) changed += 1
      standing = null
    }
    noteEffect(happening, decisions, effects)
  }
  return { decisions, effects, standing, changed }
}

/** Decisions on trial moved nothing, and are none here. */
function decisionOf(story: Story, happening: Happening): Decision | undefined {
  if (happening.type !== 'decision.made') return undefined
  const { facts, at, decisionId } = happening
  if (facts.trial !== null || !concerns(story, facts.noticeIds)) return undefined
  return { id: decisionId ?? '', at, facts }
}

function noteEffect(happening: Happening, decisions: readonly Decision[], effects: Effect[]): void {
  if (happening.type === 'action.executed') {
    const { action, kind, executed_at } = happening.facts
    const decision = decisions.find(({ id }) => id === happening.decisionId)
    // What undoes a measure at its end is none itself.
    if (decision === undefined || kind === 'restore') return
    const executedAt = parseTime(executed_at) ?? happening.at
    effects.push({ id: action, kind, executedAt, decision, isReversed: false })
  }
  if (happening.type === 'action.reversed') {
    const effect = effects.find(({ id }) => id === happening.facts.action)
    if (effect !== undefined) effect.isReversed = true
  }
}

function isInterim({ facts }: Decision): boolean {
  return isInterimOnly(facts.input.actions)
}

function concerns({ ids }: Story, noticeIds: readonly string[]): boolean {
  return noticeIds.some((id) => ids.has(id))
}

function leads({ ids }: Story, { facts }: Decision): boolean {
  return ids.has(facts.noticeIds[0] ?? '')
}

function resultOf(story: Story, { effects, standing }: Course): Result {
  if (effects.some(({ isReversed }) => !isReversed)) return 'measures'
  if (standing === null) return unanswered(story, effects)
  const { input, noticeIds, absent } = standing.facts
  if (input.alreadyGone) {
    const id = noticeIds.find((one) => story.ids.has(one)) ?? ''
    return absent[id] === 'gone_before_receipt' ? 'gone_before_receipt' : 'gone_without_measure'
  }
  if (input.actions.length === 0) return 'no_measure'
  return effects.some(({ decision }) => decision === standing) ? 'measures' : 'open'
}

/** What took effect and was undone leaves no measure; else the notice waits, or its sender took it back. */
function unanswered({ isWithdrawn }: Story, effects: readonly Effect[]): Result {
  if (effects.some(({ decision }) => !isInterim(decision))) return 'no_measure'
  return isWithdrawn ? 'withdrawn' : 'open'
}

/** Where what took effect was undone there is no measure either, and nobody declined. */
function reasonOf(standing: Decision | null): string {
  return standing === null ? 'restored' : outwardReason(standing.facts.input.declineReason)
}

function actedOf({ effects, standing }: Course): ToldNotice['acted'] {
  const counting = effects.filter((one) => !one.isReversed || one.decision === standing)
  return counting.some(({ kind }) => ACTION_KINDS[kind].transmissionPrevention)
    ? 'transmission_prevention'
    : 'other_measure'
}

function measureOf({ kind, decision, isReversed }: Effect, senderType: string): ToldMeasure {
  const { place, input, mode } = decision.facts
  return {
    lane: place.lane,
    isReversed,
    of: {
      kind: [kind],
      transmission_prevention: [ACTION_KINDS[kind].transmissionPrevention ? 'yes' : 'no'],
      sender_type: [senderType],
      category: [place.category],
      ground: [input.ground?.kind ?? NONE],
      mode: [mode],
      awareness_cause: [input.awarenessCause],
      provision_found: manyOf(input.ground?.provisions ?? []),
    },
  }
}

function manyOf(values: readonly string[]): readonly string[] {
  return values.length === 0 ? [NONE] : [...new Set(values)]
}

function timesOf(
  { accepted, acceptedAt }: Story,
  { decisions, effects }: Course,
): Readonly<Record<Span, number | null>> {
  const receivedAt = parseTime(accepted.received_at) ?? acceptedAt
  const arrivedAt = arrivalOf(accepted.arrived_on, receivedAt)
  const since = (at: number | undefined): number | null =>
    at === undefined ? null : Math.max(0, at - arrivedAt)
  const first = Math.min(...effects.map(({ executedAt }) => executedAt))
  return {
    acknowledge: since(acceptedAt),
    decide: since(decisions.find((one) => !isInterim(one))?.at),
    take_effect: effects.length === 0 ? null : since(first),
  }
}

/** A letter arrived some time on its day; what is known is the day. */
function arrivalOf(arrivedOn: string | undefined, receivedAt: number): number {
  const day = arrivedOn === undefined ? undefined : startOfDayInJapan(arrivedOn)
  return Math.min(receivedAt, day ?? receivedAt)
}
