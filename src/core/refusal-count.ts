/** Refused requests leave a counter per hour and code, and nothing of their content (law 16). */
export interface RefusalCount {
  /** Epoch ms of the full hour. */
  readonly hour: number
  readonly code: string
  readonly count: number
}

/** For a known sender, one of a ring of 200: enough to mend a client, no body, header or URL. */
export interface Diagnosis {
  readonly senderId: string
  /** 0–199, overwritten in turn. */
  readonly slot: number
  readonly at: number
  readonly code: string
  readonly kid: string | null
  readonly skewMs: number | null
  readonly bytes: number | null
}
