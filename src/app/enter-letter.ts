import { canonicalJson } from '../core/canonical-json.ts'
import { doubleCheckOf } from '../core/double-check.ts'
import type { Id } from '../core/ids.ts'
import { natureAtReceipt } from '../core/lane.ts'
import type { LetterFacts } from '../core/letter.ts'
import { NEWLY_ACCEPTED, type TranscribedNotice } from '../core/notice.ts'
import type { Sender } from '../core/sender.ts'
import { dayInJapan, formatTime } from '../core/time.ts'
import { trialOf } from '../core/trial.ts'
import type { Form, Lane } from '../core/vocabulary.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import type { LetterDocument, NoticeDocument } from '../generated/types.ts'
import type { Transaction } from '../ports/record-store.ts'
import { validateLetter } from '../schema/validate.ts'
import { sha256Base64url } from '../signing/sha256.ts'
import { requirePermission, type Actor } from './actor.ts'
import { checkIssuedOn, checkTarget } from './check-notice.ts'
import type { Change } from './command.ts'
import type { AppContext } from './context.ts'
import { countedFacts } from './counted-facts.ts'
import { queueIntake } from './intake-work.ts'
import { agencyOf, isSameTarget, targetText } from './item-of.ts'
import { commandLock, senderLock } from './locks.ts'
import { onTrial } from './on-trial.ts'
import { answeredBefore, keepAnswer } from './once.ts'
import { laneAtReceipt, requireThisWindow } from './other-window.ts'
import { readLetter, type ReadLetter } from './read-letter.ts'
import { ledgeredEvent } from './record-event.ts'
import { takeOrder } from './take-order.ts'

/** What whoever typed a letter in gets; none of its words. */
export interface EnteredLetter {
  readonly id: Id<'ntc'>
  readonly receiptId: Id<'rcp'>
  readonly senderId: string
  readonly form: Form
  readonly category: string
  readonly lane: Lane
  readonly assurance: 'transcribed'
  readonly receivedAt: number
  readonly goalAt: number
  /** How many provisions of a letter on form 2 moved out of their place. */
  readonly movedProvisions: number
}

type Facts = Omit<TranscribedNotice, 'order' | 'leafHash' | 'entryIndex' | 'position'>

/**
 * 書面の通知を入力する: takes in a letter as a `transcribed` notice of a registered sender. It gets the
 * same order, lane and laws as a signed one; only how sure its sender is differs, and how it is answered.
 *
 * @param input A document of `letter.schema.json`, unchecked.
 * @throws MadoguchiError `not_allowed`, `invalid_input`, `date_impossible`, `letter_known`, and what a
 *   signed notice would be refused for; nothing is stored then.
 */
export async function enterLetter(
  ctx: AppContext,
  actor: Actor,
  input: unknown,
): Promise<EnteredLetter> {
  requirePermission(actor, 'letters.enter')
  if (isObject(input)) requireThisWindow(ctx, input['notice'])
  const letter = validateLetter(input)
  const id = ctx.random.id('ntc')
  const read = readLetter(letter, `letter-${id.slice('ntc_'.length)}`)
  const receivedAt = ctx.clock.now()
  checkTarget(ctx, read.document)
  checkIssuedOn(read.document.issued_on, receivedAt)
  if (read.arrivedOn > dayInJapan(receivedAt)) throw refuse('/arrived_on', 'maximum')
  const sender = await ctx.read.get('sender', { id: letter.sender_id })
  if (sender === undefined) throw refuse('/sender_id', 'enum')
  const facts = factsOf(ctx, { id, actor, letter, read, sender, receivedAt })
  return commit(ctx, actor, letter, sender, read.document, facts)
}

async function commit(
  ctx: AppContext,
  actor: Actor,
  letter: LetterDocument,
  sender: Sender,
  document: NoticeDocument,
  facts: Facts,
): Promise<EnteredLetter> {
  const { receivedAt, senderId } = facts
  let written: TranscribedNotice | undefined
  const event = acceptanceEvent(ctx, facts, sender, document, async (tx, index) => {
    if (written === undefined) throw new Error('a notice is written after its order is taken')
    await tx.insert('notice', { ...written, position: index, entryIndex: index })
    await queueIntake(ctx, tx, written, index)
  })
  const { confirm_duplicate, ...content } = letter
  const once = { commandId: letter.command_id, content: { by: actor, ...content } }
  const { result } = await ctx.committer.submit({
    name: 'letter.enter',
    bytes: facts.body.length,
    locks: [senderLock(senderId), commandLock(once.commandId)],
    run: async (tx): Promise<Change<EnteredLetter>> => {
      const answered = await answeredBefore(tx, once)
      if (answered !== undefined) return { result: answered as EnteredLetter, events: [] }
      const sender = await tx.get('sender', { id: senderId })
      if (sender?.state !== 'active') throw new MadoguchiError('sender_suspended')
      if (confirm_duplicate !== true) await refuseKnown(tx, facts, document)
      const order = await takeOrder(tx, ctx.config, sender, facts)
      written = { ...facts, order, leafHash: event.entry.leafHash, position: -1, entryIndex: -1 }
      const entered = enteredOf(written)
      await keepAnswer(tx, once, entered, receivedAt)
      return { result: entered, events: [event], rings: ['intake'] }
    },
  })
  return result
}

function factsOf(
  ctx: AppContext,
  given: {
    readonly id: Id<'ntc'>
    readonly actor: Actor
    readonly letter: LetterDocument
    readonly read: ReadLetter
    readonly sender: Sender
    readonly receivedAt: number
  },
): Facts {
  const { id, actor, letter, read, sender, receivedAt } = given
  const { document } = read
  const nature = natureAtReceipt(sender, document, ctx.config.procedures, dayInJapan(receivedAt))
  const lane = laneAtReceipt(ctx, { form: document.form, senderType: sender.type, nature })
  const body = canonicalJson(document)
  return {
    id,
    senderId: sender.id,
    senderNoticeId: document.id,
    form: document.form,
    category: document.category,
    lane,
    nature,
    trial: trialOf(document.test === true, ctx.config.mode),
    agency: agencyOf(document, sender),
    assurance: 'transcribed',
    referenceNo: document.reference_no,
    issuedOn: document.issued_on,
    receivedAt,
    body,
    bodySha256: sha256Base64url(body),
    token: null,
    kid: null,
    profile: null,
    receipt: null,
    letter: lettersFacts(actor, letter, read),
    doubleCheck: doubleCheckOf({
      form: document.form,
      handlerName: document.handler_name,
      checkerName: document.checker_name,
    }),
    senderCriteria: sender.criteria,
    receiptId: ctx.random.id('rcp'),
    ...NEWLY_ACCEPTED,
  }
}

function lettersFacts(
  { operator, role }: Actor,
  { source, source_note }: LetterDocument,
  { arrivedOn, movedProvisions }: ReadLetter,
): LetterFacts {
  const enteredBy = { operator, role }
  return { source, sourceNote: source_note ?? null, arrivedOn, enteredBy, movedProvisions }
}

/** The entry says of the notice what it says of a signed one, and that nobody signed it. */
function acceptanceEvent(
  ctx: AppContext,
  facts: Facts,
  sender: Sender,
  document: NoticeDocument,
  indexed: (tx: Transaction, index: number) => Promise<void>,
): ReturnType<typeof ledgeredEvent> {
  const { form, lane, category, assurance, letter } = facts
  return ledgeredEvent(
    { random: ctx.random, logOrigin: ctx.ledger.origin },
    {
      type: 'notice.accepted',
      at: facts.receivedAt,
      noticeId: facts.id,
      lane,
      pub: { form, lane, category, assurance, ...onTrial(facts) },
      sender: facts.senderId,
      target: targetText(document),
      payload: {
        v: 1,
        notice: facts.id,
        receipt: facts.receiptId,
        sender_notice_id: facts.senderNoticeId,
        received_at: formatTime(facts.receivedAt),
        source: letter.source,
        source_note: letter.sourceNote,
        arrived_on: letter.arrivedOn,
        entered_by: letter.enteredBy,
        moved_provisions: letter.movedProvisions,
        body_sha256: facts.bodySha256,
        nature: facts.nature,
        double_check: facts.doubleCheck,
        ...countedFacts(ctx.config, sender, facts, document),
        ...onTrial(facts),
      },
      indexed,
    },
  )
}

/** People type twice, and hotlines send both ways: the same number, date and target is asked about. */
async function refuseKnown(
  tx: Transaction,
  { senderId, referenceNo, issuedOn }: Facts,
  document: NoticeDocument,
): Promise<void> {
  const alike = await tx.find('notice', { senderId, referenceNo, issuedOn }, { limit: 100 })
  const known = alike.filter(({ body }) =>
    isSameTarget(JSON.parse(new TextDecoder().decode(body)) as NoticeDocument, document),
  )
  if (known.length > 0)
    throw new MadoguchiError('letter_known', { knownNotices: known.map(({ id }) => id) })
}

function enteredOf(notice: TranscribedNotice): EnteredLetter {
  const { id, receiptId, senderId, form, category, lane, assurance, receivedAt, order } = notice
  return {
    id,
    receiptId,
    senderId,
    form,
    category,
    lane,
    assurance,
    receivedAt,
    goalAt: order.goalAt,
    movedProvisions: notice.letter.movedProvisions.length,
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

function refuse(pointer: string, keyword: string): MadoguchiError {
  return new MadoguchiError('invalid_input', { errors: [{ pointer, keyword }] })
}
