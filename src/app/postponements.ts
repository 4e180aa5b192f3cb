import { isPostponed, type PostponementRecord } from '../core/postponement.ts'
import type { Reader } from '../ports/record-store.ts'

/** The postponement that is in force for everything about one item, if any. */
export async function activePostponement(
  reader: Reader,
  targetKey: string,
  at: number,
): Promise<PostponementRecord | undefined> {
  const active = await reader.find('postponement', { targetKey, state: 'active' })
  return active.find((one) => isPostponed(one, at))
}
