import { ACTION_KINDS, type ActionKind } from '../core/action-kind.ts'
import type { Id } from '../core/ids.ts'
import type { OutwardText } from '../core/message.ts'
import { formatTime, SECOND } from '../core/time.ts'
import type { Bilingual, LegalNature, OutcomeStatus } from '../core/vocabulary.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import type { Signer } from '../ports/signer.ts'
import { signJws } from './sign-jws.ts'
import { TOKEN_TYPES } from './token-type.ts'

/** The clause of the platform's own standard that an outcome cites. */
export interface CitedClause {
  readonly id: string
  readonly version: string
  readonly clause: string
  readonly title: Bilingual
}

/** An outcome as it goes outward: what is inside only has been left out before (law 21). */
export interface OutcomeFields {
  readonly id: Id<'out'>
  /** Ours. */
  readonly issuer: string
  readonly senderId: string
  readonly senderNoticeId: string
  readonly noticeId: Id<'ntc'>
  readonly issuedAt: number
  readonly revision: number
  readonly supersedes?: Id<'out'>
  readonly status: OutcomeStatus
  readonly asOf: number
  /** Open list, outward values only. */
  readonly reason?: string
  /** Of the item alone (law 22). */
  readonly measures: readonly ActionKind[]
  readonly standard?: CitedClause
  readonly publicNote?: Bilingual
  /** What is asked, with `information_requested` only. */
  readonly question?: OutwardText & { readonly id: Id<'qst'> }
  /** What it answers, where its sender objected. */
  readonly appeal?: { readonly id: Id<'apl'>; readonly result: 'upheld' }
  /** The assessed one. */
  readonly nature: LegalNature
  /** The sentence that follows from the nature (law 20). */
  readonly statement: Bilingual
  /** base64url; of the outcome's own entry. */
  readonly leafHash: string
  /** base64url; of the entry of the decision that it reports, or of the notice before there is one (law 13). */
  readonly previous: string
}

/**
 * 対応結果: signs what is reported to one sender. Has no `exp`, as it stays true; made once, kept and
 * sent byte for byte.
 *
 * Throws `internal_error` for a measure that isn't one on the item: those don't go outward.
 */
export async function makeOutcome(signer: Signer, fields: OutcomeFields): Promise<string> {
  if (fields.measures.some((kind) => ACTION_KINDS[kind].scope !== 'item')) {
    throw new MadoguchiError('internal_error')
  }
  return signJws(signer, TOKEN_TYPES.outcome, {
    iss: fields.issuer,
    aud: fields.senderId,
    jti: fields.id,
    sub: fields.senderNoticeId,
    iat: Math.floor(fields.issuedAt / SECOND),
    notice: fields.noticeId,
    outcome: outcomeClaim(fields),
    leaf_hash: fields.leafHash,
    previous: fields.previous,
  })
}

/** Absent members are `undefined` here and left out by JSON. */
function outcomeClaim(fields: OutcomeFields): object {
  return {
    id: fields.id,
    revision: fields.revision,
    supersedes: fields.supersedes,
    status: fields.status,
    as_of: formatTime(fields.asOf),
    reason: fields.reason,
    measures: fields.measures,
    standard: fields.standard,
    public_note: fields.publicNote,
    question: fields.question,
    appeal: fields.appeal,
    nature: fields.nature,
    statement_ja: fields.statement.ja,
    statement_en: fields.statement.en,
  }
}
