import type { PolicyDocument } from '../generated/types.ts'
import { label } from '../core/vocabulary-lookup.ts'
import type { Output } from './output.ts'
import { timeForPeople, word } from './words.ts'

/** A version of a policy as the wire has it. */
export type PolicyOnWire = PolicyDocument & {
  readonly version: number
  readonly state: string
  readonly imported: boolean
  readonly adopted_by: { readonly operator: string } | null
  readonly adopted_at: string | null
  readonly activated_by: { readonly operator: string } | null
  readonly activated_at: string | null
  readonly retired_at: string | null
}

/** One line a version. */
export function printPolicies(out: Output, policies: readonly PolicyOnWire[]): void {
  if (policies.length === 0)
    out.say({ ja: '登録された方針はありません。', en: 'There is no policy.' })
  else
    out.table<PolicyOnWire>(
      [
        { title: { ja: '識別子', en: 'id' }, text: ({ id }) => id },
        { title: { ja: '版', en: 'version' }, text: ({ version }) => String(version) },
        { title: { ja: '状態', en: 'state' }, text: ({ state }) => stateWord(out, state) },
        { title: { ja: '効果', en: 'effect' }, text: (policy) => effectOf(out, policy) },
        { title: { ja: '名称', en: 'title' }, text: ({ title }) => title[out.lang] },
      ],
      policies,
    )
}

/** A version with its conditions and what became of it. */
export function printPolicy(out: Output, policy: PolicyOnWire): void {
  const { id, version, title, state, imported, review_percent, ground, prompted_by } = policy
  out.facts([
    [{ ja: '方針', en: 'policy' }, `${id} ${version}  ${title[out.lang]}`],
    [{ ja: '状態', en: 'state' }, stateWord(out, state)],
    [{ ja: '条件', en: 'when' }, conditionsOf(out, policy)],
    [{ ja: '効果', en: 'effect' }, effectOf(out, policy)],
    [
      { ja: '根拠', en: 'ground' },
      ground === null ? '—' : `${ground.standard} ${ground.version} ${ground.clause}`,
    ],
    [{ ja: '事後の確認', en: 'looked at afterwards' }, `${review_percent} / 100`],
    [{ ja: '契機とした要請', en: 'prompted by' }, prompted_by ?? '—'],
    [{ ja: '採択', en: 'adopted' }, stepOf(out, policy.adopted_at, policy.adopted_by)],
    [{ ja: '有効化', en: 'activated' }, stepOf(out, policy.activated_at, policy.activated_by)],
    [{ ja: '廃止', en: 'retired' }, timeForPeople(out, policy.retired_at)],
  ])
  if (imported)
    out.say({
      ja: 'ほかの事業者の方針を取り込んだものです。',
      en: 'Taken over from another platform.',
    })
}

const STATES = {
  draft: { ja: '下書き', en: 'draft' },
  adopted: { ja: '採択（有効化待ち）', en: 'adopted, waits for a second person' },
  active: { ja: '有効', en: 'active' },
  retired: { ja: '廃止', en: 'retired' },
}
const EFFECTS = {
  propose: { ja: '案を示す', en: 'proposes' },
  measures: { ja: '措置を行う', en: 'takes' },
  interim: { ja: '暫定措置を行う', en: 'takes for the interim' },
}

function stateWord(out: Output, state: string): string {
  return state in STATES ? out.text(STATES[state as keyof typeof STATES]) : state
}

function effectOf(out: Output, { effect }: PolicyOnWire): string {
  const none = out.text({ ja: '措置なし', en: 'no measure' })
  const measures = effect.measures.map(({ kind, hours }) => {
    const name = label('action-kinds', kind, out.lang)
    return hours === undefined ? name : `${name} ${hours}h`
  })
  return `${out.text(EFFECTS[effect.kind])}: ${measures.join(', ') || none}`
}

function conditionsOf(out: Output, { when }: PolicyOnWire): string {
  const { forms, signal, ...lists } = when
  const named = Object.entries(lists).map(([name, words]) => `${name}=${words.join('|')}`)
  const from = signal === undefined ? [] : [`signal=${signal}`]
  return [forms.map((form) => word(out, form)).join('|'), ...named, ...from].join(', ')
}

function stepOf(out: Output, at: string | null, by: { readonly operator: string } | null): string {
  return at === null ? '—' : `${timeForPeople(out, at)}  ${by?.operator ?? ''}`.trimEnd()
}
