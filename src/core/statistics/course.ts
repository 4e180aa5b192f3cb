import type { ActionKind } from '../action-kind.ts'
import { isInterimOnly } from '../measure-terms.ts'
import { parseTime } from '../time.ts'
import type { DecidedFacts, Happening, Story } from './story.ts'

/** A decision about a notice. */
export interface Decision {
  readonly id: string
  readonly at: number
  readonly facts: DecidedFacts
}

/** A measure that took effect, and what became of it. */
export interface Effect {
  readonly id: string
  readonly kind: ActionKind
  readonly executedAt: number
  readonly decision: Decision
  /** `ended`: its time was over, or a later decision took its place; `reversed`: it was taken back. */
  state: 'standing' | 'ended' | 'reversed'
}

/** How a notice fared. */
export interface Course {
  readonly decisions: readonly Decision[]
  readonly effects: readonly Effect[]
  /** The last that was made, unless it was taken back. */
  readonly standing: Decision | null
  /** Decisions that were taken back and name this notice first. */
  readonly changed: number
}

/** Reads the happenings of a story in their order. */
export function follow(story: Story): Course {
  const decisions: Decision[] = []
  const effects: Effect[] = []
  const takenBack = new Set<string>()
  let standing: Decision | null = null
  let changed = 0
  for (const happening of story.happenings) {
    const made = decisionOf(story, happening)
    if (made !== undefined) {
      decisions.push(made)
      // An interim measure decides nothing.
      if (!isInterim(made)) standing = made
    }
    if (happening.type === 'decision.reversed' && concerns(story, happening.facts.noticeIds)) {
      const taken = decisions.find(({ id }) => id === happening.facts.reverses)
      if (taken !== undefined && leads(story, taken)) changed += 1
      // A reversal takes back everything that its case has done.
      for (const { id } of decisions) takenBack.add(id)
      standing = null
    }
    if (happening.type === 'action.executed') noteEffect(happening, decisions, effects)
    if (happening.type === 'action.expired' || happening.type === 'action.reversed')
      noteEnd(happening.facts.action, effects, takenBack)
  }
  return { decisions, effects, standing, changed }
}

/** Decisions on trial moved nothing, and are none here. */
function decisionOf(story: Story, happening: Happening): Decision | undefined {
  if (happening.type !== 'decision.made') return undefined
  const { facts, at, decisionId } = happening
  if (facts.trial !== null || !concerns(story, facts.noticeIds)) return undefined
  return { id: decisionId ?? '', at, facts }
}

function noteEffect(
  { facts, at, decisionId }: Extract<Happening, { readonly type: 'action.executed' }>,
  decisions: readonly Decision[],
  effects: Effect[],
): void {
  const { action, kind, executed_at } = facts
  const decision = decisions.find(({ id }) => id === decisionId)
  // What undoes a measure at its end is none itself.
  if (decision === undefined || kind === 'restore') return
  const executedAt = parseTime(executed_at) ?? at
  effects.push({ id: action, kind, executedAt, decision, state: 'standing' })
}

function noteEnd(action: string, effects: readonly Effect[], takenBack: ReadonlySet<string>): void {
  const effect = effects.find(({ id }) => id === action)
  if (effect !== undefined) effect.state = takenBack.has(effect.decision.id) ? 'reversed' : 'ended'
}

/** Whether a decision took interim measures, and so decided nothing yet. */
export function isInterim({ facts }: Decision): boolean {
  return isInterimOnly(facts.input.actions)
}

function concerns({ ids }: Story, noticeIds: readonly string[]): boolean {
  return noticeIds.some((id) => ids.has(id))
}

/** Whether a decision names this notice first; what it made is counted under it alone. */
export function leads({ ids }: Story, { facts }: Decision): boolean {
  return ids.has(facts.noticeIds[0] ?? '')
}
