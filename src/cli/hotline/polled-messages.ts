import type { OutcomeMessage } from './check-outcome.ts'

/** What an answer to a poll brings, as pushes would have brought it. */
export function polledMessages(answer: unknown): OutcomeMessage[] {
  const { sets = {}, ledger = {} } = answer as {
    readonly sets?: Readonly<Record<string, string>>
    readonly ledger?: Readonly<Partial<Record<string, { entry: string; proof: string }>>>
  }
  return Object.entries(sets).map(([id, outcome]) => {
    const { entry = '', proof = '' } = ledger[id] ?? {}
    return { outcome, entry, proof }
  })
}
