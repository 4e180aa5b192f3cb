import { toBase64 } from '../core/base64.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import type { AppContext } from './context.ts'

/** What lets anybody check that an entry stands in the log, and what it says. */
export interface LedgerProof {
  /** base64 of the exact bytes of the entry. */
  readonly entry: string
  /** tlog-proof text. */
  readonly proof: string
}

/** @throws MadoguchiError `internal_error` where the record lost an entry. */
export async function ledgerProofOf(
  { read, ledger }: AppContext,
  index: number,
): Promise<LedgerProof> {
  const row = await read.get('ledgerEntry', { index })
  if (row === undefined) throw new MadoguchiError('internal_error')
  return { entry: toBase64(row.bytes), proof: await ledger.proof(index) }
}
