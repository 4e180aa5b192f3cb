import { assessPoster } from '../../app/assess-poster.ts'
import { endPostponement, postponeTelling } from '../../app/postpone-telling.ts'
import { readPosterNotices } from '../../app/read-poster-notices.ts'
import { settlePosterNoticeByOperator } from '../../app/settle-poster-notice.ts'
import { POSTER_NOTICE_STATES } from '../../core/poster-notice.ts'
import { SELF_HARM_POSTERS } from '../../core/poster-statement.ts'
import { POSTPONEMENT_REASONS } from '../../core/postponement.ts'
import { COMMAND_ID } from '../command-id.ts'
import type { Call, Command, ExitCode } from '../command.ts'
import { ACCESS_OPTIONS, onDesk } from '../desk-access.ts'
import { momentFrom } from '../moment.ts'
import type { PosterNoticeOnWire } from '../poster-text.ts'
import { POSTER_KIND_WORDS, POSTER_STATE_WORDS } from '../poster-words.ts'
import { timeForPeople } from '../words.ts'
import { LIMIT } from '../usual-options.ts'
import { command, type Said } from './case-desk.ts'

const PERSON = { devOperator: 'reviewer', isForSystem: false } as const

/** 発信者への通知: what is left to be told, what is put off, and who needs help first. */
export const POSTERS: readonly Command[] = [
  {
    name: 'posters list',
    options: {
      state: {
        value: 'STATE',
        text: {
          ja: `${POSTER_NOTICE_STATES.join(', ')}（既定: すべて）`,
          en: `${POSTER_NOTICE_STATES.join(', ')} (default: all)`,
        },
      },
      ...LIMIT,
      ...ACCESS_OPTIONS,
    },
    summary: { ja: '発信者への通知を並べる', en: 'List what posters were told, or are to be' },
    run: list,
  },
  {
    name: 'posters told',
    operands: ['POSTER_NOTICE'],
    options: {
      at: { value: 'TIME', text: { ja: '伝えた日時（既定は現在）', en: 'When (default now)' } },
      failed: {
        value: 'CODE',
        text: { ja: '伝えられなかった（理由の符号）', en: 'It could not be told: a code for why' },
      },
      ...ACCESS_OPTIONS,
    },
    summary: {
      ja: '発信者に伝えたことを記録する（当社が自ら伝える場合等）',
      en: 'Say that a poster was told by other means',
    },
    run: told,
  },
  {
    name: 'cases postpone',
    operands: ['CASE'],
    options: {
      reason: {
        value: 'REASON',
        text: {
          ja: `理由: ${POSTPONEMENT_REASONS.join(', ')}`,
          en: `Why: ${POSTPONEMENT_REASONS.join(', ')}`,
        },
      },
      until: {
        value: 'DATE',
        text: { ja: '再確認の日（例 2026-12-01）', en: 'Day of the re-check (e.g. 2026-12-01)' },
      },
      note: {
        value: 'TEXT',
        text: { ja: '社内の記録（外部には出さない）', en: 'Internal note (never leaves the desk)' },
      },
      ...COMMAND_ID,
      ...ACCESS_OPTIONS,
    },
    summary: {
      ja: '発信者への通知を延期する（二人目が同じ理由と日を示すと延期になる）',
      en: 'Put off telling the poster (it holds once a second person says the same)',
    },
    run: postpone,
  },
  {
    name: 'cases end-postponement',
    operands: ['CASE'],
    options: { ...COMMAND_ID, ...ACCESS_OPTIONS },
    summary: { ja: '通知の延期を終え、発信者に伝える', en: 'Tell the poster now' },
    run: (call) => command(call, 'postponement-end', {}, endPostponement, ENDED),
  },
  {
    name: 'cases assess-poster',
    operands: ['CASE'],
    options: {
      poster: {
        value: 'seeking|luring',
        text: {
          ja: 'seeking: 助けを求めている、luring: ほかの人を誘っている',
          en: 'seeking: seeks company or help; luring: lures others',
        },
      },
      ...COMMAND_ID,
      ...ACCESS_OPTIONS,
    },
    summary: {
      ja: '自殺・自傷に関する案件の発信者についての見立てを記録する',
      en: 'Say whether the poster of a case about self-harm seeks help or lures others',
    },
    run: assess,
  },
]

const POSTPONED: Said = ({ id }) => ({
  ja: `記録しました。状態は cases show ${id} で確認できます。`,
  en: `Recorded; cases show ${id} says whether it holds.`,
})
const ENDED: Said = () => ({
  ja: '延期を終えました。発信者に伝えます。',
  en: 'Over; the poster is told.',
})
const ASSESSED: Said = () => ({
  ja: '発信者についての見立てを記録しました。',
  en: 'Recorded.',
})

async function list(call: Call): Promise<ExitCode> {
  const { flags, out } = call
  const state = flags.optionalOneOf('state', POSTER_NOTICE_STATES)
  const limit = flags.integer('limit', 1, 200, 50)
  const of = state === undefined ? {} : { state }
  const query = new URLSearchParams({ limit: String(limit), ...of })
  const page = (await onDesk(call, {
    ...PERSON,
    method: 'GET',
    path: `/v1/poster-notices?${query.toString()}`,
    run: (ctx, actor) => readPosterNotices(ctx, actor, { limit, ...of }),
  })) as { readonly items: readonly PosterNoticeOnWire[] }
  out.result(page, () => {
    out.table<PosterNoticeOnWire>(
      [
        { title: { ja: 'お知らせ番号', en: 'notice' }, text: ({ id }) => id },
        { title: { ja: '案件', en: 'case' }, text: (row) => row.case_id },
        {
          title: { ja: '内容', en: 'about' },
          text: ({ kind }) => out.text(POSTER_KIND_WORDS[kind]),
        },
        {
          title: { ja: '状態', en: 'state' },
          text: (row) => out.text(POSTER_STATE_WORDS[row.state]),
        },
        { title: { ja: '作成', en: 'made' }, text: (row) => timeForPeople(out, row.created_at) },
      ],
      page.items,
    )
  })
  return 0
}

async function told(call: Call): Promise<ExitCode> {
  const { flags, out } = call
  const id = flags.operand(0, 'POSTER_NOTICE')
  const failed = flags.text('failed')
  const body =
    failed === undefined
      ? { state: 'told', told_at: flags.text('at') ?? null }
      : { state: 'failed', code: failed }
  const notice = (await onDesk(call, {
    ...PERSON,
    method: 'POST',
    path: `/v1/poster-notices/${encodeURIComponent(id)}/settlement`,
    body,
    run: (ctx, actor) => settlePosterNoticeByOperator(ctx, actor, id, body),
  })) as PosterNoticeOnWire
  out.result(notice, () => {
    out.say(`${notice.id}  ${out.text(POSTER_STATE_WORDS[notice.state])}`)
  })
  return 0
}

function postpone(call: Call): Promise<ExitCode> {
  const { flags } = call
  flags.need('reason')
  const request = {
    reason: flags.oneOf('reason', POSTPONEMENT_REASONS, 'life_or_safety'),
    until: momentFrom('--until', flags.need('until')),
    note: flags.text('note') ?? null,
  }
  return command(call, 'postponement', request, postponeTelling, POSTPONED)
}

function assess(call: Call): Promise<ExitCode> {
  call.flags.need('poster')
  const poster = call.flags.oneOf('poster', SELF_HARM_POSTERS, 'seeking')
  return command(call, 'poster-assessment', { poster }, assessPoster, ASSESSED)
}
