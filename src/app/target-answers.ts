import { canonicalJson } from '../core/canonical-json.ts'
import { SUPPLIED_MANNERS, type SuppliedManner } from '../core/manner.ts'
import type { Observation } from '../core/notice.ts'
import { SURFACES, type Surface } from '../core/vocabulary.ts'

const MAX_REF_BYTES = 16_384
const MAX_KEY_LENGTH = 1_024
const MAX_TEXT_LENGTH = 256
const MAX_FACTS = 50

/** What the platform said of a reported location, checked. */
export interface TargetAnswer {
  readonly ref: unknown
  readonly key: string
  readonly account: string | null
  readonly surface: Surface
}

/**
 * Reads the answer of a resolver, which is foreign code and may be anything; `null` where there is no
 * such item. A `ref` is JSON of at most 16 KiB and not null, a key a text of at most 1,024 characters.
 *
 * Throws TypeError for an answer that can't be kept as it is: guessing could join two items as one.
 */
export function readTarget(answer: unknown): TargetAnswer | null {
  if (answer === null) return null
  const { ref, key, account, surface } = membersOf(answer)
  const bytes = canonicalJson(ref)
  if (ref === null || bytes.length > MAX_REF_BYTES) throw new TypeError('ref')
  const known = SURFACES.find((one) => one === (surface ?? 'public'))
  if (known === undefined) throw new TypeError('surface')
  return {
    ref,
    key: readText(key ?? new TextDecoder().decode(bytes), MAX_KEY_LENGTH),
    account: account === undefined || account === null ? null : readText(account, MAX_TEXT_LENGTH),
    surface: known,
  }
}

const STATES: readonly Observation['state'][] = ['present', 'gone', 'unknown']

/**
 * Reads what the platform says of the state of an item. Of the optional members those are kept that
 * are what they should be. Throws TypeError where the state is none.
 */
export function readObservation(seen: unknown): Observation {
  const { state, since, by, digest, manner, facts } = membersOf(seen)
  const known = STATES.find((one) => one === state)
  if (known === undefined) throw new TypeError('state')
  return {
    state: known,
    ...(typeof since === 'number' && Number.isSafeInteger(since) && since > 0 ? { since } : {}),
    ...(isText(by, MAX_TEXT_LENGTH) ? { by } : {}),
    ...(isText(digest, MAX_TEXT_LENGTH) ? { digest } : {}),
    ...(Array.isArray(manner) ? { manner: mannersIn(manner) } : {}),
    ...factsOf(facts),
  }
}

function mannersIn(given: readonly unknown[]): readonly SuppliedManner[] {
  return SUPPLIED_MANNERS.filter((one) => given.includes(one))
}

/** A word that isn't one is left out, as every optional member that isn't what it should be. */
function factsOf(facts: unknown): Pick<Observation, 'facts'> {
  const words = Array.isArray(facts) ? facts.filter(isFact) : []
  return words.length === 0 ? {} : { facts: [...new Set(words)].slice(0, MAX_FACTS) }
}

const isFact = (word: unknown): word is string =>
  typeof word === 'string' && /^[a-z][a-z0-9_]{0,63}$/.test(word)

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) throw new TypeError('no object')
  return value as Readonly<Record<string, unknown>>
}

function readText(value: unknown, maxLength: number): string {
  if (!isText(value, maxLength)) throw new TypeError('text')
  return value
}

const isText = (value: unknown, maxLength: number): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= maxLength && value.isWellFormed()
