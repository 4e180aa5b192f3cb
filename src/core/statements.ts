import { ACTION_KINDS } from './action-kind.ts'
import type { OutcomeFacts } from './outcome-of.ts'
import type { OutwardText } from './message.ts'
import { OUTWARD_REASONS, type OutwardReasonId } from './outward-reasons.ts'
import { formatDayJapanese, formatTimeEnglish, formatTimeJapanese } from './time.ts'
import type { Bilingual, LegalNature, OutcomeStatus } from './vocabulary.ts'

const text = (ja: string, en: string): Bilingual => ({ ja, en })
const NOTHING = text('', '')

/**
 * The sentence of an outcome that follows from the assessed nature (law 20; glossary §6). It says how
 * the platform decides, and certifies nothing. Orders are answered by the legal desk, and a public
 * warning isn't answered: no sentence.
 */
export const OUTCOME_NATURE_SENTENCES: Readonly<Record<LegalNature, Bilingual>> = {
  voluntary_request: text(
    'ご依頼への対応は任意であり、対応の要否及び内容は当社が自らの基準により判断しています。',
    'Acting on a request is voluntary; we decide under our own standards whether and how to act.',
  ),
  administrative_guidance: text(
    '当社は、行政指導への任意の協力の要否を、自らの基準により判断しています。',
    'We decide under our own standards whether to cooperate voluntarily with administrative guidance.',
  ),
  statutory_request: text('法令に基づき対応しました。', 'We acted on the basis of law.'),
  statutory_duty: text('法令に基づき対応しました。', 'We acted on the basis of law.'),
  administrative_order: NOTHING,
  court_order: NOTHING,
  compulsory_measure: NOTHING,
  public_warning: NOTHING,
}

/** The clause that a decision rests on, as people read it. */
export interface CitedClause {
  /** Of the standard. */
  readonly title: Bilingual
  readonly clause: string
}

export interface StatementQuery {
  readonly facts: OutcomeFacts
  readonly nature: LegalNature
  readonly receivedAt: number
  /** Of a letter: the day on which it arrived, which is what its sender knows. */
  readonly arrivedOn?: string
  /** Needed where a measure was taken; nothing is cited without it. */
  readonly clause: CitedClause | null
  readonly publicNote: Bilingual | null
  /** With `information_requested`; one language stands in for the other. */
  readonly question?: OutwardText
  /** Its sender objected, and somebody else upheld the decision: what that person wants to add. */
  readonly upheld?: Bilingual
}

/** To a sender that objected; nothing of anybody else who may have (law 21). */
const UPHELD = text(
  'お申出を受け、当初の判断に関わっていない担当者が改めて検討し、判断を維持しました。',
  'Following your objection somebody who took no part in the decision has looked at it again, and it stands.',
)

/**
 * The words of an outcome: what became of the item, on which clause, in which nature. No thanks for
 * cooperation, no apology, no promise of a time.
 */
export function statementOf(query: StatementQuery): Bilingual {
  const { facts, nature, publicNote, upheld } = query
  const said = STATEMENTS[facts.status](query)
  const reason = reasonSentence(facts.status, facts.declineReason)
  const again = upheld === undefined ? NOTHING : UPHELD
  const parts = [
    again,
    upheld ?? NOTHING,
    said,
    natureSentence(facts.status, nature),
    reason,
    publicNote ?? NOTHING,
  ]
  return {
    ja: parts.map(({ ja }) => ja).join(''),
    en: parts
      .map(({ en }) => en)
      .filter((en) => en !== '')
      .join(' '),
  }
}

const MEASURES: ReadonlySet<OutcomeStatus> = new Set<OutcomeStatus>([
  'deleted',
  'access_blocked',
  'other_measure_taken',
])

/** That a duty was met is said where something was done, and nowhere else. */
function natureSentence(status: OutcomeStatus, nature: LegalNature): Bilingual {
  return nature === 'statutory_duty' && !MEASURES.has(status)
    ? NOTHING
    : OUTCOME_NATURE_SENTENCES[nature]
}

const STATEMENTS: Readonly<Record<OutcomeStatus, (query: StatementQuery) => Bilingual>> = {
  under_review: ({ facts }) =>
    facts.measures.length === 0
      ? text('対象情報について検討中です。', 'The information is under review.')
      : text(
          `対象情報について、次の措置を行うと判断しました（${labels(facts, 'ja')}）。実施の結果は確認中です。`,
          `We decided to take these measures: ${labels(facts, 'en')}. Their result is being confirmed.`,
        ),
  information_requested: ({ question = {} }) =>
    text(
      `対象情報の検討のため、次の点について補足をお願いします。${question.ja ?? question.en ?? ''}`,
      `To assess the information we ask you for a supplement on this: ${question.en ?? question.ja ?? ''}`,
    ),
  gone_before_receipt: ({ receivedAt, arrivedOn }) => {
    const ja =
      arrivedOn === undefined ? formatTimeJapanese(receivedAt) : formatDayJapanese(arrivedOn)
    const en = arrivedOn ?? formatTimeEnglish(receivedAt)
    return text(
      `通知の到達時点（${ja}）において、対象情報の掲載は確認できませんでした。当社による措置は行っていません。`,
      `When the notice arrived (${en}), the information was no longer there. We took no measure.`,
    )
  },
  gone_without_measure: () =>
    text(
      '対象情報の掲載は確認できませんでした。当社による措置は行っていません。',
      'The information is no longer there. We took no measure.',
    ),
  deleted: (query) => onClause(query, text('対象情報の削除を実施しました。', 'removed it.')),
  access_blocked: (query) =>
    onClause(
      query,
      text(
        `対象情報の${labels(query.facts, 'ja')}を実施しました。`,
        `restricted access to it (${labels(query.facts, 'en')}).`,
      ),
    ),
  other_measure_taken: (query) =>
    onClause(
      query,
      query.facts.measures.length === 0
        ? text('その他の措置を実施しました。', 'took another measure.')
        : text(
            `次の措置を実施しました（${labels(query.facts, 'ja')}）。`,
            `took these measures: ${labels(query.facts, 'en')}.`,
          ),
    ),
  interim_measure: (query) =>
    onClause(
      query,
      text(
        `暫定措置${inBrackets(query.facts, 'ja')}を実施しました。改めて判断しない限り、最長24時間で終了します。`,
        `took an interim measure${inBrackets(query.facts, 'en')}. It ends by itself after 24 hours at most, unless we decide otherwise.`,
      ),
    ),
  no_measure: ({ nature }) =>
    text(
      `${subject(nature)}について検討した結果、措置なしと判断しました。`,
      'We assessed the information and decided to take no measure.',
    ),
  restored: () =>
    text(
      '当社が行った措置を取り消し、元の状態に戻しました。',
      'We have taken back the measure that we took, and restored the earlier state.',
    ),
  not_located: () =>
    text(
      '通知に記載された場所に、対象情報を確認できませんでした。',
      'We could not find the information at the location given in the notice.',
    ),
  not_administrator: () =>
    text('当社が管理する情報ではありません。', 'We do not manage this information.'),
  referred: () =>
    text(
      '対象情報について、他の管理者をご案内しました。',
      'We have pointed you to another administrator of the information.',
    ),
}

function onClause({ clause, nature }: StatementQuery, done: Bilingual): Bilingual {
  // A duty of law is no clause of ours.
  if (nature === 'statutory_duty') return text(done.ja, `We ${done.en}`)
  const basis =
    clause === null
      ? text('当社の基準に基づき', 'under our own standards')
      : text(
          `当社の「${clause.title.ja}」${clause.clause} に基づき`,
          `under clause ${clause.clause} of our "${clause.title.en}"`,
        )
  return text(
    `${subject(nature)}について、${basis.ja}判断し、${done.ja}`,
    `We assessed the information ${basis.en} and ${done.en}`,
  )
}

function subject(nature: LegalNature): string {
  return nature === 'administrative_guidance' ? '要請のあった対象情報' : 'ご依頼の対象情報'
}

function labels(facts: OutcomeFacts, lang: keyof Bilingual): string {
  return facts.measures
    .map((kind) => ACTION_KINDS[kind].label[lang])
    .join(lang === 'ja' ? '、' : ', ')
}

function inBrackets(facts: OutcomeFacts, lang: keyof Bilingual): string {
  if (facts.measures.length === 0) return ''
  return lang === 'ja' ? `（${labels(facts, lang)}）` : ` (${labels(facts, lang)})`
}

/** The status `not_administrator` is its own reason. */
function reasonSentence(status: OutcomeStatus, reason: OutwardReasonId | null): Bilingual {
  return reason === null || status === 'not_administrator'
    ? NOTHING
    : OUTWARD_REASONS[reason].sentence
}
