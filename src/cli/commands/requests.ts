import { answerGeneralRequest } from '../../app/answer-general-request.ts'
import { readAgencyRequests } from '../../app/read-agency-requests.ts'
import { listGeneralRequests, readGeneralRequest } from '../../app/read-general-requests.ts'
import type { Bilingual } from '../../core/vocabulary.ts'
import { label } from '../../core/vocabulary-lookup.ts'
import type { Call, Command, ExitCode } from '../command.ts'
import { ACCESS_OPTIONS, onDesk } from '../desk-access.ts'
import type { Output } from '../output.ts'
import { readJsonFile } from '../read-json-file.ts'
import { timeForPeople, word } from '../words.ts'

const LEAD = { devOperator: 'lead', isForSystem: false } as const

/** What bodies of the state ask for: about no item in particular, and as counts. */
export const REQUESTS: readonly Command[] = [
  {
    name: 'requests list',
    options: ACCESS_OPTIONS,
    summary: {
      ja: '一般要請（個別の対象情報のない要請）の一覧',
      en: 'List general requests, which are about no item in particular',
    },
    run: list,
  },
  {
    name: 'requests show',
    operands: ['REQUEST'],
    options: ACCESS_OPTIONS,
    summary: {
      ja: '一般要請と、措置ごとの当社の回答',
      en: 'A general request, and what the platform answers to each measure',
    },
    run: show,
  },
  {
    name: 'requests answer',
    operands: ['REQUEST', 'FILE'],
    options: ACCESS_OPTIONS,
    summary: {
      ja: '一般要請に措置ごとに回答する（FILE は JSON。これによって変わるものはない）',
      en: 'Answer a general request measure by measure (FILE: JSON; nothing changes by it)',
    },
    run: answer,
  },
  {
    name: 'requests counts',
    options: {
      'half-year': {
        value: 'YYYY-H1|2',
        text: { ja: '半期（例 2026-H2。既定 現在）', en: 'Half-year, e.g. 2026-H2 (default: now)' },
      },
      ...ACCESS_OPTIONS,
    },
    summary: {
      ja: '行政機関の個別の要請の、機関ごと・半期ごとの件数',
      en: 'Counts of what each body of the state asked for in a half-year',
    },
    run: counts,
  },
]

interface LineOnWire {
  readonly id: string
  readonly subject: string
  readonly issued_on: string
  readonly measures: number
  readonly answered_at: string | null
}

async function list(call: Call): Promise<ExitCode> {
  const { out } = call
  const found = (await onDesk(call, {
    ...LEAD,
    method: 'GET',
    path: '/v1/general-requests',
    run: async (ctx, actor) => ({ items: await listGeneralRequests(ctx, actor) }),
  })) as { readonly items: readonly LineOnWire[] }
  out.result(found, () => {
    out.table<LineOnWire>(
      [
        { title: { ja: '要請', en: 'request' }, text: ({ id }) => id },
        { title: { ja: '年月日', en: 'issued' }, text: ({ issued_on }) => issued_on },
        { title: { ja: '件名', en: 'subject' }, text: ({ subject }) => subject },
        { title: { ja: '措置', en: 'measures' }, text: ({ measures }) => String(measures) },
        {
          title: { ja: '回答', en: 'answered' },
          text: ({ answered_at }) => timeForPeople(out, answered_at),
        },
      ],
      found.items,
    )
  })
  return 0
}

interface ReportOnWire extends LineOnWire {
  readonly sender: { readonly name: string } | null
  readonly purpose: string
  readonly addressed_to: string | null
  readonly relayed_via: string | null
  readonly explanation_asked: { readonly where: string } | null
  readonly asked: readonly {
    readonly position: number
    readonly text: string
    readonly answer: {
      readonly answer: string
      readonly text: string | null
      readonly effect_on_anonymous_speech: string | null
    } | null
  }[]
  readonly answer: { readonly applies_to_us: boolean; readonly applies_reason: string } | null
  readonly prompted: readonly { readonly id: string; readonly version: number }[]
}

async function show(call: Call): Promise<ExitCode> {
  const { flags, out } = call
  const id = flags.operand(0, 'REQUEST')
  const report = (await onDesk(call, {
    ...LEAD,
    method: 'GET',
    path: `/v1/general-requests/${encodeURIComponent(id)}`,
    run: (ctx, actor) => readGeneralRequest(ctx, actor, id),
  })) as ReportOnWire
  out.result(report, () => {
    print(out, report)
  })
  return 0
}

function print(out: Output, report: ReportOnWire): void {
  const none = '—'
  out.facts([
    [{ ja: '件名', en: 'subject' }, report.subject],
    [{ ja: '機関', en: 'body' }, report.sender?.name ?? none],
    [{ ja: '年月日', en: 'issued' }, report.issued_on],
    [{ ja: '要請の対象', en: 'addressed to' }, report.addressed_to ?? none],
    [{ ja: '経由した団体', en: 'relayed via' }, report.relayed_via ?? none],
    [{ ja: '説明の求め', en: 'explanation' }, report.explanation_asked?.where ?? none],
    [{ ja: '当社の該当', en: 'applies to us' }, applies(out, report)],
  ])
  for (const measure of report.asked) printMeasure(out, measure)
  for (const { id, version } of report.prompted)
    out.say({
      ja: `これを契機とする事前方針: ${id} ${version}`,
      en: `Standing policy prompted by it: ${id} ${version}`,
    })
}

function printMeasure(
  out: Output,
  { position, text, answer: given }: ReportOnWire['asked'][number],
): void {
  out.say('')
  out.say(`${position + 1}. ${text}`)
  if (given === null) return
  out.say(`   → ${word(out, given.answer)}${tail(given.text)}`)
  const effect = given.effect_on_anonymous_speech
  if (effect !== null)
    out.say({
      ja: `   匿名表現への影響: ${effect}`,
      en: `   Effect on anonymous speech: ${effect}`,
    })
}

const tail = (text: string | null | undefined): string => (text ? `　${text}` : '')

function applies(out: Output, { answer: given }: ReportOnWire): string {
  if (given === null) return '—'
  const says: Bilingual = given.applies_to_us
    ? { ja: '該当する', en: 'yes' }
    : { ja: '該当しない', en: 'no' }
  return `${out.text(says)}（${given.applies_reason}）`
}

async function answer(call: Call): Promise<ExitCode> {
  const { flags, out } = call
  const id = flags.operand(0, 'REQUEST')
  const body = readJsonFile(flags.operand(1, 'FILE'))
  const answered = (await onDesk(call, {
    ...LEAD,
    method: 'POST',
    path: `/v1/general-requests/${encodeURIComponent(id)}/answer`,
    body,
    run: (ctx, actor) => answerGeneralRequest(ctx, actor, id, body),
  })) as { readonly id: string; readonly revision: number }
  out.result(answered, () => {
    out.say({
      ja: `回答を記録しました（第${answered.revision}版）: ${answered.id}`,
      en: `The answer is recorded (revision ${answered.revision}): ${answered.id}`,
    })
  })
  return 0
}

interface CountsOnWire {
  readonly agency: string
  readonly asked: number
  readonly acted: number
  readonly no_measure: number
  readonly outside_competence: number
  readonly powers_mentioned: number
  readonly date_demanded: number
  readonly repeated: number
  readonly withdrawn: number
}

interface RequestsOnWire {
  readonly half_year: string
  readonly counts: readonly CountsOnWire[]
  readonly requests: readonly {
    readonly month: string
    readonly office: string
    readonly result: string
    readonly measures: readonly string[]
  }[]
}

async function counts(call: Call): Promise<ExitCode> {
  const { flags, out } = call
  const half = flags.text('half-year')
  const found = (await onDesk(call, {
    ...LEAD,
    method: 'GET',
    path: `/v1/agency-requests${half === undefined ? '' : `?half_year=${encodeURIComponent(half)}`}`,
    run: (ctx, actor) => readAgencyRequests(ctx, actor, half),
  })) as RequestsOnWire
  out.result(found, () => {
    out.say({ ja: `${found.half_year} の要請`, en: `Requests of ${found.half_year}` })
    out.table<CountsOnWire>(
      [
        { title: { ja: '機関', en: 'body' }, text: ({ agency }) => agency },
        count({ ja: '要請', en: 'asked' }, ({ asked }) => asked),
        count({ ja: '措置あり', en: 'acted' }, ({ acted }) => acted),
        count({ ja: '措置なし', en: 'no measure' }, ({ no_measure }) => no_measure),
        count({ ja: '所管外', en: 'outside' }, ({ outside_competence: n }) => n),
        count({ ja: '権限に言及', en: 'powers' }, ({ powers_mentioned: n }) => n),
        count({ ja: '日の指定', en: 'date' }, ({ date_demanded: n }) => n),
        count({ ja: '再度', en: 'repeated' }, ({ repeated: n }) => n),
        count({ ja: '取下げ', en: 'withdrawn' }, ({ withdrawn: n }) => n),
      ],
      found.counts,
    )
    for (const { month, office, result, measures } of found.requests) {
      const kinds = measures.map((kind) => label('action-kinds', kind, out.lang)).join(', ')
      out.say(`${month}  ${office}  ${word(out, result)}  ${kinds}`.trimEnd())
    }
  })
  return 0
}

function count(title: Bilingual, of: (row: CountsOnWire) => number) {
  return { title, text: (row: CountsOnWire) => String(of(row)) }
}
