import { toBase64 } from '../core/base64.ts'
import { doubleCheckOf } from '../core/double-check.ts'
import { admitLane } from '../core/lane.ts'
import type { SignedNotice } from '../core/notice.ts'
import { formatTime } from '../core/time.ts'
import { trialOf } from '../core/trial.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import type { NoticeDocument } from '../generated/types.ts'
import type { Transaction } from '../ports/record-store.ts'
import { validateNotice } from '../schema/validate.ts'
import { makeReceipt } from '../signing/receipt.ts'
import type { JsonValue } from '../signing/strict-json.ts'
import type { VerifiedRequest } from '../signing/verify-request.ts'
import { checkIssuedOn, checkTarget } from './check-notice.ts'
import type { Change } from './command.ts'
import type { AppContext } from './context.ts'
import { intakeWork } from './intake-work.ts'
import { senderLock } from './locks.ts'
import { ledgeredEvent } from './record-event.ts'
import { onTrial } from './on-trial.ts'
import { senderAtCommit, spendTokenId } from './sender-at-commit.ts'
import { takeOrder } from './take-order.ts'
import type { Acceptance } from './receive-notice.ts'

type Facts = Omit<SignedNotice, 'order' | 'receipt' | 'leafHash' | 'entryIndex'>

/** Accepts a verified notice that is not stored yet: checks it, signs its receipt, commits it. */
export async function acceptNotice(
  ctx: AppContext,
  request: VerifiedRequest,
  value: JsonValue,
): Promise<Acceptance> {
  const document = validateNotice(value)
  if (document.supersedes !== undefined) throw new MadoguchiError('not_open')
  const receivedAt = ctx.clock.now()
  checkTarget(ctx, document)
  checkIssuedOn(document.issued_on, receivedAt)
  const facts = factsOf(ctx, request, document, receivedAt)
  // The entry holds nothing that the transaction decides, so the receipt can name it and be signed now.
  let written: SignedNotice | undefined
  const event = ledgeredEvent(
    { random: ctx.random, logOrigin: ctx.ledger.origin },
    {
      type: 'notice.accepted',
      at: receivedAt,
      noticeId: facts.id,
      pub: { form: facts.form, lane: facts.lane, category: facts.category, ...onTrial(facts) },
      sender: facts.senderId,
      target: document.target.url ?? document.target.locator ?? '',
      payload: payloadOf(facts, request),
      indexed: async (tx, index) => {
        if (written === undefined) throw new Error('a notice is written after its order is taken')
        await tx.insert('notice', { ...written, entryIndex: index })
        await tx.insert('work', intakeWork(ctx, written, index))
      },
    },
  )
  const receipt = await signReceipt(ctx, facts, request, event.entry.leafHash)
  const run = async (tx: Transaction): Promise<Change<undefined>> => {
    const sender = await senderAtCommit(tx, request, ctx.clock.now())
    const order = await takeOrder(tx, ctx.config, sender, facts)
    await spendTokenId(tx, request, ctx)
    written = { ...facts, order, receipt, leafHash: event.entry.leafHash, entryIndex: -1 }
    return { result: undefined, events: [event], rings: ['intake'] }
  }
  const committed = await ctx.committer.submit({
    name: 'notice.accept',
    bytes: request.inbound.body.length + receipt.length,
    locks: [senderLock(facts.senderId)],
    run,
  })
  const index = committed.entries[0]?.index
  if (index === undefined) throw new MadoguchiError('internal_error')
  return {
    id: facts.id,
    receipt,
    entry: toBase64(event.entry.bytes),
    proof: await ctx.ledger.proof(index, committed),
    replayed: false,
  }
}

function factsOf(
  ctx: AppContext,
  request: VerifiedRequest,
  document: NoticeDocument,
  receivedAt: number,
): Facts {
  const { type: senderType, nature } = request.sender
  const admitted = admitLane({ form: document.form, senderType, nature }, ctx.config.openLanes)
  if (!admitted.ok) throw new MadoguchiError(admitted.code)
  return {
    id: ctx.random.id('ntc'),
    senderId: request.senderId,
    senderNoticeId: document.id,
    form: document.form,
    category: document.category,
    lane: admitted.lane,
    nature,
    trial: trialOf(document.test === true, ctx.config.mode),
    assurance: 'signed',
    referenceNo: document.reference_no,
    issuedOn: document.issued_on,
    receivedAt,
    body: request.inbound.body,
    bodySha256: request.bodySha256,
    token: request.inbound.token,
    kid: request.kid,
    profile: request.profile,
    letter: null,
    doubleCheck: doubleCheckOf({
      form: document.form,
      handlerName: document.handler_name,
      checkerName: document.checker_name,
    }),
    receiptId: ctx.random.id('rcp'),
    caseId: null,
    caseVersion: null,
    targetRef: null,
    targetAccount: null,
    surface: null,
    observation: null,
    observedAt: null,
    firstViewedAt: null,
  }
}

/** The record behind the entry; body and token are stored beside it and checked by these hashes. */
function payloadOf(facts: Facts, request: VerifiedRequest): Readonly<Record<string, unknown>> {
  return {
    v: 1,
    notice: facts.id,
    receipt: facts.receiptId,
    sender_notice_id: facts.senderNoticeId,
    received_at: formatTime(facts.receivedAt),
    profile: facts.profile,
    sender_kid: facts.kid,
    body_sha256: facts.bodySha256,
    request_sha256: request.tokenSha256,
    nature: facts.nature,
    double_check: facts.doubleCheck,
    ...onTrial(facts),
  }
}

async function signReceipt(
  ctx: AppContext,
  facts: Facts,
  request: VerifiedRequest,
  leafHash: string,
): Promise<string> {
  try {
    return await makeReceipt(ctx.signer, {
      senderId: facts.senderId,
      senderNoticeId: facts.senderNoticeId,
      receivedAt: facts.receivedAt,
      bodySha256: facts.bodySha256,
      profile: facts.profile,
      receiptId: facts.receiptId,
      issuer: ctx.config.issuer,
      noticeId: facts.id,
      requestSha256: request.tokenSha256,
      kid: facts.kid,
      leafHash,
      trial: facts.trial,
    })
  } catch (cause) {
    throw new MadoguchiError('signer_unavailable', { cause, retryAfterMs: 1_000 })
  }
}
