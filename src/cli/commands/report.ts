import { readStatistics } from '../../app/read-statistics.ts'
import type { LaneFigures, PeriodFigures, Table, Unit } from '../../core/statistics/figures.ts'
import { valueFor, wordFor } from '../../reports/labels.ts'
import { statisticsCsv } from '../../reports/statistics-csv.ts'
import type { Call, Command, ExitCode } from '../command.ts'
import { ACCESS_OPTIONS, onDesk } from '../desk-access.ts'
import type { Flags } from '../flags.ts'
import type { Output } from '../output.ts'
import { UsageError } from '../usage-error.ts'
import { timeForPeople } from '../words.ts'

/** 集計, for people, as JSON, or as CSV for whoever publishes it. */
export const REPORT: Command = {
  name: 'report',
  options: {
    from: {
      value: 'DAY',
      text: {
        ja: '到達日の最初の日（既定 年度の初日、4月1日）',
        en: 'First day of arrival (default: 1 April of the year of publication)',
      },
    },
    to: { value: 'DAY', text: { ja: '最後の日（既定 今日）', en: 'Last day (default today)' } },
    size: {
      value: 'N',
      text: {
        ja: '台帳のこの件数までの記載で数える（既定 すべて）',
        en: 'As the log was when it had N entries (default all)',
      },
    },
    csv: { text: { ja: 'CSV で出力する', en: 'Print CSV' } },
    ...ACCESS_OPTIONS,
  },
  summary: {
    ja: '期間の集計（5件未満はまとめて表示。割合なし）',
    en: 'Figures of a period (fewer than five are merged; no rates)',
  },
  run: report,
}

async function report(call: Call): Promise<ExitCode> {
  const { flags, out } = call
  const query = new URLSearchParams()
  const [from, to, size] = [dayOf(flags, 'from'), dayOf(flags, 'to'), sizeOf(flags)]
  for (const [name, value] of Object.entries({ from, to, size }))
    if (value !== undefined) query.set(name, String(value))
  const text = query.toString()
  const figures = (await onDesk(call, {
    devOperator: 'auditor',
    isForSystem: false,
    method: 'GET',
    path: text === '' ? '/v1/statistics' : `/v1/statistics?${text}`,
    run: (ctx, actor) =>
      readStatistics(ctx, actor, {
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
        ...(size === undefined ? {} : { size }),
      }),
  })) as PeriodFigures
  if (flags.is('csv')) {
    out.file(statisticsCsv(figures, out.lang))
    return 0
  }
  out.result(figures, () => {
    draw(out, figures)
  })
  return 0
}

function dayOf(flags: Flags, name: string): string | undefined {
  const text = flags.text(name)
  if (text === undefined || /^\d{4}-\d{2}-\d{2}$/.test(text)) return text
  throw new UsageError(
    `--${name} は 2026-11-22 のように書きます。`,
    `Write --${name} like 2026-11-22.`,
  )
}

function sizeOf(flags: Flags): number | undefined {
  return flags.text('size') === undefined ? undefined : flags.integer('size', 0, 9_999_999_999, 0)
}

function draw(out: Output, { from, to, size, through, lanes, requests }: PeriodFigures): void {
  out.say({
    ja: `${from} から ${to} までに到達した通知。台帳 ${size} 件目（${timeForPeople(out, through)}）まで。`,
    en: `Notices that arrived from ${from} to ${to}, up to entry ${size} of the log (${timeForPeople(out, through)}).`,
  })
  if (lanes.length === 0) out.say({ ja: '該当する通知はありません。', en: 'There were none.' })
  for (const figures of lanes) drawLane(out, figures)
  for (const { by, requests: unit } of requests) {
    out.say('')
    out.say(`■ ${wordFor('requests', out.lang)}: ${wordFor(by, out.lang)}`)
    drawUnit(out, 'requests', unit)
  }
}

function drawLane(out: Output, figures: LaneFigures): void {
  const { lane, notices, declines, measures, changed, objections, influence, postponed, times } =
    figures
  out.say('')
  out.say(`■ ${wordFor(lane, out.lang)}`)
  drawUnit(out, 'notices', notices)
  if (declines !== null) drawTable(out, declines)
  drawUnit(out, 'taken', measures)
  drawCount(out, 'changed', changed)
  drawUnit(out, 'objections', objections)
  drawUnit(out, 'influence', influence)
  drawCount(out, 'postponed', postponed)
  if (times.length === 0) return
  out.table<(typeof times)[number]>(
    [
      { title: wordFor('times', out.lang), text: ({ of }) => wordFor(of, out.lang) },
      { title: wordFor('count', out.lang), text: ({ count }) => String(count) },
      { title: wordFor('median', out.lang), text: ({ median }) => String(median) },
      { title: wordFor('p90', out.lang), text: ({ p90 }) => String(p90) },
    ],
    times,
  )
}

function drawCount(out: Output, name: string, count: number | null): void {
  out.say(`${wordFor(name, out.lang)}: ${count === null ? fewer(out) : String(count)}`)
}

function drawUnit(out: Output, name: string, unit: Unit | null): void {
  const total = unit === null ? fewer(out) : String(unit.total)
  out.say(`${wordFor(name, out.lang)}: ${total}`)
  if (unit === null || unit.total === 0) return
  for (const table of unit.tables) drawTable(out, table)
}

function fewer(out: Output): string {
  return out.text({ ja: '5件未満', en: 'fewer than five' })
}

interface Line {
  readonly title: string
  readonly counts: readonly number[]
}

function drawTable(out: Output, { by, columns, rows, merged }: Table): void {
  const { lang } = out
  const lines: Line[] = rows.map(({ value, counts }) => ({
    title: valueFor(by, value, lang),
    counts,
  }))
  if (merged !== null)
    lines.push({
      title: out.text({
        ja: `（${merged.values}種類の合計）`,
        en: `(${merged.values} values together)`,
      }),
      counts: merged.counts,
    })
  if (lines.length === 0) return
  out.table<Line>(
    [
      { title: `  ${wordFor(by, lang)}`, text: ({ title }) => `  ${title}` },
      ...columns.map((column, at) => ({
        title: column.map((one) => wordFor(one, lang)).join('+'),
        text: ({ counts }: Line) => String(counts[at] ?? 0),
      })),
    ],
    lines,
  )
}
