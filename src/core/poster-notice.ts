import type { Id } from './ids.ts'
import type { PosterStatement } from './poster-statement.ts'
import type { PostponementReason } from './postponement.ts'
import type { Bilingual } from './vocabulary.ts'

/** 発信者への通知: that measures were taken, that they were taken back, or what came of an objection. */
export const POSTER_NOTICE_KINDS = ['measures', 'restored', 'appeal_answer'] as const
export type PosterNoticeKind = (typeof POSTER_NOTICE_KINDS)[number]

/**
 * | state         | meaning                                                    | moved on by                 |
 * | ------------- | ---------------------------------------------------------- | --------------------------- |
 * | `due`         | what it tells hasn't taken effect yet                      | the actions, or the clock   |
 * | `postponed`   | two people put it off (law 23)                             | its date, or a person       |
 * | `telling`     | its text is final; the platform's executor is asked        | the executor                |
 * | `pending`     | the executor took it, and tells later                      | the platform, or a person   |
 * | `by_platform` | there is no executor: the platform tells by itself         | the platform, or a person   |
 * | `failed`      | the executor gave up; the case is before people            | the platform, or a person   |
 * | `told`        | the poster was told                                        | nothing                     |
 * | `dropped`     | nothing took effect, or it was taken back before           | nothing                     |
 */
export const POSTER_NOTICE_STATES = [
  'due',
  'postponed',
  'telling',
  'pending',
  'by_platform',
  'failed',
  'told',
  'dropped',
] as const
export type PosterNoticeState = (typeof POSTER_NOTICE_STATES)[number]

/** States in which the platform, or a person, can say that the poster was told. */
export const TELLABLE_BY_HAND: ReadonlySet<PosterNoticeState> = new Set<PosterNoticeState>([
  'telling',
  'pending',
  'by_platform',
  'failed',
])

/** What one poster is told about one decision, once. It never goes to a sender. */
export interface PosterNoticeRecord {
  readonly id: Id<'pnt'>
  readonly caseId: Id<'cas'>
  readonly decisionId: Id<'dec'>
  readonly targetKey: string
  readonly kind: PosterNoticeKind
  readonly state: PosterNoticeState
  readonly createdAt: number
  /** The actions that it tells of; set with its text. */
  readonly actionIds: readonly Id<'act'>[]
  /** The objection that it answers. */
  readonly appealId: Id<'apl'> | null
  /** Made when it is told, and not changed while anybody may have got it. */
  readonly text: PosterText | null
  readonly statement: PosterStatement | null
  readonly attempt: number
  readonly toldAt: number | null
  /** `executor`, `platform`, or the operator who said so. */
  readonly toldBy: string | null
  readonly failureCode: string | null
  /** Why it was put off, if ever; the poster hears that it was, not why. */
  readonly postponedFor: PostponementReason | null
}

/** The words that a poster gets. */
export interface PosterText {
  readonly title: Bilingual
  readonly body: Bilingual
}
