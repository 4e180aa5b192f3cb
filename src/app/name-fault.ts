import { MadoguchiError, type ErrorCode } from '../errors/madoguchi-error.ts'
import { CommitUnknown, StoreUnavailable, TransactionAborted } from '../ports/record-store.ts'

/** The error that the outside hears for whatever was thrown; the original is its `cause`. */
export function nameFault(fault: unknown): MadoguchiError {
  if (fault instanceof MadoguchiError) return fault
  if (fault instanceof StoreUnavailable)
    return new MadoguchiError(codeOf(fault), { cause: fault, retryAfterMs: 5_000 })
  if (fault instanceof TransactionAborted)
    return new MadoguchiError('store_unavailable', { cause: fault, retryAfterMs: 1_000 })
  if (fault instanceof CommitUnknown)
    return new MadoguchiError('commit_unknown', { cause: fault, retryAfterMs: 1_000 })
  return new MadoguchiError('internal_error', { cause: fault })
}

/** What an operator mends by a command has a code of its own. */
function codeOf({ reason }: StoreUnavailable): ErrorCode {
  return reason === 'schema_behind' || reason === 'schema_ahead' ? reason : 'store_unavailable'
}
