import type { Bilingual } from './vocabulary.ts'

/** 相談窓口: where somebody in distress finds people who help. */
export interface HelpLine extends Bilingual {
  /** A number or an address, as people use it. */
  readonly contact: string
}

/** 発信者への通知の定め: what the platform decides once for everything that it tells posters. */
export interface PosterRules {
  /** 異議の申出の方法. `null`: the desk's own contact is named. */
  readonly objection: { readonly how: Bilingual | null; readonly link: string | null }
  /** Whether hotlines and other bodies are named. A user never is. */
  readonly nameOrganisations: boolean
  /** Whether agencies are named (law 8); that one asked is told in any case. */
  readonly nameAgencies: boolean
  /** 公開の連絡先 of agencies, by the id of the sender (M-18). */
  readonly agencyContacts: readonly { readonly sender: string; readonly contact: string }[]
  readonly help: readonly HelpLine[]
}

export const DEFAULT_POSTER_RULES: PosterRules = {
  objection: { how: null, link: null },
  nameOrganisations: false,
  nameAgencies: true,
  agencyContacts: [],
  help: [],
}
