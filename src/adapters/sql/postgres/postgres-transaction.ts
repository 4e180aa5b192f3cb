import type { WorkRecord } from '../../../core/work.ts'
import type { ClaimQuery } from '../../../ports/record-store.ts'
import { SqlTransaction } from '../sql-transaction.ts'
import { lockNames, tryLockName } from './postgres-locks.ts'

/** Writing beside other processes. */
export class PostgresTransaction extends SqlTransaction {
  override lock(keys: readonly string[]): Promise<void> {
    return lockNames(this.session, keys)
  }

  /**
   * Two processes that claim two rows of one group don't see each other's lease before they commit. So a
   * row of a group is taken only if it was chosen after the group was locked; a group that another
   * process has locked is passed over.
   */
  override async claimWork(query: ClaimQuery): Promise<WorkRecord | undefined> {
    const locked = new Set<string>()
    const passedOver: string[] = []
    for (;;) {
      const best = await this.claimable(query, passedOver)
      if (best === undefined) return undefined
      const { id, groupKey } = best
      if (groupKey === null || locked.has(groupKey)) return this.lease(id, query.leaseUntil)
      const name = `group:${query.kind}/${groupKey}`
      if (await tryLockName(this.session, name)) locked.add(groupKey)
      else passedOver.push(groupKey)
    }
  }
}
