import type { ActionRecord } from '../core/action.ts'
import type { CaseRecord } from '../core/case.ts'
import type { DecidedBy, DecisionInput, DecisionRecord } from '../core/decision.ts'
import type { NoticeRecord } from '../core/notice.ts'
import type { OutcomeRecord } from '../core/outcome.ts'
import { outwardReason } from '../core/outward.ts'
import type { SampleRecord } from '../core/sample.ts'
import { HOUR, MINUTE } from '../core/time.ts'
import type { Bilingual, InfluenceKind, Role } from '../core/vocabulary.ts'
import { sha256 } from '../signing/sha256.ts'
import type { AppContext } from './context.ts'
import { categoryLabel } from './list-cases.ts'
import { noticesOfCase } from './notices-of-case.ts'

/** A member of the desk, under a pseudonym that holds within one sample. */
interface SampledPerson {
  readonly pseudonym: string
  readonly role: Role
}

interface SampledNotice extends Pick<
  NoticeRecord,
  'form' | 'category' | 'nature' | 'assurance' | 'doubleCheck'
> {
  /** What kind of body sent it, not which. */
  readonly senderType: string | null
  readonly receivedAt: number
  readonly firstViewedAt: number | null
}

interface SampledDecision extends Pick<
  DecisionInput,
  'alreadyGone' | 'ground' | 'awarenessCause' | 'weightGiven'
> {
  readonly mode: DecisionRecord['mode']
  readonly by: readonly SampledPerson[]
  readonly decidedAt: number
  /** Since the first notice arrived. */
  readonly minutes: number
  readonly actions: readonly string[]
  /** As it may go outward (law 21). */
  readonly declineReason: string | null
}

/**
 * A case as an external auditor sees it (M-25): what the platform did, by whose hand (as a pseudonym), on
 * which rule. No text that anybody wrote, no target, no sender, and times to the hour only: together
 * they would tell which item it was.
 */
export interface SampledCase extends Pick<
  CaseRecord,
  'lane' | 'form' | 'category' | 'nature' | 'grave' | 'band' | 'round' | 'state'
> {
  readonly categoryLabel: Bilingual
  readonly openedAt: number
  readonly goalAt: number
  readonly assessedAt: number | null
  readonly emergencyToldAt: number | null
  readonly notices: readonly SampledNotice[]
  /** 働きかけ that somebody of the desk noted (law 20). */
  readonly influences: readonly InfluenceKind[]
  readonly decisions: readonly SampledDecision[]
  readonly actions: readonly (Pick<ActionRecord, 'kind' | 'state'> & {
    readonly executedAt: number | null
  })[]
  readonly outcomes: readonly (Pick<OutcomeRecord, 'status' | 'revision'> & {
    readonly asOfAt: number
  })[]
}

/** Shows one case of a sample; whether it may be shown was asked before. */
export async function viewSampledCase(
  ctx: AppContext,
  sample: SampleRecord,
  record: CaseRecord,
): Promise<SampledCase> {
  const { id } = record
  const notices = await noticesOfCase(ctx.read, id)
  const [decisions, actions, influences, outcomes] = await Promise.all([
    ctx.read.find('decision', { caseId: id }, { orderBy: 'id' }),
    ctx.read.find('action', { caseId: id }, { orderBy: 'id' }),
    ctx.read.find('event', { caseId: id, type: 'influence.noted' }, { orderBy: 'seq' }),
    Promise.all(notices.map((notice) => ctx.read.find('outcome', { noticeId: notice.id }))),
  ])
  const { lane, form, category, nature, grave, band, round, state } = record
  const firstAt = Math.min(...notices.map(({ receivedAt }) => receivedAt))
  return {
    ...{ lane, form, category, nature, grave, band, round, state },
    categoryLabel: categoryLabel(record),
    openedAt: hour(record.openedAt),
    goalAt: hour(record.goalAt),
    assessedAt: hourOrNull(record.assessedAt),
    emergencyToldAt: hourOrNull(record.emergencyToldAt),
    notices: await Promise.all(notices.map((notice) => viewNotice(ctx, notice))),
    influences: influences.map(({ payload }) => kindOf(payload)),
    decisions: decisions.map((decision) => viewDecision(sample, decision, firstAt)),
    actions: actions.map((action) => ({
      kind: action.kind,
      state: action.state,
      executedAt: hourOrNull(action.executedAt),
    })),
    outcomes: outcomes.flat().map(({ status, revision, asOf }) => ({
      status,
      revision,
      asOfAt: hour(asOf),
    })),
  }
}

async function viewNotice({ read }: AppContext, notice: NoticeRecord): Promise<SampledNotice> {
  const sender = await read.get('sender', { id: notice.senderId })
  const { form, category, nature, assurance, doubleCheck } = notice
  return {
    ...{ form, category, nature, assurance, doubleCheck },
    senderType: sender?.type ?? null,
    receivedAt: hour(notice.receivedAt),
    firstViewedAt: hourOrNull(notice.firstViewedAt),
  }
}

function viewDecision(
  sample: SampleRecord,
  { mode, by, decidedAt, input }: DecisionRecord,
  firstAt: number,
): SampledDecision {
  const { alreadyGone, ground, awarenessCause, weightGiven, actions, declineReason } = input
  return {
    mode,
    by: by.map((person) => pseudonymOf(sample, person)),
    decidedAt: hour(decidedAt),
    minutes: Math.max(0, Math.round((decidedAt - firstAt) / MINUTE)),
    ...{ alreadyGone, ground, awarenessCause, weightGiven },
    actions: actions.map(({ kind }) => kind),
    declineReason: declineReason === null ? null : outwardReason(declineReason),
  }
}

function pseudonymOf({ pseudonymKey }: SampleRecord, { operator, role }: DecidedBy): SampledPerson {
  const digest = Buffer.from(sha256(`${pseudonymKey}\n${operator}`)).toString('hex')
  return { pseudonym: `p-${digest.slice(0, 12)}`, role }
}

/** The payload is our own; a person's note in it stays where it is. */
function kindOf(payload: Uint8Array): InfluenceKind {
  return (JSON.parse(new TextDecoder().decode(payload)) as { kind: InfluenceKind }).kind
}

const hour = (at: number): number => at - (at % HOUR)
const hourOrNull = (at: number | null): number | null => (at === null ? null : hour(at))
