import type { Trial } from '../core/trial.ts'

/** The mark as an entry and a payload carry it; what isn't on trial carries none. */
export function onTrial({ trial }: { readonly trial: Trial | null }): { readonly trial?: Trial } {
  return trial === null ? {} : { trial }
}
