import { MadoguchiError } from '../errors/madoguchi-error.ts'
import { CommitUnknown, StoreUnavailable, TransactionAborted } from '../ports/record-store.ts'

/** The error that the outside hears for whatever was thrown; the original is its `cause`. */
export function nameFault(fault: unknown): MadoguchiError {
  if (fault instanceof MadoguchiError) return fault
  if (fault instanceof StoreUnavailable)
    return new MadoguchiError('store_unavailable', { cause: fault, retryAfterMs: 5_000 })
  if (fault instanceof TransactionAborted)
    return new MadoguchiError('store_unavailable', { cause: fault, retryAfterMs: 1_000 })
  if (fault instanceof CommitUnknown)
    return new MadoguchiError('commit_unknown', { cause: fault, retryAfterMs: 1_000 })
  return new MadoguchiError('internal_error', { cause: fault })
}
