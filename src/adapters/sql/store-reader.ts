import type { Reader } from '../../ports/record-store.ts'

/** A store that is only read, whoever else holds it. */
export interface StoreReader {
  readonly read: Reader
  /** How much room it takes. */
  readonly bytes: () => Promise<number>
  close(): Promise<void>
}
