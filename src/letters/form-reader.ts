import type { ReferenceForm } from '../core/vocabulary.ts'
import type { Line, UnreadLine } from './clean-lines.ts'
import { readJapaneseDate } from './japanese-date.ts'
import { formOfLabel, isEnquiry, isFurniture, labelAt, splitShared, type Label } from './labels.ts'
import type { Piece } from './unwrap.ts'

/** Fields that a form has once. */
export type HeadField =
  | 'reference_no'
  | 'issued_on'
  | 'addressee_name'
  | 'sender_name'
  | 'contact_email'
  | 'handler_name'
  | 'checker_name'
  | 'request_text'
  | 'enquiry'

/** Fields that stand there once for each 対象情報. */
export type TargetField = 'url' | 'other_place' | 'content' | 'provisions' | 'class' | 'reasoning'

/** The lines of each field, still as they stand on the paper. */
export type Fields<F> = Map<F, Piece[]>

/** Where on the form the reader is. */
type Zone = 'head' | 'body' | 'table' | 'enquiry'

const HEAD_LABELS: ReadonlySet<Label> = new Set<Label>([
  'reference_no',
  'issued_on',
  'contact_email',
  'handler_name',
  'checker_name',
])
const TITLES: ReadonlySet<Label> = new Set<Label>(['title_1', 'title_2'])
/** These mean something only while the place is told. */
const OF_PLACE: ReadonlySet<Label> = new Set<Label>(['url', 'other_place'])
const ADDRESSED = /^(.*?)[\s　]*(?:御[\s　]*中|殿|様)$/u

/** Sorts the lines of one form into its fields. */
export class FormReader {
  readonly head: Fields<HeadField> = new Map()
  readonly targets: Fields<TargetField>[] = [new Map<TargetField, Piece[]>()]
  readonly unread: UnreadLine[] = []
  form: ReferenceForm | undefined
  #zone: Zone = 'head'
  #headField: HeadField | undefined
  #targetField: TargetField | undefined
  #isInPlace = false

  read(lines: readonly Line[]): this {
    const last = lines.at(-1)?.text === '以上' ? lines.length - 1 : lines.length
    for (let at = 0; at < last; at += 1) {
      const line = lines[at]
      const next = at + 1 < last ? lines[at + 1] : undefined
      if (line !== undefined && this.#readLine(line, next)) at += 1
    }
    return this
  }

  /** Whether a table of this form was found at all. */
  get hasTable(): boolean {
    return this.targets.some((target) => target.size > 0)
  }

  /** Gives back whether the next line was taken with this one. */
  #readLine(line: Line, next: Line | undefined): boolean {
    if (isFurniture(line.text)) return false
    const parts = this.#zone === 'enquiry' ? [line.text] : splitShared(line.text)
    let tookNext = false
    for (const [at, text] of parts.entries()) {
      const isLast = at === parts.length - 1
      const piece = { ...line, text, afterBlank: line.afterBlank && at === 0 }
      if (this.#readPart(piece, isLast ? next?.text : undefined)) tookNext = true
    }
    return tookNext
  }

  #readPart(piece: Piece, next: string | undefined): boolean {
    if (this.#zone === 'table' && isEnquiry(piece.text)) this.#zone = 'enquiry'
    const found = this.#zone === 'enquiry' ? undefined : labelAt(piece.text, next)
    if (found === undefined || !this.#means(found.label)) {
      this.#keep(piece)
      return false
    }
    this.#open(found.label)
    if (found.rest.trim() === '') return found.tookNext
    const rest = { ...piece, text: found.rest.trim(), afterBlank: false }
    return this.#readPart(rest, found.tookNext ? undefined : next) || found.tookNext
  }

  /** Whether a word of the form is one where the reader is. */
  #means(label: Label): boolean {
    if (HEAD_LABELS.has(label)) return this.#zone === 'head'
    if (TITLES.has(label)) return this.#zone !== 'table'
    if (label === 'place') return true
    if (OF_PLACE.has(label)) return this.#isInPlace
    return this.#zone === 'table'
  }

  #open(label: Label): void {
    this.form ??= formOfLabel(label)
    if (TITLES.has(label)) {
      this.#zone = 'body'
      this.#headField = 'request_text'
    } else if (HEAD_LABELS.has(label)) {
      this.#headField = label as HeadField
    } else this.#openInTable(label)
  }

  #openInTable(label: Label): void {
    this.#zone = 'table'
    if (label === 'place') {
      if ((this.targets.at(-1)?.size ?? 0) > 0) this.targets.push(new Map())
      this.#targetField = 'url'
    } else if (label === 'reasons') this.#targetField = undefined
    else this.#targetField = label as TargetField
    this.#isInPlace = label === 'place' || OF_PLACE.has(label)
  }

  #keep(piece: Piece): void {
    if (this.#zone === 'enquiry') add(this.head, 'enquiry', piece)
    else if (this.#zone === 'body') add(this.head, 'request_text', piece)
    else if (this.#zone === 'head') this.#keepInHead(piece)
    else if (this.#targetField === undefined) this.#leave(piece)
    else add(this.targets.at(-1) ?? new Map<TargetField, Piece[]>(), this.#targetField, piece)
  }

  #keepInHead(piece: Piece): void {
    const field = this.#headField
    this.#headField = undefined
    const awaits = (name: HeadField): boolean => field === name && !this.head.has(name)
    const date = readJapaneseDate(piece.text)
    const [, addressee] = ADDRESSED.exec(piece.text) ?? []
    if (!this.head.has('issued_on') && (date.ok || date.reason === 'impossible'))
      add(this.head, 'issued_on', piece)
    else if (addressee !== undefined && !this.head.has('addressee_name'))
      add(this.head, 'addressee_name', { ...piece, text: addressee })
    else if (field !== undefined && awaits(field)) add(this.head, field, piece)
    else if (this.head.has('addressee_name') && !this.head.has('sender_name'))
      add(this.head, 'sender_name', piece)
    else this.#leave(piece)
  }

  #leave({ no, text }: Piece): void {
    this.unread.push({ line: no, text, why: 'outside_form' })
  }
}

function add<F>(fields: Fields<F>, field: F, piece: Piece): void {
  const pieces = fields.get(field)
  if (pieces === undefined) fields.set(field, [piece])
  else pieces.push(piece)
}
