import type { Bilingual, Tier } from './vocabulary.ts'

/** 優先区分の基準: who gets which tier, as it is published and told to a sender (M-15); the platform may say it otherwise. */
export const DEFAULT_TIER_CRITERIA: Readonly<Record<Tier, Bilingual>> = {
  priority: {
    ja: '認定の記録があり、判断基準と直近の報告を公表している団体。登録した対象範囲の通知に限ります。',
    en: 'Bodies with an accreditation on record that publish their criteria and a recent report; only inside the scope registered for them.',
  },
  verified: {
    ja: '団体の実在、担当部署及び連絡先を当社が確認した通知元。登録した対象範囲の通知に限ります。',
    en: 'Senders whose existence, office and contact we checked; only inside the scope registered for them.',
  },
  ordinary: {
    ja: '登録した通知元。対象範囲の外の通知にも用います。',
    en: 'Registered senders; also for notices outside the scope of the two tiers above.',
  },
  probation: {
    ja: '登録して間もない通知元、又は登録の内容を確認中の通知元。',
    en: 'Senders that were registered lately, or whose registration is being checked.',
  },
}
