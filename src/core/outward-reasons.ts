import type { Bilingual } from './vocabulary.ts'

/** 措置なしの理由 as it goes outward: a neutral label and one sentence. */
export interface OutwardReason {
  readonly label: Bilingual
  readonly sentence: Bilingual
}

const row = (ja: string, en: string, sentenceJa: string, sentenceEn: string): OutwardReason => ({
  label: { ja, en },
  sentence: { ja: sentenceJa, en: sentenceEn },
})

/** Every reason for no measure that may leave the house (glossary §4); `unspecified` always may. */
export const OUTWARD_REASONS = {
  not_illegal_own_assessment: row(
    '違法との判断に至らず',
    'Not found unlawful',
    '当社では、違法な情報に当たるとの判断に至りませんでした。',
    'We did not come to the conclusion that the information is unlawful.',
  ),
  tos_not_violated: row(
    '自社基準に該当せず',
    'Not contrary to our standards',
    '当社の利用規約・基準に該当しないと判断しました。',
    'We found that the information is not contrary to our terms or standards.',
  ),
  ambiguous_content: row(
    '記載からは判断困難',
    'Cannot be decided from the text',
    '記載だけからは判断できませんでした。',
    'We could not decide this from the text alone.',
  ),
  cannot_verify: row(
    '事実を確認できず',
    'Facts not verified',
    '当社では事実を確認できませんでした。',
    'We could not verify the facts.',
  ),
  insufficient_identification: row(
    '対象を特定できず',
    'Target not identified',
    '対象情報を特定できませんでした。',
    'We could not identify the information.',
  ),
  insufficient_reasoning: row(
    '理由の記載が不足',
    'Insufficient reasoning',
    '判断に必要な理由の記載が見当たりませんでした。',
    'We did not find the reasoning that a decision needs.',
  ),
  public_interest: row(
    '報道・論評等',
    'Reporting, commentary or the like',
    '報道、論評、学術、注意喚起等の目的と認めました。',
    'We found that it serves reporting, commentary, research, a warning or the like.',
  ),
  lawful_info_collateral: row(
    '適法な情報に影響',
    'Lawful information affected',
    '適法な情報まで閲覧できなくなるため、措置なしとしました。',
    'A measure would have made lawful information unavailable too.',
  ),
  private_communication: row(
    '非公開の通信',
    'Private communication',
    '非公開の通信に当たり、当社は内容を確認できません。',
    'It is a private communication, whose content we cannot look at.',
  ),
  not_administrator: row(
    '当社の管理外',
    'Not ours to manage',
    '当社が管理する情報ではありません。',
    'We do not manage this information.',
  ),
  no_technical_means: row(
    '技術的に困難',
    'No technical means',
    '技術上、対象だけに措置を行うことができません。',
    'For technical reasons we cannot act on this item alone.',
  ),
  out_of_jurisdiction: row(
    '対象地域外',
    'Outside our area',
    '当社のサービスの対象地域外の情報です。',
    'The information is outside the area that our service covers.',
  ),
  sender_out_of_scope: row(
    '対象範囲外の通知',
    'Outside the agreed scope',
    'ご登録の対象範囲に含まれない種類の情報です。',
    'Information of this kind is outside the scope registered for you.',
  ),
  class_mismatch: row(
    '書式と区分が不一致',
    'Form and kind do not match',
    '書式と情報の区分が一致していません。',
    'The form does not match the kind of information.',
  ),
  misaddressed: row(
    '宛先違い',
    'Misaddressed',
    '宛先が当社ではありません。',
    'It is not addressed to us.',
  ),
  duplicate_own: row(
    '同一の通知あり',
    'Already answered',
    '同じ通知元からの別の通知で回答済みです。',
    'We have answered this in reply to another notice of yours.',
  ),
  unspecified: row(
    '理由を示さない',
    'No reason given',
    '理由の説明は差し控えます。',
    'We give no reason.',
  ),
} as const satisfies Record<string, OutwardReason>

export type OutwardReasonId = keyof typeof OUTWARD_REASONS

/** Whether a decline reason may be given outward as it is. */
export function isOutwardReason(reason: string): reason is OutwardReasonId {
  return Object.hasOwn(OUTWARD_REASONS, reason)
}
