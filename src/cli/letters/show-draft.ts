import { defangDeep } from '../../app/defang.ts'
import type { Bilingual } from '../../core/vocabulary.ts'
import type { Output } from '../output.ts'
import { wrapText } from '../text-width.ts'
import { mayShow, missingOf, type Draft, type Drafts } from './draft.ts'

const WIDTH = 92

/** Names of the fields as the forms print them. */
export const FIELD_NAMES: Readonly<Record<string, Bilingual>> = {
  form: { ja: '書式', en: 'form' },
  category: { ja: '情報の種類', en: 'category' },
  reference_no: { ja: '整理番号', en: 'reference no.' },
  issued_on: { ja: '年月日', en: 'date of issue' },
  addressee_name: { ja: '宛名', en: 'addressee' },
  sender_name: { ja: '通知元の記載', en: 'sender as written' },
  contact_email: { ja: '連絡先', en: 'contact' },
  handler_name: { ja: '担当者氏名', en: 'handler' },
  checker_name: { ja: '確認者氏名', en: 'checker' },
  request_text: { ja: '依頼文', en: 'request' },
  url: { ja: 'URL', en: 'URL' },
  locator: { ja: '所在（アプリ等）', en: 'locator (app)' },
  site_name: { ja: 'ウェブサイトの名称', en: 'site' },
  position: { ja: '書き込み場所', en: 'position' },
  posted_on: { ja: '掲載日', en: 'posted on' },
  file_name: { ja: 'ファイル名', en: 'file name' },
  other: { ja: 'その他', en: 'other' },
  content_description: { ja: '掲載されている情報', en: 'content' },
  legal_provisions: { ja: '違反する法令名等', en: 'provisions' },
  guideline_category: { ja: '分類の種類', en: 'class of the guideline' },
  suspected_category: { ja: '疑いのある違法情報の種類', en: 'suspected category' },
  reasoning: { ja: '判断理由', en: 'reasons' },
  enquiry: { ja: '問い合わせ先', en: 'enquiries' },
  sender_id: { ja: '通知元（登録）', en: 'sender (registered)' },
  source: { ja: '届いた方法', en: 'source' },
  arrived_on: { ja: '到達日', en: 'arrived on' },
}

/** Of these a screen shows the size alone while it mayn't show their words. */
const HARMLESS: ReadonlySet<string> = new Set([
  'form',
  'category',
  'reference_no',
  'issued_on',
  'addressee_name',
  'sender_name',
  'contact_email',
])

/** A draft, its URLs dead; the words of the sender only where they may stand on a screen. */
export function showDraft(out: Output, draft: Draft, at: number, count: number): void {
  out.say({ ja: `下書き ${at}/${count}`, en: `Draft ${at}/${count}` })
  const { target = {}, ...notice } = defangDeep(draft.notice) as Record<string, unknown>
  const isShown = mayShow(draft)
  const about = { sender_id: draft.sender_id, source: draft.source, arrived_on: draft.arrived_on }
  for (const [name, value] of Object.entries({ ...about, ...notice, ...(target as object) })) {
    const isPlain = isShown || HARMLESS.has(name) || name in about
    showField(out, name, isPlain ? plain(value) : sizeOf(out, value))
  }
  if (!isShown)
    out.say({
      ja: '（情報の種類を指定するまで、又は内容を表示しない種類では、通知元の文は表示しません。--out のファイルで確認してください。）',
      en: '(The words of the sender are not shown before a category is named, nor for one that no screen shows. Check them in the file of --out.)',
    })
  const missing = missingOf(draft)
  if (missing.length > 0)
    out.say({ ja: `未入力: ${missing.join(' ')}`, en: `Missing: ${missing.join(' ')}` })
}

/** Lines of the file that stand in no draft: where, why and, if it may be shown, what. */
export function showUnread(out: Output, { letters, unread }: Drafts): void {
  if (unread.length === 0) return
  const isShown = letters.every(mayShow)
  out.say({ ja: '読み取れなかった行:', en: 'Lines that were not read:' })
  for (const { line, why, text } of unread)
    out.say(`  ${line}  ${why}${isShown ? `  ${String(defangDeep(text))}` : ''}`)
}

/** The same for machines, under the same rule. */
export function draftForMachines(draft: Draft): object {
  const missing = missingOf(draft)
  if (mayShow(draft)) return { ...draft, missing }
  const told = Object.entries(draft.notice).filter(([name]) => HARMLESS.has(name))
  return { ...draft, notice: Object.fromEntries(told), hidden: true, missing }
}

function showField(out: Output, name: string, text: string): void {
  const title = FIELD_NAMES[name]
  const [first = '', ...more] = wrapText(text, WIDTH)
  out.say(`  ${title === undefined ? name : out.text(title)}: ${first}`)
  for (const line of more) out.say(`    ${line}`)
}

function plain(value: unknown): string {
  if (value === null || value === undefined || value === '') return '—'
  if (Array.isArray(value)) return value.map(plain).join(' / ')
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function sizeOf(out: Output, value: unknown): string {
  const { length } = plain(value)
  return out.text({ ja: `（${length}文字）`, en: `(${length} characters)` })
}
