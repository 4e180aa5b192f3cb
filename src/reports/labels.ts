import { ACTION_KINDS, isActionKind } from '../core/action-kind.ts'
import { LANE_LABELS } from '../core/lane-labels.ts'
import { label } from '../core/vocabulary-lookup.ts'
import type { Bilingual, Lang } from '../core/vocabulary.ts'
import { VOCABULARIES, type VocabularyName } from '../generated/vocabularies.ts'

/** Words of the figures themselves; those of vocabularies stand in their own lists. */
const WORDS: Readonly<Partial<Record<string, Bilingual>>> = {
  ...LANE_LABELS,

  notices: { ja: '通知', en: 'notices' },
  measures: { ja: '措置あり', en: 'measures' },
  taken: { ja: '措置', en: 'measures' },
  declines: { ja: '措置なしの理由', en: 'reasons for no measure' },
  changed: { ja: '判断を変更', en: 'changed' },
  objections: { ja: '異議の申出', en: 'objections' },
  influence: { ja: '働きかけの記録', en: 'influence noted' },
  postponed: { ja: '発信者への通知の延期', en: 'notices to posters put off' },
  times: { ja: '所要時間（秒）', en: 'times (seconds)' },
  requests: { ja: '公的機関の要請', en: 'requests of public bodies' },

  open: { ja: '検討中', en: 'open' },
  withdrawn: { ja: '取下げ', en: 'withdrawn' },
  gone_before_receipt: { ja: '到達時点で掲載なし', en: 'gone before receipt' },
  gone_without_measure: { ja: '当社の措置によらず掲載なし', en: 'gone without measure' },
  no_measure: { ja: '措置なし', en: 'no measure' },
  standing: { ja: '継続中', en: 'standing' },
  ended: { ja: '終了', en: 'ended' },
  reversed: { ja: '取消し', en: 'reversed' },
  transmission_prevention: { ja: '送信防止措置', en: 'transmission prevention' },
  other_measure: { ja: 'その他の措置', en: 'other measure' },
  not_acted: { ja: '措置なし等', en: 'not acted' },
  restored: { ja: '復元', en: 'restored' },

  upheld: { ja: '判断を維持', en: 'upheld' },
  overtaken: { ja: '別の判断で終了', en: 'overtaken' },
  who: { ja: '申出人', en: 'by whom' },
  poster: { ja: '発信者', en: 'posters' },
  sender: { ja: '通知元', en: 'senders' },
  legal_result: { ja: '法務対応の結果', en: 'result at the legal desk' },
  complied: { ja: '従った', en: 'complied' },
  contested: { ja: '争った', en: 'contested' },
  impossible: { ja: '実施不能', en: 'impossible' },
  territory: { ja: '地域', en: 'territory' },
  everywhere: { ja: '限定なし', en: 'everywhere' },
  interim: { ja: '暫定措置', en: 'interim' },

  sender_type: { ja: '通知元の類型', en: 'type of sender' },
  commission: { ja: '委託・認証', en: 'commission' },
  form: { ja: '書式', en: 'form' },
  category: { ja: '情報の種類', en: 'category' },
  nature: { ja: '法的性質', en: 'legal nature' },
  assurance: { ja: '確認の方法', en: 'assurance' },
  provision_cited: { ja: '法令（通知元の記載）', en: 'provision as cited' },
  provision_found: { ja: '法令（当社の判断）', en: 'provision as found' },
  mode: { ja: '判断の方法', en: 'mode of decision' },
  awareness_cause: { ja: '知ることとなった原因', en: 'awareness cause' },
  decline_reason: { ja: '措置なしの理由', en: 'reason for no measure' },
  kind: { ja: '措置の種類', en: 'kind of measure' },
  ground: { ja: '判断の根拠', en: 'ground' },
  public_body: { ja: '公的機関（裁判所を除く。）', en: 'public bodies (without courts)' },
  commissioned: { ja: '国等の委託を受けた団体', en: 'bodies commissioned by the state' },

  acknowledge: { ja: '受領証まで', en: 'to the receipt' },
  decide: { ja: '判断まで', en: 'to the decision' },
  take_effect: { ja: '措置の実施まで', en: 'to the effect' },
  count: { ja: '件数', en: 'number' },
  median: { ja: '中央値', en: 'median' },
  p90: { ja: '90パーセンタイル', en: '90th percentile' },

  illegal_information: { ja: '違法情報', en: 'Illegal information' },
  public_order: { ja: '公序良俗に反する情報', en: 'Public order' },
  agency_request: { ja: '行政機関の要請', en: 'Agency request' },
  general_request: { ja: '一般要請', en: 'General request' },
  signed: { ja: '署名付き', en: 'signed' },
  transcribed: { ja: '書面（手入力）', en: 'transcribed' },
  human: { ja: '一人', en: 'one person' },
  human_two_person: { ja: '二人確認', en: 'two people' },
  standing_policy: { ja: '事前方針', en: 'standing policy' },
  hotline_request: { ja: 'ホットラインの通知', en: 'notice of a hotline' },
  trusted_flagger: { ja: '信頼できる団体の通知', en: 'notice of a trusted body' },
  administrative_agency: { ja: '行政機関の要請', en: 'request of an agency' },
  police: { ja: '警察', en: 'police' },
  rights_request: { ja: '被侵害者の申出', en: 'request about rights' },
  user_report: { ja: '利用者の報告', en: 'report of a user' },
  own_patrol_human: { ja: '自ら発見（人）', en: 'found ourselves (people)' },
  own_detection_automated: { ja: '自ら発見（自動）', en: 'found ourselves (automated)' },
  court: { ja: '裁判所', en: 'court' },
  yes: { ja: '該当', en: 'yes' },
  no: { ja: '非該当', en: 'no' },
  none: { ja: '（なし）', en: '(none)' },
  other: { ja: 'その他', en: 'other' },
}

/** The lists of words by what is counted by them. */
const LISTS: Readonly<Partial<Record<string, readonly VocabularyName[]>>> = {
  sender_type: ['sender-types'],
  category: ['illegal-categories', 'public-order-categories'],
  nature: ['natures'],
  ground: ['grounds'],
  decline_reason: ['decline-reasons'],
  influence: ['influence-kinds'],
}

/** A word of the figures in one language; an unknown one as it is. */
export function wordFor(id: string, lang: Lang): string {
  return WORDS[id]?.[lang] ?? id
}

/** What a person reads for a value of a dimension. Texts of senders and platforms stay as they are. */
export function valueFor(by: string, value: string, lang: Lang): string {
  if (by === 'kind' && isActionKind(value)) return ACTION_KINDS[value].label[lang]
  const list = LISTS[by]?.find((one) => VOCABULARIES[one].some(({ id }) => id === value))
  return list === undefined ? wordFor(value, lang) : label(list, value, lang)
}
