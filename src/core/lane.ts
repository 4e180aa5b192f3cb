import type { NoticeRecord } from './notice.ts'
import { dutyFor, type Procedures, type Windows } from './procedures.ts'
import type { Sender } from './sender.ts'
import { ORDERS, type Form, type Lane, type LegalNature } from './vocabulary.ts'

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

const VOLUNTARY_LANES = {
  illegal_information: 'voluntary_illegal',
  public_order: 'voluntary_public_order',
} as const satisfies Partial<Record<Form, Lane>>

/** Forms with a procedure of their own, whoever sends them and whatever their nature. */
const OWN_LANES = {
  general_request: 'agency',
  individual_warning: 'signal',
  rights_request: 'statutory_rights',
  inquiry: 'legal_desk',
} as const satisfies Partial<Record<Form, Lane>>

const LANES_BY_NATURE: Readonly<Record<Exclude<LegalNature, 'voluntary_request'>, Lane>> = {
  administrative_guidance: 'agency',
  statutory_request: 'statutory_rights',
  statutory_duty: 'legal_desk',
  administrative_order: 'legal_desk',
  court_order: 'legal_desk',
  compulsory_measure: 'legal_desk',
  public_warning: 'signal',
}

/** 手続区分: which procedure a notice gets. */
export function laneOf({ form, senderType, nature }: LaneQuery): Lane {
  if (isIn(OWN_LANES, form)) return OWN_LANES[form]
  if (nature !== 'voluntary_request') return LANES_BY_NATURE[nature]
  return isIn(VOLUNTARY_LANES, form) && !AGENCY_TYPES.has(senderType)
    ? VOLUNTARY_LANES[form]
    : 'agency'
}

/** What isn't taken in, and why. With `other_window`, which one. */
export type LaneRefusal =
  | { readonly ok: false; readonly code: 'form_not_open' | 'form_not_for_sender' }
  | { readonly ok: false; readonly code: 'other_window'; readonly window: keyof Windows }
export type LaneAdmission = { readonly ok: true; readonly lane: Lane } | LaneRefusal

/**
 * The lane, unless it isn't open: then nothing is taken in, rather than put in another lane. What asks
 * under a law, or about users, is for another window; bodies of the state, and they alone, write theirs.
 */
export function admitLane(query: LaneQuery, openLanes: ReadonlySet<Lane>): LaneAdmission {
  const { form } = query
  const lane = laneOf(query)
  const window = windowFor(form, lane)
  if (window !== undefined) return { ok: false, code: 'other_window', window }
  if (!openLanes.has(lane)) return { ok: false, code: 'form_not_open' }
  return isFormOf(query, lane) ? { ok: true, lane } : { ok: false, code: 'form_not_for_sender' }
}

/** 別の窓口: of what this desk never takes. */
export function windowFor(form: Form, lane: Lane): keyof Windows | undefined {
  if (form === 'inquiry') return 'inquiries'
  return lane === 'statutory_rights' ? 'rightsRequests' : undefined
}

/** An agency says on a form of its own what 行政手続法35条 asks of it; nobody else has these forms. */
function isFormOf({ form, senderType, nature }: LaneQuery, lane: Lane): boolean {
  const isOfState =
    AGENCY_TYPES.has(senderType) || COURT_TYPES.has(senderType) || nature !== 'voluntary_request'
  return form === 'agency_request' || form === 'general_request' ? isOfState : lane !== 'agency'
}

/** 法的性質 of a sender's notices, as the platform assessed it; its type doesn't decide it (law 7). */
export function legalNatureOf(sender: Pick<Sender, 'nature'>): LegalNature {
  return sender.nature
}

/**
 * The nature with which a notice begins: what the platform assessed of its sender, and, for a category on
 * which the platform declared a duty of law, that duty. What a notice says of itself is no input.
 */
export function natureAtReceipt(
  sender: Pick<Sender, 'nature'>,
  { form, category }: Pick<NoticeRecord, 'form' | 'category'>,
  procedures: Pick<Procedures, 'duties'>,
  day: string,
): LegalNature {
  const nature = legalNatureOf(sender)
  if (isOrder(nature) || form !== 'illegal_information') return nature
  return dutyFor(procedures, category, day) === undefined ? nature : 'statutory_duty'
}

/** Whether a nature binds: its answer is written by the legal desk, document by document. */
export function isOrder(nature: LegalNature): boolean {
  return ORDERS.some((order) => order === nature)
}

/** The nature that a newly registered sender of a type begins with. Open list: unknown is voluntary. */
export function defaultNatureOf(senderType: string): LegalNature {
  if (AGENCY_TYPES.has(senderType)) return 'administrative_guidance'
  if (COURT_TYPES.has(senderType)) return 'court_order'
  return RIGHTS_TYPES.has(senderType) ? 'statutory_request' : 'voluntary_request'
}

function isIn<T extends object>(table: T, form: Form): form is Form & keyof T {
  return Object.hasOwn(table, form)
}
