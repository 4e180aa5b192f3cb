import { answerFaults, MEASURE_ANSWERS } from '../core/general-request.ts'
import type {
  GeneralAnswerInput,
  GeneralAnswerRecord,
  MeasureAnswer,
} from '../core/general-request.ts'
import { isId } from '../core/ids.ts'
import type { NoticeRecord } from '../core/notice.ts'
import { startOfDayInJapan } from '../core/time.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import type { GeneralRequestNotice } from '../generated/types.ts'
import type { Reader } from '../ports/record-store.ts'
import { requirePermission, type Actor } from './actor.ts'
import type { Change } from './command.ts'
import type { AppContext } from './context.ts'
import { commandLock } from './locks.ts'
import { requireLive } from './notice-at-commit.ts'
import { answeredBefore, keepAnswer } from './once.ts'
import { onTrial } from './on-trial.ts'
import { readInput, type InputReader } from './read-input.ts'
import { ledgeredEvent } from './record-event.ts'

/** A stored general request and what it says. */
export interface GeneralRequest {
  readonly notice: NoticeRecord
  readonly document: GeneralRequestNotice
}

/** @throws MadoguchiError `not_found`. */
export async function generalRequest(read: Reader, id: string): Promise<GeneralRequest> {
  const notice = isId('ntc', id) ? await read.get('notice', { id }) : undefined
  if (notice?.form !== 'general_request') throw new MadoguchiError('not_found')
  const document = JSON.parse(new TextDecoder().decode(notice.body)) as GeneralRequestNotice
  return { notice, document }
}

/** The answers to one, oldest first. */
export function answersTo(
  read: Reader,
  noticeId: NoticeRecord['id'],
): Promise<GeneralAnswerRecord[]> {
  return read.find('generalAnswer', { noticeId }, { orderBy: 'revision' })
}

/**
 * 一般要請に回答する: what the platform says to each measure that was asked for. It is recorded and in the
 * ledger, and changes nothing else: no clause, no policy, no goal, no case (M-29).
 *
 * @param input Unchecked, with the wire's names.
 * @throws MadoguchiError `not_allowed`, `not_found`, `invalid_input`, `command_id_reused`,
 *   `notice_withdrawn`, `notice_superseded`.
 */
export async function answerGeneralRequest(
  ctx: AppContext,
  by: Actor,
  id: string,
  input: unknown,
): Promise<GeneralAnswerRecord> {
  requirePermission(by, 'requests.answer')
  const { notice, document } = await generalRequest(ctx.read, id)
  const { commandId, ...answer } = readAnswer(input, document)
  const errors = answerFaults(document.measures.length, answer)
  if (errors.length > 0) throw new MadoguchiError('invalid_input', { errors })
  const once = { commandId, content: { command: 'answer_request', id, by, ...answer } }
  const { result } = await ctx.committer.submit({
    name: 'request.answer',
    bytes: 4_096,
    locks: [`request:${notice.id}`, commandLock(commandId)],
    run: async (tx): Promise<Change<GeneralAnswerRecord>> => {
      const answered = await answeredBefore(tx, once)
      if (answered !== undefined) return { result: answered as GeneralAnswerRecord, events: [] }
      requireLive((await tx.get('notice', { id: notice.id })) ?? notice)
      const before = (await answersTo(tx, notice.id)).at(-1)
      const facts = {
        ...answer,
        id: ctx.random.id('gra'),
        noticeId: notice.id,
        revision: (before?.revision ?? 0) + 1,
        by: { operator: by.operator, role: by.role },
        answeredAt: ctx.clock.now(),
      }
      const event = answeredEvent(ctx, notice, facts, before)
      const record = { ...facts, leafHash: event.entry.leafHash }
      await tx.insert('generalAnswer', record)
      await keepAnswer(tx, once, record, facts.answeredAt)
      return { result: record, events: [event] }
    },
  })
  return result
}

function answeredEvent(
  { random, ledger }: AppContext,
  notice: NoticeRecord,
  facts: Omit<GeneralAnswerRecord, 'leafHash'>,
  before: GeneralAnswerRecord | undefined,
): ReturnType<typeof ledgeredEvent> {
  const { form, lane } = notice
  return ledgeredEvent(
    { random, logOrigin: ledger.origin },
    {
      type: 'general_request.answered',
      at: facts.answeredAt,
      noticeId: notice.id,
      lane,
      pub: { form, lane, ...onTrial(notice) },
      refs: [notice.leafHash, ...(before === undefined ? [] : [before.leafHash])],
      sender: notice.senderId,
      payload: { v: 1, ...facts },
    },
  )
}

const TEXT = { max: 2_000 }
const KIND = { max: 64, pattern: /^[a-z][a-z0-9_]*$/ }

function readAnswer(
  input: unknown,
  { measures: asked }: GeneralRequestNotice,
): GeneralAnswerInput & { readonly commandId: string } {
  const members = readInput(input)
  const answer = {
    commandId: members.text('command_id', { max: 128, pattern: /^[A-Za-z0-9._~-]{8,}$/ }),
    appliesToUs: members.boolean('applies_to_us'),
    appliesReason: members.text('applies_reason', { max: 200 }),
    measures: readMeasures(members.anything('measures'), asked),
    explainedOn: readDay(members, 'explained_on'),
    explanationNote: members.optionalText('explanation_note', TEXT),
  }
  members.done()
  return answer
}

function readMeasures(
  value: unknown,
  asked: GeneralRequestNotice['measures'],
): readonly MeasureAnswer[] {
  if (!Array.isArray(value)) throw refuse('/measures', value === undefined ? 'required' : 'type')
  return value.map((each: unknown) => {
    const members = readInput(each)
    const position = members.integer('position', 0, 100)
    const answer = {
      position,
      kind: members.optionalText('kind', KIND) ?? asked[position]?.kind ?? 'other',
      answer: members.oneOf('answer', MEASURE_ANSWERS),
      text: members.optionalText('text', TEXT),
      effectOnAnonymousSpeech: members.optionalText('effect_on_anonymous_speech', TEXT),
    }
    members.done()
    return answer
  })
}

function readDay(members: InputReader, name: string): string | null {
  const day = members.optionalText(name, { max: 10 })
  if (day !== null && startOfDayInJapan(day) === undefined) throw refuse(`/${name}`, 'format')
  return day
}

function refuse(pointer: string, keyword: string): MadoguchiError {
  return new MadoguchiError('invalid_input', { errors: [{ pointer, keyword }] })
}
