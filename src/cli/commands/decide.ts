import { standingOf } from '../../app/case-standing.ts'
import { decideCase } from '../../app/decide-case.ts'
import { previewPosterNotice } from '../../app/preview-poster-notice.ts'
import { ACTION_KINDS } from '../../core/action-kind.ts'
import { OUTWARD_REASONS } from '../../core/outward-reasons.ts'
import {
  AWARENESS_CAUSES,
  LEGAL_RESULTS,
  WEIGHTS_GIVEN,
  type Bilingual,
} from '../../core/vocabulary.ts'
import { toDecisionCommand } from '../../schema/to-core.ts'
import { validateDecisionInput } from '../../schema/validate.ts'
import type { Call, Command, ExitCode } from '../command.ts'
import { COMMAND_ID } from '../command-id.ts'
import { ACCESS_OPTIONS, onDesk } from '../desk-access.ts'
import type { Flags } from '../flags.ts'
import { ACTION_HELP, plannedAction } from '../planned-actions.ts'
import { printPosterText, type PosterTextOnWire } from '../poster-text.ts'
import { SENDER_WORLD } from '../send-and-check.ts'
import { UsageError } from '../usage-error.ts'
import { word } from '../words.ts'
import { INTERNAL_NOTE } from '../usual-options.ts'
import { caseIdFrom } from './cases.ts'

/** Without the two that no decision on a notice may choose. */
const kinds = Object.keys(ACTION_KINDS)
  .filter((kind) => kind !== 'restore' && kind !== 'require_reverification')
  .join(', ')
const reasons = Object.keys(OUTWARD_REASONS).join(', ')

/** Deciding: on a measure, on none, or that nothing is left to decide; the same steps for each. */
export const DECIDE: Command = {
  name: 'decide',
  operands: ['CASE'],
  options: {
    action: {
      value: 'KIND[,TERMS]',
      multiple: true,
      text: { ja: '措置を選ぶ（複数可）', en: 'A measure (may be given several times)' },
    },
    'no-measure': { text: { ja: '措置なしとする', en: 'No measure' } },
    'already-gone': {
      text: { ja: 'すでに掲載されていない', en: 'The item is no longer there' },
    },
    legal: {
      value: 'RESULT',
      text: {
        ja: `法務対応の結果: ${LEGAL_RESULTS.join(', ')}`,
        en: `On the legal desk, its result: ${LEGAL_RESULTS.join(', ')}`,
      },
    },
    document: {
      value: 'TEXT',
      text: {
        ja: '--legal の命令等の文書又は条項',
        en: 'With --legal: the order or the provision',
      },
    },
    'expected-version': {
      value: 'N',
      text: {
        ja: '見て判断した案件の版（cases show が示す）',
        en: 'Version of the case that you looked at (cases show prints it)',
      },
    },
    clause: {
      value: 'STANDARD/VERSION/CLAUSE',
      text: {
        ja: '判断の根拠とする自社基準の条項（例 removal-standard/2025-04-01/3.2）',
        en: 'Clause of your standard (e.g. removal-standard/2025-04-01/3.2)',
      },
    },
    ground: {
      value: 'KIND',
      text: {
        ja: '根拠の種類（既定 published_standard_clause）',
        en: 'Kind of ground (default published_standard_clause)',
      },
    },
    reason: {
      value: 'REASON',
      text: {
        ja: '措置なしの理由（既定 unspecified）',
        en: 'Reason for no measure (default unspecified)',
      },
    },
    weight: {
      value: 'WEIGHT',
      text: {
        ja: `通知元の判断を参考とした程度: ${WEIGHTS_GIVEN.join(', ')}（既定 none）`,
        en: `Weight given to the sender's finding: ${WEIGHTS_GIVEN.join(', ')} (default none)`,
      },
    },
    cause: {
      value: 'CAUSE',
      text: {
        ja: `知ることとなった原因: ${AWARENESS_CAUSES.join(', ')}（既定 hotline_request）`,
        en: `How the platform came to know of it: ${AWARENESS_CAUSES.join(', ')} (default hotline_request)`,
      },
    },
    'note-ja': {
      value: 'TEXT',
      text: { ja: '通知元に示す説明（日本語）', en: 'Note to the sender, in Japanese' },
    },
    'note-en': {
      value: 'TEXT',
      text: { ja: '通知元に示す説明（英語）', en: 'Note to the sender, in English' },
    },
    ...INTERNAL_NOTE,
    'preview-poster': {
      text: {
        ja: '判断せずに、発信者に届く文面を表示する',
        en: 'Decide nothing; print what the poster would get',
      },
    },
    ...COMMAND_ID,
    ...ACCESS_OPTIONS,
  },
  summary: {
    ja: '判断を確定する（先に cases claim で担当する）',
    en: 'Record a decision (claim the case first)',
  },
  more: () => ({
    ja: `措置（--action）: ${kinds}\n${ACTION_HELP.ja}\n措置なしの理由（--reason）: ${reasons}`,
    en: `Measures (--action): ${kinds}\n${ACTION_HELP.en}\nReasons for no measure (--reason): ${reasons}`,
  }),
  run: decide,
}

async function decide(call: Call): Promise<ExitCode> {
  const { flags, out } = call
  const id = caseIdFrom(call)
  const body = documentFrom(flags)
  if (flags.is('preview-poster')) return preview(call, id, body)
  const decided = (await onDesk(call, {
    devOperator: 'reviewer',
    isForSystem: false,
    method: 'POST',
    path: `/v1/cases/${id}/decision`,
    body,
    run: async (ctx, actor) => {
      const { input, ...head } = toDecisionCommand(validateDecisionInput(body))
      return standingOf(await decideCase(ctx, actor, id, { ...input, ...head }))
    },
  })) as { readonly state: string; readonly decision_id: string | null }
  out.result(decided, () => {
    out.say(`${id}  ${word(out, decided.state)}  ${decided.decision_id ?? ''}`.trimEnd())
  })
  return 0
}

async function preview(call: Call, id: string, body: unknown): Promise<ExitCode> {
  const { out } = call
  const { notice } = (await onDesk(call, {
    devOperator: 'reviewer',
    isForSystem: false,
    method: 'POST',
    path: `/v1/cases/${id}/poster-preview`,
    body,
    run: (ctx, actor) => previewPosterNotice(ctx, actor, id, body),
  })) as { readonly notice: { readonly text: PosterTextOnWire } | null }
  out.result({ notice }, () => {
    if (notice === null)
      out.say({ ja: '発信者には通知しません。', en: 'The poster is told nothing.' })
    else printPosterText(out, notice.text)
  })
  return 0
}

function documentFrom(flags: Flags): unknown {
  const kinds = flags.all('action')
  const alreadyGone = flags.is('already-gone')
  const legal = legalFrom(flags)
  const ways = [kinds.length > 0, flags.is('no-measure'), alreadyGone].filter(Boolean)
  if (ways.length !== 1 && (legal === undefined || ways.length > 1))
    throw new UsageError(
      '--action、--no-measure、--already-gone のどれか一つを選んでください。',
      'Choose one of --action, --no-measure, --already-gone.',
    )
  flags.need('expected-version')
  const isDecline = flags.is('no-measure')
  return {
    command_id: flags.text('command-id') ?? SENDER_WORLD.random.id('evt'),
    expected_version: flags.integer('expected-version', 0, 1_000_000_000, 0),
    actions: kinds.map(plannedAction),
    already_gone: alreadyGone,
    ground: groundFrom(flags),
    awareness_cause: flags.oneOf('cause', AWARENESS_CAUSES, 'hotline_request'),
    weight_given: flags.oneOf('weight', WEIGHTS_GIVEN, 'none'),
    decline_reason: flags.text('reason') ?? (isDecline ? 'unspecified' : null),
    public_note: noteFrom(flags),
    internal_note: flags.text('internal-note') ?? null,
    ...(legal === undefined ? {} : { legal }),
  }
}

function legalFrom(flags: Flags): unknown {
  const result = flags.optionalOneOf('legal', LEGAL_RESULTS)
  return result === undefined ? undefined : { result, document: flags.need('document') }
}

function groundFrom(flags: Flags): unknown {
  const cited = flags.text('clause')
  if (cited === undefined) return null
  const [standard, version, clause, ...rest] = cited.split('/')
  if (standard === undefined || version === undefined || clause === undefined || rest.length > 0)
    throw new UsageError(
      '--clause は 基準/版/条項 の形で書いてください。',
      'Write --clause as STANDARD/VERSION/CLAUSE.',
    )
  return { kind: flags.text('ground') ?? 'published_standard_clause', standard, version, clause }
}

/** Both languages, or nothing. @throws UsageError for one alone. */
export function noteFrom(flags: Flags): Bilingual | null {
  const [ja, en] = [flags.text('note-ja'), flags.text('note-en')]
  if (ja === undefined && en === undefined) return null
  if (ja !== undefined && en !== undefined) return { ja, en }
  throw new UsageError(
    '--note-ja と --note-en は両方書いてください。',
    '--note-ja and --note-en go together.',
  )
}
