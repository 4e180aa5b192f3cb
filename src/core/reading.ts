import type { Id } from './ids.ts'
import type { Role } from './vocabulary.ts'

/** What somebody read. */
export const READING_KINDS = [
  /** A case with its notices. */
  'payload',
  /** The same of a no-view category (law 11). */
  'no_view',
  /** 担当者/確認者 of a notice. */
  'names',
  /** A list by other than the queue's own order. */
  'search',
  /** Something to be taken out of the house, e.g. the text of a letter. */
  'export',
  /** Entries of the log, which together tell who sends how much. */
  'entries',
  /** A case of an external auditor's sample. */
  'sample',
  'dead_letter_payload',
] as const
export type ReadingKind = (typeof READING_KINDS)[number]

/** 閲覧の記録: who read what, when. The same read again within ten minutes is counted in one row. */
export interface ReadingRecord {
  readonly id: Id<'rdg'>
  /** Of the first. */
  readonly at: number
  /** Of the last. */
  readonly lastAt: number
  readonly times: number
  /** Pseudonym. */
  readonly operator: string
  readonly role: Role
  readonly what: ReadingKind
  /**
   * An identifier of ours, the path of a tile, or the words of closed lists that a search asked for.
   * Never a text that somebody typed.
   */
  readonly subject: string
  /** Of the case that was shown. */
  readonly version: number | null
}

/** How long the same reading is counted in one row. */
export const READING_WINDOW_MS = 600_000
