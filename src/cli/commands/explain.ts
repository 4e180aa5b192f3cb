import type { Lang } from '../../core/vocabulary.ts'
import { ERRORS, isErrorCode, type ErrorCode } from '../../errors/madoguchi-error.ts'
import { PROBLEM_STATUS, RETRYABLE } from '../../http/problem-status.ts'
import type { Command } from '../command.ts'
import { PROGRAM } from '../next-command.ts'
import type { Output } from '../output.ts'
import { wrapText } from '../text-width.ts'
import { CommandFault } from '../usage-error.ts'

const WIDTH = 92
const LABELS = {
  ja: { cause: '考えられる原因', remedy: '対処', again: 'そのまま再送してもかまいません。' },
  en: { cause: 'Likely cause', remedy: 'What to do', again: 'Exactly the same may be sent again.' },
} as const

/** The error catalogue on the command line. */
export const EXPLAIN: Command = {
  name: 'explain',
  operands: ['[CODE]'],
  summary: {
    ja: 'エラーの意味、考えられる原因、対処を日英で示す（CODE を省くと一覧）',
    en: 'Say what an error code means, what it comes from, and what to do (without CODE: list them)',
  },
  run: ({ flags, out }) => {
    const code = flags.optionalOperand(0)
    const only = flags.optionalOneOf('lang', ['ja', 'en'])
    if (code === undefined) list(out)
    else if (isErrorCode(code))
      out.result(entryOf(code), () => {
        printEntry(out, code, only)
      })
    else
      throw new CommandFault(
        'no_such_code',
        `そのコードはありません。一覧: ${PROGRAM} explain`,
        `There is no such code. List: ${PROGRAM} explain`,
      )
    return Promise.resolve(0)
  },
}

function entryOf(code: ErrorCode): object {
  return { code, status: PROBLEM_STATUS[code], retryable: RETRYABLE.has(code), ...ERRORS[code] }
}

function list(out: Output): void {
  const codes = Object.keys(ERRORS).filter(isErrorCode)
  out.result({ items: codes.map(entryOf) }, () => {
    out.table<ErrorCode>(
      [
        { title: { ja: 'コード', en: 'code' }, text: (code) => code },
        { title: 'HTTP', text: (code) => String(PROBLEM_STATUS[code]) },
        { title: { ja: '意味', en: 'meaning' }, text: (code) => ERRORS[code].title[out.lang] },
      ],
      codes,
    )
  })
}

/** In both languages unless one was asked for: who reads it may not be who asked. */
function printEntry(out: Output, code: ErrorCode, only: Lang | undefined): void {
  out.say(`${code}  HTTP ${PROBLEM_STATUS[code]}`)
  for (const lang of only === undefined ? (['ja', 'en'] as const) : [only]) {
    const { title, cause, remedy } = ERRORS[code]
    const labels = LABELS[lang]
    const again = RETRYABLE.has(code) ? ` ${labels.again}` : ''
    out.say('')
    out.say(title[lang])
    for (const text of [
      `${labels.cause}: ${cause[lang]}`,
      `${labels.remedy}: ${remedy[lang]}${again}`,
    ])
      for (const line of wrapText(text, WIDTH)) out.say(`  ${line}`)
  }
}
