import { assessNature, type AssessRequest } from '../app/assess-nature.ts'
import { askSender, type AskRequest } from '../app/ask-sender.ts'
import type { AppContext } from '../app/context.ts'
import { handOverCase, type HandOverRequest } from '../app/hand-over-case.ts'
import { holdCase, type HoldRequest } from '../app/hold-case.ts'
import { mergeCases, type MergeRequest } from '../app/merge-cases.ts'
import { readInput, type InputReader } from '../app/read-input.ts'
import { reclassifyCase, type ReclassifyRequest } from '../app/reclassify-case.ts'
import { releaseCase } from '../app/release-case.ts'
import { resumeCase } from '../app/resume-case.ts'
import { reverseCase, type ReverseRequest } from '../app/reverse-case.ts'
import { REVERSAL_REASONS } from '../core/decision.ts'
import { isId, type Id } from '../core/ids.ts'
import { ASSESSABLE_NATURES } from '../core/transition/assess-nature.ts'
import { OPEN_FORMS } from '../core/vocabulary.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import { caseCommands, readCommand } from './case-commands.ts'
import type { DeskEndpoint } from './operator-endpoint.ts'

const TEXT = { max: 4_000 }
const NAME = { max: 64 }
/** As long as an outcome may carry. */
const QUESTION = { max: 2_000 }
const MAX_VERSION = 1_000_000_000

/** What people of the desk do with a case beside deciding it. */
export function caseDeskEndpoints(ctx: AppContext): DeskEndpoint[] {
  const command = caseCommands(ctx)
  return [
    command('release', ['releaseCase', 'cases.claim'], async ({ actor, body }, id) =>
      releaseCase(
        ctx,
        actor,
        id,
        readCommand(await body(), () => ({})),
      ),
    ),
    command('hand-over', ['handOverCase', 'cases.claim'], async ({ actor, body }, id) =>
      handOverCase(ctx, actor, id, readCommand(await body(), handover)),
    ),
    command('hold', ['holdCase', 'cases.hold'], async ({ actor, body }, id) =>
      holdCase(ctx, actor, id, readCommand(await body(), hold)),
    ),
    command('resumption', ['resumeCase', 'cases.claim'], async ({ actor, body }, id) =>
      resumeCase(
        ctx,
        actor,
        id,
        readCommand(await body(), () => ({})),
      ),
    ),
    command('question', ['askSender', 'cases.ask'], async ({ actor, body }, id) =>
      askSender(ctx, actor, id, readCommand(await body(), question)),
    ),
    command('reversal', ['reverseCase', 'cases.reverse'], async ({ actor, body }, id) =>
      reverseCase(ctx, actor, id, readCommand(await body(), reversal)),
    ),
    command('nature', ['assessNature', 'natures.assess'], async ({ actor, body }, id) =>
      assessNature(ctx, actor, id, readCommand(await body(), assessment)),
    ),
    command('classification', ['reclassifyCase', 'cases.reclassify'], async ({ actor, body }, id) =>
      reclassifyCase(ctx, actor, id, readCommand(await body(), classification)),
    ),
    command('merge', ['mergeCases', 'cases.merge'], async ({ actor, body }, id) =>
      mergeCases(ctx, actor, id, readCommand(await body(), merge)),
    ),
  ]
}

function question(members: InputReader): Omit<AskRequest, 'commandId'> {
  const noticeId = noticeIn(members)
  const ja = members.optionalText('ja', QUESTION)
  const en = members.optionalText('en', QUESTION)
  return { noticeId, text: { ...(ja === null ? {} : { ja }), ...(en === null ? {} : { en }) } }
}

type Members<R> = Omit<R, 'commandId'>

function handover(members: InputReader): Members<HandOverRequest> {
  return { to: members.text('to', NAME), note: members.optionalText('note', TEXT) }
}

function hold(members: InputReader): Members<HoldRequest> {
  return {
    ...version(members),
    until: members.time('until'),
    reason: members.text('reason', TEXT),
  }
}

function reversal(members: InputReader): Members<ReverseRequest> {
  return {
    ...version(members),
    reason: members.oneOf('reason', REVERSAL_REASONS),
    internalNote: members.optionalText('internal_note', TEXT),
  }
}

function merge(members: InputReader): Members<MergeRequest> {
  return {
    ...version(members),
    other: caseId(members, 'other'),
    otherVersion: members.integer('other_version', 0, MAX_VERSION),
  }
}

function assessment(members: InputReader): Members<AssessRequest> {
  return {
    ...version(members),
    noticeId: noticeIn(members),
    nature: members.oneOf('nature', ASSESSABLE_NATURES),
    reason: members.text('reason', TEXT),
    document: members.text('document', { max: 200 }),
    into: intoCase(members.anything('into')),
  }
}

function classification(members: InputReader): Members<ReclassifyRequest> {
  return {
    ...version(members),
    class: members.oneOf('class', OPEN_FORMS),
    category: members.text('category', NAME),
    reason: members.text('reason', TEXT),
  }
}

function intoCase(value: unknown): AssessRequest['into'] {
  if (value === undefined || value === null) return null
  const members = readInput(value)
  const into = { id: caseId(members, 'id'), version: members.integer('version', 0, MAX_VERSION) }
  members.done()
  return into
}

function noticeIn(members: InputReader): Id<'ntc'> {
  const id = members.text('notice_id', { max: 64 })
  if (isId('ntc', id)) return id
  const errors = [{ pointer: '/notice_id', keyword: 'pattern' }]
  throw new MadoguchiError('invalid_input', { errors })
}

function version(members: InputReader): { expectedVersion: number } {
  return { expectedVersion: members.integer('expected_version', 0, MAX_VERSION) }
}

function caseId(members: InputReader, name: string): Id<'cas'> {
  const id = members.text(name, { max: 64 })
  if (isId('cas', id)) return id
  const errors = [{ pointer: `/${name}`, keyword: 'pattern' }]
  throw new MadoguchiError('invalid_input', { errors })
}
