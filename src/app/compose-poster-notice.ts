import type { CaseRecord } from '../core/case.ts'
import type { DecisionRecord } from '../core/decision.ts'
import type { PosterNoticeRecord, PosterText } from '../core/poster-notice.ts'
import {
  helpFirst,
  posterStatement,
  type AppealAnswer,
  type PosterMeasure,
  type PosterStatement,
} from '../core/poster-statement.ts'
import { posterText } from '../core/poster-texts.ts'
import type { Sender } from '../core/sender.ts'
import type { Reader } from '../ports/record-store.ts'
import type { AppContext } from './context.ts'

/** What a poster gets, in words and for machines. */
export interface Composed {
  readonly text: PosterText
  readonly statement: PosterStatement
}

export interface ComposeQuery {
  readonly kind: PosterNoticeRecord['kind']
  /** `null`: a preview, of which nothing is recorded. */
  readonly id: PosterNoticeRecord['id'] | null
  readonly record: CaseRecord
  readonly decision: Pick<DecisionRecord, 'mode' | 'by' | 'noticeIds' | 'input'>
  readonly measures: readonly PosterMeasure[]
  readonly appeal: AppealAnswer | null
  readonly wasPostponed: boolean
}

/** The one way in which anything to a poster is put together: for telling it and for looking at it before. */
export async function composePosterNotice(
  { config }: AppContext,
  reader: Reader,
  { kind, id, record, decision, measures, appeal, wasPostponed }: ComposeQuery,
): Promise<Composed> {
  const { ground } = decision.input
  const statement = posterStatement({
    kind,
    decision: { mode: decision.mode, by: decision.by, ground },
    measures,
    nature: record.nature,
    helpFirst: helpFirst(record),
    senders: await sendersOf(reader, decision),
    standards: ground === null ? [] : await reader.find('standard', { id: ground.standard }),
    appeal,
    wasPostponed,
    rules: config.procedures.poster,
  })
  const { platformName, contact } = config
  return { statement, text: posterText({ statement, platformName, contact, reference: id }) }
}

async function sendersOf(
  reader: Reader,
  { noticeIds }: Pick<DecisionRecord, 'noticeIds'>,
): Promise<Sender[]> {
  const senders = new Map<string, Sender>()
  for (const id of noticeIds) {
    const notice = await reader.get('notice', { id })
    const sender = notice && (await reader.get('sender', { id: notice.senderId }))
    if (sender !== undefined) senders.set(sender.id, sender)
  }
  return [...senders.values()]
}

/** What a notice about an objection answers; `null` for another one. */
export async function answerOf(
  reader: Reader,
  { appealId }: Pick<PosterNoticeRecord, 'appealId'>,
): Promise<AppealAnswer | null> {
  const appeal = appealId === null ? undefined : await reader.get('appeal', { id: appealId })
  if (appeal === undefined) return null
  const { receivedAt, words, about, state } = appeal
  const result = state === 'changed' ? 'changed' : 'upheld'
  return { receivedAt, result, words, aboutRequest: about.includes('request') }
}
