import { claimCase } from '../../app/claim-case.ts'
import { standingOf } from '../../app/case-standing.ts'
import { listCases } from '../../app/list-cases.ts'
import { readCase } from '../../app/read-case.ts'
import { CASE_STATES } from '../../core/case.ts'
import { isId, type Id } from '../../core/ids.ts'
import { MadoguchiError } from '../../errors/madoguchi-error.ts'
import { printCaseLines, type CaseLineOnWire } from '../case-lines.ts'
import type { CaseOnWire } from '../case-on-wire.ts'
import { printCase } from '../case-text.ts'
import type { Call, Command, ExitCode } from '../command.ts'
import { ACCESS_OPTIONS, onDesk } from '../desk-access.ts'
import { accessOf } from '../next-command.ts'
import { timeForPeople } from '../words.ts'
import { LIMIT } from '../usual-options.ts'

const PERSON = { devOperator: 'reviewer', isForSystem: false } as const

/** Cases: what people decide on. */
export const CASES: readonly Command[] = [
  {
    name: 'cases list',
    options: {
      state: {
        value: 'STATE',
        text: {
          ja: `${CASE_STATES.join(', ')}（既定: 担当者の判断を待つもの）`,
          en: `${CASE_STATES.join(', ')} (default: what waits for a person)`,
        },
      },
      held: { text: { ja: '保留中のものだけ', en: 'Only what is set aside' } },
      waiting: {
        text: {
          ja: '補足待ちのもの（すべての通知が通知元の補足を待つ案件）だけ',
          en: 'Only cases that wait for their senders',
        },
      },
      interim: { text: { ja: '暫定措置中のものだけ', en: 'Only cases under an interim measure' } },
      tests: { text: { ja: '試験用の通知の案件だけ', en: 'Only cases of test notices' } },
      ...LIMIT,
      ...ACCESS_OPTIONS,
    },
    summary: { ja: '案件を対応順に並べる', en: 'List cases in their order' },
    run: list,
  },
  {
    name: 'cases show',
    operands: ['CASE'],
    options: ACCESS_OPTIONS,
    summary: {
      ja: '案件を開く（閲覧は記録される。URL は無害化して示す）',
      en: 'Open a case (reading is recorded; URLs are shown defanged)',
    },
    run: show,
  },
  {
    name: 'cases claim',
    operands: ['CASE'],
    options: ACCESS_OPTIONS,
    summary: { ja: '案件を担当する', en: 'Claim a case' },
    run: claim,
  },
]

/** The identifier of a case. @throws MadoguchiError `not_found` for another text. */
export function caseIdFrom({ flags }: Call): Id<'cas'> {
  const id = flags.operand(0, 'CASE')
  if (isId('cas', id)) return id
  throw new MadoguchiError('not_found')
}

async function list(call: Call): Promise<ExitCode> {
  const { flags, out } = call
  const state = flags.optionalOneOf('state', CASE_STATES)
  const limit = flags.integer('limit', 1, 200, 50)
  const held = flags.is('held')
  const query = new URLSearchParams({
    limit: String(limit),
    held: String(held),
    ...(state === undefined ? {} : { state }),
    ...(flags.is('interim') ? { interim: 'true' } : {}),
    ...(flags.is('tests') ? { tests: 'true' } : {}),
    ...(flags.is('waiting') ? { waits_for: 'sender' } : {}),
  })
  const page = (await onDesk(call, {
    ...PERSON,
    method: 'GET',
    path: `/v1/cases?${query.toString()}`,
    run: (ctx, actor) =>
      listCases(ctx, actor, {
        limit,
        held,
        ...(state === undefined ? {} : { state }),
        ...(flags.is('interim') ? { interim: true } : {}),
        ...(flags.is('tests') ? { tests: true } : {}),
        ...(flags.is('waiting') ? { waitsFor: 'sender' } : {}),
      }),
  })) as { readonly items: readonly CaseLineOnWire[] }
  out.result(page, () => {
    printCaseLines(out, page.items, accessOf(flags))
  })
  return 0
}

async function show(call: Call): Promise<ExitCode> {
  const { out } = call
  const id = caseIdFrom(call)
  const found = (await onDesk(call, {
    ...PERSON,
    method: 'GET',
    path: `/v1/cases/${id}`,
    run: (ctx, actor) => readCase(ctx, actor, id),
  })) as CaseOnWire
  out.result(found, () => {
    printCase(out, found, accessOf(call.flags))
  })
  return 0
}

async function claim(call: Call): Promise<ExitCode> {
  const { out } = call
  const id = caseIdFrom(call)
  const claimed = (await onDesk(call, {
    ...PERSON,
    method: 'POST',
    path: `/v1/cases/${id}/claim`,
    run: async (ctx, actor) => standingOf(await claimCase(ctx, actor, id)),
  })) as { readonly version: number; readonly claimed_by: string; readonly claim_until: string }
  out.result(claimed, () => {
    const until = timeForPeople(out, claimed.claim_until)
    out.say({
      ja: `${claimed.claimed_by} が担当します（${until} まで）。版 ${claimed.version}`,
      en: `Claimed by ${claimed.claimed_by} until ${until}. Version ${claimed.version}.`,
    })
  })
  return 0
}
