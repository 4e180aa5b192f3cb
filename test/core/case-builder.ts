import type { ActionKind } from '../../src/core/action-kind.ts'
import type { ActionRecord } from '../../src/core/action.ts'
import type { CaseRecord } from '../../src/core/case.ts'
import type { DecidedBy, DecisionInput, Ground } from '../../src/core/decision.ts'
import type { Id } from '../../src/core/ids.ts'
import { MEASURE_TEXTS } from '../../src/core/measure-text.ts'
import type { Standard } from '../../src/core/standard.ts'
import { transition } from '../../src/core/transition.ts'
import type { AttachedNotice, DecideFacts } from '../../src/core/transition/decide-case.ts'
import type { NoticeForCase } from '../../src/core/transition/open-case.ts'
import type { Transitioned, TransitionResult } from '../../src/core/transition/result.ts'
import type { Role } from '../../src/core/vocabulary.ts'

export const NOW = Date.parse('2026-11-22T01:00:00.000Z')
export const LEASE = 600_000
export const UNDO = 30_000

export const standard: Standard = {
  id: 'community',
  version: '2026-04-01',
  title: { ja: '投稿削除等の基準', en: 'Community standard' },
  publishedOn: '2026-03-01',
  effectiveOn: '2026-04-01',
  endsOn: null,
  clauses: [{ id: '3.2', title: { ja: '条項', en: 'Clause' } }],
}

export const ground: Ground = {
  kind: 'published_standard_clause',
  standard: 'community',
  version: '2026-04-01',
  clause: '3.2',
}

export const person = (operator: string, role: Role = 'reviewer'): DecidedBy => ({ operator, role })

export const declining: DecisionInput = {
  actions: [],
  alreadyGone: false,
  ground: null,
  awarenessCause: 'hotline_request',
  weightGiven: 'considered',
  senderFinding: null,
  contextConsidered: null,
  declineReason: null,
  publicNote: null,
  internalNote: null,
}

export const acting = (...kinds: ActionKind[]): DecisionInput => ({
  ...declining,
  actions: kinds.map((kind) => ({ kind })),
  ground,
})

export const goneAlready: DecisionInput = { ...declining, alreadyGone: true }

export const noticeFor = (over: Partial<NoticeForCase> = {}): NoticeForCase => ({
  id: 'ntc_1',
  lane: 'voluntary_illegal',
  form: 'illegal_information',
  category: 'crime_recruitment',
  trial: null,
  nature: 'voluntary_request',
  order: {
    band: 1,
    tier: 'ordinary',
    slotAt: NOW,
    ownGoalMs: 1_000,
    goalAt: NOW + 1_000,
    bandReason: 'none',
  },
  position: 7,
  ...over,
})

/** The change that a transition must have come to. */
export function done(result: TransitionResult): Transitioned {
  if (!result.ok) throw new Error(`refused: ${result.refusal.code}`)
  return result
}

/** `ok`, or the code of the refusal. */
export const codeOf = (result: TransitionResult): string => (result.ok ? 'ok' : result.refusal.code)

export interface Setting {
  readonly notice?: Partial<NoticeForCase>
  readonly grave?: boolean
  readonly noView?: boolean
}

export function newCase({ notice, grave = false, noView = false }: Setting = {}): CaseRecord {
  return done(
    transition(
      null,
      { type: 'open', notice: noticeFor(notice) },
      { at: NOW, caseId: 'cas_1', targetKey: 'post:1', previous: null, grave, noView },
    ),
  ).next
}

export function readyCase(setting: Setting = {}): CaseRecord {
  return done(
    transition(
      newCase(setting),
      { type: 'make_ready', machineStepsDone: true },
      { at: NOW, machineStepsMs: 60_000 },
    ),
  ).next
}

export const claim = (state: CaseRecord, by: DecidedBy, at = NOW): TransitionResult =>
  transition(state, { type: 'claim', by }, { at, claimLeaseMs: LEASE })

export const attachedOne: AttachedNotice = {
  id: 'ntc_1',
  atVersion: 1,
  addresseeRole: 'site_administrator',
}

export const decideFacts = (over: Partial<DecideFacts> = {}): DecideFacts => ({
  at: NOW,
  undoWindowMs: UNDO,
  decisionId: 'dec_1',
  trial: null,
  standards: [standard],
  designated: false,
  texts: MEASURE_TEXTS,
  attached: [attachedOne],
  changes: [],
  actions: [],
  heldElsewhere: new Set(),
  ...over,
})

export const decide = (
  state: CaseRecord,
  by: DecidedBy,
  input: DecisionInput,
  facts: Partial<DecideFacts> = {},
  expectedVersion = state.version,
): TransitionResult =>
  transition(state, { type: 'decide', by, expectedVersion, input }, decideFacts(facts))

/** Claims and decides in one go. */
export function claimAndDecide(
  state: CaseRecord,
  by: DecidedBy,
  input: DecisionInput,
  facts: Partial<DecideFacts> = {},
): TransitionResult {
  const at = facts.at ?? NOW
  const claimed = claim(state, by, at)
  return claimed.ok ? decide(claimed.next, by, input, facts) : claimed
}

/** An action of the case, as it is stored. */
export const action = (over: Partial<ActionRecord> & { readonly id: Id<'act'> }): ActionRecord => ({
  decisionId: 'dec_1',
  caseId: 'cas_1',
  targetKey: 'post:1',
  kind: 'remove',
  state: 'planned',
  position: 0,
  notBefore: NOW + UNDO,
  endsAt: null,
  endedAt: null,
  terms: null,
  idempotencyKey: over.id,
  attempt: 0,
  executedAt: null,
  settledBy: null,
  failureCode: null,
  lateResults: [],
  reverses: null,
  ...over,
})

export const join = (
  state: CaseRecord,
  notice: Partial<NoticeForCase> & { id: Id<'ntc'> },
  facts: { grave?: boolean; noView?: boolean } = {},
): TransitionResult =>
  transition(
    state,
    { type: 'join', notice: noticeFor(notice) },
    { at: NOW, grave: false, noView: false, ...facts },
  )
