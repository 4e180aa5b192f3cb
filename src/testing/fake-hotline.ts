import { systemClock } from '../adapters/system/clock.ts'
import { createSystemRandom } from '../adapters/system/random.ts'
import type { Check } from '../cli/hotline/check.ts'
import { checkOutcome, type CheckedOutcome } from '../cli/hotline/check-outcome.ts'
import { checkReceipt, isAcceptance } from '../cli/hotline/check-receipt.ts'
import { findDesk, type DeskDirectory } from '../cli/hotline/desk-directory.ts'
import { HotlineClient } from '../cli/hotline/hotline-client.ts'
import { openReceiver, type OutcomeReceiver } from '../cli/hotline/outcome-receiver.ts'
import { polledMessages } from '../cli/hotline/polled-messages.ts'
import { publicJwkOf } from '../cli/key-files.ts'
import type { NoticeDocument } from '../generated/types.ts'
import type { Madoguchi } from '../madoguchi.ts'
import { reach, type Target } from './reach.ts'
import { TestSender } from './test-sender.ts'

/** How the endpoint takes a push: rightly, with a fault, gone for good, or never. */
export type Mood = 'well' | 500 | 410 | 'silence'

/** What came back for a notice. */
export interface SentNotice {
  readonly status: number
  /** Of a refusal. */
  readonly code: string | null
  readonly replayed: boolean
  /** Our id of the notice; `null`: refused. */
  readonly id: string | null
  /** Claims of the receipt, e.g. `trial`. */
  readonly receipt: Readonly<Record<string, unknown>>
  /** What a sender can check with public keys alone; all must hold. */
  readonly checks: readonly Check[]
}

/**
 * A hotline that a test plays: a real endpoint on this machine that believes nothing unsigned, checks
 * receipts and outcomes as a real one would, and can be out of order. For pushes the desk needs
 * `MADOGUCHI_ALLOW_LOOPBACK_CALLBACKS=true`.
 */
export class FakeHotline implements AsyncDisposable {
  readonly sender: TestSender
  /** Outcomes that were pushed or polled, in the order in which they came. */
  readonly outcomes: CheckedOutcome[] = []
  mood: Mood = 'well'
  #receiver: OutcomeReceiver | undefined
  #desk: { readonly directory: DeskDirectory; readonly client: HotlineClient } | undefined
  readonly #receipts = new Map<string, string>()
  #pushes = 0

  private constructor(sender: TestSender) {
    this.sender = sender
  }

  /** Opens the endpoint, on a free port of 127.0.0.1. */
  static async open(sender = new TestSender()): Promise<FakeHotline> {
    const hotline = new FakeHotline(sender)
    hotline.#receiver = await openReceiver(0, {
      clock: sender.clock,
      senderId: sender.id,
      desk: () => hotline.#desk?.directory,
      receiptLeaf: (id) => Promise.resolve(hotline.#receipts.get(id)),
      onOutcome: (outcome) => hotline.outcomes.push(outcome),
      refuse: () => hotline.#refusal(),
    })
    return hotline
  }

  /** For the registration of the sender: `callback_url`. */
  get url(): string {
    return this.#receiver?.url ?? ''
  }

  /** How often a push came, taken or not. */
  get pushes(): number {
    return this.#pushes
  }

  /** Registers itself at a desk of this process, with its endpoint, and finds the desk's documents. */
  async join(madoguchi: Madoguchi, target: Target): Promise<void> {
    await this.sender.register(madoguchi, { callback_url: this.url })
    await this.visit(target)
  }

  /** Finds the documents of a desk at which it is registered. */
  async visit(target: Target): Promise<void> {
    const ask = reach(target)
    const directory = await findDesk('https://desk.example', ask)
    const { clock, key, id: issuer } = this.sender
    const identity = { issuer, kid: String(publicJwkOf(key)['kid']), privateKey: key }
    const world = { clock, random: createSystemRandom(clock), ask }
    this.#desk = { directory, client: new HotlineClient(directory, identity, world) }
  }

  /** Signs and sends a notice (bytes go as they are), and checks the receipt. */
  async send(notice: NoticeDocument | Uint8Array): Promise<SentNotice> {
    const { directory, client } = this.#visited()
    const body =
      notice instanceof Uint8Array ? notice : new TextEncoder().encode(JSON.stringify(notice))
    const exchange = await client.send(body)
    const { status, answer, replayed } = exchange
    if (status !== 202 || !isAcceptance(answer)) {
      const { code = null } = (answer ?? {}) as { readonly code?: string }
      return { status, code, replayed, id: null, receipt: {}, checks: [] }
    }
    const { claims, leafHash, checks } = checkReceipt(directory, this.sender.id, exchange, answer)
    if (typeof claims['sub'] === 'string') this.#receipts.set(claims['sub'], leafHash)
    return { status, code: null, replayed, id: answer.id, receipt: claims, checks }
  }

  /** Fetches what waits, checks it and acknowledges it; what came before comes again until then. */
  async poll(): Promise<readonly CheckedOutcome[]> {
    const { directory, client } = this.#visited()
    const { status, answer } = await client.poll({ returnImmediately: true })
    if (status !== 200) throw new Error(`the desk refused the poll: ${status}`)
    const found = polledMessages(answer).map((message) => {
      const { senderNoticeId } = checkOutcome(directory, this.sender.id, message)
      return checkOutcome(directory, this.sender.id, message, this.#receipts.get(senderNoticeId))
    })
    const sound = found.filter(({ checks }) => checks.every(({ holds }) => holds))
    if (sound.length > 0) await client.poll({ maxEvents: 0, ack: sound.map(({ id }) => id) })
    this.outcomes.push(...found)
    return found
  }

  /** Waits in real time for an outcome of a notice, by the sender's own id. */
  async outcomeOf(senderNoticeId: string, withinMs = 10_000): Promise<CheckedOutcome> {
    const endsAt = systemClock.now() + withinMs
    for (;;) {
      const found = this.outcomes.findLast((each) => each.senderNoticeId === senderNoticeId)
      if (found !== undefined) return found
      if (systemClock.now() > endsAt) throw new Error('no outcome in time')
      await new Promise((resume) => setTimeout(resume, 20))
    }
  }

  async close(): Promise<void> {
    await this.#receiver?.close()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  #refusal(): number | 'silence' | undefined {
    this.#pushes += 1
    return this.mood === 'well' ? undefined : this.mood
  }

  #visited(): { readonly directory: DeskDirectory; readonly client: HotlineClient } {
    if (this.#desk === undefined) throw new Error('it has visited no desk yet: join() or visit()')
    return this.#desk
  }
}
