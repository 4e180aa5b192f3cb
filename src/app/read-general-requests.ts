import type { AgencyFacts } from '../core/agency.ts'
import type { GeneralAnswerRecord, MeasureAnswer } from '../core/general-request.ts'
import type { NoticeRecord } from '../core/notice.ts'
import type { Bilingual } from '../core/vocabulary.ts'
import { requirePermission, type Actor } from './actor.ts'
import { answersTo, generalRequest } from './answer-general-request.ts'
import { bodiesOfState } from './bodies-of-state.ts'
import type { AppContext } from './context.ts'
import { defang, defangDeep } from './defang.ts'
import { recordReading } from './record-reading.ts'
import { senderBrief, type SenderBrief } from './sender-brief.ts'

/** A general request in a list. */
export interface GeneralRequestLine extends Pick<
  NoticeRecord,
  'id' | 'senderId' | 'referenceNo' | 'issuedOn' | 'receivedAt' | 'state' | 'trial'
> {
  readonly subject: string
  /** How many measures it asks for. */
  readonly measures: number
  /** `null`: not answered yet. */
  readonly answeredAt: number | null
}

/** 報告のための対象: what was asked, and what the platform answers, measure by measure (REQ-7). */
export interface GeneralRequestReport extends GeneralRequestLine {
  readonly sender: SenderBrief | null
  readonly nature: NoticeRecord['nature']
  readonly selfDeclaredNature: string | null
  readonly agency: AgencyFacts | null
  readonly purpose: string
  readonly addressedTo: string | null
  readonly relayedVia: string | null
  readonly explanationAsked: { readonly where: string; readonly on: string | null } | null
  readonly asked: readonly {
    readonly position: number
    readonly text: string
    readonly answer: Omit<MeasureAnswer, 'position'> | null
  }[]
  readonly answer: Omit<GeneralAnswerRecord, 'measures' | 'noticeId'> | null
  /** Standing policies that name this request as what prompted them; it changed nothing by itself. */
  readonly prompted: readonly {
    readonly id: string
    readonly version: number
    readonly title: Bilingual
  }[]
}

const LIMIT = 1_000

/** 一般要請の一覧, newest first. @throws MadoguchiError `not_allowed`. */
export async function listGeneralRequests(
  { read }: AppContext,
  actor: Actor,
): Promise<GeneralRequestLine[]> {
  requirePermission(actor, 'requests.read')
  const lines: GeneralRequestLine[] = []
  for (const { id: senderId } of await bodiesOfState(read)) {
    const where = { senderId, form: 'general_request' } as const
    for (const { id } of await read.find('notice', where, { orderBy: 'id', limit: LIMIT }))
      lines.push(await lineOf(read, id))
  }
  return lines.sort((a, b) => b.receivedAt - a.receivedAt)
}

async function lineOf(
  read: AppContext['read'],
  id: NoticeRecord['id'],
): Promise<GeneralRequestLine> {
  const { notice, document } = await generalRequest(read, id)
  const { senderId, referenceNo, issuedOn, receivedAt, state, trial } = notice
  return {
    id,
    senderId,
    referenceNo,
    issuedOn,
    receivedAt,
    state,
    trial,
    subject: defang(document.subject),
    measures: document.measures.length,
    answeredAt: (await answersTo(read, id)).at(-1)?.answeredAt ?? null,
  }
}

/**
 * One general request with the newest answer: what the platform can explain from. Reading it is recorded.
 *
 * @throws MadoguchiError `not_allowed`, `not_found`.
 */
export async function readGeneralRequest(
  ctx: AppContext,
  actor: Actor,
  id: string,
): Promise<GeneralRequestReport> {
  requirePermission(actor, 'requests.read')
  const { read } = ctx
  const { notice, document } = await generalRequest(read, id)
  await recordReading(ctx, actor, { what: 'payload', subject: notice.id })
  const sender = await read.get('sender', { id: notice.senderId })
  const answer = (await answersTo(read, notice.id)).at(-1)
  const policies = await read.find('policy', { promptedBy: notice.id })
  const { explanation_asked: explanation } = document
  return {
    ...(await lineOf(read, notice.id)),
    sender: sender === undefined ? null : senderBrief(sender),
    nature: notice.nature,
    selfDeclaredNature: textOrNull(document.ext?.self_declared_nature),
    agency: notice.agency,
    purpose: defang(document.purpose),
    addressedTo: textOrNull(document.addressed_to),
    relayedVia: textOrNull(document.relayed_via),
    explanationAsked:
      explanation === undefined
        ? null
        : { where: defang(explanation.where), on: explanation.on ?? null },
    asked: document.measures.map(({ text }, position) => ({
      position,
      text: defang(text),
      answer: answerTo(answer, position),
    })),
    answer: answer === undefined ? null : withoutMeasures(answer),
    prompted: policies.map(({ id: policyId, version, title }) => ({
      id: policyId,
      version,
      title,
    })),
  }
}

function answerTo(
  answer: GeneralAnswerRecord | undefined,
  position: number,
): Omit<MeasureAnswer, 'position'> | null {
  const own = answer?.measures.find((each) => each.position === position)
  if (own === undefined) return null
  const { kind, answer: said, text, effectOnAnonymousSpeech } = own
  return { kind, answer: said, text, effectOnAnonymousSpeech }
}

function withoutMeasures(answer: GeneralAnswerRecord): GeneralRequestReport['answer'] {
  const { id, revision, by, answeredAt, leafHash } = answer
  const { appliesToUs, appliesReason, explainedOn, explanationNote } = answer
  return {
    ...{ id, revision, by, answeredAt, leafHash },
    ...{ appliesToUs, appliesReason, explainedOn, explanationNote },
  }
}

function textOrNull(text: string | undefined): string | null {
  return text === undefined ? null : (defangDeep(text) as string)
}
