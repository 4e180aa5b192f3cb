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
import type { DevFolder } from '../dev-folder.ts'
import { exampleStandard } from '../example-files.ts'
import type { CheckedOutcome } from '../hotline/check-outcome.ts'
import { findDesk, type DeskDirectory } from '../hotline/desk-directory.ts'
import { HotlineClient } from '../hotline/hotline-client.ts'
import { openReceiver } from '../hotline/outcome-receiver.ts'
import { pretendHotline } from '../pretend-hotline.ts'
import { QUIET_LOG } from '../quiet-log.ts'
import { SENDER_WORLD } from '../send-and-check.ts'
import { ToySns } from '../toy-sns.ts'
import type { DemoGround } from './demo-ground.ts'
import { Mailbox } from './mailbox.ts'

/** The post that its poster took down before anybody reported it. */
const GONE_POST = '7302551093'

/** Everything that the demonstration runs on: real servers on free ports, a store of its own. */
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
}

/**
 * Starts the desk, the pretend platform and the pretend hotline.
 *
 * @param logFile Where the desk logs to; nothing is logged without it.
 * @throws the system's error where the file can't be written.
 */
export async function openDemoWorld(ground: DemoGround, logFile?: string): Promise<DemoWorld> {
  const { folder, publicUrl } = ground
  const log = logFile === undefined ? undefined : createPinoFileLogger(logFile, 'debug')
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
  const opened = await openDesk({ ground, sns, callbackUrl: receiver.url, log })
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
  }
}

interface DemoDesk {
  readonly ground: DemoGround
  readonly sns: ToySns
  readonly callbackUrl: string
  readonly log: Logger | undefined
}

async function openDesk({
  ground: { folder, publicUrl, settings },
  sns,
  callbackUrl,
  log,
}: DemoDesk): Promise<{ madoguchi: Madoguchi; listening: Listening; token: string }> {
  const madoguchi = await assemble({
    platform: sns,
    adapters: { log: log ?? QUIET_LOG },
    settings,
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
