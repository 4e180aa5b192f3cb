import { text, type ErrorText } from './error-text.ts'

/** Codes of measures that can't be taken as they were asked for. */
export const MEASURE_ERRORS = {
  manner_not_counted: text(
    '根拠とする態様の事実がありません',
    'The manner that the ground names was not counted',
    '繰り返し又は複製投稿を根拠に選びましたが、この投稿のほかに、当社による確定した制限がありません。受け付けた通知の数は事実になりません。',
    'The ground is repeated or duplicate posting, but no final restriction of ours stands on any other item of it. Notices that came are no such fact.',
    'ほかの根拠を選んでください。',
    'Choose another ground.',
  ),
  measure_cannot_end: text(
    'その措置に終了の時刻は付けられません',
    'That measure cannot end by itself',
    '取り消すことのできない措置（警告表示、補正のお願い等）に、終了の時刻又は暫定措置の指定があります。',
    'A measure that cannot be undone, such as a warning, was given an end or marked as interim.',
    '終了の時刻を外すか、取り消すことのできる措置を選んでください。',
    'Leave the end out, or choose a measure that can be undone.',
  ),
  measure_end_impossible: text(
    'その終了の時刻では実施できません',
    'The measure cannot end at that time',
    '終了の時刻が過去か開始より前である、又は暫定措置が24時間を超えています。',
    'The end is past or before the start, or an interim measure would last more than 24 hours.',
    '開始より後の時刻を指定してください。暫定措置は判断から24時間以内です。',
    'Choose a time after the start; for an interim measure, within 24 hours of the decision.',
  ),
  interim_stands_alone: text(
    '暫定措置とほかの措置は、一つの判断にできません',
    'Interim and other measures cannot stand in one decision',
    '一部の措置だけに暫定措置の指定があります。',
    'Only some of the measures are marked as interim.',
    '暫定措置だけを先に決め、ほかの措置は改めて判断してください。',
    'Take the interim measures first and decide on the others afterwards.',
  ),
  territory_not_for_measure: text(
    'その措置に地域は付けられません',
    'That measure has no territory',
    'アカウントに対する措置、発信者へのお願い、又は geo_block_jp に地域を付けています。',
    'A territory was given to a measure on an account, a request to the poster, or geo_block_jp.',
    '地域を外すか、表示に関する措置を選んでください。',
    'Leave the territory out, or choose a measure on what is shown.',
  ),
  label_basis_missing: text(
    'AI生成物ラベルの根拠が必要です',
    'An AI-generated label needs its basis',
    '何に基づいてAI生成物と表示するかを選んでいません。',
    'It was not said on what the label rests.',
    'generation_mark、own_detection、poster_statement、sender_claim のどれかを選んでください。',
    'Choose generation_mark, own_detection, poster_statement or sender_claim.',
  ),
  label_basis_needs_person: text(
    'その根拠では、人の判断が必要です',
    'That basis needs a person',
    '通知元の申出だけを根拠とするラベルを、継続方針で表示しようとしています。',
    "A standing policy was to label an item on the sender's claim alone.",
    '担当者が確認して判断するか、自社で確認した事実を根拠としてください。',
    'Let a person look and decide, or rest the label on a fact of your own.',
  ),
  text_not_for_measure: text(
    'その措置に使える文面ではありません',
    'That text is not one for the measure',
    '文面の id が一覧にないか、別の措置のための文面です。',
    'The id of the text is not on the list, or the text is for another measure.',
    '措置に合う文面を一覧から選んでください。',
    'Choose a text from the list that fits the measure.',
  ),
} as const satisfies Record<string, ErrorText>
