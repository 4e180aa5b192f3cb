import type { CaseAnswer } from '../app/case-command.ts'
import { standingOf } from '../app/case-standing.ts'
import type { AppContext } from '../app/context.ts'
import { readInput, type InputReader } from '../app/read-input.ts'
import { isId, type Id } from '../core/ids.ts'
import type { Permission } from '../core/permissions.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import { segment } from './endpoint.ts'
import { operatorEndpoint, type DeskEndpoint, type OperatorCall } from './operator-endpoint.ts'
import type { Request } from './request.ts'

/** Makes the endpoint of one command on a case: its path, its name and permission, what it does. */
export type CaseCommandEndpoint = (
  name: string,
  [operation, permission]: readonly [string, Permission],
  run: (call: OperatorCall, caseId: Id<'cas'>) => Promise<CaseAnswer>,
) => DeskEndpoint

/** Every command on a case answers alike: where the case stands, or the problem that it was refused for. */
export function caseCommands(ctx: AppContext): CaseCommandEndpoint {
  return (name, [operation, permission], run) =>
    operatorEndpoint(ctx, {
      method: 'post',
      path: `/v1/cases/:id/${name}`,
      operation,
      permission,
      answer: async (call) => standingOf(await run(call, caseIdOf(call.req))),
    })
}

function caseIdOf(req: Request): Id<'cas'> {
  const id = segment(req, 'id')
  if (!isId('cas', id)) throw new MadoguchiError('not_found')
  return id
}

/** A command carries an id of its own; a retry with it gets the same answer. */
export function readCommand<R>(
  input: unknown,
  rest: (members: InputReader) => R,
): R & { commandId: string } {
  const members = readInput(input)
  const commandId = members.text('command_id', { max: 128, pattern: /^[A-Za-z0-9._~-]{8,}$/ })
  const found = { ...rest(members), commandId }
  members.done()
  return found
}
