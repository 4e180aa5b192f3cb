import { isId } from '../core/ids.ts'
import { REVIEW_FINDINGS, type PolicyUse } from '../core/policy.ts'
import { maySee } from '../core/transition/who-decides.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import { requirePermission, type Actor } from './actor.ts'
import type { AppContext } from './context.ts'
import { openCursor, sealCursor } from './cursor.ts'
import { readInput } from './read-input.ts'
import { plainEvent } from './record-event.ts'

/** Which uses, and from where on. */
export interface PolicyUsesQuery {
  readonly review?: PolicyUse['review']
  readonly policyId?: string
  readonly cursor?: string
  /** 1–200. */
  readonly limit: number
}

export interface PolicyUsesPage {
  readonly items: readonly PolicyUse[]
  readonly nextCursor: string | null
}

/** What policies were used on, oldest first; with `review: 'due'` those that wait for a look. */
export async function readPolicyUses(
  { read }: AppContext,
  actor: Actor,
  { review, policyId, cursor, limit }: PolicyUsesQuery,
): Promise<PolicyUsesPage> {
  requirePermission(actor, 'policies.review')
  const where = {
    ...(review === undefined ? {} : { review }),
    ...(policyId === undefined ? {} : { policyId }),
  }
  const after = cursor === undefined ? {} : { after: openCursor(cursor) }
  const rows = await read.find('policyUse', where, { orderBy: 'id', limit: limit + 1, ...after })
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > limit && last ? sealCursor(last.id) : null }
}

/**
 * 事後の確認: a person has looked at a use that was drawn. What was wrong is reversed in the usual way; here
 * it is only said.
 *
 * @param input `{ finding, note? }`, unchecked.
 * @throws MadoguchiError `not_allowed` (also for a no-view case and any role but `child_safety`),
 *   `not_found`, `invalid_input`, `already`.
 */
export async function reviewPolicyUse(
  ctx: AppContext,
  actor: Actor,
  id: string,
  input: unknown,
): Promise<PolicyUse> {
  requirePermission(actor, 'policies.review')
  const members = readInput(input)
  const finding = members.oneOf('finding', REVIEW_FINDINGS)
  const note = members.optionalText('note', { max: 4_000 })
  members.done()
  const { result } = await ctx.committer.submit({
    name: 'policy.review',
    bytes: 512,
    locks: [`policy-use:${id}`],
    run: async (tx) => {
      const use = isId('use', id) ? await tx.get('policyUse', { id }) : undefined
      const record = use === undefined ? undefined : await tx.get('case', { id: use.caseId })
      if (use === undefined || record === undefined) throw new MadoguchiError('not_found')
      if (!maySee(actor.role, record)) throw new MadoguchiError('not_allowed')
      if (use.review !== 'due') throw new MadoguchiError('already')
      const at = ctx.clock.now()
      const by = { operator: actor.operator, role: actor.role }
      const reviewed: PolicyUse = { ...use, review: finding, reviewedBy: by, reviewedAt: at }
      await tx.put('policyUse', reviewed)
      const { caseId, decisionId, policyId, version } = use
      const subject = { caseId, ...(decisionId === null ? {} : { decisionId }) }
      const payload = { v: 1, use: use.id, policy: policyId, version, finding, note, by }
      return { result: reviewed, events: [plainEvent('policy.reviewed', at, subject, payload)] }
    },
  })
  return result
}
