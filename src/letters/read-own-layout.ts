import { readJapaneseDate } from './japanese-date.ts'
import {
  ADDRESSED_TO,
  CHECKER,
  CONTACT,
  CONTENT,
  FORM_WORDS,
  HANDLER,
  INDENT,
  PLACE,
  PLACE_DETAIL_NAMES,
  PLACE_DETAILS,
  REFERENCE_NO,
  URL_LABEL,
} from './layout.ts'
import type { PaperForm } from './paper-form.ts'
import { renderForm } from './render-form.ts'
import { REFERENCE_FORMS } from '../core/vocabulary.ts'

/** Where the head has what, by lines. */
const HEAD = { reference: 0, date: 1, addressee: 3, sender: 5, contact: 6, handler: 7, checker: 8 }
const TITLE = 10
const REQUEST = 12

type Found = Readonly<Record<string, unknown>>

/**
 * The exact inverse of {@link renderForm}: `undefined` for every text that it doesn't write. So a text
 * in our own layout keeps each line break and space, whatever its words look like.
 */
export function readOwnLayout(text: string): PaperForm | undefined {
  const lines = text.split('\n').slice(0, -1)
  const form = REFERENCE_FORMS.find((each) => FORM_WORDS[each].title === lines[TITLE])
  if (form === undefined) return undefined
  const words = FORM_WORDS[form]
  const at = (label: string, from: number): number => {
    const found = lines.indexOf(label, from)
    return found < 0 ? lines.length : found
  }
  const place = at(PLACE, REQUEST)
  const content = at(CONTENT, place)
  const reasons = at(words.reasons, content)
  const reasoning = at(words.reasoning, reasons)
  const end = at('', reasoning)
  const law = at(FORM_WORDS.illegal_information.basis, reasons)
  const isMixed = form === 'public_order' && law < reasoning
  const basis = indented(lines.slice(reasons + 2, isMixed ? law : reasoning))
  const cited = indented(lines.slice(law + 1, reasoning))
  const read = present({
    form,
    ...headOf(lines),
    request_text: joined(indented(lines.slice(REQUEST, at('', REQUEST)))),
    target: targetOf(lines.slice(place + 1, content)),
    content_description: joined(indented(lines.slice(content + 1, reasons))),
    legal_provisions: cited.length === 0 ? undefined : cited,
    guideline_category: form === 'public_order' ? joined(basis) : undefined,
    reasoning: joined(indented(lines.slice(reasoning + 1, end))),
    enquiry: joined(lines.slice(end + 1)),
  }) as unknown as PaperForm
  return renderForm(read) === text ? read : undefined
}

function headOf(lines: readonly string[]): Found {
  const line = (at: number): string => lines[at] ?? ''
  const sender = line(HEAD.sender)
  return {
    reference_no: after(line(HEAD.reference), `${REFERENCE_NO}${INDENT}`),
    issued_on: dayOf(line(HEAD.date)),
    addressee_name: before(line(HEAD.addressee), ` ${ADDRESSED_TO}`),
    sender_name: sender === '' ? undefined : sender,
    contact_email: after(line(HEAD.contact), `${CONTACT}${INDENT}`),
    handler_name: after(line(HEAD.handler), `${HANDLER}${INDENT}`),
    checker_name: after(line(HEAD.checker), `${CHECKER}${INDENT}`),
  }
}

function targetOf([url = '', , ...details]: readonly string[]): Found {
  const found: Record<string, string | undefined> = { url: after(url, URL_LABEL) }
  if (found['url'] === '') delete found['url']
  let last: string | undefined
  for (const line of details) {
    const name = PLACE_DETAIL_NAMES.find((each) =>
      line.startsWith(`${INDENT}${PLACE_DETAILS[each]}`),
    )
    if (name !== undefined) {
      const value = line.slice(`${INDENT}${PLACE_DETAILS[name]}`.length)
      found[name] = name === 'posted_on' ? dayOf(value) : value
      last = name
    } else if (last !== undefined) {
      found[last] = `${found[last] ?? ''}\n${line.slice(2 * INDENT.length)}`
    }
  }
  return present(found)
}

function after(line: string, label: string): string | undefined {
  return line.startsWith(label) ? line.slice(label.length) : undefined
}

function before(line: string, label: string): string | undefined {
  return line.endsWith(label) ? line.slice(0, -label.length) : undefined
}

function dayOf(text: string): string | undefined {
  const read = readJapaneseDate(text)
  return read.ok ? read.day : undefined
}

const indented = (lines: readonly string[]): readonly string[] =>
  lines.map((line) => line.slice(INDENT.length))

const joined = (lines: readonly string[]): string | undefined =>
  lines.length === 0 ? undefined : lines.join('\n')

function present(members: Found): Found {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))
}
