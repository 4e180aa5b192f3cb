import type { Router } from 'express'
import { createOperatorRouter } from './http/operator-router.ts'
import { createOpsRouter } from './http/ops-router.ts'
import { createSenderRouter } from './http/sender-router.ts'
import { createWellKnownRouter } from './http/well-known-router.ts'
import type { Madoguchi } from './madoguchi.ts'

export {
  createMadoguchi,
  executed,
  pending,
  type MadoguchiOptions,
  type TargetOptions,
} from './create-madoguchi.ts'
export { listen, type ListenOptions, type Listening } from './listen.ts'
export {
  type AskCommand,
  type AssessCommand,
  type DecideCommand,
  type EnterLetterCommand,
  type Madoguchi,
  type MarkSentCommand,
} from './madoguchi.ts'
export { type LetterAnswer, type LetterReceipt } from './app/answer-letter.ts'
export { type EnteredLetter } from './app/enter-letter.ts'
export { type HandOverRequest } from './app/hand-over-case.ts'
export { type HoldRequest } from './app/hold-case.ts'
export { type AppealAnswer, type DecideAppealRequest } from './app/decide-appeal.ts'
export { type OpenAppealRequest, type OpenedAppeal } from './app/open-appeal.ts'
export { type AssessPosterRequest } from './app/assess-poster.ts'
export { type PostponeRequest } from './app/postpone-telling.ts'
export { type MergeRequest } from './app/merge-cases.ts'
export { type Statistics, type StatisticsQuery } from './app/read-statistics.ts'
export { type ReverseRequest } from './app/reverse-case.ts'
export { type CaseAnswer } from './app/case-command.ts'
export { type Handler, type HandlerCall, type NoticeFacts } from './app/handlers.ts'
export { ConfigurationError, type ConfigFault } from './config/faults.ts'
export { type GivenSettings } from './config/env.ts'
export { type Actor } from './app/actor.ts'
export { type PolicyView } from './app/read-policies.ts'
export { ACTION_KINDS, type ActionKind } from './core/action-kind.ts'
export {
  type DecidedBy,
  type Ground,
  type PlannedAction,
  type ReversalReason,
} from './core/decision.ts'
export { type EventType } from './core/event.ts'
export { type Id } from './core/ids.ts'
export { type Observation } from './core/notice.ts'
export {
  type AwarenessCause,
  type Bilingual,
  type Form,
  type Lane,
  type LegalNature,
  type OutcomeStatus,
  type Role,
  type Surface,
  type Tier,
  type WeightGiven,
} from './core/vocabulary.ts'
export { MadoguchiError, type ErrorCode, type ErrorDetails } from './errors/madoguchi-error.ts'
export {
  type LetterDocument,
  type NoticeDocument,
  type PolicyDocument,
  type ProceduresDocument,
  type SenderDocument,
  type StandardDocument,
} from './generated/types.ts'
export { type PosterText } from './core/poster-notice.ts'
export { type PosterStatement } from './core/poster-statement.ts'
export { type PostponementReason } from './core/postponement.ts'
export {
  PermanentFailure,
  type Executor,
  type ExecutorResult,
  type PosterTeller,
  type ResolvedTarget,
} from './ports/platform.ts'
export { StoreUnavailable } from './ports/record-store.ts'

/**
 * What senders call, for the path of `MADOGUCHI_PUBLIC_URL`. Mount it before `express.json()`: the
 * signature is over the bytes that arrive.
 */
export function senderRouter({ internals }: Madoguchi): Router {
  return createSenderRouter(internals.ctx)
}

/** The documents that senders find us by (RFC 8615), for the root of the origin. */
export function wellKnownRouter({ internals }: Madoguchi): Router {
  return createWellKnownRouter(internals.ctx)
}

/**
 * What the desk calls, with operator tokens. For a path of the platform's choice; its own staff checks
 * may stand before it.
 */
export function operatorRouter({ internals }: Madoguchi): Router {
  return createOperatorRouter(internals.ctx)
}

/** `/livez`, `/readyz`, `/metrics`: for machines of the platform only, never for a public port. */
export function opsRouter({ internals }: Madoguchi): Router {
  return createOpsRouter({ ctx: internals.ctx, store: internals.store })
}
