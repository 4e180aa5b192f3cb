import { formatJapaneseDate } from './japanese-date.ts'
import {
  ADDRESSED_TO,
  BELOW,
  CHECKER,
  CONTACT,
  CONTENT,
  DATE,
  FORM_WORDS,
  HANDLER,
  INDENT,
  OTHER_PLACE,
  PLACE,
  PLACE_DETAIL_NAMES,
  PLACE_DETAILS,
  REFERENCE_NO,
  URL_LABEL,
  type PlaceDetail,
} from './layout.ts'
import type { PaperForm } from './paper-form.ts'

/**
 * The text of a notice in the layout of its reference form, as a hotline writes it. What is absent
 * leaves its place empty. `parseLetters` reads it back without loss.
 */
export function renderForm(paper: PaperForm): string {
  const words = FORM_WORDS[paper.form ?? 'illegal_information']
  const lines = [
    field(REFERENCE_NO, paper.reference_no),
    paper.issued_on === undefined ? DATE : formatJapaneseDate(paper.issued_on),
    '',
    paper.addressee_name === undefined ? ADDRESSED_TO : `${paper.addressee_name} ${ADDRESSED_TO}`,
    '',
    paper.sender_name ?? '',
    field(CONTACT, paper.contact_email),
    field(HANDLER, paper.handler_name),
    field(CHECKER, paper.checker_name),
    '',
    words.title,
    '',
    ...textLines(paper.request_text),
    '',
    BELOW,
    '',
    PLACE,
    `${URL_LABEL}${paper.target.url ?? ''}`,
    OTHER_PLACE,
    ...PLACE_DETAIL_NAMES.flatMap((name) => detailLines(name, paper.target[name])),
    CONTENT,
    ...textLines(paper.content_description),
    words.reasons,
    words.basis,
    ...basisLines(paper),
    words.reasoning,
    ...textLines(paper.reasoning),
    '',
    ...(paper.enquiry === undefined ? [] : [paper.enquiry]),
  ]
  return `${lines.join('\n')}\n`
}

function field(label: string, value: string | undefined): string {
  return value === undefined ? label : `${label}${INDENT}${value}`
}

function textLines(value: string | undefined): readonly string[] {
  return value === undefined ? [] : value.split('\n').map((line) => `${INDENT}${line}`)
}

function detailLines(name: PlaceDetail, value: string | undefined): readonly string[] {
  if (value === undefined) return []
  const shown = name === 'posted_on' ? formatJapaneseDate(value) : value
  const [first = '', ...others] = shown.split('\n')
  return [
    `${INDENT}${PLACE_DETAILS[name]}${first}`,
    ...others.map((line) => `${INDENT}${INDENT}${line}`),
  ]
}

function basisLines({ form, legal_provisions, guideline_category }: PaperForm): readonly string[] {
  const provisions = (legal_provisions ?? []).map((each) => `${INDENT}${each}`)
  if (form !== 'public_order') return provisions
  const cited = provisions.length === 0 ? [] : [FORM_WORDS.illegal_information.basis, ...provisions]
  return [...textLines(guideline_category), ...cited]
}
