import { setTimeout } from 'node:timers/promises'
import type { Command } from '../command.ts'
import { DevFolder } from '../dev-folder.ts'
import { exampleNotice, exampleNoticeNames, noticeBytes } from '../example-files.ts'
import { findDesk } from '../hotline/desk-directory.ts'
import type { Output } from '../output.ts'
import { SENDER_WORLD, sendAndCheck, type Sending, type Sent } from '../send-and-check.ts'
import { expectation, expectedOf, readPlan, requireSameMachine } from '../trigger-plan.ts'
import type { Expected, TriggerPlan } from '../trigger-plan.ts'

/** Sends an example notice as the pretend hotline of the development desk. */
export const TRIGGER: Command = {
  name: 'trigger',
  operands: ['NAME'],
  options: {
    to: {
      value: 'URL',
      text: {
        ja: '送る先の窓口（既定は開発用。この端末の外へは --confirm-host も必要）',
        en: 'URL of the desk (default: the development desk; elsewhere with --confirm-host)',
      },
    },
    'confirm-host': {
      value: 'HOST',
      text: {
        ja: 'この端末の外の窓口へ送ることの確認。--to のホスト名を繰り返す',
        en: 'Confirms a desk elsewhere than on this machine: the host of --to once more',
      },
    },
    test: { text: { ja: '試験用の通知として送る', en: 'Mark the notice as a test' } },
    count: { value: 'N', text: { ja: '件数（1〜1000）', en: 'How many (1 to 1000)' } },
    rate: {
      value: 'N/s',
      text: {
        ja: '1秒当たりの件数（1〜50、既定 10）',
        en: 'How many a second (1 to 50, default 10)',
      },
    },
    tamper: {
      value: 'body|signature|claims',
      text: {
        ja: '署名の後に、本文・署名・クレームのいずれかを書き換える',
        en: 'Change the body, the signature or the claims after signing',
      },
    },
    skew: {
      value: 'SECONDS',
      text: { ja: '署名の時計をずらす（秒）', en: 'Sign with a clock that is off, in seconds' },
    },
    replay: {
      text: { ja: '同じ通知をもう一度送る', en: 'Send the same notice once more' },
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
    exampleNotice(name, SENDER_WORLD)
    const folder = new DevFolder().require()
    const plan = readPlan(flags, folder.publicUrl)
    const desk = await findDesk(plan.to)
    requireSameMachine(plan, desk)
    const expected = expectedOf(plan, desk)
    let isAsExpected = true
    for (let sent = 0; sent < plan.count; sent += 1) {
      if (sent > 0) await setTimeout(plan.waitMs)
      const notice = {
        ...exampleNotice(name, SENDER_WORLD),
        ...(plan.isTest ? { test: true } : {}),
      }
      out.say({ ja: `--> 送信 ${notice.id}`, en: `--> sent ${notice.id}` })
      const body = noticeBytes(notice)
      const sending = { desk, identity: folder.hotline, body, faults: plan.faults }
      if (!(await sendAsPlanned(out, plan, sending, expected))) isAsExpected = false
    }
    return isAsExpected ? 0 : 1
  },
}

async function sendAsPlanned(
  out: Output,
  { isReplayed }: TriggerPlan,
  sending: Sending,
  expected: Expected,
): Promise<boolean> {
  const first = await sendAndCheck(out, sending)
  if (!isReplayed) return compare(out, expected, first, false)
  const again = await sendAndCheck(out, sending)
  return compare(out, expected, first, false) && compare(out, expected, again, true)
}

/** Says what had to come where something else came, or where a refusal was the point. */
function compare(out: Output, expected: Expected, sent: Sent, isReplay: boolean): boolean {
  const isSame = sent.status === expected.status && sent.code === expected.code
  const holds = isSame && sent.replayed === isReplay && (expected.code !== null || sent.holds)
  const text = expectation(expected, isReplay)
  out.say({
    ja: `    ${holds ? '✓ 想定どおり' : '✗ 想定と異なります。想定'}: ${text.ja}`,
    en: `    ${holds ? '✓ as expected' : '✗ not as expected, which was'}: ${text.en}`,
  })
  return holds
}
