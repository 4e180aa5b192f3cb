import { readdirSync, readFileSync } from 'node:fs'
import { MINUTE, dayInJapan, formatTime } from '../core/time.ts'
import type { NoticeDocument, StandardDocument } from '../generated/types.ts'
import type { Clock, Random } from '../ports/runtime.ts'
import { UsageError } from './usage-error.ts'

/** The same distance from `src/cli` and from `dist/cli`. */
const EXAMPLES = new URL('../../examples/', import.meta.url)

/** Names of the fictional notices that come along. */
export function exampleNoticeNames(): string[] {
  return readdirSync(new URL('notices/', EXAMPLES))
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .sort()
}

/**
 * A fictional notice as if it were written now: an id of its own, dated today, looked at ten minutes ago.
 *
 * @throws UsageError for a name that isn't there.
 */
export function exampleNotice(
  name: string,
  { clock, random }: { readonly clock: Clock; readonly random: Random },
): NoticeDocument {
  const names = exampleNoticeNames()
  if (!names.includes(name))
    throw new UsageError(
      `その名前の通知はありません。次から選んでください: ${names.join(', ')}`,
      `There is no notice of that name. Choose one of: ${names.join(', ')}`,
    )
  const notice = readExample(`notices/${name}.json`) as NoticeDocument
  const now = clock.now()
  return {
    ...notice,
    id: `dev-${random.id('ntc').slice('ntc_'.length)}`,
    issued_on: dayInJapan(now),
    ext: { ...notice.ext, observed_at: formatTime(now - 10 * MINUTE) },
  }
}

/** The published rules of the fictional platform. */
export function exampleStandard(): StandardDocument {
  return readExample('standards/removal-standard.json') as StandardDocument
}

/** The bytes of a notice that are signed and sent. */
export function noticeBytes(notice: NoticeDocument): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(notice))
}

function readExample(path: string): unknown {
  return JSON.parse(readFileSync(new URL(path, EXAMPLES), 'utf8'))
}
