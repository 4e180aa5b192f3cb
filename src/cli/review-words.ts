import type { ReviewItem } from '../core/accreditation.ts'
import type { QualityFault } from '../core/quality.ts'
import type { Bilingual } from '../core/vocabulary.ts'
import type { Output } from './output.ts'

/** 通知の質 as the wire has it. */
export interface QualityOnWire {
  readonly closed: number
  readonly needed: number
  readonly counts: readonly { readonly fault: QualityFault; readonly count: number | null }[] | null
  readonly notices: readonly { readonly sender_notice_id: string; readonly fault: QualityFault }[]
}

/** What a person should look at, in words. */
export const REVIEW_WORDS: Readonly<Record<ReviewItem, Bilingual>> = {
  accreditation_missing: { ja: '認定の記録なし', en: 'no accreditation on record' },
  accreditation_not_begun: { ja: '認定の開始前', en: 'accreditation not begun' },
  accreditation_ended: { ja: '認定の終了', en: 'accreditation ended' },
  review_due: { ja: '見直しの日を経過', en: 'to be reviewed' },
  report_missing: { ja: '公表報告なし', en: 'no public report' },
  report_old: { ja: '公表報告が18か月より前', en: 'public report older than 18 months' },
  criteria_missing: { ja: '判断基準の記録なし', en: 'no criteria on record' },
}

const FAULTS: Readonly<Record<QualityFault, Bilingual>> = {
  insufficient: { ja: '特定・理由の不足', en: 'not enough stated' },
  misaddressed: { ja: '宛先違い', en: 'misaddressed' },
  out_of_scope: { ja: '対象範囲外', en: 'out of scope' },
  overturned: { ja: '見直しにより取消し', en: 'taken back after review' },
}

/** The items to look at on one line; a dash where there are none. */
export function reviewText(out: Output, items: readonly ReviewItem[]): string {
  return items.length === 0 ? '—' : items.map((item) => out.text(REVIEW_WORDS[item])).join(', ')
}

/** Counts of what a sender could have done better by itself. */
export function printQuality(
  out: Output,
  { closed, needed, counts, notices }: QualityOnWire,
): void {
  if (counts === null) {
    out.say({
      ja: `通知の質: 判断済みの通知が ${closed} 件のため、まだ集計しません（${needed} 件から）。`,
      en: `Quality: nothing is counted yet, with ${closed} closed notices (from ${needed} on).`,
    })
    return
  }
  const text = counts.map(({ fault, count }) => {
    const number = count === null ? out.text({ ja: '5未満', en: 'fewer than 5' }) : String(count)
    return `${out.text(FAULTS[fault])} ${number}`
  })
  out.say({
    ja: `通知の質（判断済み ${closed} 件のうち）: ${text.join('、')}`,
    en: `Quality (of ${closed} closed notices): ${text.join(', ')}`,
  })
  for (const { sender_notice_id, fault } of notices)
    out.say(`  ${sender_notice_id}  ${out.text(FAULTS[fault])}`)
}
