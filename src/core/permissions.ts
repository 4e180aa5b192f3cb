import type { Role } from './vocabulary.ts'

const DECIDERS = ['reviewer', 'second_reviewer', 'lead', 'child_safety'] as const
const EVERYBODY = [...DECIDERS, 'auditor', 'integrator', 'admin'] as const

/**
 * Who of the desk may do what; every operation of an operator names one row. Who runs the system
 * (`admin`, `integrator`) decides nothing, and who audits changes nothing. Who audits from outside
 * (`external_auditor`) is nobody of the desk: published rules, counts and a sample of cases, for a time.
 */
export const PERMISSIONS = {
  'cases.list': [...DECIDERS, 'auditor'],
  'cases.read': [...DECIDERS, 'auditor'],
  /** Cases of no-view categories, at all (law 11). */
  'cases.read_no_view': ['child_safety'],
  /** Names of the sender's handler and checker: for asking back and for checking, not for deciding. */
  'cases.names': ['lead', 'auditor'],
  'cases.claim': DECIDERS,
  /** Another person's claim; on no-view cases `child_safety` instead of `lead`. */
  'cases.release_other': ['lead', 'child_safety'],
  'cases.hold': DECIDERS,
  'cases.reverse': DECIDERS,
  'cases.merge': DECIDERS,
  'cases.decide': DECIDERS,
  'cases.second': DECIDERS,
  /** After two people differ; on no-view cases `child_safety` instead of `lead`. */
  'cases.settle_disagreement': ['lead', 'child_safety'],
  'cases.ask': DECIDERS,
  'cases.mark_band0': DECIDERS,
  /** Anyone of the desk (law 20). */
  'influence.note': EVERYBODY,
  'emergency.tell': DECIDERS,
  /** Typing in what came on paper; whoever opens the mail sees it anyway. */
  'letters.enter': DECIDERS,
  /** Receipts and answers to be mailed, and that they were. */
  'letters.answer': DECIDERS,
  /** What a poster is to get, before it is told. */
  'posters.preview': DECIDERS,
  /** What was told to posters, and what is still to be. */
  'posters.read': [...DECIDERS, 'auditor', 'integrator'],
  /** That a poster was told by other means. */
  'posters.tell': [...DECIDERS, 'integrator'],
  /** Telling the poster is the rule; putting it off takes two people (law 23). */
  'posters.postpone': DECIDERS,
  /** Whether a poster seeks help or lures others. */
  'posters.assess': DECIDERS,
  /** Objections of posters come through the platform. */
  'appeals.open': [...DECIDERS, 'integrator', 'admin'],
  'appeals.read': [...DECIDERS, 'auditor'],
  /** By somebody who took no part in the decision. */
  'appeals.decide': DECIDERS,
  'actions.settle': [...DECIDERS, 'integrator'],
  'senders.read': EVERYBODY,
  'senders.write': ['admin'],
  'keys.write': ['admin'],
  'clocks.reset': ['admin'],
  'standards.read': [...EVERYBODY, 'external_auditor'],
  'standards.write': ['lead', 'admin'],
  'procedures.read': [...EVERYBODY, 'external_auditor'],
  'policies.read': [...EVERYBODY, 'external_auditor'],
  /** Rules that decide without a person are no matter of who runs the system. */
  'policies.write': ['second_reviewer', 'lead'],
  'policies.try': ['second_reviewer', 'lead', 'auditor'],
  /** A look at what a policy did, afterwards. */
  'policies.review': DECIDERS,
  'operators.read': ['auditor', 'admin'],
  'operators.write': ['admin'],
  'deliveries.read': [...DECIDERS, 'auditor', 'integrator', 'admin'],
  'deliveries.resend': ['lead', 'integrator', 'admin'],
  /** What a piece of work that was given up would have carried. */
  'dead_letters.payload': DECIDERS,
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
