import type { ErrorCode } from '../errors/madoguchi-error.ts'
import { identifyToken } from '../signing/identify-token.ts'
import type { AppContext } from './context.ts'

/** Codes that are faults of ours, or of nobody; never kept as a diagnosis of a sender. */
const NOT_THE_SENDER: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'internal_error',
  'body_already_parsed',
  'store_unavailable',
  'schema_behind',
  'schema_ahead',
  'signer_unavailable',
  'commit_unknown',
  'overloaded',
])

/** What arrived and was refused, as far as it may be kept. */
export interface RefusedRequest {
  readonly code: ErrorCode
  readonly token: string | undefined
  readonly bytes: number | undefined
}

/**
 * Counts a refusal and, where the token names a registered sender, keeps a diagnosis for mending its
 * client. The name is only claimed: a diagnosis is a hint and decides nothing. Never throws.
 */
export async function noteRefusal(ctx: AppContext, refused: RefusedRequest): Promise<void> {
  const { code, token, bytes } = refused
  const claimed = token === undefined || NOT_THE_SENDER.has(code) ? undefined : identifyToken(token)
  const sender =
    claimed === undefined
      ? undefined
      : await ctx.read.get('sender', { id: claimed.senderId }).catch(() => undefined)
  if (claimed === undefined || sender === undefined) {
    ctx.refusals.note({ code })
    return
  }
  const skew = claimed.issuedAt === null ? {} : { skewMs: ctx.clock.now() - claimed.issuedAt }
  ctx.refusals.note({
    code,
    senderId: sender.id,
    kid: claimed.kid,
    ...skew,
    ...(bytes === undefined ? {} : { bytes }),
  })
}
