import { randomBytes } from 'node:crypto'
import { formatId } from '../../core/ids.ts'
import type { Clock, Random } from '../../ports/runtime.ts'

/** The operating system's generator; the clock gives identifiers their time. */
export function createSystemRandom(clock: Clock): Random {
  return {
    bytes: (length) => new Uint8Array(randomBytes(length)),
    id: (prefix) => formatId(prefix, clock.now(), randomBytes(10)),
  }
}
