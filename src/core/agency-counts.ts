import type { ActionKind } from './action-kind.ts'
import type { AgencyFacts } from './agency.ts'
import type { InfluenceKind } from './vocabulary.ts'

/** 結果 of one request, as it may be published. */
export const REQUEST_RESULTS = [
  'under_review',
  'acted',
  'no_measure',
  'already_gone',
  'withdrawn',
] as const
export type RequestResult = (typeof REQUEST_RESULTS)[number]

/** One request of a body of the state, as far as it is counted: no text, target or poster. */
export interface CountedRequest {
  readonly agency: string
  readonly facts: AgencyFacts
  /** Day in Japan on which it arrived. */
  readonly receivedOn: string
  readonly isWithdrawn: boolean
  /** The decision that holds for it; `null`: none, or it was taken back. */
  readonly decision: {
    readonly alreadyGone: boolean
    readonly measures: readonly ActionKind[]
  } | null
  /** Whether anything was decided at all. */
  readonly wasDecided: boolean
  /** Of what the desk noted about it (law 20). */
  readonly influences: ReadonlySet<InfluenceKind>
  /** Whether the same body had asked about the same item before. */
  readonly isAgain: boolean
}

/** Excess is visible as counts (M-18): never a rate, never beside another body's. */
export interface AgencyCounts {
  readonly agency: string
  readonly asked: number
  readonly acted: number
  readonly noMeasure: number
  readonly alreadyGone: number
  readonly underReview: number
  readonly outsideCompetence: number
  readonly powersMentioned: number
  readonly dateDemanded: number
  readonly repeated: number
  readonly disadvantageHinted: number
  readonly withdrawn: number
}

/** What of one request may be published: never its text, target or poster. */
export interface PublishedRequest {
  readonly agency: string
  readonly office: string
  readonly statutes: readonly string[]
  readonly outsideCompetence: boolean
  readonly measures: readonly ActionKind[]
  readonly result: RequestResult
  /** `YYYY-MM`. */
  readonly month: string
}

/** What became of a request. A decision that was taken back leaves no measure. */
export function resultOf({ isWithdrawn, decision, wasDecided }: CountedRequest): RequestResult {
  if (!wasDecided) return isWithdrawn ? 'withdrawn' : 'under_review'
  if (decision === null) return 'no_measure'
  if (decision.alreadyGone) return 'already_gone'
  return decision.measures.length === 0 ? 'no_measure' : 'acted'
}

/** Counts of each body, in the order of their first request. */
export function countRequests(requests: readonly CountedRequest[]): AgencyCounts[] {
  return [...new Set(requests.map(({ agency }) => agency))].map((agency) => {
    const own = requests.filter((request) => request.agency === agency)
    const count = (holds: (request: CountedRequest) => boolean): number => own.filter(holds).length
    const ended = (result: RequestResult): number => count((one) => resultOf(one) === result)
    const noted = (kind: InfluenceKind, said: (facts: AgencyFacts) => boolean): number =>
      count(({ facts, influences }) => said(facts) || influences.has(kind))
    return {
      agency,
      asked: own.length,
      acted: ended('acted'),
      noMeasure: ended('no_measure'),
      alreadyGone: ended('already_gone'),
      underReview: ended('under_review'),
      outsideCompetence: count(({ facts }) => facts.competence === 'outside'),
      powersMentioned: noted('powers_mentioned', ({ powerInvoked }) => powerInvoked),
      dateDemanded: noted('date_demanded', ({ answerWantedOn }) => answerWantedOn !== null),
      repeated: count(({ isAgain, influences }) => isAgain || influences.has('repeated_asking')),
      disadvantageHinted: noted('disadvantage_hinted', () => false),
      withdrawn: count(({ isWithdrawn }) => isWithdrawn),
    }
  })
}

/** One line for each request. */
export function publishRequest(request: CountedRequest): PublishedRequest {
  const { agency, facts, decision, receivedOn } = request
  return {
    agency,
    office: facts.office,
    statutes: facts.statutes,
    outsideCompetence: facts.competence === 'outside',
    measures: decision?.measures ?? [],
    result: resultOf(request),
    month: receivedOn.slice(0, 7),
  }
}
