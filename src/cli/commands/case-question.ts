import { askSender, type AskRequest } from '../../app/ask-sender.ts'
import { isId, type Id } from '../../core/ids.ts'
import type { Call, Command, ExitCode } from '../command.ts'
import { ACCESS_OPTIONS } from '../desk-access.ts'
import { UsageError } from '../usage-error.ts'
import { COMMAND_ID } from '../command-id.ts'
import { command } from './case-desk.ts'

/** 補足をお願いする. */
export const CASE_QUESTION: Command = {
  name: 'cases ask',
  operands: ['CASE'],
  options: {
    notice: {
      value: 'NOTICE',
      text: {
        ja: 'どの通知の通知元に（cases show が示す識別子）',
        en: 'The notice whose sender is asked (cases show prints its id)',
      },
    },
    ja: {
      value: 'TEXT',
      text: {
        ja: 'お願いする内容（日本語。そのまま送付する）',
        en: 'What is asked, in Japanese; goes out as it is',
      },
    },
    en: {
      value: 'TEXT',
      text: {
        ja: 'お願いする内容（英語。どちらか一方でもよい）',
        en: 'What is asked, in English; one of the two is enough',
      },
    },
    ...COMMAND_ID,
    ...ACCESS_OPTIONS,
  },
  summary: {
    ja: '通知元に補足をお願いする（その通知だけが待つ。待たずに判断することもできる）',
    en: 'Ask the sender of one notice (only that notice waits; you may still decide without)',
  },
  run: ask,
}

function ask(call: Call): Promise<ExitCode> {
  const { flags } = call
  const text = textOf(flags.text('ja'), flags.text('en'))
  const request = { noticeId: noticeFrom(flags.need('notice')), ...text }
  return command(
    call,
    'question',
    request,
    (ctx, actor, id, { commandId, noticeId }) =>
      askSender(ctx, actor, id, { commandId, noticeId, text }),
    ({ id }) => ({
      ja: `補足のお願いを送付します: ${id}`,
      en: `The sender will be asked: ${id}`,
    }),
  )
}

function noticeFrom(text: string): Id<'ntc'> {
  if (isId('ntc', text)) return text
  throw new UsageError(
    '--notice は ntc_ で始まる識別子です。',
    '--notice is an id that begins with ntc_.',
  )
}

function textOf(ja: string | undefined, en: string | undefined): AskRequest['text'] {
  if (ja === undefined && en === undefined)
    throw new UsageError(
      '--ja か --en のどちらか（又は両方）で、お願いする内容を書いてください。',
      'Say what is asked with --ja, --en or both.',
    )
  return { ...(ja === undefined ? {} : { ja }), ...(en === undefined ? {} : { en }) }
}
