import { toBase64 } from '../core/base64.ts'
import type { Id } from '../core/ids.ts'
import type { InboundNotice } from '../core/notice.ts'
import { isSenderMessageId } from '../core/ids.ts'
import type { NoticeRecord, SignedNotice } from '../core/notice.ts'
import { MadoguchiError, type ErrorCode } from '../errors/madoguchi-error.ts'
import { isJsonObject, parseStrictJson, type JsonValue } from '../signing/strict-json.ts'
import { verifyRequest, type VerifiedRequest } from '../signing/verify-request.ts'
import { acceptNotice } from './accept-notice.ts'
import type { AppContext } from './context.ts'

/** What a sender gets for an accepted notice; the same receipt bytes however often it asks. */
export interface Acceptance<P extends 'ntc' | 'msg' = 'ntc'> {
  /** Ours, of what was accepted. */
  readonly id: Id<P>
  /** Compact JWS `mdg-receipt+jwt`. */
  readonly receipt: string
  /** base64 of the exact bytes of the ledger entry. */
  readonly entry: string
  /** tlog-proof text; may be newer on a replay. */
  readonly proof: string
  readonly replayed: boolean
}

/** Finds out who sent a request, before anything of it is read. */
export async function verifySender(
  ctx: AppContext,
  inbound: InboundNotice,
): Promise<VerifiedRequest> {
  const { config, read, clock } = ctx
  return verifyRequest(inbound, {
    audience: config.issuer,
    now: clock.now(),
    toleranceMs: config.clockToleranceMs,
    leadMs: config.clockLeadMs,
    lookup: async (senderId, kid) => {
      const [sender, key] = await Promise.all([
        read.get('sender', { id: senderId }),
        read.get('senderKey', { senderId, kid }),
      ])
      return sender === undefined || key === undefined ? undefined : { sender, key }
    },
  })
}

/**
 * Takes in one notice: from bytes to a receipt. The same notice again (sender, id, body) gets the
 * stored receipt; the same id with another body is refused. Two of the same in flight wait for each
 * other. Nothing of the platform runs in here.
 *
 * @throws MadoguchiError with a code of the sender catalogue; nothing is stored then.
 */
export async function receiveNotice(ctx: AppContext, inbound: InboundNotice): Promise<Acceptance> {
  const request = await verifySender(ctx, inbound)
  const value = parseStrictJson(inbound.body)
  const senderNoticeId = ownIdOf(value)
  return ctx.inFlight.run(`${request.senderId}\n${senderNoticeId}`, async () => {
    const known = await storedNotice(ctx, request.senderId, senderNoticeId)
    if (known !== undefined) return replay(ctx, known, request)
    try {
      return await acceptNotice(ctx, request, value)
    } catch (fault) {
      if (!mayHaveTwin(fault)) throw fault
      const winner = await storedNotice(ctx, request.senderId, senderNoticeId)
      if (winner === undefined) throw fault
      return replay(ctx, winner, request)
    }
  })
}

/**
 * Whether a twin in another process may have won between our look and our commit: it took the id, the
 * token or the place in the rate. Any other fault is no reason to look; whoever asks again is told.
 */
function mayHaveTwin(fault: unknown): boolean {
  return fault instanceof MadoguchiError && TAKEN_BY_TWIN.has(fault.code)
}

const TAKEN_BY_TWIN: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'token_reused',
  'over_agreed_rate',
  'notice_superseded',
  'internal_error',
])

/** The sender's own id of a notice or message, before anything else of it is looked at. */
export function ownIdOf(value: JsonValue): string {
  const id = isJsonObject(value) ? value['id'] : undefined
  if (typeof id !== 'string' || !isSenderMessageId(id))
    throw new MadoguchiError('schema_mismatch', {
      errors: [{ pointer: '/id', keyword: 'pattern' }],
    })
  return id
}

async function storedNotice(
  { read }: AppContext,
  senderId: string,
  senderNoticeId: string,
): Promise<NoticeRecord | undefined> {
  const [row] = await read.find('notice', { senderId, senderNoticeId }, { limit: 1 })
  return row
}

async function replay(
  ctx: AppContext,
  stored: NoticeRecord,
  request: VerifiedRequest,
): Promise<Acceptance> {
  // A letter was never sent under an id of its sender's making.
  if (stored.assurance !== 'signed') throw new MadoguchiError('notice_id_reused')
  if (stored.bodySha256 !== request.bodySha256) throw new MadoguchiError('notice_id_reused')
  return { ...(await acceptanceOf(ctx, stored)), replayed: true }
}

/** The stored receipt of a notice or message, its entry and a proof. */
export async function acceptanceOf<P extends 'ntc' | 'msg'>(
  ctx: AppContext,
  stored: Pick<SignedNotice, 'receipt' | 'entryIndex'> & { readonly id: Id<P> },
): Promise<Acceptance<P>> {
  const entry = await ctx.read.get('ledgerEntry', { index: stored.entryIndex })
  if (entry === undefined) throw new MadoguchiError('internal_error')
  return {
    id: stored.id,
    receipt: stored.receipt,
    entry: toBase64(entry.bytes),
    proof: await ctx.ledger.proof(stored.entryIndex),
    replayed: false,
  }
}
