import type { OutwardText } from '../core/message.ts'
import type { Output } from './output.ts'
import { wrapText } from './text-width.ts'
import { timeForPeople, word } from './words.ts'

const WIDTH = 92

/** A withdrawal or supplement, as far as it is printed. */
export interface MessageOnWire {
  readonly id: string
  readonly kind: string
  readonly received_at: string
  readonly document: {
    readonly text?: string
    readonly reason?: string
    readonly locators?: readonly string[]
  }
}

/** What the desk asked, as far as it is printed. */
export interface QuestionOnWire {
  readonly asked_at: string
  readonly text: OutwardText
  readonly state: string
}

/** What came after a notice: that it no longer counts, what its sender added, what it was asked. */
export function printMessages(
  out: Output,
  notice: {
    readonly state: string
    readonly messages: readonly MessageOnWire[]
    readonly questions: readonly QuestionOnWire[]
  },
): void {
  if (notice.state === 'superseded') out.say(`  [${word(out, notice.state)}]`)
  for (const { asked_at, text, state } of notice.questions) {
    const asked = text[out.lang] ?? text.ja ?? text.en ?? ''
    const head = out.text({ ja: '補足のお願い', en: 'asked' })
    paragraph(out, `${head} ${timeForPeople(out, asked_at)} [${word(out, state)}]: ${asked}`)
  }
  for (const { kind, received_at, document } of notice.messages) {
    const { text, reason, locators = [] } = document
    const said = [text ?? reason, ...locators].filter((each) => each !== undefined).join(' ')
    paragraph(out, `${word(out, kind)} ${timeForPeople(out, received_at)}: ${said || '—'}`)
  }
}

function paragraph(out: Output, text: string): void {
  for (const line of wrapText(text, WIDTH)) out.say(`  ${line}`)
}
