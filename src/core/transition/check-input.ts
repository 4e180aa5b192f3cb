import { ACTION_KINDS, isActionKind, type ActionKind } from '../action-kind.ts'
import { classOf, type CaseRecord } from '../case.ts'
import type { DecisionInput } from '../decision.ts'
import { refuseGround } from '../grounds.ts'
import { isMannerCounted, NO_MANNER, type MannerCounts } from '../manner.ts'
import type { MeasureText } from '../measure-text.ts'
import { refuseTerms, termFaults } from '../measure-terms.ts'
import { helpFirst } from '../poster-statement.ts'
import { isOutwardReason } from '../outward-reasons.ts'
import type { Standard } from '../standard.ts'
import { dayInJapan } from '../time.ts'
import type { InputFault } from '../../errors/madoguchi-error.ts'
import type { Refusal } from './result.ts'

/** As what the platform is addressed (M-04); given by the sender, `site_administrator` by default. */
export const ADDRESSEE_ROLES = ['site_administrator', 'server_administrator', 'ip_holder'] as const
export type AddresseeRole = (typeof ADDRESSEE_ROLES)[number]

export interface InputFacts {
  readonly at: number
  /** Standards that may be cited, in force or not. */
  readonly standards: readonly Standard[]
  /** Whether the platform is designated (情プラ法20条). */
  readonly designated: boolean
  /** That a label or advisory may show. */
  readonly texts: readonly MeasureText[]
  /** Of the item; absent: nothing was counted. */
  readonly manner?: MannerCounts
  /** A standing policy decides. */
  readonly byPerson?: false
  /** One for each notice attached. */
  readonly addresseeRoles: readonly AddresseeRole[]
}

/**
 * Kinds that a decision on notices can't choose: a counter-action follows from a reversal, and a
 * renewed verification from the account's own record, never from one notice (M-20).
 */
const NOT_CHOOSABLE: ReadonlySet<ActionKind> = new Set<ActionKind>([
  'restore',
  'require_reverification',
])

/** Why a decision can't be recorded as it was put in, if so. Same steps for a measure and for none (law 5). */
export function refuseInput(
  state: CaseRecord,
  input: DecisionInput,
  facts: InputFacts,
): Refusal | undefined {
  const errors = [...inputFaults(input), ...legalFaults(state, input)]
  if (errors.length > 0) return { code: 'invalid_input', errors }
  const terms = refuseTerms(input.actions, { byPerson: true, ...facts })
  return (
    refuseMeasures(state, input, facts) ??
    refuseCare(state, input) ??
    (terms === undefined ? undefined : { code: terms }) ??
    refuseWeight(state, input) ??
    refuseReasons(state, input, facts)
  )
}

function inputFaults(input: DecisionInput): readonly InputFault[] {
  const kinds = input.actions.map(({ kind }) => kind)
  const ofActions = input.actions.flatMap((action, index): InputFault[] => [
    ...fault(!isActionKind(action.kind), `/actions/${index}/kind`, 'enum'),
    ...fault(kinds.indexOf(action.kind) !== index, `/actions/${index}/kind`, 'uniqueItems'),
    ...termFaults(action).map(([member, keyword]) => ({
      pointer: `/actions/${index}/${member}`,
      keyword,
    })),
  ])
  const { alreadyGone } = input
  const decides = kinds.length > 0 || alreadyGone
  return [
    ...ofActions,
    ...fault(alreadyGone && kinds.length > 0, '/actions', 'maxItems'),
    ...fault(alreadyGone && input.ground !== null, '/ground', 'const'),
    ...fault(decides && input.declineReason !== null, '/declineReason', 'const'),
  ]
}

/** On the legal desk the result of the order or duty stands in the place of ground and reason. */
function legalFaults(
  { lane }: CaseRecord,
  { actions, alreadyGone, ground, declineReason, legal }: DecisionInput,
): readonly InputFault[] {
  if (lane !== 'legal_desk') return fault(legal !== undefined, '/legal', 'const')
  if (legal === undefined) return fault(true, '/legal', 'required')
  const complies = legal.result === 'complied'
  const acts = actions.length > 0
  return [
    ...fault(ground !== null, '/ground', 'const'),
    ...fault(declineReason !== null, '/declineReason', 'const'),
    ...fault(complies && !acts && !alreadyGone, '/actions', 'minItems'),
    ...fault(!complies && acts, '/actions', 'maxItems'),
    ...fault(!complies && alreadyGone, '/alreadyGone', 'const'),
    ...fault(!isDocument(legal.document), '/legal/document', 'pattern'),
  ]
}

/** A short line that names a document. */
export function isDocument(text: string): boolean {
  return /^(?=.*\S)\P{Cc}{1,200}$/u.test(text)
}

function fault(isWrong: boolean, pointer: string, keyword: string): InputFault[] {
  return isWrong ? [{ pointer, keyword }] : []
}

function refuseMeasures(
  { lane }: CaseRecord,
  input: DecisionInput,
  facts: InputFacts,
): Refusal | undefined {
  const kinds = input.actions.map(({ kind }) => kind)
  if (kinds.some((kind) => NOT_CHOOSABLE.has(kind))) return { code: 'not_allowed' }
  // A police warning leads to its label, by a policy that the platform opted in to, and to nothing else.
  const ofWarnings = lane === 'signal' || kinds.includes('label_police_warning')
  if (ofWarnings && kinds.length > 0 && facts.byPerson !== false) return { code: 'not_allowed' }
  const isLowerLayer =
    facts.addresseeRoles.length > 0 &&
    facts.addresseeRoles.every((role) => role !== 'site_administrator')
  return isLowerLayer && kinds.some((kind) => ACTION_KINDS[kind].scope !== 'item')
    ? { code: 'measure_too_wide' }
    : undefined
}

/** What would blame somebody who may be in distress; measures on the account are refused too. */
const NOT_WITH_HELP: ReadonlySet<ActionKind> = new Set<ActionKind>([
  'warn_poster',
  'label_police_warning',
])

function refuseCare(state: CaseRecord, { actions }: DecisionInput): Refusal | undefined {
  const blames = actions.some(
    ({ kind }) => NOT_WITH_HELP.has(kind) || ACTION_KINDS[kind].scope === 'account',
  )
  return blames && helpFirst(state) ? { code: 'help_comes_first' } : undefined
}

/** Relying on the sender's finding exists on form 1 only (guideline 第6). */
function refuseWeight(state: CaseRecord, { weightGiven }: DecisionInput): Refusal | undefined {
  const relies = weightGiven !== 'none' && weightGiven !== 'considered'
  return relies && state.form !== 'illegal_information'
    ? { code: 'weight_not_for_form' }
    : undefined
}

function refuseReasons(
  state: CaseRecord,
  input: DecisionInput,
  { at, standards, designated, manner = NO_MANNER }: InputFacts,
): Refusal | undefined {
  // An order and a duty of law are no clause of the platform's own.
  if (state.lane === 'legal_desk') return undefined
  const code = refuseGround({
    form: classOf(state),
    ground: input.ground,
    kinds: input.actions.map(({ kind }) => kind),
    designated,
    hasContext: /\S/.test(input.contextConsidered ?? ''),
    standards,
    day: dayInJapan(at),
  })
  if (code !== undefined) return { code }
  if (input.ground !== null && !isMannerCounted(input.ground.kind, manner))
    return { code: 'manner_not_counted' }
  return input.declineReason === null || isOutwardReason(input.declineReason)
    ? undefined
    : { code: 'decline_reason_not_outward' }
}
