import type { Sender } from './sender.ts'
import type { Bilingual } from './vocabulary.ts'

/** 所管: whether a request rests on a law that its body is in charge of, as far as the platform knows. */
export const COMPETENCES = ['inside', 'outside', 'not_stated', 'not_established'] as const
export type Competence = (typeof COMPETENCES)[number]

/** What a body of the state said of its request, kept apart from its words. */
export interface AgencyFacts {
  /** Organisation and office, never a person. */
  readonly office: string
  /** As cited. */
  readonly statutes: readonly string[]
  readonly competence: Competence
  /** Whether a power over the platform is mentioned. */
  readonly powerInvoked: boolean
  /** Day that it named for an answer, `YYYY-MM-DD`. */
  readonly answerWantedOn: string | null
  readonly askedMeasure: string | null
}

/** The members of a request that the facts come from, with the wire's names. */
export interface AgencyMembers {
  readonly responsible_officer: { readonly office: string }
  readonly legal_provisions?: readonly string[]
  readonly power: {
    readonly invoked: boolean
    readonly provision?: string
    readonly requirements?: string
    readonly reason?: string
  }
  readonly answer_wanted_on?: string
  readonly asked_measure?: string
}

/** The facts of a request at its receipt; later changes of the registration leave them. */
export function agencyFactsOf(
  request: AgencyMembers,
  sender: Pick<Sender, 'statutesInCharge'>,
): AgencyFacts {
  const statutes = request.legal_provisions ?? []
  return {
    office: request.responsible_officer.office,
    statutes,
    competence: competenceOf(statutes, sender.statutesInCharge),
    powerInvoked: request.power.invoked,
    answerWantedOn: request.answer_wanted_on ?? null,
    askedMeasure: request.asked_measure ?? null,
  }
}

/**
 * 所管外 (行政手続法32条1項): where none of the laws that are cited is one that the body is in charge of. A
 * law is cited by its name first, whatever follows.
 */
export function competenceOf(
  cited: readonly string[],
  inCharge: readonly string[] | null,
): Competence {
  if (inCharge === null) return 'not_established'
  if (cited.length === 0) return 'not_stated'
  const laws = inCharge.map(plain)
  const isOwn = cited.map(plain).some((text) => laws.some((law) => text.startsWith(law)))
  return isOwn ? 'inside' : 'outside'
}

function plain(text: string): string {
  return text.normalize('NFKC').replaceAll(/\s+/g, '')
}

/** What the platform can ask a body of the state for. */
export const AGENCY_QUESTIONS = ['written_copy', 'reasons', 'competence', 'withdrawal'] as const
export type AgencyQuestionId = (typeof AGENCY_QUESTIONS)[number]

/** Text for a question, and whether the law gives a right to the answer or it is asked as a courtesy. */
export interface AgencyQuestion extends Bilingual {
  readonly id: AgencyQuestionId
  readonly basis: 'right' | 'courtesy'
}

export interface AgencyQuestionQuery {
  readonly sender: Pick<Sender, 'type' | 'licensingPowers'>
  readonly facts: Pick<AgencyFacts, 'competence' | 'powerInvoked' | 'answerWantedOn'>
  /** Nothing of it came in writing: told by telephone, typed in by the desk. */
  readonly isOral: boolean
}

const QUESTIONS: Readonly<
  Record<AgencyQuestionId, { readonly courtesy: Bilingual; readonly right?: Bilingual }>
> = {
  written_copy: {
    right: {
      ja: '行政手続法35条3項に基づき、ご要請の趣旨、内容及び責任者を記載した書面の交付を求めます。',
      en: 'Under article 35(3) of the Administrative Procedure Act we ask for the purpose, content and responsible officer of this request in writing.',
    },
    courtesy: {
      ja: 'ご要請の趣旨、内容及び責任者を記載した書面をいただけますでしょうか。',
      en: 'May we have the purpose, content and responsible officer of this request in writing?',
    },
  },
  reasons: {
    right: {
      ja: '行政手続法35条2項に基づき、ご要請で言及された権限について、根拠となる法令の条項、その要件及び要件に適合する理由の提示を求めます。',
      en: 'Under article 35(2) of the Administrative Procedure Act we ask for the provision, its requirements and why they are met, of the power that this request mentions.',
    },
    courtesy: {
      ja: 'ご要請の根拠となる法令の条項、その要件及び要件に適合する理由をお示しいただけますでしょうか。',
      en: 'Could you tell us the provision on which this request rests, its requirements, and why they are met?',
    },
  },
  competence: {
    courtesy: {
      ja: 'ご要請が根拠とする法令は、当社が把握する貴機関の所管に含まれていません。所管する法令とその条項をお示しいただけますでしょうか。',
      en: 'The law on which this request rests is not among those that we know your body to be in charge of. Could you name the law that you are in charge of, and its provision?',
    },
  },
  withdrawal: {
    courtesy: {
      ja: 'ご要請の取下げをご検討いただけますでしょうか。',
      en: 'Would you consider withdrawing this request?',
    },
  },
}

/**
 * What fits a request, as text that a person may send. A right only where 行政手続法35条 gives one:
 * to national bodies with 許認可等 powers. Local bodies, prefectural police among them, stand outside its
 * chapter 4 (3条3項), and so does what is asked only to be informed, e.g. "by the 20th" (3条1項14号).
 */
export function agencyQuestions(query: AgencyQuestionQuery): readonly AgencyQuestion[] {
  const { facts, isOral } = query
  const asked: Readonly<Record<AgencyQuestionId, boolean>> = {
    written_copy: isOral,
    reasons: true,
    competence: facts.competence === 'outside',
    withdrawal: true,
  }
  return AGENCY_QUESTIONS.filter((id) => asked[id]).map((id) => {
    const { right, courtesy } = QUESTIONS[id]
    return right !== undefined && isRight(id, query)
      ? { id, basis: 'right', ...right }
      : { id, basis: 'courtesy', ...courtesy }
  })
}

function isRight(id: AgencyQuestionId, { sender, facts }: AgencyQuestionQuery): boolean {
  const isHeld = sender.type === 'administrative_agency' && sender.licensingPowers
  const isForInformation = facts.answerWantedOn !== null
  return isHeld && !isForInformation && (id !== 'reasons' || facts.powerInvoked)
}

/** Members that 行政手続法35条2項 asks of a request that mentions a power, and that are missing. */
export function missingOfPower({ power }: Pick<AgencyMembers, 'power'>): readonly string[] {
  if (!power.invoked) return []
  return (['provision', 'requirements', 'reason'] as const).filter(
    (name) => power[name] === undefined,
  )
}

/** 半期: calendar half-years, `2026-H1` from January, `2026-H2` from July. */
export type HalfYear = `${string}-H${1 | 2}`

/** Of a day in Japan, `YYYY-MM-DD`. */
export function halfYearOf(day: string): HalfYear {
  return `${day.slice(0, 4)}-H${day.slice(5, 7) < '07' ? 1 : 2}`
}

/** First and last day of a half-year; `undefined` for a text that names none. */
export function daysOfHalfYear(
  text: string,
): { readonly from: string; readonly to: string } | undefined {
  const [, year, half] = /^(\d{4})-H([12])$/.exec(text) ?? []
  if (year === undefined) return undefined
  return half === '1'
    ? { from: `${year}-01-01`, to: `${year}-06-30` }
    : { from: `${year}-07-01`, to: `${year}-12-31` }
}
