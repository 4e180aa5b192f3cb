import type { CaseRecord } from './case.ts'
import { assessNature } from './transition/assess-nature.ts'
import type { AssessFacts, AssessInput } from './transition/assess-nature.ts'
import { assessPoster, type AssessPosterFacts } from './transition/assess-poster.ts'
import type { AssessPosterInput } from './transition/assess-poster.ts'
import { askSender, type AskFacts, type AskInput } from './transition/ask-sender.ts'
import { claimCase, type ClaimFacts, type ClaimInput } from './transition/claim-case.ts'
import { decideByPolicy } from './transition/decide-by-policy.ts'
import type { DecideByPolicyFacts, DecideByPolicyInput } from './transition/decide-by-policy.ts'
import { decideCase, type DecideFacts, type DecideInput } from './transition/decide-case.ts'
import { endReversal } from './transition/end-reversal.ts'
import type { EndReversalFacts, EndReversalInput } from './transition/end-reversal.ts'
import { clearFlag, flagCase, type FlagFacts, type FlagInput } from './transition/flag-case.ts'
import { handOverCase, type HandOverInput } from './transition/hand-over-case.ts'
import { hideCase, type HideFacts } from './transition/hide-case.ts'
import { holdCase, type HoldFacts, type HoldInput } from './transition/hold-case.ts'
import { joinCase, type JoinFacts, type JoinInput } from './transition/join-case.ts'
import { leaveCase, type LeaveFacts, type LeaveInput } from './transition/leave-case.ts'
import { makeReady, type MakeReadyFacts, type MakeReadyInput } from './transition/make-ready.ts'
import { markBand0, type MarkBand0Facts, type MarkBand0Input } from './transition/mark-band0.ts'
import { absorbCase, giveAwayCase, mergeCase } from './transition/merge-case.ts'
import type { AbsorbFacts, GiveAwayFacts, GiveAwayInput } from './transition/merge-case.ts'
import type { MergeFacts, MergeInput } from './transition/merge-case.ts'
import { noteInfluence } from './transition/note-influence.ts'
import type { NoteInfluenceFacts, NoteInfluenceInput } from './transition/note-influence.ts'
import { openCase, type OpenFacts, type OpenInput } from './transition/open-case.ts'
import { endPostponement, postponeTelling } from './transition/postpone-telling.ts'
import type {
  EndPostponementInput,
  PostponeFacts,
  PostponeInput,
} from './transition/postpone-telling.ts'
import { reclassifyCase } from './transition/reclassify-case.ts'
import type { ReclassifyFacts, ReclassifyInput } from './transition/reclassify-case.ts'
import { releaseCase, type ReleaseFacts, type ReleaseInput } from './transition/release-case.ts'
import { replaceNotice, type ReplaceFacts, type ReplaceInput } from './transition/replace-notice.ts'
import type { TransitionResult } from './transition/result.ts'
import { resumeCase, type ResumeFacts, type ResumeInput } from './transition/resume-case.ts'
import { supplementCase } from './transition/supplement-case.ts'
import type { SupplementFacts, SupplementInput } from './transition/supplement-case.ts'
import { reverseCase, type ReverseFacts, type ReverseInput } from './transition/reverse-case.ts'
import { tellEmergency, type TellEmergencyInput } from './transition/tell-emergency.ts'

interface Inputs {
  readonly open: OpenInput
  readonly join: JoinInput
  readonly make_ready: MakeReadyInput
  readonly claim: ClaimInput
  readonly release: ReleaseInput
  readonly hand_over: HandOverInput
  readonly hold: HoldInput
  readonly resume: ResumeInput
  readonly decide: DecideInput
  readonly reclassify: ReclassifyInput
  readonly decide_by_policy: DecideByPolicyInput
  readonly reverse: ReverseInput
  readonly end_reversal: EndReversalInput
  readonly merge: MergeInput
  readonly absorb: object
  readonly give_away: GiveAwayInput
  readonly note_influence: NoteInfluenceInput
  readonly tell_emergency: TellEmergencyInput
  readonly flag: FlagInput
  readonly clear_flag: FlagInput
  readonly mark_band0: MarkBand0Input
  readonly hide: object
  readonly leave: LeaveInput
  readonly replace: ReplaceInput
  readonly supplement: SupplementInput
  readonly ask: AskInput
  readonly assess_nature: AssessInput
  readonly assess_poster: AssessPosterInput
  readonly postpone: PostponeInput
  readonly end_postponement: EndPostponementInput
}

interface Facts {
  readonly open: OpenFacts
  readonly join: JoinFacts
  readonly make_ready: MakeReadyFacts
  readonly claim: ClaimFacts
  readonly release: ReleaseFacts
  readonly hand_over: ClaimFacts
  readonly hold: HoldFacts
  readonly resume: ResumeFacts
  readonly decide: DecideFacts
  readonly reclassify: ReclassifyFacts
  readonly decide_by_policy: DecideByPolicyFacts
  readonly reverse: ReverseFacts
  readonly end_reversal: EndReversalFacts
  readonly merge: MergeFacts
  readonly absorb: AbsorbFacts
  readonly give_away: GiveAwayFacts
  readonly note_influence: NoteInfluenceFacts
  readonly tell_emergency: MarkBand0Facts
  readonly flag: FlagFacts
  readonly clear_flag: object
  readonly mark_band0: MarkBand0Facts
  readonly hide: HideFacts
  readonly leave: LeaveFacts
  readonly replace: ReplaceFacts
  readonly supplement: SupplementFacts
  readonly ask: AskFacts
  readonly assess_nature: AssessFacts
  readonly assess_poster: AssessPosterFacts
  readonly postpone: PostponeFacts
  readonly end_postponement: PostponeFacts
}

export type CommandType = keyof Inputs

/** What somebody, or a machine step, wants of a case. */
export type Command<T extends CommandType = CommandType> = {
  [K in T]: Inputs[K] & { readonly type: K }
}[T]

/** What a command needs to know besides the case: the time, settings, rows that belong to it. */
export type FactsOf<T extends CommandType> = { [K in T]: Facts[K] }[T]

/** The case as it is; `open` begins with none. */
export type StateOf<T extends CommandType> = { [K in T]: K extends 'open' ? null : CaseRecord }[T]

type Steps = {
  readonly [K in CommandType]: (
    state: StateOf<K>,
    command: Command<K>,
    facts: FactsOf<K>,
  ) => TransitionResult
}

const STEPS: Steps = {
  open: openCase,
  join: joinCase,
  make_ready: makeReady,
  claim: claimCase,
  release: releaseCase,
  hand_over: handOverCase,
  hold: holdCase,
  resume: resumeCase,
  decide: decideCase,
  reclassify: reclassifyCase,
  decide_by_policy: decideByPolicy,
  reverse: reverseCase,
  end_reversal: endReversal,
  merge: mergeCase,
  absorb: absorbCase,
  give_away: giveAwayCase,
  note_influence: noteInfluence,
  tell_emergency: tellEmergency,
  flag: flagCase,
  clear_flag: clearFlag,
  mark_band0: markBand0,
  hide: hideCase,
  leave: leaveCase,
  replace: replaceNotice,
  supplement: supplementCase,
  ask: askSender,
  assess_nature: assessNature,
  assess_poster: assessPoster,
  postpone: postponeTelling,
  end_postponement: endPostponement,
}

/**
 * Decides every change of a case: the next state with the events that say so, or a typed refusal. Pure;
 * the caller stores `next`, events, decision and actions in one transaction, and gives them ids.
 *
 * @returns `ok: false` with a code of the desk's catalogue where nothing changes. Never throws.
 */
export function transition<T extends CommandType>(
  state: StateOf<T>,
  command: Command<T>,
  facts: FactsOf<T>,
): TransitionResult {
  const type: T = command.type
  return STEPS[type](state, command, facts)
}
