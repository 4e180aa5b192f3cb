import type { LetterFacts } from '../core/letter.ts'
import type { NoticeRecord, Observation } from '../core/notice.ts'
import { DAY } from '../core/time.ts'
import { categoryRow, natureSentences } from '../core/vocabulary-lookup.ts'
import type { Bilingual, Surface } from '../core/vocabulary.ts'
import type { CategoryRow } from '../generated/vocabularies.ts'
import type { NoticeDocument } from '../generated/types.ts'
import { parseStrictJson } from '../signing/strict-json.ts'
import { orderView, type OrderView } from './case-order.ts'
import type { AppContext } from './context.ts'
import { defang, defangDeep } from './defang.ts'
import { senderBrief, type SenderBrief } from './sender-brief.ts'
import { viewAgency, withoutNames, type AgencyView } from './view-agency.ts'
import { viewMessages, type MessageView, type QuestionView } from './view-messages.ts'

/** A notice as the desk reads it. */
export interface NoticeView extends Pick<
  NoticeRecord,
  | 'id'
  | 'senderNoticeId'
  | 'form'
  | 'category'
  | 'nature'
  | 'trial'
  | 'assurance'
  | 'referenceNo'
  | 'issuedOn'
  | 'receivedAt'
  | 'firstViewedAt'
  | 'doubleCheck'
  | 'senderCriteria'
  | 'leafHash'
  | 'entryIndex'
  | 'state'
  | 'revision'
  | 'supersedes'
  | 'supersededBy'
  | 'pausedAt'
> {
  readonly sender: SenderBrief | null
  /** Whence a letter came and who typed it in; `null`: signed. */
  readonly letter: LetterFacts | null
  /** Beside the request (glossary §6). */
  readonly natureSentence: Bilingual
  readonly order: OrderView
  /** The row of the dated list that was valid when the notice was issued; `null`: other. */
  readonly categoryRow: CategoryRow | null
  /** The notice as it was signed or typed in, but without names of people, and with every URL dead. */
  readonly document: unknown
  /** What a body of the state said on a form of its own; `null` on the others. */
  readonly agency: AgencyView | null
  readonly notes: readonly NoteView[]
  /** The platform's own reference of the item, as JSON text with every URL dead; `null`: not resolved. */
  readonly targetRef: string | null
  readonly surface: Surface | null
  readonly observation: ObservationView | null
  readonly observedAt: number | null
  readonly messages: readonly MessageView[]
  readonly questions: readonly QuestionView[]
}

/** What the platform saw; `by` is for the desk only (law 21). */
export type ObservationView = Omit<Observation, 'since'> & { readonly sinceAt: number | null }

/** A hint to the reviewer, nothing more. */
export interface NoteView extends Bilingual {
  readonly id:
    | 'transcribed'
    | 'provisions_moved'
    | 'observed_at_missing'
    | 'observed_at_old'
    | 'private_surface'
    | 'nature_claimed'
    | 'outside_scope'
    | 'outside_competence'
    | 'power_invoked'
}

const OLD_MS = 7 * DAY
const NOTES: Readonly<Record<NoteView['id'], Bilingual>> = {
  transcribed: {
    ja: '署名なし・担当者入力。通知元は署名によって確かめられていません。',
    en: 'Unsigned, typed in by the desk: no signature shows who sent it.',
  },
  provisions_moved: {
    ja: '書面に法令名等の記載がありますが、この書式は違法であるとの主張を含みません。記載は判断理由等に移しました。',
    en: 'The letter cites a law, but this form claims no illegality; what it cites was moved to the reasons.',
  },
  observed_at_missing: {
    ja: '通知元が対象情報を確認した日時の記載がありません。',
    en: 'The sender does not say when it looked at the item.',
  },
  observed_at_old: {
    ja: '通知元が対象情報を確認してから、到達までに7日を超えています。',
    en: 'The sender looked at the item more than 7 days before the notice arrived.',
  },
  outside_competence: {
    ja: '所管外：根拠とする法令は、当社が把握するこの機関の所管に含まれていません。確認をお願いできます。',
    en: 'Outside competence: the law that it rests on is not among those that we know the body to be in charge of. It can be asked.',
  },
  power_invoked: {
    ja: '許認可等の権限への言及があります。協力は任意であることに変わりありません。',
    en: 'A power over the platform is mentioned. Cooperation is voluntary all the same.',
  },
  nature_claimed: {
    ja: '通知元は、この通知の法的性質を自ら示しています。評価は当社が行い、通知の記載では変わりません。',
    en: 'The sender says itself what legal nature this has. We assess it, and what a notice says changes nothing.',
  },
  private_surface: {
    ja: '通信の秘密に当たる可能性があります。当社からは確認しません。',
    en: 'This may be a private communication. We do not look at it ourselves.',
  },
  outside_scope: {
    ja: 'この種類は、通知元について登録した対象範囲に含まれません。対応順だけに影響し、判断を妨げません。',
    en: 'The category lies outside the scope registered for the sender. That moves its place in the order and nothing else.',
  },
}

/** Reads a stored notice for the desk. Who may see the case may see this; for the names one has to ask. */
export async function viewNotice({ read }: AppContext, notice: NoticeRecord): Promise<NoticeView> {
  const sender = await read.get('sender', { id: notice.senderId })
  // It was valid when it was accepted; the bytes are exactly those.
  const document = parseStrictJson(notice.body) as unknown as NoticeDocument
  return {
    id: notice.id,
    senderNoticeId: notice.senderNoticeId,
    sender: sender === undefined ? null : senderBrief(sender),
    letter: notice.letter && (defangDeep(notice.letter) as LetterFacts),
    nature: notice.nature,
    trial: notice.trial,
    natureSentence: natureSentences(notice.nature).desk,
    receivedAt: notice.receivedAt,
    firstViewedAt: notice.firstViewedAt,
    order: orderView(notice.order),
    form: notice.form,
    category: notice.category,
    categoryRow: categoryRow(notice.form, notice.category, notice.issuedOn) ?? null,
    assurance: notice.assurance,
    doubleCheck: notice.doubleCheck,
    senderCriteria: notice.senderCriteria,
    referenceNo: notice.referenceNo,
    issuedOn: notice.issuedOn,
    document: defangDeep(withoutNames(document)),
    agency: viewAgency(notice, document, sender),
    notes: notesOn(notice, document.ext ?? {}),
    targetRef: notice.targetRef === null ? null : defang(JSON.stringify(notice.targetRef)),
    surface: notice.surface,
    observation: notice.observation && viewObservation(notice.observation),
    observedAt: notice.observedAt,
    leafHash: notice.leafHash,
    entryIndex: notice.entryIndex,
    state: notice.state,
    revision: notice.revision,
    supersedes: notice.supersedes,
    supersededBy: notice.supersededBy,
    pausedAt: notice.pausedAt,
    ...(await viewMessages(read, notice)),
  }
}

function viewObservation({ since, ...seen }: Observation): ObservationView {
  return { ...seen, sinceAt: since ?? null }
}

function notesOn(
  notice: NoticeRecord,
  { observed_at: observedAt, self_declared_nature: claimed }: NonNullable<NoticeDocument['ext']>,
): readonly NoteView[] {
  const { receivedAt, surface, letter, order } = notice
  const ids: NoteView['id'][] = letter === null ? [] : ['transcribed']
  if (letter !== null && letter.movedProvisions.length > 0) ids.push('provisions_moved')
  if (observedAt === undefined) ids.push('observed_at_missing')
  else if (receivedAt - Date.parse(observedAt) > OLD_MS) ids.push('observed_at_old')
  ids.push(...notesOnAgency(notice))
  if (claimed !== undefined) ids.push('nature_claimed')
  if (surface === 'private') ids.push('private_surface')
  if (order.outsideScope === true) ids.push('outside_scope')
  return ids.map((id) => ({ id, ...NOTES[id] }))
}

function notesOnAgency({ agency }: NoticeRecord): readonly NoteView['id'][] {
  return [
    ...(agency?.competence === 'outside' ? (['outside_competence'] as const) : []),
    ...(agency?.powerInvoked === true ? (['power_invoked'] as const) : []),
  ]
}
