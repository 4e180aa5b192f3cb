/** What came of one attempt to hand bytes to a registered endpoint. No text of the other side is kept. */
export type TransportResult =
  | {
      readonly kind: 'answered'
      readonly status: number
      readonly body: Uint8Array
      readonly retryAfterMs?: number
    }
  /** `blocked_address` and `blocked_url` won't get better by waiting; the rest may. */
  | { readonly kind: 'failed'; readonly code: TransportFault }

export const TRANSPORT_FAULTS = [
  'blocked_url',
  'blocked_address',
  'dns_failed',
  'connect_failed',
  'tls_failed',
  'timed_out',
  'answer_too_large',
  'connection_lost',
] as const
export type TransportFault = (typeof TRANSPORT_FAULTS)[number]

/**
 * Posts bytes to an endpoint from the registry. Guards against being sent to a private address
 * (literal, looked-up and connected address), follows no redirect, reads at most 64 KiB of the answer,
 * takes at most 15 s in all. Never throws.
 */
export interface OutcomeTransport {
  /** Why an endpoint may not be registered, or `undefined`. No network. */
  refuse(url: string): TransportFault | undefined
  post(request: {
    readonly url: string
    readonly headers: Readonly<Record<string, string>>
    readonly body: Uint8Array
    readonly signal: AbortSignal
  }): Promise<TransportResult>
}
