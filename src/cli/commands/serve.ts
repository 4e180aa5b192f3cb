import { loadConfig, requireSite } from '../../config/config.ts'
import { createMadoguchi } from '../../create-madoguchi.ts'
import { listen } from '../../listen.ts'
import type { Command } from '../command.ts'
import { stopSignal, whileUp } from '../stop-signal.ts'

/** Runs the desk on its own, by `MADOGUCHI_*`; one JSON line a log event, nothing else. */
export const SERVE: Command = {
  name: 'serve',
  summary: {
    ja: '窓口を動かす（設定は環境変数 MADOGUCHI_*。SIGTERM で、受け付けたものを済ませて終了）',
    en: 'Run the desk (settings: MADOGUCHI_*; on SIGTERM it finishes what it took and ends)',
  },
  run: async () => {
    const { config } = loadConfig({
      need: ['MADOGUCHI_PUBLIC_URL', 'MADOGUCHI_SIGNING_KEY', 'MADOGUCHI_LOG_KEY'],
    })
    const stop = stopSignal()
    const madoguchi = await createMadoguchi({ targets: {} })
    const { log } = madoguchi.internals.ctx
    const { host, port, opsPort } = config
    const mountPath = new URL(requireSite(config).publicUrl).pathname
    let listening
    try {
      await madoguchi.start({ work: true })
      listening = await listen(madoguchi, { host, port, opsPort, mountPath })
    } catch (fault) {
      await whileUp(madoguchi.close())
      throw fault
    }
    log.info('listening', { port: listening.port, ops_port: listening.opsPort, pid: process.pid })
    const signal = await stop
    log.info('stopping', { signal })
    await whileUp(listening.close())
    log.info('stopped')
    return 0
  },
}
