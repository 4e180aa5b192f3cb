import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { LETTER_SOURCES } from '../../core/letter.ts'
import { OPEN_FORMS, type Lang } from '../../core/vocabulary.ts'
import {
  ILLEGAL_CATEGORIES,
  PUBLIC_ORDER_CATEGORIES,
  type VocabularyRow,
} from '../../generated/vocabularies.ts'
import { readJapaneseDate } from '../../letters/japanese-date.ts'
import { UsageError } from '../usage-error.ts'
import type { Draft } from './draft.ts'
import { FIELD_NAMES } from './show-draft.ts'

/** Asks a person, line by line. */
export class Asker {
  readonly #lines: AsyncIterator<string>
  readonly #close: () => void
  readonly #output: Writable
  readonly lang: Lang

  constructor(input: Readable, output: Writable, lang: Lang) {
    const reader = createInterface({ input, crlfDelay: Infinity })
    this.#lines = reader[Symbol.asyncIterator]()
    this.#close = () => {
      reader.close()
    }
    this.#output = output
    this.lang = lang
  }

  close(): void {
    this.#close()
  }

  say(ja: string, en: string): void {
    this.#output.write(`${this.lang === 'ja' ? ja : en}\n`)
  }

  /** @throws UsageError where the input ends. */
  async line(prompt: string): Promise<string> {
    this.#output.write(`${prompt}: `)
    const next = await this.#lines.next()
    if (next.done === true)
      throw new UsageError('入力が途中で終わりました。', 'The input ended before it was complete.')
    return next.value.trim()
  }

  /** Asks again until the answer fits. */
  async until(prompt: string, fits: (answer: string) => boolean): Promise<string> {
    for (;;) {
      const answer = await this.line(prompt)
      if (fits(answer)) return answer
      this.say('もう一度入力してください。', 'Once more, please.')
    }
  }

  /** Lines up to an empty one. */
  async text(prompt: string): Promise<string> {
    const lines: string[] = []
    for (let line = await this.line(prompt); line !== ''; line = await this.line('…'))
      lines.push(line)
    return lines.join('\n')
  }

  async yes(prompt: string): Promise<boolean> {
    return /^(y|yes|はい)$/i.test(await this.line(`${prompt} [y/N]`))
  }
}

const name = (asker: Asker, field: string): string => FIELD_NAMES[field]?.[asker.lang] ?? field
const isDate = (text: string): boolean => readJapaneseDate(text).ok

/** Whence the letter is, and the kind of information, which no paper says. */
export async function askWhatPaperLacks(asker: Asker, draft: Draft): Promise<void> {
  const { notice } = draft
  draft.sender_id ??= await asker.until(name(asker, 'sender_id'), (each) => each !== '')
  draft.source ??= await asker.until(
    `${name(asker, 'source')} (${LETTER_SOURCES.join(', ')})`,
    (each) => LETTER_SOURCES.some((source) => source === each),
  )
  draft.arrived_on ??= await asker.until(name(asker, 'arrived_on'), isDate)
  notice['form'] ??= await asker.until(
    `${name(asker, 'form')} (${OPEN_FORMS.join(', ')})`,
    (each) => OPEN_FORMS.some((form) => form === each),
  )
  if (notice['category'] === null) {
    const rows: readonly VocabularyRow[] =
      notice['form'] === 'public_order' ? PUBLIC_ORDER_CATEGORIES : ILLEGAL_CATEGORIES
    for (const row of rows)
      asker.say(`  ${row.id}  ${row.label_ja}`, `  ${row.id}  ${row.label_en}`)
    notice['category'] = await asker.until(name(asker, 'category'), (each) =>
      /^[a-z][a-z0-9_]{0,63}$/.test(each),
    )
  }
}

const LINES_BEFORE = [
  'addressee_name',
  'sender_name',
  'contact_email',
  'handler_name',
  'checker_name',
]
const PLACE = ['url', 'locator', 'site_name', 'position', 'posted_on', 'file_name', 'other']

/** Every field of a paper that nothing was read from; an empty line leaves one out. */
export async function askWholeForm(asker: Asker, draft: Draft): Promise<void> {
  const { notice } = draft
  const target: Record<string, unknown> = {}
  notice['target'] = target
  asker.say('空行は「記載なし」です。', 'An empty line leaves a field out.')
  notice['reference_no'] = await asker.until(name(asker, 'reference_no'), (each) => each !== '')
  notice['issued_on'] = await asker.until(name(asker, 'issued_on'), isDate)
  for (const field of LINES_BEFORE) keep(notice, field, await asker.line(name(asker, field)))
  await askText(asker, notice, 'request_text')
  for (const field of PLACE)
    if (field !== 'locator' || target['url'] === undefined)
      keep(target, field, await asker.line(name(asker, field)))
  await askText(asker, notice, 'content_description')
  await askText(asker, notice, 'legal_provisions', (text) => text.split('\n'))
  if (notice['form'] === 'public_order')
    keep(notice, 'guideline_category', await asker.line(name(asker, 'guideline_category')))
  await askText(asker, notice, 'reasoning')
  await askText(asker, notice, 'enquiry')
}

async function askText(
  asker: Asker,
  into: Record<string, unknown>,
  field: string,
  read: (text: string) => unknown = (text) => text,
): Promise<void> {
  const hint = asker.lang === 'ja' ? '（空行で終わり）' : ' (end with an empty line)'
  const text = await asker.text(`${name(asker, field)}${hint}`)
  if (text !== '') into[field] = read(text)
}

function keep(into: Record<string, unknown>, field: string, value: string): void {
  if (value !== '') into[field] = value
}
