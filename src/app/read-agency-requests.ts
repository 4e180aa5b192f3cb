import { daysOfHalfYear, halfYearOf, type HalfYear } from '../core/agency.ts'
import {
  countRequests,
  publishRequest,
  type AgencyCounts,
  type CountedRequest,
  type PublishedRequest,
} from '../core/agency-counts.ts'
import type { DecisionRecord } from '../core/decision.ts'
import { firstIdAt } from '../core/ids.ts'
import type { NoticeRecord } from '../core/notice.ts'
import type { Sender } from '../core/sender.ts'
import { DAY, dayInJapan, startOfDayInJapan } from '../core/time.ts'
import type { CoreEventDetails } from '../core/transition/core-event.ts'
import type { InfluenceKind } from '../core/vocabulary.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import type { Reader } from '../ports/record-store.ts'
import { bodiesOfState } from './bodies-of-state.ts'
import { requirePermission, type Actor } from './actor.ts'
import type { AppContext } from './context.ts'

/** What bodies of the state asked for in one half-year, and what became of it. */
export interface AgencyRequests {
  readonly halfYear: HalfYear
  readonly counts: readonly AgencyCounts[]
  /** What may be published of each request. */
  readonly requests: readonly PublishedRequest[]
}

const PAGE = 500

/**
 * 行政機関の要請の集計, for one calendar half-year in Japan: counts of each body, and one line for each of its
 * requests (M-18). Tests and what only was observed are left out, and so is the legal desk.
 *
 * @param halfYear `2026-H2`; default: the present one.
 * @throws MadoguchiError `not_allowed`, `invalid_input`.
 */
export async function readAgencyRequests(
  ctx: AppContext,
  actor: Actor,
  halfYear?: string,
): Promise<AgencyRequests> {
  requirePermission(actor, 'statistics.read')
  return agencyRequests(ctx, halfYear)
}

/** The same for the public: nothing in it is anybody's secret. */
export async function agencyRequests(
  { read, clock }: Pick<AppContext, 'read' | 'clock'>,
  asked?: string,
): Promise<AgencyRequests> {
  const halfYear = asked ?? halfYearOf(dayInJapan(clock.now()))
  const days = daysOfHalfYear(halfYear)
  const from = startOfDayInJapan(days?.from ?? '')
  const last = startOfDayInJapan(days?.to ?? '')
  if (from === undefined || last === undefined)
    throw new MadoguchiError('invalid_input', {
      errors: [{ pointer: '/half_year', keyword: 'pattern' }],
    })
  const requests: CountedRequest[] = []
  for (const sender of await bodiesOfState(read)) {
    for (const notice of await noticesBetween(read, sender, from, last + DAY)) {
      const counted = await countedRequest(read, sender, notice)
      if (counted !== undefined) requests.push(counted)
    }
  }
  return {
    halfYear: halfYear as HalfYear,
    counts: countRequests(requests),
    requests: requests.map(publishRequest),
  }
}

/** Requests about an item. A general request has answers of its own; a revision stands for what it supersedes. */
async function noticesBetween(
  read: Reader,
  { id: senderId }: Sender,
  from: number,
  until: number,
): Promise<NoticeRecord[]> {
  const where = { senderId, form: 'agency_request', lane: 'agency' } as const
  const found: NoticeRecord[] = []
  let after = firstIdAt('ntc', from)
  for (;;) {
    const page = await read.find('notice', where, { orderBy: 'id', limit: PAGE, after })
    const within = page.filter(({ receivedAt }) => receivedAt < until)
    found.push(...within.filter(({ state, trial }) => state !== 'superseded' && trial === null))
    const last = page.at(-1)
    if (last === undefined || page.length < PAGE || within.length < page.length) return found
    after = last.id
  }
}

async function countedRequest(
  read: Reader,
  sender: Sender,
  notice: NoticeRecord,
): Promise<CountedRequest | undefined> {
  const { agency: facts, receivedAt, state, caseId } = notice
  if (facts === null) return undefined
  const decisions = caseId === null ? [] : await decisionsOn(read, notice)
  return {
    agency: sender.name,
    facts,
    receivedOn: dayInJapan(receivedAt),
    isWithdrawn: state === 'withdrawn',
    decision: standing(decisions),
    wasDecided: decisions.length > 0,
    influences: await influencesOn(read, notice),
    isAgain: await isAgain(read, notice),
  }
}

/** Oldest first. */
async function decisionsOn(read: Reader, { id, caseId }: NoticeRecord): Promise<DecisionRecord[]> {
  if (caseId === null) return []
  const all = await read.find('decision', { caseId }, { orderBy: 'entryIndex' })
  return all.filter(({ noticeIds, trial }) => trial === null && noticeIds.includes(id))
}

function standing(decisions: readonly DecisionRecord[]): CountedRequest['decision'] {
  const last = decisions.at(-1)
  if (last === undefined || last.reverses !== null) return null
  const { alreadyGone, actions } = last.input
  return { alreadyGone, measures: actions.map(({ kind }) => kind) }
}

/** What was noted of the request itself, or of its case without naming a notice. */
async function influencesOn(
  read: Reader,
  { id, caseId }: NoticeRecord,
): Promise<ReadonlySet<InfluenceKind>> {
  if (caseId === null) return new Set()
  const events = await read.find('event', { caseId, type: 'influence.noted' })
  const own = events.filter(({ noticeId }) => noticeId === null || noticeId === id)
  return new Set(own.map(({ payload }) => kindOf(payload)))
}

function kindOf(payload: Uint8Array): InfluenceKind {
  const text = new TextDecoder().decode(payload)
  return (JSON.parse(text) as CoreEventDetails['influence.noted']).kind
}

/** Whether the body had asked about the item before, and had not taken that back. */
async function isAgain(read: Reader, { id, senderId, caseId }: NoticeRecord): Promise<boolean> {
  const own = caseId === null ? undefined : await read.get('case', { id: caseId })
  if (own === undefined) return false
  for (const { id: siblingId } of await read.find('case', { targetKey: own.targetKey })) {
    const asked = await read.find('notice', { caseId: siblingId, senderId, state: 'live' })
    if (asked.some((notice) => notice.id < id)) return true
  }
  return false
}
