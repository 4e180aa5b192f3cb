import type { EventRecord } from '../core/event.ts'
import {
  CASE_EVENTS,
  happeningOf,
  NOTICE_EVENTS,
  payloadOf,
  type AcceptedFacts,
  type Story,
} from '../core/statistics/story.ts'
import { HOUR, parseTime } from '../core/time.ts'
import type { Clock } from '../ports/runtime.ts'
import type { Reader } from '../ports/record-store.ts'

/** Notices that are looked at together: what is held of the record at any time. */
const PAGE = 100

export interface StoriesQuery {
  /** Epoch ms of receipt: from, inclusive … */
  readonly from: number
  /** … until, exclusive. */
  readonly until: number
  /** The last `seq` that counts. */
  readonly upTo: number
}

/**
 * Every notice that was received in a period, with what became of it by then, from the events alone.
 * What was on trial isn't among them, and a revision is no further notice.
 */
export async function* readStories(
  { read, clock }: { readonly read: Reader; readonly clock: Clock },
  query: StoriesQuery,
): AsyncIterable<Story> {
  let after = await seqBefore(read, query.from - HOUR)
  for (;;) {
    const page = await acceptedAfter(read, after)
    const first = page.filter((event) => isCounted(event, query))
    yield* await storiesOf(read, first, query.upTo)
    const last = page.at(-1)
    // Events stand in the order of their commits, which is that of their times but for a moment.
    if (last === undefined || page.length < PAGE) return
    if (last.seq >= query.upTo || last.at >= query.until + HOUR) return
    after = last.seq
    await clock.turn()
  }
}

function acceptedAfter(read: Reader, after: number, limit = PAGE): Promise<EventRecord[]> {
  return read.find('event', { type: 'notice.accepted' }, { orderBy: 'seq', after, limit })
}

/** A `seq` behind which no notice was accepted before a time, found by halving. */
async function seqBefore(read: Reader, at: number): Promise<number> {
  let [low, high] = [0, await read.lastEventSeq()]
  while (high - low > PAGE) {
    const middle = Math.floor((low + high) / 2)
    const [next] = await acceptedAfter(read, middle, 1)
    if (next === undefined || next.at >= at) high = middle
    else low = next.seq
  }
  return low
}

function isCounted({ seq, payload }: EventRecord, { from, until, upTo }: StoriesQuery): boolean {
  if (seq > upTo) return false
  const { received_at, supersedes, trial } = payloadOf({ payload }) as AcceptedFacts
  const at = parseTime(received_at) ?? 0
  return supersedes === undefined && trial === undefined && at >= from && at < until
}

/** What is known of one notice while its events are gathered. */
interface Gathered {
  readonly accepted: EventRecord
  readonly ids: Set<string>
  readonly caseIds: Set<string>
  readonly opened: Set<string>
  isWithdrawn: boolean
  assessed: Story['assessed']
}

async function storiesOf(
  read: Reader,
  accepted: readonly EventRecord[],
  upTo: number,
): Promise<Story[]> {
  const gathered = accepted.map((event): Gathered => {
    const id = event.noticeId ?? ''
    return {
      accepted: event,
      ids: new Set([id]),
      caseIds: new Set(),
      opened: new Set(),
      isWithdrawn: false,
      assessed: null,
    }
  })
  await gatherNotices(read, gathered, upTo)
  const cases = await happeningsByCase(read, gathered, upTo)
  return gathered.map(({ accepted: event, ids, caseIds, isWithdrawn, assessed, opened }) => {
    const own = [...caseIds].flatMap((id) => cases.get(id) ?? [])
    return {
      accepted: payloadOf(event) as AcceptedFacts,
      acceptedAt: event.at,
      ids,
      isWithdrawn,
      assessed,
      opened,
      happenings: own.sort((a, b) => a.seq - b.seq).map(happeningOf),
    }
  })
}

/** Follows each notice to its cases, and from revision to revision. */
async function gatherNotices(
  read: Reader,
  gathered: readonly Gathered[],
  upTo: number,
): Promise<void> {
  const byNotice = new Map(gathered.flatMap((one) => [...one.ids].map((id) => [id, one] as const)))
  let ids = [...byNotice.keys()]
  while (ids.length > 0) {
    const events = await read.history({ of: 'noticeId', ids, types: NOTICE_EVENTS, upTo })
    ids = []
    for (const event of events) {
      const one = byNotice.get(event.noticeId ?? '')
      if (one === undefined) continue
      const next = noteEvent(one, event)
      if (next === undefined) continue
      byNotice.set(next, one)
      ids.push(next)
    }
  }
}

/** Keeps what an event says of a notice; the notice that took its place, if one did. */
function noteEvent(one: Gathered, event: EventRecord): string | undefined {
  const { type, caseId } = event
  if (caseId !== null) one.caseIds.add(caseId)
  if (caseId !== null && type === 'case.opened') one.opened.add(caseId)
  if (type === 'notice.withdrawn') one.isWithdrawn = true
  if (type === 'nature.assessed') one.assessed = (payloadOf(event) as Assessed).to
  if (type !== 'notice.superseded') return undefined
  const { superseded_by: next } = payloadOf(event) as { readonly superseded_by: string }
  one.ids.add(next)
  return next
}

interface Assessed {
  readonly to: NonNullable<Story['assessed']>
}

async function happeningsByCase(
  read: Reader,
  gathered: readonly Gathered[],
  upTo: number,
): Promise<Map<string, EventRecord[]>> {
  const cases = new Map<string, EventRecord[]>()
  const ids = [...new Set(gathered.flatMap(({ caseIds }) => [...caseIds]))]
  for (let at = 0; at < ids.length; at += PAGE) {
    const part = ids.slice(at, at + PAGE)
    for (const event of await read.history({
      of: 'caseId',
      ids: part,
      types: CASE_EVENTS,
      upTo,
    })) {
      const known = cases.get(event.caseId ?? '') ?? []
      known.push(event)
      cases.set(event.caseId ?? '', known)
    }
  }
  return cases
}
