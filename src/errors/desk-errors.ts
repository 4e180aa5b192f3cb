import { text, type ErrorText } from './error-text.ts'

/** Codes that an operator or integrator may meet. */
export const DESK_ERRORS = {
  unauthenticated: text(
    '認証が必要です',
    'Authentication is needed',
    'operators add で発行したトークンを Authorization: Bearer（コマンドでは --token-file）に入れてください。',
    'Send the token printed by operators add as Authorization: Bearer (on the command line: --token-file).',
  ),
  not_allowed: text(
    'この操作はできません',
    'This is not allowed',
    '担当の権限と、案件の手続区分を確認してください。',
    'Check your role and the lane of the case.',
  ),
  stale_version: text(
    '案件がその間に変わりました',
    'The case has changed in the meantime',
    '変わった点を確認し、新しい版で判断し直してください。',
    'Look at what changed and decide again on the new version.',
  ),
  claimed_by_other: text(
    '別の担当者が担当しています',
    'Somebody else has claimed it',
    '担当が外れるのを待つか、引継ぎを受けてください。',
    'Wait until the claim ends, or take it over.',
  ),
  not_claimed: text(
    '先に担当してください',
    'Claim it first',
    '案件を担当してから判断してください。',
    'Claim the case, then decide.',
  ),
  already: text(
    'すでに済んでいます',
    'Already done',
    '案件の現在の状態を確認してください。',
    'Look at the current state of the case.',
  ),
  second_person_needed: text(
    '別の人による確認が必要です',
    'A second person is needed',
    'この種類の案件は、措置の有無にかかわらず二人で判断します。',
    'For this category two people decide, whether on a measure or on none.',
  ),
  command_id_reused: text(
    '同じ commandId で異なる内容が送られています',
    'This commandId was used with other content',
    '新しい操作には新しい commandId を付けてください。',
    'Give each new command a commandId of its own.',
  ),
  ground_missing: text(
    '判断の根拠となる条項が必要です',
    'A measure needs a clause of your standard',
    '施行中の自社基準から条項を選んでください。',
    'Choose a clause of a standard in force.',
  ),
  clause_not_in_force: text(
    'その条項は施行されていません',
    'That clause is not in force',
    '判断の日に施行されている版の条項を選んでください。',
    'Choose a clause of a version in force on the day of the decision.',
  ),
  ground_not_for_form: text(
    'この書式では選べない根拠です',
    'This ground cannot be used with the form',
    '公序良俗の書式では、違法との根拠は使えません。',
    'A ground of illegality cannot be used on the public-order form.',
  ),
  log_mismatch: text(
    '台帳が、この設定の issuer 又は台帳の鍵のものではありません',
    'The ledger does not belong to this issuer and log key',
    'MADOGUCHI_STORE, MADOGUCHI_ISSUER, MADOGUCHI_LOG_KEY の組合せを、台帳を始めたときのものに戻してください。',
    'Go back to the MADOGUCHI_STORE, MADOGUCHI_ISSUER and MADOGUCHI_LOG_KEY with which the ledger was begun.',
  ),
  measure_too_wide: text(
    '対象情報だけに対する措置を選んでください',
    'Only a measure on the single item is possible here',
    'サーバの管理者又は IP アドレスの割当てを受けた者としての依頼です。適法な情報に及ぶ措置は選べません。',
    'You are asked as server administrator or holder of the IP address: no measure may reach other, lawful information.',
  ),
  weight_not_for_form: text(
    'この書式では選べない参考の程度です',
    'This weight cannot be used with the form',
    '公序良俗の書式では「なし」又は「参考にした」を選んでください。',
    'On the public-order form, choose none or considered.',
  ),
  decline_reason_not_outward: text(
    'その理由は外部に示せません',
    'That reason stays inside the platform',
    '外部へは unspecified 等、公開できる理由を選んでください。',
    'Choose a reason that may leave the desk, such as unspecified.',
  ),
  invalid_input: text(
    '入力が正しくありません',
    'The input is not valid',
    'errors が示す項目を直してください。',
    'Correct the members that errors name.',
  ),
  endpoint_refused: text(
    'この送付先は登録できません',
    'This endpoint cannot be registered',
    'https で、公開された宛先（ホスト名、443 又は 8443 番）を指定してください。',
    'Use https, a public host name, port 443 or 8443.',
  ),
} as const satisfies Record<string, ErrorText>
