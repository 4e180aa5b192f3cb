import type { Ground } from './decision.ts'
import { citableFrom, isInForce, type Clause, type Standard } from './standard.ts'
import { ACTION_KINDS, type ActionKind } from './action-kind.ts'
import type { Form } from './vocabulary.ts'
import { groundRow } from './vocabulary-lookup.ts'

/** Grounds that say the item is against the law. Open list: whatever begins so counts too. */
const ILLEGALITY_GROUNDS: ReadonlySet<string> = new Set([
  'legal_duty',
  'court_or_compulsory',
  'rights_infringement_found',
])

/** Grounds that say nothing is violated, so that no measure can rest on them. */
const NO_VIOLATION: ReadonlySet<string> = new Set(['not_violating'])

/** Whether a ground claims that the item is against the law (law 6). */
export function isIllegalityGround(ground: Ground): boolean {
  return (
    ground.kind.startsWith('illegal_') ||
    ILLEGALITY_GROUNDS.has(ground.kind) ||
    (ground.provisions ?? []).length > 0
  )
}

/**
 * 情プラ法26条1項一–三: the platform itself posted it, a law other than one of effort makes it act, or what
 * happened couldn't be foreseen. Then a standard needn't have been public for two weeks.
 */
const WITHOUT_NOTICE_PERIOD: ReadonlySet<string> = new Set([
  'platform_is_poster',
  'legal_duty',
  'court_or_compulsory',
  'rights_infringement_found',
  'unforeseen_emergency',
])

/** 26条1項三: the standard has to be changed promptly afterwards (26条3項). */
export const UNFORESEEN = 'unforeseen_emergency'

export type GroundRefusal =
  | 'ground_missing'
  | 'ground_not_for_form'
  | 'clause_not_in_force'
  | 'clause_too_new'
  | 'emergency_needs_reason'

export interface GroundQuery {
  readonly form: Form
  readonly ground: Ground | null
  /** A measure needs a ground; a decline may have one. */
  readonly kinds: readonly ActionKind[]
  /** Whether the platform is designated (情プラ法20条). */
  readonly designated: boolean
  /** Said beside the ground. */
  readonly hasContext: boolean
  readonly standards: readonly Standard[]
  /** Of the decision, `YYYY-MM-DD` in Japan. */
  readonly day: string
}

/**
 * 判断の根拠: why a ground can't be cited, if so. On the public-order form none of illegality (guideline
 * 第2の2: such information breaks no law), and a clause only while it is in force and, on a designated
 * platform that prevents a transmission, when it was public for two weeks.
 */
export function refuseGround(query: GroundQuery): GroundRefusal | undefined {
  const { form, ground, kinds } = query
  const hasMeasures = kinds.length > 0
  if (ground === null) return hasMeasures ? 'ground_missing' : undefined
  if (hasMeasures && NO_VIOLATION.has(ground.kind)) return 'ground_missing'
  if (form === 'public_order' && isIllegalityGround(ground)) return 'ground_not_for_form'
  // Open list: a ground that the vocabulary doesn't know is the platform's own.
  if (groundRow(ground.kind)?.forms.includes(form) === false) return 'ground_not_for_form'
  if (ground.kind === UNFORESEEN && !query.hasContext) return 'emergency_needs_reason'
  return refuseClause(query, ground)
}

function refuseClause(query: GroundQuery, ground: Ground): GroundRefusal | undefined {
  const { standards, day } = query
  const cited = citedClause(ground, standards)
  if (cited === undefined || !isInForce(cited.standard, day)) return 'clause_not_in_force'
  const isEarly = day < citableFrom(cited.standard, needsNoticePeriod(query, ground))
  return isEarly ? 'clause_too_new' : undefined
}

function needsNoticePeriod({ kinds, designated }: GroundQuery, ground: Ground): boolean {
  return designated && preventsTransmission(kinds) && !WITHOUT_NOTICE_PERIOD.has(ground.kind)
}

/** Whether a decision takes a 送信防止措置 (情プラ法2条九). */
export function preventsTransmission(kinds: readonly ActionKind[]): boolean {
  return kinds.some((kind) => ACTION_KINDS[kind].transmissionPrevention)
}

/** The standard and clause that a ground names, in force or not. */
export function citedClause(
  ground: Ground,
  standards: readonly Standard[],
): { readonly standard: Standard; readonly clause: Clause } | undefined {
  const standard = standards.find(
    ({ id, version }) => id === ground.standard && version === ground.version,
  )
  const clause = standard?.clauses.find(({ id }) => id === ground.clause)
  return standard === undefined || clause === undefined ? undefined : { standard, clause }
}
