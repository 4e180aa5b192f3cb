import { describe, expect, test } from 'vitest'
import { ACTION_KINDS, type ActionKindRow } from '../../src/core/action-kind.ts'
import { isIllegalityGround } from '../../src/core/grounds.ts'
import { OUTWARD_REASONS } from '../../src/core/outward-reasons.ts'
import { OUTCOME_NATURE_SENTENCES } from '../../src/core/statements.ts'
import { startOfDayInJapan } from '../../src/core/time.ts'
import {
  AWARENESS_CAUSES,
  FORMS,
  INFLUENCE_KINDS,
  LEGAL_NATURES,
  OUTCOME_STATUSES,
} from '../../src/core/vocabulary.ts'
import {
  ACTION_KINDS as ACTION_KIND_ROWS,
  DECLINE_REASONS,
  FIXED_SENTENCES,
  GROUNDS,
  ILLEGAL_CATEGORIES,
  INFLUENCE_KINDS as INFLUENCE_ROWS,
  NATURES,
  OUTCOME_STATUSES as STATUS_ROWS,
  PUBLIC_ORDER_CATEGORIES,
  SENDER_TYPES,
  VOCABULARIES,
  type Criterion,
  type VocabularyRow,
} from '../../src/generated/vocabularies.ts'
import { RECEIPT_STATEMENT } from '../../src/signing/receipt.ts'

const lists = Object.entries(VOCABULARIES) as [string, readonly VocabularyRow[]][]
const ids = (rows: readonly VocabularyRow[]): string[] => rows.map((row) => row.id)

describe.each(lists)('%s', (_name, rows) => {
  test('has both labels, a source and sane days on every row', () => {
    expect(rows.length).toBeGreaterThan(0)
    for (const row of rows) {
      expect(row.id).toMatch(/^[a-z][a-z0-9_]{0,63}$/)
      for (const text of [row.label_ja, row.label_en, row.source]) expect(text).toMatch(/\S/)
      expect(row.label_en).not.toMatch(/[\u3040-\u30ff\u4e00-\u9fff]/)
      for (const day of [row.valid_from, row.valid_to])
        if (day !== null) expect(startOfDayInJapan(day), row.id).toBeTypeOf('number')
      if (row.valid_from !== null && row.valid_to !== null)
        expect(row.valid_from <= row.valid_to, row.id).toBe(true)
    }
  })

  test('has no two rows of one id that are valid on the same day', () => {
    for (const [index, row] of rows.entries())
      for (const other of rows.slice(index + 1).filter((each) => each.id === row.id))
        expect(
          (row.valid_to !== null && row.valid_to < (other.valid_from ?? '')) ||
            (other.valid_to !== null && other.valid_to < (row.valid_from ?? '')),
          row.id,
        ).toBe(true)
  })
})

describe('lists that the code closes', () => {
  test('measures, in the same order, with the same properties', () => {
    expect(
      ACTION_KIND_ROWS.map((row) => [
        row.id,
        {
          label: { ja: row.label_ja, en: row.label_en },
          scope: row.scope,
          visibility: row.visibility,
          transmissionPrevention: row.transmission_prevention,
          reversible: row.reversible,
        } satisfies ActionKindRow,
      ]),
    ).toEqual(Object.entries(ACTION_KINDS))
  })

  test('statuses, natures, kinds of influence', () => {
    expect(ids(STATUS_ROWS.filter((row) => row.outcome)).sort()).toEqual(
      [...OUTCOME_STATUSES].sort(),
    )
    expect(ids(NATURES)).toEqual([...LEGAL_NATURES])
    expect(ids(INFLUENCE_ROWS)).toEqual([...INFLUENCE_KINDS])
  })

  test('grounds that claim illegality', () => {
    for (const { id, illegality } of GROUNDS) {
      const ground = { kind: id, standard: 's', version: '1', clause: '1' }
      expect(isIllegalityGround(ground), id).toBe(illegality)
    }
  })

  test('reasons that go outward, and the sentences of the natures', () => {
    const rows = DECLINE_REASONS.filter((row) => row.outward).map((row) => [
      row.id,
      {
        label: { ja: row.label_ja, en: row.label_en },
        sentence: { ja: row.sentence_ja, en: row.sentence_en },
      },
    ])
    expect(Object.fromEntries(rows)).toEqual(OUTWARD_REASONS)
    for (const row of NATURES)
      expect({ ja: row.answer_ja ?? '', en: row.answer_en ?? '' }).toEqual(
        OUTCOME_NATURE_SENTENCES[row.id as keyof typeof OUTCOME_NATURE_SENTENCES],
      )
    const receipt = FIXED_SENTENCES.find((row) => row.id === 'receipt')
    expect({ ja: receipt?.text_ja, en: receipt?.text_en }).toEqual(RECEIPT_STATEMENT)
  })

  test('defaults and forms are words of these lists', () => {
    for (const type of SENDER_TYPES) {
      expect(LEGAL_NATURES).toContain(type.default_nature)
      expect(AWARENESS_CAUSES).toContain(type.default_awareness_cause)
    }
    for (const ground of GROUNDS) for (const form of ground.forms) expect(FORMS).toContain(form)
  })
})

describe('laws', () => {
  test('law 6: no ground of illegality on form 2, no provision in its categories', () => {
    expect(GROUNDS.find((row) => row.id === 'illegal_own_assessment')?.illegality).toBe(true)
    for (const ground of GROUNDS)
      if (ground.illegality) expect(ground.forms).not.toContain('public_order')
    for (const row of PUBLIC_ORDER_CATEGORIES) expect(row.law, row.id).toBeNull()
  })

  test('law 7: the state’s own bodies are guidance by default, hotlines voluntary', () => {
    const nature = (id: string) => SENDER_TYPES.find((row) => row.id === id)?.default_nature
    for (const id of [
      'hotline_state_commissioned',
      'hotline_private',
      'trusted_flagger',
      'fact_checker',
    ])
      expect(nature(id)).toBe('voluntary_request')
    for (const id of [
      'administrative_agency',
      'local_government',
      'police_national',
      'police_prefectural',
    ])
      expect(nature(id)).toBe('administrative_guidance')
  })

  test('law 20: no sentence calls an answer voluntary where the nature has none', () => {
    for (const row of NATURES)
      expect((row.answer_ja === null) === (row.answer_en === null)).toBe(true)
  })

  test('law 21: reasons that stay inside speak like unspecified', () => {
    const inside = DECLINE_REASONS.filter((row) => !row.outward)
    expect(ids(inside)).toEqual([
      'poster_dispute_pending',
      'guidance_contested',
      'authentication_failed',
    ])
    const neutral = DECLINE_REASONS.find((row) => row.id === 'unspecified')
    for (const row of inside)
      expect([row.sentence_ja, row.sentence_en]).toEqual([
        neutral?.sentence_ja,
        neutral?.sentence_en,
      ])
  })

  test('law 11: child categories are grave, not viewed, and described in no detail', () => {
    for (const row of [...ILLEGAL_CATEGORIES, ...PUBLIC_ORDER_CATEGORIES]) {
      const child = row.id.includes('child_pornography')
      expect([row.no_view, row.default_grave], row.id).toEqual([child, child])
      if (child) expect(JSON.stringify(row)).not.toMatch(/陰|裸|性器|外見|body|nude/)
    }
  })

  test('a provision stands only where its text was read', () => {
    for (const row of ILLEGAL_CATEGORIES) expect(row.law !== null, row.id).toBe(row.verified)
  })
})

function marks(items: readonly Criterion[]): Criterion[] {
  return items.flatMap((item) => [item, ...marks(item.items ?? [])])
}

describe('criteria', () => {
  test('say so where the source leaves text out', () => {
    for (const row of [...ILLEGAL_CATEGORIES, ...PUBLIC_ORDER_CATEGORIES]) {
      if (row.criteria === null) continue
      for (const item of marks(row.criteria.items)) {
        expect(item.text_ja, row.id).toMatch(/\S/)
        expect(item.text_en, row.id).toMatch(/\S/)
        if (item.text_ja === '（略）') expect(item.elided, row.id).toBe(true)
        if (item.elided === true) expect(row.criteria.elided, row.id).toBe(true)
      }
    }
  })

  test('a job ad shows six items', () => {
    const row = ILLEGAL_CATEGORIES.find((each) => each.id === 'crime_recruitment')
    expect(row?.criteria?.items.map((item) => item.text_ja)).toEqual([
      '氏名又は名称',
      '住所',
      '連絡先',
      '業務内容',
      '就業場所',
      '賃金',
    ])
  })
})
