/** A line of a letter that says something, as far as its place tells how to read it. */
export interface Line {
  /** As an editor counts it. */
  readonly no: number
  /** Without spaces at either end. */
  readonly text: string
  /** How far it begins from the left, in characters of full width. */
  readonly indent: number
  /** A blank line stands before it. */
  readonly afterBlank: boolean
}

/** Why a line, or a part of one, stands in no field of a draft. */
export type UnreadReason =
  | 'page_number'
  | 'outside_form'
  | 'left_over'
  | 'date_impossible'
  | 'date_unreadable'
  | 'scheme_assumed'

/** Kept beside the draft, so that nothing of a letter is lost silently. */
export interface UnreadLine {
  readonly line: number
  readonly text: string
  readonly why: UnreadReason
}

export interface CleanText {
  readonly lines: readonly Line[]
  readonly unread: readonly UnreadLine[]
}

const QUOTED = /^(?:[ \t]*[>＞][ \t]?)+/u
const INVISIBLE = /[\u200b\u200c\u200d\u2060\ufeff\u00ad]/gu
const HALF_KANA = /[\uff61-\uff9f]+/gu
/** Wider than any page leaves free; every pattern here begins anew at each blank. */
const GAP = /\s{81,}/gu
const PAGE_NUMBER =
  /^(?:[-‐-―]\s*\d{1,3}\s*[-‐-―]|p(?:age|\.)?\s*\d{1,3}|\d{1,3}\s*\/\s*\d{1,3}(?:\s*(?:ページ|頁))?|\d{1,3}\s*(?:ページ|頁))$/iu

/**
 * The lines of a letter without what belongs to its transport: marks of quoting, invisible characters,
 * page breaks. A page number goes with the blank lines around it, since a sentence may go on behind it.
 */
export function cleanLines(text: string): CleanText {
  const lines: Line[] = []
  const unread: UnreadLine[] = []
  let isBlankBefore = false
  let isAfterPage = false
  for (const [at, raw] of text.split(/\r\n|[\r\n\f\u0085\u2028\u2029]/u).entries()) {
    const line = raw
      .replace(QUOTED, '')
      .replace(INVISIBLE, '')
      .replace(/\u00a0/gu, ' ')
    const shown = line.trim().replace(GAP, (gap) => gap.slice(0, 80))
    if (PAGE_NUMBER.test(shown.normalize('NFKC'))) {
      unread.push({ line: at + 1, text: shown, why: 'page_number' })
      isAfterPage = true
    } else if (shown === '') {
      isBlankBefore = true
    } else {
      const afterBlank = isBlankBefore && !isAfterPage
      lines.push({ no: at + 1, text: shown, indent: indentOf(line), afterBlank })
      isBlankBefore = false
      isAfterPage = false
    }
  }
  return { lines, unread }
}

function indentOf(line: string): number {
  const blank = /^\s*/u.exec(line)?.[0] ?? ''
  return Array.from(blank).reduce(
    (sum, each) => sum + (each === '　' ? 1 : each === '\t' ? 4 : 0.5),
    0,
  )
}

/** Half-width kana as it is read; for the words of a form, not for what a sender writes. */
export function widenKana(text: string): string {
  return text.replace(HALF_KANA, (kana) => kana.normalize('NFKC'))
}
