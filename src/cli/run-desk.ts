import { loadConfig, requireSite, type Config } from '../config/config.ts'
import { createMadoguchi } from '../create-madoguchi.ts'
import { listen, listenForMachines } from '../listen.ts'
import type { Madoguchi } from '../madoguchi.ts'
import type { LogFields } from '../ports/runtime.ts'
import { stopSignal, whileUp } from './stop-signal.ts'
import { UsageError } from './usage-error.ts'

/** What a process does for the desk. Both: neither is left out. */
export interface DeskRole {
  readonly http: boolean
  readonly work: boolean
}

/** Runs the desk on its own, by `MADOGUCHI_*`, until a signal; one JSON line a log event, nothing else. */
export async function runDesk(role: DeskRole): Promise<0> {
  const { config } = loadConfig({
    need: ['MADOGUCHI_PUBLIC_URL', 'MADOGUCHI_SIGNING_KEY', 'MADOGUCHI_LOG_KEY'],
  })
  if (!role.work && config.queue.kind === 'memory')
    throw new UsageError(
      '--http-only では作業を別のプロセス（madoguchi work）が行いますが、MADOGUCHI_QUEUE=memory ではそれを起こせません。MADOGUCHI_QUEUE=redis://… を設定してください。',
      '--http-only leaves the work to other processes (madoguchi work), and MADOGUCHI_QUEUE=memory cannot wake them. Set MADOGUCHI_QUEUE=redis://…',
    )
  const stop = stopSignal()
  const madoguchi = await createMadoguchi({ targets: {} })
  const { log } = madoguchi.internals.ctx
  let open: Open
  try {
    await madoguchi.start({ work: role.work })
    open = role.http ? await openBoth(madoguchi, config) : await openForMachines(madoguchi, config)
  } catch (fault) {
    await whileUp(madoguchi.close())
    throw fault
  }
  log.info('listening', { ...open.ports, pid: process.pid })
  const signal = await stop
  log.info('stopping', { signal })
  await whileUp(open.close())
  log.info('stopped')
  return 0
}

interface Open {
  readonly ports: LogFields
  close(): Promise<void>
}

async function openBoth(madoguchi: Madoguchi, config: Config): Promise<Open> {
  const { host, port, opsPort } = config
  const mountPath = new URL(requireSite(config).publicUrl).pathname
  const listening = await listen(madoguchi, { host, port, opsPort, mountPath })
  return {
    ports: { port: listening.port, ops_port: listening.opsPort },
    close: () => listening.close(),
  }
}

async function openForMachines(madoguchi: Madoguchi, { host, opsPort }: Config): Promise<Open> {
  const listening = await listenForMachines(madoguchi, { host, opsPort })
  return { ports: { ops_port: listening.opsPort }, close: () => listening.close() }
}
