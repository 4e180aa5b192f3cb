import { mergeCases } from '../../app/merge-cases.ts'
import { reverseCase } from '../../app/reverse-case.ts'
import { REVERSAL_REASONS } from '../../core/decision.ts'
import { isId } from '../../core/ids.ts'
import { MadoguchiError } from '../../errors/madoguchi-error.ts'
import type { Call, Command, ExitCode } from '../command.ts'
import { ACCESS_OPTIONS } from '../desk-access.ts'
import { COMMAND_ID } from '../command-id.ts'
import { INTERNAL_NOTE } from '../usual-options.ts'
import { command, EXPECTED_VERSION, versionFrom, type Said } from './case-desk.ts'

const REASONS = REVERSAL_REASONS.join(', ')

/** Taking a decision back, and making two cases one. */
export const CASE_CHANGES: readonly Command[] = [
  {
    name: 'cases reverse',
    operands: ['CASE'],
    options: {
      ...EXPECTED_VERSION,
      reason: {
        value: 'REASON',
        text: {
          ja: `理由（外部には出さない。既定 own_recheck）: ${REASONS}`,
          en: `Why (never leaves the desk; default own_recheck): ${REASONS}`,
        },
      },
      ...INTERNAL_NOTE,
      ...COMMAND_ID,
      ...ACCESS_OPTIONS,
    },
    summary: {
      ja: '措置を取り消して復元する（実施前なら、判断前に戻す）',
      en: 'Take a decision back, and undo its measures',
    },
    run: reverse,
  },
  {
    name: 'cases merge',
    operands: ['CASE', 'OTHER'],
    options: {
      ...EXPECTED_VERSION,
      'other-version': {
        value: 'N',
        text: {
          ja: '見た、もう一つの案件の版',
          en: 'Version of the other case that you looked at',
        },
      },
      ...COMMAND_ID,
      ...ACCESS_OPTIONS,
    },
    summary: {
      ja: '同じ対象についての2件の案件を一つにする',
      en: 'Make two cases about one item one',
    },
    run: merge,
  },
]

const REVERSED: Said = ({ state }) => {
  if (state === 'reversing')
    return {
      ja: '判断を取り消しました。措置を元に戻しています。',
      en: 'Taken back; its measures are being undone.',
    }
  if (state === 'decided')
    return { ja: '二人目の確認を待っています。', en: 'A second person has to ask for it too.' }
  return state === 'reversed'
    ? { ja: '判断を取り消しました。', en: 'Taken back.' }
    : { ja: '判断前に戻しました。', en: 'Taken back; the case waits for its decision again.' }
}
const MERGED: Said = ({ id }) => ({ ja: `統合しました: ${id}`, en: `Now one case: ${id}` })

function reverse(call: Call): Promise<ExitCode> {
  const { flags } = call
  const request = {
    expectedVersion: versionFrom(flags),
    reason: flags.oneOf('reason', REVERSAL_REASONS, 'own_recheck'),
    internalNote: flags.text('internal-note') ?? null,
  }
  return command(call, 'reversal', request, reverseCase, REVERSED)
}

function merge(call: Call): Promise<ExitCode> {
  const { flags } = call
  const other = flags.operand(1, 'OTHER')
  if (!isId('cas', other)) throw new MadoguchiError('not_found')
  const expectedVersion = versionFrom(flags)
  flags.need('other-version')
  const otherVersion = flags.integer('other-version', 0, 1_000_000_000, 0)
  const request = { expectedVersion, other, otherVersion }
  return command(call, 'merge', request, mergeCases, MERGED)
}
