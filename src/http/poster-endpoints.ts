import type { AppContext } from '../app/context.ts'
import { previewPosterNotice } from '../app/preview-poster-notice.ts'
import { readPosterNotices } from '../app/read-poster-notices.ts'
import { settlePosterNoticeByOperator } from '../app/settle-poster-notice.ts'
import { POSTER_NOTICE_STATES } from '../core/poster-notice.ts'
import { segment } from './endpoint.ts'
import { operatorEndpoint, type DeskEndpoint } from './operator-endpoint.ts'
import { readPage, readQuery } from './query.ts'

/** 発信者への通知: what posters will be told, were told, and have to be told by other means. */
export function posterEndpoints(ctx: AppContext): DeskEndpoint[] {
  return [
    operatorEndpoint(ctx, {
      method: 'post',
      path: '/v1/cases/:id/poster-preview',
      operation: 'previewPosterNotice',
      permission: 'posters.preview',
      answer: async ({ actor, req, body }) =>
        previewPosterNotice(ctx, actor, segment(req, 'id'), await body()),
    }),
    operatorEndpoint(ctx, {
      method: 'get',
      path: '/v1/poster-notices',
      operation: 'listPosterNotices',
      permission: 'posters.read',
      answer: async ({ actor, req }) => {
        const query = readQuery(req)
        const state = query.optionalOneOf('state', POSTER_NOTICE_STATES)
        const page = readPage(query)
        query.done()
        return readPosterNotices(ctx, actor, { ...page, ...(state === null ? {} : { state }) })
      },
    }),
    operatorEndpoint(ctx, {
      method: 'post',
      path: '/v1/poster-notices/:id/settlement',
      operation: 'settlePosterNotice',
      permission: 'posters.tell',
      answer: async ({ actor, req, body }) =>
        settlePosterNoticeByOperator(ctx, actor, segment(req, 'id'), await body()),
    }),
  ]
}
