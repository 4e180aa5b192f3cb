import type { ReferenceForm } from '../core/vocabulary.ts'

/** The words of 参考書式1 and 参考書式2 of the hotline guideline, in their order. */
export interface FormWords {
  readonly title: string
  readonly reasons: string
  /** 判断理由等 ① and ②. */
  readonly basis: string
  readonly reasoning: string
}

export const FORM_WORDS: Readonly<Record<ReferenceForm, FormWords>> = {
  illegal_information: {
    title: '【違法情報】の通知書兼送信防止措置等依頼書',
    reasons: '違法情報該当性の判断理由等',
    basis: '違反する法令名等',
    reasoning: '上記法令の構成要件に該当すると判断した理由',
  },
  public_order: {
    title: '【公序良俗に反する情報】の通知書兼対応依頼書',
    reasons: '公序良俗に反するかどうかの判断理由等',
    basis: '分類の種類',
    reasoning: '上記分類にあてはまると判断した理由',
  },
}

export const REFERENCE_NO = '整理番号'
export const DATE = '年月日'
export const ADDRESSED_TO = '御中'
export const CONTACT = '連絡先 (e-mail アドレス)'
export const HANDLER = '担当者氏名'
export const CHECKER = '確認者氏名'
export const BELOW = '記'
export const PLACE = '掲載されている場所'
export const URL_LABEL = 'URL：'
export const OTHER_PLACE = 'その他情報の特定に必要な情報：'
export const CONTENT = '掲載されている情報'

/** What else says where the information is, each on a line of its own; the paper lists it in one. */
export const PLACE_DETAILS = {
  locator: '所在（アプリ等）：',
  site_name: 'ウェブサイトの名称：',
  position: 'ウェブサイト内の書き込み場所：',
  posted_on: '日付：',
  file_name: 'ファイル名：',
  other: 'その他：',
} as const
export type PlaceDetail = keyof typeof PLACE_DETAILS
export const PLACE_DETAIL_NAMES = Object.keys(PLACE_DETAILS) as readonly PlaceDetail[]

/** 字下げ: text of the sender stands behind it, so that it can't be taken for a word of the form. */
export const INDENT = '　'
