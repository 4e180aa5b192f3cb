/**
 * The closed lists of the domain. A value outside them is refused; what is only data (categories,
 * sender types, grounds, decline reasons, situations) lives in `schemas/vocabularies/` and is open.
 */

/** 参考書式1・2 of the hotline guideline. */
export const REFERENCE_FORMS = ['illegal_information', 'public_order'] as const
export type ReferenceForm = (typeof REFERENCE_FORMS)[number]

/** Forms that this build takes in. The other known ones are refused. */
export const OPEN_FORMS = [...REFERENCE_FORMS, 'agency_request', 'general_request'] as const
export const FORMS = [
  ...REFERENCE_FORMS,
  'agency_request',
  'individual_warning',
  'general_request',
  'rights_request',
  'inquiry',
] as const
export type Form = (typeof FORMS)[number]
export type OpenForm = (typeof OPEN_FORMS)[number]

export const LANES = [
  'voluntary_illegal',
  'voluntary_public_order',
  'agency',
  'statutory_rights',
  'legal_desk',
  'signal',
  'quarantine',
] as const
export type Lane = (typeof LANES)[number]

/** Sets the own goal time, nothing else (law 3). */
export const TIERS = ['priority', 'verified', 'ordinary', 'probation'] as const
export type Tier = (typeof TIERS)[number]

export const LEGAL_NATURES = [
  'voluntary_request',
  'administrative_guidance',
  'statutory_request',
  'statutory_duty',
  'administrative_order',
  'court_order',
  'compulsory_measure',
  'public_warning',
] as const
export type LegalNature = (typeof LEGAL_NATURES)[number]

export const DECISION_MODES = ['human', 'human_two_person', 'standing_policy'] as const
export type DecisionMode = (typeof DECISION_MODES)[number]

export const ROLES = [
  'reviewer',
  'second_reviewer',
  'lead',
  'child_safety',
  'auditor',
  'external_auditor',
  'integrator',
  'admin',
  'legal',
] as const
export type Role = (typeof ROLES)[number]

export const SURFACES = ['public', 'limited', 'private'] as const
export type Surface = (typeof SURFACES)[number]

/** How far the sender's finding weighed (M-06). The last two exist on form 1 only (guideline 第6). */
export const WEIGHTS_GIVEN = [
  'none',
  'considered',
  'relied_after_own_check',
  'relied_without_own_check',
] as const
export type WeightGiven = (typeof WEIGHTS_GIVEN)[number]

/** 知ることとなった原因: why the platform looked at the item (情プラ法26条2項一). */
export const AWARENESS_CAUSES = [
  'hotline_request',
  'trusted_flagger',
  'administrative_agency',
  'police',
  'rights_request',
  'user_report',
  'own_patrol_human',
  'own_detection_automated',
  'court',
  'other',
] as const
export type AwarenessCause = (typeof AWARENESS_CAUSES)[number]

/** What an outcome may say, in the order of glossary §3; never a word about who did it (law 21). */
export const OUTCOME_STATUSES = [
  'under_review',
  'information_requested',
  'gone_before_receipt',
  'gone_without_measure',
  'deleted',
  'access_blocked',
  'other_measure_taken',
  'interim_measure',
  'no_measure',
  'not_located',
  'not_administrator',
  'referred',
  'restored',
] as const
export type OutcomeStatus = (typeof OUTCOME_STATUSES)[number]

export const INFLUENCE_KINDS = [
  'contact_outside_channel',
  'repeated_asking',
  'date_demanded',
  'powers_mentioned',
  'disadvantage_hinted',
] as const
export type InfluenceKind = (typeof INFLUENCE_KINDS)[number]

/** 命令: natures that bind the platform. Under them there is no decline. */
export const ORDERS = ['administrative_order', 'court_order', 'compulsory_measure'] as const

/** What the legal desk comes to, of an order or of a duty of law; never a decline. */
export const LEGAL_RESULTS = ['complied', 'contested', 'impossible'] as const
export type LegalResultKind = (typeof LEGAL_RESULTS)[number]

/** The two languages of everything that a person reads. */
export type Lang = 'ja' | 'en'
export type Bilingual = Readonly<Record<Lang, string>>
