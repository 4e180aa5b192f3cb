import { agencyQuestions, missingOfPower } from '../core/agency.ts'
import type { AgencyFacts, AgencyQuestion } from '../core/agency.ts'
import type { NoticeRecord } from '../core/notice.ts'
import type { Sender } from '../core/sender.ts'
import type { NoticeDocument } from '../generated/types.ts'
import { omit } from './omit.ts'

/** A request of a body of the state, as the desk reads it beside its words. */
export interface AgencyView extends AgencyFacts {
  readonly statutesInCharge: readonly string[] | null
  /** What 行政手続法35条2項 asks of a request that mentions a power, and is missing. */
  readonly powerMissing: readonly string[]
  /** Texts that a person may send through a question. */
  readonly questions: readonly AgencyQuestion[]
}

/** `null` for a notice on a form of others. */
export function viewAgency(
  { agency, letter }: Pick<NoticeRecord, 'agency' | 'letter'>,
  document: NoticeDocument,
  sender: Sender | undefined,
): AgencyView | null {
  if (agency === null || sender === undefined || !('power' in document)) return null
  return {
    ...agency,
    statutesInCharge: sender.statutesInCharge,
    powerMissing: missingOfPower(document),
    questions: agencyQuestions({ sender, facts: agency, isOral: letter?.source === 'phone' }),
  }
}

/** The document without the names of people: they are shown to whoever asks back, and recorded. */
export function withoutNames(document: NoticeDocument): object {
  const rest = omit(document, 'handler_name', 'checker_name')
  return 'responsible_officer' in document
    ? { ...rest, responsible_officer: omit(document.responsible_officer, 'name') }
    : rest
}
