import type { Router } from 'express'
import type { AppContext } from '../app/context.ts'
import { caseDeskEndpoints } from './case-desk-endpoints.ts'
import { appealEndpoints } from './appeal-endpoints.ts'
import { auditEndpoints } from './audit-endpoints.ts'
import { caseEndpoints } from './case-endpoints.ts'
import { createRouter } from './endpoint.ts'
import { letterEndpoints } from './letter-endpoints.ts'
import type { DeskEndpoint } from './operator-endpoint.ts'
import { policyEndpoints } from './policy-endpoints.ts'
import { posterEndpoints } from './poster-endpoints.ts'
import { registryEndpoints } from './registry-endpoints.ts'
import { requestEndpoints } from './request-endpoints.ts'
import { workEndpoints } from './work-endpoints.ts'

/** Every operation of the desk. */
export function operatorEndpoints(ctx: AppContext): readonly DeskEndpoint[] {
  return [
    ...caseEndpoints(ctx),
    ...caseDeskEndpoints(ctx),
    ...registryEndpoints(ctx),
    ...policyEndpoints(ctx),
    ...workEndpoints(ctx),
    ...letterEndpoints(ctx),
    ...posterEndpoints(ctx),
    ...appealEndpoints(ctx),
    ...requestEndpoints(ctx),
    ...auditEndpoints(ctx),
  ]
}

/**
 * What the desk calls, by bearer tokens of operators. A platform puts its own guard in front
 * (`staffOnly`); the tokens hold beside it.
 */
export function createOperatorRouter(ctx: AppContext): Router {
  return createRouter(ctx, operatorEndpoints(ctx), {
    owned: [
      '/v1/cases',
      '/v1/letters',
      '/v1/actions',
      '/v1/senders',
      '/v1/standards',
      '/v1/procedures',
      '/v1/policies',
      '/v1/signals',
      '/v1/operators',
      '/v1/deliveries',
      '/v1/poster-notices',
      '/v1/appeals',
      '/v1/dead-letters',
      '/v1/statistics',
      '/v1/agency-requests',
      '/v1/general-requests',
      '/v1/leave-ups',
      '/v1/readings',
      '/v1/samples',
    ],
  })
}
