import type { Bilingual } from '../../core/vocabulary.ts'
import type { Faults } from '../hotline/hotline-client.ts'

/** What the person of the desk decides, as the wire has it. */
export interface DemoDecision {
  readonly text: Bilingual
  readonly document: Readonly<Record<string, unknown>>
}

/** One run through the desk. */
export interface Story {
  readonly id: string
  /** Of `examples/notices`. */
  readonly notice: string
  readonly title: Bilingual
  readonly what: Bilingual
  readonly faults?: Faults
  /** Absent where the notice isn't accepted. */
  readonly decision?: DemoDecision
  readonly expectedStatus?: string
}

const cited = (clause: string): object => ({
  kind: 'published_standard_clause',
  standard: 'removal-standard',
  version: '2025-04-01',
  clause,
})

/** Four ways that a notice can go. */
export const STORIES: readonly Story[] = [
  {
    id: 'acted_on',
    notice: 'yamibaito_recruitment',
    title: { ja: '措置をした場合', en: 'Acted on' },
    what: {
      ja: '参考書式1「違法情報」。犯罪の実行者の募集（いわゆる闇バイト）についての依頼',
      en: 'Form 1, illegal information: recruitment for crimes',
    },
    decision: {
      text: {
        ja: '自社基準 3.2（犯罪の実行者の募集）に当たると判断し、「削除」を選びました',
        en: 'finds that clause 3.2 of the platform’s own standard (recruitment for crimes) applies, and chooses removal',
      },
      document: {
        actions: [{ kind: 'remove' }],
        ground: cited('3.2'),
        awareness_cause: 'hotline_request',
        weight_given: 'relied_after_own_check',
      },
    },
    expectedStatus: 'deleted',
  },
  {
    id: 'declined',
    notice: 'suspected_drug_ad_declined',
    title: { ja: '措置なしとした場合', en: 'Declined' },
    what: {
      ja: '参考書式2「公序良俗に反する情報」。規制薬物の広告の疑いについての依頼',
      en: 'Form 2, information contrary to public order: a suspected drug advertisement',
    },
    decision: {
      text: {
        ja: '自社基準に当たらないと判断し、「措置なし」を選びました',
        en: 'finds that the platform’s own standard does not apply, and chooses no measure',
      },
      document: {
        actions: [],
        awareness_cause: 'hotline_request',
        weight_given: 'considered',
        decline_reason: 'tos_not_violated',
      },
    },
    expectedStatus: 'no_measure',
  },
  {
    id: 'already_gone',
    notice: 'drug_ad_gone',
    title: { ja: 'すでに掲載がなかった場合', en: 'Already gone' },
    what: {
      ja: '参考書式1「違法情報」。規制薬物の広告についての依頼。投稿は、届く前に発信者が消していました',
      en: 'Form 1, illegal information: a drug advertisement; the poster took it down before the notice arrived',
    },
    decision: {
      text: {
        ja: '掲載がないことを確かめ、その旨を記録しました（措置の対象がありません）',
        en: 'sees that the post is gone and records that (nothing is left to act on)',
      },
      document: {
        actions: [],
        already_gone: true,
        awareness_cause: 'hotline_request',
        weight_given: 'none',
      },
    },
    expectedStatus: 'gone_before_receipt',
  },
  {
    id: 'refused_signature',
    notice: 'yamibaito_recruitment',
    title: { ja: '署名が合わない場合', en: 'A signature that does not match' },
    what: {
      ja: '同じ書式の通知。途中で署名が書き換えられています',
      en: 'The same form; somebody changed the signature on the way',
    },
    faults: { tamper: 'signature' },
  },
]
