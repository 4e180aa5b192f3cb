import { readFileSync, writeFileSync } from 'node:fs'
import { LETTER_SOURCES } from '../../core/letter.ts'
import { DEFAULT_NO_VIEW_CATEGORIES } from '../../core/vocabulary-lookup.ts'
import { decodeText } from '../../letters/decode-text.ts'
import type { UnreadLine } from '../../letters/clean-lines.ts'
import { parseLetters } from '../../letters/parse-letters.ts'
import { refang } from '../../letters/refang.ts'
import type { Flags } from '../flags.ts'
import { readJsonFile } from '../read-json-file.ts'
import { SENDER_WORLD } from '../send-and-check.ts'
import { CommandFault, UsageError } from '../usage-error.ts'

/** A letter on its way to the desk; what nobody has said yet is `null`. */
export interface Draft {
  readonly command_id: string
  sender_id: string | null
  source: string | null
  source_note: string | null
  arrived_on: string | null
  confirm_duplicate: boolean
  notice: Record<string, unknown>
}

/** The drafts of one file, and what of it stands in none of them. */
export interface Drafts {
  readonly letters: readonly Draft[]
  /** By draft: on which lines each member was read. */
  readonly read_from: readonly Readonly<Record<string, readonly number[]>>[]
  readonly unread: readonly UnreadLine[]
}

/** Many letters; what is much longer is none. */
const MAX_BYTES = 256 * 1024
/** What the desk refuses a letter without. */
const NEEDED = ['sender_id', 'source', 'arrived_on'] as const
const NEEDED_OF_NOTICE = [
  'form',
  'category',
  'reference_no',
  'issued_on',
  'content_description',
  'reasoning',
] as const

export function emptyDraft(): Draft {
  return {
    command_id: SENDER_WORLD.random.id('evt'),
    sender_id: null,
    source: null,
    source_note: null,
    arrived_on: null,
    confirm_duplicate: false,
    notice: { form: null, category: null, target: {} },
  }
}

/** Reads the text of letters into drafts. */
export function draftsFromText(path: string): Drafts {
  const bytes = readFileSync(path)
  const text = bytes.length > MAX_BYTES ? undefined : decodeText(bytes)
  if (text === undefined)
    throw new CommandFault(
      'no_text',
      '文字だけのファイル（UTF-8、Shift_JIS、ISO-2022-JP、256 KiB 以内）を指定してください。',
      'Give a file of text alone (UTF-8, Shift_JIS or ISO-2022-JP, at most 256 KiB).',
    )
  const { drafts, unread } = parseLetters(text)
  if (drafts.length === 0)
    throw new CommandFault(
      'no_form_found',
      '参考書式の表（掲載されている場所 など）が見つかりません。--from を付けずに、項目ごとに入力してください。',
      'No table of a reference form was found in it. Type the letter in field by field, without --from.',
    )
  return {
    letters: drafts.map(({ paper }) => ({ ...emptyDraft(), notice: noticeOf({ ...paper }) })),
    read_from: drafts.map(({ readFrom }) => readFrom),
    unread,
  }
}

/** The two members that the paper doesn't have or may lack stand first, so that they are seen. */
function noticeOf(paper: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return { form: null, category: null, ...paper }
}

/** Reads drafts that a person has looked over. */
export function draftsFromFile(path: string): Drafts {
  const file = readJsonFile(path) as Partial<Drafts> | null
  const letters = Array.isArray(file?.letters) ? file.letters : undefined
  const isDraft = (each: unknown): boolean =>
    typeof each === 'object' && each !== null && 'notice' in each && 'command_id' in each
  if (letters === undefined || !letters.every(isDraft))
    throw new UsageError(
      '--out で書き出した下書きのファイルを指定してください。',
      'Give a file of drafts as --out writes it.',
    )
  // What strict parsing gives isn't to be written to; a draft is.
  return {
    letters: JSON.parse(JSON.stringify(letters)) as Draft[],
    read_from: file?.read_from ?? [],
    unread: file?.unread ?? [],
  }
}

/** Only its owner may read it: the words of letters are in it. */
export function writeDrafts(path: string, drafts: Drafts): void {
  writeFileSync(path, `${JSON.stringify(drafts, null, 2)}\n`, { flag: 'wx', mode: 0o600 })
}

/** What is given with the command holds for every draft that doesn't say otherwise. */
export function applyFlags(draft: Draft, flags: Flags): void {
  draft.sender_id = flags.text('sender') ?? draft.sender_id
  draft.source = flags.optionalOneOf('source', LETTER_SOURCES) ?? draft.source
  draft.source_note = flags.text('source-note') ?? draft.source_note
  draft.arrived_on = flags.text('arrived') ?? draft.arrived_on
  draft.confirm_duplicate = flags.is('duplicate') || draft.confirm_duplicate
  const category = flags.text('category')
  if (category !== undefined) draft.notice['category'] = category
}

/** Pointers of what is still to be said. */
export function missingOf(draft: Draft): readonly string[] {
  const isMissing = (value: unknown): boolean =>
    value === null || value === undefined || value === ''
  const target = (draft.notice['target'] ?? {}) as Readonly<Record<string, unknown>>
  return [
    ...NEEDED.filter((name) => (draft[name] ?? '') === '').map((name) => `/${name}`),
    ...NEEDED_OF_NOTICE.filter((name) => isMissing(draft.notice[name])).map(
      (name) => `/notice/${name}`,
    ),
    ...(isMissing(target['url']) && isMissing(target['locator']) ? ['/notice/target/url'] : []),
  ]
}

/** The document for the desk; a URL that somebody made harmless is as it was. */
export function documentOf(draft: Draft): Readonly<Record<string, unknown>> {
  const { source_note, confirm_duplicate, ...rest } = draft
  const target = { ...(draft.notice['target'] as Record<string, unknown>) }
  if (typeof target['url'] === 'string') target['url'] = refang(target['url'])
  const told: [string, unknown][] = Object.entries({ ...draft.notice, target })
  return {
    ...rest,
    ...(source_note === null ? {} : { source_note }),
    ...(confirm_duplicate ? { confirm_duplicate } : {}),
    notice: Object.fromEntries(told.filter(([, value]) => value !== null && value !== '')),
  }
}

/**
 * Whether the words of a letter may stand on a screen: only once a person has named a category, and it
 * is none whose very description is toxic (law 11).
 */
export function mayShow({ notice }: Draft): boolean {
  const { category } = notice
  return typeof category === 'string' && !DEFAULT_NO_VIEW_CATEGORIES.has(category)
}
