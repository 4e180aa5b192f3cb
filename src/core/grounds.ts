import type { Ground } from './decision.ts'
import { isInForce, type Clause, type Standard } from './standard.ts'
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

export type GroundRefusal = 'ground_missing' | 'ground_not_for_form' | 'clause_not_in_force'

export interface GroundQuery {
  readonly form: Form
  readonly ground: Ground | null
  /** A measure needs a ground; a decline may have one. */
  readonly hasMeasures: boolean
  readonly standards: readonly Standard[]
  /** Of the decision, `YYYY-MM-DD` in Japan. */
  readonly day: string
}

/**
 * 判断の根拠: why a ground can't be cited, if so. On the public-order form none of illegality (guideline
 * 第2の2: such information breaks no law), and a clause only while it is in force.
 */
export function refuseGround(query: GroundQuery): GroundRefusal | undefined {
  const { form, ground, hasMeasures, standards, day } = query
  if (ground === null) return hasMeasures ? 'ground_missing' : undefined
  if (hasMeasures && NO_VIOLATION.has(ground.kind)) return 'ground_missing'
  if (form === 'public_order' && isIllegalityGround(ground)) return 'ground_not_for_form'
  // Open list: a ground that the vocabulary doesn't know is the platform's own.
  if (groundRow(ground.kind)?.forms.includes(form) === false) return 'ground_not_for_form'
  const cited = citedClause(ground, standards)
  return cited !== undefined && isInForce(cited.standard, day) ? undefined : 'clause_not_in_force'
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
