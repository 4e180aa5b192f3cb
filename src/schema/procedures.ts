import type { MannerRule } from '../core/manner.ts'
import { DEFAULT_PROCEDURES, type About, type Procedures } from '../core/procedures.ts'
import { DEFAULT_POSTER_RULES, type PosterRules } from '../core/poster-rules.ts'
import type { FourEyesRule } from '../core/four-eyes.ts'
import type {
  AboutDocument,
  FourEyesRuleDocument,
  MannerDocument,
  PosterRulesDocument,
  ProceduresDocument,
} from '../generated/types.ts'

/** A validated profile as the core knows it, with the default of everything that it leaves out. */
export function toProcedures(document: ProceduresDocument): Procedures {
  const { windows = {} } = document
  return {
    designated: document.designated ?? DEFAULT_PROCEDURES.designated,
    commissionedIsPublicBody:
      document.commissioned_is_public_body ?? DEFAULT_PROCEDURES.commissionedIsPublicBody,
    duties: document.duties ?? DEFAULT_PROCEDURES.duties,
    windows: {
      rightsRequests: windows.rights_requests ?? DEFAULT_PROCEDURES.windows.rightsRequests,
      inquiries: windows.inquiries ?? DEFAULT_PROCEDURES.windows.inquiries,
    },
    fourEyes: (document.four_eyes ?? []).map(toFourEyesRule),
    poster: toPosterRules(document.poster ?? {}),
    manner: toManner(document.manner ?? {}),
    about: toAbout(document.about ?? {}),
    tierCriteria: { ...DEFAULT_PROCEDURES.tierCriteria, ...document.tier_criteria },
    ...toOwnLists(document),
  }
}

function toFourEyesRule({ sender_types, ...rule }: FourEyesRuleDocument): FourEyesRule {
  return { ...rule, ...(sender_types === undefined ? {} : { senderTypes: sender_types }) }
}

function toPosterRules(document: PosterRulesDocument): PosterRules {
  const { objection } = document
  return {
    objection:
      objection === undefined
        ? DEFAULT_POSTER_RULES.objection
        : { how: { ja: objection.ja, en: objection.en }, link: objection.link ?? null },
    nameOrganisations: document.name_organisations ?? DEFAULT_POSTER_RULES.nameOrganisations,
    nameAgencies: document.name_agencies ?? DEFAULT_POSTER_RULES.nameAgencies,
    agencyContacts: document.agency_contacts ?? DEFAULT_POSTER_RULES.agencyContacts,
    help: document.help ?? DEFAULT_POSTER_RULES.help,
  }
}

function toOwnLists(
  document: ProceduresDocument,
): Pick<Procedures, 'policeAccounts' | 'trustedSources'> {
  const { police_accounts = [], trusted_sources = [] } = document
  return {
    policeAccounts: police_accounts.map(({ listed_by: listedBy, checked_on, ...account }) => ({
      ...account,
      listedBy,
      checkedOn: checked_on,
    })),
    trustedSources: trusted_sources.map(({ listed_by: listedBy, until = null, ...source }) => ({
      ...source,
      listedBy,
      until,
    })),
  }
}

function toManner({ repeat_from, duplicate_from }: MannerDocument): MannerRule {
  const { repeatFrom, duplicateFrom } = DEFAULT_PROCEDURES.manner
  return {
    repeatFrom: repeat_from ?? repeatFrom,
    duplicateFrom: duplicate_from ?? duplicateFrom,
  }
}

function toAbout({ contact_in_japan, figures_url }: AboutDocument): About {
  const { contactInJapan, figuresUrl } = DEFAULT_PROCEDURES.about
  return {
    contactInJapan: contact_in_japan ?? contactInJapan,
    figuresUrl: figures_url ?? figuresUrl,
  }
}
