import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { NoticeDocument } from '../../src/generated/types.ts'
import { paperFormOf, type PaperForm } from '../../src/letters/paper-form.ts'
import { parseLetters } from '../../src/letters/parse-letters.ts'
import { renderForm } from '../../src/letters/render-form.ts'
import { closedFixtures, openFixtures } from '../support/fixtures.ts'

/** Notices of other forms are written on form 1, which cites a law as they may. */
const papers = [...openFixtures, ...closedFixtures].map(({ key, notice }) => {
  const paper = paperFormOf(notice as unknown as NoticeDocument)
  const form = paper.form === 'public_order' ? paper.form : 'illegal_information'
  return [key, { ...paper, form }] as const
})

/** The only paper in a text. */
function only(text: string): PaperForm {
  const { drafts, unread } = parseLetters(text)
  expect(unread).toEqual([])
  expect(drafts).toHaveLength(1)
  return drafts[0]!.paper
}

/** Without the spaces that a narrow page may take. */
const spaceless = (paper: PaperForm): unknown =>
  JSON.parse(JSON.stringify(paper).replace(/\s|\\n/gu, ''))

describe.each(papers)('%s', (_key, paper) => {
  const text = renderForm(paper)

  it('is read back as it was written, and written as it was read', () => {
    expect(only(text)).toEqual(paper)
    expect(renderForm(only(text))).toBe(text)
  })

  it.each([
    ['with CRLF and BOM', (each: string) => `\ufeff${each.replaceAll('\n', '\r\n')}`],
    ['quoted', (each: string) => each.replaceAll(/^/gmu, '> ')],
    ['indented', (each: string) => each.replaceAll(/^(?=.)/gmu, '    ')],
    ['with spaces at the ends', (each: string) => each.replaceAll(/$/gmu, ' 　')],
    ['with blank lines doubled', (each: string) => each.replaceAll('\n\n', '\n\n\n')],
  ])('is read the same %s', (_way, change) => {
    expect(only(change(text))).toEqual(paper)
  })

  it.each([20, 33, 38])('is read the same on a page of %i characters', (width) => {
    const title = text.indexOf('通知書兼')
    const narrow = text
      .slice(title)
      .split('\n')
      .flatMap((each) => each.match(new RegExp(`.{1,${String(width)}}`, 'gu')) ?? [''])
      .join('\n')
    const wrapped = `${text.slice(0, title)}${narrow}`
    expect(spaceless(only(wrapped))).toEqual(spaceless(paper))
  })

  it('is read the same with page numbers in between', () => {
    const paged = text.replace('掲載されている情報\n', '掲載されている情報\n\n- 1 -\n\n')
    const { drafts, unread } = parseLetters(paged)
    expect(drafts.map(({ paper: read }) => read)).toEqual([paper])
    expect(unread).toMatchObject([{ text: '- 1 -', why: 'page_number' }])
  })
})

const line = fc
  .string({ minLength: 1, maxLength: 40, unit: 'grapheme' })
  .filter((each) => !/[\u0000-\u001f\u007f]/u.test(each))
const odd = fc.constantFrom(
  '掲載されている場所',
  '掲載されている情報',
  '記',
  '',
  '　',
  ' 御中',
  '整理番号　1',
  '上記法令の構成要件に該当すると判断した理由',
  '※本通知に関する問い合わせは',
  '- 1 -',
  '> a',
  '違反する法令名等',
)
const text = fc
  .array(fc.oneof(line, odd), { minLength: 1, maxLength: 5 })
  .map((lines) => lines.join('\n'))
  .filter((each) => each !== '')
const day = fc
  .date({ min: new Date('1850-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((each) => each.toISOString().slice(0, 10))
const optional = <V>(value: fc.Arbitrary<V>): fc.Arbitrary<V | undefined> =>
  fc.option(value, { nil: undefined })
const defined = <O extends object>(object: O): O =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as O

const target = fc
  .record({
    url: fc.webUrl(),
    locator: optional(line),
    site_name: optional(line),
    position: optional(line),
    posted_on: optional(day),
    file_name: optional(line),
    other: optional(text),
  })
  .map(defined)
const common = {
  reference_no: line,
  issued_on: day,
  addressee_name: optional(line),
  sender_name: optional(line),
  contact_email: optional(fc.emailAddress()),
  handler_name: optional(line),
  checker_name: optional(line),
  request_text: optional(text),
  target,
  content_description: text,
  reasoning: text,
  enquiry: optional(text),
}
const anyPaper = fc
  .oneof(
    fc.record({
      form: fc.constant('illegal_information' as const),
      ...common,
      legal_provisions: fc.array(line, { minLength: 1, maxLength: 4 }),
    }),
    fc.record({
      form: fc.constant('public_order' as const),
      ...common,
      guideline_category: line,
    }),
  )
  .map((paper) => defined(paper) as PaperForm)

it('every notice is read back as it was written, whatever its words look like', () => {
  fc.assert(
    fc.property(anyPaper, (paper) => {
      expect(only(renderForm(paper))).toEqual(paper)
    }),
    { numRuns: 500 },
  )
})

it('no text makes the reader fail', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(text, odd)), (lines) => {
      const { drafts, unread } = parseLetters(lines.join('\n'))
      expect(drafts.length + unread.length).toBeGreaterThanOrEqual(0)
    }),
    { numRuns: 500 },
  )
})
