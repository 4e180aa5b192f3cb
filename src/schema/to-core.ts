import type { ActionRecord } from '../core/action.ts'
import type { DecisionInput, Ground, PlannedAction } from '../core/decision.ts'
import type { Sender } from '../core/sender.ts'
import { fromAccreditation, fromCriteria, toAccreditation, toCriteria } from './bodies.ts'
import type { Standard } from '../core/standard.ts'
import { formatTime, parseTime } from '../core/time.ts'
import { LEGAL_NATURES, type LegalNature } from '../core/vocabulary.ts'
import { senderTypeRow } from '../core/vocabulary-lookup.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import type {
  ActionDocument,
  DecisionDocument,
  DecisionGround,
  SenderDocument,
  StandardDocument,
} from '../generated/types.ts'

const refuse = (pointer: string, keyword: string): MadoguchiError =>
  new MadoguchiError('invalid_input', { errors: [{ pointer, keyword }] })

/** A command from the wire: what to decide, under which id, on which version of the case. */
export interface DecisionCommand {
  readonly commandId: string
  readonly expectedVersion: number
  readonly input: DecisionInput
}

function toGround(ground: DecisionGround | null | undefined): Ground | null {
  if (ground === null || ground === undefined) return null
  const { provisions, ...clause } = ground
  return provisions === undefined ? clause : { ...clause, provisions }
}

function toPlannedAction(
  action: DecisionDocument['actions'][number],
  index: number,
): PlannedAction {
  const moment = (member: 'not_before' | 'ends_at'): number | undefined => {
    const text = action[member]
    const at = text === undefined ? undefined : parseTime(text)
    if (text !== undefined && at === undefined)
      throw refuse(`/actions/${index}/${member}`, 'format')
    return at
  }
  const [notBefore, endsAt] = [moment('not_before'), moment('ends_at')]
  const { kind, territory, interim, label_basis, template } = action
  return {
    kind,
    ...(notBefore === undefined ? {} : { notBefore }),
    ...(endsAt === undefined ? {} : { endsAt }),
    ...(territory === undefined ? {} : { territory }),
    ...(interim === true ? { interim } : {}),
    ...(label_basis === undefined ? {} : { labelBasis: label_basis }),
    ...(template === undefined ? {} : { template }),
  }
}

function fromPlannedAction(action: PlannedAction): DecisionDocument['actions'][number] {
  const { kind, notBefore, endsAt, territory, interim, labelBasis, template } = action
  return {
    kind,
    ...(notBefore === undefined ? {} : { not_before: formatTime(notBefore) }),
    ...(endsAt === undefined ? {} : { ends_at: formatTime(endsAt) }),
    ...(territory === undefined ? {} : { territory: [...territory] }),
    ...(interim === undefined ? {} : { interim }),
    ...(labelBasis === undefined ? {} : { label_basis: labelBasis }),
    ...(template === undefined ? {} : { template }),
  }
}

/**
 * A validated decision of the wire as the core knows it.
 *
 * @throws MadoguchiError `invalid_input` for a `not_before` or `ends_at` that is no moment.
 */
export function toDecisionCommand(document: DecisionDocument): DecisionCommand {
  return {
    commandId: document.command_id,
    expectedVersion: document.expected_version,
    input: {
      actions: document.actions.map(toPlannedAction),
      alreadyGone: document.already_gone ?? false,
      ground: toGround(document.ground),
      awarenessCause: document.awareness_cause,
      weightGiven: document.weight_given,
      senderFinding: document.sender_finding ?? null,
      contextConsidered: document.context_considered ?? null,
      declineReason: document.decline_reason ?? null,
      publicNote: document.public_note ?? null,
      internalNote: document.internal_note ?? null,
      ...(document.legal === undefined ? {} : { legal: document.legal }),
    },
  }
}

/** A decision as the desk reads it: the wire's names, without the members that belong to the command. */
export function fromDecisionInput(
  input: DecisionInput,
): Omit<DecisionDocument, 'command_id' | 'expected_version'> {
  const { ground } = input
  return {
    actions: input.actions.map(fromPlannedAction),
    already_gone: input.alreadyGone,
    ground: ground && {
      kind: ground.kind,
      standard: ground.standard,
      version: ground.version,
      clause: ground.clause,
      ...(ground.provisions === undefined ? {} : { provisions: [...ground.provisions] }),
    },
    awareness_cause: input.awarenessCause,
    weight_given: input.weightGiven,
    sender_finding: input.senderFinding,
    context_considered: input.contextConsidered,
    decline_reason: input.declineReason,
    public_note: input.publicNote && { ...input.publicNote },
    internal_note: input.internalNote,
    ...(input.legal === undefined ? {} : { legal: { ...input.legal } }),
  }
}

/** The nature of a new sender. Departing from the default of its type takes a reason and a document (law 7). */
function toNature(document: SenderDocument): LegalNature {
  const byType = senderTypeRow(document.type)?.default_nature
  const fallback = LEGAL_NATURES.find((nature) => nature === byType) ?? 'voluntary_request'
  const nature = document.nature ?? fallback
  if (nature === fallback) return nature
  if (document.nature_reason === undefined) throw refuse('/nature_reason', 'required')
  if (document.nature_document === undefined) throw refuse('/nature_document', 'required')
  return nature
}

/**
 * A validated registration as the core knows it; active from the start.
 *
 * @param createdAt Epoch milliseconds.
 * @throws MadoguchiError `invalid_input` where the nature departs from its default without reason or document.
 */
export function toSender(document: SenderDocument, createdAt: number): Sender {
  return {
    id: document.id,
    name: document.name,
    type: document.type,
    tier: document.tier,
    tierReason: document.tier_reason ?? null,
    nature: toNature(document),
    commission: document.commission ?? null,
    accreditation: toAccreditation(document.accreditation),
    criteria: toCriteria(document.criteria),
    statutesInCharge: document.statutes_in_charge ?? null,
    licensingPowers: document.licensing_powers ?? false,
    scope: document.scope ?? null,
    agreedRatePerDay: document.agreed_rate_per_day,
    agreedBand0RatePerDay: document.agreed_band0_rate_per_day,
    callbackUrl: document.callback_url ?? null,
    state: 'active',
    createdAt,
  }
}

/** A sender as operators read it: the registration, and what became of it. */
export interface SenderView extends SenderDocument {
  state: Sender['state']
  created_at: string
}

/** A sender with the wire's names. */
export function fromSender(sender: Sender): SenderView {
  return {
    id: sender.id,
    name: sender.name,
    type: sender.type,
    tier: sender.tier,
    tier_reason: sender.tierReason && { ...sender.tierReason },
    nature: sender.nature,
    commission: sender.commission && { ...sender.commission },
    accreditation: sender.accreditation && fromAccreditation(sender.accreditation),
    criteria: sender.criteria && fromCriteria(sender.criteria),
    statutes_in_charge: sender.statutesInCharge && [...sender.statutesInCharge],
    licensing_powers: sender.licensingPowers,
    scope: sender.scope && [...sender.scope],
    agreed_rate_per_day: sender.agreedRatePerDay,
    agreed_band0_rate_per_day: sender.agreedBand0RatePerDay,
    callback_url: sender.callbackUrl,
    state: sender.state,
    created_at: formatTime(sender.createdAt),
  }
}

/** A validated standard as the core knows it. */
export function toStandard(document: StandardDocument): Standard {
  return {
    id: document.id,
    version: document.version,
    title: document.title,
    publishedOn: document.published_on,
    effectiveOn: document.effective_on,
    endsOn: document.ends_on ?? null,
    clauses: document.clauses,
  }
}

/** A standard with the wire's names. */
export function fromStandard(standard: Standard): StandardDocument {
  return {
    id: standard.id,
    version: standard.version,
    title: { ...standard.title },
    published_on: standard.publishedOn,
    effective_on: standard.effectiveOn,
    ends_on: standard.endsOn,
    clauses: standard.clauses.map((clause) => ({ ...clause, title: { ...clause.title } })),
  }
}

const time = (at: number | null): string | null => (at === null ? null : formatTime(at))

/** An action with the wire's names; the target and the idempotency key stay inside. */
export function fromAction(action: ActionRecord): ActionDocument {
  return {
    id: action.id,
    decision_id: action.decisionId,
    case_id: action.caseId,
    kind: action.kind,
    state: action.state,
    position: action.position,
    not_before: time(action.notBefore),
    ends_at: time(action.endsAt),
    ended_at: time(action.endedAt),
    territory: action.terms?.territory === undefined ? null : [...action.terms.territory],
    interim: action.terms?.interim === true,
    label_basis: action.terms?.labelBasis ?? null,
    template: action.terms?.template ?? null,
    attempt: action.attempt,
    executed_at: time(action.executedAt),
    settled_by: action.settledBy,
    failure_code: action.failureCode,
    reverses: action.reverses,
    late_results: action.lateResults.map((late) => ({ ...late, at: formatTime(late.at) })),
  }
}
