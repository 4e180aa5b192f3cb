import { MadoguchiError } from '../errors/madoguchi-error.ts'
import { isJsonObject, type JsonValue } from '../signing/strict-json.ts'
import { readInput } from './read-input.ts'

/** Outcomes of one answer, whatever more is asked for. */
export const MAX_SETS = 100
const DEFAULT_SETS = 50
const MAX_SETTLED = 200
const MAX_NUMBER = 2 ** 31 - 1
const JTI = /^[A-Za-z0-9_-]{1,128}$/

/** Why a sender doesn't take an outcome (RFC 8936 §2.6), in its own words. */
export interface SetError {
  readonly err: string
  readonly description: string | null
}

/** What a poll asks for and settles (RFC 8936 §2.2). */
export interface Poll {
  /** 0: it only acknowledges. */
  readonly maxEvents: number
  readonly returnImmediately: boolean
  readonly acks: readonly string[]
  readonly errors: ReadonlyMap<string, SetError>
}

/**
 * Reads the body of a poll.
 *
 * @throws MadoguchiError `invalid_input`, also for an id that is acknowledged and refused at once.
 */
export function readPoll(input: JsonValue): Poll {
  const reader = readInput(input)
  const asked = reader.optionalInteger('maxEvents', 0, MAX_NUMBER) ?? DEFAULT_SETS
  const returnImmediately = reader.optionalBoolean('returnImmediately') ?? false
  const acks = readAcks(reader.anything('ack'))
  const errors = readErrors(reader.anything('setErrs'))
  reader.done()
  if (acks.some((id) => errors.has(id))) refuse('/setErrs', 'not')
  return {
    maxEvents: Math.min(asked, MAX_SETS),
    returnImmediately: returnImmediately || asked === 0,
    acks,
    errors,
  }
}

function readAcks(value: unknown): string[] {
  if (value === undefined) return []
  if (!Array.isArray(value)) return refuse('/ack', 'type')
  if (value.length > MAX_SETTLED) refuse('/ack', 'maxItems')
  return value.map((id: unknown) => (isJti(id) ? id : refuse('/ack', 'pattern')))
}

function readErrors(value: unknown): Map<string, SetError> {
  if (value === undefined) return new Map()
  if (!isJsonObject(value as JsonValue)) return refuse('/setErrs', 'type')
  const members = Object.entries(value as Readonly<Record<string, unknown>>)
  if (members.length > MAX_SETTLED) refuse('/setErrs', 'maxProperties')
  return new Map(
    members.map(([id, error]) => [
      isJti(id) ? id : refuse('/setErrs', 'propertyNames'),
      readError(error),
    ]),
  )
}

/** Its pointer leaves out the id: that is input. */
function readError(value: unknown): SetError {
  const reader = readInput(value)
  const err = reader.text('err', { max: 48, pattern: /^[a-z][a-z0-9_]*$/ })
  const description = reader.optionalText('description', { max: 500 })
  reader.done()
  return { err, description }
}

function isJti(id: unknown): id is string {
  return typeof id === 'string' && JTI.test(id)
}

function refuse(pointer: string, keyword: string): never {
  throw new MadoguchiError('invalid_input', { errors: [{ pointer, keyword }] })
}
