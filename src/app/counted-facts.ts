import type { NoticeRecord } from '../core/notice.ts'
import type { Sender } from '../core/sender.ts'
import { statableProvision } from '../core/statistics/statable.ts'
import type { NoticeDocument } from '../generated/types.ts'
import type { AppConfig } from './context.ts'

type Place = Pick<NoticeRecord, 'form' | 'lane' | 'category' | 'assurance'>

/**
 * What the event of an accepted notice says so that it can be counted later from the events alone: what
 * its sender was then, by which criteria it sends, and the provisions that it cites.
 */
export function countedFacts(
  { noViewCategories }: Pick<AppConfig, 'noViewCategories'>,
  { type, commission, criteria }: Sender,
  { form, lane, category, assurance }: Place,
  document: NoticeDocument,
): Readonly<Record<string, unknown>> {
  const isNoView = noViewCategories.has(category)
  const cited = document.form === 'public_order' ? [] : (document.legal_provisions ?? [])
  return {
    form,
    lane,
    category,
    assurance,
    sender_type: type,
    commission: commission?.by ?? null,
    sender_criteria: criteria === null ? null : { ...criteria },
    // Of no-view categories no word of a sender stands in a table (law 11).
    provisions: isNoView ? [] : [...new Set(cited.map(statableProvision))],
  }
}
