/** What Redis said or didn't, as a code for the log: never its words, which may hold addresses. */
export type QueueFault =
  'unreachable' | 'timed_out' | 'full' | 'access_denied' | 'read_only' | 'loading' | 'failed'

const BY_REPLY: readonly (readonly [RegExp, QueueFault])[] = [
  [/\bOOM\b/, 'full'],
  [/\bMISCONF\b/, 'read_only'],
  [/\bREADONLY\b/, 'read_only'],
  [/\bLOADING\b/, 'loading'],
  [/\b(NOAUTH|WRONGPASS|NOPERM)\b/, 'access_denied'],
  [/^Command timed out/, 'timed_out'],
  [/^(Connection is closed|Stream isn't writeable)|max number of clients/, 'unreachable'],
]

export function queueFault(fault: unknown): QueueFault {
  if (!(fault instanceof Error)) return 'failed'
  // Of the system: ECONNREFUSED, ENOTFOUND, CERT_HAS_EXPIRED and their like.
  if ('code' in fault && typeof fault.code === 'string') return 'unreachable'
  return BY_REPLY.find(([pattern]) => pattern.test(fault.message))?.[1] ?? 'failed'
}
