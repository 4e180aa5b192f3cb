import { activateKey } from '../app/activate-key.ts'
import { addOperator } from '../app/add-operator.ts'
import { changeSender } from '../app/change-sender.ts'
import type { AppContext } from '../app/context.ts'
import { publishStandard } from '../app/publish-standard.ts'
import { readProcedures } from '../app/read-procedures.ts'
import { readOperators } from '../app/read-operators.ts'
import { readDiagnoses, readSender, readSenders } from '../app/read-senders.ts'
import { readStandards } from '../app/read-standards.ts'
import { registerKey } from '../app/register-key.ts'
import { registerSender } from '../app/register-sender.ts'
import { removeOperator } from '../app/remove-operator.ts'
import { resetClock } from '../app/reset-clock.ts'
import { retireKey } from '../app/retire-key.ts'
import { revokeKey } from '../app/revoke-key.ts'
import { segment } from './endpoint.ts'
import { operatorEndpoint, type DeskEndpoint, type OperatorEndpoint } from './operator-endpoint.ts'

/** Senders with their keys, standards, the procedures profile, operators. */
export function registryEndpoints(ctx: AppContext): DeskEndpoint[] {
  return [
    ...senders(ctx),
    ...keys(ctx),
    ...standards(ctx),
    ...procedures(ctx),
    ...operators(ctx),
  ].map((endpoint) => operatorEndpoint(ctx, endpoint))
}

function senders(ctx: AppContext): OperatorEndpoint[] {
  return [
    {
      method: 'get',
      path: '/v1/senders',
      operation: 'listSenders',
      permission: 'senders.read',
      answer: async ({ actor }) => ({ items: await readSenders(ctx, actor) }),
    },
    {
      method: 'post',
      path: '/v1/senders',
      operation: 'registerSender',
      permission: 'senders.write',
      status: 201,
      answer: async ({ actor, body }) => registerSender(ctx, actor, await body()),
    },
    {
      method: 'get',
      path: '/v1/senders/:id',
      operation: 'readSender',
      permission: 'senders.read',
      answer: async ({ actor, req }) => {
        const { sender, ...rest } = await readSender(ctx, actor, segment(req, 'id'))
        return { ...sender, ...rest }
      },
    },
    {
      method: 'patch',
      path: '/v1/senders/:id',
      operation: 'changeSender',
      permission: 'senders.write',
      answer: async ({ actor, req, body }) =>
        changeSender(ctx, actor, segment(req, 'id'), await body()),
    },
    {
      method: 'get',
      path: '/v1/senders/:id/diagnoses',
      operation: 'listDiagnoses',
      permission: 'senders.read',
      answer: async ({ actor, req }) => ({
        items: await readDiagnoses(ctx, actor, segment(req, 'id')),
      }),
    },
    {
      method: 'post',
      path: '/v1/senders/:id/clock-reset',
      operation: 'resetClock',
      permission: 'clocks.reset',
      answer: async ({ actor, req }) => {
        const id = segment(req, 'id')
        await resetClock(ctx, actor, id)
        return { id }
      },
    },
  ]
}

function keys(ctx: AppContext): OperatorEndpoint[] {
  return [
    {
      method: 'post',
      path: '/v1/senders/:id/keys',
      operation: 'registerKey',
      permission: 'keys.write',
      status: 201,
      answer: async ({ actor, req, body }) =>
        registerKey(ctx, actor, segment(req, 'id'), await body()),
    },
    {
      method: 'post',
      path: '/v1/senders/:id/keys/:kid/activation',
      operation: 'activateKey',
      permission: 'keys.write',
      answer: ({ actor, req }) => activateKey(ctx, actor, segment(req, 'id'), segment(req, 'kid')),
    },
    {
      method: 'post',
      path: '/v1/senders/:id/keys/:kid/retirement',
      operation: 'retireKey',
      permission: 'keys.write',
      answer: async ({ actor, req, body }) =>
        retireKey(ctx, actor, segment(req, 'id'), segment(req, 'kid'), await body()),
    },
    {
      method: 'post',
      path: '/v1/senders/:id/keys/:kid/revocation',
      operation: 'revokeKey',
      permission: 'keys.write',
      answer: ({ actor, req }) => revokeKey(ctx, actor, segment(req, 'id'), segment(req, 'kid')),
    },
  ]
}

function standards(ctx: AppContext): OperatorEndpoint[] {
  return [
    {
      method: 'get',
      path: '/v1/standards',
      operation: 'listStandards',
      permission: 'standards.read',
      answer: async ({ actor }) => ({ items: await readStandards(ctx, actor) }),
    },
    {
      method: 'post',
      path: '/v1/standards',
      operation: 'publishStandard',
      permission: 'standards.write',
      status: 201,
      answer: async ({ actor, body }) => publishStandard(ctx, actor, await body()),
    },
  ]
}

function procedures(ctx: AppContext): OperatorEndpoint[] {
  return [
    {
      method: 'get',
      path: '/v1/procedures',
      operation: 'readProcedures',
      permission: 'procedures.read',
      answer: ({ actor }) => Promise.resolve(readProcedures(ctx, actor)),
    },
  ]
}

function operators(ctx: AppContext): OperatorEndpoint[] {
  return [
    {
      method: 'get',
      path: '/v1/operators',
      operation: 'listOperators',
      permission: 'operators.read',
      answer: async ({ actor }) => ({ items: await readOperators(ctx, actor) }),
    },
    {
      method: 'post',
      path: '/v1/operators',
      operation: 'addOperator',
      permission: 'operators.write',
      status: 201,
      answer: async ({ actor, body }) => {
        const { operator, ...secrets } = await addOperator(ctx, actor, await body())
        return { ...operator, ...secrets }
      },
    },
    {
      method: 'post',
      path: '/v1/operators/:id/removal',
      operation: 'removeOperator',
      permission: 'operators.write',
      answer: ({ actor, req }) => removeOperator(ctx, actor, segment(req, 'id')),
    },
  ]
}
