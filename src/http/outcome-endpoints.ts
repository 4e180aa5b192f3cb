import type { AppContext } from '../app/context.ts'
import { pollOutcomes } from '../app/poll-outcomes.ts'
import type { Endpoint } from './endpoint.ts'
import { inboundWithBody } from './inbound.ts'
import type { BodyLimits } from './raw-body.ts'
import { sendBytes } from './send.ts'

/** What a sender calls to fetch its outcomes: RFC 8936, with each outcome's entry and proof beside it. */
export function outcomeEndpoints(ctx: AppContext, limits: BodyLimits): Endpoint[] {
  return [
    {
      method: 'post',
      path: '/v1/outcomes/poll',
      operation: 'pollOutcomes',
      handle: async (req, res) => {
        const inbound = await inboundWithBody(ctx, req, limits)
        const gone = new AbortController()
        res.once('close', () => {
          gone.abort()
        })
        const answer = await pollOutcomes(ctx, inbound, gone.signal)
        // The names of RFC 8936 are no names of ours, and those of the sets are identifiers.
        sendBytes(res, JSON.stringify(answer), 'application/json; charset=utf-8')
      },
    },
  ]
}
