import type { Line } from './clean-lines.ts'

/** A part of a field: a line, or what of it stands behind a label. */
export type Piece = Line

const BULLET =
  /^(?:[・○●◯◎■□◆◇▼▽※]|[①-⑳]|[（(][0-9０-９ア-ンa-zａ-ｚ]{1,2}[)）]|[0-9０-９ア-ンａ-ｚ]{1,2}[)）．、]|[0-9０-９]{1,2}\.(?!\d)|[-–]\s)/u

/**
 * One text from the lines of a field. A line break stays where something new begins: behind a blank
 * line, at a bullet or number, at an indented line among lines that aren't; else the page was too narrow.
 */
export function unwrap(pieces: readonly Piece[]): string {
  const margin = Math.min(...pieces.slice(1).map(({ indent }) => indent))
  return pieces.reduce((text, piece, at) => {
    if (at === 0) return piece.text
    const isNew = piece.afterBlank || piece.indent > margin || BULLET.test(piece.text)
    return isNew ? `${text}\n${piece.text}` : glue(text, piece.text)
  }, '')
}

/** The same in one line, for fields that have only one. */
export function unwrapToLine(pieces: readonly Piece[]): string {
  return unwrap(pieces).replaceAll('\n', ' ')
}

/** Words of Latin script were apart before the page broke them; Japanese isn't. */
export function glue(before: string, after: string): string {
  const isLatin = /[A-Za-z,.;]$/u.test(before) && /^[A-Za-z]/u.test(after)
  return isLatin ? `${before} ${after}` : `${before}${after}`
}

const NUMBER = '[0-9０-９〇一二三四五六七八九十百]+'
/** A law by its name, or down to an article, paragraph or item. */
const COMPLETE = new RegExp(`(?:第${NUMBER}[条項号](?:の${NUMBER})*|[法令])$`, 'u')
const HAS_ARTICLE = new RegExp(`第${NUMBER}条`, 'u')
const WITHIN_ARTICLE = new RegExp(`^(?:第${NUMBER}[項号]|の${NUMBER}|[)）律])`, 'u')

/** Provisions, one for each: a line goes on where the one before it isn't complete. */
export function unwrapItems(pieces: readonly Piece[]): readonly string[] {
  const items: string[] = []
  for (const { text } of pieces) {
    const before = items.at(-1)
    const shown = text.replace(BULLET, '').trim()
    if (before !== undefined && !BULLET.test(text) && goesOn(before, shown))
      items[items.length - 1] = glue(before, shown)
    else items.push(shown)
  }
  return items.filter((item) => item !== '')
}

function goesOn(before: string, after: string): boolean {
  const opened = (before.match(/[(（]/gu) ?? []).length > (before.match(/[)）]/gu) ?? []).length
  if (opened || !COMPLETE.test(before) || WITHIN_ARTICLE.test(after)) return true
  return after.startsWith('第') && !HAS_ARTICLE.test(before)
}
