import { citableFrom, isInForce, type Standard } from '../core/standard.ts'
import { dayInJapan, formatTime } from '../core/time.ts'
import type { Reader } from '../ports/record-store.ts'
import { requirePermission, type Actor } from './actor.ts'
import type { AppContext } from './context.ts'

/** A version of a standard, and whether its clauses can be cited today. */
export type StandardView = Standard & { readonly inForce: boolean }

/** The same for the desk. */
export type StandardForDesk = StandardView & {
  /** First day on which this platform may prevent a transmission on it (施行規則17条). */
  readonly citableFrom: string
  /** Since when an emergency that nobody foresaw asks for a change of it (26条3項). */
  readonly changeDueSince: string | null
}

/** Every version of every standard. */
export async function readStandards(ctx: AppContext, actor: Actor): Promise<StandardForDesk[]> {
  requirePermission(actor, 'standards.read')
  const all = await allStandards(ctx)
  const due = await changesDue(ctx.read, all)
  const { designated } = ctx.config.procedures
  return all.map((standard) => {
    const since = due.get(standard.id)
    const changeDueSince = since === undefined ? null : formatTime(since)
    return { ...standard, citableFrom: citableFrom(standard, designated), changeDueSince }
  })
}

/** The same for the public: standards are published rules. */
export async function allStandards({ read, clock }: AppContext): Promise<StandardView[]> {
  const today = dayInJapan(clock.now())
  const rows = await read.find('standard', {})
  return rows.map((row) => ({ ...row, inForce: isInForce(row, today) }))
}

/** By standard: the first emergency after which no version of it was published. */
async function changesDue(
  read: Reader,
  all: readonly Standard[],
): Promise<ReadonlyMap<string, number>> {
  const due = new Map<string, number>()
  const events = await read.find('event', { type: 'standard.change_due' }, { orderBy: 'seq' })
  for (const { at, payload } of events) {
    const { standard } = JSON.parse(new TextDecoder().decode(payload)) as {
      readonly standard: string
    }
    const isChanged = all.some(
      ({ id, publishedOn }) => id === standard && publishedOn > dayInJapan(at),
    )
    if (!isChanged && !due.has(standard)) due.set(standard, at)
  }
  return due
}
