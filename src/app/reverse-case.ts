import type { ActionRecord } from '../core/action.ts'
import type { DecidedBy, DecisionRecord, ReversalReason } from '../core/decision.ts'
import type { Id } from '../core/ids.ts'
import type { CaseRecord } from '../core/case.ts'
import type { CoreEvent } from '../core/transition/core-event.ts'
import type { ReverseFacts } from '../core/transition/reverse-case.ts'
import type { Transitioned } from '../core/transition/result.ts'
import { transition } from '../core/transition.ts'
import type { Transaction } from '../ports/record-store.ts'
import { absorbUndone } from './absorb-case.ts'
import { cancelAction } from './cancel-action.ts'
import { commandCase, type CaseAnswer } from './case-command.ts'
import { changesOfCase } from './case-changes.ts'
import { caseEvent } from './case-events.ts'
import type { Change, EventDraft } from './command.ts'
import type { AppContext } from './context.ts'
import { hurry } from './end-action.ts'
import { heldElsewhere } from './held-elsewhere.ts'
import { liveNotices } from './notices-of-case.ts'
import { overtakeAppeals } from './overtake-appeals.ts'
import { newCounter, planAction } from './plan-action.ts'
import { NEVER_MS } from './run-report.ts'
import { newWork, workOf } from './work-rows.ts'

export interface ReverseRequest {
  readonly commandId: string
  readonly expectedVersion: number
  readonly reason: ReversalReason
  readonly internalNote: string | null
}

/**
 * 措置を取り消して復元する, or 取り消す while nothing has begun.
 *
 * @throws MadoguchiError `not_found`, `command_id_reused`.
 */
export function reverseCase(
  ctx: AppContext,
  by: DecidedBy,
  caseId: Id<'cas'>,
  { commandId, ...request }: ReverseRequest,
): Promise<CaseAnswer> {
  return commandCase(ctx, {
    name: 'case.reverse',
    caseId,
    once: { commandId, content: { command: 'reverse', caseId, by, ...request } },
    change: async (state, tx) =>
      transition(state, { type: 'reverse', by, ...request }, await reverseFacts(ctx, tx, state)),
    write: (tx, done) => recordReversal(ctx, tx, done),
  })
}

/** What a reversal has to know of its case. */
export async function reverseFacts(
  { clock, config, random }: AppContext,
  tx: Transaction,
  state: CaseRecord,
): Promise<ReverseFacts> {
  const { id: caseId, decisionId: standing } = state
  const actions = await tx.find('action', { caseId })
  const decision = standing === null ? undefined : await tx.get('decision', { id: standing })
  const round = await tx.openCase(state)
  return {
    at: clock.now(),
    decisionId: random.id('dec'),
    decision: decision ?? null,
    actions,
    heldElsewhere: await heldElsewhere(tx, state, actions),
    openRound: round?.id ?? null,
    counting: await liveNotices(tx, caseId),
    band0GoalMs: config.band0GoalMs,
    ...(await changesOfCase(tx, state)),
  }
}

type Reversed = Extract<CoreEvent, { readonly type: 'decision.reversed' }>

/** Writes a reversal with its counter-actions, and closes the objections that it leaves without an object. */
export async function recordReversal(
  ctx: AppContext,
  tx: Transaction,
  { next, events, decision, actions }: Transitioned,
): Promise<Change<undefined>> {
  const reversed = events.find((event): event is Reversed => event.type === 'decision.reversed')
  if (decision === null || reversed === undefined)
    return { result: undefined, events: events.map((event) => caseEvent(ctx, next, event)) }
  const { cancelled, waitsFor, reverses } = reversed.detail
  const taken = await tx.get('decision', { id: reverses })
  for (const id of [reverses, decision.replaces]) await dropReport(tx, id)
  const dropped: EventDraft[] = []
  for (const id of cancelled) dropped.push(...(await cancelAction(ctx, tx, id)))
  for (const id of waitsFor) await hurry(ctx, tx, id)
  await endHeld(ctx, tx, next)
  const counters = actions.map((draft) => newCounter(ctx, draft))
  const [made, ...others] = events
  const draft = caseEvent(ctx, next, made ?? reversed, { previous: taken?.leafHash ?? null })
  await store(ctx, tx, { ...decision, leafHash: draft.entry?.leafHash ?? '' }, counters, next)
  const entered: EventDraft = {
    ...draft,
    indexed: async (inner, entryIndex) => {
      await inner.update('decision', { id: decision.id }, { entryIndex })
    },
  }
  const drafts = [entered, ...others.map((event) => caseEvent(ctx, next, event))]
  const moved = await absorbUndone(ctx, tx, next)
  const closed = await overtakeAppeals(ctx, tx, next, reverses)
  return {
    result: undefined,
    events: [...drafts, ...dropped, ...moved, ...closed],
    rings: ['act', 'report'],
  }
}

/** What stays for another case's sake is undone when that one needs it no more. */
async function endHeld({ clock }: AppContext, tx: Transaction, state: CaseRecord): Promise<void> {
  const actions = await tx.find('action', { caseId: state.id, state: 'executed' })
  const held = await heldElsewhere(tx, state, actions)
  for (const { id } of actions.filter((action) => held.has(action.id) && action.reverses === null))
    await tx.update('action', { id }, { endedAt: clock.now() })
}

/** What is taken back reports nothing more. */
async function dropReport(tx: Transaction, decisionId: Id<'dec'> | null): Promise<void> {
  const work = decisionId === null ? undefined : await workOf(tx, 'report', decisionId)
  if (work !== undefined) await tx.delete('work', { id: work.id })
}

/**
 * Written at once, not with its index: the settlement of an action may stand in the same batch, and has
 * to find the reversal. Until the index is given, the first one that it may get stands for it.
 */
async function store(
  ctx: AppContext,
  tx: Transaction,
  draft: Omit<DecisionRecord, 'entryIndex'>,
  counters: readonly ActionRecord[],
  state: CaseRecord,
): Promise<void> {
  const ledger = await tx.get('ledgerState', { name: 'ledger' })
  const decision: DecisionRecord = { ...draft, entryIndex: ledger?.size ?? 0 }
  await tx.insert('decision', decision)
  for (const action of counters) await planAction(ctx, tx, action, decision, state)
  const isOpen = state.state === 'reversing'
  const wasTold = decision.reported !== 'nothing'
  // Undone before anybody was told of it, or on trial: there is nothing to say.
  if (decision.trial !== null || (!isOpen && !wasTold && state.state !== 'reversed')) return
  const { band, goalAt } = state
  await tx.insert(
    'work',
    newWork(ctx.random, {
      kind: 'report',
      subjectId: decision.id,
      position: decision.entryIndex,
      nextAt: decision.decidedAt + (isOpen ? patienceOf(ctx, wasTold) : 0),
      band,
      goalAt,
    }),
  )
}

/** Who heard of the decision hears again when all is undone; who heard nothing, that it takes time. */
function patienceOf({ config }: AppContext, wasTold: boolean): number {
  return wasTold ? NEVER_MS : config.outcomePatienceMs
}
