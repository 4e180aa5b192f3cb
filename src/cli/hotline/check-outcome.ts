import { fromBase64 } from '../../core/base64.ts'
import { parseEntry } from '../../ledger/entry.ts'
import { isJsonObject, type JsonObject } from '../../signing/strict-json.ts'
import { TOKEN_TYPES } from '../../signing/token-type.ts'
import { verifyOurs } from '../../signing/verify-ours.ts'
import { attemptRead, check, type Check } from './check.ts'
import { isInLog, sameLeaf } from './check-receipt.ts'
import type { DeskDirectory } from './desk-directory.ts'

/** What is pushed to a sender: the same members as an acceptance has. */
export interface OutcomeMessage {
  readonly outcome: string
  readonly entry: string
  readonly proof: string
}

/** An outcome that was looked at. */
export interface CheckedOutcome {
  /** The sender's own id of the notice. */
  readonly senderNoticeId: string
  readonly id: string
  readonly status: string
  readonly statement: { readonly ja: string; readonly en: string }
  readonly checks: readonly Check[]
}

/** Whether a pushed body is an outcome by its form. */
export function isOutcomeMessage(value: unknown): value is OutcomeMessage {
  if (typeof value !== 'object' || value === null) return false
  const members = value as Readonly<Record<string, unknown>>
  return ['outcome', 'entry', 'proof'].every((name) => typeof members[name] === 'string')
}

/**
 * 対応結果: checks the signature, the ledger, and that it follows from our notice by way of a decision.
 *
 * @param receiptLeaf The leaf hash that the receipt of the notice names; `undefined`: not at hand.
 */
export function checkOutcome(
  desk: DeskDirectory,
  senderId: string,
  message: OutcomeMessage,
  receiptLeaf?: string,
): CheckedOutcome {
  const claims =
    attemptRead(() => verifyOurs(message.outcome, TOKEN_TYPES.outcome, desk.jwks)) ?? {}
  const outcome = isJsonObject(claims['outcome']) ? claims['outcome'] : {}
  const bytes = fromBase64(message.entry) ?? new Uint8Array()
  return {
    senderNoticeId: textOf(claims, 'sub'),
    id: textOf(outcome, 'id'),
    status: textOf(outcome, 'status'),
    statement: { ja: textOf(outcome, 'statement_ja'), en: textOf(outcome, 'statement_en') },
    checks: [
      check(
        'outcome_signature',
        '対応結果の署名は、窓口の公開鍵のものです',
        'The outcome is signed with the public key of the desk',
        () => claims['iss'] === desk.issuer && claims['aud'] === senderId,
      ),
      check(
        'outcome_entry',
        '対応結果は、台帳のこの記載を指しています',
        'The outcome names the hash of this ledger entry',
        () => sameLeaf(textOf(claims, 'leaf_hash'), bytes),
      ),
      check(
        'outcome_proof',
        '記載は台帳にあります（記載の証明を台帳の公開鍵で確認）',
        "The entry stands in the ledger (proof checked with the log's public key)",
        () => isInLog(desk, bytes, message.proof),
      ),
      ...chainOf(bytes, claims, receiptLeaf),
    ],
  }
}

/** Law of the chain: the entry names the notice's entry and the decision's; the message, the decision's. */
function chainOf(bytes: Uint8Array, claims: JsonObject, receiptLeaf: string | undefined): Check[] {
  if (receiptLeaf === undefined) return []
  return [
    check(
      'outcome_chain',
      '記載は、先の受領証の記載と、判断の記載とを指しています（通知→判断→対応結果）',
      'The entry names that of the earlier receipt and that of the decision (notice → decision → outcome)',
      () => {
        const entry = parseEntry(bytes)
        // A sealed one names nothing in clear; the signed message itself names the decision.
        if (entry?.type === 'sealed') return true
        const refs = entry?.refs ?? []
        return refs.includes(receiptLeaf) && refs.includes(textOf(claims, 'previous'))
      },
    ),
  ]
}

function textOf(object: JsonObject, name: string): string {
  const value = object[name]
  return typeof value === 'string' ? value : ''
}
