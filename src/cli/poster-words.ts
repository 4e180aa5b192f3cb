import type { AppealState } from '../core/appeal.ts'
import type { PosterNoticeKind, PosterNoticeState } from '../core/poster-notice.ts'
import type { SelfHarmPoster } from '../core/poster-statement.ts'
import type { PostponementReason } from '../core/postponement.ts'
import type { Bilingual } from '../core/vocabulary.ts'

const text = (ja: string, en: string): Bilingual => ({ ja, en })

export const POSTER_STATE_WORDS: Readonly<Record<PosterNoticeState, Bilingual>> = {
  due: text('措置の実施待ち', 'waits for the measures'),
  postponed: text('延期中', 'postponed'),
  telling: text('通知中', 'being told'),
  pending: text('通知待ち', 'pending'),
  by_platform: text('当社が自ら伝える', 'the platform tells by itself'),
  failed: text('伝えられず', 'could not be told'),
  told: text('通知済み', 'told'),
  dropped: text('通知の必要なし', 'nothing to tell'),
}

export const POSTER_KIND_WORDS: Readonly<Record<PosterNoticeKind, Bilingual>> = {
  measures: text('措置と理由', 'measures and reasons'),
  restored: text('措置の取消し', 'measures taken back'),
  appeal_answer: text('異議の申出への回答', 'answer to an objection'),
}

export const POSTPONEMENT_WORDS: Readonly<Record<PostponementReason, Bilingual>> = {
  life_or_safety: text('生命・身体の安全', 'life or safety'),
  child_victim: text('児童の被害者の保護', 'a child victim'),
  secrecy_asked: text('書面による秘密保持の求め', 'secrecy asked for in writing'),
  secrecy_ordered: text('秘密保持の命令', 'secrecy ordered'),
  already_told_same: text('同じ内容を通知済み', 'told the same before'),
  unreachable: text('連絡がつかない', 'cannot be reached'),
}

export const SELF_HARM_WORDS: Readonly<Record<SelfHarmPoster, Bilingual>> = {
  seeking: text('助けを求めている', 'seeks company or help'),
  luring: text('ほかの人を誘っている', 'lures others'),
}

export const APPEAL_STATE_WORDS: Readonly<Record<AppealState, Bilingual>> = {
  open: text('検討待ち', 'waits for somebody'),
  awaiting_second: text('二人目の確認待ち', 'waits for a second person'),
  disagreed: text('意見の相違', 'two people differ'),
  upheld: text('判断を維持', 'upheld'),
  changed: text('判断を変更', 'changed'),
  overtaken: text('判断がすでに取り消されたため終了', 'overtaken'),
}
