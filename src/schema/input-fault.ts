import type { ErrorObject } from 'ajv'
import type { InputFault } from '../errors/madoguchi-error.ts'
import { memberNames } from './member-names.ts'

const unescape = (segment: string): string => segment.replaceAll('~1', '/').replaceAll('~0', '~')

/** Ajv's path with every segment that isn't a name of our schemas or an index written as `*`. */
function safePointer(path: string, value: unknown): string {
  let current: unknown = value
  const safe = path
    .split('/')
    .slice(1)
    .map((escaped) => {
      const segment = unescape(escaped)
      const inArray = Array.isArray(current)
      current =
        typeof current === 'object' && current !== null
          ? (current as Readonly<Record<string, unknown>>)[segment]
          : undefined
      return inArray || memberNames().has(segment) ? segment : '*'
    })
  return safe.map((segment) => `/${segment}`).join('')
}

function memberOf(error: ErrorObject): string | undefined {
  const params = error.params as Readonly<Record<string, unknown>>
  const name = params['missingProperty'] ?? params['additionalProperty']
  return typeof name === 'string' && memberNames().has(name) ? name : undefined
}

/** The member that tells the alternatives apart is absent, no string, or none of them. */
function discriminatorFault(error: ErrorObject, value: unknown): InputFault {
  const params = error.params as { readonly tag: string; readonly error: string }
  const pointer = `${safePointer(error.instancePath, value)}/${params.tag}`
  return { pointer, keyword: params.error === 'mapping' ? 'enum' : 'type' }
}

const isNullBranch = (error: ErrorObject): boolean =>
  error.keyword === 'type' && (error.params as { readonly type: unknown }).type === 'null'

/** The one error to tell. Of "null or this", what is wrong with this; of other choices, the choice. */
function telling(errors: readonly ErrorObject[]): ErrorObject | undefined {
  const choice = errors.find((each) => each.keyword === 'anyOf')
  if (choice === undefined) return errors[0]
  return errors.some(isNullBranch) ? errors.find((each) => !isNullBranch(each)) : choice
}

/**
 * What may be said of a failed validation: where, by names of our schema and indexes alone, and against
 * which keyword. Neither values nor unknown names of the input nor Ajv's sentences go outward.
 *
 * @param errors As Ajv leaves them with `allErrors: false`.
 * @param value The input, read only to tell indexes of arrays from names.
 */
export function inputFaults(errors: readonly ErrorObject[], value: unknown): InputFault[] {
  const error = telling(errors)
  if (error === undefined) return []
  if (error.keyword === 'discriminator') return [discriminatorFault(error, value)]
  const member = memberOf(error)
  const pointer =
    safePointer(error.instancePath, value) + (member === undefined ? '' : `/${member}`)
  return [{ pointer, keyword: error.keyword }]
}
