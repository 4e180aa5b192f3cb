import { systemClock } from '../../adapters/system/clock.ts'
import { label } from '../../core/vocabulary-lookup.ts'
import { listen } from '../../listen.ts'
import type { Command } from '../command.ts'
import { openDevDesk, type DevDesk } from '../dev-desk.ts'
import { DEV_FOLDER } from '../dev-folder.ts'
import { exampleNoticeNames } from '../example-files.ts'
import type { CheckedOutcome } from '../hotline/check-outcome.ts'
import { findDesk, type DeskDirectory } from '../hotline/desk-directory.ts'
import { openReceiver } from '../hotline/outcome-receiver.ts'
import { freePort } from '../free-port.ts'
import { PROGRAM } from '../next-command.ts'
import type { Output } from '../output.ts'
import { pretendHotline } from '../pretend-hotline.ts'
import { checksForMachines, printChecks } from '../send-and-check.ts'
import { stopSignal, whileUp } from '../stop-signal.ts'

const HOST = '127.0.0.1'
const OPS_PORT = 8788
const RECEIVER_PORT = 8789

/** A desk to develop against: no settings, no services, a pretend hotline and a pretend platform. */
export const DEV: Command = {
  name: 'dev',
  options: {
    port: { value: 'PORT', text: { ja: '公開側のポート（既定 8787）', en: 'Port (default 8787)' } },
  },
  summary: {
    ja: '開発用の窓口を、設定なしで動かす（鍵と記録は ./.madoguchi。架空のホットラインとSNS付き）',
    en: 'Run a desk for development without settings (keys and store in ./.madoguchi; with a pretend hotline and platform)',
  },
  run: async ({ flags, out }) => {
    const stop = stopSignal()
    const wanted = flags.integer('port', 1, 65_535, 8787)
    const port = flags.text('port') === undefined ? await freePort(wanted) : wanted
    const publicUrl = `http://localhost:${port}/madoguchi`
    let directory: DeskDirectory | undefined
    const receiver = await openReceiver(await freePort(RECEIVER_PORT), {
      clock: systemClock,
      senderId: pretendHotline('').id,
      desk: () => directory,
      receiptLeaf: async (id) => desk?.receiptLeaf(id),
      onOutcome: (outcome) => {
        tellOutcome(out, outcome)
      },
    })
    let desk: DevDesk | undefined
    try {
      desk = await openDevDesk({ publicUrl, callbackUrl: receiver.url })
      const { madoguchi } = desk
      madoguchi.on('notice.accepted', 'dev-console', ({ notice }) => {
        tellNotice(out, notice)
        return Promise.resolve()
      })
      await madoguchi.start({ work: true })
      const opsPort = await freePort(OPS_PORT)
      const listening = await listen(madoguchi, {
        host: HOST,
        port,
        opsPort,
        mountPath: '/madoguchi',
      })
      directory = await findDesk(publicUrl)
      tellStart(out, publicUrl, listening.opsPort)
      await stop
      out.say({ ja: '終了します。', en: 'Stopping.' })
      await whileUp(listening.close())
      return 0
    } catch (fault) {
      await desk?.madoguchi.close()
      throw fault
    } finally {
      await receiver.close()
    }
  },
}

function tellStart(out: Output, publicUrl: string, opsPort: number): void {
  out.record({ event: 'listening', url: publicUrl, ops_port: opsPort, folder: DEV_FOLDER })
  out.say({ ja: '開発用の窓口を開きました。', en: 'The development desk is open.' })
  out.facts([
    [{ ja: '  窓口', en: '  Desk' }, publicUrl],
    [{ ja: '  監視用', en: '  For machines' }, `http://${HOST}:${opsPort}/readyz`],
    [{ ja: '  鍵・記録・トークン', en: '  Keys, store, tokens' }, `./${DEV_FOLDER}/`],
  ])
  out.say('')
  out.say({
    ja: '別の端末で:',
    en: 'In another terminal:',
  })
  const example = exampleNoticeNames().includes('yamibaito_recruitment')
    ? 'yamibaito_recruitment'
    : (exampleNoticeNames()[0] ?? '')
  out.say(`  ${PROGRAM} trigger ${example}`)
  out.say(`  ${PROGRAM} cases list --dev`)
  out.say('')
  out.say({ ja: 'Ctrl+C で終了します。', en: 'Ctrl+C ends it.' })
  out.say('')
}

function tellNotice(
  out: Output,
  notice: {
    readonly id: string
    readonly form: string
    readonly category: string
    readonly band: number
  },
): void {
  out.record({ event: 'notice.accepted', notice: notice.id, form: notice.form, band: notice.band })
  const list = notice.form === 'public_order' ? 'public-order-categories' : 'illegal-categories'
  const what = label(list, notice.category, out.lang)
  const isUrgent = notice.band === 0
  out.say({
    ja: `受付      ${notice.id}  ${what}${isUrgent ? '（緊急区分）' : ''}`,
    en: `accepted  ${notice.id}  ${what}${isUrgent ? ' (danger to life or body)' : ''}`,
  })
}

function tellOutcome(out: Output, outcome: CheckedOutcome): void {
  const { id, status, statement, checks } = outcome
  out.record({ event: 'outcome.received', outcome: id, status, checks: checksForMachines(checks) })
  const word = label('outcome-statuses', status, out.lang)
  out.say({
    ja: `対応結果  ${id}  ${word}（架空のホットラインが受け取り、確かめました）`,
    en: `outcome   ${id}  ${word} (received and checked by the pretend hotline)`,
  })
  out.say(`    ${statement[out.lang]}`)
  printChecks(out, checks)
}
