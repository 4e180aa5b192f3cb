import { assessPoster } from '../app/assess-poster.ts'
import type { AppContext } from '../app/context.ts'
import { endPostponement, postponeTelling, type PostponeRequest } from '../app/postpone-telling.ts'
import { previewPosterNotice } from '../app/preview-poster-notice.ts'
import type { InputReader } from '../app/read-input.ts'
import { readPosterNotices } from '../app/read-poster-notices.ts'
import { settlePosterNoticeByOperator } from '../app/settle-poster-notice.ts'
import { POSTER_NOTICE_STATES } from '../core/poster-notice.ts'
import { SELF_HARM_POSTERS } from '../core/poster-statement.ts'
import { POSTPONEMENT_REASONS } from '../core/postponement.ts'
import { caseCommands, readCommand } from './case-commands.ts'
import { segment } from './endpoint.ts'
import { operatorEndpoint, type DeskEndpoint } from './operator-endpoint.ts'
import { readPage, readQuery } from './query.ts'

/** 発信者への通知: what posters will be told, were told, and have to be told by other means. */
export function posterEndpoints(ctx: AppContext): DeskEndpoint[] {
  const command = caseCommands(ctx)
  return [
    command('postponement', ['postponeTelling', 'posters.postpone'], async ({ actor, body }, id) =>
      postponeTelling(ctx, actor, id, readCommand(await body(), postponement)),
    ),
    command(
      'postponement-end',
      ['endPostponement', 'posters.postpone'],
      async ({ actor, body }, id) =>
        endPostponement(
          ctx,
          actor,
          id,
          readCommand(await body(), () => ({})),
        ),
    ),
    command('poster-assessment', ['assessPoster', 'posters.assess'], async ({ actor, body }, id) =>
      assessPoster(
        ctx,
        actor,
        id,
        readCommand(await body(), (members) => ({
          poster: members.oneOf('poster', SELF_HARM_POSTERS),
        })),
      ),
    ),
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

function postponement(members: InputReader): Omit<PostponeRequest, 'commandId'> {
  return {
    reason: members.oneOf('reason', POSTPONEMENT_REASONS),
    until: members.time('until'),
    note: members.optionalText('note', { max: 4_000 }),
  }
}
