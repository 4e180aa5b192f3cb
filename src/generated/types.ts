// Generated from schemas/ by schemas/generate.mjs, do not edit.

/**
 * One measure with its own life, as the desk reads it.
 */
export interface ActionDocument {
  /**
   * Identifier of the action.
   */
  id: string
  /**
   * The decision that ordered it.
   */
  decision_id: string
  /**
   * The case that it belongs to.
   */
  case_id: string
  /**
   * Kind of measure.
   */
  kind:
    | 'user_advisory'
    | 'prominence_trusted_source'
    | 'ask_poster_to_amend'
    | 'ask_poster_to_delete'
    | 'warn_poster'
    | 'label_informational'
    | 'label_ai_generated'
    | 'label_police_warning'
    | 'demonetize_item'
    | 'demonetize_account'
    | 'ad_stop'
    | 'label_interstitial'
    | 'demote'
    | 'exclude_recommendation'
    | 'exclude_search'
    | 'limit_interaction'
    | 'age_restrict'
    | 'geo_block_jp'
    | 'disable_access'
    | 'remove'
    | 'restrict_feature'
    | 'suspend_account'
    | 'require_reverification'
    | 'terminate_account'
    | 'restore'
  /**
   * Where it stands.
   */
  state:
    | 'planned'
    | 'executing'
    | 'executed'
    | 'pending'
    | 'failed'
    | 'cancelled'
    | 'simulated'
    | 'reversed'
  /**
   * Place in the decision.
   */
  position: number
  /**
   * Earliest start, if any.
   */
  not_before: string | null
  /**
   * When it ends by itself, if it does.
   */
  ends_at: string | null
  /**
   * When it came to its end.
   */
  ended_at: string | null
  /**
   * Where it applies (ISO 3166-1 alpha-2); null: everywhere.
   *
   */
  territory: string[] | null
  /**
   * Whether it is an interim measure.
   */
  interim: boolean
  /**
   * On what an AI-generated label rests.
   */
  label_basis: 'generation_mark' | 'own_detection' | 'poster_statement' | 'sender_claim' | null
  /**
   * Id of the text that it shows.
   */
  template: string | null
  /**
   * How often the executor was called.
   */
  attempt: number
  /**
   * When it took effect.
   */
  executed_at: string | null
  /**
   * executor, or the operator who confirmed.
   */
  settled_by: string | null
  /**
   * Code of the last failure.
   */
  failure_code: string | null
  /**
   * The action whose effect this one undoes, if it is a counter-action.
   */
  reverses: string | null
  /**
   * Results of attempts whose lease had run out; kept, never applied.
   *
   */
  late_results: {
    /**
     * Which attempt.
     */
    attempt: number
    /**
     * Kind of result.
     */
    result: string
    /**
     * When it came.
     */
    at: string
  }[]
}

/**
 * A sender objects to what it was told became of one notice of its own.
 */
export interface AppealDocument {
  /**
   * The sender's own id of this message; it shares one name space with the ids of its notices.
   */
  id: string
  /**
   * Why the decision should be looked at again. Text only.
   */
  text: string
}

/**
 * A decision as a person of the desk puts it in. An empty set of actions declines and needs no more than a measure does.
 */
export interface DecisionDocument {
  /**
   * Chosen by the caller; the same id and content give the same answer.
   */
  command_id: string
  /**
   * Version of the case that the decider saw.
   */
  expected_version: number
  /**
   * The measures. Empty: no measure.
   *
   */
  actions: DecisionAction[]
  /**
   * Nothing was left to decide; a record without a ground.
   */
  already_gone?: boolean
  /**
   * Needed for a measure; null otherwise.
   */
  ground?: null | DecisionGround
  /**
   * Why the platform looked at the item.
   */
  awareness_cause:
    | 'hotline_request'
    | 'trusted_flagger'
    | 'administrative_agency'
    | 'police'
    | 'rights_request'
    | 'user_report'
    | 'own_patrol_human'
    | 'own_detection_automated'
    | 'court'
    | 'other'
  /**
   * How far the sender's finding weighed. The last two exist on form 1 only.
   */
  weight_given: 'none' | 'considered' | 'relied_after_own_check' | 'relied_without_own_check'
  /**
   * What the sender found, in the decider's words.
   */
  sender_finding?: string | null
  /**
   * News, research, warning, satire, the account as a whole. Internal.
   */
  context_considered?: string | null
  /**
   * An id of the open list; unspecified is always possible in the voluntary lanes.
   */
  decline_reason?: string | null
  /**
   * Goes to the sender beside the fixed sentences.
   */
  public_note?: null | PublicNote
  legal?: DecisionLegal
  /**
   * Never leaves the desk.
   */
  internal_note?: string | null
}
/**
 * One measure.
 */
export interface DecisionAction {
  /**
   * Kind of measure; a closed list.
   */
  kind:
    | 'user_advisory'
    | 'prominence_trusted_source'
    | 'ask_poster_to_amend'
    | 'ask_poster_to_delete'
    | 'warn_poster'
    | 'label_informational'
    | 'label_ai_generated'
    | 'label_police_warning'
    | 'demonetize_item'
    | 'demonetize_account'
    | 'ad_stop'
    | 'label_interstitial'
    | 'demote'
    | 'exclude_recommendation'
    | 'exclude_search'
    | 'limit_interaction'
    | 'age_restrict'
    | 'geo_block_jp'
    | 'disable_access'
    | 'remove'
    | 'restrict_feature'
    | 'suspend_account'
    | 'require_reverification'
    | 'terminate_account'
    | 'restore'
  /**
   * Earliest start; until then it can be taken back.
   */
  not_before?: string
  /**
   * When the measure ends by itself. An interim one ends after 24 hours at the latest, also when this is left out.
   */
  ends_at?: string
  /**
   * Where it applies (ISO 3166-1 alpha-2). Left out: everywhere.
   *
   */
  territory?: string[]
  /**
   * Reversible and ended within 24 hours unless a person decides; all measures of the decision or none.
   */
  interim?: boolean
  /**
   * On what an AI-generated label rests; needed for that kind.
   */
  label_basis?: 'generation_mark' | 'own_detection' | 'poster_statement' | 'sender_claim'
  /**
   * Id of the text that a label or advisory shows.
   */
  template?: string
}
/**
 * The platform's own reason: a clause of its standard in force.
 *
 */
export interface DecisionGround {
  /**
   * An id of the open list of grounds.
   */
  kind: string
  /**
   * Id of the published standard.
   */
  standard: string
  /**
   * Version of the standard that is in force.
   */
  version: string
  /**
   * Clause of that version.
   */
  clause: string
  /**
   * Provisions that the platform itself applied.
   *
   */
  provisions?: string[]
}
/**
 * In both languages.
 *
 */
export interface PublicNote {
  /**
   * The text in Japanese.
   */
  ja: string
  /**
   * The text in English.
   */
  en: string
}
/**
 * On cases of the legal desk, and only there: what came of the order or the duty. It stands in the place of ground and reason.
 */
export interface DecisionLegal {
  /**
   * Complied with, contested, or impossible. There is no decline.
   */
  result: 'complied' | 'contested' | 'impossible'
  /**
   * Which order, or which provision, as the platform files it.
   */
  document: string
}

/**
 * One entry of the append-only log, written as JCS (RFC 8785). Nothing personal in clear.
 */
export interface LedgerEntryDocument {
  /**
   * Version of the entry format.
   */
  v: 1
  /**
   * Origin of the log.
   */
  log: string
  /**
   * What happened.
   */
  type:
    | 'log.genesis'
    | 'notice.accepted'
    | 'notice.superseded'
    | 'notice.withdrawn'
    | 'notice.supplemented'
    | 'case.opened'
    | 'case.joined'
    | 'case.merged'
    | 'case.reclassified'
    | 'information.requested'
    | 'decision.made'
    | 'decision.reversed'
    | 'action.executed'
    | 'action.failed'
    | 'action.reversed'
    | 'action.expired'
    | 'outcome.issued'
    | 'outcome.delivered'
    | 'outcome.acknowledged'
    | 'outcome.given_up'
    | 'poster.told'
    | 'poster.postponed'
    | 'appeal.received'
    | 'appeal.decided'
    | 'nature.assessed'
    | 'leave_up.proposed'
    | 'leave_up.agreed'
    | 'general_request.answered'
    | 'influence.noted'
    | 'emergency.told'
    | 'standard.published'
    | 'sender.registered'
    | 'sender.changed'
    | 'key.registered'
    | 'key.activated'
    | 'key.retired'
    | 'key.revoked'
    | 'clock.reset'
    | 'sample.drawn'
    | 'mode.changed'
    | 'procedures.changed'
    | 'policy.adopted'
    | 'policy.activated'
    | 'policy.retired'
    | 'policy.proposed'
    | 'signal.noted'
    | 'signal.ended'
    | 'sealed'
  /**
   * When; cut to the hour for sealed entries.
   */
  at: string
  /**
   * Categorical facts only.
   */
  pub: {
    /**
     * Procedure.
     */
    lane?:
      | 'voluntary_illegal'
      | 'voluntary_public_order'
      | 'agency'
      | 'statutory_rights'
      | 'legal_desk'
      | 'signal'
      | 'quarantine'
    /**
     * Form of the notice.
     */
    form?:
      | 'illegal_information'
      | 'public_order'
      | 'agency_request'
      | 'individual_warning'
      | 'general_request'
      | 'rights_request'
      | 'inquiry'
    /**
     * Category.
     */
    category?: string
    /**
     * Kinds of measure that a decision holds.
     *
     */
    actions?: (
      | 'user_advisory'
      | 'prominence_trusted_source'
      | 'ask_poster_to_amend'
      | 'ask_poster_to_delete'
      | 'warn_poster'
      | 'label_informational'
      | 'label_ai_generated'
      | 'label_police_warning'
      | 'demonetize_item'
      | 'demonetize_account'
      | 'ad_stop'
      | 'label_interstitial'
      | 'demote'
      | 'exclude_recommendation'
      | 'exclude_search'
      | 'limit_interaction'
      | 'age_restrict'
      | 'geo_block_jp'
      | 'disable_access'
      | 'remove'
      | 'restrict_feature'
      | 'suspend_account'
      | 'require_reverification'
      | 'terminate_account'
      | 'restore'
    )[]
    /**
     * Kind of ground.
     */
    ground?: string
    /**
     * Status of an outcome.
     */
    status?:
      | 'under_review'
      | 'information_requested'
      | 'gone_before_receipt'
      | 'gone_without_measure'
      | 'deleted'
      | 'access_blocked'
      | 'other_measure_taken'
      | 'interim_measure'
      | 'no_measure'
      | 'not_located'
      | 'not_administrator'
      | 'referred'
      | 'restored'
    /**
     * Kind of the measure or note that the entry is about.
     */
    kind?: string
    /**
     * Who or what decided.
     */
    mode?: 'human' | 'human_two_person' | 'standing_policy'
    [k: string]: unknown
  }
  /**
   * Leaf hashes of the entries that this one follows.
   *
   */
  refs: string[]
  /**
   * Salted commitments, sorted; a fixed count for each type.
   *
   */
  _sd: string[]
}

/**
 * A notice that came on paper or by e-mail, typed in by an operator. Nothing proves who sent it but that person's word.
 */
export interface LetterDocument {
  /**
   * Chosen by the caller; the same id and content give the same answer.
   */
  command_id: string
  /**
   * A registered sender, chosen by the operator. A letter registers nobody.
   */
  sender_id: string
  /**
   * How the letter came.
   */
  source: 'paper' | 'email' | 'fax' | 'phone' | 'other'
  /**
   * For the desk: e.g. whom was called back.
   */
  source_note?: string | null
  /**
   * Day on which the letter arrived; may lie before the day of typing.
   */
  arrived_on: string
  /**
   * Enters the letter although one with the same sender, number, date and target stands already.
   */
  confirm_duplicate?: boolean
  notice: LetterNotice
}
/**
 * What stands on the letter.
 *
 */
export interface LetterNotice {
  /**
   * Which of the open forms the letter has, by its title.
   */
  form: string
  /**
   * What kind of information the sender reports, as an id of the dated list of this form. An open list: unknown ids are kept and shown as other.
   */
  category: string
  /**
   * The sender's reference number. Equal numbers link notices and nothing more.
   */
  reference_no: string
  /**
   * Day on which the letter was issued; 令和6年12月18日 and R6.12.18 are read as well as 2024-12-18.
   */
  issued_on: string
  /**
   * Name of the provider or site administrator to whom the sender writes.
   */
  addressee_name?: string
  /**
   * As printed on the notice. Proves nothing: the signature says who sent it.
   */
  sender_name?: string
  /**
   * As printed on the notice. Data only: answers go to the registered endpoint.
   */
  contact_email?: string
  /**
   * Person at the sender who assessed the information.
   */
  handler_name?: string
  /**
   * Person at the sender who checked the assessment (double check).
   */
  checker_name?: string
  /**
   * The wording of the request, verbatim.
   */
  request_text?: string
  /**
   * What the request is for (行政手続法35条1項).
   */
  purpose?: string
  responsible_officer?: LetterResponsibleOfficer
  power?: LetterPowerInvoked
  /**
   * Where the guidance that applies to several is published (行政手続法36条).
   */
  guidance_url?: string
  /**
   * Which measure is asked for; the platform chooses its own.
   */
  asked_measure?: string
  /**
   * Day that the body names for an answer. It is recorded and counted, and binds nobody.
   */
  answer_wanted_on?: string
  /**
   * Title of the request.
   */
  subject?: string
  /**
   * What is asked, each apart.
   *
   */
  measures?: LetterAskedMeasure[]
  /**
   * To whom it is addressed, by the criterion as written.
   */
  addressed_to?: string
  /**
   * Who passed it on.
   */
  relayed_via?: string
  explanation_asked?: LetterExplanationAsked
  target?: LetterTarget
  /**
   * What is posted, in words. Never a copy of it.
   */
  content_description?: string
  /**
   * The provisions that the letter cites. On form 2 they move to the reasons, for that form claims no illegality.
   *
   *
   * Items: One provision.
   */
  legal_provisions?: string[]
  /**
   * Class of the sender's published guideline that applies.
   */
  guideline_category?: string
  /**
   * The item of the illegal list that is suspected but not clear (class 2 of the guideline). No claim of illegality.
   */
  suspected_category?: string
  /**
   * Why the sender finds that the elements are met.
   */
  reasoning?: string
  /**
   * Where the sender takes questions about this notice.
   */
  enquiry?: string
  /**
   * Language of the texts of this notice (BCP 47). Absent: Japanese.
   */
  language?: string
}
/**
 * Who answers for the request (行政手続法35条1項).
 */
export interface LetterResponsibleOfficer {
  /**
   * Organisation and office.
   */
  office: string
  /**
   * Post of the officer.
   */
  post?: string
  /**
   * Shown only to those who ask back, on request, and recorded.
   */
  name?: string
}
/**
 * Whether a power over this platform is mentioned (行政手続法34条, 35条2項).
 */
export interface LetterPowerInvoked {
  /**
   * Whether it is mentioned.
   */
  invoked: boolean
  /**
   * Article that gives the power.
   */
  provision?: string
  /**
   * What the article requires.
   */
  requirements?: string
  /**
   * Why the requirements are met.
   */
  reason?: string
}
/**
 * One measure that is asked for.
 */
export interface LetterAskedMeasure {
  /**
   * As the request says it.
   */
  text: string
  /**
   * Open list: faster_removal, account_opening_verification, inquiry_readiness, user_advisory …
   */
  kind?: string
}
/**
 * Whether and where an explanation may be asked for.
 */
export interface LetterExplanationAsked {
  /**
   * Before whom.
   */
  where: string
  /**
   * Day, where one is named.
   */
  on?: string
}
/**
 * Where the information is. A URL, or a locator where there is none (apps).
 *
 */
export interface LetterTarget {
  /**
   * Address of the item. Never fetched.
   */
  url?: string
  /**
   * Where there is no URL: what identifies the item in an app.
   */
  locator?: string
  /**
   * Name of the site or app.
   */
  site_name?: string
  /**
   * Where on the site.
   */
  position?: string
  /**
   * Day of posting as the letter says, in an era of Japan or not.
   */
  posted_on?: string
  /**
   * Name of the file, where there is one.
   */
  file_name?: string
  /**
   * Whatever else identifies the information.
   */
  other?: string
}

/**
 * One signed message about one target, in one of the two forms of the hotline guideline. The forms never mix.
 */
export type NoticeDocument =
  IllegalInformationNotice | PublicOrderNotice | AgencyRequestNotice | GeneralRequestNotice

/**
 * Notice of illegal information and request for measures, reference form 1.
 */
export interface IllegalInformationNotice {
  /**
   * The sender's own identifier of this notice. The same id with other content is refused.
   */
  id: string
  /**
   * Says which form this notice has.
   */
  form: 'illegal_information'
  /**
   * What kind of information the sender reports, as an id of the dated list of this form. An open list: unknown ids are kept and shown as other.
   */
  category: string
  /**
   * The sender's reference number. Equal numbers link notices and nothing more.
   */
  reference_no: string
  /**
   * Day on which the sender issued the notice, in Japan. The lists valid on this day apply.
   */
  issued_on: string
  /**
   * Name of the provider or site administrator to whom the sender writes.
   */
  addressee_name?: string
  /**
   * As printed on the notice. Proves nothing: the signature says who sent it.
   */
  sender_name?: string
  /**
   * As printed on the notice. Data only: answers go to the registered endpoint.
   */
  contact_email?: string
  /**
   * Person at the sender who assessed the information.
   */
  handler_name?: string
  /**
   * Person at the sender who checked the assessment (double check).
   */
  checker_name?: string
  /**
   * The wording of the request, verbatim.
   */
  request_text?: string
  target: NoticeTarget
  /**
   * What is posted, in words. Never a copy of it.
   */
  content_description: string
  /**
   * The provisions that the sender finds violated, in the sender's words.
   *
   *
   * Items: One provision.
   */
  legal_provisions: string[]
  /**
   * Why the sender finds that the elements are met.
   */
  reasoning: string
  /**
   * Where the sender takes questions about this notice.
   */
  enquiry?: string
  /**
   * Language of the texts of this notice (BCP 47). Absent: Japanese.
   */
  language?: string
  /**
   * Earlier notice that this one replaces: same sender, target and form.
   */
  supersedes?: string
  /**
   * true: a test notice. It goes the whole way, but no measure is taken on it, no outcome is sent, and nothing counts it.
   */
  test?: boolean
  ext?: NoticeExt
}
/**
 * Where the information is. A URL, or a locator where there is none (apps).
 */
export interface NoticeTarget {
  /**
   * Address of the item. Never fetched.
   */
  url?: string
  /**
   * Where there is no URL: what identifies the item in an app.
   */
  locator?: string
  /**
   * Name of the site or app.
   */
  site_name?: string
  /**
   * Where on the site.
   */
  position?: string
  /**
   * Day of posting as the site shows it.
   */
  posted_on?: string
  /**
   * Name of the file, where there is one.
   */
  file_name?: string
  /**
   * Whatever else identifies the information.
   */
  other?: string
}
/**
 * What the paper forms lack. Shown to the reviewer; moves nothing. Further members are kept as text.
 */
export interface NoticeExt {
  /**
   * What the sender says the notice is. It is shown, and changes nothing: the platform assesses.
   */
  self_declared_nature?: string
  /**
   * When the sender last saw the information (RFC 3339).
   */
  observed_at?: string
  /**
   * How the sender came upon it.
   */
  origin?: 'third_party_report' | 'own_patrol' | 'referral' | 'unknown'
  /**
   * Whether the sender informed the police. Moves nothing here.
   */
  police_informed?: 'yes' | 'no' | 'unknown'
  /**
   * Whether somebody asked to preserve evidence. No preservation request by itself.
   */
  evidence_preservation?: 'requested' | 'none' | 'unknown'
  /**
   * As what the addressee is written to. Absent: site_administrator.
   */
  addressee_role?: 'site_administrator' | 'server_administrator' | 'ip_holder'
  /**
   * What came of asking those before.
   *
   */
  prior_addressees?: ('not_identified' | 'no_answer' | 'declined')[]
  /**
   * Another notice that this one is connected with.
   */
  related_to?: string
  /**
   * Elements that the sender finds met, in its words.
   *
   */
  elements?: string[]
  [k: string]: unknown
}
/**
 * Notice of information contrary to public order and request for a response, reference form 2. It claims no illegality.
 */
export interface PublicOrderNotice {
  /**
   * The sender's own identifier of this notice. The same id with other content is refused.
   */
  id: string
  /**
   * Says which form this notice has.
   */
  form: 'public_order'
  /**
   * What kind of information the sender reports, as an id of the dated list of this form. An open list: unknown ids are kept and shown as other.
   */
  category: string
  /**
   * The sender's reference number. Equal numbers link notices and nothing more.
   */
  reference_no: string
  /**
   * Day on which the sender issued the notice, in Japan. The lists valid on this day apply.
   */
  issued_on: string
  /**
   * Name of the provider or site administrator to whom the sender writes.
   */
  addressee_name?: string
  /**
   * As printed on the notice. Proves nothing: the signature says who sent it.
   */
  sender_name?: string
  /**
   * As printed on the notice. Data only: answers go to the registered endpoint.
   */
  contact_email?: string
  /**
   * Person at the sender who assessed the information.
   */
  handler_name?: string
  /**
   * Person at the sender who checked the assessment (double check).
   */
  checker_name?: string
  /**
   * The wording of the request, verbatim.
   */
  request_text?: string
  target: NoticeTarget
  /**
   * What is posted, in words. Never a copy of it.
   */
  content_description: string
  /**
   * Class of the sender's published guideline that applies.
   */
  guideline_category: string
  /**
   * The item of the illegal list that is suspected but not clear (class 2 of the guideline). No claim of illegality.
   */
  suspected_category?: string
  /**
   * Why the sender finds that the elements are met.
   */
  reasoning: string
  /**
   * Where the sender takes questions about this notice.
   */
  enquiry?: string
  /**
   * Language of the texts of this notice (BCP 47). Absent: Japanese.
   */
  language?: string
  /**
   * Earlier notice that this one replaces: same sender, target and form.
   */
  supersedes?: string
  /**
   * true: a test notice. It goes the whole way, but no measure is taken on it, no outcome is sent, and nothing counts it.
   */
  test?: boolean
  ext?: NoticeExt
}
/**
 * A request of a body of the state about one item, with what 行政手続法35条 asks of it.
 */
export interface AgencyRequestNotice {
  /**
   * The sender's own identifier of this notice. The same id with other content is refused.
   */
  id: string
  /**
   * Says which form this notice has.
   */
  form: 'agency_request'
  /**
   * What kind of information the sender reports, as an id of the dated list of this form. An open list: unknown ids are kept and shown as other.
   */
  category: string
  /**
   * The sender's reference number. Equal numbers link notices and nothing more.
   */
  reference_no: string
  /**
   * Day on which the sender issued the notice, in Japan. The lists valid on this day apply.
   */
  issued_on: string
  /**
   * Name of the provider or site administrator to whom the sender writes.
   */
  addressee_name?: string
  /**
   * As printed on the notice. Proves nothing: the signature says who sent it.
   */
  sender_name?: string
  /**
   * As printed on the notice. Data only: answers go to the registered endpoint.
   */
  contact_email?: string
  /**
   * Person at the sender who assessed the information.
   */
  handler_name?: string
  /**
   * Person at the sender who checked the assessment (double check).
   */
  checker_name?: string
  /**
   * What the request is for (行政手続法35条1項).
   */
  purpose: string
  /**
   * What is asked, in words.
   */
  request_text: string
  responsible_officer: ResponsibleOfficer
  /**
   * Law and article on which the request rests, each by the name of the law first.
   *
   */
  legal_provisions?: string[]
  power: PowerInvoked
  /**
   * Where the guidance that applies to several is published (行政手続法36条).
   */
  guidance_url?: string
  /**
   * Which measure is asked for; the platform chooses its own.
   */
  asked_measure?: string
  /**
   * Day that the body names for an answer. It is recorded and counted, and binds nobody.
   */
  answer_wanted_on?: string
  target: NoticeTarget
  /**
   * What is posted, in words. Never a copy of it.
   */
  content_description: string
  /**
   * Why the sender finds that the elements are met.
   */
  reasoning?: string
  /**
   * Where the sender takes questions about this notice.
   */
  enquiry?: string
  /**
   * Language of the texts of this notice (BCP 47). Absent: Japanese.
   */
  language?: string
  /**
   * Earlier notice that this one replaces: same sender, target and form.
   */
  supersedes?: string
  /**
   * true: a test notice. It goes the whole way, but no measure is taken on it, no outcome is sent, and nothing counts it.
   */
  test?: boolean
  ext?: NoticeExt
}
/**
 * Who answers for the request (行政手続法35条1項).
 */
export interface ResponsibleOfficer {
  /**
   * Organisation and office.
   */
  office: string
  /**
   * Post of the officer.
   */
  post?: string
  /**
   * Shown only to those who ask back, on request, and recorded.
   */
  name?: string
}
/**
 * Whether a power over this platform is mentioned (行政手続法34条, 35条2項).
 */
export interface PowerInvoked {
  /**
   * Whether it is mentioned.
   */
  invoked: boolean
  /**
   * Article that gives the power.
   */
  provision?: string
  /**
   * What the article requires.
   */
  requirements?: string
  /**
   * Why the requirements are met.
   */
  reason?: string
}
/**
 * A request of a body of the state about no item in particular. It changes nothing by itself; the platform answers measure by measure.
 */
export interface GeneralRequestNotice {
  /**
   * The sender's own identifier of this notice. The same id with other content is refused.
   */
  id: string
  /**
   * Says which form this notice has.
   */
  form: 'general_request'
  /**
   * What kind of information the sender reports, as an id of the dated list of this form. An open list: unknown ids are kept and shown as other.
   */
  category: string
  /**
   * The sender's reference number. Equal numbers link notices and nothing more.
   */
  reference_no: string
  /**
   * Day on which the sender issued the notice, in Japan. The lists valid on this day apply.
   */
  issued_on: string
  /**
   * Name of the provider or site administrator to whom the sender writes.
   */
  addressee_name?: string
  /**
   * As printed on the notice. Proves nothing: the signature says who sent it.
   */
  sender_name?: string
  /**
   * As printed on the notice. Data only: answers go to the registered endpoint.
   */
  contact_email?: string
  /**
   * Person at the sender who assessed the information.
   */
  handler_name?: string
  /**
   * Person at the sender who checked the assessment (double check).
   */
  checker_name?: string
  /**
   * Title of the request.
   */
  subject: string
  /**
   * What the request is for (行政手続法35条1項).
   */
  purpose: string
  responsible_officer: ResponsibleOfficer
  /**
   * Law and article on which the request rests, each by the name of the law first.
   *
   */
  legal_provisions?: string[]
  power: PowerInvoked
  /**
   * Where the guidance that applies to several is published (行政手続法36条).
   */
  guidance_url?: string
  /**
   * What is asked, each apart.
   *
   */
  measures: AskedMeasure[]
  /**
   * To whom it is addressed, by the criterion as written.
   */
  addressed_to?: string
  /**
   * Who passed it on.
   */
  relayed_via?: string
  explanation_asked?: ExplanationAsked
  /**
   * Day that the body names for an answer. It is recorded and counted, and binds nobody.
   */
  answer_wanted_on?: string
  /**
   * Where the sender takes questions about this notice.
   */
  enquiry?: string
  /**
   * Language of the texts of this notice (BCP 47). Absent: Japanese.
   */
  language?: string
  /**
   * Earlier notice that this one replaces: same sender, target and form.
   */
  supersedes?: string
  /**
   * true: a test notice. It goes the whole way, but no measure is taken on it, no outcome is sent, and nothing counts it.
   */
  test?: boolean
  ext?: NoticeExt
}
/**
 * One measure that is asked for.
 */
export interface AskedMeasure {
  /**
   * As the request says it.
   */
  text: string
  /**
   * Open list: faster_removal, account_opening_verification, inquiry_readiness, user_advisory …
   */
  kind?: string
}
/**
 * Whether and where an explanation may be asked for.
 */
export interface ExplanationAsked {
  /**
   * Before whom.
   */
  where: string
  /**
   * Day, where one is named.
   */
  on?: string
}

/**
 * Claims of the signed outcome (typ mdg-outcome+jwt, no exp): what is reported to one sender about its notice. Speaks of the item, never of a person.
 */
export interface OutcomeClaims {
  /**
   * The platform.
   */
  iss: string
  /**
   * The sender.
   */
  aud: string
  /**
   * The sender's own id of the notice.
   */
  sub: string
  /**
   * Identifier of this outcome.
   */
  jti: string
  /**
   * Seconds since 1970 (RFC 7519).
   */
  iat: number
  /**
   * The platform's id of the notice.
   */
  notice: string
  outcome: OutcomeBody
  /**
   * RFC 6962 leaf hash of the ledger entry of this outcome, base64url.
   */
  leaf_hash: string
  /**
   * Leaf hash of the entry of the decision that this outcome reports; before a decision, of the notice's own entry.
   */
  previous: string
}
/**
 * What came of the notice.
 *
 */
export interface OutcomeBody {
  /**
   * Identifier of this outcome.
   */
  id: string
  /**
   * 1, then one more for each revised outcome.
   */
  revision: number
  /**
   * The outcome before this one.
   */
  supersedes?: string
  /**
   * What came of it; a closed list.
   */
  status:
    | 'under_review'
    | 'information_requested'
    | 'gone_before_receipt'
    | 'gone_without_measure'
    | 'deleted'
    | 'access_blocked'
    | 'other_measure_taken'
    | 'interim_measure'
    | 'no_measure'
    | 'not_located'
    | 'not_administrator'
    | 'referred'
    | 'restored'
  /**
   * The moment of which the outcome speaks.
   */
  as_of: string
  /**
   * A reason that may go outward.
   */
  reason?: string
  /**
   * Measures on the item; none on an account is ever named.
   *
   */
  measures: (
    | 'ask_poster_to_amend'
    | 'ask_poster_to_delete'
    | 'warn_poster'
    | 'label_informational'
    | 'label_ai_generated'
    | 'label_police_warning'
    | 'demonetize_item'
    | 'ad_stop'
    | 'label_interstitial'
    | 'demote'
    | 'exclude_recommendation'
    | 'exclude_search'
    | 'limit_interaction'
    | 'age_restrict'
    | 'geo_block_jp'
    | 'disable_access'
    | 'remove'
    | 'restore'
  )[]
  standard?: OutcomeStandard
  public_note?: OutcomeNote
  question?: OutcomeQuestion
  appeal?: OutcomeAppeal
  /**
   * The platform's assessment of the request.
   */
  nature:
    | 'voluntary_request'
    | 'administrative_guidance'
    | 'statutory_request'
    | 'statutory_duty'
    | 'administrative_order'
    | 'court_order'
    | 'compulsory_measure'
    | 'public_warning'
  /**
   * The sentences that follow from status and nature.
   */
  statement_ja: string
  /**
   * The sentences that follow from status and nature.
   */
  statement_en: string
}
/**
 * Clause of the platform's own standard.
 *
 */
export interface OutcomeStandard {
  /**
   * Id of the published standard.
   */
  id: string
  /**
   * Version that was in force.
   */
  version: string
  /**
   * Clause of that version.
   */
  clause: string
  /**
   * Heading of the clause.
   */
  title: {
    /**
     * The text in Japanese.
     */
    ja: string
    /**
     * The text in English.
     */
    en: string
  }
}
/**
 * What the decider added for the sender, in both languages.
 *
 */
export interface OutcomeNote {
  /**
   * The text in Japanese.
   */
  ja: string
  /**
   * The text in English.
   */
  en: string
}
/**
 * What the desk asks of the sender about this notice; with information_requested only. In one language or both.
 *
 */
export interface OutcomeQuestion {
  /**
   * To be named by the supplement that answers.
   */
  id: string
  /**
   * The text in Japanese.
   */
  ja?: string
  /**
   * The text in English.
   */
  en?: string
}
/**
 * The sender objected, and somebody who took no part in the decision looked at it again. A decision that was changed is told as what it has become.
 *
 */
export interface OutcomeAppeal {
  /**
   * Our id of the objection.
   */
  id: string
  /**
   * The decision stands.
   */
  result: 'upheld'
}
/**
 * Body that is posted to the sender's registered endpoint; also what a poll returns.
 *
 */
export interface OutcomePush {
  /**
   * The signed outcome, made once and sent byte-equal.
   */
  outcome: string
  /**
   * Exact bytes of the ledger entry, base64.
   */
  entry: string
  /**
   * tlog-proof text.
   */
  proof: string
}

/**
 * A rule that the platform adopts before the notices that it is used on. It names facts, never who sent a notice, its tier or a person, and holds no code.
 */
export interface PolicyDocument {
  /**
   * The same for all versions.
   */
  id: string
  /**
   * What the policy is called.
   */
  title: {
    /**
     * The text in Japanese.
     */
    ja: string
    /**
     * The text in English.
     */
    en: string
  }
  when: PolicyConditions
  effect: PolicyEffect
  /**
   * The clause on which its measures rest; null only where it proposes none.
   */
  ground: null | PolicyGround
  /**
   * How many of a hundred uses a person looks at afterwards, drawn by a seed.
   */
  review_percent: number
  /**
   * The general request that prompted it, if one did; stays with the platform when it is exported.
   */
  prompted_by?: string | null
}
/**
 * All that are given must hold.
 *
 */
export interface PolicyConditions {
  /**
   * Forms of the notice.
   *
   */
  forms: (
    | 'illegal_information'
    | 'public_order'
    | 'agency_request'
    | 'individual_warning'
    | 'general_request'
    | 'rights_request'
    | 'inquiry'
  )[]
  /**
   * Categories by name; absent: any.
   *
   */
  categories?: string[]
  /**
   * Types of sender, never a sender; absent: any.
   *
   */
  sender_types?: string[]
  /**
   * Surfaces of the item; private ones are never touched.
   *
   */
  surfaces?: ('public' | 'limited')[]
  /**
   * Facts that the platform's own observe() gave, all of them.
   *
   */
  observed?: string[]
  /**
   * Manners, counted from decided cases; all of them.
   *
   */
  manners?: string[]
  /**
   * The platform's own observation of a reply by an account on its police list.
   */
  signal?: 'police_warning'
}
/**
 * Measures that are shown to a person as a proposal, or reversible ones that are taken.
 *
 */
export interface PolicyEffect {
  /**
   * propose: shown, preselects nothing. measures: taken, and a share is looked at afterwards. interim: taken for at most 24 hours, while the case waits for a person.
   */
  kind: 'propose' | 'measures' | 'interim'
  /**
   * Least restrictive first; none: the proposal is to take none.
   *
   */
  measures: PolicyMeasure[]
}
/**
 * One measure.
 *
 */
export interface PolicyMeasure {
  /**
   * Kind of measure; a closed list.
   */
  kind:
    | 'user_advisory'
    | 'prominence_trusted_source'
    | 'ask_poster_to_amend'
    | 'ask_poster_to_delete'
    | 'warn_poster'
    | 'label_informational'
    | 'label_ai_generated'
    | 'label_police_warning'
    | 'demonetize_item'
    | 'demonetize_account'
    | 'ad_stop'
    | 'label_interstitial'
    | 'demote'
    | 'exclude_recommendation'
    | 'exclude_search'
    | 'limit_interaction'
    | 'age_restrict'
    | 'geo_block_jp'
    | 'disable_access'
    | 'remove'
    | 'restrict_feature'
    | 'suspend_account'
    | 'require_reverification'
    | 'terminate_account'
    | 'restore'
  /**
   * How long it lasts; absent: until a person ends it. Of an interim measure at most 24, of a police-warning label at most 720.
   */
  hours?: number
  /**
   * On what an AI-generated label rests; needed for that kind. A sender's claim needs a person.
   */
  label_basis?: 'generation_mark' | 'own_detection' | 'poster_statement'
  /**
   * Id of the text that a label or advisory shows.
   */
  template?: string
}
/**
 * The platform's own reason: a clause of its standard in force.
 *
 */
export interface PolicyGround {
  /**
   * An id of the open list of grounds.
   */
  kind: string
  /**
   * Id of the published standard.
   */
  standard: string
  /**
   * Version of the standard that is in force.
   */
  version: string
  /**
   * Clause of that version.
   */
  clause: string
}

/**
 * Error answer (RFC 9457). Never holds input.
 */
export interface ProblemDocument {
  /**
   * URI of the kind of problem.
   */
  type?: string
  /**
   * Stable code.
   */
  code: string
  /**
   * What it is, in the language asked for.
   */
  title: string
  /**
   * HTTP status.
   */
  status: number
  /**
   * What to do about it.
   */
  detail: string
  /**
   * Identifier of this occurrence.
   */
  instance?: string
  /**
   * Where the input fails and against which rule.
   *
   */
  errors?: {
    /**
     * JSON pointer made of names of the schema and indexes.
     */
    pointer: string
    /**
     * Rule that is not met.
     */
    keyword: string
    /**
     * Another member of the schema that may be meant.
     */
    hint?: string
  }[]
  /**
   * Clock of the platform, to compare.
   */
  server_time?: string
  /**
   * Whether sending the same again may succeed.
   */
  retryable: boolean
  /**
   * With claimed_by_other: when the claim ends if it is not extended.
   */
  claim_until?: string
  /**
   * With stale_version: what changed since the version that was decided on.
   */
  difference?: {
    /**
     * Version of the case now.
     */
    version: number
    /**
     * State of the case now.
     */
    state: 'new' | 'ready' | 'awaiting_second' | 'disagreed' | 'decided' | 'withdrawn'
    /**
     * Notices that joined since.
     *
     */
    notices_since: string[]
    /**
     * Notices that were withdrawn since and no longer count.
     *
     */
    withdrawn_since: string[]
    /**
     * Notices that a revision took the place of since.
     *
     */
    superseded_since: string[]
    /**
     * Supplements that came since.
     *
     */
    supplements_since: string[]
  }
  /**
   * With case_open_there: the case that the notice would come to.
   */
  open_case?: {
    /**
     * Our identifier.
     */
    id: string
    /**
     * Its version.
     */
    version: number
  }
  /**
   * With other_window: where this goes instead.
   */
  other_window?: {
    /**
     * What that window is for.
     */
    kind: 'rights_requests' | 'inquiries'
    /**
     * As the platform gives it.
     */
    where: string
  }
  /**
   * With letter_known: the notices that look like the same letter.
   *
   *
   * Items: Our identifier.
   */
  known_notices?: string[]
}

/**
 * What the platform says of itself and of how it runs its procedures. Whatever is left out is off, or the safest.
 */
export interface ProceduresDocument {
  /**
   * Whether the platform is designated under article 20 of the Information Distribution Platform Act.
   */
  designated?: boolean
  /**
   * In the counts of requests by public bodies; else they are counted apart.
   */
  commissioned_is_public_body?: boolean
  /**
   * Categories on which a law puts a duty to act on this platform. They go to the legal desk and are not counted as voluntary.
   *
   */
  duties?: DutyDocument[]
  windows?: WindowsDocument
  /**
   * What takes two people before it is carried out, beside what is grave or of an agency. A rule without measures holds for a decline as well.
   *
   */
  four_eyes?: FourEyesRuleDocument[]
  poster?: PosterRulesDocument
  manner?: MannerDocument
  tier_criteria?: TierCriteriaDocument
  /**
   * Accounts whose replies to posts are the only police warnings that count. Each was verified by two people and is looked at again every half-year; one that wasn't counts no more.
   *
   */
  police_accounts?: PoliceAccountDocument[]
  /**
   * Whom the platform may give prominence to in a situation. Never taken from a notice.
   *
   */
  trusted_sources?: TrustedSourceDocument[]
  about?: AboutDocument
}
/**
 * One category and its law.
 */
export interface DutyDocument {
  /**
   * Identifier of the category.
   */
  category: string
  /**
   * Law and article, as the platform cites them.
   */
  law: string
  /**
   * First day in Japan on which it holds for this platform.
   */
  from: string
}
/**
 * Addresses of the platform for what this desk does not take.
 */
export interface WindowsDocument {
  /**
   * Where a person whose rights are infringed turns to.
   */
  rights_requests?: string
  /**
   * Where investigators and courts ask about users.
   */
  inquiries?: string
}
/**
 * One row of the table.
 */
export interface FourEyesRuleDocument {
  /**
   * When the second person looks.
   */
  eyes: 'before_execution'
  /**
   * Left out: every one.
   *
   */
  categories?: string[]
  /**
   * Left out: every one, and none.
   *
   */
  actions?: (
    | 'user_advisory'
    | 'prominence_trusted_source'
    | 'ask_poster_to_amend'
    | 'ask_poster_to_delete'
    | 'warn_poster'
    | 'label_informational'
    | 'label_ai_generated'
    | 'label_police_warning'
    | 'demonetize_item'
    | 'demonetize_account'
    | 'ad_stop'
    | 'label_interstitial'
    | 'demote'
    | 'exclude_recommendation'
    | 'exclude_search'
    | 'limit_interaction'
    | 'age_restrict'
    | 'geo_block_jp'
    | 'disable_access'
    | 'remove'
    | 'restrict_feature'
    | 'suspend_account'
    | 'require_reverification'
    | 'terminate_account'
  )[]
  /**
   * Left out: every one.
   *
   */
  sender_types?: string[]
  /**
   * Only measures that can, or cannot, be undone.
   */
  reversible?: boolean
}
/**
 * What the platform decides once for everything that it tells posters.
 */
export interface PosterRulesDocument {
  objection?: ObjectionDocument
  /**
   * Whether hotlines and other bodies are named to the poster. A user never is.
   */
  name_organisations?: boolean
  /**
   * Default: true. That an agency asked is told in any case.
   */
  name_agencies?: boolean
  /**
   * Named to the poster beside the right to say that the request was improper.
   *
   */
  agency_contacts?: AgencyContactDocument[]
  /**
   * Whom somebody in distress can turn to, besides 119 and 110.
   *
   */
  help?: HelpLineDocument[]
}
/**
 * Default: by writing to the contact of the desk.
 */
export interface ObjectionDocument {
  /**
   * How, as it stands before により.
   */
  ja: string
  /**
   * How, as it stands after the word by.
   */
  en: string
  /**
   * Where the poster can do so.
   */
  link?: string
}
/**
 * One agency and its public contact.
 */
export interface AgencyContactDocument {
  /**
   * Identifier of the sender.
   */
  sender: string
  /**
   * An office, never a person.
   */
  contact: string
}
/**
 * One place to turn to.
 */
export interface HelpLineDocument {
  /**
   * Name in Japanese.
   */
  ja: string
  /**
   * Name in English.
   */
  en: string
  /**
   * Number or address.
   */
  contact: string
}
/**
 * From how many other items with a final restriction on a standing policy may speak of a manner. The default is three.
 */
export interface MannerDocument {
  /**
   * Other items of the same account.
   */
  repeat_from?: number
  /**
   * Other items with the same content.
   */
  duplicate_from?: number
}
/**
 * Who gets which tier. Public, and told to each sender.
 */
export interface TierCriteriaDocument {
  priority?: TierCriterionDocument
  verified?: TierCriterionDocument1
  ordinary?: TierCriterionDocument2
  probation?: TierCriterionDocument3
}
/**
 * Who gets this tier.
 */
export interface TierCriterionDocument {
  /**
   * In Japanese.
   */
  ja: string
  /**
   * In English.
   */
  en: string
}
/**
 * Who gets this tier.
 */
export interface TierCriterionDocument1 {
  /**
   * In Japanese.
   */
  ja: string
  /**
   * In English.
   */
  en: string
}
/**
 * Who gets this tier.
 */
export interface TierCriterionDocument2 {
  /**
   * In Japanese.
   */
  ja: string
  /**
   * In English.
   */
  en: string
}
/**
 * Who gets this tier.
 */
export interface TierCriterionDocument3 {
  /**
   * In Japanese.
   */
  ja: string
  /**
   * In English.
   */
  en: string
}
/**
 * One account.
 */
export interface PoliceAccountDocument {
  /**
   * The account as the platform names it to signals.report().
   */
  account: string
  /**
   * The police body that runs it.
   */
  name: {
    /**
     * The text in Japanese.
     */
    ja: string
    /**
     * The text in English.
     */
    en: string
  }
  /**
   * How it was verified.
   */
  proof: string
  /**
   * Two different people, by pseudonym.
   *
   */
  listed_by: string[]
  /**
   * Day of the last check; it holds for half a year.
   */
  checked_on: string
}
/**
 * One source.
 */
export interface TrustedSourceDocument {
  /**
   * Identifier of the source.
   */
  id: string
  /**
   * Who it is.
   */
  name: {
    /**
     * The text in Japanese.
     */
    ja: string
    /**
     * The text in English.
     */
    en: string
  }
  /**
   * Why it is trusted.
   */
  why: {
    /**
     * The text in Japanese.
     */
    ja: string
    /**
     * The text in English.
     */
    en: string
  }
  /**
   * Two different people, by pseudonym.
   *
   */
  listed_by: string[]
  /**
   * First day on the list.
   */
  from: string
  /**
   * Last day on the list.
   */
  until?: string
}
/**
 * What the public page says beside the rules.
 */
export interface AboutDocument {
  /**
   * Where people in Japan reach the platform. Default: the contact of the desk.
   */
  contact_in_japan?: string
  /**
   * Where the platform publishes its figures.
   */
  figures_url?: string
}
/**
 * Who gets this tier.
 *
 */
export interface TierCriterionDocument4 {
  /**
   * In Japanese.
   */
  ja: string
  /**
   * In English.
   */
  en: string
}

/**
 * Claims of the signed receipt (typ mdg-receipt+jwt). Confirms arrival, promises nothing, names the ledger leaf and no index.
 */
export interface ReceiptClaims {
  /**
   * The platform.
   */
  iss: string
  /**
   * The sender.
   */
  aud: string
  /**
   * The sender's own id of the notice.
   */
  sub: string
  /**
   * Identifier of this receipt.
   */
  jti: string
  /**
   * Seconds since 1970 (RFC 7519).
   */
  iat: number
  /**
   * The platform's id of the notice.
   */
  notice: string
  /**
   * The platform's id of a withdrawal or supplement; absent on the receipt of a notice.
   */
  message?: string
  /**
   * When the notice arrived.
   */
  received_at: string
  /**
   * SHA-256 of the exact bytes that arrived, base64url.
   */
  body_sha256: string
  /**
   * SHA-256 of the accepted signature material, base64url.
   */
  request_sha256: string
  /**
   * Key id under which the notice was verified.
   */
  sender_kid: string
  /**
   * How the notice was signed.
   */
  profile: 'mdg-jwt-1'
  /**
   * What happened to the notice.
   */
  state: 'accepted'
  /**
   * Only on trial: test for a test notice, observe where the desk only observed. No outcome follows.
   */
  trial?: 'test' | 'observe'
  /**
   * RFC 6962 leaf hash of the ledger entry of this notice, base64url.
   */
  leaf_hash: string
  /**
   * What the receipt means, fixed.
   */
  statement_ja: string
  /**
   * What the receipt means, fixed.
   */
  statement_en: string
}

/**
 * Public key of a sender. Private members are refused.
 */
export type SenderKeyDocument = EcSenderKey | OkpSenderKey | RsaSenderKey

/**
 * For ES256.
 */
export interface EcSenderKey {
  /**
   * Elliptic curve.
   */
  kty: 'EC'
  /**
   * P-256.
   */
  crv: 'P-256'
  /**
   * Coordinate, base64url.
   */
  x: string
  /**
   * Coordinate, base64url.
   */
  y: string
  /**
   * ES256, if present.
   */
  alg?: 'ES256'
  /**
   * Absent: the RFC 7638 thumbprint.
   */
  kid?: string
  /**
   * sig, if present.
   */
  use?: 'sig'
  /**
   * verify, if present.
   *
   */
  key_ops?: 'verify'[]
  /**
   * As WebCrypto exports it; without meaning here.
   */
  ext?: boolean
  /**
   * When it becomes active; null: when somebody activates it. Absent: at once. No member of a JWK.
   */
  not_before?: string | null
}
/**
 * For EdDSA.
 */
export interface OkpSenderKey {
  /**
   * Octet key pair (RFC 8037).
   */
  kty: 'OKP'
  /**
   * Ed25519.
   */
  crv: 'Ed25519'
  /**
   * Public key, base64url.
   */
  x: string
  /**
   * EdDSA or Ed25519, if present.
   */
  alg?: 'EdDSA' | 'Ed25519'
  /**
   * Absent: the RFC 7638 thumbprint.
   */
  kid?: string
  /**
   * sig, if present.
   */
  use?: 'sig'
  /**
   * verify, if present.
   *
   */
  key_ops?: 'verify'[]
  /**
   * As WebCrypto exports it; without meaning here.
   */
  ext?: boolean
  /**
   * When it becomes active; null: when somebody activates it. Absent: at once. No member of a JWK.
   */
  not_before?: string | null
}
/**
 * For PS256 or RS256: 2,048, 3,072 or 4,096 bits.
 */
export interface RsaSenderKey {
  /**
   * RSA.
   */
  kty: 'RSA'
  /**
   * Base64url.
   */
  n: string
  /**
   * 65537.
   */
  e: 'AQAB'
  /**
   * The one that the key is for.
   */
  alg: 'PS256' | 'RS256'
  /**
   * Absent: the RFC 7638 thumbprint.
   */
  kid?: string
  /**
   * sig, if present.
   */
  use?: 'sig'
  /**
   * verify, if present.
   *
   */
  key_ops?: 'verify'[]
  /**
   * As WebCrypto exports it; without meaning here.
   */
  ext?: boolean
  /**
   * When it becomes active; null: when somebody activates it. Absent: at once. No member of a JWK.
   */
  not_before?: string | null
}

/**
 * Registration of who signs notices, by an operator. Never created by a request.
 */
export interface SenderDocument {
  /**
   * https URI, equal to iss of its tokens.
   */
  id: string
  /**
   * Name of the organisation.
   */
  name: string
  /**
   * An id of the open list of sender types. Another axis than the legal nature.
   */
  type: string
  /**
   * Sets the own goal time, nothing else.
   */
  tier: 'priority' | 'verified' | 'ordinary' | 'probation'
  /**
   * Shown to the sender; null: the published criteria of the tier say it.
   */
  tier_reason?: null | TierReason
  /**
   * Default assessment. Absent: the default of the type. Another one needs a reason and a document.
   */
  nature?:
    | 'voluntary_request'
    | 'administrative_guidance'
    | 'statutory_request'
    | 'statutory_duty'
    | 'administrative_order'
    | 'court_order'
    | 'compulsory_measure'
    | 'public_warning'
  /**
   * Why the nature differs from the default of the type.
   */
  nature_reason?: string
  /**
   * The document on which that rests.
   */
  nature_document?: string
  /**
   * By which state body it is commissioned; null: by none.
   */
  commission?: null | SenderCommission
  /**
   * Of a trusted body; null: none.
   */
  accreditation?: null | SenderAccreditation
  /**
   * In force now, and kept with each notice from now on; null: none are known.
   */
  criteria?: null | SenderCriteria
  /**
   * Of a body of the state: the laws that it is in charge of, by name. A request that rests on another is marked as outside its competence. null: not established.
   *
   */
  statutes_in_charge?: string[] | null
  /**
   * Whether it has powers of licence or the like over this platform; what may be asked of it as a right follows from that (行政手続法35条).
   */
  licensing_powers?: boolean
  /**
   * Categories that the platform agreed to take; null: all.
   *
   */
  scope?: string[] | null
  /**
   * Notices per day that were agreed.
   */
  agreed_rate_per_day: number
  /**
   * Notices per day in band 0 that were agreed.
   */
  agreed_band0_rate_per_day: number
  /**
   * Where outcomes are pushed; null: the sender polls.
   */
  callback_url?: string | null
}
/**
 * Why the sender has its tier; the sender sees it.
 *
 */
export interface TierReason {
  /**
   * In Japanese.
   */
  ja: string
  /**
   * In English.
   */
  en: string
}
/**
 * By which state body, for what, since when.
 *
 */
export interface SenderCommission {
  /**
   * The commissioning body.
   */
  by: string
  /**
   * What for.
   */
  purpose: string
  /**
   * First day.
   */
  since: string
}
/**
 * Why the platform takes this body for a trusted one. Moves nothing but the order, through the tier that a person sets.
 *
 */
export interface SenderAccreditation {
  /**
   * Who granted it: the platform, an industry body, an authority.
   */
  granted_by: string
  /**
   * By which criteria, e.g. their address.
   */
  basis: string
  /**
   * First day.
   */
  from: string
  /**
   * Last day; null: without end. Nothing changes by itself then: a person looks at it.
   */
  to?: string | null
  /**
   * When a person looks at it again.
   */
  review_on: string
  /**
   * What the body does: finds items, checks what others found, forwards.
   *
   */
  roles: ('finds' | 'checks' | 'forwards')[]
  /**
   * Legal form of the body.
   */
  legal_form: string
  /**
   * By whom it is funded.
   */
  funding: string
  /**
   * Also with this platform and its competitors; say so where there are none.
   */
  conflicts_of_interest: string
  /**
   * Its newest public report; null: none. One older than 18 months is to be looked at.
   */
  report?: null | SenderReport
}
/**
 * Where it is, and of when.
 */
export interface SenderReport {
  /**
   * Where it is published.
   */
  address: string
  /**
   * Day of publication.
   */
  published_on: string
}
/**
 * Its own published criteria, by which it decides what to send.
 *
 */
export interface SenderCriteria {
  /**
   * Where they are published.
   */
  address: string
  /**
   * Which version is in force.
   */
  version: string
  /**
   * Whether internet users and others concerned were heard on them.
   */
  users_consulted: 'yes' | 'no' | 'unknown'
}

/**
 * One version of the platform's published rules. A decision cites only a clause in force.
 */
export interface StandardDocument {
  /**
   * The same for all versions.
   */
  id: string
  /**
   * Name of the version.
   */
  version: string
  /**
   * Title of the standard.
   */
  title: {
    /**
     * The text in Japanese.
     */
    ja: string
    /**
     * The text in English.
     */
    en: string
  }
  /**
   * Day of publication, in Japan.
   */
  published_on: string
  /**
   * First day in force.
   */
  effective_on: string
  /**
   * Last day in force; null: still.
   */
  ends_on?: string | null
  /**
   * The clauses that can be cited.
   *
   */
  clauses: StandardClause[]
}
/**
 * One clause.
 *
 */
export interface StandardClause {
  /**
   * Number or name of the clause.
   */
  id: string
  /**
   * Heading of the clause.
   */
  title: {
    /**
     * The text in Japanese.
     */
    ja: string
    /**
     * The text in English.
     */
    en: string
  }
  /**
   * Where the platform publishes it.
   */
  link?: string
}

/**
 * A sender says more about one notice of its own, or answers what the desk asked.
 */
export interface SupplementDocument {
  /**
   * The sender's own id of this message; it shares one name space with the ids of its notices.
   */
  id: string
  /**
   * What there is to add. Text only.
   */
  text: string
  /**
   * What else helps to find the same information. Shown to the reviewer; never opened, opens no case.
   *
   *
   * Items: A URL or a locator.
   */
  locators?: string[]
  /**
   * Id of the question that this answers, as the outcome gives it. Without it, the open question is answered.
   */
  answers?: string
}

/**
 * A sender takes back one notice of its own. Before a decision the notice no longer counts; a decision that was made stands.
 */
export interface WithdrawalDocument {
  /**
   * The sender's own id of this message; it shares one name space with the ids of its notices.
   */
  id: string
  /**
   * Why, if the sender wants to say so.
   */
  reason?: string
}
