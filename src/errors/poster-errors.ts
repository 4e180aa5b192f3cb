import { text, type ErrorText } from './error-text.ts'

/** Codes about what posters are told and what is objected to. */
export const POSTER_ERRORS = {
  recheck_out_of_range: text(
    '再確認の日がその範囲にありません',
    'The day of the re-check is out of range',
    '延期の再確認の日が過去であるか、理由ごとの上限（30日。秘密保持の命令があるときは366日）を超えています。',
    'The re-check is past, or later than the reason allows: 30 days, or 366 where secrecy was ordered.',
    '範囲内の日を指定してください。その日に二人が改めて延期することができます。',
    'Choose a day in range; on that day two people can postpone it again.',
  ),
  help_comes_first: text(
    '支援を優先するため、この措置はとれません',
    'Help comes first: this measure cannot be taken',
    '発信者が助けを求めている可能性がある案件で、アカウントへの措置又は警告表示を選んでいます。',
    'The poster may be seeking help, and a measure on the account, or a warning, was chosen.',
    '投稿への措置を選ぶか、ほかの人を誘っていると担当者が見たときは、その見立てを先に記録してください。',
    'Choose a measure on the post; where a person finds that the poster lures others, record that first.',
  ),
  another_person_needed: text(
    '判断に関わっていない人が検討します',
    'Somebody else has to look at it',
    'もとの判断をした人が、その判断への異議の申出を検討しようとしています。',
    'Somebody who took part in the decision is judging the objection to it.',
    '判断に関わっていない担当者に任せてください。',
    'Leave it to somebody who took no part in the decision.',
  ),
  nothing_to_appeal: text(
    '異議の申出の対象となる判断がありません',
    'There is no decision to object to',
    'まだ判断していないか、判断がすでに取り消されたか、発信者への措置がない判断です。',
    'Nothing is decided yet, the decision was taken back, or it holds no measure on the poster.',
    '対応結果の回答又は発信者への通知を受けてから、お申し出ください。',
    'Wait for the outcome, or for the notice to the poster, and object then.',
  ),
  appealed_before: text(
    'その判断には、すでに異議の申出があります',
    'That decision was objected to before',
    '同じ判断について、同じ人又は同じ通知から、二度目の申出をしています。',
    'It is the second objection of the same person, or about the same notice, to one decision.',
    '先の申出への回答をお待ちください。判断が変わったときは、新しい判断について改めて申し出ることができます。',
    'Wait for the answer to the first. Once there is a new decision, you can object to that.',
  ),
} as const satisfies Record<string, ErrorText>
