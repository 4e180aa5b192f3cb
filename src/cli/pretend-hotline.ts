import type { SenderDocument } from '../generated/types.ts'

/** The registration of the fictional hotline of `dev` and `demo`. */
export function pretendHotline(callbackUrl: string): SenderDocument {
  return {
    id: 'https://hotline.example/',
    name: 'みほんインターネット・ホットライン（架空）',
    type: 'hotline_state_commissioned',
    tier: 'priority',
    commission: {
      by: '見本庁（架空）',
      purpose: '違法情報等に関する通報の受付及び対応の依頼',
      since: '2025-04-01',
    },
    agreed_rate_per_day: 500,
    agreed_band0_rate_per_day: 50,
    callback_url: callbackUrl,
  }
}

/** Host of the fictional platform. */
export const PRETEND_HOST = 'sns.example'
