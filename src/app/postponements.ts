import { isPostponed, type PostponementRecord } from '../core/postponement.ts'
import type { PostponeFacts } from '../core/transition/postpone-telling.ts'
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

/** What is in force, and what one person has asked for. */
export async function postponeFacts(
  reader: Reader,
  targetKey: string,
  at: number,
): Promise<PostponeFacts> {
  const asked = await reader.find('postponement', { targetKey, state: 'asked' })
  return {
    at,
    asked: asked.find(({ until }) => at < until) ?? null,
    active: (await activePostponement(reader, targetKey, at)) ?? null,
  }
}
