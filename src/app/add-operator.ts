import type { OperatorRecord } from '../core/operator.ts'
import { ROLES } from '../core/vocabulary.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import { sha256Base64url } from '../signing/sha256.ts'
import { requirePermission, type Actor } from './actor.ts'
import type { AppContext } from './context.ts'
import { newOperatorToken } from './operator-token.ts'
import { readInput } from './read-input.ts'
import { plainEvent } from './record-event.ts'

/** A pseudonym: letters, digits, marks and single spaces, of any script. */
const NAME = /^[\p{L}\p{M}\p{N}._-]+(?: [\p{L}\p{M}\p{N}._-]+)*$/u
const MAX_NAME = 64

/** What is shown of an operator; the token only by {@link addOperator}, once. */
export type OperatorView = Omit<OperatorRecord, 'tokenSha256'>

/**
 * Adds an operator and gives its bearer token, which is kept nowhere. Among active operators a
 * pseudonym stands for one only, since the record names people by it.
 *
 * @param input `{ name, role }`, unchecked.
 * @throws MadoguchiError `not_allowed`, `invalid_input`, `already`.
 */
export async function addOperator(
  ctx: AppContext,
  actor: Actor,
  input: unknown,
): Promise<{ readonly operator: OperatorView; readonly token: string }> {
  requirePermission(actor, 'operators.write')
  const members = readInput(input)
  const name = members.text('name', { max: MAX_NAME, pattern: NAME })
  const role = members.oneOf('role', ROLES)
  members.done()
  const token = newOperatorToken(ctx.random)
  const operator: OperatorView = {
    id: ctx.random.id('opr'),
    name,
    role,
    state: 'active',
    createdAt: ctx.clock.now(),
  }
  await ctx.committer.submit({
    name: 'operator.add',
    bytes: 512,
    locks: [`operator:${name}`],
    run: async (tx) => {
      const taken = await tx.find('operator', { name, state: 'active' }, { limit: 1 })
      if (taken.length > 0 || name === 'system') throw new MadoguchiError('already')
      await tx.insert('operator', { ...operator, tokenSha256: sha256Base64url(token) })
      const payload = { v: 1, operator: operator.id, role, by: { ...actor } }
      return {
        result: undefined,
        events: [plainEvent('operator.added', operator.createdAt, {}, payload)],
      }
    },
  })
  return { operator, token }
}
