import { ACTION_KINDS, type ActionKind } from './action-kind.ts'
import { defaultNatureOf, laneOf } from './lane.ts'
import type { PolicyEffect } from './policy.ts'
import type { Form, Lane } from './vocabulary.ts'

/**
 * How far a policy may go: with measures of any visibility, with measures that leave visibility alone,
 * with the label of a police warning, or nowhere at all (laws 8, 9 and 19).
 */
export type PolicyReach = 'any' | 'no_visibility' | 'police_label' | 'none'

const REACH_OF_LANE: Readonly<Record<Lane, PolicyReach>> = {
  voluntary_illegal: 'any',
  voluntary_public_order: 'no_visibility',
  signal: 'police_label',
  agency: 'none',
  statutory_rights: 'none',
  legal_desk: 'none',
  quarantine: 'none',
}

export const reachOfLane = (lane: Lane): PolicyReach => REACH_OF_LANE[lane]

/** The reach of the lane to which notices of a form come from such senders, as they are assessed by default. */
export function reachOfForm(form: Form, senderType: string | null): PolicyReach {
  const type = senderType ?? ''
  return reachOfLane(laneOf({ form, senderType: type, nature: defaultNatureOf(type) }))
}

/** Kinds that need something that no rule can give: a person, a source, a record of the account (M-20). */
const NEEDS_PERSON: ReadonlySet<ActionKind> = new Set<ActionKind>([
  'restore',
  'require_reverification',
  'prominence_trusted_source',
])

/** Whether a kind can be taken by a policy in some lane at all: what can't be undone can't. */
export function isByPolicy(kind: ActionKind): boolean {
  return ACTION_KINDS[kind].reversible && !NEEDS_PERSON.has(kind)
}

/** Whether the reach of a lane or form lets a policy take a measure there. */
export function isWithinReach(reach: PolicyReach, kind: ActionKind): boolean {
  if (reach === 'none' || !isByPolicy(kind)) return false
  if (reach === 'police_label') return kind === 'label_police_warning'
  if (kind === 'label_police_warning') return false
  return reach === 'any' || ACTION_KINDS[kind].visibility === 'none'
}

/** Measures that rest on a fact that the platform observed itself (law 19). */
export function needsOwnFact(kind: ActionKind): boolean {
  const { visibility, scope } = ACTION_KINDS[kind]
  return visibility !== 'none' || scope === 'account'
}

/** A proposal moves nothing, and yet comes to no lane that policies are kept from. */
export function effectIsWithin(reach: PolicyReach, { kind, measures }: PolicyEffect): boolean {
  if (reach === 'none') return false
  return kind === 'propose' || measures.every((measure) => isWithinReach(reach, measure.kind))
}
