import type { OperatorRecord } from '../core/operator.ts'
import type { SampleRecord } from '../core/sample.ts'
import { formatTime } from '../core/time.ts'
import { ROLES } from '../core/vocabulary.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import { sha256Base64url } from '../signing/sha256.ts'
import { requirePermission, type Actor } from './actor.ts'
import { administrativeEvent } from './administrative-event.ts'
import type { EventDraft } from './command.ts'
import type { AppContext } from './context.ts'
import { drawSample, type DrawnSample } from './draw-sample.ts'
import { readExternalAccess } from './external-access.ts'
import { newOperatorToken } from './operator-token.ts'
import { readInput } from './read-input.ts'
import { plainEvent } from './record-event.ts'

/** A pseudonym: letters, digits, marks and single spaces, of any script. */
const NAME = /^[\p{L}\p{M}\p{N}._-]+(?: [\p{L}\p{M}\p{N}._-]+)*$/u
const MAX_NAME = 64

/** What is shown of an operator; the token only by {@link addOperator}, once. */
export type OperatorView = Omit<OperatorRecord, 'tokenSha256'>

/** The token is given here and never again. */
export interface AddedOperator {
  readonly operator: OperatorView
  readonly token: string
  /** What an external auditor may see. */
  readonly sampleId?: SampleRecord['id']
}

/**
 * Adds an operator and gives its bearer token, which is kept nowhere. Among active operators a
 * pseudonym stands for one only, since the record names people by it.
 *
 * @param input `{ name, role }`, with what {@link readExternalAccess} reads for `external_auditor`; unchecked.
 * @throws MadoguchiError `not_allowed`, `invalid_input`, `already`.
 */
export async function addOperator(
  ctx: AppContext,
  actor: Actor,
  input: unknown,
): Promise<AddedOperator> {
  requirePermission(actor, 'operators.write')
  const members = readInput(input)
  const name = members.text('name', { max: MAX_NAME, pattern: NAME })
  const role = members.oneOf('role', ROLES)
  const now = ctx.clock.now()
  const access = role === 'external_auditor' ? readExternalAccess(members, now) : undefined
  members.done()
  const token = newOperatorToken(ctx.random)
  const operator: OperatorView = {
    id: ctx.random.id('opr'),
    name,
    role,
    state: 'active',
    createdAt: now,
    expiresAt: access?.expiresAt ?? null,
  }
  const drawn = access === undefined ? undefined : await drawSample(ctx, operator.id, access)
  await ctx.committer.submit({
    name: 'operator.add',
    bytes: 512,
    locks: [`operator:${name}`],
    run: async (tx) => {
      const taken = await tx.find('operator', { name, state: 'active' }, { limit: 1 })
      if (taken.length > 0 || name === 'system') throw new MadoguchiError('already')
      await tx.insert('operator', { ...operator, tokenSha256: sha256Base64url(token) })
      if (drawn !== undefined) await tx.insert('sample', drawn.sample)
      const { id, expiresAt } = operator
      const payload = { v: 1, operator: id, role, expires_at: expiresAt, by: { ...actor } }
      const added = plainEvent('operator.added', now, {}, payload)
      const events = drawn === undefined ? [added] : [added, sampleEvent(ctx, actor, drawn)]
      return { result: undefined, events }
    },
  })
  return { operator, token, ...(drawn === undefined ? {} : { sampleId: drawn.sample.id }) }
}

/** Everything that the draw rests on, for good. */
function sampleEvent(ctx: AppContext, actor: Actor, drawn: DrawnSample): EventDraft {
  const { sample, populationSha256 } = drawn
  const detail = {
    sample: sample.id,
    operator: sample.operatorId,
    decided_from: formatTime(sample.decidedFrom),
    decided_until: formatTime(sample.decidedUntil),
    seed: sample.seed,
    population: sample.population,
    population_sha256: populationSha256,
    cases: [...sample.caseIds],
  }
  return administrativeEvent(ctx, actor, 'sample.drawn', { detail })
}
