import { agencyFactsOf, type AgencyFacts } from '../core/agency.ts'
import type { Sender } from '../core/sender.ts'
import type { NoticeDocument, NoticeTarget } from '../generated/types.ts'

/** 対象情報 of a notice; a general request has none. */
export function targetOf(document: NoticeDocument): NoticeTarget | undefined {
  return document.form === 'general_request' ? undefined : document.target
}

/** What a body of the state said; `null` on the forms of others. */
export function agencyOf(
  document: NoticeDocument,
  sender: Pick<Sender, 'statutesInCharge'>,
): AgencyFacts | null {
  return document.form === 'agency_request' || document.form === 'general_request'
    ? agencyFactsOf(document, sender)
    : null
}

/** What the entry of a notice commits to as its target. */
export function targetText(document: NoticeDocument): string {
  const { url, locator } = targetOf(document) ?? {}
  return url ?? locator ?? ''
}

/** Whether two notices name one target in the same words, or neither names one. */
export function isSameTarget(one: NoticeDocument, other: NoticeDocument): boolean {
  const [a, b] = [targetOf(one), targetOf(other)]
  return a?.url === b?.url && a?.locator === b?.locator
}
