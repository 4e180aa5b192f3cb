import { isExpired } from '../core/operator.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import { sha256Base64url } from '../signing/sha256.ts'
import type { Actor } from './actor.ts'
import type { AppContext } from './context.ts'
import { OPERATOR_TOKEN } from './operator-token.ts'

/**
 * The person or machine behind a bearer token. Tokens hold 256 random bits and only their hash is
 * kept, so that the look-up tells nothing by its time; an unknown token and one of a removed operator
 * are one answer.
 *
 * @throws MadoguchiError `unauthenticated`, `access_expired`.
 */
export async function authenticateOperator(
  { read, clock }: Pick<AppContext, 'read' | 'clock'>,
  token: string | undefined,
): Promise<Actor> {
  if (token === undefined || !OPERATOR_TOKEN.test(token))
    throw new MadoguchiError('unauthenticated')
  const tokenSha256 = sha256Base64url(token)
  const [row] = await read.find('operator', { tokenSha256 }, { limit: 1 })
  if (row?.state !== 'active') throw new MadoguchiError('unauthenticated')
  if (isExpired(row, clock.now())) throw new MadoguchiError('access_expired')
  return { operator: row.name, role: row.role }
}
