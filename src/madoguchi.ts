import {
  readLetterAnswer,
  readLetterReceipt,
  type LetterAnswer,
  type LetterReceipt,
} from './app/answer-letter.ts'
import { answerGeneralRequest } from './app/answer-general-request.ts'
import { readGeneralRequest, type GeneralRequestReport } from './app/read-general-requests.ts'
import { assessNature, type AssessRequest } from './app/assess-nature.ts'
import { askSender, type AskRequest } from './app/ask-sender.ts'
import { assessPoster, type AssessPosterRequest } from './app/assess-poster.ts'
import { claimCase } from './app/claim-case.ts'
import { enterLetter, type EnteredLetter } from './app/enter-letter.ts'
import { markAnswerSent } from './app/mark-answer-sent.ts'
import type { CaseAnswer } from './app/case-command.ts'
import type { AppContext } from './app/context.ts'
import { SYSTEM } from './app/actor.ts'
import { decideAppeal, type AppealAnswer, type DecideAppealRequest } from './app/decide-appeal.ts'
import { openAppeal, type OpenAppealRequest, type OpenedAppeal } from './app/open-appeal.ts'
import { decideCase, type DecideRequest } from './app/decide-case.ts'
import { handOverCase, type HandOverRequest } from './app/hand-over-case.ts'
import type { Handler } from './app/handlers.ts'
import { holdCase, type HoldRequest } from './app/hold-case.ts'
import { agreeToLeaveUp, proposeLeaveUp } from './app/leave-up.ts'
import { mergeCases, type MergeRequest } from './app/merge-cases.ts'
import { noteMode } from './app/note-mode.ts'
import { noteProcedures } from './app/note-procedures.ts'
import { noteInfluence } from './app/note-influence.ts'
import { markBand0, tellEmergency } from './app/put-life-first.ts'
import { readStatistics, type Statistics, type StatisticsQuery } from './app/read-statistics.ts'
import { endPostponement, postponeTelling, type PostponeRequest } from './app/postpone-telling.ts'
import { reclassifyCase, type ReclassifyRequest } from './app/reclassify-case.ts'
import { releaseCase } from './app/release-case.ts'
import { reportTarget } from './app/report-target.ts'
import { resumeCase } from './app/resume-case.ts'
import { reverseCase, type ReverseRequest } from './app/reverse-case.ts'
import { settleAction, type Settlement } from './app/settle-action.ts'
import { settlePosterNotice } from './app/settle-poster-notice.ts'
import { subscribe } from './app/subscribe.ts'
import type { Workers } from './app/workers.ts'
import type { DecidedBy } from './core/decision.ts'
import type { EventType } from './core/event.ts'
import type { GeneralAnswerRecord } from './core/general-request.ts'
import type { LeaveUpRecord } from './core/leave-up.ts'
import type { Id } from './core/ids.ts'
import type { HandWay } from './core/letter.ts'
import type { DeliveryRecord } from './core/outcome.ts'
import type { LetterDocument } from './generated/types.ts'
import type { Observation } from './core/notice.ts'
import type { NoteInfluenceInput } from './core/transition/note-influence.ts'
import type { TellEmergencyInput } from './core/transition/tell-emergency.ts'
import type { ExecutorResult } from './ports/platform.ts'
import type { RecordStore } from './ports/record-store.ts'
import { policiesSdk, type PoliciesSdk } from './sdk/policies.ts'
import { signalsSdk, type SignalsSdk } from './sdk/signals.ts'

/** A decision through the SDK: what is left out is neutral, and nothing is preselected. */
export type DecideCommand = Pick<DecideRequest, 'commandId' | 'expectedVersion' | 'actions'> &
  Partial<Omit<DecideRequest, 'commandId' | 'expectedVersion' | 'actions'>> & {
    readonly by: DecidedBy
  }

type By<Request> = Request & { readonly by: DecidedBy }
type Once = Pick<HandOverRequest, 'commandId'>
type HandOverCommand = By<Omit<HandOverRequest, 'note'> & Partial<Pick<HandOverRequest, 'note'>>>
/** A question to the sender of one notice through the SDK. */
export type AskCommand = AskRequest & { readonly by: DecidedBy }
type DecideAppealCommand = By<
  Omit<DecideAppealRequest, 'words' | 'internalNote'> &
    Partial<Pick<DecideAppealRequest, 'words' | 'internalNote'>>
>
type PostponeCommand = By<Omit<PostponeRequest, 'note'> & Partial<Pick<PostponeRequest, 'note'>>>
type ReverseCommand = By<
  Omit<ReverseRequest, 'internalNote'> & Partial<Pick<ReverseRequest, 'internalNote'>>
>

/** What a notice is taken for, through the SDK. */
export type AssessCommand = By<Omit<AssessRequest, 'into'> & Partial<Pick<AssessRequest, 'into'>>>

/** A letter through the SDK: the document of the wire, and who typed it. */
export type EnterLetterCommand = LetterDocument & { readonly by: DecidedBy }

/** That an answer was sent: by whom, which one, and how. */
export interface MarkSentCommand {
  readonly by: DecidedBy
  readonly command_id: string
  readonly outcome_id: Id<'out'>
  readonly way: HandWay
  /** Default: today in Japan. */
  readonly sent_on?: string
  readonly note?: string
}

/**
 * The front desk as a platform embeds it. Takes in notices as soon as its routers are mounted;
 * dispatches nothing before {@link start}.
 */
export class Madoguchi {
  /** For the routers and the command line; not for platforms. */
  readonly internals: {
    readonly ctx: AppContext
    readonly store: RecordStore
    readonly workers: Workers
  }
  readonly policies: PoliciesSdk
  readonly signals: SignalsSdk
  #working = false

  constructor(internals: Madoguchi['internals']) {
    this.internals = internals
    this.policies = policiesSdk(internals.ctx)
    this.signals = signalsSdk(internals.ctx)
  }

  /**
   * Subscribes a named handler; the name keeps its place across restarts. Call it before {@link start}.
   *
   * @throws MadoguchiError `already`, `invalid_input`.
   */
  on<E extends EventType>(event: E, name: string, handler: Handler<E>): this {
    this.internals.ctx.handlers.add(event, name, handler)
    return this
  }

  /** Begins to work: reconciles, then runs intake, actions, reports, deliveries and handlers. */
  async start({ work }: { readonly work: boolean } = { work: true }): Promise<void> {
    await noteMode(this.internals.ctx)
    await noteProcedures(this.internals.ctx)
    await subscribe(this.internals.ctx)
    if (!work) return
    this.#working = true
    await this.internals.workers.start()
  }

  /** Drains: takes no more work, finishes what runs, writes what is left, closes the store. */
  async close(): Promise<void> {
    const { ctx, store, workers } = this.internals
    ctx.polls.close()
    await (this.#working ? workers.stop() : ctx.bell.stop())
    await ctx.refusals.flush().catch(() => undefined)
    await ctx.committer.close()
    await store.close()
  }

  readonly cases = {
    claim: (caseId: Id<'cas'>, by: DecidedBy): Promise<CaseAnswer> =>
      claimCase(this.internals.ctx, by, caseId),
    release: (caseId: Id<'cas'>, { by, ...command }: By<Once>): Promise<CaseAnswer> =>
      releaseCase(this.internals.ctx, by, caseId, command),
    handOver: (caseId: Id<'cas'>, { by, ...command }: HandOverCommand): Promise<CaseAnswer> =>
      handOverCase(this.internals.ctx, by, caseId, { note: null, ...command }),
    hold: (caseId: Id<'cas'>, { by, ...command }: By<HoldRequest>): Promise<CaseAnswer> =>
      holdCase(this.internals.ctx, by, caseId, command),
    resume: (caseId: Id<'cas'>, { by, ...command }: By<Once>): Promise<CaseAnswer> =>
      resumeCase(this.internals.ctx, by, caseId, command),
    decide: (caseId: Id<'cas'>, { by, ...command }: DecideCommand): Promise<CaseAnswer> =>
      decideCase(this.internals.ctx, by, caseId, { ...NOTHING_SAID, ...command }),
    /** Asks the sender of one notice; that notice waits, and nothing keeps you from deciding. */
    ask: (caseId: Id<'cas'>, { by, ...request }: AskCommand): Promise<CaseAnswer> =>
      askSender(this.internals.ctx, by, caseId, request),
    /** 区分を見直す: the platform's own class of an item, beside what the sender says (law 6). */
    reclassify: (
      caseId: Id<'cas'>,
      { by, ...command }: By<ReclassifyRequest>,
    ): Promise<CaseAnswer> => reclassifyCase(this.internals.ctx, by, caseId, command),
    reverse: (caseId: Id<'cas'>, { by, ...command }: ReverseCommand): Promise<CaseAnswer> =>
      reverseCase(this.internals.ctx, by, caseId, { internalNote: null, ...command }),
    /** 法的性質を評価する: of one notice, by a person with the right (law 7). */
    assessNature: (caseId: Id<'cas'>, { by, ...command }: AssessCommand): Promise<CaseAnswer> =>
      assessNature(this.internals.ctx, by, caseId, { into: null, ...command }),
    merge: (caseId: Id<'cas'>, { by, ...command }: By<MergeRequest>): Promise<CaseAnswer> =>
      mergeCases(this.internals.ctx, by, caseId, command),
    noteInfluence: (caseId: Id<'cas'>, { by, ...noted }: NoteInfluenceInput): Promise<CaseAnswer> =>
      noteInfluence(this.internals.ctx, by, caseId, noted),
    tellEmergency: (caseId: Id<'cas'>, { by, ...told }: TellEmergencyInput): Promise<CaseAnswer> =>
      tellEmergency(this.internals.ctx, by, caseId, told),
    /** 発信者への通知を延期する: holds once a second person says the same. */
    postpone: (caseId: Id<'cas'>, { by, ...command }: PostponeCommand): Promise<CaseAnswer> =>
      postponeTelling(this.internals.ctx, by, caseId, { note: null, ...command }),
    endPostponement: (caseId: Id<'cas'>, { by, ...command }: By<Once>): Promise<CaseAnswer> =>
      endPostponement(this.internals.ctx, by, caseId, command),
    /** 自殺・自傷: whether the poster seeks help or lures others. */
    assessPoster: (
      caseId: Id<'cas'>,
      { by, ...command }: By<AssessPosterRequest>,
    ): Promise<CaseAnswer> => assessPoster(this.internals.ctx, by, caseId, command),
    markBand0: (caseId: Id<'cas'>, by: DecidedBy): Promise<CaseAnswer> =>
      markBand0(this.internals.ctx, by, caseId),
  }

  readonly requests = {
    /** 一般要請に回答する: a document with the wire's names; changes nothing by itself. */
    answer: (id: Id<'ntc'>, answer: unknown, by: DecidedBy): Promise<GeneralAnswerRecord> =>
      answerGeneralRequest(this.internals.ctx, by, id, answer),
    /** What was asked and what is answered, measure by measure. */
    report: (id: Id<'ntc'>, by: DecidedBy): Promise<GeneralRequestReport> =>
      readGeneralRequest(this.internals.ctx, by, id),
  }

  /** 掲載の継続の求め: for the legal desk. Documents with the wire's names. */
  readonly leaveUps = {
    propose: (caseId: Id<'cas'>, wish: unknown, by: DecidedBy): Promise<LeaveUpRecord> =>
      proposeLeaveUp(this.internals.ctx, by, caseId, wish),
    agree: (id: Id<'lup'>, command: unknown, by: DecidedBy): Promise<LeaveUpRecord> =>
      agreeToLeaveUp(this.internals.ctx, by, id, command),
  }

  readonly letters = {
    /** Takes in a letter that somebody of the desk typed; see {@link enterLetter}. */
    enter: ({ by, ...letter }: EnterLetterCommand): Promise<EnteredLetter> =>
      enterLetter(this.internals.ctx, by, letter),
    /** The receipt as a text to be mailed. */
    receipt: (id: Id<'ntc'>, by: DecidedBy): Promise<LetterReceipt> =>
      readLetterReceipt(this.internals.ctx, by, id),
    /** The answer as a text to be mailed, from the newest outcome. */
    answer: (id: Id<'ntc'>, by: DecidedBy): Promise<LetterAnswer> =>
      readLetterAnswer(this.internals.ctx, by, id),
    /** Records that somebody sent an answer. */
    markSent: (id: Id<'ntc'>, { by, ...sent }: MarkSentCommand): Promise<DeliveryRecord> =>
      markAnswerSent(this.internals.ctx, by, id, sent),
  }

  readonly actions = {
    /** Says that a pending action was carried out, or won't be (`PermanentFailure`'s code). */
    settle: async (actionId: Id<'act'>, result: Result): Promise<void> => {
      await settleAction(this.internals.ctx, actionId, settlementOf(result))
    },
  }

  readonly posters = {
    /** 発信者への通知: says that a poster was told, or can't be; see `tellPoster`. */
    settle: async (posterNoticeId: Id<'pnt'>, result: Result): Promise<void> => {
      await settlePosterNotice(this.internals.ctx, posterNoticeId, settlementOf(result))
    },
  }

  readonly statistics = {
    /** What was received in a period and what had become of it; see {@link readStatistics}. */
    read: (by: DecidedBy, query: StatisticsQuery = {}): Promise<Statistics> =>
      readStatistics(this.internals.ctx, by, query),
  }

  readonly appeals = {
    /** 異議の申出: what a poster, or who wrote a letter, objects to; see {@link openAppeal}. */
    open: (request: OpenAppealRequest): Promise<OpenedAppeal> =>
      openAppeal(this.internals.ctx, SYSTEM, request),
    decide: (id: Id<'apl'>, { by, ...command }: DecideAppealCommand): Promise<AppealAnswer> =>
      decideAppeal(this.internals.ctx, by, id, { words: null, internalNote: null, ...command }),
  }

  readonly targets = {
    /** What became of an item, by its `ref`, or as `{ key }` by the key of `resolve`; see {@link reportTarget}. */
    report: (ref: unknown, observation: Observation): Promise<number> =>
      reportTarget(this.internals.ctx, ref, observation),
  }
}

/** How something went that was pending, in the platform's words. */
type Result =
  Extract<ExecutorResult, { kind: 'executed' }> | { readonly kind: 'failed'; readonly code: string }

function settlementOf(result: Result): Extract<Settlement, { kind: 'executed' | 'failed' }> {
  return result.kind === 'executed' ? { ...result, by: 'platform' } : result
}

const NOTHING_SAID = {
  alreadyGone: false,
  ground: null,
  awarenessCause: 'hotline_request',
  weightGiven: 'none',
  senderFinding: null,
  contextConsidered: null,
  declineReason: null,
  publicNote: null,
  internalNote: null,
} as const
