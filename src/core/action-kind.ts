import type { Bilingual } from './vocabulary.ts'

/** What a measure is done to. Account measures never go outward by name (law 22). */
export type MeasureScope = 'item' | 'account' | 'service'
export type VisibilityImpact = 'none' | 'partial' | 'full'

export interface ActionKindRow {
  readonly label: Bilingual
  readonly scope: MeasureScope
  readonly visibility: VisibilityImpact
  /** Counts as 送信防止措置 (情プラ法2条九). */
  readonly transmissionPrevention: boolean
  /** Whether `restore` or lifting it brings back the state before. */
  readonly reversible: boolean
}

const row = (
  ja: string,
  en: string,
  scope: MeasureScope,
  visibility: VisibilityImpact,
  transmissionPrevention = false,
  reversible = true,
): ActionKindRow => ({ label: { ja, en }, scope, visibility, transmissionPrevention, reversible })

/**
 * Every measure, least restrictive first (glossary §2). `restore` is the counter-action. Steps
 * (preserve, notify_emergency, refer, escalate) are no measures and stand elsewhere.
 */
export const ACTION_KINDS = {
  user_advisory: row('利用者への注意喚起', 'Advice to users', 'service', 'none', false, false),
  prominence_trusted_source: row(
    '信頼できる情報源の優先表示（プロミネンス）',
    'Prominence of trusted sources',
    'service',
    'none',
  ),
  ask_poster_to_amend: row(
    '記載の補正のお願い',
    'Ask the poster to amend',
    'item',
    'none',
    false,
    false,
  ),
  ask_poster_to_delete: row(
    '自主的な削除のお願い',
    'Ask the poster to delete',
    'item',
    'none',
    false,
    false,
  ),
  warn_poster: row('発信者に対する警告表示', 'Warning to the poster', 'item', 'none', false, false),
  label_informational: row('注記ラベル', 'Informational label', 'item', 'none'),
  label_ai_generated: row('AI生成物ラベル', 'AI-generated label', 'item', 'none'),
  label_police_warning: row('個別警告ラベル', 'Police-warning label', 'item', 'none'),
  demonetize_item: row('収益化の停止（投稿）', 'Demonetization of the item', 'item', 'none'),
  demonetize_account: row(
    '収益化の停止（アカウント）',
    'Demonetization of the account',
    'account',
    'none',
  ),
  ad_stop: row('広告配信の停止', 'Stop of advertising', 'item', 'none'),
  label_interstitial: row('閲覧前の確認画面', 'Interstitial before viewing', 'item', 'partial'),
  demote: row('表示順位の低下', 'Demotion', 'item', 'partial'),
  exclude_recommendation: row('おすすめから除外', 'Left out of recommendations', 'item', 'partial'),
  exclude_search: row('検索から除外', 'Left out of search', 'item', 'partial'),
  limit_interaction: row('返信・共有の制限', 'Limited replies and sharing', 'item', 'partial'),
  age_restrict: row('年齢による閲覧制限', 'Age restriction', 'item', 'partial'),
  geo_block_jp: row('日本国内からの閲覧制限', 'Blocked from Japan', 'item', 'full', true),
  disable_access: row('閲覧停止', 'Access disabled', 'item', 'full', true),
  remove: row('削除', 'Removal', 'item', 'full', true),
  restrict_feature: row('機能の一部停止', 'Restriction of features', 'account', 'partial'),
  suspend_account: row(
    'アカウントの一時停止',
    'Suspension of the account',
    'account',
    'full',
    true,
  ),
  require_reverification: row('本人確認の再実施', 'Renewed verification', 'account', 'none'),
  terminate_account: row(
    'アカウントの削除',
    'Termination of the account',
    'account',
    'full',
    true,
    false,
  ),
  restore: row('復元', 'Restoration', 'item', 'none', false, false),
} as const satisfies Record<string, ActionKindRow>

export type ActionKind = keyof typeof ACTION_KINDS

/**
 * 取消しの措置 of a kind: `restore`, told what it restores; `null` for what can't be undone, e.g. a warning
 * that was read. A reversal goes on without it then.
 */
export function counterOf(kind: ActionKind): 'restore' | null {
  return ACTION_KINDS[kind].reversible ? 'restore' : null
}

export function isActionKind(text: string): text is ActionKind {
  return Object.hasOwn(ACTION_KINDS, text)
}
