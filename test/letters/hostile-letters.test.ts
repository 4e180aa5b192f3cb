import { expect, it } from 'vitest'
import { parseLetters } from '../../src/letters/parse-letters.ts'

/** A letter of form 1, with one field of somebody's choice. */
function letter(field: {
  head?: string
  url?: string
  place?: string
  content?: string
  law?: string
}): string {
  return [
    '整理番号　A-1',
    '令和8年9月1日',
    '株式会社窓口 御中',
    field.head ?? '',
    '違法情報に関する送信防止措置等依頼書',
    '掲載されている場所',
    `URL：${field.url ?? 'https://sns.example/posts/1'}`,
    'その他情報の特定に必要な情報',
    field.place ?? 'なし',
    '掲載されている情報',
    field.content ?? '内容',
    '違反する法令名等',
    field.law ?? '覚醒剤取締法第41条',
    '',
  ].join('\n')
}

const SIZE = 60_000
const many = (text: string): string => text.repeat(SIZE / text.length)

it.each([
  ['an address that never comes to its @', { head: `連絡先：${many('a')}` }],
  ['an address without an end', { head: `連絡先：a@${many('a')}` }],
  ['marks behind an address', { head: `連絡先：${many('、')}x` }],
  ['blanks before the mark of a seal', { head: `担当者：あ${many(' ')}い` }],
  ['blanks in a line that addresses nobody', { head: `あ${many(' ')}い` }],
  ['blanks within a word of the form', { head: `整${many('　')}理` }],
  ['marks behind a URL', { url: `https://sns.example/${many('。')}x` }],
  ['marks between details', { place: `${many('、')}x` }],
  ['many URLs', { url: many('https://a.example/\n') }],
  ['a bracket that is never closed', { law: `${many('（')}\n${many('あ\n')}` }],
  ['many lines', { content: many('a\n') }],
])(
  'reads a letter in the time that its length takes: %s',
  (_what, field) => {
    const startedAt = performance.now()
    expect(parseLetters(letter(field)).drafts.length).toBeGreaterThan(0)
    expect(performance.now() - startedAt).toBeLessThan(8_000)
  },
  60_000,
)

it('a letter of nothing but lines is no reason to fall over', () => {
  const text = letter({ content: 'a\n'.repeat(200_000) })
  expect(parseLetters(text).drafts[0]?.paper.content_description).toHaveLength(399_999)
  expect(parseLetters('あ\n'.repeat(200_000)).drafts).toEqual([])
}, 60_000)
