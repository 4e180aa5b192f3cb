import type { Id } from './ids.ts'
import type { Trial } from './trial.ts'

/** One text for one item. @param key The platform's own. */
export function resolvedKey(key: string, trial: Trial | null = null): string {
  return onTrial(trial, `ref:${key}`)
}

/** Of a notice whose target the platform couldn't resolve: one of its own, which no other notice joins. */
export function unresolvedKey(noticeId: Id<'ntc'>, trial: Trial | null = null): string {
  return onTrial(trial, `notice:${noticeId}`)
}

/** Whether the platform knows which item it is. */
export function isResolved(targetKey: string): boolean {
  return /^(?:test:|observe:)?ref:/.test(targetKey)
}

/** One item has a key of its own in each, so that a trial and the real thing never meet in a case. */
function onTrial(trial: Trial | null, targetKey: string): string {
  return trial === null ? targetKey : `${trial}:${targetKey}`
}
