import { isId } from '../core/ids.ts'
import { HAND_WAYS, type Handover } from '../core/letter.ts'
import type { DeliveryRecord, OutcomeRecord } from '../core/outcome.ts'
import { dayInJapan } from '../core/time.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import { readJapaneseDate } from '../letters/japanese-date.ts'
import type { Transaction } from '../ports/record-store.ts'
import { requirePermission, type Actor } from './actor.ts'
import { letterOf } from './answer-letter.ts'
import type { Change } from './command.ts'
import type { AppContext } from './context.ts'
import { deliveryEvent } from './delivery-event.ts'
import { commandLock, outcomesLock } from './locks.ts'
import { answeredBefore, keepAnswer } from './once.ts'
import { readInput } from './read-input.ts'

const COMMAND_ID = /^[A-Za-z0-9._~-]{8,128}$/

/**
 * Records that a person sent the answer to a letter. It names the outcome that was sent: one that a newer
 * one has replaced meanwhile was sent all the same.
 *
 * @param input `command_id`, `outcome_id`, `way`, `sent_on`, `note`; unchecked.
 * @throws MadoguchiError `not_allowed`, `not_found`, `invalid_input`, `date_impossible`, `already`,
 *   `command_id_reused`.
 */
export async function markAnswerSent(
  ctx: AppContext,
  actor: Actor,
  id: string,
  input: unknown,
): Promise<DeliveryRecord> {
  requirePermission(actor, 'letters.answer')
  const notice = await letterOf(ctx, id)
  const { commandId, outcomeId, handed } = readHandover(ctx, actor, input)
  const once = { commandId, content: { id, outcomeId, handed } }
  const { result } = await ctx.committer.submit({
    name: 'answer.sent',
    bytes: 512,
    locks: [outcomesLock(notice.id), commandLock(commandId)],
    run: async (tx): Promise<Change<DeliveryRecord>> => {
      const answered = await answeredBefore(tx, once)
      if (answered !== undefined) return { result: answered as DeliveryRecord, events: [] }
      const { outcome, delivery } = await waiting(tx, notice.id, outcomeId)
      const now = ctx.clock.now()
      const sent = { state: 'delivered', lastResult: 'by_hand', doneAt: now, handed } as const
      await tx.update('delivery', { id: delivery.id }, sent)
      const done = { ...delivery, ...sent }
      await keepAnswer(tx, once, done, now)
      const { attempts } = delivery
      const end = { state: sent.state, attempts, result: sent.lastResult, handed }
      return { result: done, events: [await deliveryEvent(ctx, tx, outcome, delivery.id, end)] }
    },
  })
  return result
}

interface Sent {
  readonly commandId: string
  readonly outcomeId: string
  readonly handed: Handover
}

function readHandover({ clock }: AppContext, actor: Actor, input: unknown): Sent {
  const members = readInput(input)
  const commandId = members.text('command_id', { max: 128, pattern: COMMAND_ID })
  const outcomeId = members.text('outcome_id', { max: 64 })
  const way = members.oneOf('way', HAND_WAYS)
  const today = dayInJapan(clock.now())
  const shown = members.optionalText('sent_on', { max: 40 })
  const note = members.optionalText('note', { max: 1_000 })
  members.done()
  const day = readJapaneseDate(shown ?? today)
  if (!day.ok)
    throw new MadoguchiError(day.reason === 'impossible' ? 'date_impossible' : 'invalid_input', {
      errors: [{ pointer: '/sent_on', keyword: 'format' }],
    })
  if (day.day > today)
    throw new MadoguchiError('invalid_input', {
      errors: [{ pointer: '/sent_on', keyword: 'maximum' }],
    })
  const by = { operator: actor.operator, role: actor.role }
  return { commandId, outcomeId, handed: { by, way, sentOn: day.day, note } }
}

async function waiting(
  tx: Transaction,
  noticeId: OutcomeRecord['noticeId'],
  outcomeId: string,
): Promise<{ outcome: OutcomeRecord; delivery: DeliveryRecord }> {
  const outcome = isId('out', outcomeId) ? await tx.get('outcome', { id: outcomeId }) : undefined
  if (outcome?.noticeId !== noticeId) throw new MadoguchiError('not_found')
  const [delivery] = await tx.find('delivery', { outcomeId: outcome.id }, { limit: 1 })
  if (delivery === undefined) throw new MadoguchiError('not_found')
  if (delivery.handed !== null) throw new MadoguchiError('already')
  return { outcome, delivery }
}
