import { admitLane, type LaneQuery } from '../core/lane.ts'
import type { Windows } from '../core/procedures.ts'
import type { Lane } from '../core/vocabulary.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import type { AppContext } from './context.ts'

/** Forms that no procedure of this desk is for: refused by their name, unread. */
const FORMS_ELSEWHERE: Readonly<Record<string, keyof Windows>> = {
  rights_request: 'rightsRequests',
  inquiry: 'inquiries',
}
const KINDS = { rightsRequests: 'rights_requests', inquiries: 'inquiries' } as const

/** 別の窓口のご案内: says where it goes; nothing of it is read or stored. */
export function otherWindow(
  { config: { procedures, contact } }: Pick<AppContext, 'config'>,
  window: keyof Windows,
): MadoguchiError {
  const where = procedures.windows[window] ?? contact
  return new MadoguchiError('other_window', { otherWindow: { kind: KINDS[window], where } })
}

/** @throws MadoguchiError `other_window` for a notice or letter on a form of another window. */
export function requireThisWindow(ctx: Pick<AppContext, 'config'>, notice: unknown): void {
  const form =
    typeof notice === 'object' && notice !== null && 'form' in notice ? notice.form : undefined
  if (typeof form !== 'string' || !Object.hasOwn(FORMS_ELSEWHERE, form)) return
  const window = FORMS_ELSEWHERE[form]
  if (window !== undefined) throw otherWindow(ctx, window)
}

/**
 * The lane of what arrives now.
 *
 * @throws MadoguchiError `form_not_open`, `form_not_for_sender`, `other_window`.
 */
export function laneAtReceipt(ctx: Pick<AppContext, 'config'>, query: LaneQuery): Lane {
  const admitted = admitLane(query, ctx.config.openLanes)
  if (admitted.ok) return admitted.lane
  throw admitted.code === 'other_window'
    ? otherWindow(ctx, admitted.window)
    : new MadoguchiError(admitted.code)
}
