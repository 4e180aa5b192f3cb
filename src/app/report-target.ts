import { canonicalJson } from '../core/canonical-json.ts'
import type { Observation } from '../core/notice.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import type { AppContext } from './context.ts'
import { targetLock } from './locks.ts'
import { noticesOfCase } from './notices-of-case.ts'
import { readObservation } from './target-answers.ts'

/**
 * The platform tells what became of an item, e.g. that its poster took it down. Kept as the observation
 * of the notices of its open cases; decides nothing, and `by` stays inside (law 21).
 *
 * @param key What `resolve` gave as key, or its `ref`.
 * @returns How many notices it concerned.
 * @throws MadoguchiError `invalid_input` where `state` is none.
 */
export async function reportTarget(
  ctx: AppContext,
  key: { readonly key: string } | { readonly ref: unknown },
  seen: Observation,
): Promise<number> {
  const observation = checked(seen)
  const text = 'key' in key ? key.key : new TextDecoder().decode(canonicalJson(key.ref))
  const { result } = await ctx.committer.submit({
    name: 'target.report',
    bytes: 256,
    locks: [targetLock(`ref:${text}`)],
    run: async (tx) => {
      const cases = await tx.find('case', { targetKey: `ref:${text}` })
      let concerned = 0
      for (const { id, state } of cases) {
        if (state === 'decided') continue
        for (const notice of await noticesOfCase(tx, id)) {
          const observedAt = ctx.clock.now()
          await tx.update('notice', { id: notice.id }, { observation, observedAt })
          concerned += 1
        }
      }
      return { result: concerned, events: [] }
    },
  })
  return result
}

function checked(seen: Observation): Observation {
  try {
    return readObservation(seen)
  } catch (cause) {
    const errors = [{ pointer: '/state', keyword: 'enum' }]
    throw new MadoguchiError('invalid_input', { errors, cause })
  }
}
