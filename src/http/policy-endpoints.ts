import { addPolicy } from '../app/add-policy.ts'
import { activatePolicy, adoptPolicy, retirePolicy } from '../app/change-policy.ts'
import type { AppContext } from '../app/context.ts'
import { exportPolicy, readPolicies, readPolicy } from '../app/read-policies.ts'
import type { PolicyName } from '../core/policy.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import { segment } from './endpoint.ts'
import { operatorEndpoint, type DeskEndpoint, type OperatorEndpoint } from './operator-endpoint.ts'
import type { Request } from './request.ts'

const VERSION = '/v1/policies/:id/versions/:version'

/** Standing policies: rules that the platform adopts before what they are used on arrives. */
export function policyEndpoints(ctx: AppContext): DeskEndpoint[] {
  return [...drafts(ctx), ...versions(ctx)].map((endpoint) => operatorEndpoint(ctx, endpoint))
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
  ]
}

/** Versions count from 1; anything else names none. */
function nameOf(req: Request): PolicyName {
  const version = segment(req, 'version')
  if (!/^[1-9]\d{0,8}$/.test(version)) throw new MadoguchiError('not_found')
  return { id: segment(req, 'id'), version: Number(version) }
}
