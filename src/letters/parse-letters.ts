import { cleanLines, type Line, type UnreadLine } from './clean-lines.ts'
import { FormReader, type Fields, type HeadField, type TargetField } from './form-reader.ts'
import { readJapaneseDate } from './japanese-date.ts'
import { labelAt } from './labels.ts'
import type { PaperForm } from './paper-form.ts'
import { readOwnLayout } from './read-own-layout.ts'
import { readAddresses, readDetails, shareFields, type Address } from './read-target.ts'
import { emailIn } from './refang.ts'
import { unwrap, unwrapItems, unwrapToLine, type Piece } from './unwrap.ts'

/** What a letter says about one 対象情報, and on which lines each member was read. */
export interface LetterDraft {
  readonly paper: PaperForm
  /** By JSON pointer into `paper`. */
  readonly readFrom: Readonly<Record<string, readonly number[]>>
}

/** Everything that stands in the text of one or more letters. */
export interface LettersReading {
  /** One for each target: one notice is about one. */
  readonly drafts: readonly LetterDraft[]
  readonly unread: readonly UnreadLine[]
}

/**
 * Reads the text of reference forms into drafts, for a person to confirm. Takes them as they come:
 * wrapped, quoted, numbered, with page numbers, in any width. Opens and follows nothing of what it reads.
 */
export function parseLetters(text: string): LettersReading {
  const { lines, unread } = cleanLines(text)
  const readers = formsIn(lines).map((form) => new FormReader().read(form))
  const left = [...unread, ...readers.flatMap((reader) => reader.unread)]
  const drafts = readers
    .filter((reader) => reader.hasTable)
    .flatMap((reader) => finish(reader, left))
  const own = readOwnLayout(text)
  const [first] = drafts
  if (own !== undefined)
    return { drafts: [{ paper: own, readFrom: first?.readFrom ?? {} }], unread: [] }
  for (const reader of readers)
    if (!reader.hasTable) for (const line of headOnly(reader)) left.push(line)
  return { drafts, unread: left.sort((a, b) => a.line - b.line) }
}

/** A form begins with its number; the first one with the text. */
function formsIn(lines: readonly Line[]): readonly (readonly Line[])[] {
  const forms: Line[][] = [[]]
  let hasTitle = false
  for (const line of lines) {
    const label = labelAt(line.text, undefined)?.label
    if (hasTitle && label === 'reference_no') {
      forms.push([])
      hasTitle = false
    }
    if (label === 'title_1' || label === 'title_2') hasTitle = true
    forms.at(-1)?.push(line)
  }
  return forms
}

/** A text without any table is no form: nothing of it is a draft. */
function headOnly({ head }: FormReader): readonly UnreadLine[] {
  return [...head.values()]
    .flat()
    .map(({ no, text }) => ({ line: no, text, why: 'outside_form' as const }))
}

type Members = Readonly<Record<string, unknown>>

function finish(reader: FormReader, unread: UnreadLine[]): readonly LetterDraft[] {
  const head = headMembers(reader.head, unread)
  const headLines = linesOf(reader.head)
  return shareFields(reader.targets).flatMap((target) => {
    const addresses = readAddresses(target.get('url') ?? [], unread)
    const details = readDetails(target.get('other_place') ?? [])
    const each: readonly Address[] = addresses.length === 0 ? [{}] : addresses
    const members = targetMembers(target)
    const numbered = new Map([...target].map(([name, pieces]) => [name, numbers(pieces)]))
    return each.map((address) => ({
      paper: present({
        ...(reader.form === undefined ? {} : { form: reader.form }),
        ...head,
        target: { ...details, ...address },
        ...members,
      }),
      readFrom: { ...headLines, ...targetLines(numbered, address) },
    }))
  })
}

function headMembers(head: Fields<HeadField>, unread: UnreadLine[]): Members {
  const line = (field: HeadField): string | undefined => optional(head.get(field), unwrapToLine)
  return {
    reference_no: line('reference_no'),
    issued_on: readDate(head.get('issued_on') ?? [], unread),
    addressee_name: line('addressee_name')?.replace(/^【(.*)】$/u, '$1'),
    sender_name: line('sender_name'),
    contact_email: readEmail(head.get('contact_email') ?? [], unread),
    handler_name: personName(line('handler_name')),
    checker_name: personName(line('checker_name')),
    request_text: optional(head.get('request_text'), unwrap),
    enquiry: optional(head.get('enquiry'), unwrap),
  }
}

function targetMembers(target: Fields<TargetField>): Members {
  const provisions = optional(exampleless(target.get('provisions')), unwrapItems)
  return {
    content_description: optional(exampleless(target.get('content')), unwrap),
    legal_provisions: provisions?.length === 0 ? undefined : provisions,
    guideline_category: optional(exampleless(target.get('class')), unwrapToLine),
    reasoning: optional(exampleless(target.get('reasoning')), unwrap),
  }
}

/** The printed forms show examples behind 「例)」. */
function exampleless(pieces: readonly Piece[] | undefined): readonly Piece[] | undefined {
  const [first, ...others] = pieces ?? []
  if (first === undefined) return undefined
  return [{ ...first, text: first.text.replace(/^例[)）]\s*/u, '') }, ...others]
}

function readDate(pieces: readonly Piece[], unread: UnreadLine[]): string | undefined {
  const [first] = pieces
  if (first === undefined) return undefined
  const read = readJapaneseDate(unwrapToLine(pieces))
  if (read.ok) return read.day
  const why = read.reason === 'impossible' ? 'date_impossible' : 'date_unreadable'
  unread.push({ line: first.no, text: first.text, why })
  return undefined
}

function readEmail(pieces: readonly Piece[], unread: UnreadLine[]): string | undefined {
  let email: string | undefined
  for (const { no, text } of pieces) {
    const found = emailIn(text)
    const isMore = email !== undefined && found.email !== undefined
    email ??= found.email
    const rest = isMore ? text : found.rest
    if (rest !== '') unread.push({ line: no, text: rest, why: 'left_over' })
  }
  return email
}

/** Without the mark of a seal. */
function personName(name: string | undefined): string | undefined {
  return name?.replace(/[\s　]+(?:印|㊞|[（(]印[)）])$/u, '')
}

function optional<R>(
  pieces: readonly Piece[] | undefined,
  read: (pieces: readonly Piece[]) => R,
): R | undefined {
  return pieces === undefined || pieces.length === 0 ? undefined : read(pieces)
}

function linesOf(fields: Fields<HeadField>): Readonly<Record<string, readonly number[]>> {
  return Object.fromEntries([...fields].map(([name, pieces]) => [`/${name}`, numbers(pieces)]))
}

const POINTERS: Readonly<Record<Exclude<TargetField, 'url'>, string>> = {
  other_place: '/target',
  content: '/content_description',
  provisions: '/legal_provisions',
  class: '/guideline_category',
  reasoning: '/reasoning',
}

function targetLines(
  numbered: ReadonlyMap<TargetField, readonly number[]>,
  address: Address,
): Readonly<Record<string, readonly number[]>> {
  const place = address.url === undefined ? '/target/locator' : '/target/url'
  return Object.fromEntries(
    [...numbered].map(([name, lines]) => [name === 'url' ? place : POINTERS[name], lines]),
  )
}

const numbers = (pieces: readonly Piece[]): readonly number[] => [
  ...new Set(pieces.map(({ no }) => no)),
]

function present(members: Members): PaperForm {
  const kept = Object.entries(members).filter(([, value]) => value !== undefined && value !== '')
  return Object.fromEntries(kept) as unknown as PaperForm
}
