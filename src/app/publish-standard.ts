import type { Standard } from '../core/standard.ts'
import { DAY, dayInJapan, startOfDayInJapan } from '../core/time.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import type { Transaction } from '../ports/record-store.ts'
import { fromStandard, toStandard } from '../schema/to-core.ts'
import { validateStandard } from '../schema/validate.ts'
import { requirePermission, type Actor } from './actor.ts'
import { administrativeEvent } from './administrative-event.ts'
import type { AppContext } from './context.ts'

/**
 * Enters a version of the platform's published rules. A version is never edited; one of the same
 * standard that had no last day yet ends on the day before the new one takes effect.
 *
 * @param input A document of `standard.schema.json`, unchecked.
 * @throws MadoguchiError `not_allowed`, `invalid_input`, `already`.
 */
export async function publishStandard(
  ctx: AppContext,
  actor: Actor,
  input: unknown,
): Promise<Standard> {
  requirePermission(actor, 'standards.write')
  const standard = toStandard(validateStandard(input))
  checkDays(standard)
  checkClauses(standard)
  await ctx.committer.submit({
    name: 'standard.publish',
    bytes: 16_384,
    locks: [`standard:${standard.id}`],
    run: async (tx) => {
      const { id, version } = standard
      if ((await tx.get('standard', { id, version })) !== undefined)
        throw new MadoguchiError('already')
      const ended = await endEarlier(tx, standard)
      await tx.insert('standard', standard)
      const detail = { standard: fromStandard(standard), ended }
      return {
        result: undefined,
        events: [administrativeEvent(ctx, actor, 'standard.published', { detail })],
      }
    },
  })
  return standard
}

function checkDays({ publishedOn, effectiveOn, endsOn }: Standard): void {
  if (effectiveOn < publishedOn) throw refuse('/effective_on')
  if (endsOn !== null && endsOn < effectiveOn) throw refuse('/ends_on')
}

function checkClauses({ clauses }: Standard): void {
  if (new Set(clauses.map(({ id }) => id)).size !== clauses.length) throw refuse('/clauses')
}

async function endEarlier(tx: Transaction, standard: Standard): Promise<string[]> {
  const start = startOfDayInJapan(standard.effectiveOn)
  if (start === undefined) throw refuse('/effective_on')
  const endsOn = dayInJapan(start - DAY)
  const earlier = await tx.find('standard', { id: standard.id, endsOn: null })
  const ended = earlier.filter(({ effectiveOn }) => effectiveOn < standard.effectiveOn)
  for (const { id, version } of ended) await tx.update('standard', { id, version }, { endsOn })
  return ended.map(({ version }) => version)
}

function refuse(pointer: string): MadoguchiError {
  return new MadoguchiError('invalid_input', { errors: [{ pointer, keyword: 'not' }] })
}
