import type { AppContext } from '../app/context.ts'
import { readDeadLetterPayload } from '../app/read-dead-letter-payload.ts'
import { readAgencyRequests } from '../app/read-agency-requests.ts'
import { readDeadLetters } from '../app/read-dead-letters.ts'
import { readDeliveries } from '../app/read-deliveries.ts'
import { readDelivery } from '../app/read-delivery.ts'
import { readStatistics, type StatisticsQuery } from '../app/read-statistics.ts'
import { resendDeliveries } from '../app/resend-deliveries.ts'
import { resendDelivery } from '../app/resend-delivery.ts'
import { reviveWork } from '../app/revive-work.ts'
import { settleByOperator } from '../app/settle-by-operator.ts'
import { DELIVERY_STATES } from '../core/outcome.ts'
import { segment } from './endpoint.ts'
import { operatorEndpoint, type DeskEndpoint, type OperatorEndpoint } from './operator-endpoint.ts'
import { readPage, readQuery } from './query.ts'
import type { Request } from './request.ts'

/** What runs behind a decision: actions, deliveries, what was given up, and bare counts. */
export function workEndpoints(ctx: AppContext): DeskEndpoint[] {
  return [...actions(ctx), ...deliveries(ctx), ...others(ctx)].map((endpoint) =>
    operatorEndpoint(ctx, endpoint),
  )
}

function actions(ctx: AppContext): OperatorEndpoint[] {
  return [
    {
      method: 'post',
      path: '/v1/actions/:id/settlement',
      operation: 'settleAction',
      permission: 'actions.settle',
      answer: async ({ actor, req, body }) =>
        settleByOperator(ctx, actor, segment(req, 'id'), await body()),
    },
  ]
}

function deliveries(ctx: AppContext): OperatorEndpoint[] {
  return [
    {
      method: 'get',
      path: '/v1/deliveries',
      operation: 'listDeliveries',
      permission: 'deliveries.read',
      answer: async ({ actor, req }) => {
        const query = readQuery(req)
        const state = query.optionalOneOf('state', DELIVERY_STATES)
        const page = readPage(query)
        query.done()
        return readDeliveries(ctx, actor, { ...page, ...(state === null ? {} : { state }) })
      },
    },
    {
      method: 'get',
      path: '/v1/deliveries/:id',
      operation: 'readDelivery',
      permission: 'dead_letters.payload',
      answer: ({ actor, req }) => readDelivery(ctx, actor, segment(req, 'id')),
    },
    {
      method: 'post',
      path: '/v1/deliveries/resend',
      operation: 'resendDeliveries',
      permission: 'deliveries.resend',
      answer: async ({ actor, body }) => resendDeliveries(ctx, actor, await body()),
    },
    {
      method: 'post',
      path: '/v1/deliveries/:id/resend',
      operation: 'resendDelivery',
      permission: 'deliveries.resend',
      status: 201,
      answer: ({ actor, req }) => resendDelivery(ctx, actor, segment(req, 'id')),
    },
  ]
}

function others(ctx: AppContext): OperatorEndpoint[] {
  return [
    {
      method: 'get',
      path: '/v1/dead-letters',
      operation: 'listDeadLetters',
      permission: 'deliveries.read',
      answer: async ({ actor }) => ({ items: await readDeadLetters(ctx, actor) }),
    },
    {
      method: 'get',
      path: '/v1/dead-letters/:id/payload',
      operation: 'readDeadLetterPayload',
      permission: 'dead_letters.payload',
      answer: ({ actor, req }) => readDeadLetterPayload(ctx, actor, segment(req, 'id')),
    },
    {
      method: 'post',
      path: '/v1/dead-letters/:id/revival',
      operation: 'reviveWork',
      permission: 'deliveries.resend',
      answer: ({ actor, req }) => reviveWork(ctx, actor, segment(req, 'id')),
    },
    {
      method: 'get',
      path: '/v1/statistics',
      operation: 'readStatistics',
      permission: 'statistics.read',
      answer: ({ actor, req }) => readStatistics(ctx, actor, readStatisticsQuery(req)),
    },
    {
      method: 'get',
      path: '/v1/agency-requests',
      operation: 'readAgencyRequests',
      permission: 'statistics.read',
      answer: ({ actor, req }) => {
        const query = readQuery(req)
        const halfYear = query.optionalText('half_year', HALF_YEAR)
        query.done()
        return readAgencyRequests(ctx, actor, halfYear ?? undefined)
      },
    },
  ]
}

const DAY = { max: 10, pattern: /^\d{4}-\d{2}-\d{2}$/ }
const HALF_YEAR = { max: 7, pattern: /^\d{4}-H[12]$/ }
const SIZE = { max: 12, pattern: /^\d{1,12}$/ }

function readStatisticsQuery(req: Request): StatisticsQuery {
  const query = readQuery(req)
  const from = query.optionalText('from', DAY)
  const to = query.optionalText('to', DAY)
  const size = query.optionalText('size', SIZE)
  query.done()
  return {
    ...(from === null ? {} : { from }),
    ...(to === null ? {} : { to }),
    ...(size === null ? {} : { size: Number(size) }),
  }
}
