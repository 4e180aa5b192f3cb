import { DEFAULT_POSTER_RULES, type PosterRules } from './poster-rules.ts'
import type { FourEyesRule } from './four-eyes.ts'
import type { MannerRule } from './manner.ts'
import { DEFAULT_TIER_CRITERIA } from './tiers.ts'
import type { Bilingual, Tier } from './vocabulary.ts'
import type { PoliceAccount, TrustedSource } from './own-lists.ts'

/**
 * 手続の定め: what the platform says of itself and of how it runs its procedures, as one document that it
 * owns. It isn't asked of anybody else and never follows from what a notice says.
 */
export interface Procedures {
  /** Designated under 情プラ法20条 (大規模特定電気通信役務提供者). */
  readonly designated: boolean
  /** Whether bodies that the state commissions are counted as 公的機関 (施行規則18条5項四); else apart. */
  readonly commissionedIsPublicBody: boolean
  readonly duties: readonly Duty[]
  readonly windows: Windows
  readonly fourEyes: readonly FourEyesRule[]
  readonly poster: PosterRules
  readonly manner: MannerRule
  readonly about: About
  /** Who gets which tier; public. */
  readonly tierCriteria: Readonly<Record<Tier, Bilingual>>
  readonly policeAccounts: readonly PoliceAccount[]
  readonly trustedSources: readonly TrustedSource[]
}

/** 公表: what the public page says beside the rules. `null`: nothing, or the desk's own contact. */
export interface About {
  /** Where people in Japan reach the platform (海外事業者の日本法人窓口). */
  readonly contactInJapan: string | null
  /** Where its figures are published. */
  readonly figuresUrl: string | null
}

/** A law that puts a duty to act on this platform for a category of information. */
export interface Duty {
  readonly category: string
  /** As the platform cites it, e.g. 出会い系サイト規制法12条1項. */
  readonly law: string
  /** `YYYY-MM-DD` in Japan. */
  readonly from: string
}

/** 別の窓口のご案内: where what this desk doesn't take goes. `null`: the desk's own contact is named. */
export interface Windows {
  readonly rightsRequests: string | null
  readonly inquiries: string | null
}

/** Everything off, or the safest. */
export const DEFAULT_PROCEDURES: Procedures = {
  designated: false,
  commissionedIsPublicBody: false,
  duties: [],
  windows: { rightsRequests: null, inquiries: null },
  fourEyes: [],
  poster: DEFAULT_POSTER_RULES,
  manner: { repeatFrom: 3, duplicateFrom: 3 },
  about: { contactInJapan: null, figuresUrl: null },
  tierCriteria: DEFAULT_TIER_CRITERIA,
  policeAccounts: [],
  trustedSources: [],
}

/** The duty that holds for a category on a day (`YYYY-MM-DD`, Japan). */
export function dutyFor(
  { duties }: Pick<Procedures, 'duties'>,
  category: string,
  day: string,
): Duty | undefined {
  return duties.find((duty) => duty.category === category && duty.from <= day)
}
