import { askSender, type AskRequest } from '../app/ask-sender.ts'
import type { AppContext } from '../app/context.ts'
import { handOverCase } from '../app/hand-over-case.ts'
import { holdCase } from '../app/hold-case.ts'
import { readInput, type InputReader } from '../app/read-input.ts'
import { releaseCase } from '../app/release-case.ts'
import { resumeCase } from '../app/resume-case.ts'
import { isId } from '../core/ids.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import { caseCommands } from './case-commands.ts'
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
        read(await body(), () => ({})),
      ),
    ),
    command('hand-over', ['handOverCase', 'cases.claim'], async ({ actor, body }, id) =>
      handOverCase(
        ctx,
        actor,
        id,
        read(await body(), (members) => ({
          to: members.text('to', NAME),
          note: members.optionalText('note', TEXT),
        })),
      ),
    ),
    command('hold', ['holdCase', 'cases.hold'], async ({ actor, body }, id) =>
      holdCase(
        ctx,
        actor,
        id,
        read(await body(), (members) => ({
          ...version(members),
          until: members.time('until'),
          reason: members.text('reason', TEXT),
        })),
      ),
    ),
    command('resumption', ['resumeCase', 'cases.claim'], async ({ actor, body }, id) =>
      resumeCase(
        ctx,
        actor,
        id,
        read(await body(), () => ({})),
      ),
    ),
    command('question', ['askSender', 'cases.ask'], async ({ actor, body }, id) =>
      askSender(ctx, actor, id, read(await body(), question)),
    ),
  ]
}

function question(members: InputReader): Omit<AskRequest, 'commandId'> {
  const noticeId = members.text('notice_id', { max: 64 })
  const ja = members.optionalText('ja', QUESTION)
  const en = members.optionalText('en', QUESTION)
  if (!isId('ntc', noticeId))
    throw new MadoguchiError('invalid_input', {
      errors: [{ pointer: '/notice_id', keyword: 'pattern' }],
    })
  return { noticeId, text: { ...(ja === null ? {} : { ja }), ...(en === null ? {} : { en }) } }
}

function version(members: InputReader): { expectedVersion: number } {
  return { expectedVersion: members.integer('expected_version', 0, MAX_VERSION) }
}

/** Every one of these commands carries an id of its own; a retry with it gets the same answer. */
function read<R>(input: unknown, rest: (members: InputReader) => R): R & { commandId: string } {
  const members = readInput(input)
  const commandId = members.text('command_id', { max: 128, pattern: /^[A-Za-z0-9._~-]{8,}$/ })
  const found = { ...rest(members), commandId }
  members.done()
  return found
}
