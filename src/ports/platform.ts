import type { ActionKind } from '../core/action-kind.ts'
import type { Id } from '../core/ids.ts'
import type { MeasureTerms } from '../core/measure-terms.ts'
import type { PosterText } from '../core/poster-notice.ts'
import type { PosterStatement } from '../core/poster-statement.ts'
import type { Observation } from '../core/notice.ts'
import type { Bilingual, Surface } from '../core/vocabulary.ts'

/** What the platform makes of a reported location. */
export interface ResolvedTarget<Ref> {
  /** The platform's own reference; stored as JSON, handed back to executors. */
  readonly ref: Ref
  /** One text for one item, for joining notices about it; default: canonical JSON of `ref`. */
  readonly key?: string
  /** Pseudonymous. */
  readonly account?: string
  /** Default `public`. `private` ones are never observed, viewed or touched by a policy (M-05). */
  readonly surface?: Surface
}

/** An executor says how it went by returning one of these, or throws. */
export type ExecutorResult =
  | { readonly kind: 'executed'; readonly at: number }
  /** Done later, by something or somebody else; settled through `actions.settle`. */
  | { readonly kind: 'pending'; readonly reference?: string }

/** On which terms a measure is carried out. Madoguchi ends it by itself: with a counter-action of its own. */
export interface ExecutorTerms extends MeasureTerms {
  /** Epoch ms; for what the platform shows, not for a timer of its own. */
  readonly endsAt?: number
  /** Of `template`. */
  readonly text?: Bilingual
}

/** Carries out one measure. Called again with the same key until it says how it went. */
export type Executor<Ref> = (call: {
  readonly ref: Ref
  readonly actionId: Id<'act'>
  /** Use it: the same key must have one effect, however often it comes. */
  readonly idempotencyKey: string
  readonly attempt: number
  readonly terms: ExecutorTerms
  /** With a counter-action (`restore`): which measure it undoes. */
  readonly reverses?: { readonly actionId: Id<'act'>; readonly kind: ActionKind }
  /** Fires before the lease ends; what is returned afterwards is kept as a late result. */
  readonly signal: AbortSignal
}) => Promise<ExecutorResult>

/** Tells the poster of one item. Called again with the same key until it says how it went. */
export type PosterTeller<Ref> = (call: {
  readonly ref: Ref
  /** As `resolve` gave it; `null`: it gave none. */
  readonly account: string | null
  /** お知らせ番号: the poster may quote it, and `appeals.open` takes it. */
  readonly posterNoticeId: Id<'pnt'>
  /** What the poster is to get, in both languages, as it is. */
  readonly text: PosterText
  /** The same for machines. */
  readonly statement: PosterStatement
  readonly idempotencyKey: string
  readonly attempt: number
  readonly signal: AbortSignal
}) => Promise<ExecutorResult>

/** Thrown by an executor or handler when trying again can't help. */
export class PermanentFailure extends Error {
  override readonly name = 'PermanentFailure'
  /** `lower_snake`; shown to operators. */
  readonly code: string
  constructor(code: string, options?: ErrorOptions) {
    super(`permanent failure: ${code}`, options)
    this.code = code
  }
}

/** What Madoguchi asks of the platform that embeds it. All of it runs after the 202. */
export interface Platform<Ref = unknown> {
  /** Hosts whose URLs are this platform's; any other is refused before the platform is asked. */
  readonly hosts: readonly string[]
  /** `null`: no such item here (any more). Throwing is a fault and is tried again. */
  resolve(query: {
    readonly url: string
    readonly signal: AbortSignal
  }): Promise<ResolvedTarget<Ref> | null>
  /** State of an item now. Absent: nothing is observed. */
  readonly observe?: (query: {
    readonly ref: Ref
    readonly signal: AbortSignal
  }) => Promise<Observation>
  /** A kind without an executor is `manual`: pending until an operator confirms. */
  readonly executors: Readonly<Partial<Record<ActionKind, Executor<Ref>>>>
  /** Absent: the platform tells its posters by itself, and says so. */
  readonly tellPoster?: PosterTeller<Ref>
}
