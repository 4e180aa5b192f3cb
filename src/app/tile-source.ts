import type { TileSource } from '../ledger/tiles.ts'
import type { Reader } from '../ports/record-store.ts'

/** The hash tiles of the record, as the ledger's proofs read them. */
export function tileSource(reader: Reader): TileSource {
  return {
    async tile(level, tile) {
      const row = await reader.get('ledgerTile', { level, tile })
      return row?.hashes
    },
  }
}
