import { EMPTY_EDGE, grow } from './append.ts'
import type { AuditSource } from './audit-source.ts'
import { leafHash } from './merkle.ts'

const CHUNK = 512

/** Size and root of the log that the bytes of the entries make, whatever is written beside them. */
export async function rootOfEntries(
  source: Pick<AuditSource, 'entries'>,
): Promise<{ readonly size: number; readonly root: Uint8Array }> {
  const growth = grow(EMPTY_EDGE)
  for (;;) {
    const entries = await source.entries(growth.size(), growth.size() + CHUNK)
    for (const { bytes } of entries) {
      growth.push(leafHash(bytes))
      growth.takeFullTiles()
    }
    if (entries.length < CHUNK) return { size: growth.size(), root: growth.root() }
  }
}
