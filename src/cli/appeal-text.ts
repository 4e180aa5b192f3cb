import type { AppealAbout, AppealState, AppealVerdict } from '../core/appeal.ts'
import type { Bilingual } from '../core/vocabulary.ts'
import type { Output } from './output.ts'
import { APPEAL_STATE_WORDS } from './poster-words.ts'
import { wrapText } from './text-width.ts'
import { timeForPeople } from './words.ts'

const WIDTH = 92

/** An objection, as far as it is printed. */
export interface AppealOnWire {
  readonly id: string
  readonly case_id: string
  readonly by: 'poster' | 'sender'
  readonly about: readonly AppealAbout[]
  readonly state: AppealState
  readonly received_at: string
  readonly text?: string
  readonly opinions?: readonly {
    readonly by: { readonly operator: string }
    readonly verdict: AppealVerdict | null
  }[]
  readonly words?: Bilingual | null
}

const BY: Readonly<Record<AppealOnWire['by'], Bilingual>> = {
  poster: { ja: '発信者', en: 'poster' },
  sender: { ja: '通知元', en: 'sender' },
}
const VERDICTS: Readonly<Record<AppealVerdict, Bilingual>> = {
  uphold: { ja: '判断を維持', en: 'uphold' },
  change: { ja: '判断を変更', en: 'change' },
}

/** The queue of objections, without their words. */
export function printAppealLines(out: Output, appeals: readonly AppealOnWire[]): void {
  if (appeals.length === 0) {
    out.say({ ja: '該当する異議の申出はありません。', en: 'There are none.' })
    return
  }
  out.table<AppealOnWire>(
    [
      { title: { ja: '申出', en: 'objection' }, text: ({ id }) => id },
      { title: { ja: '案件', en: 'case' }, text: (row) => row.case_id },
      { title: { ja: '申出をした人', en: 'by' }, text: ({ by }) => out.text(BY[by]) },
      {
        title: { ja: '状態', en: 'state' },
        text: ({ state }) => out.text(APPEAL_STATE_WORDS[state]),
      },
      { title: { ja: '受付', en: 'received' }, text: (row) => timeForPeople(out, row.received_at) },
    ],
    appeals,
  )
}

/** One objection with its words. */
export function printAppeal(out: Output, appeal: AppealOnWire): void {
  const { id, by, about, state, received_at, text, opinions = [], words } = appeal
  const head = out.text({ ja: '異議の申出', en: 'objection' })
  const when = timeForPeople(out, received_at)
  out.say(`${head}  ${id}  ${out.text(BY[by])}  ${when}  ${out.text(APPEAL_STATE_WORDS[state])}`)
  if (about.includes('request'))
    out.say({
      ja: '  要請が適切でないとの申出を含みます。',
      en: '  It also says that the request was improper.',
    })
  for (const line of wrapText(text ?? '', WIDTH)) out.say(`  ${line}`)
  for (const opinion of opinions) {
    const thought =
      opinion.verdict === null
        ? { ja: '（意見は二人目には示しません）', en: '(hidden from a second person)' }
        : VERDICTS[opinion.verdict]
    out.say(`  ${opinion.by.operator}: ${out.text(thought)}`)
  }
  if (words) for (const line of wrapText(words[out.lang], WIDTH)) out.say(`  → ${line}`)
}
