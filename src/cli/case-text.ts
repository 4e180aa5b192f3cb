import { isOpen } from '../core/case.ts'
import type { Bilingual } from '../core/vocabulary.ts'
import { label } from '../core/vocabulary-lookup.ts'
import { printAgency } from './agency-text.ts'
import { PROGRAM } from './next-command.ts'
import { printAppeal } from './appeal-text.ts'
import { printMessages } from './message-text.ts'
import type { Output } from './output.ts'
import { wrapText } from './text-width.ts'
import { printPosterSide } from './poster-text.ts'
import { timeForPeople, word } from './words.ts'
import type { CaseOnWire, NoticeOnWire, EmergencyOnWire } from './case-on-wire.ts'

const WIDTH = 92

/**
 * A case with what belongs to it; what concerns life stands first.
 *
 * @param access Options that reach the same desk again.
 */
export function printCase(out: Output, found: CaseOnWire, access: string): void {
  const { emergency } = found
  if (emergency !== undefined) printEmergency(out, emergency)
  const { id, state, version, form, lane, category_label, goal_at, claimed_by, grave } = found.case
  out.facts([
    [{ ja: '案件', en: 'case' }, id],
    [{ ja: '書式', en: 'form' }, word(out, form)],
    [{ ja: '手続区分', en: 'lane' }, word(out, lane)],
    [{ ja: '種類', en: 'category' }, category_label[out.lang]],
    [{ ja: '状態', en: 'state' }, word(out, state)],
    [{ ja: '版', en: 'version' }, String(version)],
    [{ ja: '目標時刻', en: 'goal' }, timeForPeople(out, goal_at)],
    [{ ja: '担当', en: 'claimed by' }, claimed_by ?? '—'],
  ])
  const own = found.case.class_by_platform
  if (own !== null)
    out.say({
      ja: `当社の区分: ${word(out, own.class)}（${own.category}）。書式は通知元の区分のままです。`,
      en: `Our own class: ${word(out, own.class)} (${own.category}). The form is as the sender classified it.`,
    })
  if (grave)
    out.say({
      ja: 'この種類の案件は、措置の有無にかかわらず二人で判断します。',
      en: 'Two people decide on cases of this kind, whether on a measure or on none.',
    })
  if (found.order !== null) paragraph(out, found.order.sentence[out.lang])
  printAround(out, found)
  if (found.manner.sentence !== null) paragraph(out, found.manner.sentence[out.lang])
  for (const notice of found.notices) printNotice(out, notice)
  printWhatFollowed(out, found)
  printPosterSide(out, found.poster, found.case.self_harm)
  for (const appeal of found.appeals) printAppeal(out, appeal)
  if (isOpen({ state })) printNextSteps(out, found.case, access)
  if (state === 'decided') printReversal(out, found.case, access)
}

function printAround(out: Output, found: CaseOnWire): void {
  for (const { id, form, state, round } of found.siblings)
    out.say({
      ja: `同じ対象の別案件: ${id}（${word(out, form)}、第${round}回、${word(out, state)}）`,
      en: `Sibling on the same target: ${id} (${word(out, form)}, round ${round}, ${word(out, state)})`,
    })
  for (const { id } of found.merged)
    out.say({ ja: `統合した案件: ${id}`, en: `Merged into this one: ${id}` })
  printStanding(out, found.case)
  const { handover } = found
  if (handover !== null)
    out.say({
      ja: `引継ぎ（${timeForPeople(out, handover.at)}）: ${handover.by.operator} → ${handover.to.operator}　${handover.note ?? ''}`,
      en: `Handed over (${timeForPeople(out, handover.at)}): ${handover.by.operator} to ${handover.to.operator}. ${handover.note ?? ''}`,
    })
}

function printStanding(out: Output, found: CaseOnWire['case']): void {
  const { hold_until, hold_reason, interim_until, merged_into, reversal_asked } = found
  if (merged_into !== null)
    out.say({ ja: `統合先の案件: ${merged_into}`, en: `Merged into: ${merged_into}` })
  if (hold_until !== null)
    out.say({
      ja: `保留中（${timeForPeople(out, hold_until)} まで）: ${hold_reason ?? ''}`,
      en: `Set aside until ${timeForPeople(out, hold_until)}: ${hold_reason ?? ''}`,
    })
  if (interim_until !== null && isOpen(found))
    out.say({
      ja: `暫定措置（${timeForPeople(out, interim_until)} まで）: それまでに判断しなければ終了し、元の状態に戻ります。`,
      en: `Interim measure until ${timeForPeople(out, interim_until)}: it ends then and is undone, unless you decide before.`,
    })
  if (reversal_asked !== null)
    out.say({
      ja: `${reversal_asked.by.operator} が判断の取消しを求めています。二人目の確認が必要です。`,
      en: `${reversal_asked.by.operator} asks to take the decision back; a second person is needed.`,
    })
}

function printReversal(out: Output, { id, version }: CaseOnWire['case'], access: string): void {
  out.say('')
  out.say({ ja: '判断を取り消すには:', en: 'To take the decision back:' })
  out.say(`  ${PROGRAM} cases reverse ${id} --expected-version ${version}${access}`)
}

/** Acting, declining and "already gone" stand beside each other (law 5). */
function printNextSteps(
  out: Output,
  { id, version, lane }: CaseOnWire['case'],
  access: string,
): void {
  const decide = `${PROGRAM} decide ${id} --expected-version ${version}`
  out.say('')
  out.say({ ja: '次に（担当してから、どれか一つ）:', en: 'Next (claim it, then one of these):' })
  out.say(`  ${PROGRAM} cases claim ${id}${access}`)
  if (lane === 'legal_desk') {
    out.say(`  ${decide} --legal complied --document DOCUMENT --action KIND${access}`)
    out.say(`  ${decide} --legal contested --document DOCUMENT${access}`)
    out.say(`  ${decide} --legal impossible --document DOCUMENT${access}`)
    return
  }
  out.say(`  ${decide} --action KIND --clause STANDARD/VERSION/CLAUSE${access}`)
  out.say(`  ${decide} --no-measure${access}`)
  out.say(`  ${decide} --already-gone${access}`)
}

function printEmergency(out: Output, { call, may_tell_ja, may_tell_en }: EmergencyOnWire): void {
  out.say({
    ja: `★ 人命に関わる事案 ★  連絡先: ${call.join('・')}`,
    en: `*** LIFE FIRST ***  Call: ${call.join(', ')}`,
  })
  paragraph(out, out.text({ ja: may_tell_ja, en: may_tell_en }))
  out.say('')
}

function printNotice(out: Output, notice: NoticeOnWire): void {
  const { sender, document } = notice
  const commission = sender?.commission?.by ?? out.text({ ja: 'なし', en: 'none' })
  out.say('')
  out.say({ ja: `通知 ${notice.id}`, en: `Notice ${notice.id}` })
  out.facts([
    [{ ja: '  通知元', en: '  sender' }, sender?.name ?? '—'],
    [{ ja: '  委託・認証', en: '  commission' }, commission],
    [{ ja: '  整理番号', en: '  reference' }, notice.reference_no ?? '—'],
    [{ ja: '  到達日時', en: '  received' }, timeForPeople(out, notice.received_at)],
    ...letterFacts(out, notice),
    [{ ja: '  当社の確認', en: '  we observed' }, observed(out, notice.observation?.state)],
  ])
  paragraph(out, notice.nature_sentence[out.lang])
  for (const note of notice.notes) paragraph(out, note[out.lang])
  if (notice.agency !== null) printAgency(out, notice.agency)
  printDocument(out, document)
  printMessages(out, notice)
}

/** 署名なし・担当者入力: stands beside every letter. */
function letterFacts(out: Output, { letter }: NoticeOnWire): [Bilingual, string][] {
  if (letter === null) return []
  const { source, arrived_on, entered_by } = letter
  const unsigned = out.text({ ja: '署名なし・担当者入力', en: 'unsigned, typed in' })
  const by = `${unsigned}（${source} ${arrived_on} / ${entered_by.operator}）`
  return [[{ ja: '  書面', en: '  letter' }, by]]
}

function printDocument(out: Output, document: Readonly<Record<string, unknown>>): void {
  const target = document['target']
  if (typeof target === 'object' && target !== null && 'url' in target)
    paragraph(
      out,
      `${out.text({ ja: '掲載されている場所', en: 'location' })}: ${String(target.url)}`,
    )
  const parts = [
    [{ ja: '掲載されている情報', en: 'content' }, 'content_description'],
    [{ ja: '判断理由等', en: 'reasoning' }, 'reasoning'],
  ] as const
  for (const [title, name] of parts) {
    const text = document[name]
    if (typeof text === 'string') paragraph(out, `${out.text(title)}: ${text}`)
  }
}

function observed(out: Output, state: string | undefined): string {
  if (state === 'present') return out.text({ ja: '掲載あり', en: 'present' })
  if (state === 'gone') return out.text({ ja: '掲載なし', en: 'gone' })
  return out.text({ ja: '未確認', en: 'not known' })
}

function printWhatFollowed(out: Output, { decisions, actions, outcomes }: CaseOnWire): void {
  if (decisions.length + outcomes.length > 0) out.say('')
  for (const decision of decisions) {
    const measures = decision.actions.map(({ kind }) => label('action-kinds', kind, out.lang))
    const gone = out.text({ ja: '掲載なし（措置の対象なし）', en: 'already gone' })
    const none =
      decision.already_gone === true ? gone : out.text({ ja: '措置なし', en: 'no measure' })
    const taken = out.text({ ja: '判断の取消し', en: 'decision taken back' })
    const what = decision.reverses === null ? measures.join('・') || none : taken
    out.say(
      `${out.text({ ja: '判断', en: 'decision' })}  ${timeForPeople(out, decision.decided_at)}  ${what}`,
    )
  }
  for (const action of actions) {
    const { id, kind, state } = action
    out.say(
      `${out.text({ ja: '措置', en: 'action' })}  ${id}  ${label('action-kinds', kind, out.lang)}  ${word(out, state)}${termsOf(out, action)}`,
    )
  }
  for (const { id, status } of outcomes)
    out.say(
      `${out.text({ ja: '対応結果', en: 'outcome' })}  ${id}  ${label('outcome-statuses', status, out.lang)}`,
    )
}

function termsOf(
  out: Output,
  { ends_at, territory, interim }: CaseOnWire['actions'][number],
): string {
  const end = timeForPeople(out, ends_at ?? '')
  const parts = [
    ...(interim ? [out.text({ ja: '暫定', en: 'interim' })] : []),
    ...(ends_at === null ? [] : [out.text({ ja: `${end} まで`, en: `until ${end}` })]),
    ...(territory ?? []),
  ]
  return parts.length === 0 ? '' : `  (${parts.join(', ')})`
}

function paragraph(out: Output, text: string): void {
  for (const line of wrapText(text, WIDTH)) out.say(`  ${line}`)
}
