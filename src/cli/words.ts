import type { Bilingual } from '../core/vocabulary.ts'
import { formatTimeEnglish, formatTimeJapanese, parseTime } from '../core/time.ts'
import type { Output } from './output.ts'

/** Glossary words of states that the command line shows. */
const WORDS: Readonly<Partial<Record<string, Bilingual>>> = {
  active: { ja: '有効', en: 'active' },
  suspended: { ja: '停止中', en: 'suspended' },
  removed: { ja: '削除済み', en: 'removed' },
  revoked: { ja: '失効', en: 'revoked' },
  retiring: { ja: '更新中', en: 'retiring' },
  key_pending: { ja: '有効化前', en: 'pending' },
  new: { ja: '準備中', en: 'new' },
  ready: { ja: '判断待ち', en: 'ready' },
  awaiting_second: { ja: '二人確認待ち', en: 'awaiting second person' },
  disagreed: { ja: '意見の相違', en: 'disagreed' },
  reversing: { ja: '取消し中', en: 'being reversed' },
  reversed: { ja: '取消し済み', en: 'reversed' },
  merged: { ja: '統合済み', en: 'merged' },
  withdrawn: { ja: '取下げ', en: 'withdrawn' },
  superseded: { ja: '差替え', en: 'superseded' },
  open: { ja: '補足待ち', en: 'waiting' },
  answered: { ja: '回答あり', en: 'answered' },
  dropped: { ja: '回答なしで終了', en: 'closed without an answer' },
  withdrawal: { ja: '取下げ', en: 'withdrawal' },
  supplement: { ja: '補足', en: 'supplement' },
  appeal: { ja: '異議の申出', en: 'objection' },
  decided: { ja: '判断済み', en: 'decided' },
  waiting: { ja: '送付待ち', en: 'waiting' },
  delivered: { ja: '送付済み', en: 'delivered' },
  acknowledged: { ja: '受領確認済み', en: 'acknowledged' },
  skipped: { ja: '省略（新しい回答あり）', en: 'skipped (newer outcome)' },
  given_up: { ja: '未達', en: 'given up' },
  priority: { ja: '優先', en: 'priority' },
  verified: { ja: '確認済み', en: 'verified' },
  ordinary: { ja: '通常', en: 'ordinary' },
  probation: { ja: '仮登録', en: 'probation' },
  reviewer: { ja: '判断担当', en: 'reviewer' },
  second_reviewer: { ja: '二次確認担当', en: 'second reviewer' },
  lead: { ja: '統括担当', en: 'lead' },
  child_safety: { ja: '児童保護担当', en: 'child safety' },
  auditor: { ja: '監査担当', en: 'auditor' },
  external_auditor: { ja: '外部監査担当', en: 'external auditor' },
  legal: { ja: '法務担当', en: 'legal desk' },
  integrator: { ja: '連携担当', en: 'integrator' },
  admin: { ja: 'システム管理担当', en: 'admin' },
  planned: { ja: '予定', en: 'planned' },
  executing: { ja: '実施中', en: 'executing' },
  executed: { ja: '実施済み', en: 'executed' },
  pending: { ja: '実施待ち', en: 'pending' },
  failed: { ja: '実施できず', en: 'failed' },
  simulated: { ja: '試行（実施せず）', en: 'simulated' },
  test: { ja: '試験', en: 'test' },
  observe: { ja: '試行', en: 'observed only' },
  cancelled: { ja: '実施前に取消し', en: 'cancelled' },
  illegal_information: { ja: '違法情報', en: 'illegal information' },
  public_order: { ja: '公序良俗', en: 'public order' },
  agency_request: { ja: '行政機関の要請', en: 'request of an agency' },
  general_request: { ja: '一般要請', en: 'general request' },
  considering: { ja: '検討中', en: 'considering' },
  done: { ja: '実施済み', en: 'done' },
  partly: { ja: '一部実施', en: 'partly done' },
  not_done: { ja: '実施なし', en: 'not done' },
  under_review: { ja: '検討中', en: 'under review' },
  acted: { ja: '措置あり', en: 'acted' },
  no_measure: { ja: '措置なし', en: 'no measure' },
  already_gone: { ja: '掲載なし', en: 'already gone' },
  voluntary_illegal: { ja: '違法情報（任意）', en: 'illegal information (voluntary)' },
  voluntary_public_order: { ja: '公序良俗（任意）', en: 'public order (voluntary)' },
  agency: { ja: '行政機関（任意）', en: 'agency (voluntary)' },
  statutory_rights: { ja: '権利侵害（法定手続）', en: 'rights (statutory)' },
  legal_desk: { ja: '法務対応', en: 'legal desk' },
  signal: { ja: '参考情報', en: 'signal' },
  quarantine: { ja: '確認待ち', en: 'quarantine' },
}

/** The word for a state or role, in the language of the output; an unknown one as it is. */
export function word(out: Output, id: string): string {
  const known = WORDS[id]
  return known === undefined ? id : out.text(known)
}

/** A time of the wire as people in Japan read it (English: with the zone). */
export function timeForPeople(out: Output, wire: string | null | undefined): string {
  const at = typeof wire === 'string' ? parseTime(wire) : undefined
  if (at === undefined) return '—'
  return out.lang === 'ja' ? formatTimeJapanese(at) : formatTimeEnglish(at)
}
