import type { Bilingual } from '../core/vocabulary.ts'
import type { Output } from './output.ts'
import { wrapText } from './text-width.ts'

const WIDTH = 92

/** What a body of the state said of its request, as far as it is printed. */
export interface AgencyOnWire {
  readonly office: string
  readonly statutes: readonly string[]
  readonly competence: string
  readonly power_invoked: boolean
  readonly answer_wanted_on: string | null
  readonly asked_measure: string | null
  readonly power_missing: readonly string[]
  readonly questions: readonly (Bilingual & { readonly id: string; readonly basis: string })[]
}

const COMPETENCE: Readonly<Record<string, Bilingual>> = {
  inside: { ja: '所管内', en: 'inside' },
  outside: { ja: '所管外', en: 'outside' },
  not_stated: { ja: '法令の記載なし', en: 'no law named' },
  not_established: { ja: '未確認', en: 'not established' },
}

const BASIS: Readonly<Record<string, Bilingual>> = {
  right: { ja: '法律による求め', en: 'a right of the law' },
  courtesy: { ja: 'お願い', en: 'a courtesy' },
}

/** Beside the words of the request: what 行政手続法35条 asks of it, and what can be asked back. */
export function printAgency(out: Output, agency: AgencyOnWire): void {
  const none = out.text({ ja: 'なし', en: 'none' })
  const power = agency.power_missing.length === 0 ? '' : ` (- ${agency.power_missing.join(', ')})`
  const said = out.text({ ja: 'あり', en: 'mentioned' })
  out.facts([
    [{ ja: '  責任者の部署', en: '  office' }, agency.office],
    [{ ja: '  根拠法令', en: '  statutes' }, agency.statutes.join(' / ') || none],
    [{ ja: '  所管', en: '  competence' }, textOf(out, COMPETENCE, agency.competence)],
    [{ ja: '  権限への言及', en: '  powers' }, agency.power_invoked ? `${said}${power}` : none],
    [{ ja: '  回答希望日', en: '  answer wanted' }, agency.answer_wanted_on ?? none],
    [{ ja: '  求める措置', en: '  asked for' }, agency.asked_measure ?? none],
  ])
  out.say({
    ja: '  お願いの文例（cases ask で送付できます）:',
    en: '  What can be asked (send it with cases ask):',
  })
  for (const { id, basis, ...text } of agency.questions)
    for (const line of wrapText(
      `${id} [${textOf(out, BASIS, basis)}] ${text[out.lang]}`,
      WIDTH - 4,
    ))
      out.say(`    ${line}`)
}

function textOf(out: Output, table: Readonly<Record<string, Bilingual>>, id: string): string {
  const known = table[id]
  return known === undefined ? id : out.text(known)
}
