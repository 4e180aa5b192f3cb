import type { PeriodFigures } from '../core/statistics/figures.ts'
import type { Lang } from '../core/vocabulary.ts'
import { figureRows, type FigureRow } from './figure-rows.ts'
import { valueFor, wordFor } from './labels.ts'

const HEAD = [
  'from',
  'to',
  'log_size',
  'under',
  'unit',
  'by',
  'value',
  'merged_values',
  'column',
  'count',
  'under_label',
  'unit_label',
  'by_label',
  'value_label',
  'column_label',
] as const

/** The figures as CSV (RFC 4180): one number a row, with identifiers and with words of one language. */
export function statisticsCsv(figures: PeriodFigures, lang: Lang): string {
  const { from, to, size } = figures
  const lines = figureRows(figures).map((row) => [from, to, String(size), ...cellsOf(row, lang)])
  return [HEAD, ...lines].map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('')
}

function cellsOf(
  { under, unit, by, value, merged, column, count }: FigureRow,
  lang: Lang,
): string[] {
  return [
    under,
    unit,
    by ?? '',
    value ?? '',
    merged === 0 ? '' : String(merged),
    column.join('+'),
    count === null ? '' : String(count),
    wordFor(under, lang),
    wordFor(unit, lang),
    by === null ? '' : wordFor(by, lang),
    value === null ? '' : valueFor(by ?? '', value, lang),
    column.map((one) => wordFor(one, lang)).join('+'),
  ]
}

/** A cell that a spreadsheet would take for a formula is made text; controls don't belong into one. */
function quoted(cell: string): string {
  const plain = cell.replaceAll(/\p{C}/gu, '')
  const text = /^[=+\-@]/.test(plain) ? `'${plain}` : plain
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
