import { startOfDayInJapan } from '../core/time.ts'

/** What a date of a letter is: a day as on the wire, or why it is none. */
export type DateReading =
  | { readonly ok: true; readonly day: string }
  | { readonly ok: false; readonly reason: 'unreadable' | 'impossible' }

interface Era {
  readonly name: string
  readonly initial: string
  /** First and last day, both its own. */
  readonly first: string
  readonly last: string
}

const ERAS: readonly Era[] = [
  { name: '令和', initial: 'R', first: '2019-05-01', last: '9999-12-31' },
  { name: '平成', initial: 'H', first: '1989-01-08', last: '2019-04-30' },
  { name: '昭和', initial: 'S', first: '1926-12-25', last: '1989-01-07' },
]

const UNREADABLE: DateReading = { ok: false, reason: 'unreadable' }
const IMPOSSIBLE: DateReading = { ok: false, reason: 'impossible' }
const MONTH_AND_DAY = String.raw`(\d{1,2})[-/.月](\d{1,2})日?`
const WESTERN = new RegExp(String.raw`^(?:西暦)?(\d{4})[-/.年]${MONTH_AND_DAY}$`, 'u')
const IN_ERA = new RegExp(
  String.raw`^(令和|平成|昭和|[RHS])\.?(元|\d{1,2})[-/.年]${MONTH_AND_DAY}$`,
  'u',
)

/**
 * Reads a date as letters write it: 令和6年12月18日, 令和元年, R6.12.18, 2024年12月18日, 2024-12-18, in
 * any width and with kanji numerals. A day outside its era is impossible, as is one that no calendar has.
 */
export function readJapaneseDate(text: string): DateReading {
  const folded = fold(text)
  const western = WESTERN.exec(folded)
  if (western !== null) return dayOf(western.slice(1).map(Number))
  const [, name, year, ...monthAndDay] = IN_ERA.exec(folded) ?? []
  const era = ERAS.find((each) => each.name === name || each.initial === name)
  if (era === undefined) return UNREADABLE
  const inEra = year === '元' ? 1 : Number(year)
  const read = dayOf([firstYear(era) + inEra - 1, ...monthAndDay.map(Number)])
  return read.ok && (read.day < era.first || read.day > era.last) ? IMPOSSIBLE : read
}

/** The day as a letter prints it, in the era that it lies in: `令和8年10月14日`. */
export function formatJapaneseDate(day: string): string {
  const [year, month, date] = day.split('-').map(Number)
  const era = ERAS.find(({ first }) => day >= first)
  const inEra = era === undefined ? 100 : Number(year) - firstYear(era) + 1
  const shown =
    inEra > 99 ? day.slice(0, 4) : `${era?.name ?? ''}${inEra === 1 ? '元' : String(inEra)}`
  return `${shown}年${String(month)}月${String(date)}日`
}

const firstYear = ({ first }: Era): number => Number(first.slice(0, 4))

function dayOf([year, month, day]: readonly number[]): DateReading {
  const text = [String(year).padStart(4, '0'), two(month), two(day)].join('-')
  return startOfDayInJapan(text) === undefined ? IMPOSSIBLE : { ok: true, day: text }
}

const two = (number: number | undefined): string => String(number).padStart(2, '0')

/** One width, no spaces, no day of the week, digits for kanji numerals. */
function fold(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s\u200b\ufeff]/gu, '')
    .replace(/[‐-―−]/gu, '-')
    .replace(/\([日月火水木金土]\)|[日月火水木金土]曜日?$/u, '')
    .replace(/付け?$/u, '')
    .replace(/[〇一二三四五六七八九十]+/gu, kanjiNumber)
    .toUpperCase()
}

const KANJI_DIGITS = '〇一二三四五六七八九'

/** 十八 → 18, 二〇二六 → 2026. */
function kanjiNumber(text: string): string {
  const digits = (part: string): string =>
    Array.from(part, (each) => String(KANJI_DIGITS.indexOf(each))).join('')
  const [tens, ones, ...more] = text.split('十')
  if (ones === undefined || more.length > 0) return digits(text)
  return `${tens === '' ? '1' : digits(tens ?? '')}${ones === '' ? '0' : digits(ones)}`
}
