import { fixedSentence, label } from '../core/vocabulary-lookup.ts'
import { formatDayJapanese, formatTimeEnglish, formatTimeJapanese } from '../core/time.ts'
import { receiptSentence, type Trial } from '../core/trial.ts'
import type { Bilingual, OpenForm, OutcomeStatus } from '../core/vocabulary.ts'

/** Both sides of a letter of ours, and the letter that it is about. Never the reported item (law 11). */
export interface MailParties {
  readonly platformName: string
  readonly contact: string
  /** As registered. */
  readonly senderName: string
  readonly form: OpenForm
  readonly referenceNo: string
  /** Days in Japan. */
  readonly issuedOn: string
  readonly arrivedOn: string
}

export interface ReceiptFacts extends MailParties {
  readonly receiptId: string
  readonly noticeId: string
  readonly writtenOn: string
  readonly enteredAt: number
  readonly leafHash: string
  readonly trial: Trial | null
}

export interface AnswerFacts extends MailParties {
  readonly outcomeId: string
  readonly writtenOn: string
  readonly status: OutcomeStatus
  readonly asOf: number
  /** As it was signed: what was done, by nature, with the note for the sender. */
  readonly statement: Bilingual
  readonly leafHash: string
  /** The answer that this one takes the place of. */
  readonly supersedes: string | null
}

const FORM_NAMES: Readonly<Record<OpenForm, Bilingual>> = {
  illegal_information: {
    ja: '違法情報（送信防止措置等の依頼）',
    en: 'Illegal information (request for measures)',
  },
  agency_request: { ja: '行政機関の要請', en: 'Request of an agency' },
  general_request: { ja: '一般要請', en: 'General request' },
  public_order: {
    ja: '公序良俗に反する情報（対応の依頼）',
    en: 'Contrary to public order (request for a response)',
  },
}

/** 受領証 as a text to be mailed: confirms that the letter arrived, and promises nothing. */
export function receiptText(facts: ReceiptFacts): Bilingual {
  const statement = receiptSentence(fixedSentence('receipt'), facts.trial)
  const ja = [
    '受領証',
    '',
    `受領証番号　${facts.receiptId}`,
    `発行日　${formatDayJapanese(facts.writtenOn)}`,
    '',
    ...headJa(facts),
    '次の通知を受け付けました。',
    '',
    `受付番号　${facts.noticeId}`,
    ...noticeJa(facts),
    `入力日時　${formatTimeJapanese(facts.enteredAt)}`,
    `記録台帳の記載　${facts.leafHash}`,
    '',
    statement.ja,
    '',
    '以上',
  ]
  const en = [
    'Receipt',
    '',
    `Receipt no.: ${facts.receiptId}`,
    `Date: ${facts.writtenOn}`,
    '',
    ...headEn(facts),
    'We have taken in this notice:',
    '',
    `Our number: ${facts.noticeId}`,
    ...noticeEn(facts),
    `Typed in: ${formatTimeEnglish(facts.enteredAt)}`,
    `Ledger entry: ${facts.leafHash}`,
    '',
    statement.en,
  ]
  return { ja: text(ja), en: text(en) }
}

/** 対応結果の回答 as a text to be mailed: what the signed outcome says, and nothing beside it (law 21). */
export function answerText(facts: AnswerFacts): Bilingual {
  const { supersedes, status, asOf, statement } = facts
  const isRevised = supersedes !== null
  const ja = [
    isRevised ? '対応結果の回答（訂正回答）' : '対応結果の回答',
    '',
    `回答番号　${facts.outcomeId}`,
    `回答日　${formatDayJapanese(facts.writtenOn)}`,
    '',
    ...headJa(facts),
    '次の通知について、対応結果を回答します。',
    '',
    ...noticeJa(facts),
    '',
    `対応結果　${label('outcome-statuses', status, 'ja')}（${formatTimeJapanese(asOf)}現在）`,
    '',
    statement.ja,
    ...(isRevised ? ['', `本回答は、先の回答（回答番号　${supersedes}）に代わるものです。`] : []),
    '',
    `記録台帳の記載　${facts.leafHash}`,
    '',
    '以上',
  ]
  const en = [
    isRevised ? 'Outcome (revised)' : 'Outcome',
    '',
    `Answer no.: ${facts.outcomeId}`,
    `Date: ${facts.writtenOn}`,
    '',
    ...headEn(facts),
    'This is the outcome on this notice:',
    '',
    ...noticeEn(facts),
    '',
    `Outcome: ${label('outcome-statuses', status, 'en')} (as of ${formatTimeEnglish(asOf)})`,
    '',
    statement.en,
    ...(isRevised ? ['', `It takes the place of the answer ${supersedes}.`] : []),
    '',
    `Ledger entry: ${facts.leafHash}`,
  ]
  return { ja: text(ja), en: text(en) }
}

function headJa({ senderName, platformName, contact }: MailParties): readonly string[] {
  return [`${senderName} 御中`, '', platformName, `連絡先　${contact}`, '']
}

function headEn({ senderName, platformName, contact }: MailParties): readonly string[] {
  return [`To: ${senderName}`, `From: ${platformName} (${contact})`, '']
}

function noticeJa(facts: MailParties): readonly string[] {
  return [
    `整理番号　${facts.referenceNo}`,
    `通知の年月日　${formatDayJapanese(facts.issuedOn)}`,
    `書式　${FORM_NAMES[facts.form].ja}`,
    `到達日　${formatDayJapanese(facts.arrivedOn)}`,
    '受付の方法　書面（手入力）',
  ]
}

function noticeEn(facts: MailParties): readonly string[] {
  return [
    `Your reference: ${facts.referenceNo}`,
    `Date of the notice: ${facts.issuedOn}`,
    `Form: ${FORM_NAMES[facts.form].en}`,
    `Arrived: ${facts.arrivedOn}`,
    'Taken in: letter, typed in by hand',
  ]
}

const text = (lines: readonly string[]): string => `${lines.join('\n')}\n`
