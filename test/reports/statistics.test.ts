import { describe, expect, it } from 'vitest'
import type { PeriodFigures, Unit } from '../../src/core/statistics/figures.ts'
import { MEASURE_COLUMNS, REQUEST_COLUMNS } from '../../src/core/statistics/tally.ts'
import { OBJECTION_COLUMNS } from '../../src/core/statistics/aside.ts'
import {
  MEASURE_DIMENSIONS,
  NOTICE_DIMENSIONS,
  RESULTS,
  SPANS,
} from '../../src/core/statistics/told.ts'
import {
  AWARENESS_CAUSES,
  DECISION_MODES,
  LANES,
  LEGAL_RESULTS,
} from '../../src/core/vocabulary.ts'
import { figureRows } from '../../src/reports/figure-rows.ts'
import { valueFor, wordFor } from '../../src/reports/labels.ts'
import { statisticsCsv } from '../../src/reports/statistics-csv.ts'

const UNIT: Unit = {
  total: 17,
  columns: [['open'], ['measures', 'no_measure']],
  counts: [5, 12],
  tables: [
    {
      by: 'sender_type',
      columns: [['open'], ['measures', 'no_measure']],
      rows: [{ value: 'hotline_private', counts: [0, 7] }],
      merged: { values: 2, counts: [5, 5] },
    },
    {
      by: 'provision_cited',
      columns: [['open'], ['measures', 'no_measure']],
      rows: [{ value: '=SUM("a"),\u202e法', counts: [5, 12] }],
      merged: null,
    },
  ],
}
const FIGURES: PeriodFigures = {
  from: '2026-04-01',
  to: '2027-03-31',
  size: 99,
  through: '2027-04-02T00:00:00.000Z',
  lanes: [
    {
      lane: 'voluntary_illegal',
      notices: UNIT,
      declines: {
        by: 'decline_reason',
        columns: [['no_measure']],
        rows: [{ value: 'cannot_verify', counts: [6] }],
        merged: null,
      },
      measures: null,
      changed: null,
      objections: null,
      influence: null,
      postponed: 0,
      times: [{ of: 'decide', count: 12, median: 3_600, p90: 7_200 }],
    },
  ],
  requests: [{ by: 'public_body', requests: null }],
}

describe('a report as CSV', () => {
  const lines = statisticsCsv(FIGURES, 'ja').split('\r\n')

  it('has one number a row, with identifiers and words', () => {
    expect(lines[0]).toBe(
      'from,to,log_size,under,unit,by,value,merged_values,column,count,under_label,unit_label,by_label,value_label,column_label',
    )
    expect(lines).toHaveLength(figureRows(FIGURES).length + 2)
    expect(lines).toContain(
      '2026-04-01,2027-03-31,99,voluntary_illegal,notices,sender_type,hotline_private,,measures+no_measure,7,違法情報（任意）,通知,通知元の類型,民間ホットライン,措置あり+措置なし',
    )
    expect(lines).toContain(
      '2026-04-01,2027-03-31,99,voluntary_illegal,notices,sender_type,,2,open,5,違法情報（任意）,通知,通知元の類型,,検討中',
    )
  })

  it('leaves a number out that is below five', () => {
    for (const [under, unit] of [
      ['voluntary_illegal', 'taken'],
      ['voluntary_illegal', 'changed'],
      ['voluntary_illegal', 'objections'],
      ['public_body', 'requests'],
    ])
      expect(lines.filter((line) => line.includes(`,${under},${unit},,,,count,,`))).toHaveLength(1)
  })

  it('takes no words of a sender for a formula, a cell or a command', () => {
    const [line] = lines.filter((each) => each.includes('SUM'))
    expect(line).toContain(`,"'=SUM(""a""),法",`)
    expect(lines.join()).not.toContain('\u202e')
  })
})

it('every word of the figures is said in both languages, neutrally', () => {
  const ids = [
    ...LANES,
    ...RESULTS,
    ...SPANS,
    ...NOTICE_DIMENSIONS,
    ...MEASURE_DIMENSIONS,
    ...MEASURE_COLUMNS,
    ...REQUEST_COLUMNS,
    ...OBJECTION_COLUMNS,
    ...LEGAL_RESULTS,
    ...DECISION_MODES,
    ...AWARENESS_CAUSES,
    ...figureRows(FIGURES).flatMap(({ under, unit, by, column }) => [
      under,
      unit,
      by ?? 'none',
      ...column,
    ]),
  ]
  for (const id of ids) {
    expect(wordFor(id, 'ja'), id).toMatch(/[\u3040-\u30ff\u4e00-\u9fff]/)
    expect(wordFor(id, 'en'), id).toMatch(/^[A-Za-z0-9(]/)
    expect(wordFor(id, 'ja'), id).not.toMatch(
      /期限|遵守|義務|命令|処分|却下|拒否|拒絶|未対応|放置|無視|応諾|対応率|対応しない/,
    )
  }
})

it('values are said in the words of their lists, and what no list knows as it is', () => {
  expect(valueFor('category', 'crime_recruitment', 'ja')).not.toBe('crime_recruitment')
  expect(valueFor('category', 'of_a_platform', 'ja')).toBe('of_a_platform')
  expect(valueFor('kind', 'remove', 'en')).toBe('Removal')
  expect(valueFor('kind', 'none', 'ja')).toBe('（なし）')
  expect(valueFor('sender_type', 'police_national', 'ja')).toBe('警察庁')
  expect(valueFor('decline_reason', 'restored', 'en')).toBe('restored')
  expect(valueFor('commission', '警察庁', 'en')).toBe('警察庁')
})
