import { readFileSync } from 'node:fs'
import { parseStrictJson } from '../signing/strict-json.ts'

/** Reads a document that a person wrote, as strictly as one that a machine sent. Throws `malformed_json`. */
export function readJsonFile(path: string): unknown {
  return parseStrictJson(new Uint8Array(readFileSync(path)))
}
