import fc from 'fast-check'
import { expect, it } from 'vitest'
import { formatJapaneseDate, readJapaneseDate } from '../../src/letters/japanese-date.ts'

it.each([
  ['令和6年12月18日', '2024-12-18'],
  ['令和６年 12月 18日', '2024-12-18'],
  ['令和元年5月1日', '2019-05-01'],
  ['令和六年十二月十八日', '2024-12-18'],
  ['令和十年二月二十日', '2028-02-20'],
  ['二〇二六年十一月二日（月）', '2026-11-02'],
  ['R6.12.18', '2024-12-18'],
  ['r6/12/18', '2024-12-18'],
  ['Ｒ６．１２．１８', '2024-12-18'],
  ['㋿6年12月18日', '2024-12-18'],
  ['平成31年4月30日', '2019-04-30'],
  ['H1.1.8', '1989-01-08'],
  ['昭和64年1月7日', '1989-01-07'],
  ['S1.12.25', '1926-12-25'],
  ['2024年12月18日付け', '2024-12-18'],
  ['西暦2024年12月18日水曜日', '2024-12-18'],
  ['2024-12-18', '2024-12-18'],
  ['２０２４／１２／８', '2024-12-08'],
])('%s is %s', (text, day) => {
  expect(readJapaneseDate(text)).toEqual({ ok: true, day })
})

it.each([
  ['平成31年5月1日', 'impossible'],
  ['昭和64年1月8日', 'impossible'],
  ['令和元年4月30日', 'impossible'],
  ['令和0年1月1日', 'impossible'],
  ['令和6年2月30日', 'impossible'],
  ['2026-02-29', 'impossible'],
  ['2026年13月1日', 'impossible'],
  ['明治33年1月1日', 'unreadable'],
  ['昨日', 'unreadable'],
  ['12月18日', 'unreadable'],
  ['', 'unreadable'],
])('%s is %s', (text, reason) => {
  expect(readJapaneseDate(text)).toEqual({ ok: false, reason })
})

it('a day that is written as letters do is read back', () => {
  const days = fc.date({
    min: new Date('0001-01-01'),
    max: new Date('9999-12-31'),
    noInvalidDate: true,
  })
  fc.assert(
    fc.property(days, (at) => {
      const day = at.toISOString().slice(0, 10)
      expect(readJapaneseDate(formatJapaneseDate(day))).toEqual({ ok: true, day })
    }),
  )
  expect(formatJapaneseDate('2019-05-01')).toBe('令和元年5月1日')
  expect(formatJapaneseDate('2019-04-30')).toBe('平成31年4月30日')
  expect(formatJapaneseDate('1926-12-24')).toBe('1926年12月24日')
})
