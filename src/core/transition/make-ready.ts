import type { CaseRecord } from '../case.ts'
import { changed, refused, type TransitionResult } from './result.ts'

export interface MakeReadyInput {
  /** Resolve, observe and policies are done; the platform's named handlers don't count. */
  readonly machineStepsDone: boolean
}

export interface MakeReadyFacts {
  readonly at: number
  /** After this time people are offered the case anyhow; 60 s. */
  readonly machineStepsMs: number
}

/** Offers a new case to people, as soon as the machine steps are done and never later than their time. */
export function makeReady(
  state: CaseRecord,
  { machineStepsDone }: MakeReadyInput,
  { at, machineStepsMs }: MakeReadyFacts,
): TransitionResult {
  if (state.state !== 'new') return refused('already')
  if (!machineStepsDone && at - state.openedAt < machineStepsMs) return refused('not_allowed')
  return changed(
    { ...state, state: 'ready', readyAt: at },
    {
      type: 'case.ready',
      at,
      caseId: state.id,
      noticeId: null,
      decisionId: null,
      detail: { cause: machineStepsDone ? 'machine_steps_done' : 'waited_long_enough' },
    },
  )
}
