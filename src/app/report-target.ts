import { canonicalJson } from '../core/canonical-json.ts'
import { isOpen } from '../core/case.ts'
import type { Observation } from '../core/notice.ts'
import { resolvedKey } from '../core/target-key.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import type { AppContext } from './context.ts'
import { endSignalsOfGone } from './end-signal.ts'
import { targetLock } from './locks.ts'
import { countingNotices } from './notices-of-case.ts'
import { readObservation } from './target-answers.ts'

/**
 * The platform tells what became of an item, e.g. that its poster took it down. Kept as the observation
 * of the notices of its open cases; decides nothing, and `by` stays inside (law 21).
 *
 * @param ref What `resolve` gave as `ref`, or `{ key }` with what it gave as `key`.
 * @returns How many notices it concerned.
 * @throws MadoguchiError `invalid_input` where `state` is none.
 */
export async function reportTarget(
  ctx: AppContext,
  ref: unknown,
  seen: Observation,
): Promise<number> {
  const observation = checked(seen)
  const keys = targetKeysOf(ref)
  const { result } = await ctx.committer.submit({
    name: 'target.report',
    bytes: 256,
    locks: keys.map(targetLock),
    run: async (tx) => {
      const found = await Promise.all(keys.map((targetKey) => tx.find('case', { targetKey })))
      let concerned = 0
      for (const record of found.flat().filter(isOpen)) {
        for (const notice of await countingNotices(tx, record)) {
          const observedAt = ctx.clock.now()
          await tx.update('notice', { id: notice.id }, { observation, observedAt })
          concerned += 1
        }
      }
      if (observation.state !== 'gone') return { result: concerned, events: [] }
      const ended = await Promise.all(keys.map((key) => endSignalsOfGone(ctx, tx, key)))
      return { result: concerned, events: ended.flat() }
    },
  })
  return result
}

/** A platform whose reference is itself `{ key }` finds its items too. */
function targetKeysOf(ref: unknown): string[] {
  const byRef = resolvedKey(new TextDecoder().decode(canonicalJson(ref)))
  const isKey = typeof ref === 'object' && ref !== null && Object.keys(ref).join() === 'key'
  const { key } = (isKey ? ref : {}) as { readonly key?: unknown }
  return typeof key === 'string' ? [resolvedKey(key), byRef] : [byRef]
}

function checked(seen: Observation): Observation {
  try {
    return readObservation(seen)
  } catch (cause) {
    const errors = [{ pointer: '/state', keyword: 'enum' }]
    throw new MadoguchiError('invalid_input', { errors, cause })
  }
}
