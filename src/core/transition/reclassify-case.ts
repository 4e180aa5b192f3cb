import { classOf, isOpen, type CaseRecord } from '../case.ts'
import type { DecidedBy } from '../decision.ts'
import { may } from '../permissions.ts'
import { OPEN_FORMS, type OpenForm } from '../vocabulary.ts'
import { differenceSince, type ChangeFacts } from './decide-case.ts'
import { afterChange } from './leave-case.ts'
import { changed, refused, type Refusal, type TransitionResult } from './result.ts'
import { liveClaim, mayHandle } from './who-decides.ts'

export interface ReclassifyInput {
  readonly by: DecidedBy
  readonly expectedVersion: number
  /** The platform's own. */
  readonly class: OpenForm
  readonly category: string
  readonly reason: string
}

export interface ReclassifyFacts extends ChangeFacts {
  readonly at: number
  /** By the platform's tables for the new category. */
  readonly grave: boolean
  readonly noView: boolean
}

/**
 * 区分を見直す (law 6): whoever has a case on a public-order notice takes the item for illegal information
 * after all, with a category and a reason; or takes that back. What the sender says stays beside it, and
 * so do form, lane and place. A person only; opinions that were given on the old class are dropped.
 */
export function reclassifyCase(
  state: CaseRecord,
  command: ReclassifyInput,
  facts: ReclassifyFacts,
): TransitionResult {
  const refusal = refuseMoment(state, command, facts) ?? refuseContent(state, command)
  if (refusal !== undefined) return refused(refusal)
  const { by, reason } = command
  const to = { class: command.class, category: command.category }
  const noView = state.noView || facts.noView
  const isHidden = noView && !state.noView
  const next: CaseRecord = {
    ...afterChange(state),
    reclassified: to.class === state.form ? null : to,
    // What was grave or no-view by what the sender says stays so.
    grave: state.grave || facts.grave,
    noView,
    ...(isHidden ? { claimedBy: null, claimUntil: null } : {}),
  }
  const from = { class: classOf(state), category: state.reclassified?.category ?? state.category }
  return changed(next, {
    type: 'case.reclassified',
    at: facts.at,
    caseId: state.id,
    noticeId: null,
    decisionId: null,
    detail: {
      by,
      version: next.version,
      from,
      to,
      reason,
      opinionsDropped: state.opinions.length,
    },
  })
}

function refuseMoment(
  state: CaseRecord,
  { by, expectedVersion }: ReclassifyInput,
  facts: ReclassifyFacts,
): Refusal | undefined {
  if (!may(by.role, 'cases.reclassify') || !mayHandle(by.role, state))
    return { code: 'not_allowed' }
  if (state.form !== 'public_order' || state.state === 'new') return { code: 'not_allowed' }
  if (!isOpen(state)) return { code: 'already' }
  const claim = liveClaim(state, facts.at)
  if (claim === undefined) return { code: 'not_claimed' }
  if (claim.operator !== by.operator) return { code: 'claimed_by_other', claimUntil: claim.until }
  return expectedVersion === state.version
    ? undefined
    : { code: 'stale_version', difference: differenceSince(state, expectedVersion, facts) }
}

function refuseContent(
  { form, reclassified }: CaseRecord,
  { class: to, category, reason }: ReclassifyInput,
): Refusal | undefined {
  const errors = [
    ...(OPEN_FORMS.includes(to) ? [] : [{ pointer: '/class', keyword: 'enum' }]),
    ...(/^[a-z][a-z0-9_]{0,63}$/.test(category)
      ? []
      : [{ pointer: '/category', keyword: 'pattern' }]),
    ...(/\S/.test(reason) ? [] : [{ pointer: '/reason', keyword: 'minLength' }]),
  ]
  if (errors.length > 0) return { code: 'invalid_input', errors }
  const stands = reclassified ?? { class: form, category: null }
  const isSame = stands.class === to && (to === form || stands.category === category)
  return isSame ? { code: 'already' } : undefined
}
