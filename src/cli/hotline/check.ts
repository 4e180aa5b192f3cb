import type { Bilingual } from '../../core/vocabulary.ts'

/** One thing that a sender checked by itself, and whether it holds. */
export interface Check {
  readonly id: string
  readonly holds: boolean
  readonly text: Bilingual
}

/** Puts a check into words. `test` throwing counts as not holding. */
export function check(id: string, ja: string, en: string, test: () => boolean): Check {
  return { id, holds: attempt(test), text: { ja, en } }
}

/** What `read` gives, or `undefined` where it throws. */
export function attemptRead<R>(read: () => R): R | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}

function attempt(test: () => boolean): boolean {
  return attemptRead(test) ?? false
}
