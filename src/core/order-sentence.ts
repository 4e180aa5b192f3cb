import type { OrderExplanation } from './notice.ts'
import { formatTimeEnglish, formatTimeJapanese, HOUR, MINUTE } from './time.ts'
import type { Bilingual, Tier } from './vocabulary.ts'

const TIER_LABELS: Readonly<Record<Tier, Bilingual>> = {
  priority: { ja: '優先', en: 'priority' },
  verified: { ja: '確認済み', en: 'verified' },
  ordinary: { ja: '通常', en: 'ordinary' },
  probation: { ja: '仮登録', en: 'probation' },
}

const BAND_REASONS: Readonly<Record<OrderExplanation['bandReason'], Bilingual>> = {
  table: {
    ja: '緊急区分です（生命・身体の危険。当社の分類表による）。',
    en: 'Urgent band: danger to life or body, by our own table.',
  },
  person: {
    ja: '緊急区分です（生命・身体の危険。担当者の判断による）。',
    en: 'Urgent band: danger to life or body, as marked by a person.',
  },
  none: { ja: '通常の区分です。', en: 'Normal band.' },
  outside_scope: {
    ja: '通常の区分です（緊急の種類ですが、通知元の登録範囲の外です）。',
    en: 'Normal band: the category is an urgent one, but lies outside the scope registered for the sender.',
  },
  over_band0_rate: {
    ja: '通常の区分です（緊急の種類ですが、合意した緊急の件数を超えています）。',
    en: 'Normal band: the category is an urgent one, but the sender is over the agreed number of urgent notices.',
  },
}

const NOTHING: Bilingual = { ja: '', en: '' }
const OUTSIDE_SCOPE: Bilingual = {
  ja: '通知元の登録範囲の外の種類なので、「通常」より早い目標は用いません。',
  en: ' The category lies outside the scope registered for the sender, so no goal shorter than that of an ordinary one applies.',
}

/** この順番の理由: the stored order in one sentence with its numbers, for the people of the desk. */
export function orderSentence(order: OrderExplanation): Bilingual {
  const reason = BAND_REASONS[order.bandReason]
  const tier = TIER_LABELS[order.tier]
  const goalOf: Bilingual =
    order.band === 0
      ? { ja: '緊急区分', en: 'the urgent band' }
      : { ja: `優先区分「${tier.ja}」`, en: `the tier “${tier.en}”` }
  const span = spanOf(order.ownGoalMs)
  const pause = pauseOf(order)
  const scope = order.outsideScope === true ? OUTSIDE_SCOPE : NOTHING
  return {
    ja: `${reason.ja}${scope.ja}起点 ${formatTimeJapanese(order.slotAt)} に、${goalOf.ja}の自社の目標 ${span.ja}${pause.ja}を加え、目標時刻は ${formatTimeJapanese(order.goalAt)} です。`,
    en: `${reason.en}${scope.en} Counted from ${formatTimeEnglish(order.slotAt)}, our own goal of ${span.en} for ${goalOf.en}${pause.en} is ${formatTimeEnglish(order.goalAt)}.`,
  }
}

function pauseOf({ pausedMs = 0 }: OrderExplanation): Bilingual {
  if (pausedMs === 0) return { ja: '', en: '' }
  const span = spanOf(pausedMs)
  return {
    ja: `と補足を待った時間 ${span.ja}`,
    en: `, with the ${span.en} that we waited for a supplement,`,
  }
}

function spanOf(ms: number): Bilingual {
  return ms % HOUR === 0
    ? { ja: `${ms / HOUR}時間`, en: plural(ms / HOUR, 'hour') }
    : { ja: `${Math.round(ms / MINUTE)}分`, en: plural(Math.round(ms / MINUTE), 'minute') }
}

function plural(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}
