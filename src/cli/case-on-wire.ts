import type { CaseState } from '../core/case.ts'
import type { Bilingual } from '../core/vocabulary.ts'
import type { SelfHarmPoster } from '../core/poster-statement.ts'
import type { PosterSideOnWire } from './poster-text.ts'
import type { AppealOnWire } from './appeal-text.ts'
import type { AgencyOnWire } from './agency-text.ts'
import type { MessageOnWire, QuestionOnWire } from './message-text.ts'

export interface EmergencyOnWire {
  readonly call: readonly string[]
  readonly may_tell_ja: string
  readonly may_tell_en: string
}

/** A case, as far as it is printed. */
export interface CaseOnWire {
  readonly emergency?: EmergencyOnWire
  readonly case: {
    readonly id: string
    readonly state: CaseState
    readonly version: number
    readonly form: string
    readonly lane: string
    readonly category_label: Bilingual
    readonly class_by_platform: { readonly class: string; readonly category: string } | null
    readonly goal_at: string
    readonly grave: boolean
    readonly claimed_by: string | null
    readonly hold_until: string | null
    readonly interim_until: string | null
    readonly hold_reason: string | null
    readonly merged_into: string | null
    readonly self_harm: SelfHarmPoster | null
    readonly reversal_asked: { readonly by: { readonly operator: string } } | null
  }
  readonly order: { readonly sentence: Bilingual } | null
  readonly siblings: readonly SiblingOnWire[]
  readonly merged: readonly SiblingOnWire[]
  readonly handover: {
    readonly by: { readonly operator: string }
    readonly to: { readonly operator: string }
    readonly note: string | null
    readonly at: string
  } | null
  readonly manner: { readonly sentence: Bilingual | null }
  readonly notices: readonly NoticeOnWire[]
  readonly decisions: readonly {
    readonly id: string
    readonly decided_at: string
    readonly actions: readonly { readonly kind: string }[]
    readonly already_gone?: boolean
    readonly reverses: string | null
  }[]
  readonly actions: readonly {
    readonly id: string
    readonly kind: string
    readonly state: string
    readonly ends_at: string | null
    readonly territory: readonly string[] | null
    readonly interim: boolean
  }[]
  readonly outcomes: readonly { readonly id: string; readonly status: string }[]
  readonly poster: PosterSideOnWire
  readonly appeals: readonly AppealOnWire[]
}

interface SiblingOnWire {
  readonly id: string
  readonly form: string
  readonly state: string
  readonly round: number
}

export interface NoticeOnWire {
  readonly id: string
  readonly reference_no: string | null
  readonly letter: {
    readonly source: string
    readonly arrived_on: string
    readonly entered_by: { readonly operator: string }
  } | null
  readonly received_at: string
  readonly nature_sentence: Bilingual
  readonly sender: {
    readonly name: string
    readonly commission: { readonly by: string } | null
  } | null
  readonly agency: AgencyOnWire | null
  readonly document: Readonly<Record<string, unknown>>
  readonly observation: { readonly state: string } | null
  readonly notes: readonly Bilingual[]
  readonly messages: readonly MessageOnWire[]
  readonly questions: readonly QuestionOnWire[]
  readonly state: string
}
