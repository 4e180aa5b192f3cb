import { answerGeneralRequest } from '../app/answer-general-request.ts'
import type { AppContext } from '../app/context.ts'
import { listGeneralRequests, readGeneralRequest } from '../app/read-general-requests.ts'
import { segment } from './endpoint.ts'
import { operatorEndpoint, type DeskEndpoint } from './operator-endpoint.ts'

/** 一般要請: what bodies of the state ask for without naming an item. */
export function requestEndpoints(ctx: AppContext): DeskEndpoint[] {
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
