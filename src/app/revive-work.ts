import { isId } from '../core/ids.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import { requirePermission, type Actor } from './actor.ts'
import type { AppContext } from './context.ts'
import { workLock } from './locks.ts'
import { plainEvent } from './record-event.ts'
import { toDeadLetter, type DeadLetter } from './read-dead-letters.ts'

/**
 * Makes a dead letter due again, now. Its attempts are counted from the start, but for actions: there
 * the number tells the word of one attempt from that of another, and only grows.
 *
 * @throws MadoguchiError `not_allowed`, `not_found`, `already` where it isn't dead.
 */
export async function reviveWork(
  ctx: AppContext,
  actor: Actor,
  workId: string,
): Promise<DeadLetter> {
  requirePermission(actor, 'deliveries.resend')
  if (!isId('wrk', workId)) throw new MadoguchiError('not_found')
  const id = workId
  const { result } = await ctx.committer.submit({
    name: 'work.revive',
    bytes: 128,
    locks: [workLock({ id })],
    run: async (tx) => {
      const row = await tx.get('work', { id })
      if (row === undefined) throw new MadoguchiError('not_found')
      if (row.state !== 'dead') throw new MadoguchiError('already')
      const attempt = row.kind === 'act' ? row.attempt : 0
      const nextAt = ctx.clock.now()
      await tx.update('work', { id: row.id }, { state: 'due', attempt, nextAt, leaseUntil: null })
      const payload = { v: 1, work: id, kind: row.kind, subject: row.subjectId, by: { ...actor } }
      const event = plainEvent('work.revived', nextAt, {}, payload)
      return { result: toDeadLetter({ ...row, attempt }), events: [event], rings: [row.kind] }
    },
  })
  return result
}
