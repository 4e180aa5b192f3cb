import type { Bilingual } from './vocabulary.ts'

/**
 * 通知の質: what a sender could have done better by itself, and nothing else. That an item was gone
 * already, that a notice came twice, and that the platform found otherwise on the merits are no faults.
 */
export const QUALITY_FAULTS = [
  'insufficient',
  'misaddressed',
  'out_of_scope',
  'overturned',
] as const
export type QualityFault = (typeof QUALITY_FAULTS)[number]

/** So many closed notices are needed before anything is counted. */
export const QUALITY_MINIMUM = 20

/** Fewer than this aren't told apart: one of them would tell that a poster objected (law 21). */
const FEWEST_OVERTURNED = 5

/** One closed notice of a sender, newest first. */
export interface ClosedNotice {
  readonly id: string
  readonly senderNoticeId: string
  readonly fault: QualityFault | null
}

export interface QualityCount {
  readonly fault: QualityFault
  /** `null`: one to four, of a kind that isn't told one by one. */
  readonly count: number | null
}

/** Counts with the notices that they are of. No share of anything, and no effect on anything but order. */
export interface Quality {
  readonly closed: number
  /** Closed notices without which nothing is counted. */
  readonly needed: number
  /** `null`: there are too few. */
  readonly counts: readonly QualityCount[] | null
  readonly notices: readonly (Omit<ClosedNotice, 'fault'> & { readonly fault: QualityFault })[]
}

const FAULT_OF_REASON: Readonly<Partial<Record<string, QualityFault>>> = {
  insufficient_identification: 'insufficient',
  insufficient_reasoning: 'insufficient',
  misaddressed: 'misaddressed',
  sender_out_of_scope: 'out_of_scope',
}

/** What an answer without a measure says of the notice itself; most say nothing of it. */
export function faultOfReason(declineReason: string | null): QualityFault | null {
  return FAULT_OF_REASON[declineReason ?? ''] ?? null
}

/** What may be said of a sender's own notices, to it and to the desk. */
export function qualityOf(closed: readonly ClosedNotice[]): Quality {
  const about = { closed: closed.length, needed: QUALITY_MINIMUM }
  if (closed.length < QUALITY_MINIMUM) return { ...about, counts: null, notices: [] }
  const counts = QUALITY_FAULTS.map((fault) => {
    const count = closed.filter((notice) => notice.fault === fault).length
    const isTooFew = fault === 'overturned' && count > 0 && count < FEWEST_OVERTURNED
    return { fault, count: isTooFew ? null : count }
  })
  const notices = closed.flatMap(({ id, senderNoticeId, fault }) =>
    fault === null || fault === 'overturned' ? [] : [{ id, senderNoticeId, fault }],
  )
  return { ...about, counts, notices }
}

/** Each fault in words. Where the platform erred alike, both are named. */
export const FAULT_SENTENCES: Readonly<Record<QualityFault, Bilingual>> = {
  insufficient: {
    ja: '対象情報の特定又は理由の記載が足りず、判断できませんでした。',
    en: 'The item or the reasons were not stated well enough for us to decide.',
  },
  misaddressed: {
    ja: '宛先が当社ではありませんでした。',
    en: 'It was addressed to somebody else.',
  },
  out_of_scope: {
    ja: 'ご登録の対象範囲に含まれない種類の情報でした。',
    en: 'The category lies outside your registered scope.',
  },
  overturned: {
    ja: '通知を踏まえた当社の措置を、後に見直して取り消しました。通知と当社の判断の両方に誤りがあったものです。',
    en: 'A measure that we took on the notice was taken back after review: the notice and we ourselves were wrong.',
  },
}

/** 異議: how a sender contests what is counted. */
export const CONTEST: Bilingual = {
  ja: '数え方に異議があるときは、その通知について異議を申し出る（POST /v1/notices/{id}/appeal）か、窓口にご連絡ください。別の担当者が確認し、判断が変わればこの集計も変わります。',
  en: 'To contest a count, object on the notice (POST /v1/notices/{id}/appeal) or write to the desk. Another person looks at it, and where the decision changes, so does the count.',
}
