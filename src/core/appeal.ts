import type { CaseRecord } from './case.ts'
import type { DecidedBy, DecisionRecord } from './decision.ts'
import type { Id } from './ids.ts'
import { may } from './permissions.ts'
import { leads, mayHandle, needsTwoPeople } from './transition/who-decides.ts'
import type { Bilingual } from './vocabulary.ts'

/** What an objection is about: the platform's measure, or the request behind it too (M-18). */
export const APPEAL_ABOUT = ['measure', 'request'] as const
export type AppealAbout = (typeof APPEAL_ABOUT)[number]

/**
 * | state             | meaning                                                  |
 * | ----------------- | -------------------------------------------------------- |
 * | `open`            | waits for a person who took no part in the decision      |
 * | `awaiting_second` | one such person has an opinion; a second is needed       |
 * | `disagreed`       | two of them differ; a lead who is neither decides        |
 * | `upheld`          | 判断を維持                                               |
 * | `changed`         | 判断を変更: the decision is taken back                   |
 * | `overtaken`       | the decision was taken back or replaced before           |
 */
export const APPEAL_STATES = [
  'open',
  'awaiting_second',
  'disagreed',
  'upheld',
  'changed',
  'overtaken',
] as const
export type AppealState = (typeof APPEAL_STATES)[number]
export const OPEN_APPEAL_STATES = ['open', 'awaiting_second', 'disagreed'] as const

export const APPEAL_VERDICTS = ['uphold', 'change'] as const
export type AppealVerdict = (typeof APPEAL_VERDICTS)[number]

export interface AppealOpinion {
  readonly by: DecidedBy
  readonly at: number
  readonly verdict: AppealVerdict
  /** Inside only. */
  readonly internalNote: string | null
}

/** 異議の申出: of the poster, through the platform; or of a sender, about what became of its own notice. */
export interface AppealRecord {
  readonly id: Id<'apl'>
  readonly caseId: Id<'cas'>
  /** The one that is objected to. */
  readonly decisionId: Id<'dec'>
  readonly by: 'poster' | 'sender'
  /** Of a sender: its notice and, unless it came on paper, its signed message. */
  readonly noticeId: Id<'ntc'> | null
  readonly messageId: Id<'msg'> | null
  readonly about: readonly AppealAbout[]
  readonly text: string
  readonly receivedAt: number
  readonly state: AppealState
  /** 0: somebody who seeks help may be writing; read first. */
  readonly band: 0 | 1
  readonly opinions: readonly AppealOpinion[]
  readonly decidedAt: number | null
  /** What the decider wants to be told, to whoever objected. */
  readonly words: Bilingual | null
  /** The decision that took the other back. */
  readonly reversalId: Id<'dec'> | null
  readonly leafHash: string
  readonly entryIndex: number
}

/** Whether it still waits for people. */
export function isAppealOpen({ state }: Pick<AppealRecord, 'state'>): boolean {
  return OPEN_APPEAL_STATES.some((open) => open === state)
}

export interface JudgeInput {
  readonly by: DecidedBy
  readonly verdict: AppealVerdict
}

export interface JudgeFacts {
  readonly case: CaseRecord
  readonly decision: DecisionRecord
}

export type Judgement =
  | { readonly kind: 'waiting'; readonly state: 'awaiting_second' | 'disagreed' }
  /** By whom, for this verdict. */
  | { readonly kind: 'decided'; readonly by: readonly DecidedBy[] }
  | { readonly kind: 'refused'; readonly code: JudgeRefusal }
export type JudgeRefusal =
  'not_allowed' | 'already' | 'another_person_needed' | 'second_person_needed'

/**
 * 判断を維持する・判断を変更する: by somebody who took no part in the decision, and by as many people as
 * that took; the same steps either way. After two who differ a lead who is neither of them decides.
 */
export function judgeAppeal(
  appeal: Pick<AppealRecord, 'state' | 'opinions' | 'decisionId'>,
  { by, verdict }: JudgeInput,
  facts: JudgeFacts,
): Judgement {
  const refusal = refuseJudge(appeal, by, facts)
  if (refusal !== undefined) return { kind: 'refused', code: refusal }
  const takesTwo = needsTwoPeople(facts.case) || facts.decision.by.length > 1
  if (!takesTwo) return { kind: 'decided', by: [by] }
  const { opinions } = appeal
  if (opinions.length === 0) return { kind: 'waiting', state: 'awaiting_second' }
  const beside = opinions.filter((one) => one.verdict === verdict).map((one) => one.by)
  return beside.length === 0
    ? { kind: 'waiting', state: 'disagreed' }
    : { kind: 'decided', by: [...beside, by] }
}

function refuseJudge(
  appeal: Pick<AppealRecord, 'state' | 'opinions' | 'decisionId'>,
  by: DecidedBy,
  { case: record, decision }: JudgeFacts,
): JudgeRefusal | undefined {
  if (!may(by.role, 'appeals.decide') || !mayHandle(by.role, record)) return 'not_allowed'
  const stands = record.state === 'decided' && record.decisionId === appeal.decisionId
  if (!isAppealOpen(appeal) || !stands) return 'already'
  if (decision.by.some(({ operator }) => operator === by.operator)) return 'another_person_needed'
  if (appeal.opinions.some((one) => one.by.operator === by.operator)) return 'second_person_needed'
  return appeal.opinions.length >= 2 && !leads(by.role, record) ? 'not_allowed' : undefined
}
