import type { CaseRecord } from '../core/case.ts'
import type { Id } from '../core/ids.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import type { Refusal, TransitionResult, Transitioned } from '../core/transition/result.ts'
import type { Transaction } from '../ports/record-store.ts'
import type { Change } from './command.ts'
import { caseEvent } from './case-events.ts'
import type { AppContext } from './context.ts'
import { commandLock, targetLock } from './locks.ts'
import { answeredBefore, keepAnswer, type Once } from './once.ts'

/** A command on a case says yes with the case as it is now, or why nothing changed. */
export type CaseAnswer =
  | { readonly ok: true; readonly case: CaseRecord }
  | { readonly ok: false; readonly refusal: Refusal }

export interface CaseCommand {
  readonly name: string
  readonly caseId: Id<'cas'>
  /** Beside those of the case and of the command itself. */
  readonly locks?: readonly string[]
  /** Sees the case in the transaction; pure but for reads. */
  readonly change: (state: CaseRecord, tx: Transaction) => Promise<TransitionResult>
  /** Further writes that go with the change, e.g. a decision and its actions. */
  readonly write?: (tx: Transaction, done: Transitioned) => Promise<Change<undefined>>
  readonly once?: Once
}

/**
 * Runs one transition on a case inside the committer and writes what it gives.
 *
 * @throws MadoguchiError `not_found`, `command_id_reused`.
 */
export async function commandCase(ctx: AppContext, command: CaseCommand): Promise<CaseAnswer> {
  const { name, caseId, change, once, locks = [], write = simpleChange(ctx) } = command
  const found = await ctx.read.get('case', { id: caseId })
  if (found === undefined) throw new MadoguchiError('not_found')
  const { result } = await ctx.committer.submit({
    name,
    bytes: 1_024,
    locks: [
      targetLock(found.targetKey),
      ...(once === undefined ? [] : [commandLock(once.commandId)]),
      ...locks,
    ],
    run: async (tx): Promise<Change<CaseAnswer>> => {
      const answered = once === undefined ? undefined : await answeredBefore(tx, once)
      if (answered !== undefined) return { result: answered as CaseAnswer, events: [] }
      const state = await tx.get('case', { id: caseId })
      if (state === undefined) throw new MadoguchiError('not_found')
      const done = await change(state, tx)
      if (!done.ok) return { result: done, events: [] }
      await tx.put('case', done.next)
      const answer: CaseAnswer = { ok: true, case: done.next }
      if (once !== undefined) await keepAnswer(tx, once, answer, ctx.clock.now())
      return { ...(await write(tx, done)), result: answer }
    },
  })
  return result
}

function simpleChange(
  ctx: AppContext,
): (tx: Transaction, done: Transitioned) => Promise<Change<undefined>> {
  return (_tx, done) =>
    Promise.resolve({
      result: undefined,
      events: done.events.map((event) => caseEvent(ctx, done.next, event)),
    })
}

/** A refusal as the error that HTTP and the command line show. */
export function refusalError(refusal: Refusal): MadoguchiError {
  const { code } = refusal
  if (code === 'stale_version') return new MadoguchiError(code, { difference: refusal.difference })
  if (code === 'claimed_by_other')
    return new MadoguchiError(code, { claimUntil: refusal.claimUntil })
  if (code === 'case_open_there') return new MadoguchiError(code, { openCase: refusal.open })
  if (code === 'invalid_input') return new MadoguchiError(code, { errors: refusal.errors })
  return new MadoguchiError(code)
}
