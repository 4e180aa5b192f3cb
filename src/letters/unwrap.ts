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
  const margin = pieces.slice(1).reduce((least, { indent }) => Math.min(least, indent), Infinity)
  const parts = pieces.map((piece, at) => {
    if (at === 0) return piece.text
    const isNew = piece.afterBlank || piece.indent > margin || BULLET.test(piece.text)
    return `${isNew ? '\n' : between(pieces[at - 1]?.text ?? '', piece.text)}${piece.text}`
  })
  return parts.join('')
}

/** The same in one line, for fields that have only one. */
export function unwrapToLine(pieces: readonly Piece[]): string {
  return unwrap(pieces).replaceAll('\n', ' ')
}

/** Words of Latin script were apart before the page broke them; Japanese isn't. */
function between(before: string, after: string): '' | ' ' {
  return /[A-Za-z,.;]/u.test(before.slice(-1)) && /^[A-Za-z]/u.test(after) ? ' ' : ''
}

const NUMBER = '[0-9０-９〇一二三四五六七八九十百]+'
/** A law by its name, or down to an article, paragraph or item. */
const COMPLETE = new RegExp(`(?:第${NUMBER}[条項号](?:の${NUMBER})*|[法令])$`, 'u')
const HAS_ARTICLE = new RegExp(`第${NUMBER}条`, 'u')
const WITHIN_ARTICLE = new RegExp(`^(?:第${NUMBER}[項号]|の${NUMBER}|[)）律])`, 'u')

/** As long as a provision may be: whether it is complete shows in so much of its end. */
const MAX_ITEM = 300

/** Provisions, one for each: a line goes on where the one before it isn't complete. */
export function unwrapItems(pieces: readonly Piece[]): readonly string[] {
  const items: string[][] = []
  let before = ''
  for (const { text } of pieces) {
    const item = items.at(-1)
    const shown = text.replace(BULLET, '').trim()
    if (item !== undefined && !BULLET.test(text) && goesOn(before, shown)) {
      const more = `${between(before, shown)}${shown}`
      item.push(more)
      before = `${before}${more}`.slice(-MAX_ITEM)
    } else {
      items.push([shown])
      before = shown.slice(-MAX_ITEM)
    }
  }
  return items.map((parts) => parts.join('')).filter((item) => item !== '')
}

function goesOn(before: string, after: string): boolean {
  const opened = (before.match(/[(（]/gu) ?? []).length > (before.match(/[)）]/gu) ?? []).length
  if (opened || !COMPLETE.test(before) || WITHIN_ARTICLE.test(after)) return true
  return after.startsWith('第') && !HAS_ARTICLE.test(before)
}
