import { isSettled, type ActionRecord } from '../core/action.ts'
import type { PlannedAction } from '../core/decision.ts'
import { endOf, type MeasureTerms } from '../core/measure-terms.ts'
import type { PosterNoticeRecord } from '../core/poster-notice.ts'
import { isToldToPoster, type PosterMeasure } from '../core/poster-statement.ts'
import { ACTION_KINDS, type ActionKind } from '../core/action-kind.ts'
import type { Reader } from '../ports/record-store.ts'

/** What one notice to a poster has to tell by now. */
export interface PosterEffects {
  readonly measures: readonly PosterMeasure[]
  readonly actionIds: readonly ActionRecord['id'][]
  /** Something of the decision may still take effect. */
  readonly isOpen: boolean
}

/**
 * Measures that took effect and stand, or those that were undone, of the decision that a notice is
 * about; without those that another notice of the decision has told.
 */
export async function posterEffects(
  reader: Reader,
  notice: Pick<PosterNoticeRecord, 'id' | 'kind' | 'decisionId' | 'caseId'>,
): Promise<PosterEffects> {
  const { kind, decisionId, caseId } = notice
  if (kind === 'appeal_answer') return { measures: [], actionIds: [], isOpen: false }
  const all = await reader.find('action', { caseId })
  const others = await reader.find('posterNotice', { decisionId, kind })
  const told = new Set(others.flatMap((one) => (one.id === notice.id ? [] : one.actionIds)))
  const own = all.filter((action) => action.decisionId === decisionId)
  const found = kind === 'measures' ? standing(own) : undone(own, all)
  const fresh = found.filter(({ action }) => !told.has(action.id))
  return {
    measures: fresh.map(({ action, at }) =>
      measureOf(action.kind, at, { ...action.terms, endsAt: action.endsAt }),
    ),
    actionIds: fresh.map(({ action }) => action.id),
    isOpen: own.some(
      (action) => (action.reverses === null) === (kind === 'measures') && !isSettled(action.state),
    ),
  }
}

interface Effect {
  readonly action: ActionRecord
  readonly at: number
}

function standing(own: readonly ActionRecord[]): Effect[] {
  return own
    .filter(({ kind, state }) => isToldToPoster(kind) && state === 'executed')
    .map((action) => ({ action, at: action.executedAt ?? 0 }))
    .sort((a, b) => a.action.position - b.action.position)
}

function undone(own: readonly ActionRecord[], all: readonly ActionRecord[]): Effect[] {
  return own
    .filter(({ reverses, state }) => reverses !== null && state === 'executed')
    .flatMap((counter) => {
      const action = all.find(({ id }) => id === counter.reverses)
      return action === undefined || !isToldToPoster(action.kind)
        ? []
        : [{ action, at: counter.executedAt ?? 0 }]
    })
    .sort((a, b) => a.action.position - b.action.position)
}

/** A measure as its poster is told of it. */
export function measureOf(
  kind: ActionKind,
  at: number,
  { territory, interim, endsAt }: MeasureTerms & { readonly endsAt: number | null },
): PosterMeasure {
  const places = kind === 'geo_block_jp' ? ['JP'] : territory
  return {
    kind,
    scope: ACTION_KINDS[kind].scope === 'account' ? 'account' : 'item',
    at,
    territory: places ?? null,
    endsAt,
    interim: interim === true,
  }
}

/** What would be told of measures that are decided on, or about to be, if they took effect now. */
export function plannedMeasures(actions: readonly PlannedAction[], now: number): PosterMeasure[] {
  return actions
    .filter(({ kind }) => isToldToPoster(kind))
    .map((action) => measureOf(action.kind, now, { ...action, endsAt: endOf(action, now) }))
}
