import type { ActionKind } from '../action-kind.ts'
import type { DecisionInput } from '../decision.ts'
import type { EventRecord, EventType } from '../event.ts'
import type { Form, Lane, LegalNature } from '../vocabulary.ts'

/** What the event of an accepted notice says that is counted. */
export interface AcceptedFacts {
  readonly notice: string
  readonly received_at: string
  readonly lane: Lane
  readonly form: Form
  readonly category: string
  readonly nature: LegalNature
  readonly assurance: string
  readonly sender_type: string
  /** The body that commissioned its sender. */
  readonly commission: string | null
  /** Provisions as the sender cites them. */
  readonly provisions: readonly string[]
  /** Day of arrival of a letter. */
  readonly arrived_on?: string
  readonly supersedes?: string
  readonly trial?: string
}

/** What the event of a decision says that is counted. */
export interface DecidedFacts {
  readonly noticeIds: readonly string[]
  readonly trial: string | null
  readonly mode: string
  readonly input: DecisionInput
  /** Of the case when it was decided. */
  readonly place: { readonly lane: Lane; readonly form: Form; readonly category: string }
  /** Where nothing was left to decide: what may be said of it, by notice. */
  readonly absent: Readonly<Record<string, string>>
}

/** What the event of a decision that was taken back says that is counted. */
export interface TakenBackFacts {
  readonly noticeIds: readonly string[]
  readonly reverses: string
}

export interface ExecutedFacts {
  readonly action: string
  readonly kind: ActionKind
  readonly executed_at: string
}

/** The payloads that statistics read, by the type of their event. */
interface Payloads {
  readonly 'decision.made': DecidedFacts
  readonly 'decision.reversed': TakenBackFacts
  readonly 'action.executed': ExecutedFacts
  readonly 'action.reversed': { readonly action: string }
  readonly 'action.expired': { readonly action: string }
  /** `by` is left out of what a sender wrote itself. */
  readonly 'appeal.received': { readonly by?: string }
  readonly 'appeal.decided': { readonly by: string; readonly result: string }
  readonly 'influence.noted': { readonly kind: string }
  readonly 'poster.postponed': object
}

/** One thing that happened in the cases of a notice. */
export type Happening = {
  [T in keyof Payloads]: {
    readonly type: T
    readonly at: number
    readonly caseId: string
    readonly decisionId: string | null
    readonly facts: Payloads[T]
  }
}[keyof Payloads]

/** What became of one notice, from the events about it and its cases up to some entry of the log. */
export interface Story {
  readonly accepted: AcceptedFacts
  readonly acceptedAt: number
  /** Its own and those of its revisions, which are no further notices. */
  readonly ids: ReadonlySet<string>
  readonly isWithdrawn: boolean
  /** What a person took it for in the end (law 7); `null`: for what it came as. */
  readonly assessed: { readonly nature: LegalNature; readonly lane: Lane } | null
  /** Cases that it opened. */
  readonly opened: ReadonlySet<string>
  /** Of all its cases, in order. */
  readonly happenings: readonly Happening[]
}

/** Events of a notice that lead to its cases, or end it. */
export const NOTICE_EVENTS = [
  'case.opened',
  'case.joined',
  'notice.moved',
  'notice.superseded',
  'notice.withdrawn',
  'nature.assessed',
] as const satisfies readonly EventType[]

/** Events of a case that are counted. */
export const CASE_EVENTS = [
  'decision.made',
  'decision.reversed',
  'action.executed',
  'action.reversed',
  'action.expired',
  'appeal.received',
  'appeal.decided',
  'influence.noted',
  'poster.postponed',
] as const satisfies readonly EventType[]

/** The payload of an event, read; what it holds follows from the type of the event. */
export function payloadOf({ payload }: Pick<EventRecord, 'payload'>): unknown {
  return JSON.parse(new TextDecoder().decode(payload))
}

/** An event of a case as a story has it. */
export function happeningOf(event: EventRecord): Happening {
  const { type, at, caseId, decisionId } = event
  return { type, at, caseId: caseId ?? '', decisionId, facts: payloadOf(event) } as Happening
}
