import type { Command } from '../command.ts'
import { DevFolder } from '../dev-folder.ts'
import { exampleNotice, exampleNoticeNames, noticeBytes } from '../example-files.ts'
import type { Flags } from '../flags.ts'
import { findDesk } from '../hotline/desk-directory.ts'
import type { Faults } from '../hotline/hotline-client.ts'
import { SENDER_WORLD, sendAndCheck } from '../send-and-check.ts'

/** Sends an example notice as the pretend hotline of the development desk. */
export const TRIGGER: Command = {
  name: 'trigger',
  operands: ['NAME'],
  options: {
    to: {
      value: 'URL',
      text: {
        ja: '送る先の窓口（既定は開発用）',
        en: 'URL of the desk (default: the development desk)',
      },
    },
    count: { value: 'N', text: { ja: '件数（1〜1000）', en: 'How many (1 to 1000)' } },
    tamper: {
      value: 'body|sig',
      text: {
        ja: '署名の後に、本文又は署名を書き換える',
        en: 'Change the body or the signature after signing',
      },
    },
    skew: {
      value: 'SECONDS',
      text: { ja: '署名の時計をずらす（秒）', en: 'Sign with a clock that is off, in seconds' },
    },
    'unknown-key': {
      text: { ja: '登録のない鍵の名前で署名する', en: 'Name a key that is not registered' },
    },
    'no-sign': { text: { ja: '署名を付けない', en: 'Do not sign' } },
  },
  summary: {
    ja: '架空の通知に署名して送り、受領証を確かめる（誤った送り方も試せる）',
    en: 'Sign and send a fictional notice and check the receipt (or send it wrongly on purpose)',
  },
  more: () => ({
    ja: `NAME: ${exampleNoticeNames().join(', ')}`,
    en: `NAME: ${exampleNoticeNames().join(', ')}`,
  }),
  run: async ({ flags, out }) => {
    const name = flags.operand(0, 'NAME')
    const faults = faultsOf(flags)
    const isFaulty = Object.keys(faults).length > 0
    const count = flags.integer('count', 1, 1_000, 1)
    exampleNotice(name, SENDER_WORLD)
    const folder = new DevFolder().require()
    const desk = await findDesk(flags.text('to') ?? folder.publicUrl)
    let isAsExpected = true
    for (let sent = 0; sent < count; sent += 1) {
      const notice = exampleNotice(name, SENDER_WORLD)
      out.say({ ja: `--> 送信 ${notice.id}`, en: `--> sent ${notice.id}` })
      const body = noticeBytes(notice)
      const accepted = await sendAndCheck(out, { desk, identity: folder.hotline, body, faults })
      if (accepted === isFaulty) isAsExpected = false
    }
    return isAsExpected ? 0 : 1
  },
}

function faultsOf(flags: Flags): Faults {
  const tamper = flags.optionalOneOf('tamper', ['body', 'sig'])
  const skewSeconds = flags.integer('skew', -1_000_000, 1_000_000, 0)
  return {
    ...(tamper === undefined ? {} : { tamper }),
    ...(skewSeconds === 0 ? {} : { skewSeconds }),
    ...(flags.is('unknown-key') ? { hasUnknownKey: true } : {}),
    ...(flags.is('no-sign') ? { isUnsigned: true } : {}),
  }
}
