import { ACTION_KINDS, type ActionKind } from './action-kind.ts'

/** When a second person looks; where no rule holds, nobody has to. */
export const EYES = ['before_execution'] as const

/**
 * 二人確認の定め: one row of the platform's own table. A rule without measures holds for a decline as well
 * (law 5); what is grave or of an agency takes two people in any case (laws 8 and 24).
 */
export interface FourEyesRule {
  readonly eyes: (typeof EYES)[number]
  /** Left out: of every category, kind, type, or whether it can be undone or not. */
  readonly categories?: readonly string[]
  readonly actions?: readonly ActionKind[]
  readonly senderTypes?: readonly string[]
  readonly reversible?: boolean
}

export interface FourEyesQuery {
  /** As the sender says, and as the platform itself took it. */
  readonly categories: readonly string[]
  readonly kinds: readonly ActionKind[]
  /** Of whoever sent the notices; never who they are, nor their tier (law 3). */
  readonly senderTypes: readonly string[]
}

/** Whether a decision takes two people before it is carried out, by the platform's own table. */
export function takesTwoByTable(rules: readonly FourEyesRule[], query: FourEyesQuery): boolean {
  return rules.some((rule) => holds(rule, query))
}

function holds(rule: FourEyesRule, query: FourEyesQuery): boolean {
  const { actions, reversible } = rule
  if (!meets(rule.categories, query.categories) || !meets(rule.senderTypes, query.senderTypes))
    return false
  if (actions === undefined && reversible === undefined) return true
  return query.kinds.some(
    (kind) =>
      actions?.includes(kind) !== false &&
      (reversible === undefined || ACTION_KINDS[kind].reversible === reversible),
  )
}

function meets(wanted: readonly string[] | undefined, given: readonly string[]): boolean {
  return wanted === undefined || given.some((one) => wanted.includes(one))
}
