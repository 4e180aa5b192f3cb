import type { AppealAbout, AppealRecord } from '../core/appeal.ts'
import type { Id } from '../core/ids.ts'
import { formatTime } from '../core/time.ts'
import { mayKnowOf } from '../core/transition/who-decides.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import type { Transaction } from '../ports/record-store.ts'
import { sha256Base64url } from '../signing/sha256.ts'
import { requirePermission, type Actor } from './actor.ts'
import {
  newAppeal,
  requirePosterMay,
  requireSenderMay,
  standingDecision,
  type Standing,
} from './appeal-rows.ts'
import type { Change } from './command.ts'
import type { AppContext } from './context.ts'
import { endPoliceLabels } from './end-signal.ts'
import { commandLock, targetLock } from './locks.ts'
import { answeredBefore, keepAnswer } from './once.ts'
import { ledgeredEvent } from './record-event.ts'

/** Who objects: the poster, by the notice that it got or by the case; or a sender who wrote a letter. */
export type Appellant =
  | { readonly posterNoticeId: Id<'pnt'> }
  | { readonly caseId: Id<'cas'> }
  | { readonly letterId: Id<'ntc'> }

export interface OpenAppealRequest {
  readonly commandId: string
  readonly from: Appellant
  readonly about: readonly AppealAbout[]
  /** In the words of whoever objects. */
  readonly text: string
}

/** That it was received; nothing else of the case. */
export type OpenedAppeal = Pick<AppealRecord, 'id' | 'state' | 'receivedAt'>

/**
 * 異議の申出を受け付ける: from a poster, through the platform; or from a sender who wrote a letter. A sender
 * that signs uses its own channel.
 *
 * @throws MadoguchiError `not_allowed`, `not_found`, `nothing_to_appeal`, `appealed_before`,
 *   `command_id_reused`.
 */
export async function openAppeal(
  ctx: AppContext,
  actor: Actor,
  request: OpenAppealRequest,
): Promise<OpenedAppeal> {
  requirePermission(actor, 'appeals.open')
  const { commandId } = request
  const caseId = await caseOf(ctx, request.from)
  const found = caseId === null ? undefined : await ctx.read.get('case', { id: caseId })
  // Whoever names what the poster got knows of it; a case is named by who may know of it.
  const isKnown = !('caseId' in request.from) || (found && mayKnowOf(actor.role, found)) === true
  if (caseId === null || found === undefined || !isKnown) throw new MadoguchiError('not_found')
  const { operator, role } = actor
  const once = { commandId, content: { command: 'appeal', operator, role, ...request } }
  const { result } = await ctx.committer.submit({
    name: 'appeal.open',
    bytes: 1_024 + request.text.length,
    locks: [targetLock(found.targetKey), commandLock(commandId)],
    run: async (tx): Promise<Change<OpenedAppeal>> => {
      const before = await answeredBefore(tx, once)
      if (before !== undefined) return { result: before as OpenedAppeal, events: [] }
      const standing = await standingDecision(tx, caseId)
      const change = await receive(ctx, tx, standing, request)
      await keepAnswer(tx, once, change.result, ctx.clock.now())
      return change
    },
  })
  return result
}

async function caseOf({ read }: AppContext, from: Appellant): Promise<Id<'cas'> | null> {
  if ('caseId' in from) return from.caseId
  if ('posterNoticeId' in from) {
    const notice = await read.get('posterNotice', { id: from.posterNoticeId })
    return notice?.caseId ?? null
  }
  const notice = await read.get('notice', { id: from.letterId })
  return notice?.assurance === 'transcribed' ? notice.caseId : null
}

async function receive(
  ctx: AppContext,
  tx: Transaction,
  standing: Standing,
  { from, about, text }: OpenAppealRequest,
): Promise<Change<OpenedAppeal>> {
  const noticeId = 'letterId' in from ? from.letterId : null
  if (noticeId === null) await requirePosterMay(tx, standing)
  else await requireSenderMay(tx, standing, noticeId)
  if ('posterNoticeId' in from) await requireAbout(tx, standing, from.posterNoticeId)
  const id = ctx.random.id('apl')
  const receivedAt = ctx.clock.now()
  const by = noticeId === null ? 'poster' : 'sender'
  const { record, decision } = standing
  const { form, lane, category, targetKey } = record
  const event = ledgeredEvent(
    { random: ctx.random, logOrigin: ctx.ledger.origin },
    {
      type: 'appeal.received',
      at: receivedAt,
      caseId: record.id,
      decisionId: decision.id,
      lane,
      pub: { form, lane, category },
      target: targetKey,
      payload: {
        v: 1,
        appeal: id,
        by,
        about,
        notice: noticeId,
        received_at: formatTime(receivedAt),
        text_sha256: sha256Base64url(text),
        previous: decision.leafHash,
      },
    },
  )
  const given = { id, by, noticeId, messageId: null, about, text, receivedAt } as const
  const appeal = newAppeal(standing, { ...given, leafHash: event.entry.leafHash })
  await tx.insert('appeal', appeal)
  // A label that only tells of a warning goes when its poster objects; whoever judges that comes later.
  const isOfWarning = by === 'poster' && lane === 'signal'
  const lifted = isOfWarning ? await endPoliceLabels(ctx, tx, targetKey) : []
  return {
    result: { id, state: appeal.state, receivedAt },
    events: [
      {
        ...event,
        indexed: async (inner, entryIndex) => {
          await inner.update('appeal', { id }, { entryIndex })
        },
      },
      ...lifted,
    ],
    rings: lifted.length === 0 ? [] : ['act'],
  }
}

/** A notice that told of an earlier decision of the case objects to nothing that stands. */
async function requireAbout(tx: Transaction, { decision }: Standing, id: Id<'pnt'>): Promise<void> {
  const notice = await tx.get('posterNotice', { id })
  if (notice?.decisionId !== decision.id) throw new MadoguchiError('nothing_to_appeal')
}
