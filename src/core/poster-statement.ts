import { ACTION_KINDS, type ActionKind } from './action-kind.ts'
import type { DecisionRecord, Ground } from './decision.ts'
import { citedClause } from './grounds.ts'
import type { HelpLine, PosterRules } from './poster-rules.ts'
import type { PosterNoticeKind } from './poster-notice.ts'
import type { Sender } from './sender.ts'
import type { Standard } from './standard.ts'
import type { Bilingual, LegalNature } from './vocabulary.ts'
import { senderTypeRow } from './vocabulary-lookup.ts'

/** 自殺・自傷: what a person of the desk found the poster to be after. */
export const SELF_HARM_POSTERS = ['seeking', 'luring'] as const
export type SelfHarmPoster = (typeof SELF_HARM_POSTERS)[number]

/** Categories in which a poster may be seeking company or help. */
export const SELF_HARM_CATEGORIES: ReadonlySet<string> = new Set([
  'suicide_inducement',
  'suicide_assistance',
])

/** Help first: where a person says so, and in these categories as long as nobody says otherwise. */
export function helpFirst({
  selfHarm,
  category,
}: {
  readonly selfHarm: SelfHarmPoster | null
  readonly category: string
}): boolean {
  return selfHarm === 'seeking' || (selfHarm === null && SELF_HARM_CATEGORIES.has(category))
}

/** One measure on the poster's item or account. */
export interface PosterMeasure {
  readonly kind: ActionKind
  readonly scope: 'item' | 'account'
  /** When it took effect, or was taken back. */
  readonly at: number
  /** ISO 3166-1 alpha-2; `null`: everywhere. */
  readonly territory: readonly string[] | null
  /** `null`: for no set time. */
  readonly endsAt: number | null
  /** 暫定: until a person decides. */
  readonly interim: boolean
}

/** The clause of the platform's own standard, with the link to it. */
export interface PosterGround {
  readonly standard: string
  readonly version: string
  readonly title: Bilingual
  readonly clause: string
  readonly clauseTitle: Bilingual
  readonly link: string | null
}

/** 誰からの求めか: an organisation or office, never a person. */
export interface PromptedBy {
  readonly kind: 'agency' | 'organisation' | 'law'
  /** `null`: not named to the poster. */
  readonly name: string | null
  /** 委託・認証: by which state body, where the organisation is named. */
  readonly commissionedBy: string | null
  /** 公開の連絡先 of an agency, to which one can say that its request was improper. */
  readonly contact: string | null
}

/** What came of an objection of the poster. */
export interface AppealAnswer {
  readonly receivedAt: number
  readonly result: 'upheld' | 'changed'
  /** In the decider's words. */
  readonly words: Bilingual | null
  readonly aboutRequest: boolean
}

/** 理由の説明: what a poster is told, before words. No member holds anything of a notice. */
export interface PosterStatement {
  readonly kind: PosterNoticeKind
  /** `help_first`: the poster seeks company or help. */
  readonly care: 'plain' | 'help_first'
  readonly measures: readonly PosterMeasure[]
  readonly ground: PosterGround | null
  /** By a standing policy, without a person. */
  readonly automated: boolean
  readonly people: number
  readonly promptedBy: readonly PromptedBy[]
  readonly objection: PosterRules['objection']
  readonly help: readonly HelpLine[]
  readonly appeal: AppealAnswer | null
  readonly wasPostponed: boolean
}

export interface StatementFacts {
  readonly kind: PosterNoticeKind
  readonly decision: Pick<DecisionRecord, 'mode' | 'by'> & { readonly ground: Ground | null }
  readonly measures: readonly PosterMeasure[]
  readonly nature: LegalNature
  readonly helpFirst: boolean
  readonly senders: readonly Sender[]
  readonly standards: readonly Standard[]
  readonly appeal: AppealAnswer | null
  readonly wasPostponed: boolean
  readonly rules: PosterRules
}

/** Whether a measure is one that its poster is told of: on the item or the account. */
export function isToldToPoster(kind: ActionKind): boolean {
  return kind !== 'restore' && ACTION_KINDS[kind].scope !== 'service'
}

/** Puts together what a poster is told. */
export function posterStatement(facts: StatementFacts): PosterStatement {
  const { kind, decision, helpFirst, rules } = facts
  return {
    kind,
    care: helpFirst ? 'help_first' : 'plain',
    measures: facts.measures,
    ground: groundOf(decision.ground, facts.standards),
    automated: decision.mode === 'standing_policy',
    people: decision.by.length,
    promptedBy: promptedBy(facts),
    objection: rules.objection,
    help: helpFirst ? rules.help : [],
    appeal: facts.appeal,
    wasPostponed: facts.wasPostponed,
  }
}

function groundOf(ground: Ground | null, standards: readonly Standard[]): PosterGround | null {
  const cited = ground === null ? undefined : citedClause(ground, standards)
  if (cited === undefined) return null
  const { standard, clause } = cited
  return {
    standard: standard.id,
    version: standard.version,
    title: standard.title,
    clause: clause.id,
    clauseTitle: clause.title,
    link: clause.link ?? null,
  }
}

/** Natures that leave the platform no choice: it doesn't say who asked, but that law did. */
const BY_LAW: ReadonlySet<LegalNature> = new Set<LegalNature>(['statutory_request', 'court_order'])
const OF_AGENCIES: ReadonlySet<string> = new Set(['administrative_agency', 'police'])
/** Users are never named, nor who claims an infringement of own rights (domain.md §2.11). */
const NOT_TOLD: ReadonlySet<string> = new Set([
  'user_report',
  'rights_request',
  'own_detection_automated',
])

function promptedBy({ senders, nature, rules }: StatementFacts): PromptedBy[] {
  const nobody = { name: null, commissionedBy: null, contact: null }
  if (BY_LAW.has(nature)) return [{ kind: 'law', ...nobody }]
  const found = senders.flatMap((sender): PromptedBy[] => {
    const cause = senderTypeRow(sender.type)?.default_awareness_cause ?? 'other'
    if (NOT_TOLD.has(cause)) return []
    if (OF_AGENCIES.has(cause)) return [agency(sender, rules)]
    if (!rules.nameOrganisations) return [{ kind: 'organisation', ...nobody }]
    const commissionedBy = sender.commission?.by ?? null
    return [{ kind: 'organisation', name: sender.name, commissionedBy, contact: null }]
  })
  const said = new Map(found.map((one) => [JSON.stringify(one), one]))
  return [...said.values()].sort((a, b) => a.kind.localeCompare(b.kind))
}

function agency({ id, name }: Sender, rules: PosterRules): PromptedBy {
  const contact = rules.agencyContacts.find(({ sender }) => sender === id)?.contact ?? null
  return rules.nameAgencies
    ? { kind: 'agency', name, commissionedBy: null, contact }
    : { kind: 'agency', name: null, commissionedBy: null, contact: null }
}
