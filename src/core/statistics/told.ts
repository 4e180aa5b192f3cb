import { ACTION_KINDS } from '../action-kind.ts'
import { outwardReason } from '../outward.ts'
import { parseTime, startOfDayInJapan } from '../time.ts'
import type { Lane } from '../vocabulary.ts'
import { tellAside, type ToldAside } from './aside.ts'
import { follow, isInterim, leads, type Course, type Decision, type Effect } from './course.ts'
import type { DecidedFacts, Story } from './story.ts'

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
  'legal_result',
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
  'territory',
  'interim',
] as const
export type MeasureDimension = (typeof MEASURE_DIMENSIONS)[number]

/** One measure that took effect, under the notice whose decision made it. */
export interface ToldMeasure {
  readonly lane: Lane
  readonly of: Readonly<Record<MeasureDimension, readonly string[]>>
  readonly state: Effect['state']
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
  readonly aside: ToldAside
  /** In ms since it arrived; `null`: it hasn't come to that. */
  readonly times: Readonly<Record<Span, number | null>>
}

export const SPANS = ['acknowledge', 'decide', 'take_effect'] as const
export type Span = (typeof SPANS)[number]

/** Stands where there is nothing to count by. */
const NONE = 'none'

/** What became of a notice, in the words of the tables. A measure that came before it is never its result. */
export function tell(story: Story): ToldNotice {
  const { accepted, assessed } = story
  const course = follow(story)
  const { decisions, effects, standing } = course
  const last = decisions.at(-1)
  const result = resultOf(story, course)
  const ofDecision = (value: (facts: DecidedFacts) => string): readonly string[] => [
    last === undefined ? NONE : value(last.facts),
  ]
  return {
    lane: last?.facts.place.lane ?? assessed?.lane ?? accepted.lane,
    result,
    of: {
      sender_type: [accepted.sender_type],
      commission: [accepted.commission ?? NONE],
      form: [accepted.form],
      category: [accepted.category],
      nature: [assessed?.nature ?? accepted.nature],
      assurance: [accepted.assurance],
      provision_cited: manyOf(accepted.provisions),
      mode: ofDecision(({ mode }) => mode),
      awareness_cause: ofDecision(({ input }) => input.awarenessCause),
      legal_result: ofDecision(({ input }) => input.legal?.result ?? NONE),
    },
    acted: result === 'measures' ? actedOf(course) : null,
    declineReason: result === 'no_measure' ? reasonOf(standing) : null,
    measures: effects
      .filter(({ decision }) => leads(story, decision))
      .map((effect) => measureOf(effect, accepted.sender_type)),
    changed: course.changed,
    aside: tellAside(story),
    times: timesOf(story, course),
  }
}

function resultOf(story: Story, { effects, standing }: Course): Result {
  if (effects.some(({ state }) => state === 'standing')) return 'measures'
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

/** Where what took effect was undone there is no measure either, and nobody declined; nor is an order declined. */
function reasonOf(standing: Decision | null): string | null {
  if (standing?.facts.input.legal !== undefined) return null
  return standing === null ? 'restored' : outwardReason(standing.facts.input.declineReason)
}

function actedOf({ effects, standing }: Course): ToldNotice['acted'] {
  const counting = effects.filter((one) => one.state === 'standing' || one.decision === standing)
  return counting.some(({ kind }) => ACTION_KINDS[kind].transmissionPrevention)
    ? 'transmission_prevention'
    : 'other_measure'
}

function measureOf({ kind, decision, state }: Effect, senderType: string): ToldMeasure {
  const { place, input, mode } = decision.facts
  const asked = input.actions.find((action) => action.kind === kind)
  return {
    lane: place.lane,
    state,
    of: {
      kind: [kind],
      transmission_prevention: [ACTION_KINDS[kind].transmissionPrevention ? 'yes' : 'no'],
      sender_type: [senderType],
      category: [place.category],
      ground: [input.ground?.kind ?? NONE],
      mode: [mode],
      awareness_cause: [input.awarenessCause],
      provision_found: manyOf(input.ground?.provisions ?? []),
      territory: territoryOf(kind, asked?.territory),
      interim: [asked?.interim === true ? 'yes' : 'no'],
    },
  }
}

/** Where a measure holds: named places, or everywhere. */
function territoryOf(
  kind: Effect['kind'],
  named: readonly string[] | undefined,
): readonly string[] {
  if (kind === 'geo_block_jp') return ['JP']
  return named ?? ['everywhere']
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
