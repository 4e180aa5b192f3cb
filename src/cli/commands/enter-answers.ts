import { readLetterAnswer, readLetterReceipt } from '../../app/answer-letter.ts'
import { markAnswerSent } from '../../app/mark-answer-sent.ts'
import { HAND_WAYS } from '../../core/letter.ts'
import type { Call, Command, ExitCode } from '../command.ts'
import { COMMAND_ID } from '../command-id.ts'
import { ACCESS_OPTIONS, onDesk } from '../desk-access.ts'
import { PROGRAM } from '../next-command.ts'
import { SENDER_WORLD } from '../send-and-check.ts'
import { word } from '../words.ts'

interface MailOnWire {
  readonly ja: string
  readonly en: string
}

interface AnswerOnWire extends MailOnWire {
  readonly outcome_id: string
}

const DECIDER = { devOperator: 'reviewer', isForSystem: false } as const

/** Receipts and answers as texts to be mailed. */
export const ENTER_ANSWERS: readonly Command[] = [
  {
    name: 'enter receipt',
    operands: ['NOTICE'],
    options: ACCESS_OPTIONS,
    summary: {
      ja: '書面の通知の受領証の文面を表示する',
      en: 'Print the receipt of a letter, to be mailed',
    },
    run: receipt,
  },
  {
    name: 'enter answer',
    operands: ['NOTICE'],
    options: ACCESS_OPTIONS,
    summary: {
      ja: '書面の通知への対応結果の回答の文面を表示する',
      en: 'Print the answer to a letter, to be mailed',
    },
    run: answer,
  },
  {
    name: 'enter sent',
    operands: ['NOTICE'],
    options: {
      way: {
        value: 'WAY',
        text: { ja: `送付の方法: ${HAND_WAYS.join(', ')}`, en: `How: ${HAND_WAYS.join(', ')}` },
      },
      on: {
        value: 'DATE',
        text: {
          ja: '送付した日（既定は本日、和暦でもよい）',
          en: 'Day of sending (default today)',
        },
      },
      note: { value: 'TEXT', text: { ja: '送付の記録', en: 'Note on the sending' } },
      outcome: {
        value: 'OUTCOME',
        text: {
          ja: '送付した回答の番号（既定は最新）',
          en: 'Number of the answer that was sent (default: the newest)',
        },
      },
      ...COMMAND_ID,
      ...ACCESS_OPTIONS,
    },
    summary: {
      ja: '回答を送付したことを記録する',
      en: 'Record that the answer was sent',
    },
    run: sent,
  },
]

async function receipt(call: Call): Promise<ExitCode> {
  const id = call.flags.operand(0, 'NOTICE')
  const mail = (await onDesk(call, {
    ...DECIDER,
    method: 'GET',
    path: `/v1/letters/${encodeURIComponent(id)}/receipt`,
    run: (ctx, actor) => readLetterReceipt(ctx, actor, id),
  })) as MailOnWire
  printMail(call, mail)
  return 0
}

async function readAnswer(call: Call, id: string): Promise<AnswerOnWire> {
  return (await onDesk(call, {
    ...DECIDER,
    method: 'GET',
    path: `/v1/letters/${encodeURIComponent(id)}/answer`,
    run: (ctx, actor) => readLetterAnswer(ctx, actor, id),
  })) as AnswerOnWire
}

async function answer(call: Call): Promise<ExitCode> {
  const { flags, out } = call
  const id = flags.operand(0, 'NOTICE')
  const mail = await readAnswer(call, id)
  printMail(call, mail)
  out.say('')
  out.say({
    ja: `送付したら: ${PROGRAM} enter sent ${id} --way post --outcome ${mail.outcome_id}`,
    en: `Once it is sent: ${PROGRAM} enter sent ${id} --way post --outcome ${mail.outcome_id}`,
  })
  return 0
}

function printMail({ out }: Call, mail: MailOnWire): void {
  out.result(mail, () => {
    for (const line of mail[out.lang].trimEnd().split('\n')) out.say(line)
  })
}

async function sent(call: Call): Promise<ExitCode> {
  const { flags, out } = call
  const id = flags.operand(0, 'NOTICE')
  flags.need('way')
  const outcome = flags.text('outcome') ?? (await readAnswer(call, id)).outcome_id
  const body = {
    command_id: flags.text('command-id') ?? SENDER_WORLD.random.id('evt'),
    outcome_id: outcome,
    way: flags.oneOf('way', HAND_WAYS, 'post'),
    sent_on: flags.text('on') ?? null,
    note: flags.text('note') ?? null,
  }
  const delivery = (await onDesk(call, {
    ...DECIDER,
    method: 'POST',
    path: `/v1/letters/${encodeURIComponent(id)}/answer-sent`,
    body,
    run: (ctx, actor) => markAnswerSent(ctx, actor, id, body),
  })) as { readonly state: string }
  out.result(delivery, () => {
    out.say(`${outcome}  ${word(out, delivery.state)}`)
  })
  return 0
}
