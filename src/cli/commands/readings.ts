import { readNames } from '../../app/read-names.ts'
import { readReadings } from '../../app/read-readings.ts'
import { READING_KINDS, type ReadingKind } from '../../core/reading.ts'
import { parseTime } from '../../core/time.ts'
import type { Bilingual } from '../../core/vocabulary.ts'
import type { Call, Command, ExitCode } from '../command.ts'
import { ACCESS_OPTIONS, onDesk } from '../desk-access.ts'
import type { Flags } from '../flags.ts'
import { UsageError } from '../usage-error.ts'
import { timeForPeople, word } from '../words.ts'
import { LIMIT } from '../usual-options.ts'
import { caseIdFrom } from './cases.ts'

interface ReadingOnWire {
  readonly last_at: string
  readonly times: number
  readonly operator: string
  readonly role: string
  readonly what: ReadingKind
  readonly subject: string
}

interface NamesOnWire {
  readonly notice_id: string
  readonly handler: string | null
  readonly officer: string | null
  readonly checker: string | null
}

const AUDITOR = { devOperator: 'auditor', isForSystem: false } as const

const FILTERS = ['operator', 'what', 'subject', 'since', 'until'] as const

const KINDS: Readonly<Record<ReadingKind, Bilingual>> = {
  payload: { ja: '案件の内容', en: 'case' },
  no_view: { ja: '閲覧制限のある内容', en: 'no-view content' },
  names: { ja: '氏名', en: 'names' },
  search: { ja: '検索', en: 'search' },
  export: { ja: '書き出し', en: 'export' },
  entries: { ja: '記録台帳の記載', en: 'log entries' },
  sample: { ja: '監査用の抽出', en: 'sample' },
  dead_letter_payload: { ja: '断念した作業の内容', en: 'dead letter' },
}

/** 閲覧の記録, and the one thing that is shown only on asking for it. */
export const READINGS: readonly Command[] = [
  {
    name: 'operators readings',
    options: {
      operator: {
        value: 'NAME',
        text: { ja: 'この仮名の担当者だけ', en: 'Only of this pseudonym' },
      },
      what: { value: 'KIND', text: { ja: READING_KINDS.join(', '), en: READING_KINDS.join(', ') } },
      subject: {
        value: 'ID',
        text: { ja: 'この案件などだけ', en: 'Only of this case or the like' },
      },
      since: {
        value: 'TIME',
        text: { ja: 'この日時以後（RFC 3339）', en: 'From then on (RFC 3339)' },
      },
      until: { value: 'TIME', text: { ja: 'この日時より前', en: 'Before then' } },
      ...LIMIT,
      ...ACCESS_OPTIONS,
    },
    summary: {
      ja: '誰がいつ何を閲覧したか（監査担当）',
      en: 'Who read what, and when (for auditors)',
    },
    run: readings,
  },
  {
    name: 'cases names',
    operands: ['CASE'],
    options: ACCESS_OPTIONS,
    summary: {
      ja: '通知元の担当者・確認者の氏名を表示する（記録される。統括担当と監査担当）',
      en: "Show the names of the senders' people (recorded; for lead and auditor)",
    },
    run: names,
  },
]

async function readings(call: Call): Promise<ExitCode> {
  const { flags, out } = call
  const limit = flags.integer('limit', 1, 200, 50)
  const what = flags.optionalOneOf('what', READING_KINDS)
  const since = timeOf(flags, 'since')
  const until = timeOf(flags, 'until')
  const operator = flags.text('operator')
  const subject = flags.text('subject')
  const query = new URLSearchParams({ limit: String(limit) })
  for (const name of FILTERS) {
    const value = flags.text(name)
    if (value !== undefined) query.set(name, value)
  }
  const page = (await onDesk(call, {
    ...AUDITOR,
    method: 'GET',
    path: `/v1/readings?${query.toString()}`,
    run: (ctx, actor) =>
      readReadings(ctx, actor, {
        limit,
        ...(operator === undefined ? {} : { operator }),
        ...(what === undefined ? {} : { what }),
        ...(subject === undefined ? {} : { subject }),
        ...(since === undefined ? {} : { since }),
        ...(until === undefined ? {} : { until }),
      }),
  })) as { readonly items: readonly ReadingOnWire[] }
  out.result(page, () => {
    if (page.items.length === 0) {
      out.say({ ja: '閲覧の記録はありません。', en: 'Nothing was read.' })
      return
    }
    out.table<ReadingOnWire>(
      [
        { title: { ja: '日時', en: 'when' }, text: (row) => timeForPeople(out, row.last_at) },
        { title: { ja: '回数', en: 'times' }, text: ({ times }) => String(times) },
        { title: { ja: '仮名', en: 'who' }, text: ({ operator }) => operator },
        { title: { ja: '役割', en: 'role' }, text: ({ role }) => word(out, role) },
        { title: { ja: '種類', en: 'what' }, text: ({ what }) => out.text(KINDS[what]) },
        { title: { ja: '対象', en: 'of' }, text: ({ subject }) => subject },
      ],
      page.items,
    )
  })
  return 0
}

function timeOf(flags: Flags, name: string): number | undefined {
  const text = flags.text(name)
  const at = text === undefined ? undefined : parseTime(text)
  if (text === undefined || at !== undefined) return at
  throw new UsageError(
    `--${name} は 2026-11-22T03:00:00.000Z のように書きます。`,
    `Write --${name} like 2026-11-22T03:00:00.000Z.`,
  )
}

async function names(call: Call): Promise<ExitCode> {
  const { out } = call
  const id = caseIdFrom(call)
  const answer = (await onDesk(call, {
    ...AUDITOR,
    method: 'GET',
    path: `/v1/cases/${id}/names`,
    run: async (ctx, actor) => ({ items: await readNames(ctx, actor, id) }),
  })) as { readonly items: readonly NamesOnWire[] }
  out.result(answer, () => {
    out.table<NamesOnWire>(
      [
        { title: { ja: '通知', en: 'notice' }, text: ({ notice_id }) => notice_id },
        { title: { ja: '担当者', en: 'handler' }, text: ({ handler }) => handler ?? '—' },
        { title: { ja: '確認者', en: 'checker' }, text: ({ checker }) => checker ?? '—' },
        { title: { ja: '責任者', en: 'officer' }, text: ({ officer }) => officer ?? '—' },
      ],
      answer.items,
    )
  })
  return 0
}
