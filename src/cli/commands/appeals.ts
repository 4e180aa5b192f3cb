import { decideAppeal } from '../../app/decide-appeal.ts'
import { openAppeal, type Appellant } from '../../app/open-appeal.ts'
import { readAppeal, readAppeals } from '../../app/read-appeals.ts'
import { APPEAL_ABOUT, APPEAL_STATES, APPEAL_VERDICTS } from '../../core/appeal.ts'
import { isId } from '../../core/ids.ts'
import { MadoguchiError } from '../../errors/madoguchi-error.ts'
import { appealStanding } from '../../http/appeal-endpoints.ts'
import { toWire } from '../../http/wire.ts'
import { printAppeal, printAppealLines, type AppealOnWire } from '../appeal-text.ts'
import { COMMAND_ID } from '../command-id.ts'
import type { Call, Command, ExitCode } from '../command.ts'
import { ACCESS_OPTIONS, onDesk } from '../desk-access.ts'
import type { Flags } from '../flags.ts'
import { APPEAL_STATE_WORDS } from '../poster-words.ts'
import { SENDER_WORLD } from '../send-and-check.ts'
import { INTERNAL_NOTE, LIMIT } from '../usual-options.ts'
import { EXPECTED_VERSION, versionFrom } from './case-desk.ts'
import { noteFrom } from './decide.ts'

const PERSON = { devOperator: 'reviewer', isForSystem: false } as const

/** 異議の申出: what posters and senders object to, and what somebody else makes of it. */
export const APPEALS: readonly Command[] = [
  {
    name: 'appeals list',
    options: {
      state: {
        value: 'STATE',
        text: {
          ja: `${APPEAL_STATES.join(', ')}（既定: 検討を待つもの）`,
          en: `${APPEAL_STATES.join(', ')} (default: what waits for people)`,
        },
      },
      ...LIMIT,
      ...ACCESS_OPTIONS,
    },
    summary: { ja: '異議の申出を並べる', en: 'List objections' },
    run: list,
  },
  {
    name: 'appeals show',
    operands: ['APPEAL'],
    options: ACCESS_OPTIONS,
    summary: {
      ja: '異議の申出を開く（閲覧は記録される）',
      en: 'Open an objection (reading is recorded)',
    },
    run: show,
  },
  {
    name: 'appeals open',
    operands: ['ID'],
    options: {
      text: { value: 'TEXT', text: { ja: '申出の文', en: 'What is objected to, and why' } },
      about: {
        value: 'ABOUT',
        multiple: true,
        text: {
          ja: 'measure: 措置について（既定）、request: 要請が適切でない',
          en: 'measure: the measure (default); request: that the request was improper',
        },
      },
      ...COMMAND_ID,
      ...ACCESS_OPTIONS,
    },
    summary: {
      ja: '発信者又は書面の通知元からの異議の申出を記録する（ID: お知らせ番号、案件、書面の通知）',
      en: 'Record an objection of a poster, or of who wrote a letter (ID: what the poster got, a case, a letter)',
    },
    run: open,
  },
  {
    name: 'appeals decide',
    operands: ['APPEAL'],
    options: {
      verdict: {
        value: 'uphold|change',
        text: { ja: 'uphold: 判断を維持、change: 判断を変更', en: 'uphold or change' },
      },
      ...EXPECTED_VERSION,
      'note-ja': {
        value: 'TEXT',
        text: { ja: '申出をした人に伝える文（日本語）', en: 'Words to who objected, in Japanese' },
      },
      'note-en': {
        value: 'TEXT',
        text: { ja: '申出をした人に伝える文（英語）', en: 'Words to who objected, in English' },
      },
      ...INTERNAL_NOTE,
      ...COMMAND_ID,
      ...ACCESS_OPTIONS,
    },
    summary: {
      ja: '判断を維持する・判断を変更する（当初の判断に関わっていない人が行う）',
      en: 'Uphold or change the decision (somebody who took no part in it)',
    },
    run: decide,
  },
]

async function list(call: Call): Promise<ExitCode> {
  const { flags, out } = call
  const state = flags.optionalOneOf('state', APPEAL_STATES)
  const limit = flags.integer('limit', 1, 200, 50)
  const of = state === undefined ? {} : { state }
  const query = new URLSearchParams({ limit: String(limit), ...of })
  const page = (await onDesk(call, {
    ...PERSON,
    method: 'GET',
    path: `/v1/appeals?${query.toString()}`,
    run: (ctx, actor) => readAppeals(ctx, actor, { limit, ...of }),
  })) as { readonly items: readonly AppealOnWire[] }
  out.result(page, () => {
    printAppealLines(out, page.items)
  })
  return 0
}

async function show(call: Call): Promise<ExitCode> {
  const id = call.flags.operand(0, 'APPEAL')
  const appeal = (await onDesk(call, {
    ...PERSON,
    method: 'GET',
    path: `/v1/appeals/${encodeURIComponent(id)}`,
    run: (ctx, actor) => readAppeal(ctx, actor, id),
  })) as AppealOnWire
  call.out.result(appeal, () => {
    printAppeal(call.out, appeal)
  })
  return 0
}

async function open(call: Call): Promise<ExitCode> {
  const { flags, out } = call
  const given = flags.all('about')
  const about = APPEAL_ABOUT.filter((one) => given.includes(one))
  const request = {
    commandId: commandIdFrom(flags),
    from: appellant(flags.operand(0, 'ID')),
    about: given.length === 0 ? (['measure'] as const) : about,
    text: flags.need('text'),
  }
  const { from, ...rest } = request
  const opened = (await onDesk(call, {
    ...PERSON,
    method: 'POST',
    path: '/v1/appeals',
    body: toWire({ ...rest, ...from }),
    run: (ctx, actor) => openAppeal(ctx, actor, request),
  })) as { readonly id: string }
  out.result(opened, () => {
    out.say({ ja: `異議の申出を受け付けました: ${opened.id}`, en: `Received: ${opened.id}` })
  })
  return 0
}

function appellant(id: string): Appellant {
  if (isId('pnt', id)) return { posterNoticeId: id }
  if (isId('cas', id)) return { caseId: id }
  if (isId('ntc', id)) return { letterId: id }
  throw new MadoguchiError('not_found')
}

async function decide(call: Call): Promise<ExitCode> {
  const { flags, out } = call
  const id = flags.operand(0, 'APPEAL')
  if (!isId('apl', id)) throw new MadoguchiError('not_found')
  flags.need('verdict')
  const request = {
    commandId: commandIdFrom(flags),
    expectedVersion: versionFrom(flags),
    verdict: flags.oneOf('verdict', APPEAL_VERDICTS, 'uphold'),
    words: noteFrom(flags),
    internalNote: flags.text('internal-note') ?? null,
  }
  const standing = (await onDesk(call, {
    ...PERSON,
    method: 'POST',
    path: `/v1/appeals/${id}/decision`,
    body: toWire(request),
    run: async (ctx, actor) => appealStanding(await decideAppeal(ctx, actor, id, request)),
  })) as Pick<AppealOnWire, 'id' | 'state'>
  out.result(standing, () => {
    out.say(`${standing.id}  ${out.text(APPEAL_STATE_WORDS[standing.state])}`)
  })
  return 0
}

function commandIdFrom(flags: Flags): string {
  return flags.text('command-id') ?? SENDER_WORLD.random.id('evt')
}
