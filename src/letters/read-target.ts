import type { UnreadLine } from './clean-lines.ts'
import type { Fields, TargetField } from './form-reader.ts'
import { readJapaneseDate } from './japanese-date.ts'
import { detailAt, splitDetails } from './labels.ts'
import type { PlaceDetail } from './layout.ts'
import { isBareUrl, isRestOfUrl, urlsIn } from './refang.ts'
import { unwrap, unwrapToLine, type Piece } from './unwrap.ts'

/** One address of 「掲載されている場所」; a field may list several. */
export interface Address {
  readonly url?: string
  readonly locator?: string
}

/** The addresses of a place: each URL by itself; a text without one is the locator of an app. */
export function readAddresses(pieces: readonly Piece[], unread: UnreadLine[]): readonly Address[] {
  const urls: string[] = []
  const others: Piece[] = []
  for (const piece of pieces) {
    const found = urlsIn(piece.text)
    const last = urls.at(-1)
    if (found.urls.length === 0 && last !== undefined && isRestOfUrl(piece.text))
      urls[urls.length - 1] = `${last}${piece.text}`
    else urls.push(...found.urls)
    if (found.urls.length === 0 && last === undefined) others.push(piece)
    else keepRest(piece, found, unread)
  }
  if (urls.length > 0) {
    others.forEach((other) => unread.push(leftOver(other)))
    return urls.map((url) => ({ url }))
  }
  const text = unwrapToLine(others)
  if (text === '') return []
  if (!isBareUrl(text)) return [{ locator: text }]
  unread.push({ line: others[0]?.no ?? 0, text, why: 'scheme_assumed' })
  return urlsIn(`https://${text}`).urls.map((url) => ({ url }))
}

const ONLY_NUMBERING = /^[\s()（）.．、,;；・○●①-⑳0-9０-９]*$/u

function keepRest(
  piece: Piece,
  { urls, rest }: ReturnType<typeof urlsIn>,
  unread: UnreadLine[],
): void {
  const isNothing = urls.length === 0 ? isRestOfUrl(piece.text) : ONLY_NUMBERING.test(rest)
  if (!isNothing) unread.push({ line: piece.no, text: rest, why: 'left_over' })
}

const leftOver = ({ no, text }: Piece): UnreadLine => ({ line: no, text, why: 'left_over' })

/** What the form prints in brackets behind 「その他情報の特定に必要な情報」. */
const HINT = /^[（(](?:ウェブサイト|掲示板)の名称、.*[)）]$/u

export type Details = Readonly<Partial<Record<PlaceDetail, string>>>

/** 「その他情報の特定に必要な情報」 by its parts; what bears no name of one is `other`. */
export function readDetails(pieces: readonly Piece[]): Details {
  const found = new Map<PlaceDetail, Piece[]>()
  let current: PlaceDetail = 'other'
  const parts = pieces
    .filter(({ text }) => !HINT.test(text))
    .flatMap((piece) => splitDetails(piece.text).map((text) => ({ ...piece, text })))
  for (const piece of parts) {
    const label = detailAt(piece.text)
    if (label !== undefined) current = label.label
    const text = label === undefined ? piece.text : label.rest.trim()
    if (text !== '') found.set(current, [...(found.get(current) ?? []), { ...piece, text }])
  }
  return withDate(new Map([...found].map(([name, each]) => [name, textOf(name, each)])))
}

function textOf(name: PlaceDetail, pieces: readonly Piece[]): string {
  return name === 'other' ? unwrap(pieces) : unwrapToLine(pieces)
}

/** A day that can't be read stays in words. */
function withDate(details: ReadonlyMap<PlaceDetail, string>): Details {
  const found = Object.fromEntries(details) as Partial<Record<PlaceDetail, string>>
  const { posted_on: shown, ...others } = found
  if (shown === undefined) return others
  const date = readJapaneseDate(shown)
  if (date.ok) return { ...others, posted_on: date.day }
  const kept = `日付：${shown}`
  return { ...others, other: others.other === undefined ? kept : `${others.other}\n${kept}` }
}

const FIELDS: readonly TargetField[] = [
  'url',
  'other_place',
  'content',
  'provisions',
  'class',
  'reasoning',
]

/**
 * Targets of a form that say something once for several of them: what one lacks it has from the next
 * one that has it, else from the one before. Its own place it never lacks.
 */
export function shareFields(targets: readonly Fields<TargetField>[]): Fields<TargetField>[] {
  return targets.map((target, at) => {
    const nearest = [...targets.slice(at + 1), ...targets.slice(0, at).reverse()]
    const shared = new Map(target)
    for (const field of FIELDS.slice(2)) {
      const from = nearest.find((other) => other.has(field))?.get(field)
      if (!shared.has(field) && from !== undefined) shared.set(field, from)
    }
    return shared
  })
}
