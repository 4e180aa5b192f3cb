import type { CaseAnswer } from '../../app/case-command.ts'
import { standingOf } from '../../app/case-standing.ts'
import type { Actor } from '../../app/actor.ts'
import type { AppContext } from '../../app/context.ts'
import { handOverCase } from '../../app/hand-over-case.ts'
import { holdCase } from '../../app/hold-case.ts'
import { releaseCase } from '../../app/release-case.ts'
import { resumeCase } from '../../app/resume-case.ts'
import { settleByOperator } from '../../app/settle-by-operator.ts'
import type { Bilingual } from '../../core/vocabulary.ts'
import { label } from '../../core/vocabulary-lookup.ts'
import { toWire } from '../../http/wire.ts'
import type { Call, Command, ExitCode, OptionSpecs } from '../command.ts'
import { COMMAND_ID } from '../command-id.ts'
import { ACCESS_OPTIONS, onDesk } from '../desk-access.ts'
import type { Flags } from '../flags.ts'
import { momentFrom } from '../moment.ts'
import { SENDER_WORLD } from '../send-and-check.ts'
import { UsageError } from '../usage-error.ts'
import { timeForPeople, word } from '../words.ts'
import { caseIdFrom } from './cases.ts'

export const EXPECTED_VERSION: OptionSpecs = {
  'expected-version': {
    value: 'N',
    text: {
      ja: '見た案件の版（cases show が示す）',
      en: 'Version of the case that you looked at (cases show prints it)',
    },
  },
}

/** Where a case stands after a command, as far as it is printed. */
export interface StandingOnWire {
  readonly id: string
  readonly state: string
  readonly version: number
  readonly claimed_by: string | null
  readonly claim_until: string | null
  readonly hold_until: string | null
}

/** What people of the desk do with a case beside deciding it. */
export const CASE_DESK: readonly Command[] = [
  {
    name: 'cases release',
    operands: ['CASE'],
    options: { ...COMMAND_ID, ...ACCESS_OPTIONS },
    summary: {
      ja: '担当を外す（統括担当は、ほかの人の担当も）',
      en: 'Let go of a case (a lead: also of somebody else’s)',
    },
    run: (call) => command(call, 'release', {}, releaseCase, RELEASED),
  },
  {
    name: 'cases hand-over',
    operands: ['CASE'],
    options: {
      to: { value: 'NAME', text: { ja: '引き継ぐ相手の仮名', en: 'Pseudonym of who takes over' } },
      note: {
        value: 'TEXT',
        text: {
          ja: '相手への申し送り（外部には出さない）',
          en: 'Note for them (never leaves the desk)',
        },
      },
      ...COMMAND_ID,
      ...ACCESS_OPTIONS,
    },
    summary: { ja: '案件を引き継ぐ', en: 'Hand a case over to somebody' },
    run: handOver,
  },
  {
    name: 'cases hold',
    operands: ['CASE'],
    options: {
      until: {
        value: 'DATE',
        text: {
          ja: 'いつまで（例 2026-12-01。14日以内）',
          en: 'Until when (e.g. 2026-12-01; at most 14 days)',
        },
      },
      reason: {
        value: 'TEXT',
        text: { ja: '理由（外部には出さない）', en: 'Why (never leaves the desk)' },
      },
      ...EXPECTED_VERSION,
      ...COMMAND_ID,
      ...ACCESS_OPTIONS,
    },
    summary: {
      ja: '保留にする（先に担当する。人命に関わる案件はできない）',
      en: 'Set a case aside (claim it first; never a matter of life)',
    },
    run: hold,
  },
  {
    name: 'cases resume',
    operands: ['CASE'],
    options: { ...COMMAND_ID, ...ACCESS_OPTIONS },
    summary: { ja: '保留を解除する', en: 'Resume a case that was set aside' },
    run: (call) => command(call, 'resumption', {}, resumeCase, RESUMED),
  },
  {
    name: 'cases settle',
    operands: ['ACTION'],
    options: {
      executed: { text: { ja: '実施された', en: 'It was carried out' } },
      at: {
        value: 'TIME',
        text: { ja: '実施日時（既定は現在）', en: 'When it was carried out (default now)' },
      },
      failed: {
        value: 'CODE',
        text: { ja: '実施できない（理由の符号）', en: 'It can’t be carried out: a code for why' },
      },
      ...ACCESS_OPTIONS,
    },
    summary: {
      ja: '実施待ちの措置の結果を記録する（措置の識別子は cases show が示す）',
      en: 'Say how a pending action went (cases show prints its id)',
    },
    run: settle,
  },
]

function handOver(call: Call): Promise<ExitCode> {
  const { flags } = call
  const request = { to: flags.need('to'), note: flags.text('note') ?? null }
  return command(call, 'hand-over', request, handOverCase, CLAIMED)
}

function hold(call: Call): Promise<ExitCode> {
  const { flags } = call
  const request = {
    expectedVersion: versionFrom(flags),
    until: momentFrom('--until', flags.need('until')),
    reason: flags.need('reason'),
  }
  return command(call, 'hold', request, holdCase, HELD)
}

async function settle(call: Call): Promise<ExitCode> {
  const { flags, out } = call
  const id = flags.operand(0, 'ACTION')
  const code = flags.text('failed')
  if (flags.is('executed') === (code !== undefined))
    throw new UsageError(
      '--executed か --failed のどちらかを選んでください。',
      'Choose one of --executed and --failed.',
    )
  const body =
    code === undefined
      ? { state: 'executed', executed_at: flags.text('at') ?? null }
      : { state: 'failed', code }
  const action = (await onDesk(call, {
    devOperator: 'reviewer',
    isForSystem: false,
    method: 'POST',
    path: `/v1/actions/${encodeURIComponent(id)}/settlement`,
    body,
    run: (ctx, actor) => settleByOperator(ctx, actor, id, body),
  })) as { readonly kind: string; readonly state: string }
  out.result(action, () => {
    out.say(`${id}  ${label('action-kinds', action.kind, out.lang)}  ${word(out, action.state)}`)
  })
  return 0
}

/** What is said of a command that was done. */
export type Said = (standing: StandingOnWire, time: (at: string | null) => string) => Bilingual

const RELEASED: Said = ({ id }) => ({ ja: `担当を外しました: ${id}`, en: `Released: ${id}` })
const CLAIMED: Said = ({ claimed_by, claim_until }, time) => ({
  ja: `${claimed_by ?? '—'} が引き継ぎました（${time(claim_until)} まで）。`,
  en: `Handed over to ${claimed_by ?? '—'} until ${time(claim_until)}.`,
})
const HELD: Said = ({ hold_until }, time) => ({
  ja: `${time(hold_until)} まで保留にします。目標時刻は変わりません。`,
  en: `Set aside until ${time(hold_until)}. Its goal stays where it is.`,
})
const RESUMED: Said = ({ id }) => ({ ja: `保留を解除しました: ${id}`, en: `Resumed: ${id}` })

/** Runs one command on a case, on whichever desk is asked, and says where the case stands then. */
export async function command<R extends object>(
  call: Call,
  path: string,
  request: R,
  run: (
    ctx: AppContext,
    actor: Actor,
    id: ReturnType<typeof caseIdFrom>,
    request: R & { commandId: string },
  ) => Promise<CaseAnswer>,
  said: Said,
): Promise<ExitCode> {
  const { flags, out } = call
  const id = caseIdFrom(call)
  const commandId = flags.text('command-id') ?? SENDER_WORLD.random.id('evt')
  const standing = (await onDesk(call, {
    devOperator: 'reviewer',
    isForSystem: false,
    method: 'POST',
    path: `/v1/cases/${id}/${path}`,
    body: toWire({ ...request, commandId }),
    run: async (ctx, actor) => standingOf(await run(ctx, actor, id, { ...request, commandId })),
  })) as StandingOnWire
  out.result(standing, () => {
    out.say(said(standing, (at) => timeForPeople(out, at)))
    out.say({
      ja: `状態: ${word(out, standing.state)}　版 ${standing.version}`,
      en: `State: ${word(out, standing.state)}. Version ${standing.version}.`,
    })
  })
  return 0
}

/** The version that a person looked at. */
export function versionFrom(flags: Flags): number {
  flags.need('expected-version')
  return flags.integer('expected-version', 0, 1_000_000_000, 0)
}
