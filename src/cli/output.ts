import type { Bilingual, Lang } from '../core/vocabulary.ts'
import { padText, textWidth } from './text-width.ts'

/** A column of a table. */
export interface Column<Row> {
  readonly title: Bilingual | string
  readonly text: (row: Row) => string
}

/**
 * The command line's voice, and the only place that prints. For people: text in one language. With
 * `--json`: one JSON value a line on standard output, and nothing else there.
 */
export class Output {
  readonly lang: Lang
  readonly isJson: boolean

  constructor(options: { readonly lang: Lang; readonly isJson: boolean }) {
    this.lang = options.lang
    this.isJson = options.isJson
  }

  /** For people only. */
  say(text: Bilingual | string): void {
    if (!this.isJson) console.log(inert(this.text(text)))
  }

  /** For machines only: one line. */
  record(value: unknown): void {
    if (this.isJson) console.log(inert(JSON.stringify(value)))
  }

  /** The result of a command: as JSON, or as `draw` says it. */
  result(value: unknown, draw: () => void): void {
    if (this.isJson) console.log(inert(JSON.stringify(value)))
    else draw()
  }

  /** What goes into a file as it is; whoever made it kept controls of terminals out of it. */
  file(text: string): void {
    process.stdout.write(text)
  }

  /** Rows under titles, in columns that are even for Japanese, too. */
  table<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): void {
    const lines = [
      columns.map(({ title }) => this.text(title)),
      ...rows.map((row) => columns.map(({ text }) => text(row))),
    ]
    const widths = columns.map((_, at) =>
      Math.max(...lines.map((line) => textWidth(line[at] ?? ''))),
    )
    for (const line of lines)
      this.say(
        line
          .map((text, at) => padText(text, widths[at] ?? 0))
          .join('  ')
          .trimEnd(),
      )
  }

  /** Names with their values, one a line. */
  facts(pairs: readonly (readonly [name: Bilingual, value: string])[]): void {
    const width = Math.max(...pairs.map(([name]) => textWidth(this.text(name))))
    for (const [name, value] of pairs) this.say(`${padText(this.text(name), width)}  ${value}`)
  }

  text(text: Bilingual | string): string {
    return typeof text === 'string' ? text : text[this.lang]
  }
}

/** Controls of terminals, and marks that turn the direction of text: neither belongs to words of others. */
const COMMANDS =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** The text with what a terminal would obey written out, as JSON would escape it. */
function inert(text: string): string {
  return text.replaceAll(
    COMMANDS,
    (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** Whoever reads our output may stop early, as `head` does; that is no fault. */
export function allowClosedPipe(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
}

/** Prints on standard error. */
export function printError(text: string): void {
  console.error(inert(text))
}
