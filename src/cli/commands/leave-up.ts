import { agreeToLeaveUp, listLeaveUps, proposeLeaveUp } from '../../app/leave-up.ts'
import { toWire } from '../../http/wire.ts'
import type { Call, Command, ExitCode } from '../command.ts'
import { COMMAND_ID } from '../command-id.ts'
import { ACCESS_OPTIONS, onDesk } from '../desk-access.ts'
import { momentFrom } from '../moment.ts'
import { SENDER_WORLD } from '../send-and-check.ts'
import { timeForPeople } from '../words.ts'
import { caseIdFrom } from './cases.ts'

const LEGAL = { devOperator: 'legal', isForSystem: false } as const

interface LeaveUpOnWire {
  readonly id: string
  readonly case_id: string
  readonly requested_by: string
  readonly until: string
  readonly agreed_at: string | null
}

/** 掲載の継続の求め, for the legal desk. */
export const LEAVE_UP: readonly Command[] = [
  {
    name: 'leave-up propose',
    operands: ['CASE'],
    options: {
      by: { value: 'BODY', text: { ja: '求めた機関', en: 'Which body asks for it' } },
      document: { value: 'TEXT', text: { ja: '求めの書面', en: 'The writing that it came in' } },
      until: {
        value: 'TIME',
        text: { ja: 'いつまで（14日以内）', en: 'Until when (at most 14 days)' },
      },
      ...COMMAND_ID,
      ...ACCESS_OPTIONS,
    },
    summary: {
      ja: '書面による掲載の継続の求めを記録する（法務担当。二人目が同意するまで何も変わらない）',
      en: 'Record a wish in writing that an item be left up (legal desk; a second person agrees)',
    },
    run: propose,
  },
  {
    name: 'leave-up agree',
    operands: ['LEAVE_UP'],
    options: { ...COMMAND_ID, ...ACCESS_OPTIONS },
    summary: {
      ja: '掲載の継続の求めに同意する（二人目。案件は保留になり、だれも拘束されない）',
      en: 'Agree to it as a second person (the case is set aside; nobody is bound)',
    },
    run: agree,
  },
  {
    name: 'leave-up list',
    options: ACCESS_OPTIONS,
    summary: { ja: '掲載の継続の求めの一覧', en: 'List wishes that an item be left up' },
    run: list,
  },
]

const commandId = ({ flags }: Call): string =>
  flags.text('command-id') ?? SENDER_WORLD.random.id('evt')

async function propose(call: Call): Promise<ExitCode> {
  const { flags } = call
  const id = caseIdFrom(call)
  const body = toWire({
    commandId: commandId(call),
    requestedBy: flags.need('by'),
    document: flags.need('document'),
    until: momentFrom('--until', flags.need('until')),
  })
  return say(
    call,
    await onDesk(call, {
      ...LEGAL,
      method: 'POST',
      path: `/v1/cases/${id}/leave-up`,
      body,
      run: (ctx, actor) => proposeLeaveUp(ctx, actor, id, body),
    }),
  )
}

async function agree(call: Call): Promise<ExitCode> {
  const id = call.flags.operand(0, 'LEAVE_UP')
  const body = { command_id: commandId(call) }
  return say(
    call,
    await onDesk(call, {
      ...LEGAL,
      method: 'POST',
      path: `/v1/leave-ups/${encodeURIComponent(id)}/agreement`,
      body,
      run: (ctx, actor) => agreeToLeaveUp(ctx, actor, id, body),
    }),
  )
}

async function list(call: Call): Promise<ExitCode> {
  const { out } = call
  const found = (await onDesk(call, {
    ...LEGAL,
    method: 'GET',
    path: '/v1/leave-ups',
    run: async (ctx, actor) => ({ items: await listLeaveUps(ctx, actor) }),
  })) as { readonly items: readonly LeaveUpOnWire[] }
  out.result(found, () => {
    out.table<LeaveUpOnWire>(
      [
        { title: { ja: '求め', en: 'wish' }, text: ({ id }) => id },
        { title: { ja: '案件', en: 'case' }, text: ({ case_id }) => case_id },
        { title: { ja: '機関', en: 'body' }, text: ({ requested_by }) => requested_by },
        { title: { ja: 'いつまで', en: 'until' }, text: ({ until }) => timeForPeople(out, until) },
        {
          title: { ja: '同意', en: 'agreed' },
          text: ({ agreed_at }) => timeForPeople(out, agreed_at),
        },
      ],
      found.items,
    )
  })
  return 0
}

function say({ out }: Call, answer: unknown): ExitCode {
  const wish = answer as LeaveUpOnWire
  out.result(wish, () => {
    out.say(
      wish.agreed_at === null
        ? { ja: `記録しました: ${wish.id}`, en: `Recorded: ${wish.id}` }
        : { ja: `同意しました: ${wish.id}`, en: `Agreed: ${wish.id}` },
    )
  })
  return 0
}
