import { agreeLeaveUp, refuseLeaveUp, type LeaveUpRecord } from '../core/leave-up.ts'
import type { CaseRecord } from '../core/case.ts'
import { isId } from '../core/ids.ts'
import { formatTime } from '../core/time.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import type { Reader, Transaction } from '../ports/record-store.ts'
import { requirePermission, type Actor } from './actor.ts'
import { refusalError } from './case-command.ts'
import type { Change } from './command.ts'
import type { AppContext } from './context.ts'
import { commandLock, targetLock } from './locks.ts'
import { answeredBefore, keepAnswer } from './once.ts'
import { readInput } from './read-input.ts'
import { ledgeredEvent } from './record-event.ts'

/**
 * 掲載の継続の求めを記録する: one person of the legal desk; nothing follows before another one agrees.
 *
 * @param input Unchecked, with the wire's names.
 * @throws MadoguchiError `not_allowed`, `not_found`, `invalid_input`, `command_id_reused`,
 *   `life_does_not_wait`, `already`.
 */
export async function proposeLeaveUp(
  ctx: AppContext,
  by: Actor,
  caseId: string,
  input: unknown,
): Promise<LeaveUpRecord> {
  requirePermission(by, 'leave_ups.handle')
  const members = readInput(input)
  const commandId = members.text('command_id', COMMAND_ID)
  const request = {
    requestedBy: members.text('requested_by', { max: 200 }),
    document: members.text('document', { max: 200 }),
    until: members.time('until'),
  }
  members.done()
  const seen = await caseOf(ctx.read, caseId)
  const content = { command: 'propose_leave_up', caseId: seen.id, by, ...request }
  return submit(ctx, seen, { commandId, content }, async (state, tx) => {
    const refusal = refuseLeaveUp(state, by, request, ctx.clock.now())
    if (refusal !== undefined) throw refusalError(refusal)
    const record: LeaveUpRecord = {
      id: ctx.random.id('lup'),
      caseId: state.id,
      ...request,
      proposedBy: { operator: by.operator, role: by.role },
      proposedAt: ctx.clock.now(),
      agreedBy: null,
      agreedAt: null,
    }
    await tx.insert('leaveUp', record)
    return { record, event: 'leave_up.proposed' }
  })
}

/**
 * Another person of the legal desk agrees, and the case is set aside.
 *
 * @throws MadoguchiError `not_allowed`, `not_found`, `invalid_input`, `command_id_reused`,
 *   `second_person_needed`, `claimed_by_other`, `life_does_not_wait`, `already`.
 */
export async function agreeToLeaveUp(
  ctx: AppContext,
  by: Actor,
  id: string,
  input: unknown,
): Promise<LeaveUpRecord> {
  requirePermission(by, 'leave_ups.handle')
  const members = readInput(input)
  const commandId = members.text('command_id', COMMAND_ID)
  members.done()
  const proposed = isId('lup', id) ? await ctx.read.get('leaveUp', { id }) : undefined
  if (proposed === undefined) throw new MadoguchiError('not_found')
  const seen = await caseOf(ctx.read, proposed.caseId)
  const content = { command: 'agree_leave_up', id: proposed.id, by }
  return submit(ctx, seen, { commandId, content }, async (state, tx) => {
    const now = ctx.clock.now()
    const leaveUp = (await tx.get('leaveUp', { id: proposed.id })) ?? proposed
    const agreed = agreeLeaveUp(state, by, leaveUp, now)
    if (!agreed.ok) throw refusalError(agreed.refusal)
    const second = { agreedBy: { operator: by.operator, role: by.role }, agreedAt: now }
    await tx.put('case', agreed.next)
    await tx.update('leaveUp', { id: leaveUp.id }, second)
    return { record: { ...leaveUp, ...second }, event: 'leave_up.agreed' }
  })
}

/** Every one of them, newest first. @throws MadoguchiError `not_allowed`. */
export async function listLeaveUps(
  { read }: AppContext,
  actor: Actor,
): Promise<readonly LeaveUpRecord[]> {
  requirePermission(actor, 'leave_ups.read')
  return read.find('leaveUp', {}, { orderBy: 'id', descending: true, limit: 1_000 })
}

const COMMAND_ID = { max: 128, pattern: /^[A-Za-z0-9._~-]{8,}$/ }

async function caseOf(read: Reader, id: string): Promise<CaseRecord> {
  const record = isId('cas', id) ? await read.get('case', { id }) : undefined
  if (record === undefined) throw new MadoguchiError('not_found')
  return record
}

/** One step, with its sealed entry: nothing of it stands in clear, not even that there is such a thing. */
async function submit(
  ctx: AppContext,
  seen: CaseRecord,
  once: { readonly commandId: string; readonly content: unknown },
  step: (
    state: CaseRecord,
    tx: Transaction,
  ) => Promise<{
    readonly record: LeaveUpRecord
    readonly event: 'leave_up.proposed' | 'leave_up.agreed'
  }>,
): Promise<LeaveUpRecord> {
  const { result } = await ctx.committer.submit({
    name: 'leave_up',
    bytes: 512,
    locks: [targetLock(seen.targetKey), commandLock(once.commandId)],
    run: async (tx): Promise<Change<LeaveUpRecord>> => {
      const answered = await answeredBefore(tx, once)
      if (answered !== undefined) return { result: answered as LeaveUpRecord, events: [] }
      const state = await caseOf(tx, seen.id)
      const { record, event } = await step(state, tx)
      await keepAnswer(tx, once, record, ctx.clock.now())
      return { result: record, events: [sealedEvent(ctx, event, record)] }
    },
  })
  return result
}

function sealedEvent(
  { random, ledger, clock }: AppContext,
  type: 'leave_up.proposed' | 'leave_up.agreed',
  { id, caseId, requestedBy, document, until, proposedBy, agreedBy }: LeaveUpRecord,
): ReturnType<typeof ledgeredEvent> {
  return ledgeredEvent(
    { random, logOrigin: ledger.origin },
    {
      type,
      at: clock.now(),
      caseId,
      lane: 'legal_desk',
      pub: {},
      payload: {
        v: 1,
        leave_up: id,
        requested_by: requestedBy,
        document,
        until: formatTime(until),
        proposed_by: proposedBy,
        agreed_by: agreedBy,
      },
    },
  )
}
