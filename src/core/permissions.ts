import type { Role } from './vocabulary.ts'

const DECIDERS = ['reviewer', 'second_reviewer', 'lead', 'child_safety'] as const
/** Who works on cases; each on the lanes that are theirs, see `cases.handle` and `legal.handle`. */
const HANDS = [...DECIDERS, 'legal'] as const
const EVERYBODY = [...HANDS, 'auditor', 'integrator', 'admin'] as const

/**
 * Who of the desk may do what; every operation of an operator names one row. Who runs the system
 * (`admin`, `integrator`) decides nothing, and who audits changes nothing. Who audits from outside
 * (`external_auditor`) is nobody of the desk: published rules, counts and a sample of cases, for a time.
 */
export const PERMISSIONS = {
  'cases.list': [...HANDS, 'auditor'],
  'cases.read': [...HANDS, 'auditor'],
  /** Cases of no-view categories, at all (law 11). */
  'cases.read_no_view': ['child_safety'],
  /** Cases of the legal desk, at all; others don't see that there is one. */
  'legal.read': ['legal', 'auditor'],
  /** Work on them; on no-view ones `child_safety` alone. */
  'legal.handle': ['legal', 'child_safety'],
  /** Wishes that an item be left up for now; two people of it. */
  'leave_ups.read': ['legal', 'auditor'],
  'leave_ups.handle': ['legal'],
  /** Work on the cases of every other lane. */
  'cases.handle': DECIDERS,
  /** Raising or lowering what a notice is taken for (law 7); to and from the legal desk `legal` alone. */
  'natures.assess': ['lead', 'child_safety', 'legal'],
  /** Names of the sender's handler and checker: for asking back and for checking, not for deciding. */
  'cases.names': ['lead', 'auditor'],
  'cases.claim': HANDS,
  /** Another person's claim; on no-view cases `child_safety` instead of `lead`, on the legal desk `legal`. */
  'cases.release_other': ['lead', 'child_safety', 'legal'],
  'cases.hold': HANDS,
  'cases.reverse': HANDS,
  /** 区分を見直す: a public-order case as illegal information after all (law 6). */
  'cases.reclassify': HANDS,
  'cases.merge': HANDS,
  'cases.decide': HANDS,
  'cases.second': HANDS,
  /** After two people differ: the same. */
  'cases.settle_disagreement': ['lead', 'child_safety', 'legal'],
  'cases.ask': HANDS,
  'cases.mark_band0': HANDS,
  /** Anyone of the desk (law 20). */
  'influence.note': EVERYBODY,
  'emergency.tell': HANDS,
  /** Typing in what came on paper; whoever opens the mail sees it anyway. */
  'letters.enter': HANDS,
  /** Receipts and answers to be mailed, and that they were. */
  'letters.answer': HANDS,
  /** What a poster is to get, before it is told. */
  'posters.preview': HANDS,
  /** What was told to posters, and what is still to be. */
  'posters.read': [...HANDS, 'auditor', 'integrator'],
  /** That a poster was told by other means. */
  'posters.tell': [...HANDS, 'integrator'],
  /** Telling the poster is the rule; putting it off takes two people (law 23). */
  'posters.postpone': HANDS,
  /** Whether a poster seeks help or lures others. */
  'posters.assess': HANDS,
  /** Objections of posters come through the platform. */
  'appeals.open': [...HANDS, 'integrator', 'admin'],
  'appeals.read': [...HANDS, 'auditor'],
  /** By somebody who took no part in the decision. */
  'appeals.decide': HANDS,
  'actions.settle': [...HANDS, 'integrator'],
  'senders.read': EVERYBODY,
  'senders.write': ['admin'],
  'keys.write': ['admin'],
  'clocks.reset': ['admin'],
  'standards.read': [...EVERYBODY, 'external_auditor'],
  'standards.write': ['lead', 'admin'],
  /** 一般要請: what is asked about no item in particular. */
  'requests.read': [...HANDS, 'auditor', 'admin'],
  'requests.answer': ['lead', 'legal'],
  'procedures.read': [...EVERYBODY, 'external_auditor'],
  'policies.read': [...EVERYBODY, 'external_auditor'],
  /** Rules that decide without a person are no matter of who runs the system. */
  'policies.write': ['second_reviewer', 'lead'],
  'policies.try': ['second_reviewer', 'lead', 'auditor'],
  /** A look at what a policy did, afterwards. */
  'policies.review': DECIDERS,
  'signals.read': [...DECIDERS, 'auditor'],
  'operators.read': ['auditor', 'admin'],
  'operators.write': ['admin'],
  'deliveries.read': [...HANDS, 'auditor', 'integrator', 'admin'],
  'deliveries.resend': ['lead', 'integrator', 'admin'],
  /** What a piece of work that was given up would have carried. */
  'dead_letters.payload': HANDS,
  'ledger.read_entries': ['auditor'],
  /** Who read what. */
  'readings.read': ['auditor'],
  /** An external auditor's own sample; our own auditors see how each was drawn. */
  'samples.read': ['auditor', 'external_auditor'],
  'statistics.read': ['lead', 'auditor', 'external_auditor', 'admin'],
} as const satisfies Readonly<Record<string, readonly Role[]>>

export type Permission = keyof typeof PERMISSIONS

/** Whether a role may do an operation. */
export function may(role: Role, permission: Permission): boolean {
  const roles: readonly Role[] = PERMISSIONS[permission]
  return roles.includes(role)
}
