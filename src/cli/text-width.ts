/** Characters that a terminal draws two columns wide: East Asian Wide and Fullwidth (UAX #11). */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u
const NO_WIDTH = /\p{M}|\p{Cf}|\p{Cc}/u

/** Columns that a text takes in a terminal; a full-width character takes two. */
export function textWidth(text: string): number {
  let width = 0
  for (const letter of text) {
    if (NO_WIDTH.test(letter)) continue
    width += WIDE.test(letter) ? 2 : 1
  }
  return width
}

/** The text with blanks behind it up to a width in columns. */
export function padText(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - textWidth(text)))
}

/** Lines of at most `width` columns: broken at blanks, and between full-width characters. */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const piece of piecesOf(text)) {
    if (line !== '' && textWidth(line) + textWidth(piece.trimEnd()) > width) {
      lines.push(line.trimEnd())
      line = ''
    }
    line += line === '' ? piece.trimStart() : piece
  }
  if (line.trimEnd() !== '') lines.push(line.trimEnd())
  return lines
}

/** What a line must not begin with, so it stays with what stands before it (JIS X 4051). */
const NOT_FIRST = /^[、。，．）」』】〉》・：；？！ー%)\],.:;?!]/u

function piecesOf(text: string): string[] {
  const pieces: string[] = []
  let previousIsWide = true
  for (const letter of text) {
    const isWide = WIDE.test(letter)
    const last = pieces.length - 1
    const before = pieces[last]
    const joins =
      before !== undefined &&
      (NOT_FIRST.test(letter) ||
        /[「（『【〈《(]$/u.test(before) ||
        (!isWide && !previousIsWide && !before.endsWith(' ')) ||
        letter === ' ')
    if (joins) pieces[last] = before + letter
    else pieces.push(letter)
    previousIsWide = isWide
  }
  return pieces
}
