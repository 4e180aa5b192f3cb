import type { MessageKind } from '../../core/message.ts'
import type { Call, Command, ExitCode, OptionSpecs } from '../command.ts'
import { SENDER_WORLD, sendAndCheck } from '../send-and-check.ts'
import { SENDER_OPTIONS, senderFrom } from '../sender-access.ts'

const MESSAGE_OPTIONS = {
  ...SENDER_OPTIONS,
  id: {
    value: 'ID',
    text: {
      ja: 'この連絡の識別子（同じものの再送には同じ識別子。既定は新しいもの）',
      en: 'Id of this message: the same when it is sent again (default: a new one)',
    },
  },
} as const satisfies OptionSpecs

/** What a sender does with a notice after sending it. */
export const SEND_MESSAGE: readonly Command[] = [
  {
    name: 'send withdrawal',
    operands: ['NOTICE'],
    options: {
      ...MESSAGE_OPTIONS,
      reason: { value: 'TEXT', text: { ja: '理由（任意）', en: 'Why, if you want to say so' } },
    },
    summary: {
      ja: '通知元として通知を取り下げる（NOTICE は自らの識別子又は当社のもの）',
      en: 'Withdraw a notice as its sender (NOTICE: your own id or ours)',
    },
    run: (call: Call): Promise<ExitCode> => {
      const reason = call.flags.text('reason')
      return send(call, 'withdrawal', reason === undefined ? {} : { reason })
    },
  },
  {
    name: 'send supplement',
    operands: ['NOTICE'],
    options: {
      ...MESSAGE_OPTIONS,
      text: { value: 'TEXT', text: { ja: '補足の内容', en: 'What there is to add' } },
      answers: {
        value: 'QUESTION',
        text: {
          ja: '答える質問の識別子（省略すると未回答の質問への答え）',
          en: 'Id of the question that it answers (default: the open one)',
        },
      },
    },
    summary: {
      ja: '通知元として通知を補足する、又は補足のお願いに答える',
      en: 'Supplement a notice as its sender, or answer what the desk asked',
    },
    run: (call: Call): Promise<ExitCode> => {
      const answers = call.flags.text('answers')
      const text = call.flags.need('text')
      return send(call, 'supplement', answers === undefined ? { text } : { text, answers })
    },
  },
  {
    name: 'send appeal',
    operands: ['NOTICE'],
    options: {
      ...MESSAGE_OPTIONS,
      text: { value: 'TEXT', text: { ja: '異議の理由', en: 'Why it should be looked at again' } },
    },
    summary: {
      ja: '通知元として、対応結果に異議を申し出る',
      en: 'Object, as its sender, to what became of a notice',
    },
    run: (call: Call): Promise<ExitCode> => send(call, 'appeal', { text: call.flags.need('text') }),
  },
]

async function send(
  { flags, out }: Call,
  kind: MessageKind,
  document: Readonly<Record<string, string>>,
): Promise<ExitCode> {
  const notice = flags.operand(0, 'NOTICE')
  const id = flags.text('id') ?? `${kind}-${SENDER_WORLD.random.id('evt').slice('evt_'.length)}`
  const body = new TextEncoder().encode(JSON.stringify({ id, ...document }))
  const sending = { ...(await senderFrom(flags)), body, faults: {}, about: { kind, notice } }
  return (await sendAndCheck(out, sending)).holds ? 0 : 1
}
