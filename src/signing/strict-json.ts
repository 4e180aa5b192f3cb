import { MadoguchiError } from '../errors/madoguchi-error.ts'
import { JsonScanner } from './json-scanner.ts'

/** A JSON value as strict JSON admits it. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject
export interface JsonObject {
  readonly [member: string]: JsonValue
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Reads JSON that means the same to every reader (I-JSON, RFC 7493, and narrower): valid UTF-8
 * without BOM, no duplicate keys, none of `__proto__`, `constructor`, `prototype`, at most 16 levels,
 * 20,000 values and keys, 16,384 UTF-16 units a string, whole numbers within ±(2^53−1), finite, no −0,
 * no lone surrogates, no NUL.
 *
 * Throws `malformed_json`, without cause: the engine's own messages quote the input.
 */
export function parseStrictJson(bytes: Uint8Array): JsonValue {
  try {
    const text = utf8.decode(bytes)
    new JsonScanner(text).scan()
    return JSON.parse(text) as JsonValue
  } catch {
    throw new MadoguchiError('malformed_json')
  }
}

/** Whether a JSON value is an object, not an array or `null`. */
export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
