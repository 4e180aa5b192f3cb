import { isHeld, isOpen, type CaseFlag, type CaseRecord, type CaseState } from '../core/case.ts'
import type { Id } from '../core/ids.ts'
import type { NoticeRecord } from '../core/notice.ts'
import { may } from '../core/permissions.ts'
import { label } from '../core/vocabulary-lookup.ts'
import type { Trial } from '../core/trial.ts'
import { mayKnowOf, maySee } from '../core/transition/who-decides.ts'
import { LANES, type Bilingual, type Form, type Lane } from '../core/vocabulary.ts'
import { ILLEGAL_CATEGORIES } from '../generated/vocabularies.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import { requirePermission, type Actor } from './actor.ts'
import { caseOrder, leadingNotice, type OrderView } from './case-order.ts'
import type { AppContext } from './context.ts'
import { openCursor, sealCursor } from './cursor.ts'
import { emergencyCard, type EmergencyCard } from './emergency-card.ts'
import { recordReading } from './record-reading.ts'
import { senderBrief, type SenderBrief } from './sender-brief.ts'

/** What anybody of the desk may know of any case: that it is there, and whom to call. */
export interface CaseLine {
  readonly emergency?: EmergencyCard
  readonly id: Id<'cas'>
  readonly noView: boolean
  readonly line: Bilingual
  readonly lane: Lane
  readonly trial: Trial | null
  readonly state: CaseState
  readonly band: 0 | 1
  readonly goalAt: number
  readonly openedAt: number
  /** `null` where the case is of a no-view category and the role isn't `child_safety` (law 11). */
  readonly facts: CaseLineFacts | null
}

/** No words of the notice and nothing of its target stand in a list. */
export interface CaseLineFacts {
  readonly form: Form
  readonly category: string
  readonly round: number
  readonly version: number
  readonly claimedBy: string | null
  readonly claimUntil: number | null
  readonly holdUntil: number | null
  /** 暫定措置: it ends then, decided or not. */
  readonly interimUntil: number | null
  /** How many other cases there are of the same target. */
  readonly siblings: number
  /** 補足待ち: since then all its notices wait for their senders. */
  readonly allPausedAt: number | null
  readonly flags: readonly CaseFlag[]
  readonly sender: SenderBrief | null
  /** Of the notice that gives the case its place. */
  readonly assurance: NoticeRecord['assurance'] | null
  readonly order: OrderView | null
}

/** Which cases, and from where on. */
export interface ListCasesQuery {
  /** Default: what is offered to people. */
  readonly state?: CaseState
  readonly lane?: Lane
  /** Only what is set aside; default: only what isn't. */
  readonly held?: boolean
  /** Only those under an interim measure, set aside or not. */
  readonly interim?: true
  /** Cases of test notices, which stand in no other list. */
  readonly tests?: true
  /** `sender`: those that wait for answers of their senders, instead of those that wait for people. */
  readonly waitsFor?: 'sender'
  readonly cursor?: string
  /** 1–200. */
  readonly limit: number
}

/** One page of the queue; `nextCursor` is `null` on the last. */
export interface CasesPage {
  readonly items: readonly CaseLine[]
  readonly nextCursor: string | null
}

const OFFERED: readonly CaseState[] = ['ready', 'awaiting_second', 'disagreed']
const NO_VIEW_LINE: Bilingual = {
  ja: '内容を一覧に表示しない種類の案件',
  en: 'A case of a kind that no list describes',
}

/**
 * Cases in the order of the queue: (band, goal, ledger index), smallest first; what isn't open newest first.
 * Asking for some of them only is a search, and recorded.
 *
 * @throws MadoguchiError `not_allowed`, `invalid_input` for a cursor that isn't ours.
 */
export async function listCases(
  ctx: AppContext,
  actor: Actor,
  query: ListCasesQuery,
): Promise<CasesPage> {
  requirePermission(actor, 'cases.list')
  const asked = searchOf(query)
  if (asked !== '') await recordReading(ctx, actor, { what: 'search', subject: asked })
  const { state } = query
  const isQueued = state === undefined || isOpen({ state })
  const lanes = lanesFor(actor, query)
  const rows = isQueued ? await queued(ctx, lanes, query) : await settled(ctx, lanes, state, query)
  const page = rows.slice(0, query.limit)
  const last = page.at(-1)
  const known = page.filter((record) => mayKnowOf(actor.role, record))
  const items = await Promise.all(known.map((record) => lineOf(ctx, actor, record)))
  return { items, nextCursor: rows.length > query.limit && last ? cursorOf(last) : null }
}

/** What is of the legal desk stands in its own list; whoever only handles no-view cases sees those alone. */
function lanesFor({ role }: Actor, { lane }: ListCasesQuery): readonly Lane[] {
  const isLegal = may(role, 'legal.read') || may(role, 'legal.handle')
  const known = isLegal ? LANES : LANES.filter((each) => each !== 'legal_desk')
  return lane === undefined ? known : known.filter((each) => each === lane)
}

/** What the list is narrowed by, in words of closed lists; empty for the queue as it is offered. */
function searchOf({ state, lane, held, interim, tests, waitsFor }: ListCasesQuery): string {
  const words = [
    state === undefined ? '' : `state=${state}`,
    lane === undefined ? '' : `lane=${lane}`,
    held === true ? 'held' : '',
    interim === true ? 'interim' : '',
    tests === true ? 'tests' : '',
    waitsFor === undefined ? '' : `waits_for=${waitsFor}`,
  ]
  return words.filter((word) => word !== '').join('&')
}

function cursorOf({ state, id, band, goalAt, position }: CaseRecord): string {
  return sealCursor(isOpen({ state }) ? `${band}:${goalAt}:${position}` : id)
}

async function queued(
  { read, clock }: AppContext,
  lanes: readonly Lane[],
  { state, tests, held, interim, waitsFor, cursor, limit }: ListCasesQuery,
): Promise<CaseRecord[]> {
  return read.queue({
    ...(lanes.length === LANES.length ? {} : { lanes }),
    states: state === undefined ? OFFERED : [state],
    waiting: waitsFor === 'sender',
    limit: limit + 1,
    ...(interim === true
      ? { interimAt: clock.now() }
      : { hold: { is: held === true ? 'on' : 'over', now: clock.now() } }),
    ...(tests === undefined ? {} : { tests }),
    ...(cursor === undefined ? {} : { after: placeOf(cursor) }),
  })
}

function placeOf(cursor: string): { band: number; goalAt: number; position: number } {
  const match = /^([01]):(\d{1,15}):(\d{1,15})$/.exec(openCursor(cursor))
  if (match === null)
    throw new MadoguchiError('invalid_input', {
      errors: [{ pointer: '/cursor', keyword: 'pattern' }],
    })
  const [band = 0, goalAt = 0, position = 0] = match.slice(1).map(Number)
  return { band, goalAt, position }
}

async function settled(
  { read }: AppContext,
  lanes: readonly Lane[],
  state: CaseState,
  { tests, cursor, limit }: ListCasesQuery,
): Promise<CaseRecord[]> {
  const trials: readonly CaseRecord['trial'][] = tests === true ? ['test'] : [null, 'observe']
  const found = await Promise.all(
    trials.flatMap((trial) =>
      lanes.map((lane) =>
        read.find(
          'case',
          { state, trial, lane },
          {
            orderBy: 'id',
            descending: true,
            limit: limit + 1,
            ...(cursor === undefined ? {} : { after: openCursor(cursor) }),
          },
        ),
      ),
    ),
  )
  return found
    .flat()
    .sort((a, b) => (a.id < b.id ? 1 : -1))
    .slice(0, limit + 1)
}

async function lineOf(ctx: AppContext, actor: Actor, record: CaseRecord): Promise<CaseLine> {
  const emergency = emergencyCard(record)
  const { id, noView, lane, trial, state, band, goalAt, openedAt } = record
  const mayKnow = maySee(actor.role, record)
  const line = noView ? NO_VIEW_LINE : categoryLabel(record)
  const facts = mayKnow ? await factsOf(ctx, actor, record) : null
  const common = { id, noView, line, lane, trial, state, band, goalAt, openedAt, facts }
  return emergency === undefined ? common : { emergency, ...common }
}

async function factsOf(ctx: AppContext, actor: Actor, record: CaseRecord): Promise<CaseLineFacts> {
  const { form, category, round, version, claimedBy, claimUntil, allPausedAt, flags } = record
  const { targetKey } = record
  const siblings = await ctx.read.find('case', { targetKey })
  const leading = await leadingNotice(ctx, record)
  const sender =
    leading === undefined ? undefined : await ctx.read.get('sender', { id: leading.senderId })
  return {
    form,
    category,
    round,
    version,
    claimedBy,
    claimUntil,
    holdUntil: isHeld(record, ctx.clock.now()) ? record.holdUntil : null,
    interimUntil: record.interimUntil,
    siblings: siblings.filter((other) => mayKnowOf(actor.role, other)).length - 1,
    allPausedAt,
    flags,
    sender: sender === undefined ? null : senderBrief(sender),
    assurance: leading?.assurance ?? null,
    order: caseOrder(ctx, record, leading),
  }
}

/** What a person reads for the category of a case; "other" for one that the list doesn't know. */
export function categoryLabel({
  form,
  category,
}: Pick<CaseRecord, 'form' | 'category'>): Bilingual {
  const isEither = form !== 'illegal_information' && form !== 'public_order'
  const isIllegal = isEither && ILLEGAL_CATEGORIES.some(({ id }) => id === category)
  const isFirst = form === 'illegal_information' || isIllegal
  const list = isFirst ? 'illegal-categories' : 'public-order-categories'
  return { ja: label(list, category, 'ja'), en: label(list, category, 'en') }
}
