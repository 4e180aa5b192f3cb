/**
 * `typ` of every token that we make or take. One per purpose, so that none can be passed off as
 * another (RFC 8725 §3.11).
 */
export const TOKEN_TYPES = {
  /** A sender's request to us. */
  request: 'mdg-req+jwt',
  /** 受領証. */
  receipt: 'mdg-receipt+jwt',
  /** 対応結果; lasts, has no `exp`. */
  outcome: 'mdg-outcome+jwt',
  /** One attempt of ours to hand an outcome to a sender's endpoint. */
  push: 'mdg-push+jwt',
} as const
export type TokenType = (typeof TOKEN_TYPES)[keyof typeof TOKEN_TYPES]
