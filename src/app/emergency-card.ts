import type { CaseRecord } from '../core/case.ts'
import { EMERGENCY_SERVICES } from '../core/transition/core-event.ts'

/** 緊急の連絡: whom to call and what may be told, before anything else of a band-0 case (law 18). */
export interface EmergencyCard {
  readonly call: readonly string[]
  readonly mayTellJa: string
  readonly mayTellEn: string
  /** When somebody said that the call was made. */
  readonly toldAt: number | null
}

/** `undefined` outside band 0. Rests on the band alone: no claim, no role, no second person. */
export function emergencyCard(
  record: Pick<CaseRecord, 'band' | 'emergencyToldAt'>,
): EmergencyCard | undefined {
  if (record.band !== 0) return undefined
  return {
    call: EMERGENCY_SERVICES,
    mayTellJa:
      '人の生命・身体に危険があると考えるときは、直ちに110番（警察）又は119番（消防・救急）へ連絡してください。担当になる必要も、二人目を待つ必要もありません。投稿の場所、通知の要旨、危険を示す記載など、危険を防ぐために必要な範囲を伝えることができます（個人情報の保護に関する法律27条1項2号）。',
    mayTellEn:
      'If you think that life or body is in danger, call 110 (police) or 119 (fire and ambulance) now. You need not claim the case or wait for a second person. You may tell what is needed to avert the danger: where the post is, what the notice says, what points to the danger (Act on the Protection of Personal Information, art. 27(1)(ii)).',
    toldAt: record.emergencyToldAt,
  }
}
