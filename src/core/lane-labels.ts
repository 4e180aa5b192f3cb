import type { Bilingual, Lane } from './vocabulary.ts'

/** 手続区分, as the public page and the figures name them. */
export const LANE_LABELS: Readonly<Record<Lane, Bilingual>> = {
  voluntary_illegal: { ja: '違法情報（任意）', en: 'Illegal information (voluntary)' },
  voluntary_public_order: { ja: '公序良俗（任意）', en: 'Public order (voluntary)' },
  agency: { ja: '行政機関（任意）', en: 'Agencies (voluntary)' },
  statutory_rights: { ja: '権利侵害（法定手続）', en: 'Infringed rights (by statute)' },
  legal_desk: { ja: '法務対応', en: 'Legal desk' },
  signal: { ja: '参考情報', en: 'Signals' },
  quarantine: { ja: '確認待ち', en: 'Awaiting verification' },
}
