import { answerGeneralRequest } from '../app/answer-general-request.ts'
import type { AppContext } from '../app/context.ts'
import { agreeToLeaveUp, listLeaveUps, proposeLeaveUp } from '../app/leave-up.ts'
import { listGeneralRequests, readGeneralRequest } from '../app/read-general-requests.ts'
import { segment } from './endpoint.ts'
import { operatorEndpoint, type DeskEndpoint } from './operator-endpoint.ts'

/** What bodies of the state ask for: without naming an item, or that one be left up. */
export function requestEndpoints(ctx: AppContext): DeskEndpoint[] {
  return [...generalRequests(ctx), ...leaveUps(ctx)]
}

function leaveUps(ctx: AppContext): DeskEndpoint[] {
  return [
    operatorEndpoint(ctx, {
      method: 'get',
      path: '/v1/leave-ups',
      operation: 'listLeaveUps',
      permission: 'leave_ups.read',
      answer: async ({ actor }) => ({ items: await listLeaveUps(ctx, actor) }),
    }),
    operatorEndpoint(ctx, {
      method: 'post',
      path: '/v1/cases/:id/leave-up',
      operation: 'proposeLeaveUp',
      permission: 'leave_ups.handle',
      status: 201,
      answer: async ({ actor, req, body }) =>
        proposeLeaveUp(ctx, actor, segment(req, 'id'), await body()),
    }),
    operatorEndpoint(ctx, {
      method: 'post',
      path: '/v1/leave-ups/:id/agreement',
      operation: 'agreeToLeaveUp',
      permission: 'leave_ups.handle',
      answer: async ({ actor, req, body }) =>
        agreeToLeaveUp(ctx, actor, segment(req, 'id'), await body()),
    }),
  ]
}

function generalRequests(ctx: AppContext): DeskEndpoint[] {
  return [
    operatorEndpoint(ctx, {
      method: 'get',
      path: '/v1/general-requests',
      operation: 'listGeneralRequests',
      permission: 'requests.read',
      answer: async ({ actor }) => ({ items: await listGeneralRequests(ctx, actor) }),
    }),
    operatorEndpoint(ctx, {
      method: 'get',
      path: '/v1/general-requests/:id',
      operation: 'readGeneralRequest',
      permission: 'requests.read',
      answer: ({ actor, req }) => readGeneralRequest(ctx, actor, segment(req, 'id')),
    }),
    operatorEndpoint(ctx, {
      method: 'post',
      path: '/v1/general-requests/:id/answer',
      operation: 'answerGeneralRequest',
      permission: 'requests.answer',
      answer: async ({ actor, req, body }) =>
        answerGeneralRequest(ctx, actor, segment(req, 'id'), await body()),
    }),
  ]
}
