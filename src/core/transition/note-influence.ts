import type { CaseRecord } from '../case.ts'
import type { DecidedBy } from '../decision.ts'
import type { Id } from '../ids.ts'
import { may } from '../permissions.ts'
import type { InfluenceKind } from '../vocabulary.ts'
import { changed, refused, type TransitionResult } from './result.ts'

export interface NoteInfluenceInput {
  readonly by: DecidedBy
  readonly kind: InfluenceKind
  readonly note: string | null
  /** The notice whose sender it came from, where that is known. */
  readonly noticeId: Id<'ntc'> | null
}

export interface NoteInfluenceFacts {
  readonly at: number
}

/** 働きかけを記録する: anyone of the desk, at any time; changes nothing of the case (law 20). */
export function noteInfluence(
  state: CaseRecord,
  { by, kind, note, noticeId }: NoteInfluenceInput,
  { at }: NoteInfluenceFacts,
): TransitionResult {
  if (!may(by.role, 'influence.note')) return refused('not_allowed')
  return changed(state, {
    type: 'influence.noted',
    at,
    caseId: state.id,
    noticeId,
    decisionId: null,
    detail: { by, kind, note },
  })
}
