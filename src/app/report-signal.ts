import { canonicalJson } from '../core/canonical-json.ts'
import type { CaseRecord } from '../core/case.ts'
import { policeAccount } from '../core/own-lists.ts'
import { planPolicies, type PolicyFacts } from '../core/policy-match.ts'
import type { SignalRecord } from '../core/signal.ts'
import { resolvedKey } from '../core/target-key.ts'
import { transition } from '../core/transition.ts'
import { trialOf } from '../core/trial.ts'
import type { Surface } from '../core/vocabulary.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import type { Transaction } from '../ports/record-store.ts'
import { decideByPolicy, type AppliedPolicies } from './apply-policies.ts'
import { caseEvent } from './case-events.ts'
import type { Change, EventDraft } from './command.ts'
import type { AppContext } from './context.ts'
import { expectDone } from './expect-done.ts'
import { targetLock } from './locks.ts'
import { ledgeredEvent } from './record-event.ts'
import { readTarget } from './target-answers.ts'

/** That the platform saw an account of its list reply to an item with a warning. */
export interface SignalReport {
  /** The police account that replied. */
  readonly account: string
  /** Of the item, as `resolve` gives them. */
  readonly key?: string
  readonly targetAccount?: string
  readonly surface?: Surface
}

/** What came of it. */
export interface NotedSignal {
  readonly id: SignalRecord['id']
  /** Whether a policy put the label on the item. */
  readonly labelled: boolean
}

/**
 * 個別警告を自ら確認した: keeps that the police replied to an item. It asks nothing of anybody and nobody is
 * answered; under a policy that the platform opted in to, the item gets a label that says so (law 9).
 *
 * @param ref What `resolve` gives as `ref` of the item.
 * @throws MadoguchiError `account_not_listed`; `not_allowed` for a private surface; `invalid_input`.
 */
export async function reportSignal(
  ctx: AppContext,
  ref: unknown,
  report: SignalReport,
): Promise<NotedSignal> {
  const { config, clock } = ctx
  const target = targetOf(ref, report)
  const listed = policeAccount(config.procedures.policeAccounts, report.account, clock.now())
  if (listed === undefined) throw new MadoguchiError('account_not_listed')
  if (target.surface === 'private') throw new MadoguchiError('not_allowed')
  const trial = trialOf(false, config.mode)
  const targetKey = resolvedKey(target.key, trial)
  const { result } = await ctx.committer.submit({
    name: 'signal.report',
    bytes: 1_024,
    locks: [targetLock(targetKey)],
    run: async (tx): Promise<Change<NotedSignal>> => {
      const same = { targetKey, account: report.account, ended: null }
      const [known] = await tx.find('signal', same, { limit: 1 })
      if (known !== undefined)
        return { result: { id: known.id, labelled: known.caseId !== null }, events: [] }
      const signal: Omit<SignalRecord, 'entryIndex'> = {
        id: ctx.random.id('sig'),
        kind: 'police_warning',
        targetKey,
        targetRef: target.ref,
        targetAccount: target.account,
        account: report.account,
        observedAt: clock.now(),
        caseId: null,
        endedAt: null,
        ended: null,
      }
      return note(ctx, tx, signal, target.surface)
    },
  })
  return result
}

function targetOf(ref: unknown, report: SignalReport): NonNullable<ReturnType<typeof readTarget>> {
  try {
    const { key, surface, targetAccount: account } = report
    const target = readTarget({ ref, key, surface, account })
    if (target !== null) return target
  } catch (cause) {
    throw new MadoguchiError('invalid_input', { errors: WRONG_TARGET, cause })
  }
  throw new MadoguchiError('invalid_input', { errors: WRONG_TARGET })
}

const WRONG_TARGET = [{ pointer: '/ref', keyword: 'type' }]

async function note(
  ctx: AppContext,
  tx: Transaction,
  signal: Omit<SignalRecord, 'entryIndex'>,
  surface: Surface,
): Promise<Change<NotedSignal>> {
  const { id, kind, account, targetKey, observedAt } = signal
  const noted = ledgeredEvent(
    { random: ctx.random, logOrigin: ctx.ledger.origin },
    {
      type: 'signal.noted',
      lane: 'signal',
      at: observedAt,
      pub: { kind },
      target: targetKey,
      payload: { v: 1, signal: id, kind, account },
    },
  )
  const labelled = await label(ctx, tx, signal, surface, noted.entry.leafHash)
  const caseId = labelled?.record.id ?? null
  if (labelled !== undefined) await tx.put('case', labelled.record)
  const kept: EventDraft = {
    ...noted,
    indexed: async (inner, entryIndex) => {
      await inner.insert('signal', { ...signal, caseId, entryIndex })
      if (caseId !== null) await inner.update('case', { id: caseId }, { position: entryIndex })
    },
  }
  return {
    result: { id, labelled: labelled !== undefined },
    events: [kept, ...(labelled?.events ?? [])],
    rings: labelled?.rings ?? [],
  }
}

/** Once an item, and not beside people: an open case about a warning is theirs. */
async function label(
  ctx: AppContext,
  tx: Transaction,
  { id: signal, targetKey }: Omit<SignalRecord, 'entryIndex'>,
  surface: Surface,
  signalLeaf: string,
): Promise<AppliedPolicies | undefined> {
  const { config, clock } = ctx
  const key = { targetKey, lane: 'signal', form: 'individual_warning' } as const
  const active = await tx.find('policy', { state: 'active' })
  const previous = (await tx.lastCase(key)) ?? null
  if (active.length === 0 || (await tx.openCase(key)) !== undefined) return undefined
  const at = clock.now()
  const notice = {
    ...{ id: null, lane: key.lane, form: key.form, category: UNCLASSIFIED, position: 0 },
    nature: 'public_warning',
    trial: trialOf(false, config.mode),
    order: { band: 1, goalAt: at + config.ownGoalMs.ordinary },
  } as const
  const caseId = ctx.random.id('cas')
  const siblings = await tx.find('case', { targetKey })
  const noView = siblings.some((sibling) => sibling.noView)
  const opened = expectDone(
    transition(
      null,
      { type: 'open', notice },
      { at, caseId, targetKey, previous, grave: false, noView },
    ),
  )
  const facts: PolicyFacts = {
    ...{ case: opened.next, senderType: null, surface, state: 'present', observed: [] },
    ...{ manners: [], signal: 'police_warning' },
    fourEyes: config.procedures.fourEyes,
    // Whatever policy is in use now stands before this entry in the log.
    position: Number.MAX_SAFE_INTEGER,
  }
  const { acting } = planPolicies(active, facts)
  if (acting === null) return undefined
  const cause = { attached: [], signalLeaf }
  const decided = await decideByPolicy(ctx, tx, opened.next, acting, facts, cause)
  if (decided === undefined) return undefined
  const extra = { signal, refs: [signalLeaf] }
  const events = opened.events.map((event) => caseEvent(ctx, opened.next, event, extra))
  return { ...decided, events: [...events, ...decided.events] }
}

/** A warning says that a post may be unlawful, and classifies nothing. */
const UNCLASSIFIED: CaseRecord['category'] = 'unclassified'

/** The key of an item by its reference or, where `resolve` gives one, by that. */
export function signalTargetKey(
  { config }: Pick<AppContext, 'config'>,
  ref: unknown,
  key: string | undefined,
): string {
  const own = key ?? new TextDecoder().decode(canonicalJson(ref))
  return resolvedKey(own, trialOf(false, config.mode))
}
