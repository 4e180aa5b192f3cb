import type { PosterNoticeKind, PosterNoticeState } from '../core/poster-notice.ts'
import type { SelfHarmPoster } from '../core/poster-statement.ts'
import type { PostponementReason } from '../core/postponement.ts'
import type { Bilingual } from '../core/vocabulary.ts'
import type { Output } from './output.ts'
import {
  POSTER_KIND_WORDS,
  POSTER_STATE_WORDS,
  POSTPONEMENT_WORDS,
  SELF_HARM_WORDS,
} from './poster-words.ts'
import { wrapText } from './text-width.ts'
import { timeForPeople } from './words.ts'

const WIDTH = 92

export interface PosterNoticeOnWire {
  readonly id: string
  readonly case_id: string
  readonly kind: PosterNoticeKind
  readonly state: PosterNoticeState
  readonly created_at: string
  readonly told_at: string | null
}

export interface PosterTextOnWire {
  readonly title: Bilingual
  readonly body: Bilingual
}

/** 発信者への対応, as far as it is printed. */
export interface PosterSideOnWire {
  readonly help_first: boolean
  readonly notices: readonly (PosterNoticeOnWire & { readonly text: PosterTextOnWire | null })[]
  readonly postponement: {
    readonly state: 'asked' | 'active'
    readonly reason: PostponementReason
    readonly until: string
    readonly by: readonly { readonly operator: string }[]
  } | null
}

/** What the poster of a case was told, will be told, and what is put off. */
export function printPosterSide(
  out: Output,
  { help_first, notices, postponement }: PosterSideOnWire,
  selfHarm: SelfHarmPoster | null,
): void {
  if (selfHarm !== null)
    out.say({
      ja: `発信者についての見立て: ${SELF_HARM_WORDS[selfHarm].ja}`,
      en: `The poster: ${SELF_HARM_WORDS[selfHarm].en}`,
    })
  if (help_first)
    out.say({
      ja: '発信者には、支援のご案内を先に伝えます。アカウントへの措置はとりません。',
      en: 'The poster is offered help first, and the account is left alone.',
    })
  if (postponement !== null) printPostponement(out, postponement)
  for (const { id, kind, state, told_at, text } of notices) {
    const when = told_at === null ? '' : `  ${timeForPeople(out, told_at)}`
    out.say('')
    out.say(
      `${out.text({ ja: '発信者への通知', en: 'notice to the poster' })}  ${id}  ${out.text(POSTER_KIND_WORDS[kind])}  ${out.text(POSTER_STATE_WORDS[state])}${when}`,
    )
    if (text !== null) printPosterText(out, text)
  }
}

function printPostponement(
  out: Output,
  { state, reason, until, by }: NonNullable<PosterSideOnWire['postponement']>,
): void {
  const when = timeForPeople(out, until)
  const people = by.map(({ operator }) => operator).join('、')
  const why = POSTPONEMENT_WORDS[reason]
  out.say(
    state === 'active'
      ? {
          ja: `発信者への通知を延期中（再確認 ${when}）: ${why.ja}（${people}）`,
          en: `Telling the poster is postponed; re-check ${when}: ${why.en} (${people})`,
        }
      : {
          ja: `${people} が発信者への通知の延期を求めています（再確認 ${when}）: ${why.ja}。二人目の確認が必要です。`,
          en: `${people} asks to put off telling the poster (re-check ${when}): ${why.en}. A second person is needed.`,
        },
  )
}

/** The words that a poster gets, in the language of the output. */
export function printPosterText(out: Output, { title, body }: PosterTextOnWire): void {
  out.say(`  ${out.text(title)}`)
  for (const paragraph of out.text(body).split('\n'))
    for (const line of wrapText(paragraph, WIDTH)) out.say(`    ${line}`)
}
