import { formatTime } from '../core/time.ts'
import { LABEL_BASES } from '../core/measure-terms.ts'
import type { DecisionDocument } from '../generated/types.ts'
import { momentFrom } from './moment.ts'
import { UsageError } from './usage-error.ts'

type Action = DecisionDocument['actions'][number]

const TERMS: Readonly<Record<string, (value: string) => Partial<Action>>> = {
  from: (value) => ({ not_before: formatTime(momentFrom('--action', value)) }),
  until: (value) => ({ ends_at: formatTime(momentFrom('--action', value)) }),
  territory: (value) => ({ territory: value.split('+') }),
  basis: (value) => ({ label_basis: value as NonNullable<Action['label_basis']> }),
  text: (value) => ({ template: value }),
}

export const ACTION_HELP = {
  ja: `措置の条件は「,」でつなぎます: KIND,until=2026-12-01,territory=JP+US,interim,text=ID,basis=${LABEL_BASES.join('|')}`,
  en: `Terms of a measure follow with commas: KIND,until=2026-12-01,territory=JP+US,interim,text=ID,basis=${LABEL_BASES.join('|')}`,
}

/** `KIND[,NAME=VALUE…]` as a measure of the wire; what its values are worth the desk says. */
export function plannedAction(text: string): Action {
  const [kind = '', ...terms] = text.split(',')
  return terms.reduce<Action>((action, term) => ({ ...action, ...termFrom(term) }), {
    kind: kind as Action['kind'],
  })
}

function termFrom(term: string): Partial<Action> {
  if (term === 'interim') return { interim: true }
  const [name = '', ...value] = term.split('=')
  const read = Object.hasOwn(TERMS, name) ? TERMS[name] : undefined
  if (read !== undefined && value.length === 1) return read(value[0] ?? '')
  throw new UsageError(`--action の書き方: ${ACTION_HELP.ja}`, `--action: ${ACTION_HELP.en}`)
}
