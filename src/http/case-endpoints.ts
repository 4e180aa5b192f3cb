import type { AppContext } from '../app/context.ts'
import { claimCase } from '../app/claim-case.ts'
import { decideByDocument } from '../app/decide-by-document.ts'
import { listCases } from '../app/list-cases.ts'
import { noteInfluence } from '../app/note-influence.ts'
import { markBand0, tellEmergency } from '../app/put-life-first.ts'
import { readCase } from '../app/read-case.ts'
import { readNames } from '../app/read-names.ts'
import { readInput } from '../app/read-input.ts'
import { CASE_STATES } from '../core/case.ts'
import { isId } from '../core/ids.ts'
import { EMERGENCY_SERVICES } from '../core/transition/core-event.ts'
import { INFLUENCE_KINDS, LANES } from '../core/vocabulary.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import { caseCommands } from './case-commands.ts'
import { segment } from './endpoint.ts'
import { operatorEndpoint, type DeskEndpoint } from './operator-endpoint.ts'
import { readPage, readQuery } from './query.ts'
import type { Request } from './request.ts'

const NOTE = { max: 4_000 }

/** Cases: the queue, one case, and what people do with it. */
export function caseEndpoints(ctx: AppContext): DeskEndpoint[] {
  const command = caseCommands(ctx)
  return [
    operatorEndpoint(ctx, {
      method: 'get',
      path: '/v1/cases',
      operation: 'listCases',
      permission: 'cases.list',
      answer: ({ actor, req }) => listCases(ctx, actor, readListQuery(req)),
    }),
    operatorEndpoint(ctx, {
      method: 'get',
      path: '/v1/cases/:id',
      operation: 'readCase',
      permission: 'cases.read',
      answer: ({ actor, req }) => readCase(ctx, actor, segment(req, 'id')),
    }),
    operatorEndpoint(ctx, {
      method: 'get',
      path: '/v1/cases/:id/names',
      operation: 'readNames',
      permission: 'cases.names',
      answer: async ({ actor, req }) => ({
        items: await readNames(ctx, actor, segment(req, 'id')),
      }),
    }),
    command('claim', ['claimCase', 'cases.claim'], ({ actor }, id) => claimCase(ctx, actor, id)),
    command('decision', ['decideCase', 'cases.decide'], async ({ actor, body }, id) =>
      decideByDocument(ctx, actor, id, await body()),
    ),
    command('influence', ['noteInfluence', 'influence.note'], async ({ actor, body }, id) =>
      noteInfluence(ctx, actor, id, readInfluence(await body())),
    ),
    command('emergency', ['tellEmergency', 'emergency.tell'], async ({ actor, body }, id) => {
      const members = readInput(await body())
      const told = {
        service: members.oneOf('service', EMERGENCY_SERVICES),
        note: members.optionalText('note', NOTE),
      }
      members.done()
      return tellEmergency(ctx, actor, id, told)
    }),
    command('band0', ['markBand0', 'cases.mark_band0'], ({ actor }, id) =>
      markBand0(ctx, actor, id),
    ),
  ]
}

function readListQuery(req: Request): Parameters<typeof listCases>[2] {
  const query = readQuery(req)
  const state = query.optionalOneOf('state', CASE_STATES)
  const lane = query.optionalOneOf('lane', LANES)
  const held = query.optionalOneOf('held', ['true', 'false'])
  const interim = query.optionalOneOf('interim', ['true'])
  const tests = query.optionalOneOf('tests', ['true'])
  const waitsFor = query.optionalOneOf('waits_for', ['sender'])
  const page = readPage(query)
  query.done()
  return {
    ...page,
    held: held === 'true',
    ...(state === null ? {} : { state }),
    ...(lane === null ? {} : { lane }),
    ...(interim === null ? {} : { interim: true }),
    ...(tests === null ? {} : { tests: true }),
    ...(waitsFor === null ? {} : { waitsFor }),
  }
}

function readInfluence(input: unknown): Parameters<typeof noteInfluence>[3] {
  const members = readInput(input)
  const kind = members.oneOf('kind', INFLUENCE_KINDS)
  const note = members.optionalText('note', NOTE)
  const noticeId = members.optionalText('notice_id', { max: 64 })
  members.done()
  if (noticeId === null) return { kind, note, noticeId }
  if (isId('ntc', noticeId)) return { kind, note, noticeId }
  throw new MadoguchiError('invalid_input', {
    errors: [{ pointer: '/notice_id', keyword: 'pattern' }],
  })
}
