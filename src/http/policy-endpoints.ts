import { addPolicy } from '../app/add-policy.ts'
import { activatePolicy, adoptPolicy, retirePolicy } from '../app/change-policy.ts'
import type { AppContext } from '../app/context.ts'
import { exportPolicy, readPolicies, readPolicy } from '../app/read-policies.ts'
import { readPolicyUses, reviewPolicyUse, type PolicyUsesQuery } from '../app/review-policy-use.ts'
import { readSignals, readSignalTotals } from '../app/read-signals.ts'
import { tryPolicy, type TryPeriod } from '../app/try-policy.ts'
import { REVIEW_FINDINGS, type PolicyName } from '../core/policy.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import { segment } from './endpoint.ts'
import { operatorEndpoint, type DeskEndpoint, type OperatorEndpoint } from './operator-endpoint.ts'
import { optionalTime, readPage, readQuery } from './query.ts'
import type { Request } from './request.ts'

const VERSION = '/v1/policies/:id/versions/:version'

/** Standing policies: rules that the platform adopts before what they are used on arrives. */
export function policyEndpoints(ctx: AppContext): DeskEndpoint[] {
  return [...drafts(ctx), ...versions(ctx), ...uses(ctx), ...signals(ctx)].map((endpoint) =>
    operatorEndpoint(ctx, endpoint),
  )
}

function drafts(ctx: AppContext): OperatorEndpoint[] {
  return [
    {
      method: 'get',
      path: '/v1/policies',
      operation: 'listPolicies',
      permission: 'policies.read',
      answer: async ({ actor }) => ({ items: await readPolicies(ctx, actor) }),
    },
    {
      method: 'post',
      path: '/v1/policies',
      operation: 'addPolicy',
      permission: 'policies.write',
      status: 201,
      answer: async ({ actor, body }) => addPolicy(ctx, actor, await body()),
    },
    {
      method: 'post',
      path: '/v1/policies/import',
      operation: 'importPolicy',
      permission: 'policies.write',
      status: 201,
      answer: async ({ actor, body }) => addPolicy(ctx, actor, await body(), { imported: true }),
    },
  ]
}

function versions(ctx: AppContext): OperatorEndpoint[] {
  return [
    {
      method: 'get',
      path: VERSION,
      operation: 'readPolicy',
      permission: 'policies.read',
      answer: ({ actor, req }) => readPolicy(ctx, actor, nameOf(req)),
    },
    {
      method: 'get',
      path: `${VERSION}/export`,
      operation: 'exportPolicy',
      permission: 'policies.read',
      answer: ({ actor, req }) => exportPolicy(ctx, actor, nameOf(req)),
    },
    {
      method: 'post',
      path: `${VERSION}/adoption`,
      operation: 'adoptPolicy',
      permission: 'policies.write',
      answer: ({ actor, req }) => adoptPolicy(ctx, actor, nameOf(req)),
    },
    {
      method: 'post',
      path: `${VERSION}/activation`,
      operation: 'activatePolicy',
      permission: 'policies.write',
      answer: ({ actor, req }) => activatePolicy(ctx, actor, nameOf(req)),
    },
    {
      method: 'post',
      path: `${VERSION}/retirement`,
      operation: 'retirePolicy',
      permission: 'policies.write',
      answer: ({ actor, req }) => retirePolicy(ctx, actor, nameOf(req)),
    },
    {
      method: 'get',
      path: `${VERSION}/trial`,
      operation: 'tryPolicy',
      permission: 'policies.try',
      answer: ({ actor, req }) => tryPolicy(ctx, actor, nameOf(req), periodOf(req)),
    },
  ]
}

function uses(ctx: AppContext): OperatorEndpoint[] {
  return [
    {
      method: 'get',
      path: '/v1/policies/uses',
      operation: 'listPolicyUses',
      permission: 'policies.review',
      answer: ({ actor, req }) => readPolicyUses(ctx, actor, usesQueryOf(req)),
    },
    {
      method: 'post',
      path: '/v1/policies/uses/:id/review',
      operation: 'reviewPolicyUse',
      permission: 'policies.review',
      answer: async ({ actor, req, body }) =>
        reviewPolicyUse(ctx, actor, segment(req, 'id'), await body()),
    },
  ]
}

function signals(ctx: AppContext): OperatorEndpoint[] {
  return [
    {
      method: 'get',
      path: '/v1/signals',
      operation: 'listSignals',
      permission: 'signals.read',
      answer: ({ actor, req }) => {
        const query = readQuery(req)
        const page = readPage(query)
        query.done()
        return readSignals(ctx, actor, page)
      },
    },
    {
      method: 'get',
      path: '/v1/signals/totals',
      operation: 'readSignalTotals',
      permission: 'statistics.read',
      answer: ({ actor, req }) => readSignalTotals(ctx, actor, periodOf(req)),
    },
  ]
}

function periodOf(req: Request): TryPeriod {
  const query = readQuery(req)
  const period = { from: optionalTime(query, 'from'), until: optionalTime(query, 'until') }
  query.done()
  return period
}

function usesQueryOf(req: Request): PolicyUsesQuery {
  const query = readQuery(req)
  const review = query.optionalOneOf('review', ['none', 'due', ...REVIEW_FINDINGS])
  const policyId = query.optionalText('policy', { max: 100 })
  const page = readPage(query)
  query.done()
  return {
    ...page,
    ...(review === null ? {} : { review }),
    ...(policyId === null ? {} : { policyId }),
  }
}

/** Versions count from 1; anything else names none. */
function nameOf(req: Request): PolicyName {
  const version = segment(req, 'version')
  if (!/^[1-9]\d{0,8}$/.test(version)) throw new MadoguchiError('not_found')
  return { id: segment(req, 'id'), version: Number(version) }
}
