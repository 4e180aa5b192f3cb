import { MAX_SAMPLE, type SampleSize } from '../core/sample.ts'
import { DAY, MINUTE, parseTime } from '../core/time.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import type { InputReader } from './read-input.ts'

/** For how long, and to which cases, an outside auditor gets access. */
export interface ExternalAccess {
  readonly expiresAt: number
  readonly decidedFrom: number
  readonly decidedUntil: number
  readonly wanted: SampleSize
}

const MAX_ACCESS_MS = 90 * DAY
/** Until every decision of a moment is surely committed. */
const SETTLED_MS = MINUTE

/**
 * Reads what `external_auditor` needs beside a name: `expires_at` (at most 90 days ahead), `decided_from`
 * and `decided_until` (in the past), and `sample_size` or `sample_percent`.
 *
 * @throws MadoguchiError `invalid_input`.
 */
export function readExternalAccess(members: InputReader, now: number): ExternalAccess {
  const expiresAt = timeOf(members, 'expires_at', now + 1, now + MAX_ACCESS_MS)
  const decidedFrom = timeOf(members, 'decided_from', 0, now)
  const decidedUntil = timeOf(members, 'decided_until', decidedFrom + 1, now - SETTLED_MS)
  const size = members.optionalInteger('sample_size', 1, MAX_SAMPLE)
  const percent = members.optionalInteger('sample_percent', 1, 100)
  if (size !== null && percent === null)
    return { expiresAt, decidedFrom, decidedUntil, wanted: { size } }
  if (percent !== null && size === null)
    return { expiresAt, decidedFrom, decidedUntil, wanted: { percent } }
  throw refuse('/sample_size', 'oneOf')
}

function timeOf(members: InputReader, name: string, min: number, max: number): number {
  const at = parseTime(members.text(name, { max: 24 }))
  if (at === undefined) throw refuse(`/${name}`, 'format')
  if (at < min || at > max) throw refuse(`/${name}`, at < min ? 'minimum' : 'maximum')
  return at
}

function refuse(pointer: string, keyword: string): MadoguchiError {
  return new MadoguchiError('invalid_input', { errors: [{ pointer, keyword }] })
}
