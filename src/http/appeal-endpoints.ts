import { refusalError } from '../app/case-command.ts'
import type { AppContext } from '../app/context.ts'
import {
  decideAppeal,
  type AppealAnswer,
  type AppealStanding,
  type DecideAppealRequest,
} from '../app/decide-appeal.ts'
import { openAppeal, type OpenAppealRequest } from '../app/open-appeal.ts'
import { readAppeal, readAppeals } from '../app/read-appeals.ts'
import type { InputReader } from '../app/read-input.ts'
import { APPEAL_ABOUT, APPEAL_STATES, APPEAL_VERDICTS } from '../core/appeal.ts'
import { isId } from '../core/ids.ts'
import type { Bilingual } from '../core/vocabulary.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import { readInput } from '../app/read-input.ts'
import { readCommand } from './case-commands.ts'
import { segment } from './endpoint.ts'
import { operatorEndpoint, type DeskEndpoint } from './operator-endpoint.ts'
import { readPage, readQuery } from './query.ts'

const ID = { max: 64 }

/** 異議の申出: what posters and senders object to, and what other people make of it. */
export function appealEndpoints(ctx: AppContext): DeskEndpoint[] {
  return [
    operatorEndpoint(ctx, {
      method: 'get',
      path: '/v1/appeals',
      operation: 'listAppeals',
      permission: 'appeals.read',
      answer: async ({ actor, req }) => {
        const query = readQuery(req)
        const state = query.optionalOneOf('state', APPEAL_STATES)
        const page = readPage(query)
        query.done()
        return readAppeals(ctx, actor, { ...page, ...(state === null ? {} : { state }) })
      },
    }),
    operatorEndpoint(ctx, {
      method: 'post',
      path: '/v1/appeals',
      operation: 'openAppeal',
      permission: 'appeals.open',
      status: 201,
      answer: async ({ actor, body }) =>
        openAppeal(ctx, actor, readCommand(await body(), objection)),
    }),
    operatorEndpoint(ctx, {
      method: 'get',
      path: '/v1/appeals/:id',
      operation: 'readAppeal',
      permission: 'appeals.read',
      answer: ({ actor, req }) => readAppeal(ctx, actor, segment(req, 'id')),
    }),
    operatorEndpoint(ctx, {
      method: 'post',
      path: '/v1/appeals/:id/decision',
      operation: 'decideAppeal',
      permission: 'appeals.decide',
      answer: async ({ actor, req, body }) => {
        const id = segment(req, 'id')
        if (!isId('apl', id)) throw new MadoguchiError('not_found')
        const request = readCommand(await body(), verdict)
        return appealStanding(await decideAppeal(ctx, actor, id, request))
      },
    }),
  ]
}

/** @throws MadoguchiError The refusal, where nothing changed. */
export function appealStanding(answer: AppealAnswer): AppealStanding {
  if (!answer.ok) throw refusalError(answer.refusal)
  return answer.appeal
}

function objection(members: InputReader): Omit<OpenAppealRequest, 'commandId'> {
  const about = members.anything('about')
  return {
    from: appellant(members),
    about: aboutOf(about ?? ['measure']),
    text: members.text('text', { max: 10_000 }),
  }
}

function aboutOf(given: unknown): OpenAppealRequest['about'] {
  const about = APPEAL_ABOUT.filter((one) => Array.isArray(given) && given.includes(one))
  if (Array.isArray(given) && about.length > 0 && about.length === given.length) return about
  throw refuse('/about', 'enum')
}

/** Exactly one of the three. */
function appellant(members: InputReader): OpenAppealRequest['from'] {
  const given = [
    members.optionalText('poster_notice_id', ID),
    members.optionalText('case_id', ID),
    members.optionalText('letter_id', ID),
  ] as const
  if (given.filter((one) => one !== null).length !== 1) throw refuse('', 'oneOf')
  const [posterNoticeId, caseId, letterId] = given
  if (posterNoticeId !== null && isId('pnt', posterNoticeId)) return { posterNoticeId }
  if (caseId !== null && isId('cas', caseId)) return { caseId }
  if (letterId !== null && isId('ntc', letterId)) return { letterId }
  throw new MadoguchiError('not_found')
}

function verdict(members: InputReader): Omit<DecideAppealRequest, 'commandId'> {
  return {
    expectedVersion: members.integer('expected_version', 0, 1_000_000_000),
    verdict: members.oneOf('verdict', APPEAL_VERDICTS),
    words: wordsOf(members.anything('words')),
    internalNote: members.optionalText('internal_note', { max: 4_000 }),
  }
}

/** Both languages, or nothing. */
function wordsOf(value: unknown): Bilingual | null {
  if (value === undefined || value === null) return null
  const members = readInput(value)
  const words = { ja: members.text('ja', { max: 2_000 }), en: members.text('en', { max: 2_000 }) }
  members.done()
  return words
}

function refuse(pointer: string, keyword: string): MadoguchiError {
  return new MadoguchiError('invalid_input', { errors: [{ pointer, keyword }] })
}
