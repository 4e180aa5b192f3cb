import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createPinoFileLogger } from '../../adapters/pino/logger.ts'
import { systemClock } from '../../adapters/system/clock.ts'
import { addOperator } from '../../app/add-operator.ts'
import { SYSTEM } from '../../app/actor.ts'
import { registerKey } from '../../app/register-key.ts'
import { registerSender } from '../../app/register-sender.ts'
import type { ActionKind } from '../../core/action-kind.ts'
import { HOUR } from '../../core/time.ts'
import { publishNew } from '../../create-madoguchi.ts'
import { listen, type Listening } from '../../listen.ts'
import type { Madoguchi } from '../../madoguchi.ts'
import type { Logger } from '../../ports/runtime.ts'
import { assemble } from '../../server.ts'
import { DevFolder } from '../dev-folder.ts'
import { exampleStandard } from '../example-files.ts'
import { freePort } from '../free-port.ts'
import type { CheckedOutcome } from '../hotline/check-outcome.ts'
import { findDesk, type DeskDirectory } from '../hotline/desk-directory.ts'
import { HotlineClient } from '../hotline/hotline-client.ts'
import { openReceiver } from '../hotline/outcome-receiver.ts'
import { pretendHotline } from '../pretend-hotline.ts'
import { QUIET_LOG } from '../quiet-log.ts'
import { SENDER_WORLD } from '../send-and-check.ts'
import { ToySns } from '../toy-sns.ts'
import { Mailbox } from './mailbox.ts'

/** The post that its poster took down before anybody reported it. */
const GONE_POST = '7302551093'

/** Everything that the demonstration runs on: real servers on free ports, a store in a new folder. */
export interface DemoWorld {
  readonly folder: DevFolder
  readonly publicUrl: string
  readonly madoguchi: Madoguchi
  readonly sns: ToySns
  /** Measures that the platform carried out. */
  readonly measures: readonly ActionKind[]
  readonly directory: DeskDirectory
  readonly hotline: HotlineClient
  /** Outcomes by the hotline's own id of the notice. */
  readonly outcomes: Mailbox<CheckedOutcome>
  /** Leaf hashes of the hotline's receipts, by its own id of the notice. */
  readonly receipts: Map<string, string>
  /** Bearer token of the person who decides. */
  readonly reviewerToken: string
  /** Ends everything but keeps the store, to verify it. */
  stop(): Promise<void>
  remove(): void
}

/**
 * Starts the desk, the pretend platform and the pretend hotline.
 *
 * @param logFile Where the desk logs to; nothing is logged without it.
 * @throws the system's error where the file can't be written.
 */
export async function openDemoWorld(logFile?: string): Promise<DemoWorld> {
  const log = logFile === undefined ? undefined : createPinoFileLogger(logFile, 'debug')
  const path = mkdtempSync(join(tmpdir(), 'madoguchi-demo-'))
  const folder = new DevFolder(path).create()
  const publicUrl = `http://localhost:${await freePort(0)}/madoguchi`
  const outcomes = new Mailbox<CheckedOutcome>()
  const receipts = new Map<string, string>()
  const measures: ActionKind[] = []
  const sns = new ToySns({
    clock: systemClock,
    gone: (id) => (id === GONE_POST ? systemClock.now() - HOUR : undefined),
    onMeasure: (kind) => measures.push(kind),
  })
  const found: { directory?: DeskDirectory } = {}
  const receiver = await openReceiver(0, {
    clock: systemClock,
    senderId: folder.hotline.issuer,
    desk: () => found.directory,
    receiptLeaf: (id) => Promise.resolve(receipts.get(id)),
    onOutcome: (outcome) => {
      outcomes.put(outcome.senderNoticeId, outcome)
    },
  })
  const opened = await openDesk({ folder, publicUrl, sns, callbackUrl: receiver.url, log })
  const directory = await findDesk(publicUrl)
  found.directory = directory
  return {
    folder,
    publicUrl,
    sns,
    measures,
    directory,
    outcomes,
    receipts,
    madoguchi: opened.madoguchi,
    reviewerToken: opened.token,
    hotline: new HotlineClient(directory, folder.hotline, SENDER_WORLD),
    stop: async () => {
      await opened.listening.close()
      await receiver.close()
    },
    remove: () => {
      rmSync(path, { recursive: true, force: true })
    },
  }
}

interface DemoDesk {
  readonly folder: DevFolder
  readonly publicUrl: string
  readonly sns: ToySns
  readonly callbackUrl: string
  readonly log: Logger | undefined
}

async function openDesk({
  folder,
  publicUrl,
  sns,
  callbackUrl,
  log,
}: DemoDesk): Promise<{ madoguchi: Madoguchi; listening: Listening; token: string }> {
  const madoguchi = await assemble({
    platform: sns,
    adapters: { log: log ?? QUIET_LOG },
    settings: {
      ...folder.settings(publicUrl),
      MADOGUCHI_ISSUER: publicUrl,
      MADOGUCHI_UNDO_WINDOW_SECONDS: '0',
    },
  })
  const { ctx } = madoguchi.internals
  const { id } = await registerSender(ctx, SYSTEM, pretendHotline(callbackUrl))
  await registerKey(ctx, SYSTEM, id, folder.hotlineJwk)
  await publishNew(madoguchi, [exampleStandard()])
  const { token } = await addOperator(ctx, SYSTEM, { name: 'tantou-a', role: 'reviewer' })
  await madoguchi.start({ work: true })
  const { port } = new URL(publicUrl)
  const listening = await listen(madoguchi, {
    host: '127.0.0.1',
    port: Number(port),
    opsPort: 0,
    mountPath: '/madoguchi',
  })
  return { madoguchi, listening, token }
}
