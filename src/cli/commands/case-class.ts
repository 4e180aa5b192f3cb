import { reclassifyCase } from '../../app/reclassify-case.ts'
import { OPEN_FORMS } from '../../core/vocabulary.ts'
import type { Call, Command, ExitCode } from '../command.ts'
import { COMMAND_ID } from '../command-id.ts'
import { ACCESS_OPTIONS } from '../desk-access.ts'
import { command, EXPECTED_VERSION, versionFrom, type Said } from './case-desk.ts'

const CLASSES = OPEN_FORMS.join(', ')

/** 区分を見直す. */
export const CASE_CLASS: Command = {
  name: 'cases reclassify',
  operands: ['CASE'],
  options: {
    ...EXPECTED_VERSION,
    class: { value: 'CLASS', text: { ja: `当社の区分: ${CLASSES}`, en: `Our class: ${CLASSES}` } },
    category: { value: 'CATEGORY', text: { ja: '当社の判断による種類', en: 'Our category' } },
    reason: { value: 'TEXT', text: { ja: '見直す理由', en: 'Why' } },
    ...COMMAND_ID,
    ...ACCESS_OPTIONS,
  },
  summary: {
    ja: '公序良俗の案件を、当社の判断で違法情報として扱う（通知元の区分は残る）',
    en: "Take a public-order case for illegal information after all (the sender's class stays)",
  },
  run: reclassify,
}

const RECLASSIFIED: Said = ({ id }) => ({
  ja: `区分を見直しました: ${id}。通知元の区分は変わりません。`,
  en: `Re-classified: ${id}. The class given by the sender stays.`,
})

function reclassify(call: Call): Promise<ExitCode> {
  const { flags } = call
  flags.need('class')
  const request = {
    expectedVersion: versionFrom(flags),
    class: flags.oneOf('class', OPEN_FORMS, 'illegal_information'),
    category: flags.need('category'),
    reason: flags.need('reason'),
  }
  return command(call, 'classification', request, reclassifyCase, RECLASSIFIED)
}
