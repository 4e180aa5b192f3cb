import type { CaseRecord, Opinion } from '../case.ts'
import type { DecidedBy, DecisionInput } from '../decision.ts'
import { takesTwoByTable, type FourEyesRule } from '../four-eyes.ts'
import { endOf } from '../measure-terms.ts'
import { DAY } from '../time.ts'
import type { LegalResultKind } from '../vocabulary.ts'
import { needsTwoPeople } from './who-decides.ts'

/** The platform's own table, and the types of the senders of a case; absent: there is no rule. */
export interface FourEyesFacts {
  readonly fourEyes?: readonly FourEyesRule[]
  readonly senderTypes?: readonly string[]
}

/**
 * What follows from one more opinion: a decision by these people, a wait for another one, or, where
 * nobody would stand beside the one who settles a disagreement, nothing.
 */
export type Agreement =
  | { readonly kind: 'decided'; readonly by: readonly DecidedBy[] }
  | { readonly kind: 'waiting'; readonly state: 'awaiting_second' | 'disagreed' }
  | { readonly kind: 'alone' }

/**
 * 二人確認. Two people agree when they chose the same kinds of measures in the same places for as many
 * days, or both none, or both that the item was gone already; ground and words may differ. Whoever settles a disagreement may choose other
 * measures than either, but needs one of the two for the direction: for *measure* and for *no measure*
 * alike two people stand (law 24).
 */
export function agreementOf(state: CaseRecord, opinion: Opinion, facts: FourEyesFacts): Agreement {
  const { by, input } = opinion
  // Whoever came first needs a second person by what he chose.
  if (state.opinions.length === 0 && !takesTwo(state, input, facts))
    return { kind: 'decided', by: [by] }
  const [first, second] = state.opinions
  if (first === undefined) return { kind: 'waiting', state: 'awaiting_second' }
  if (second === undefined)
    return essenceOf(first) === essenceOf(opinion)
      ? { kind: 'decided', by: [first.by, by] }
      : { kind: 'waiting', state: 'disagreed' }
  const beside = state.opinions.filter((one) => directionOf(one.input) === directionOf(input))
  return beside.length === 0
    ? { kind: 'alone' }
    : { kind: 'decided', by: [...beside.map((one) => one.by), by] }
}

/** Whether a decision takes two people before it is carried out. */
export function takesTwo(
  state: CaseRecord,
  { actions }: Pick<DecisionInput, 'actions'>,
  { fourEyes = [], senderTypes = [] }: FourEyesFacts,
): boolean {
  const { category, reclassified } = state
  const categories = [category, ...(reclassified === null ? [] : [reclassified.category])]
  const kinds = actions.map(({ kind }) => kind)
  return needsTwoPeople(state) || takesTwoByTable(fourEyes, { categories, kinds, senderTypes })
}

type Direction = 'measure' | 'no_measure' | 'already_gone' | LegalResultKind

function directionOf({ alreadyGone, actions, legal }: DecisionInput): Direction {
  if (legal !== undefined) return legal.result
  if (alreadyGone) return 'already_gone'
  return actions.length === 0 ? 'no_measure' : 'measure'
}

function essenceOf({ at, input }: Opinion): string {
  const measures = input.actions.map((action) => {
    const end = endOf(action, at)
    const days = end === null ? 'open' : Math.round((end - at) / DAY)
    return [action.kind, [...(action.territory ?? [])].sort().join('+'), days].join(',')
  })
  return [directionOf(input), ...measures.sort()].join(' ')
}
