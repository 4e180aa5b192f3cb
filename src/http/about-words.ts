import type { Bilingual, Lane, Tier } from '../core/vocabulary.ts'

/** Words of the public page; those of vocabularies come with the configuration document. */
export const TEXTS = {
  title: { ja: '通知の窓口', en: 'Front desk for notices' },
  other: { ja: 'English', en: '日本語' },
  intro: {
    ja: 'ホットライン、信頼できる団体、行政機関等からの通知を受け付ける窓口です。対応の要否及び内容は、当社が自らの基準により判断します。このページは、実際に動いている規則から作られています。',
    en: 'This desk takes notices of hotlines, trusted bodies, agencies and others. Whether and how we act is our own decision, by our own standards. The page is made from the rules that run.',
  },
  observing: {
    ja: '現在は試行モードです。措置は行わず、対応結果は送付しません。',
    en: 'The desk only observes at present: no measures are taken and no outcomes are sent.',
  },
  contact: { ja: '連絡先', en: 'Contact' },
  inJapan: { ja: '日本の連絡先', en: 'Contact in Japan' },
  languages: { ja: '使用できる言語', en: 'Languages' },
  languageNames: { ja: '日本語、英語', en: 'Japanese, English' },
  jurisdictions: { ja: '対象とする地域', en: 'Jurisdictions' },
  rights: { ja: '権利侵害の申出', en: 'Infringed rights' },
  inquiries: { ja: '利用者に関する照会', en: 'Inquiries about users' },
  who: { ja: '誰が何を送れるか', en: 'Who may send what' },
  sender: { ja: '通知元の類型', en: 'Type of sender' },
  form: { ja: '書式', en: 'Form' },
  lane: { ja: '手続区分', en: 'Procedure' },
  taken: { ja: '受付', en: 'Taken' },
  yes: { ja: '受け付けます', en: 'yes' },
  no: { ja: '受け付けていません', en: 'no' },
  except: { ja: '例外', en: 'Exceptions' },
  categories: { ja: '情報の種類', en: 'Categories' },
  order: { ja: '対応順', en: 'Order' },
  tier: { ja: '優先区分', en: 'Tier' },
  criteria: { ja: '基準', en: 'Criteria' },
  goal: { ja: '自社の目標（分）', en: 'Our own goal (minutes)' },
  band0: { ja: '緊急区分（生命・身体の危険）', en: 'Band 0: danger to life or body' },
  standards: { ja: '自社基準', en: 'Our standards' },
  version: { ja: '版', en: 'Version' },
  published: { ja: '公表日', en: 'Published' },
  from: { ja: '施行日', en: 'In force from' },
  inForce: { ja: '施行中', en: 'in force' },
  objection: { ja: '発信者の異議の申出', en: 'How a poster objects' },
  figures: { ja: '集計の公表', en: 'Figures' },
  agencies: { ja: '行政機関の要請', en: 'Requests of agencies' },
  noAgencies: { ja: '要請はありませんでした。', en: 'There were none.' },
  agency: { ja: '機関', en: 'Body' },
  asked: { ja: '要請', en: 'Asked' },
  acted: { ja: '措置あり', en: 'Measures' },
  noMeasure: { ja: '措置なし', en: 'No measure' },
  alreadyGone: { ja: '掲載なし', en: 'Gone' },
  underReview: { ja: '検討中', en: 'Under review' },
  outside: { ja: '所管外', en: 'Outside competence' },
  withdrawn: { ja: '取下げ', en: 'Withdrawn' },
  noFigures: { ja: 'まだ公表していません。', en: 'None are published yet.' },
} as const satisfies Record<string, Bilingual>

/** 手続区分. */
export const LANES: Readonly<Record<Lane, Bilingual>> = {
  voluntary_illegal: { ja: '違法情報（任意）', en: 'Illegal information (voluntary)' },
  voluntary_public_order: { ja: '公序良俗（任意）', en: 'Public order (voluntary)' },
  agency: { ja: '行政機関（任意）', en: 'Agencies (voluntary)' },
  statutory_rights: { ja: '権利侵害（法定手続）', en: 'Infringed rights (by statute)' },
  legal_desk: { ja: '法務対応', en: 'Legal desk' },
  signal: { ja: '参考情報', en: 'Signals' },
  quarantine: { ja: '確認待ち', en: 'Awaiting verification' },
}

/** 優先区分. */
export const TIERS: Readonly<Record<Tier, Bilingual>> = {
  priority: { ja: '優先', en: 'Priority' },
  verified: { ja: '確認済み', en: 'Verified' },
  ordinary: { ja: '通常', en: 'Ordinary' },
  probation: { ja: '仮登録', en: 'Probation' },
}
