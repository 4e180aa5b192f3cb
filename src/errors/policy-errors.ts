import { text, type ErrorText } from './error-text.ts'

/** Codes that come with standing policies. */
export const POLICY_ERRORS = {
  policy_not_adoptable: text(
    'この方針は採択できません',
    'This policy cannot be adopted',
    '事前方針に許される範囲を超える項目があります（errors にその項目と理由の符号）。',
    'Some of its members go further than a standing policy may (errors names them, each with a word for the bound).',
    '手続区分、当社が確認した事実、措置の範囲と時間、根拠の条項を見直し、新しい版を登録してください。',
    'Look at lane, own facts, measures, hours and clause again, and add a new version.',
  ),
  policy_state_conflict: text(
    '方針の状態が合いません',
    'The policy is not in a state for this',
    '採択は下書きから、有効化は採択された版から行います。',
    'Only a draft is adopted, and only an adopted version is activated.',
    '方針の状態を確認してください（policies show）。',
    'Check where the policy stands (policies show).',
  ),
  account_not_listed: text(
    '警察の公式アカウントの一覧にありません',
    'The account is not on the list of police accounts',
    '手続の定めの police_accounts にないか、半年ごとの確認の期間が過ぎています。',
    'It is not in police_accounts of the procedures profile, or its half-yearly check has run out.',
    '二人で公式のものであることを確かめ、手続の定めに登録するか、確認日を改めてください。',
    'Let two people verify it and list it in the procedures profile, or renew its check.',
  ),
} as const satisfies Record<string, ErrorText>
