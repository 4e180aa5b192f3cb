import type { Id } from './ids.ts'
import type { DecidedBy } from './decision.ts'
import type { Bilingual } from './vocabulary.ts'

/** What a sender can say about a notice of its own after it was accepted. */
export const MESSAGE_KINDS = ['withdrawal', 'supplement', 'appeal'] as const
export type MessageKind = (typeof MESSAGE_KINDS)[number]

/** 取下げ・補足・異議の申出: an accepted message about one notice, signed like a notice and with a receipt of its own. */
export interface MessageRecord {
  readonly id: Id<'msg'>
  readonly senderId: string
  /** One name space with the sender's notices. */
  readonly senderMessageId: string
  readonly kind: MessageKind
  readonly noticeId: Id<'ntc'>
  readonly receivedAt: number
  /** Exactly the bytes that were signed. */
  readonly body: Uint8Array
  readonly bodySha256: string
  readonly token: string
  readonly kid: string
  readonly profile: 'mdg-jwt-1'
  /** The question that it answered. */
  readonly questionId: Id<'qst'> | null
  /** Version of the case with which it came; `null`: the notice had no case yet. */
  readonly caseVersion: number | null
  readonly receiptId: Id<'rcp'>
  readonly receipt: string
  readonly leafHash: string
  readonly entryIndex: number
}

/** So many supplements, and so many revisions, may follow one notice. They move no clock. */
export const MAX_MESSAGES = 20

/** Outward words of the desk, in one language or both. */
export type OutwardText = Partial<Bilingual>

/** 補足のお願い: what the desk asked the sender of one notice. */
export interface QuestionRecord {
  readonly id: Id<'qst'>
  readonly caseId: Id<'cas'>
  readonly noticeId: Id<'ntc'>
  readonly text: OutwardText
  readonly by: DecidedBy
  readonly askedAt: number
  /** `dropped`: decided, withdrawn or superseded without an answer. */
  readonly state: 'open' | 'answered' | 'dropped'
  readonly closedAt: number | null
}
