import { readLetterAnswer, readLetterReceipt } from '../app/answer-letter.ts'
import type { AppContext } from '../app/context.ts'
import { enterLetter } from '../app/enter-letter.ts'
import { markAnswerSent } from '../app/mark-answer-sent.ts'
import { segment } from './endpoint.ts'
import { operatorEndpoint, type DeskEndpoint } from './operator-endpoint.ts'

/** 書面の通知: typed in by the desk, answered by the desk. */
export function letterEndpoints(ctx: AppContext): DeskEndpoint[] {
  return [
    operatorEndpoint(ctx, {
      method: 'post',
      path: '/v1/letters',
      operation: 'enterLetter',
      permission: 'letters.enter',
      status: 201,
      answer: async ({ actor, body }) => enterLetter(ctx, actor, await body()),
    }),
    operatorEndpoint(ctx, {
      method: 'get',
      path: '/v1/letters/:id/receipt',
      operation: 'readLetterReceipt',
      permission: 'letters.answer',
      answer: ({ actor, req }) => readLetterReceipt(ctx, actor, segment(req, 'id')),
    }),
    operatorEndpoint(ctx, {
      method: 'get',
      path: '/v1/letters/:id/answer',
      operation: 'readLetterAnswer',
      permission: 'letters.answer',
      answer: ({ actor, req }) => readLetterAnswer(ctx, actor, segment(req, 'id')),
    }),
    operatorEndpoint(ctx, {
      method: 'post',
      path: '/v1/letters/:id/answer-sent',
      operation: 'markAnswerSent',
      permission: 'letters.answer',
      answer: async ({ actor, req, body }) =>
        markAnswerSent(ctx, actor, segment(req, 'id'), await body()),
    }),
  ]
}
