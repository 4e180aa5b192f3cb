import type { Id } from './ids.ts'

/** One text for one item. @param key The platform's own. */
export function resolvedKey(key: string): string {
  return `ref:${key}`
}

/** Of a notice whose target the platform couldn't resolve: one of its own, which no other notice joins. */
export function unresolvedKey(noticeId: Id<'ntc'>): string {
  return `notice:${noticeId}`
}

/** Whether the platform knows which item it is. */
export function isResolved(targetKey: string): boolean {
  return targetKey.startsWith('ref:')
}
