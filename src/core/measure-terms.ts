import { ACTION_KINDS } from './action-kind.ts'
import type { PlannedAction } from './decision.ts'
import { measureText, type MeasureText } from './measure-text.ts'
import { isTerritory } from './territory.ts'
import { DAY } from './time.ts'

/** On what an AI-generated label rests (M-23). A sender's claim alone needs a person who looked. */
export const LABEL_BASES = [
  'generation_mark',
  'own_detection',
  'poster_statement',
  'sender_claim',
] as const
export type LabelBasis = (typeof LABEL_BASES)[number]

/** How a measure is carried out; what is left out doesn't apply. */
export interface MeasureTerms {
  /** ISO 3166-1 alpha-2; left out: everywhere. */
  readonly territory?: readonly string[]
  /** 暫定措置: ends by itself within 24 h unless a person decides. */
  readonly interim?: true
  readonly labelBasis?: LabelBasis
  /** Id of the text that a label or advisory shows. */
  readonly template?: string
}

/** An interim measure is reversible and ends after this long at the latest (law 19). */
export const INTERIM_MS = DAY

export type TermsRefusal =
  | 'measure_cannot_end'
  | 'measure_end_impossible'
  | 'interim_stands_alone'
  | 'territory_not_for_measure'
  | 'label_basis_missing'
  | 'label_basis_needs_person'
  | 'text_not_for_measure'

export interface TermsFacts {
  /** Of the decision. */
  readonly at: number
  /** `false`: a standing policy decides. */
  readonly byPerson: boolean
  /** That a label or advisory may show. */
  readonly texts: readonly MeasureText[]
}

/** Why measures can't be carried out as asked for, if so. */
export function refuseTerms(
  actions: readonly PlannedAction[],
  facts: TermsFacts,
): TermsRefusal | undefined {
  const isInterim = actions.some(({ interim }) => interim === true)
  if (isInterim && !isInterimOnly(actions)) return 'interim_stands_alone'
  for (const action of actions) {
    const refusal =
      refuseEnd(action, facts.at) ??
      refuseTerritory(action) ??
      refuseLabel(action, facts.byPerson) ??
      refuseText(action, facts.texts)
    if (refusal !== undefined) return refusal
  }
  return undefined
}

/** Whether a decision takes interim measures, and so decides nothing yet. */
export function isInterimOnly(actions: readonly PlannedAction[]): boolean {
  return actions.length > 0 && actions.every(({ interim }) => interim === true)
}

/** When a measure ends by itself; `null`: not at all. */
export function endOf({ endsAt, interim }: PlannedAction, decidedAt: number): number | null {
  return endsAt ?? (interim === true ? decidedAt + INTERIM_MS : null)
}

/** The terms of an action apart from its times; `null` where nothing was asked for. */
export function termsOf(action: PlannedAction): MeasureTerms | null {
  const { territory, interim, labelBasis, template } = action
  const terms = {
    ...(territory === undefined ? {} : { territory }),
    ...(interim === undefined ? {} : { interim }),
    ...(labelBasis === undefined ? {} : { labelBasis }),
    ...(template === undefined ? {} : { template }),
  }
  return Object.keys(terms).length === 0 ? null : terms
}

function refuseEnd(action: PlannedAction, at: number): TermsRefusal | undefined {
  const end = endOf(action, at)
  if (end === null) return undefined
  if (!ACTION_KINDS[action.kind].reversible) return 'measure_cannot_end'
  const isTooLate = action.interim === true && end > at + INTERIM_MS
  return end <= Math.max(at, action.notBefore ?? at) || isTooLate
    ? 'measure_end_impossible'
    : undefined
}

/** Only what is seen has a place where it is seen; `geo_block_jp` names its own. */
function refuseTerritory({ kind, territory }: PlannedAction): TermsRefusal | undefined {
  if (territory === undefined) return undefined
  const { scope, reversible } = ACTION_KINDS[kind]
  const hasPlace = scope === 'service' || (scope === 'item' && reversible)
  return hasPlace && kind !== 'geo_block_jp' ? undefined : 'territory_not_for_measure'
}

function refuseLabel(
  { kind, labelBasis }: PlannedAction,
  byPerson: boolean,
): TermsRefusal | undefined {
  if (kind === 'label_ai_generated' && labelBasis === undefined) return 'label_basis_missing'
  return labelBasis === 'sender_claim' && !byPerson ? 'label_basis_needs_person' : undefined
}

function refuseText(
  { kind, template }: PlannedAction,
  texts: readonly MeasureText[],
): TermsRefusal | undefined {
  const isKnown = template === undefined || measureText(texts, template, kind) !== undefined
  return isKnown ? undefined : 'text_not_for_measure'
}

/** What is no term at all, by member: the fault of whoever wrote it, not of what was decided. */
export function termFaults(action: PlannedAction): readonly (readonly [string, string])[] {
  const { kind, endsAt, territory, labelBasis } = action
  return [
    ...(isMoment(action.notBefore) ? [] : [['notBefore', 'type'] as const]),
    ...(isMoment(endsAt) ? [] : [['endsAt', 'type'] as const]),
    ...(territory === undefined || isPlaceList(territory) ? [] : [['territory', 'enum'] as const]),
    ...(labelBasis === undefined || kind === 'label_ai_generated'
      ? []
      : [['labelBasis', 'const'] as const]),
  ]
}

function isMoment(at: number | undefined): boolean {
  return at === undefined || Number.isSafeInteger(at)
}

function isPlaceList(territory: readonly string[]): boolean {
  const given: unknown = territory
  return (
    Array.isArray(given) &&
    given.length > 0 &&
    territory.every((place, index) => isTerritory(place) && territory.indexOf(place) === index)
  )
}
