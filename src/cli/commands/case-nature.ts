import { assessNature } from '../../app/assess-nature.ts'
import type { AssessRequest } from '../../app/assess-nature.ts'
import { isId, type Id } from '../../core/ids.ts'
import { ASSESSABLE_NATURES } from '../../core/transition/assess-nature.ts'
import { MadoguchiError } from '../../errors/madoguchi-error.ts'
import type { Call, Command, ExitCode } from '../command.ts'
import { COMMAND_ID } from '../command-id.ts'
import { ACCESS_OPTIONS } from '../desk-access.ts'
import type { Flags } from '../flags.ts'
import { command, EXPECTED_VERSION, versionFrom, type Said } from './case-desk.ts'

const NATURES = ASSESSABLE_NATURES.join(', ')

/** 法的性質を評価する. */
export const CASE_NATURE: Command = {
  name: 'cases nature',
  operands: ['CASE'],
  options: {
    ...EXPECTED_VERSION,
    notice: {
      value: 'NOTICE',
      text: {
        ja: 'どの通知を（cases show が示す識別子）',
        en: 'Which notice (cases show prints its id)',
      },
    },
    nature: { value: 'NATURE', text: { ja: `法的性質: ${NATURES}`, en: `Nature: ${NATURES}` } },
    reason: { value: 'TEXT', text: { ja: '評価を変える理由', en: 'Why it is assessed anew' } },
    document: {
      value: 'TEXT',
      text: { ja: '評価の基となる文書', en: 'Document on which that rests' },
    },
    into: {
      value: 'CASE',
      text: {
        ja: '移る先に開いた案件があるとき、その案件',
        en: 'The case that is open there, where there is one',
      },
    },
    'into-version': {
      value: 'N',
      text: { ja: '--into の案件の、見た版', en: 'Version of --into that you looked at' },
    },
    ...COMMAND_ID,
    ...ACCESS_OPTIONS,
  },
  summary: {
    ja: '通知の法的性質の評価を変える（統括担当又は法務担当。手続区分が変わることがある）',
    en: 'Assess the legal nature of a notice anew (lead or legal desk; its lane may change)',
  },
  run: assess,
}

const ASSESSED: Said = ({ id, state }) =>
  state === 'merged'
    ? { ja: '評価を変え、別の案件に移しました。', en: 'Assessed; it went to the other case.' }
    : { ja: `評価を変えました: ${id}`, en: `Assessed: ${id}` }

function assess(call: Call): Promise<ExitCode> {
  const { flags } = call
  flags.need('nature')
  const request: Omit<AssessRequest, 'commandId'> = {
    expectedVersion: versionFrom(flags),
    noticeId: idFrom('ntc', flags.need('notice')),
    nature: flags.oneOf('nature', ASSESSABLE_NATURES, 'voluntary_request'),
    reason: flags.need('reason'),
    document: flags.need('document'),
    into: intoFrom(flags),
  }
  return command(call, 'nature', request, assessNature, ASSESSED)
}

function intoFrom(flags: Flags): AssessRequest['into'] {
  const into = flags.text('into')
  if (into === undefined) return null
  flags.need('into-version')
  return { id: idFrom('cas', into), version: flags.integer('into-version', 0, 1_000_000_000, 0) }
}

function idFrom<P extends 'ntc' | 'cas'>(prefix: P, text: string): Id<P> {
  if (isId(prefix, text)) return text
  throw new MadoguchiError('not_found')
}
