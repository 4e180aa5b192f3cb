import type { CaseRecord } from '../core/case.ts'
import { mannersOf, type Manner } from '../core/manner.ts'
import type { NoticeRecord } from '../core/notice.ts'
import type { PolicyFacts } from '../core/policy-match.ts'
import type { PolicyRecord } from '../core/policy.ts'
import type { Reader } from '../ports/record-store.ts'
import type { AppContext } from './context.ts'
import { mannerFacts } from './manner-facts.ts'

type NoticeOfPolicy = Pick<
  NoticeRecord,
  'senderId' | 'surface' | 'observation' | 'position' | 'targetAccount'
>

/** What these policies may know of a case and of the one notice that opened it. */
export async function policyFactsOf(
  ctx: Pick<AppContext, 'clock' | 'config'>,
  reader: Reader,
  policies: readonly PolicyRecord[],
  record: PolicyFacts['case'] & Pick<CaseRecord, 'targetKey'>,
  notice: NoticeOfPolicy,
): Promise<PolicyFacts> {
  const { senderId, surface, observation, position } = notice
  const sender = await reader.get('sender', { id: senderId })
  return {
    case: record,
    senderType: sender?.type ?? null,
    surface,
    state: observation?.state ?? 'unknown',
    observed: observation?.facts ?? [],
    manners: await manners(ctx, reader, policies, record, notice),
    signal: null,
    fourEyes: ctx.config.procedures.fourEyes,
    position,
  }
}

/** Counted only where a policy asks for it. */
async function manners(
  { clock, config }: Pick<AppContext, 'clock' | 'config'>,
  reader: Reader,
  policies: readonly PolicyRecord[],
  record: Pick<CaseRecord, 'targetKey'>,
  notice: NoticeOfPolicy,
): Promise<readonly Manner[]> {
  if (policies.every(({ when }) => when.manners === null)) return []
  const facts = await mannerFacts(reader, record, [notice], clock.now())
  return mannersOf(facts, config.procedures.manner)
}

/** A case as a notice alone would open it: nobody has looked, and nothing was decided before. */
export function asOpened(
  notice: Pick<NoticeRecord, 'lane' | 'form' | 'category' | 'order'>,
  targetKey: string,
  graveCategories: ReadonlySet<string>,
): PolicyFacts['case'] & Pick<CaseRecord, 'targetKey'> {
  const { lane, form, category, order } = notice
  return {
    ...{ targetKey, lane, form, category },
    grave: graveCategories.has(category),
    band: order.band,
    state: 'new',
    claimedBy: null,
    previousCaseId: null,
  }
}
