import type { Sender } from './sender.ts'
import type { Form, Lane, LegalNature, OpenForm } from './vocabulary.ts'

/**
 * What a lane follows from: form, sender type and assessed nature. A tier is no input (law 3), and the
 * type refuses one.
 */
export interface LaneQuery {
  readonly form: Form
  readonly senderType: string
  readonly nature: LegalNature
  readonly tier?: never
}

/** Bodies of the state whose requests get more procedure, not more power (law 8). */
const AGENCY_TYPES: ReadonlySet<string> = new Set([
  'administrative_agency',
  'local_government',
  'human_rights_organ',
  'police_national',
  'police_prefectural',
])

/** Whether a sender type is a body of the state; courts and prosecutors aren't among them. */
export function isAgencyType(senderType: string): boolean {
  return AGENCY_TYPES.has(senderType)
}

const COURT_TYPES: ReadonlySet<string> = new Set(['prosecutor_or_court'])
const RIGHTS_TYPES: ReadonlySet<string> = new Set(['rights_holder', 'rights_holder_agent'])

const VOLUNTARY_LANES: Readonly<Record<OpenForm, Lane>> = {
  illegal_information: 'voluntary_illegal',
  public_order: 'voluntary_public_order',
}

/** Forms with a procedure of their own, whoever sends them. */
const OWN_LANES: Readonly<Record<Exclude<Form, OpenForm>, Lane>> = {
  agency_request: 'agency',
  general_request: 'agency',
  individual_warning: 'signal',
  rights_request: 'statutory_rights',
  inquiry: 'legal_desk',
}

const LANES_BY_NATURE: Readonly<Record<Exclude<LegalNature, 'voluntary_request'>, Lane>> = {
  administrative_guidance: 'agency',
  statutory_request: 'statutory_rights',
  court_order: 'legal_desk',
  public_warning: 'signal',
}

/** 手続区分: which procedure a notice gets. */
export function laneOf({ form, senderType, nature }: LaneQuery): Lane {
  if (form !== 'illegal_information' && form !== 'public_order') return OWN_LANES[form]
  if (nature !== 'voluntary_request') return LANES_BY_NATURE[nature]
  return AGENCY_TYPES.has(senderType) ? 'agency' : VOLUNTARY_LANES[form]
}

export type LaneAdmission =
  | { readonly ok: true; readonly lane: Lane }
  | { readonly ok: false; readonly code: 'form_not_open' }

/** The lane, unless it isn't open yet: then nothing is taken in, rather than put in another lane. */
export function admitLane(query: LaneQuery, openLanes: ReadonlySet<Lane>): LaneAdmission {
  const lane = laneOf(query)
  return openLanes.has(lane) ? { ok: true, lane } : { ok: false, code: 'form_not_open' }
}

/** 法的性質 of a sender's notices, as the platform assessed it; its type doesn't decide it (law 7). */
export function legalNatureOf(sender: Pick<Sender, 'nature'>): LegalNature {
  return sender.nature
}

/** The nature that a newly registered sender of a type begins with. Open list: unknown is voluntary. */
export function defaultNatureOf(senderType: string): LegalNature {
  if (AGENCY_TYPES.has(senderType)) return 'administrative_guidance'
  if (COURT_TYPES.has(senderType)) return 'court_order'
  return RIGHTS_TYPES.has(senderType) ? 'statutory_request' : 'voluntary_request'
}
