import { fromBase64Url } from '../core/base64.ts'
import type { WorkKind } from '../core/work.ts'
import { appendLeaves, loadEdge, type Edge } from '../ledger/append.ts'
import { emptyRoot } from '../ledger/merkle.ts'
import type { SubscriptionRecord, WorkRecord } from '../core/work.ts'
import type { Transaction } from '../ports/record-store.ts'
import type { Random } from '../ports/runtime.ts'
import type { EventDraft, PreparedEntry } from './command.ts'
import { tileSource } from './tile-source.ts'
import { newWork } from './work-rows.ts'

/** What one batch added to the log. */
export interface LedgerAppend {
  /** Index of its first entry. */
  readonly from: number
  readonly size: number
  readonly root: Uint8Array
  /** Absent where nothing was appended. */
  readonly edge?: Edge
  /** The work that its events made due for named handlers, one a row. */
  readonly rings: readonly WorkKind[]
}

/**
 * The growing end of the log inside the committer's transaction. It remembers the right edge of the
 * tree between batches, and forgets it after any fault, so that the record is asked again.
 */
export class LedgerTail {
  readonly #random: Random
  #edge: Edge | undefined

  constructor(random: Random) {
    this.#random = random
  }

  forget(): void {
    this.#edge = undefined
  }

  accept(append: LedgerAppend): void {
    this.#edge = append.edge ?? this.#edge
  }

  /** Gives indexes, writes entries, tiles, size and root, and the event rows. Last in a transaction. */
  async extend(tx: Transaction, drafts: readonly EventDraft[]): Promise<LedgerAppend> {
    const leaves = drafts.flatMap((draft) =>
      draft.entry === undefined ? [] : [leafOf(draft.entry)],
    )
    if (leaves.length === 0) return this.#passBy(tx, drafts)
    const before = await this.#currentEdge(tx)
    const { edge, tiles, root } = appendLeaves(before, leaves)
    for (const tile of tiles) await tx.put('ledgerTile', tile)
    await tx.put('ledgerState', { name: 'ledger', size: edge.size, root })
    const rings = await this.#writeEvents(tx, drafts, before.size)
    return { from: before.size, size: edge.size, root, edge, rings }
  }

  /** A batch without entries leaves the log, and its lock, to others. */
  async #passBy(tx: Transaction, drafts: readonly EventDraft[]): Promise<LedgerAppend> {
    const state = await tx.get('ledgerState', { name: 'ledger' })
    const size = state?.size ?? 0
    const rings = await this.#writeEvents(tx, drafts, size)
    return { from: size, size, root: state?.root ?? emptyRoot(), rings }
  }

  async #currentEdge(tx: Transaction): Promise<Edge> {
    await tx.lock(['ledgerState:ledger'])
    const state = await tx.get('ledgerState', { name: 'ledger' })
    const size = state?.size ?? 0
    return this.#edge?.size === size ? this.#edge : loadEdge(tileSource(tx), size)
  }

  async #writeEvents(
    tx: Transaction,
    drafts: readonly EventDraft[],
    from: number,
  ): Promise<WorkKind[]> {
    const subscriptions = drafts.length === 0 ? [] : await tx.find('subscription', {})
    const rings: WorkKind[] = []
    let next = from
    for (const draft of drafts) {
      const index = draft.entry === undefined ? null : next++
      const eventId = await this.#writeEvent(tx, draft, index)
      if (index !== null) await draft.indexed?.(tx, index)
      for (const subscription of subscriptions) {
        if (subscription.event !== draft.type) continue
        await tx.insert('work', this.#handlerWork(subscription, eventId, draft.at, index ?? next))
        rings.push('handle')
      }
    }
    return rings
  }

  async #writeEvent(tx: Transaction, draft: EventDraft, index: number | null): Promise<string> {
    const { entry } = draft
    if (entry !== undefined && index !== null) {
      await tx.insert('ledgerEntry', { index, leafHash: entry.leafHash, bytes: entry.bytes })
      for (const secret of entry.secrets) await tx.insert('secret', secret)
    }
    const id = this.#random.id('evt')
    await tx.insert('event', {
      id,
      seq: 0,
      type: draft.type,
      at: draft.at,
      noticeId: draft.noticeId ?? null,
      caseId: draft.caseId ?? null,
      decisionId: draft.decisionId ?? null,
      payload: draft.payload,
      leafHash: entry?.leafHash ?? null,
      entryIndex: index,
    })
    return id
  }

  #handlerWork(
    { event, name }: SubscriptionRecord,
    eventId: string,
    at: number,
    position: number,
  ): WorkRecord {
    const groupKey = `${event}/${name}`
    return newWork(this.#random, {
      kind: 'handle',
      subjectId: eventId,
      groupKey,
      position,
      nextAt: at,
    })
  }
}

function leafOf({ leafHash }: PreparedEntry): Uint8Array {
  const leaf = fromBase64Url(leafHash)
  if (leaf === undefined) throw new TypeError('no leaf hash')
  return leaf
}
