import { isId } from '../core/ids.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import { requirePermission, type Actor } from './actor.ts'
import type { AppContext } from './context.ts'
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
  const { result } = await ctx.committer.submit({
    name: 'work.revive',
    bytes: 128,
    locks: [`work:${workId}`],
    run: async (tx) => {
      const row = isId('wrk', workId) ? await tx.get('work', { id: workId }) : undefined
      if (row === undefined) throw new MadoguchiError('not_found')
      if (row.state !== 'dead') throw new MadoguchiError('already')
      const attempt = row.kind === 'act' ? row.attempt : 0
      const nextAt = ctx.clock.now()
      await tx.update('work', { id: row.id }, { state: 'due', attempt, nextAt, leaseUntil: null })
      return { result: toDeadLetter({ ...row, attempt }), events: [], rings: [row.kind] }
    },
  })
  return result
}
