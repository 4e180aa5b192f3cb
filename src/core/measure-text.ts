import type { ActionKind } from './action-kind.ts'
import type { Bilingual } from './vocabulary.ts'
import { fixedSentence } from './vocabulary-lookup.ts'

/** What a label shows. It speaks of the item, never of who posted it, and accuses nobody. */
export interface MeasureText {
  readonly id: string
  /** Kinds of measure that may show it. */
  readonly kinds: readonly ActionKind[]
  readonly text: Bilingual
}

/** Texts that come with Madoguchi. */
export const MEASURE_TEXTS: readonly MeasureText[] = [
  {
    id: 'police_warning',
    kinds: ['label_police_warning'],
    text: fixedSentence('police_label'),
  },
  {
    id: 'ai_generated',
    kinds: ['label_ai_generated'],
    text: {
      ja: 'この投稿には、AIで生成又は加工された内容が含まれています。',
      en: 'This post contains content that was generated or altered with AI.',
    },
  },
  {
    id: 'official_sources',
    kinds: ['label_informational', 'label_interstitial'],
    text: {
      ja: '最新の情報は、公的機関や報道機関の発表もあわせてご確認ください。',
      en: 'For the latest information, please also look at what public bodies and news media announce.',
    },
  },
  {
    id: 'rescue_119',
    kinds: ['label_informational'],
    text: {
      ja: '救助が必要なときは119番へ',
      en: 'If you need rescue, call 119.',
    },
  },
  {
    id: 'before_viewing',
    kinds: ['label_interstitial'],
    text: {
      ja: '閲覧する前にご確認ください。当社の基準により、確認画面を表示しています。',
      en: 'Please confirm before viewing. This screen is shown under our standards.',
    },
  },
]

/** The text of that id, if a measure of the kind may show it. */
export function measureText(
  texts: readonly MeasureText[],
  id: string,
  kind: ActionKind,
): MeasureText | undefined {
  return texts.find((each) => each.id === id && each.kinds.includes(kind))
}
