import type { Bilingual } from '../core/vocabulary.ts'
import { PROGRAM } from './next-command.ts'
import type { Output } from './output.ts'
import { timeForPeople, word } from './words.ts'

/** A line of the queue, as far as it is printed. */
export interface CaseLineOnWire {
  readonly id: string
  readonly line: Bilingual
  readonly state: string
  readonly band: number
  readonly goal_at: string
  readonly facts: {
    readonly form: string
    readonly claimed_by: string | null
    readonly hold_until: string | null
    readonly siblings: number
    readonly sender: { readonly name: string } | null
  } | null
}

/**
 * The queue as a table; no words of a notice and nothing of its target are in it.
 *
 * @param access Options that reach the same desk again.
 */
export function printCaseLines(
  out: Output,
  lines: readonly CaseLineOnWire[],
  access: string,
): void {
  if (lines.length === 0) {
    out.say({ ja: '新着はありません。', en: 'Nothing is waiting.' })
    return
  }
  out.table<CaseLineOnWire>(
    [
      { title: { ja: '案件', en: 'case' }, text: ({ id }) => id },
      {
        title: { ja: '区分', en: 'band' },
        text: ({ band }) => (band === 0 ? out.text({ ja: '緊急', en: 'URGENT' }) : '—'),
      },
      { title: { ja: '種類', en: 'category' }, text: ({ line }) => line[out.lang] },
      { title: { ja: '状態', en: 'state' }, text: ({ state }) => word(out, state) },
      { title: { ja: '目標時刻', en: 'goal' }, text: (row) => timeForPeople(out, row.goal_at) },
      { title: { ja: '担当', en: 'claimed by' }, text: ({ facts }) => facts?.claimed_by ?? '—' },
      {
        title: { ja: '別案件', en: 'siblings' },
        text: ({ facts }) => ((facts?.siblings ?? 0) === 0 ? '—' : String(facts?.siblings)),
      },
    ],
    lines,
  )
  out.say('')
  out.say({
    ja: '案件を開く（内容と、この順番の理由）:',
    en: 'Open one (its content, and why it stands where it does):',
  })
  out.say(`  ${PROGRAM} cases show ${lines[0]?.id ?? 'CASE'}${access}`)
}
