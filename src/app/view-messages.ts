import type { MessageRecord, QuestionRecord } from '../core/message.ts'
import type { NoticeRecord } from '../core/notice.ts'
import type { Reader } from '../ports/record-store.ts'
import { parseStrictJson } from '../signing/strict-json.ts'
import { defangDeep } from './defang.ts'

/** A withdrawal or supplement as the desk reads it; every URL in its words is dead. */
export interface MessageView extends Pick<
  MessageRecord,
  | 'id'
  | 'senderMessageId'
  | 'kind'
  | 'receivedAt'
  | 'questionId'
  | 'caseVersion'
  | 'leafHash'
  | 'entryIndex'
> {
  readonly document: unknown
}

/** 補足のお願い as the desk reads it, with who asked. */
export type QuestionView = Omit<QuestionRecord, 'caseId' | 'noticeId'>

/** What came after a notice: what its sender said, and what the desk asked. Who may see the notice may see it. */
export async function viewMessages(
  read: Reader,
  { id: noticeId }: NoticeRecord,
): Promise<{
  readonly messages: readonly MessageView[]
  readonly questions: readonly QuestionView[]
}> {
  const [messages, questions] = await Promise.all([
    read.find('message', { noticeId }, { orderBy: 'id' }),
    read.find('question', { noticeId }, { orderBy: 'id' }),
  ])
  return { messages: messages.map(viewMessage), questions: questions.map(viewQuestion) }
}

function viewMessage(message: MessageRecord): MessageView {
  return {
    id: message.id,
    senderMessageId: message.senderMessageId,
    kind: message.kind,
    receivedAt: message.receivedAt,
    questionId: message.questionId,
    caseVersion: message.caseVersion,
    // It was valid when it was accepted; the bytes are exactly those.
    document: defangDeep(parseStrictJson(message.body)),
    leafHash: message.leafHash,
    entryIndex: message.entryIndex,
  }
}

function viewQuestion({ id, text, by, askedAt, state, closedAt }: QuestionRecord): QuestionView {
  return { id, text, by, askedAt, state, closedAt }
}
