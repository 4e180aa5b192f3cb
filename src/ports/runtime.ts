import type { Id, IdPrefix } from '../core/ids.ts'

/** The world's time. Nothing else in the rings may ask for it. */
export interface Clock {
  /** Epoch milliseconds, whole. */
  now(): number
  /** Calls `run` once after `delayMs`; the handle cancels. A pending timer doesn't keep the process up. */
  after(delayMs: number, run: () => void): Timer
  /** Resolves once everything that is ready to run in this process has run; takes no time. */
  turn(): Promise<void>
}

export interface Timer {
  cancel(): void
}

/** Cryptographically secure random bytes and the identifiers made of them. */
export interface Random {
  bytes(length: number): Uint8Array
  id<P extends IdPrefix>(prefix: P): Id<P>
}

/**
 * Facts for operators, as an allow-list: ids of ours, codes, counts, sizes, durations. Never a URL, a
 * host or hash of one, a token, a name, a header, or any text of a notice (law 11).
 */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>

export interface Logger {
  debug(event: string, fields?: LogFields): void
  info(event: string, fields?: LogFields): void
  warn(event: string, fields?: LogFields): void
  error(event: string, fields?: LogFields): void
}
