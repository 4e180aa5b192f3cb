import { text, type ErrorText } from './error-text.ts'

/** Faults of ours, which are never blamed on whoever asked (law 16). */
export const OUR_ERRORS = {
  commit_unknown: text(
    '保存できたか確認できませんでした',
    'It is not known whether this was stored',
    '保存の途中で、保存先との接続が切れました。',
    'The connection to the store broke while it was committing.',
    '同じ内容をそのまま再送してください。保存済みなら同じ受領証が返ります。',
    'Send exactly the same again; if it was stored, you get the same receipt.',
  ),
  overloaded: text(
    '混み合っているため受け付けられません',
    'Too busy to accept this now',
    '処理を待つ依頼が上限に達しています。',
    'As many requests wait as the desk can hold.',
    'Retry-After の後に、そのまま再送してください。',
    'Send the same again after Retry-After.',
  ),
  store_unavailable: text(
    '保存できないため受け付けていません',
    'Not stored, so not accepted',
    '保存先に接続できない、空きがない、又は設定が安全ではありません。',
    'The store cannot be reached, is full, or is set so that a commit would not be durable.',
    'Retry-After の後に、そのまま再送してください。',
    'Send the same again after Retry-After.',
  ),
  schema_behind: text(
    '保存先の表が、この版より古い形です',
    'The tables of the store are older than this version',
    '新しい版を動かす前に、表を移行していません（PostgreSQL は自動では移行しません）。',
    'The tables were not migrated before this version was started (PostgreSQL is never migrated by itself).',
    '運用者は madoguchi db migrate を実行してください。通知元は Retry-After の後に、そのまま再送してください。',
    'Operators: run madoguchi db migrate. Senders: send the same again after Retry-After.',
  ),
  schema_ahead: text(
    '保存先の表が、この版より新しい形です',
    'The tables of the store are newer than this version',
    '新しい版が表を移行した後も、古い版が動いています。',
    'A newer version has migrated the tables while this one still runs.',
    '運用者はこのプロセスを新しい版にしてください。通知元は Retry-After の後に、そのまま再送してください。',
    'Operators: update this process. Senders: send the same again after Retry-After.',
  ),
  signer_unavailable: text(
    '受領証に署名できないため受け付けていません',
    'The receipt could not be signed, so nothing was accepted',
    '署名鍵（外部の鍵管理を含む）を使えません。',
    'The signing key, or the service that holds it, cannot be used.',
    'Retry-After の後に、そのまま再送してください。',
    'Send the same again after Retry-After.',
  ),
  internal_error: text(
    '当社側の不具合です',
    'A fault on our side',
    '想定していない不具合。ログの request の値と照合できます。',
    'A fault that was not foreseen; the log has it under the same request id.',
    '送信内容に問題はありません。時間をおいて再送してください。',
    'Nothing is wrong with what you sent. Send it again later.',
  ),
  log_mismatch: text(
    '台帳が、この設定の issuer 又は台帳の鍵のものではありません',
    'The ledger does not belong to this issuer and log key',
    'issuer 又は台帳の鍵を変えたか、別の窓口の保存先を指しています。',
    'The issuer or the log key was changed, or the store is that of another desk.',
    'MADOGUCHI_STORE, MADOGUCHI_ISSUER, MADOGUCHI_LOG_KEY の組合せを、台帳を始めたときのものに戻してください。',
    'Go back to the MADOGUCHI_STORE, MADOGUCHI_ISSUER and MADOGUCHI_LOG_KEY with which the ledger was begun.',
  ),
} as const satisfies Record<string, ErrorText>
