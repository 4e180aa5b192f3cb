import type { CaseRecord } from '../core/case.ts'
import { isMannerGround, type MannerCounts } from '../core/manner.ts'
import type { NoticeRecord } from '../core/notice.ts'
import { planPolicies, type PolicyFacts } from '../core/policy-match.ts'
import { isDrawn } from '../core/policy-sample.ts'
import type { PolicyRecord, PolicyUse } from '../core/policy.ts'
import { transition } from '../core/transition.ts'
import type { AttachedNotice } from '../core/transition/decide-case.ts'
import type { CoreEvent } from '../core/transition/core-event.ts'
import type { Transitioned } from '../core/transition/result.ts'
import { senderTypeRow } from '../core/vocabulary-lookup.ts'
import { AWARENESS_CAUSES, type AwarenessCause } from '../core/vocabulary.ts'
import { trialOfDecision } from '../core/trial.ts'
import { MEASURE_TEXTS } from '../core/measure-text.ts'
import type { Transaction } from '../ports/record-store.ts'
import { sha256 } from '../signing/sha256.ts'
import { caseEvent } from './case-events.ts'
import type { Change, EventDraft } from './command.ts'
import type { AppContext } from './context.ts'
import { addresseeRoleOf, recordDecision } from './decide-case.ts'
import { countManner, mannerSubject } from './manner-facts.ts'
import { policyFactsOf } from './policy-facts.ts'

/** A case after the policies, with what they made happen. */
export interface AppliedPolicies {
  readonly record: CaseRecord
  readonly events: readonly EventDraft[]
  readonly rings: NonNullable<Change<unknown>['rings']>
}

/** What a policy is used on: the notices of a case, or the entry of a signal. */
export interface PolicyCause {
  readonly attached: readonly AttachedNotice[]
  readonly signalLeaf?: string
  /** Of the item, where a clause may ask for it. */
  readonly manner?: MannerCounts
}

/**
 * Machine step between observing and people: at most one policy decides or takes an interim measure, the
 * others leave their proposals. Runs in the transaction that attaches the notice, on a case that is new.
 */
export async function applyPolicies(
  ctx: AppContext,
  tx: Transaction,
  record: CaseRecord,
  notice: NoticeRecord,
): Promise<AppliedPolicies> {
  const active = await tx.find('policy', { state: 'active' })
  if (active.length === 0) return { record, events: [], rings: [] }
  const facts = await policyFactsOf(ctx, tx, active, record, notice)
  const { acting, proposing } = planPolicies(active, facts)
  const proposed = proposing.map((policy) => propose(ctx, record, policy))
  const attached = [
    { id: notice.id, atVersion: record.version, addresseeRole: addresseeRoleOf(notice) },
  ]
  const subject = mannerSubject(record.targetKey, [notice])
  const counted = isMannerGround(acting?.ground?.kind ?? '')
    ? { manner: await countManner(tx, subject, ctx.clock.now()) }
    : {}
  const cause = { attached, ...counted }
  const acted =
    acting === null ? undefined : await decideByPolicy(ctx, tx, record, acting, facts, cause)
  if (acted === undefined) return { record, events: proposed, rings: [] }
  return { ...acted, events: [...proposed, ...acted.events] }
}

/**
 * Lets one policy decide. Nothing, where it may not after all, e.g. since its clause has ended: then people
 * decide without it.
 */
export async function decideByPolicy(
  ctx: AppContext,
  tx: Transaction,
  record: CaseRecord,
  policy: PolicyRecord,
  facts: PolicyFacts,
  cause: PolicyCause,
): Promise<AppliedPolicies | undefined> {
  const { config, clock, random, log } = ctx
  const { ground } = policy
  const awarenessCause = causeOf(facts)
  const done = transition(
    record,
    { type: 'decide_by_policy', policy, awarenessCause },
    {
      at: clock.now(),
      undoWindowMs: config.undoWindowMs,
      decisionId: random.id('dec'),
      trial: trialOfDecision(record.trial, config.mode),
      texts: MEASURE_TEXTS,
      designated: config.procedures.designated,
      fourEyes: config.procedures.fourEyes,
      senderTypes: facts.senderType === null ? [] : [facts.senderType],
      ...(cause.manner === undefined ? {} : { manner: cause.manner }),
      standards: ground === null ? [] : await tx.find('standard', { id: ground.standard }),
      attached: cause.attached,
      changes: [],
      actions: [],
      heldElsewhere: new Set(),
      seen: facts,
    },
  )
  if (!done.ok) {
    log.warn('policy.not_used', { case: record.id, code: done.refusal.code })
    return undefined
  }
  const { events, rings = [] } = await recordDecision(ctx, tx, done, cause.signalLeaf)
  return {
    record: done.next,
    events: events.map((event) => withUse(ctx, event, policy, done)),
    rings,
  }
}

/** What a type of sender stands for as the cause of knowing; where nobody sent, the police replied. */
function causeOf({ senderType }: PolicyFacts): AwarenessCause {
  const given = senderType === null ? 'police' : senderTypeRow(senderType)?.default_awareness_cause
  return AWARENESS_CAUSES.find((cause) => cause === given) ?? 'other'
}

function propose(ctx: AppContext, record: CaseRecord, policy: PolicyRecord): EventDraft {
  const at = ctx.clock.now()
  const { id, version } = policy
  const event: CoreEvent = {
    type: 'policy.proposed',
    at,
    caseId: record.id,
    noticeId: null,
    decisionId: null,
    detail: { policy: { id, version }, version: record.version },
  }
  const use = newUse(ctx, policy, { caseId: record.id, decisionId: null, usedAt: at })
  return {
    ...caseEvent(ctx, record, event),
    indexed: (tx) => keepUse(tx, use),
  }
}

/** The decision of a policy is kept together with that it was used. */
function withUse(
  ctx: AppContext,
  event: EventDraft,
  policy: PolicyRecord,
  { decision }: Transitioned,
): EventDraft {
  if (event.type !== 'decision.made' || decision === null) return event
  const { id: decisionId, caseId, decidedAt } = decision
  const use = newUse(ctx, policy, { caseId, decisionId, usedAt: decidedAt })
  return {
    ...event,
    indexed: async (tx, index) => {
      await keepUse(tx, use)
      await event.indexed?.(tx, index)
    },
  }
}

function newUse(
  { random }: AppContext,
  { id: policyId, version, effect, reviewSeed, reviewPercent }: PolicyRecord,
  about: Pick<PolicyUse, 'caseId' | 'decisionId' | 'usedAt'>,
): PolicyUse {
  const { decisionId } = about
  const draws = decisionId !== null && reviewSeed !== null
  const isDue = draws && isDrawn(sha256(`${reviewSeed}\n${decisionId}`), reviewPercent)
  return {
    id: random.id('use'),
    ...{ policyId, version, effect: effect.kind },
    ...about,
    review: isDue ? 'due' : 'none',
    reviewedBy: null,
    reviewedAt: null,
  }
}

/**
 * At this moment the place in the log is fixed: whoever retired the policy before stands before it there,
 * and then it isn't used. What throws here is tried again from the start.
 */
async function keepUse(tx: Transaction, use: PolicyUse): Promise<void> {
  const policy = await tx.get('policy', { id: use.policyId, version: use.version })
  if (policy?.state !== 'active') throw new Error('the policy was retired meanwhile')
  await tx.insert('policyUse', use)
}
