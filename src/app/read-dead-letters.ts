import type { WorkRecord } from '../core/work.ts'
import { requirePermission, type Actor } from './actor.ts'
import type { AppContext } from './context.ts'

/** Work that was given up; nothing runs it again by itself. */
export type DeadLetter = Pick<WorkRecord, 'id' | 'kind' | 'subjectId' | 'attempt' | 'lastCode'> & {
  /** `event/name` of a named handler; `null` for other kinds. */
  readonly handler: string | null
}

/** @throws MadoguchiError `not_allowed`. */
export async function readDeadLetters(ctx: AppContext, actor: Actor): Promise<DeadLetter[]> {
  requirePermission(actor, 'deliveries.read')
  const rows = await ctx.read.find('work', { state: 'dead' })
  return rows.map(toDeadLetter)
}

/** Groups of other kinds are keys of targets and senders, and stay inside. */
export function toDeadLetter(row: WorkRecord): DeadLetter {
  const { id, kind, subjectId, attempt, lastCode, groupKey } = row
  return { id, kind, subjectId, attempt, lastCode, handler: kind === 'handle' ? groupKey : null }
}
